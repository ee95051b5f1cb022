"""Deleting articles in the list, and having them back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.reading import ReadingScreen

TITLE = "Anthropic’s hiring push"


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def pressed(desk: Desk, *keys: str) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await press(pilot, *keys)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def on_disk() -> list[str]:
    with closing(Shelf.open(folders().desk)) as shelf:
        return [one.title for one in shelf.headlines(1)]


async def test_d_deletes_the_article_and_u_brings_it_back(desk: Desk) -> None:
    async with pressed(desk, "g", "d") as pilot:
        assert TITLE not in screen_text(pilot.app)
        assert "deleted · u brings it back" in screen_lines(pilot.app)[-1]
        assert "1 unread" in screen_lines(pilot.app)[0]
        assert on_disk() == [QUIET[0]]
        await press(pilot, "u")
        assert TITLE in screen_text(pilot.app)
        assert "took back: deleted" in screen_lines(pilot.app)[-1]
        assert len(on_disk()) == 2
        await press(pilot, "enter")
        assert "The AI lab is recruiting" in screen_text(pilot.app)


async def test_the_cursor_goes_to_the_next_one_and_the_last_leaves_an_empty_list(
    desk: Desk,
) -> None:
    async with pressed(desk, "g", "d", "d") as pilot:
        assert on_disk() == []
        assert "Nothing unread" in screen_text(pilot.app)
        await press(pilot, "d")
        await press(pilot, "u", "u")
        assert len(on_disk()) == 2


async def test_an_article_that_is_open_is_not_shown_any_more(desk: Desk) -> None:
    async with pressed(desk, "g", "enter", "q", "d") as pilot:
        assert "The AI lab is recruiting" not in screen_text(pilot.app)
        assert on_disk() == [QUIET[0]]


async def test_an_article_that_is_deleted_in_another_window_can_no_longer_be_marked(
    desk: Desk,
) -> None:
    async with pressed(desk, "g", "enter", "j", "s") as pilot:
        with closing(Shelf.open(folders().desk)) as shelf:
            (first,) = (one for one in shelf.headlines(1) if one.title == HIRING_PUSH[0])
            shelf.delete_articles([(1, first.id)])
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        screen._look()
        await settle(pilot)
        assert "The AI lab is recruiting" in screen_text(pilot.app)
        await press(pilot, "escape")
        screen._look()
        await settle(pilot)
        assert "The AI lab is recruiting" not in screen_text(pilot.app)
        assert "Another window deleted this article" in screen_text(pilot.app)
        await press(pilot, "s", "h")
        assert "saved" not in screen_lines(pilot.app)[-1]


async def test_a_starred_article_stays(desk: Desk) -> None:
    async with pressed(desk, "g", "f", "d") as pilot:
        assert "starred: f takes the star away first" in screen_lines(pilot.app)[-1]
        assert len(on_disk()) == 2


async def test_an_article_with_claims_stays(desk: Desk) -> None:
    async with pressed(desk, "g", "enter", "j", "s", "h", "q", "d") as pilot:
        assert "carrying claims: C shows them" in screen_lines(pilot.app)[-1]
        assert len(on_disk()) == 2


async def test_a_desk_that_refuses_says_so_and_nothing_is_gone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with pressed(desk, "g") as pilot:
        monkeypatch.setattr(desk._shelf._custody, "read_only", True)
        await press(pilot, "d")
        assert "read-only" in screen_text(pilot.app)
        assert TITLE in screen_text(pilot.app)
        assert isinstance(pilot.app.screen, ReadingScreen)
    assert len(on_disk()) == 2
