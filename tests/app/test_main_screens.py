"""The main screens as text at three sizes, so that every change of one is looked at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from builders import NOON
from desks import HIRING_PUSH, QUIET, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle, until

from store.desk import Desk
from store.finding.index import indexed
from store.model import Rule, View, WatchWord
from store.settings import Settings, folders
from store.shelf.shelf import Mark, Shelf
from tui.app import WiredeskApp
from tui.screens import watching

GOLDENS = Path(__file__).parent / "goldens"
"""NEW_GOLDENS=1 writes them anew; look at what changed before you keep it."""

FAB = (
    "熊本の半導体工場、第二工場へ",
    "The second fab is to open in 2028, and will hire 1,900 people.",
    "“Nobody queues overnight for a chip,” said the chief executive.",
)
STRIKE = ("هيئة الكهرباء تطرح ضوابط", "The regulator publishes rules for chips. Ports wait.")
LONG = ("Chips " * 30, "A title longer than any pane. " * 40)

ASKED = {"tend-dialog", "interests", "visit", "claims"}
"""Groups of workers that wait until a screen or a dialog is left."""
WALK = (
    ("list", ("g",)),
    ("article", ("enter", "j", "s", "h")),
    ("search", ("escape", "slash", *"chip")),
    ("selected", ("escape", "escape", "g", "v", "v")),
    ("feeds", ("escape", "M")),
    ("feed", ("escape", "h", "G", "e")),
    ("interests", ("escape", "I")),
    ("claims", ("escape", "C")),
)
"""The keys from each screen to the next."""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    monkeypatch.setattr(watching, "WATCH_AFTER", 0.01)
    place = folders().desk
    with time_machine.travel(NOON + timedelta(hours=3), tick=True):
        fill(place, HIRING_PUSH, FAB, QUIET)
        fill(place, STRIKE, LONG, address="https://chips.example/feed.xml")
        with closing(Shelf.open(place)) as shelf:
            first, second = shelf.feeds()
            shelf.change_feed(first.number, lambda old: replace(old, folders=(("Tech", "AI"),)))
            shelf.change_feed(second.number, lambda old: replace(old, title="Chip Weekly"))
            quiet = next(one for one in shelf.headlines(first.number) if one.title == QUIET[0])
            shelf.mark({(first.number, quiet.id): Mark(read=True, starred=True)})
            shelf.interests.views.change(lambda _: [View(id="v", name="Fabs", query="fab")])
            shelf.interests.watch_words.change(lambda _: [WatchWord(text="second fab")])
            shelf.interests.rules.change(
                lambda _: [Rule(id="r", name="Strikes", query="strike", star=True)]
            )
            for _ in indexed(shelf):
                pass
        desk = open_desk()
        yield desk
        desk.close()


@pytest.mark.parametrize("size", [(160, 45), (100, 30), (80, 24)], ids=lambda size: f"{size[0]}")
async def test_the_main_screens_look_as_they_did(desk: Desk, size: tuple[int, int]) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    shown: dict[str, list[str]] = {}
    async with app.run_test(size=size, notifications=True) as pilot:
        await until(pilot, lambda: "†" in screen_text(app))
        for name, keys in WALK:
            await pilot.press(*keys)
            await settle(pilot, standing=ASKED)
            shown[name] = screen_lines(app)
    goldens = {name: GOLDENS / f"{name}_{size[0]}x{size[1]}.txt" for name in shown}
    if os.environ.get("NEW_GOLDENS"):
        for name, golden in goldens.items():
            golden.write_text("\n".join(shown[name]) + "\n", encoding="utf-8")
    for name, golden in goldens.items():
        assert shown[name] == golden.read_text(encoding="utf-8").split("\n")[:-1], name
