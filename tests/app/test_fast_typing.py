"""What is typed into the fields of a dialog, with no pause between the keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from desks import HIRING_PUSH, fill, open_desk
from screen_text import screen_text
from settle import settle, until
from textual.pilot import Pilot
from textual.widgets import Input

from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.widgets.query_line import QueryLine

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


async def test_editing_keys_act_in_the_order_in_which_they_were_pressed(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        name, *_ = await form(pilot)
        for key in ("ctrl+u", "x", "backspace", "a", "b", "left", "c", "end", "d"):
            app.simulate_key(key)
        await settle(pilot, standing=STANDING)
        assert name.value == "acbd"


async def test_a_query_typed_over_another_is_found_in_the_order_asked_for(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("slash", "d", "a", "t", "a")
        await settle(pilot)
        for key in ("ctrl+u", "h", "i", "r", "i", "n", "g", "ctrl+o"):
            app.simulate_key(key)
        await until(pilot, lambda: " found · by relevance" in screen_text(app))
        assert app.screen.query_one(QueryLine).query_text == "hiring"


async def test_what_was_typed_right_before_save_is_saved(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await form(pilot)
        for key in ("x", "y", "enter", "T", "e", "c", "h", "ctrl+s"):
            app.simulate_key(key)
        await settle(pilot)
        (feed,) = desk.feeds()
        assert (feed.own_title, feed.folders) == ("Top Newsxy", (("Tech",),))
