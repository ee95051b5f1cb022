"""What is typed into the fields of a dialog, with no pause between the keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from desks import HIRING_PUSH, fill, open_desk
from settle import settle
from textual.pilot import Pilot
from textual.widgets import Input

from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp

STANDING = ("tend-dialog",)


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH)
    with closing(open_desk()) as desk:
        yield desk


async def form(pilot: Pilot[Any]) -> list[Input]:
    """Open the form of a feed."""
    await settle(pilot)
    await pilot.press("h", "G", "e")
    await settle(pilot, standing=STANDING)
    return list(pilot.app.screen.query(Input))


async def test_letters_typed_right_after_tab_stand_in_the_next_field(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        name, paths, minutes, *_ = await form(pilot)
        before = name.value
        for key in ("x", "tab", "a", "b", "tab", "9", "shift+tab", "c"):
            app.simulate_key(key)
        await settle(pilot, standing=STANDING)
        assert (name.value, paths.value, minutes.value) == (f"{before}x", "abc", "9")
        assert app.screen.focused is paths


async def test_what_was_typed_right_before_save_is_saved(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await form(pilot)
        for key in ("x", "y", "enter", "T", "e", "c", "h", "ctrl+s"):
            app.simulate_key(key)
        await settle(pilot)
        (feed,) = desk.feeds()
        assert (feed.own_title, feed.folders) == ("Top Newsxy", (("Tech",),))
