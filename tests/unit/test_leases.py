"""Two processes never ask for the same feed, and none keeps it for ever."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from feed_server import FeedServer
from refreshes import outcomes, rss, subscribed

from store.model import FeedRefreshed, FeedUnchanged
from store.shelf.shelf import Shelf


async def test_a_feed_is_free_for_others_once_it_was_fetched(
    shelf: Shelf, server: FeedServer, tmp_path: Path
) -> None:
    server.serve("/feed.xml", rss("a: One"))
    feeds = subscribed(shelf, server, "/feed.xml", "/missing.xml")
    await outcomes(shelf, feeds)
    other = Shelf.open(tmp_path / "desk")
    assert all(other.lease(feed.number, 60) for feed in feeds)
    other.close()


async def test_cancelling_a_refresh_ends_it_and_frees_the_feeds(
    shelf: Shelf, server: FeedServer
) -> None:
    held = server.hold("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    running = asyncio.create_task(outcomes(shelf, [feed]))
    await asyncio.to_thread(held.asked.wait)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    held.release.set()
    told = await outcomes(shelf, [feed])
    assert told == {feed.number: FeedRefreshed(feed=feed.number, new=1)}


async def test_a_feed_that_another_process_fetches_is_left_to_it(
    shelf: Shelf, server: FeedServer, tmp_path: Path
) -> None:
    server.serve("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    other = Shelf.open(tmp_path / "desk")
    assert other.lease(feed.number, 60)
    assert await outcomes(shelf, [feed]) == {feed.number: FeedUnchanged(feed=feed.number)}
    assert server.requests == []
    other.release(feed.number)
    other.close()
    assert await outcomes(shelf, [feed]) == {feed.number: FeedRefreshed(feed=feed.number, new=1)}


async def test_what_another_process_just_fetched_is_not_asked_again(
    shelf: Shelf, server: FeedServer, tmp_path: Path
) -> None:
    held = server.hold("/first.xml", rss("a: One"))
    server.serve("/second.xml", rss("b: Two"))
    first, second = subscribed(shelf, server, "/first.xml", "/second.xml")
    running = asyncio.create_task(outcomes(shelf, [first, second]))
    await asyncio.to_thread(held.asked.wait)
    other = Shelf.open(tmp_path / "desk")
    assert await outcomes(other, [second]) == {
        second.number: FeedRefreshed(feed=second.number, new=1)
    }
    held.release.set()
    assert (await running)[second.number] == FeedUnchanged(feed=second.number)
    assert len(server.asked("/second.xml")) == 1
    other.close()


async def test_a_feed_that_is_long_in_work_stays_leased(
    server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.refresh.ledger.FLUSH", 0.01)
    monkeypatch.setattr("store.refresh.ledger.LEASE", 0.1)
    leased: list[int] = []
    often = asyncio.Event()

    class Watched(Shelf):
        def lease(self, feed: int, seconds: float) -> bool:
            leased.append(feed)
            if len(leased) == 4:
                loop.call_soon_threadsafe(often.set)
            return super().lease(feed, 60 if len(leased) == 4 else seconds)

    loop = asyncio.get_running_loop()
    shelf = Watched.open(tmp_path / "desk")
    held = server.hold("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    running = asyncio.create_task(outcomes(shelf, [feed]))
    await often.wait()
    other = Shelf.open(tmp_path / "desk")
    assert not other.lease(feed.number, 60)
    held.release.set()
    assert await running == {feed.number: FeedRefreshed(feed=feed.number, new=1)}
    assert other.lease(feed.number, 60)
    other.close()
    shelf.close()


async def test_a_feed_is_given_back_when_what_became_of_it_is_known(
    tmp_path: Path, server: FeedServer
) -> None:
    order: list[str] = []

    class Watched(Shelf):
        def keep_fetch_states(self, states: object) -> None:
            order.append("states")
            super().keep_fetch_states(states)

        def release(self, *feeds: int) -> None:
            order.extend(f"free {feed}" for feed in feeds)
            super().release(*feeds)

    shelf = Watched.open(tmp_path / "desk")
    server.serve("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    await outcomes(shelf, [feed])
    shelf.close()
    assert order == ["states", f"free {feed.number}"]
