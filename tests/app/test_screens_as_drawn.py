"""The main screens, line by line, at three sizes: what is drawn is what was looked at.

``NEW_GOLDENS=1`` writes them anew into ``tests/screens``; look at each before it is kept.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import time_machine
from builders import NOON
from desks import open_desk
from drawn_desk import RICH, drawn_desk, mark
from screen_text import screen_lines
from settle import settle, until
from textual.pilot import Pilot

from store.settings import Settings
from tui.app import WiredeskApp
from tui.screens import watching
from tui.widgets.article_list import ArticleList

GOLDENS = Path(__file__).parents[1] / "screens"
SIZES = ((160, 45), (100, 30), (80, 24))
STANDING = {"interests", "tend-dialog"}
"""Workers that wait for a person's answer."""


class Shown(NamedTuple):
    """The way to a screen."""

    keys: Sequence[str] = ()
    typed: str = ""
    opens: str = ""
    """Title of an article to be opened in the end."""
    then: Sequence[str] = ()
    is_empty: bool = False
    """Whether the desk is one that nothing was put on."""


SCREENS = {
    "desk": Shown(opens=RICH, then=("j",)),
    "article_end": Shown(("slash",), "water", RICH, ("G",)),
    "lists": Shown(("h", "g", "j", "j", "j", "j", "j")),
    "stories": Shown(("g", "j", "v", "v", "k", "k", "equals_sign")),
    "folded": Shown(("g", "j", "f", "m")),
    "search": Shown(("slash",), "plant is:unread"),
    "mistake": Shown(("slash",), "plant is:unreed"),
    "feeds": Shown(("M",)),
    "interests": Shown(("I",)),
    "claims": Shown(("C",)),
    "help": Shown(("question_mark",)),
    "feed_form": Shown(("h", "G", "e")),
    "welcome": Shown(is_empty=True),
}


@pytest.fixture(autouse=True)
def nothing_drifts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes beside it is there at once, and it has no name of its own."""
    monkeypatch.setattr(watching, "WATCH_AFTER", 0.001)
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")


@asynccontextmanager
async def shown(way: Shown) -> AsyncIterator[Pilot[Any]]:
    desk = open_desk() if way.is_empty else drawn_desk()
    try:
        if not way.is_empty:
            await mark(desk)
        app = WiredeskApp(desk, Settings(annotator="ana"))
        async with app.run_test(size=SIZES[0], notifications=True) as pilot:
            await settle(pilot)
            # Watch words are looked for a moment after the start, by a clock of its own.
            await until(pilot, lambda: way.is_empty or not desk.watched.is_stale)
            await settle(pilot)
            await press(pilot, *way.keys, *("space" if c == " " else c for c in way.typed))
            if way.opens:
                await open_article(pilot, way.opens)
            await press(pilot, *way.then)
            yield pilot
    finally:
        desk.close()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot, standing=STANDING)


async def open_article(pilot: Pilot[Any], title: str) -> None:
    rows = pilot.app.screen.query_one(ArticleList)
    rows.focus()
    await press(pilot, "g")
    while (row := rows.highlighted) is not None and row.title != title:
        await press(pilot, "j")
    await press(pilot, "enter")


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_is_drawn_as_it_was_when_it_was_looked_at(name: str) -> None:
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        async with shown(SCREENS[name]) as pilot:
            for width, height in SIZES:
                compare(f"{name}_{width}x{height}.txt", await drawn(pilot, width, height))


async def drawn(pilot: Pilot[Any], width: int, height: int) -> list[str]:
    """The screen at a size, once nothing on it changes any more; under a dialog too."""
    await pilot.resize_terminal(width, height)
    screens = pilot.app.screen_stack
    await until(pilot, lambda: all(screen.size == (width, height) for screen in screens))
    before: list[str] = []
    while True:
        await settle(pilot, standing=STANDING)
        lines = screen_lines(pilot.app)
        if lines == before:
            return lines
        before = lines


def compare(file: str, lines: Sequence[str]) -> None:
    """Fail with what differs; a golden that is not there is a difference too."""
    golden = GOLDENS / file
    if os.environ.get("NEW_GOLDENS"):
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text("\n".join(lines) + "\n", "utf-8")
    kept = golden.read_text("utf-8").splitlines() if golden.exists() else []
    differs = "\n".join(difflib.unified_diff(kept, list(lines), file, "as drawn now", lineterm=""))
    assert not differs, f"{differs}\n(NEW_GOLDENS=1 keeps it as it is drawn now)"
