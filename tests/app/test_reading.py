"""Reading: lists, the article, and how keys take one through them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from screen_text import screen_lines, screen_text
from settle import settle, until
from textual.pilot import Pilot

from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.feed_tree import FeedTree


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def running(desk: Desk, size: tuple[int, int] = (160, 45)) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


async def test_the_focus_starts_in_the_list_and_nothing_is_opened(desk: Desk) -> None:
    async with running(desk) as pilot:
        assert isinstance(pilot.app.focused, ArticleList)
        assert "Anthropic’s hiring push" in screen_text(pilot.app)
        assert "The AI lab is recruiting" not in screen_text(pilot.app)
        assert "2 unread" in screen_lines(pilot.app)[0]


async def test_opening_an_article_shows_it_and_marks_it_read(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("g", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.focused, ArticleView)
        assert "The AI lab is recruiting" in screen_text(pilot.app)
        assert "1 unread" in screen_lines(pilot.app)[0]


async def test_an_article_that_was_read_stays_in_the_unread_list_while_one_is_there(
    desk: Desk,
) -> None:
    async with running(desk) as pilot:
        await pilot.press("g", "enter", "q")
        await settle(pilot)
        listed = pilot.app.screen.query_one(ArticleList)
        assert listed.row_count == 2
        assert "hiring push" in screen_text(pilot.app)


async def test_n_in_the_article_opens_the_next_unread_one(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("g", "enter", "n")
        await settle(pilot)
        assert "Nothing in particular happened." in screen_text(pilot.app)
        assert isinstance(pilot.app.focused, ArticleView)


async def test_m_and_f_in_the_list_toggle_read_and_star_and_u_takes_them_back(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("g", "m", "f")
        await settle(pilot)
        assert "★" in screen_text(pilot.app)
        assert "1 unread" in screen_lines(pilot.app)[0]
        await pilot.press("u", "u")
        await settle(pilot)
        assert "★" not in screen_text(pilot.app)
        assert "2 unread" in screen_lines(pilot.app)[0]


async def test_all_read_can_be_taken_back(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("A")
        await settle(pilot)
        assert "0 unread" in screen_lines(pilot.app)[0]
        await pilot.press("u")
        await settle(pilot)
        assert "2 unread" in screen_lines(pilot.app)[0]


async def test_tagging_keys_in_a_list_say_where_the_focus_is(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("s", "q")
        await settle(pilot)
        assert "the focus is in a list" in screen_lines(pilot.app)[-1]


async def test_q_at_the_top_asks_for_a_second_q(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("q")
        assert "q again quits" in screen_lines(pilot.app)[-1]
        await pilot.press("j", "q")
        assert pilot.app.is_running
        await pilot.press("q")
        await until(pilot, lambda: not pilot.app.is_running or pilot.app._exit)


async def test_the_theme_changes_with_t_and_is_remembered(desk: Desk) -> None:
    async with running(desk) as pilot:
        first = pilot.app.theme
        await pilot.press("T")
        await settle(pilot)
        chosen = pilot.app.theme
        assert chosen != first
    async with running(desk) as pilot:
        assert pilot.app.theme == chosen


@pytest.mark.parametrize("size", [(160, 45), (100, 30), (80, 24)])
async def test_every_pane_can_be_reached_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    async with running(desk, size) as pilot:
        await pilot.press("h")
        await settle(pilot)
        assert isinstance(pilot.app.focused, FeedTree)
        assert "Starred" in screen_text(pilot.app)
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(pilot.app.focused, ArticleList)
        assert "hiring push" in screen_text(pilot.app)
        await pilot.press("g", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.focused, ArticleView)
        assert "recruiting" in screen_text(pilot.app)
        assert "signal" in screen_text(pilot.app)


async def test_a_desk_without_feeds_begins_with_what_to_do() -> None:
    desk = open_desk()
    async with running(desk) as pilot:
        assert "Add a feed" in screen_text(pilot.app)
        assert "sample desk" in screen_text(pilot.app)
    desk.close()


@pytest.mark.parametrize(
    ("way", "key"),
    [((), "colon"), (("g", "enter"), "colon"), (("C",), "ctrl+p"), (("number_sign",), "colon"),
     (("at",), "ctrl+p")],
)  # fmt: skip
async def test_the_palette_lists_what_the_keys_do_here(
    desk: Desk, way: tuple[str, ...], key: str
) -> None:
    async with running(desk) as pilot:
        await pilot.press(*way)
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        await pilot.press(*"next theme")
        await settle(pilot)
        assert "Next theme" in screen_text(pilot.app)
        await pilot.press("escape", "escape")


async def test_help_shows_every_key_of_the_pane(desk: Desk) -> None:
    async with running(desk, (100, 60)) as pilot:
        await pilot.press("g", "enter")
        await settle(pilot)
        await pilot.press("question_mark")
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert "Keep what is ticked" in shown
        await pilot.press("escape")
        assert isinstance(pilot.app.focused, ArticleView)
