"""Saved views among the lists: made from a query, counted, edited, moved and removed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.cli import main
from store.desk import Desk
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.widgets.feed_tree import FeedTree, Place

ASKED = {"view-dialog"}
"""Waits for a person's answer."""


@pytest.fixture
def desk(capsys: pytest.CaptureFixture[str]) -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    assert main(["index", "--json"]) == 0
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def running(desk: Desk, size: tuple[int, int] = (160, 45)) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


def drawn(pilot: Pilot[Any]) -> list[str]:
    """The rows of the tree."""
    tree = pilot.app.screen.query_one(FeedTree)
    rows = range(tree.row_count)
    return ["".join(text for text, _ in tree.row_parts(row, 24)).strip() for row in rows]


def row_of(pilot: Pilot[Any], name: str) -> str:
    return next((row for row in drawn(pilot) if row.removeprefix("! ").startswith(name)), "")


async def go_to_view(pilot: Pilot[Any], desk: Desk, name: str) -> None:
    view = desk.views.named(name)
    assert view is not None
    tree = pilot.app.screen.query_one(FeedTree)
    tree.focus()
    tree.choose_again(Place("view", None, name, view=view.id))
    await settle(pilot)


async def test_ctrl_s_saves_the_query_as_a_view_with_what_is_unread_in_it(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("slash", *"rained", "ctrl+s")
        await settle(pilot, standing=ASKED)
        await pilot.press("enter")
        await settle(pilot, standing=ASKED)
        assert "A view needs a name" in screen_text(pilot.app)
        await pilot.press(*"Rain", "enter")
        await settle(pilot)
        assert "view Rain saved" in screen_lines(pilot.app)[-1]
        assert row_of(pilot, "Rain").split() == ["Rain", "1"]
        await pilot.press("enter", "m")
        await settle(pilot)
        assert row_of(pilot, "Rain").split() == ["Rain"]
        await pilot.press("u")
        await settle(pilot)
        assert row_of(pilot, "Rain").split() == ["Rain", "1"]


async def test_a_view_lists_what_its_query_finds_and_keeps_what_is_read_there(desk: Desk) -> None:
    await desk.views.save("Rain", "rained is:unread")
    async with running(desk) as pilot:
        await go_to_view(pilot, desk, "Rain")
        assert "Rain" in screen_lines(pilot.app)[0]
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "match 1 of 1" in screen_lines(pilot.app)[-1]
        await pilot.press("q")
        await settle(pilot)
        assert "A quiet day" in "".join(screen_lines(pilot.app)[2:5])


async def test_a_view_is_edited_with_e_and_removed_with_capital_d_and_both_can_be_undone(
    desk: Desk,
) -> None:
    await desk.views.save("Rain", "rained")
    async with running(desk) as pilot:
        await go_to_view(pilot, desk, "Rain")
        await pilot.press("e")
        await settle(pilot, standing=ASKED)
        await pilot.press("s", "tab", "tab", "space", "enter")
        await settle(pilot)
        changed = desk.views.all()[0]
        assert (changed.name, changed.query, changed.pins) == ("Rains", "rained", True)
        await pilot.press("D")
        await settle(pilot)
        assert row_of(pilot, "Rain") == ""
        await pilot.press("u", "u")
        await settle(pilot)
        assert row_of(pilot, "Rain").split() == ["Rain", "1"]


async def test_braces_move_a_view(desk: Desk) -> None:
    await desk.views.save("Rain", "rained")
    await desk.views.save("Work", "hiring")
    async with running(desk) as pilot:
        await go_to_view(pilot, desk, "Work")
        await pilot.press("left_curly_bracket")
        await settle(pilot)
        assert [view.name for view in desk.views.all()] == ["Work", "Rain"]
        await pilot.press("left_curly_bracket")
        await settle(pilot)
        assert "Work is the first of the views" in screen_lines(pilot.app)[-1]
        await pilot.press("u")
        await settle(pilot)
        assert [view.name for view in desk.views.all()] == ["Rain", "Work"]


async def test_a_view_whose_query_has_become_wrong_says_so(desk: Desk) -> None:
    await desk.views.save("Top", 'feed:"Top News"')
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, title="Other News"))
    async with running(desk) as pilot:
        await go_to_view(pilot, desk, "Top")
        assert row_of(pilot, "Top") == "! Top"
        assert "there is no feed “Top News” · e on the view" in screen_text(pilot.app)
