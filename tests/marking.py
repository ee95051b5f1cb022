"""Reading an article in the app with keys, and what is on disk afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from typing import Any

from screen_text import screen_lines
from settle import obeyed, settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Claim
from store.settings import Settings, folders
from store.settings.positions import POSITIONS_FILE
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp

NAMES = {
    ".": "full_stop",
    "&": "ampersand",
    "]": "right_square_bracket",
    "[": "left_square_bracket",
    "}": "right_curly_bracket",
    "{": "left_curly_bracket",
    "=": "equals_sign",
    "-": "minus",
    "!": "exclamation_mark",
    "+": "plus",
    "?": "question_mark",
    " ": "space",
    "#": "number_sign",
}
"""What Textual calls signs."""


@asynccontextmanager
async def reading(
    desk: Desk, *keys: str, size: tuple[int, int] = (160, 45)
) -> AsyncIterator[Pilot[Any]]:
    """The newest article opened, at rest on its title, and these keys pressed in it."""
    await desk.mark([(row.feed, row.id) for row in desk.rows()], read=False)
    # As if it had never been opened, or it would open where it was left.
    desk.__dict__.pop("positions", None)
    (desk.folders.state / POSITIONS_FILE).unlink(missing_ok=True)
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter")
        await press(pilot, *keys)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, signs as they are written, and wait until all is done."""
    for key in keys:
        await pilot.press(NAMES.get(key, key))
        await obeyed(pilot)
    await settle(pilot)


def stored() -> list[Claim]:
    """What is on disk in the order of the text, tombstones and drafts too."""
    with closing(Shelf.open(folders().desk)) as shelf:
        return sorted(shelf.claims(), key=lambda claim: claim.marking.anchor.span)


def only_claim() -> Claim:
    """The one claim that is on disk."""
    (claim,) = stored()
    return claim


def codes(claim: Claim) -> set[str]:
    """What a claim says."""
    return {tag.code for tag in claim.marking.tags}


def status(pilot: Pilot[Any]) -> str:
    """The last line of the screen."""
    return screen_lines(pilot.app)[-1]
