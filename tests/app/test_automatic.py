"""Feeds that are due, fetched by the open desk itself, without a word unless there is news."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from desks import QUIET, fill, open_desk
from feed_documents import rss
from feed_server import FeedServer
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.errors import DeskError
from store.model import FetchState
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.reading import ReadingScreen

FIRST = "<item><title>The first</title><guid>1</guid></item>"
SECOND = "<item><title>The second</title><guid>2</guid></item>"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """A server of one feed, which is on the desk and was just fetched."""
    with FeedServer() as server:
        server.serve("/news.xml", rss(FIRST))
        with closing(Shelf.open(folders().desk, make=True)) as shelf:
            shelf.add_feed(server.address("/news.xml"), permit=server.permit)
        yield server


@asynccontextmanager
async def running() -> AsyncIterator[Pilot[Any]]:
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        yield pilot
    desk.close()


def screen_of(pilot: Pilot[Any]) -> ReadingScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


async def look(pilot: Pilot[Any]) -> None:
    """What the clock does every minute."""
    screen_of(pilot).fetch_due()
    await settle(pilot)


def make_due(*, due: bool = True) -> None:
    now = datetime.now(UTC)
    at = now - timedelta(hours=1) if due else now + timedelta(hours=1)
    with closing(Shelf.open(folders().desk)) as shelf:
        (feed,) = shelf.feeds()
        shelf.keep_fetch_states(
            [FetchState(feed=feed.number, tried=now, succeeded=now, due=at, every=60)]
        )


async def test_what_is_due_comes_by_itself_and_only_news_is_told(server: FeedServer) -> None:
    async with running() as pilot:
        assert "The first" in screen_text(pilot.app)
        before = len(server.asked("/news.xml"))
        make_due(due=False)
        await look(pilot)
        assert len(server.asked("/news.xml")) == before
        server.serve("/news.xml", rss(FIRST + SECOND))
        make_due()
        await look(pilot)
        assert "The second" in screen_text(pilot.app)
        assert screen_lines(pilot.app)[-1].endswith("1 new")
        under = next(line for line in screen_lines(pilot.app) if "▌" in line)
        assert "The first" in under


async def test_where_nothing_is_new_not_a_word_is_said(server: FeedServer) -> None:
    async with running() as pilot:
        screen_of(pilot).say("read this")
        make_due()
        server.status("/news.xml", 500)
        await look(pilot)
        assert screen_lines(pilot.app)[-1].endswith("read this")
        assert "1 feed failing" in screen_lines(pilot.app)[0]


async def test_that_it_cannot_fetch_is_told_once_and_then_waited_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(folders().desk, QUIET)
    asked = []

    async def stopped(*_: object, **__: object) -> str:
        asked.append(1)
        raise DeskError("No network.")

    async with running() as pilot:
        make_due()
        monkeypatch.setattr(screen_of(pilot)._browsing.running, "fetch_due", stopped)
        for _ in range(10):
            await look(pilot)
        # The first look, then after 2 and 4 that are left out.
        assert len(asked) == 3
        assert screen_lines(pilot.app)[-1].endswith("No network.")


async def test_nothing_is_fetched_by_itself_where_the_person_does_not_want_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(folders().desk, QUIET)
    here = folders().settings
    here.mkdir(parents=True)
    (here / "settings.toml").write_text("[fetch]\nautomatic = false")
    looked = []
    monkeypatch.setattr("tui.screens.automatic.FIRST_AFTER", 0.001)
    monkeypatch.setattr("tui.screens.automatic.LOOK_EVERY", 0.001)
    monkeypatch.setattr(ReadingScreen, "fetch_due", lambda _self: looked.append(1))
    async with running() as pilot:
        await settle(pilot)
    assert not looked


async def test_nor_are_new_feeds_at_the_start_but_by_the_key(server: FeedServer) -> None:
    settings = Settings(annotator="ana", automatic=False)
    desk = Desk.open(folders(), settings)
    app = WiredeskApp(desk, settings)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await settle(pilot)
        assert not server.requests
        assert "R fetches" in screen_text(pilot.app)
        await pilot.press("R")
        await settle(pilot)
        assert "The first" in screen_text(pilot.app)
    desk.close()


async def test_the_clock_looks_where_the_person_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(folders().desk, QUIET)
    looked = []
    monkeypatch.setattr("tui.screens.automatic.FIRST_AFTER", 0.001)
    monkeypatch.setattr(ReadingScreen, "fetch_due", lambda _self: looked.append(1))
    async with running():
        assert looked
