"""Finding on the screen: the search as one types, its results, its matches, and the way back."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store import worker
from store.desk import Desk
from store.finding.index import indexed
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.feed_tree import FeedTree
from tui.widgets.query_line import QueryInput

RAIN = ("Rain and more rain", "It rained again.", "Nobody was hiring. Later it rained, too.")


def index() -> None:
    """What the worker process does after each fetch."""
    with closing(Shelf.open(folders().desk)) as shelf:
        for _ in indexed(shelf):
            pass


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, HIRING_PUSH, QUIET, RAIN)
    index()
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def running(desk: Desk, size: tuple[int, int] = (160, 45)) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot


def listed(pilot: Pilot[Any]) -> list[str]:
    rows = pilot.app.screen.query_one(ArticleList)
    drawn = ["".join(text for text, _ in rows.row_parts(i, 200)) for i in range(rows.row_count)]
    return [title for row in drawn for title, *_ in (HIRING_PUSH, QUIET, RAIN) if title in row]


async def search(pilot: Pilot[Any], text: str, *then: str) -> None:
    await pilot.press("slash", *("space" if one == " " else one for one in text), *then)
    await settle(pilot)


async def test_articles_are_found_by_their_titles_and_texts_as_one_types(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "raine")
        assert listed(pilot) == [QUIET[0], RAIN[0]]
        assert "2 found" in screen_text(pilot.app)
        assert isinstance(pilot.app.focused, QueryInput)
        await pilot.press("d", "space", *"agai")
        await settle(pilot)
        assert listed(pilot) == [RAIN[0]]


async def test_a_mistake_is_explained_and_the_last_good_results_stay(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "rained is:unreed")
        assert "! is: knows no “unreed”; did you mean unread?" in screen_text(pilot.app)
        assert listed(pilot) == [QUIET[0], RAIN[0]]
        await pilot.press("enter")
        await settle(pilot)
        assert "is: knows no" not in screen_text(pilot.app)
        assert isinstance(pilot.app.focused, ArticleList)


async def test_results_are_shown_newest_first_or_by_relevance(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "rain")
        assert "newest first" in screen_text(pilot.app)
        assert listed(pilot) == [QUIET[0], RAIN[0]]
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert "by relevance" in screen_lines(pilot.app)[3]
        assert listed(pilot) == [RAIN[0], QUIET[0]]


async def test_escape_takes_back_the_line_then_the_search_and_the_cursor_is_where_it_was(
    desk: Desk,
) -> None:
    async with running(desk) as pilot:
        await pilot.press("G")
        await search(pilot, "rained")
        await pilot.press("escape")
        await settle(pilot)
        assert listed(pilot) == [QUIET[0], RAIN[0]]
        assert isinstance(pilot.app.focused, ArticleList)
        await pilot.press("escape")
        await settle(pilot)
        assert len(listed(pilot)) == 3
        highlighted = pilot.app.screen.query_one(ArticleList).highlighted
        assert highlighted is not None
        assert highlighted.title == RAIN[0]
        assert "“rained”" not in screen_text(pilot.app)


async def test_the_search_stays_a_place_while_its_results_are_read(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "rained is:unread", "enter")
        await pilot.press("enter")
        await settle(pilot)
        assert "Nothing in particular happened." in screen_text(pilot.app)
        assert listed(pilot) == [QUIET[0], RAIN[0]]
        assert "“rained is:unread”" in screen_lines(pilot.app)[0]
        await pilot.press("q")
        await settle(pilot)
        assert "“rained is:unread”" in screen_lines(pilot.app)[0]
        await pilot.press("q")
        await settle(pilot)
        assert "Unread" in screen_lines(pilot.app)[0]


async def test_a_result_opens_on_its_first_match_and_keys_walk_the_others(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "hiring", "enter")
        await pilot.press("G", "enter")
        await settle(pilot)
        view = pilot.app.screen.query_one(ArticleView)
        assert view.sentences[view.sentence].span.start > 0
        assert "match 1 of 1" in screen_lines(pilot.app)[-1]
        await pilot.press("q")
        await search(pilot, "rained rain", "enter")
        await pilot.press("G", "enter")
        await settle(pilot)
        assert "match 1 of 4" in screen_lines(pilot.app)[-1]
        await pilot.press("H")
        await settle(pilot)
        assert "match 4 of 4 · around the end" in screen_lines(pilot.app)[-1]
        await pilot.press("L", "L")
        await settle(pilot)
        assert "match 2 of 4" in screen_lines(pilot.app)[-1]


async def test_without_a_search_the_key_of_matches_says_that_nothing_is_lit(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("g", "enter", "L")
        await settle(pilot)
        assert "/ searches" in screen_lines(pilot.app)[-1]


async def test_nothing_found_says_what_to_try(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "xylophone")
        assert listed(pilot) == []
        assert "Nothing is found. Fewer words" in screen_text(pilot.app)


async def test_up_recalls_the_queries_of_this_session(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "rained", "enter")
        await search(pilot, "quiet", "enter")
        await pilot.press("slash", "up", "up")
        await settle(pilot)
        assert listed(pilot) == [QUIET[0], RAIN[0]]
        await pilot.press("down", "down")
        await settle(pilot)
        assert listed(pilot) == [QUIET[0]]


async def test_tab_completes_fields_and_their_values(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "rained fe", "tab", "T", "o", "tab")
        assert pilot.app.screen.query_one(QueryInput).value == 'rained feed:"Top News"'
        assert listed(pilot) == [QUIET[0], RAIN[0]]


async def test_what_is_not_indexed_yet_is_told(desk: Desk) -> None:
    fill(folders().desk, ("A late report", "It rained."), address="https://late.example/feed")
    async with running(desk) as pilot:
        await desk.take_in_changes()
        await search(pilot, "rained")
        assert "1 article is not indexed yet" in screen_text(pilot.app)
        index()
        await pilot.press("space", "s", "backspace")
        await settle(pilot)
        assert "not indexed" not in screen_text(pilot.app)
        assert pilot.app.screen.query_one(ArticleList).row_count == 3


async def test_a_desk_that_was_never_indexed_is_indexed_behind_the_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def indexing(_desk: Path) -> AsyncGenerator[worker.Indexed, None]:
        index()
        yield worker.Indexed(done=1, total=1)

    fill(folders().desk, QUIET, RAIN)
    monkeypatch.setattr(worker, "indexing", indexing)
    with closing(open_desk()) as desk:
        async with running(desk) as pilot:
            await search(pilot, "rained")
            assert "not indexed" not in screen_text(pilot.app)
            assert listed(pilot) == [QUIET[0], RAIN[0]]


async def test_the_filter_narrows_the_list_in_place_and_escape_takes_it_off(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("G", "F", *"rained")
        await settle(pilot)
        assert listed(pilot) == [QUIET[0], RAIN[0]]
        assert "2 in this list" in screen_text(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert "Unread · filter rained" in screen_text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert len(listed(pilot)) == 3
        await pilot.press("F", *"quiet", "ctrl+u")
        await settle(pilot)
        assert len(listed(pilot)) == 3


async def test_a_filter_and_unread_only_count_together(desk: Desk) -> None:
    async with running(desk) as pilot:
        await pilot.press("m", "h", *"jjjj", "l")
        await settle(pilot)
        await pilot.press("F", *"hiring", "enter", "t")
        await settle(pilot)
        assert listed(pilot) == [RAIN[0]]


async def test_letters_typed_right_after_the_slash_belong_to_the_query(desk: Desk) -> None:
    async with running(desk) as pilot:
        for key in ("slash", "f", "m", "A"):
            pilot.app._driver.process_message(_key(pilot, key))  # type: ignore[union-attr]
        await settle(pilot)
        assert pilot.app.screen.query_one(QueryInput).value == "fmA"
        assert "3 unread" in screen_lines(pilot.app)[0]


def _key(pilot: Pilot[Any], key: str) -> Any:
    from textual import events

    return events.Key(key, "/" if key == "slash" else key)


@pytest.mark.parametrize("size", [(100, 30), (80, 24)])
async def test_results_are_seen_while_typing_at_every_size(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with running(desk, size) as pilot:
        await pilot.press("g", "enter")
        await settle(pilot)
        await search(pilot, "rained")
        assert "A quiet day" in screen_text(pilot.app)
        assert "newest first" in screen_text(pilot.app)


async def test_the_search_stands_in_the_tree(desk: Desk) -> None:
    async with running(desk) as pilot:
        await search(pilot, "rained", "enter")
        tree = pilot.app.screen.query_one(FeedTree)
        assert tree.place_here is not None
        assert tree.place_here.label == "“rained”"
        await pilot.press("h", "g", "l")
        await settle(pilot)
        assert len(listed(pilot)) == 3
        await pilot.press("slash", "enter")
        await settle(pilot)
        assert listed(pilot) == [QUIET[0], RAIN[0]]
