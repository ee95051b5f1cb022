"""How each feed fares, seen and changed by keyboard, down to what is on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desks import QUIET, fill, open_desk
from feed_documents import rss
from feed_server import FeedServer
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle, until
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Feed, FetchState
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.feeds import FeedsScreen

GOOD, BAD = "https://good.example/feed.xml", "https://bad.example/feed.xml"
LONG_AGO = datetime(2020, 3, 1, 9, 30, tzinfo=UTC)
WHY = "bad.example has nothing at this address (404); check the address or look for the new one."


@pytest.fixture
def desk() -> Iterator[Desk]:
    here = folders().desk
    fill(here, QUIET, address=GOOD)
    with closing(Shelf.open(here)) as shelf:
        bad = shelf.add_feed(BAD)
        shelf.change_feed(1, lambda feed: replace(feed, title="Good News"))
        shelf.change_feed(
            bad.number, lambda feed: replace(feed, title="Bad News", site="https://bad.example/")
        )
        now = datetime.now(UTC)
        shelf.keep_fetch_states(
            [
                FetchState(
                    feed=1, tried=now, succeeded=now, due=now + timedelta(hours=1), every=60
                ),
                FetchState(
                    feed=bad.number,
                    tried=now,
                    failures=4,
                    failing_since=LONG_AGO,
                    error=WHY,
                    status=404,
                    due=now + timedelta(hours=9),
                    every=60,
                ),
            ]
        )
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def shown(
    desk: Desk, *keys: str, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[Pilot[Any]]:
    """The feeds screen, after these keys."""
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "M", *keys)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press these; a dialog may then wait for more."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot, standing={"ask"})


def on_disk(number: int) -> Feed:
    with closing(Shelf.open(folders().desk)) as shelf:
        return next(feed for feed in shelf.feeds() if feed.number == number)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_failing_feeds_stand_first_with_since_when_and_why(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with shown(desk, size=size) as pilot:
        lines = screen_lines(pilot.app)
        assert "1 feed failing" in lines[0]
        assert "failing" in lines[3]
        assert "Bad News" in lines[3]
        assert "Good News" in lines[4]
        text = " ".join("\n".join(lines).split())
        assert "Fails since 1 Mar 2020: bad.example has nothing at this address (404)" in text
        assert BAD in text
        assert "404 Not Found" in text


async def test_a_narrow_terminal_keeps_the_list(desk: Desk) -> None:
    async with shown(desk, size=(30, 12)) as pilot:
        assert "Bad News" in screen_text(pilot.app)


async def test_enter_goes_to_the_feeds_articles(desk: Desk) -> None:
    async with shown(desk, "j", "enter") as pilot:
        assert not isinstance(pilot.app.screen, FeedsScreen)
        assert "Good News" in screen_lines(pilot.app)[0]
        assert "A quiet day" in screen_text(pilot.app)


async def test_settings_are_changed_by_keys_and_taken_back(desk: Desk) -> None:
    async with shown(desk) as pilot:
        await press(pilot, "i", "9", "0", "enter", "c", "2", "0", "enter", "w", "P")
        feed = on_disk(2)
        assert (feed.minutes, feed.megabytes, feed.full_text, feed.paused) == (90, 20, True, True)
        assert "paused, r fetches it" in screen_lines(pilot.app)[-1]
        assert "feed failing" not in screen_lines(pilot.app)[0]
        await press(pilot, "u", "u", "u", "u")
        feed = on_disk(2)
        assert (feed.minutes, feed.megabytes, feed.full_text, feed.paused) == (0, 0, False, False)
        assert "took back: Bad News: fetched every 90 min" in screen_lines(pilot.app)[-1]
        await press(pilot, "u")
        assert "nothing to undo" in screen_lines(pilot.app)[-1]


async def test_asking_often_is_warned_of_and_too_often_refused(desk: Desk) -> None:
    async with shown(desk) as pilot:
        await press(pilot, "i", "9")
        assert "many publishers turn away who asks that often" in screen_text(pilot.app)
        await press(pilot, "backspace", "3", "enter")
        assert "Between 5 min" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert on_disk(2).minutes == 0


async def test_words_find_feeds_and_esc_shows_all_again(desk: Desk) -> None:
    async with shown(desk, "/", *"404", "enter") as pilot:
        assert "Feeds 1" in screen_text(pilot.app)
        assert "Good News" not in screen_text(pilot.app)
        await press(pilot, "F", *"x", "enter")
        assert "No feed is found" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert "Feeds 2" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, FeedsScreen)


async def test_feeds_can_be_put_in_another_order_and_the_cursor_stays(desk: Desk) -> None:
    async with shown(desk, "j", "O", "O") as pilot:
        assert "longest not fetched first" in screen_text(pilot.app)
        under = next(line for line in screen_lines(pilot.app) if line.startswith("▌"))
        assert "Good News" in under


async def test_y_copies_the_address_and_o_says_where_there_is_no_site(desk: Desk) -> None:
    async with shown(desk, "y") as pilot:
        assert pilot.app.clipboard == BAD
        await press(pilot, "o")
        assert "no browser here" in screen_lines(pilot.app)[-1]


async def test_a_move_is_taken_back(desk: Desk) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(2, lambda feed: replace(feed, moved_from=("https://old.example/x",)))
    async with shown(desk) as pilot:
        assert "moved from  https://old.example/x" in screen_text(pilot.app)
        await press(pilot, "U")
        assert on_disk(2).address == "https://old.example/x"
        assert "fetched at https://old.example/x again" in screen_lines(pilot.app)[-1]


async def test_what_another_process_fetched_is_seen(desk: Desk) -> None:
    async with shown(desk) as pilot:
        with closing(Shelf.open(folders().desk)) as shelf:
            now = datetime.now(UTC)
            shelf.keep_fetch_states([FetchState(feed=2, tried=now, succeeded=now)])
        await until(pilot, lambda: "failing" not in screen_lines(pilot.app)[0])


async def test_without_feeds_it_says_how_to_come_by_one() -> None:
    desk = open_desk()
    async with shown(desk, "question_mark", "escape") as pilot:
        assert "No feeds yet" in screen_text(pilot.app)
        await press(pilot, "r", "i", "P", "y", "enter", "u")
        assert isinstance(pilot.app.screen, FeedsScreen)
    desk.close()


async def test_r_fetches_the_feed_at_once_and_says_what_came() -> None:
    here = folders().desk
    with FeedServer() as server:
        server.serve("/news.xml", rss("<item><title>A day</title></item>"))
        with closing(Shelf.open(here, make=True)) as shelf:
            feed = shelf.add_feed(server.address("/news.xml"), permit=server.permit)
            failed = FetchState(feed=feed.number, tried=LONG_AGO, failures=1, error=WHY)
            shelf.keep_fetch_states([failed])
        desk = open_desk()
        async with shown(desk) as pilot:
            assert "1 feed failing" in screen_lines(pilot.app)[0]
            await press(pilot, "r")
            await until(pilot, lambda: "failing" not in screen_lines(pilot.app)[0])
            await until(pilot, lambda: "new article" in screen_lines(pilot.app)[-1])
        desk.close()
