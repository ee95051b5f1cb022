"""What a person sees of a refresh: what came, what failed, and that nothing is lost or repeated."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
import time_machine
from feed_server import FeedServer
from refreshes import listen, outcomes, outcomes_of_due, rss, subscribed, titles

from store.model import (
    FeedFailed,
    FeedRefreshed,
    FeedUnchanged,
    Outcome,
)
from store.refresh import refresh
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf


async def test_a_refresh_brings_the_articles_and_the_feeds_name(
    shelf: Shelf, server: FeedServer
) -> None:
    server.serve("/feed.xml", rss("a: One", "b: Two"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    assert await outcomes(shelf, [feed]) == {feed.number: FeedRefreshed(feed=feed.number, new=2)}
    assert sorted(titles(shelf)) == ["a: One", "b: Two"]
    (named,) = shelf.feeds()
    assert (named.title, named.site) == ("News", "https://news.example/")
    state = shelf.fetch_states()[feed.number]
    assert state.error == ""
    assert state.failures == 0
    assert state.succeeded == state.tried is not None


async def test_no_feeds_are_refreshed_at_once(shelf: Shelf) -> None:
    assert await outcomes(shelf, []) == {}


async def test_the_second_refresh_asks_conditionally_and_changes_nothing(
    shelf: Shelf, server: FeedServer
) -> None:
    server.serve("/feed.xml", rss("a: One"), etag='W/"1"')
    (feed,) = subscribed(shelf, server, "/feed.xml")
    await outcomes(shelf, [feed])
    assert await outcomes(shelf, [feed]) == {feed.number: FeedUnchanged(feed=feed.number)}
    assert server.requests[1].headers["if-none-match"] == 'W/"1"'
    assert shelf.fetch_states()[feed.number].etag == 'W/"1"'
    assert titles(shelf) == ["a: One"]


async def test_a_server_without_validators_is_answered_by_the_hash(
    tmp_path: Path, server: FeedServer
) -> None:
    taken_in: list[int] = []

    class Watched(Shelf):
        def take_in(self, feed: int, decide: object) -> Sequence[object]:
            taken_in.append(feed)
            return super().take_in(feed, decide)

    shelf = Watched.open(tmp_path / "desk")
    server.serve("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    await outcomes(shelf, [feed])
    assert await outcomes(shelf, [feed]) == {feed.number: FeedUnchanged(feed=feed.number)}
    assert len(server.requests) == 2
    assert taken_in == [feed.number]
    shelf.close()


async def test_new_and_changed_articles_are_counted_apart(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/feed.xml", rss("a: One", "b: Two"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    await outcomes(shelf, [feed])
    server.serve("/feed.xml", rss("c: Three", "a: One, corrected", "b: Two"))
    told = await outcomes(shelf, [feed])
    assert told == {feed.number: FeedRefreshed(feed=feed.number, new=1, changed=1)}
    assert sorted(titles(shelf)) == ["a: One, corrected", "b: Two", "c: Three"]


async def test_one_bad_feed_does_not_stop_the_others(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/good.xml", rss("a: One"))
    server.page("/page")
    server.reset("/reset.xml")
    feeds = subscribed(shelf, server, "/page", "/good.xml", "/missing.xml", "/reset.xml")
    told = await outcomes(shelf, feeds)
    assert told[feeds[1].number] == FeedRefreshed(feed=feeds[1].number, new=1)
    reasons = [cast("FeedFailed", told[feeds[at].number]).reason for at in (0, 2, 3)]
    assert "web page, not a feed" in reasons[0]
    assert "404" in reasons[1]
    assert "broke off" in reasons[2]
    states = shelf.fetch_states()
    assert [states[feeds[at].number].error for at in (0, 2, 3)] == reasons


async def test_a_new_feed_that_leads_to_one_of_the_desk_is_refused(
    shelf: Shelf, server: FeedServer
) -> None:
    server.serve("/feed.xml", rss("a: One"))
    server.redirect("/old.xml", "/feed.xml")
    present, again = subscribed(shelf, server, "/feed.xml", "/old.xml")
    told = await outcomes(shelf, [present, again])
    assert told[present.number] == FeedRefreshed(feed=present.number, new=1)
    assert told[again.number] == FeedFailed(
        feed=again.number,
        reason=f"{again.address} leads to {present.address}, which is on this desk already.",
        status=200,
    )
    assert titles(shelf) == ["a: One"]


async def test_a_feed_that_moves_later_to_one_of_the_desk_goes_on(
    shelf: Shelf, server: FeedServer
) -> None:
    server.serve("/old.xml", rss("a: One"))
    server.serve("/feed.xml", rss("a: One", "b: Two"))
    (moving, _) = subscribed(shelf, server, "/old.xml", "/feed.xml")
    await outcomes(shelf, [moving])
    server.redirect("/old.xml", "/feed.xml")
    assert await outcomes(shelf, [moving]) == {
        moving.number: FeedRefreshed(feed=moving.number, new=1)
    }


async def test_a_feed_that_leads_elsewhere_is_read_there(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/new.xml", rss("a: One"))
    server.redirect("/old.xml", "/new.xml")
    (feed,) = subscribed(shelf, server, "/old.xml")
    assert await outcomes(shelf, [feed]) == {feed.number: FeedRefreshed(feed=feed.number, new=1)}


async def test_failures_count_until_a_success(shelf: Shelf, server: FeedServer) -> None:
    server.status("/feed.xml", 500)
    (feed,) = subscribed(shelf, server, "/feed.xml")
    for _ in range(3):
        await outcomes(shelf, [feed])
    assert shelf.fetch_states()[feed.number].failures == 3
    server.serve("/feed.xml", rss("a: One"))
    await outcomes(shelf, [feed])
    state = shelf.fetch_states()[feed.number]
    assert (state.failures, state.error) == (0, "")


async def test_a_broken_document_does_not_pass_for_read(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/feed.xml", rss("a: One"), etag='"good"')
    (feed,) = subscribed(shelf, server, "/feed.xml")
    await outcomes(shelf, [feed])
    server.serve("/feed.xml", "<html><body>Down for repair</body></html>", etag='"bad"')
    for _ in range(2):
        (told,) = (await outcomes(shelf, [feed])).values()
        assert isinstance(told, FeedFailed)
    assert shelf.fetch_states()[feed.number].etag == '"good"'
    assert titles(shelf) == ["a: One"]


async def test_a_host_is_asked_for_one_feed_at_a_time(shelf: Shelf, server: FeedServer) -> None:
    paths = [f"/{number}.xml" for number in range(6)]
    for path in paths:
        server.drip(path, rss("a: One").encode()[:40], pause=0.001)
    await outcomes(shelf, subscribed(shelf, server, *paths))
    assert server.most_at_once == 1
    assert len(server.requests) == 6


async def test_hosts_do_not_wait_for_each_other(shelf: Shelf, server: FeedServer) -> None:
    held = server.hold("/feed.xml", rss("a: One"))
    server.serve("/fast.xml", rss("b: Two"))
    (slow,) = subscribed(shelf, server, "/feed.xml")
    fast = shelf.add_feed(
        f"http://localhost:{server.port}/fast.xml", permit=f"localhost:{server.port}"
    )
    async with aclosing(refresh(shelf, [slow, fast])) as run:
        async for outcome in run:
            assert (outcome.feed == fast.number) != held.release.is_set()
            held.release.set()
    assert sorted(titles(shelf)) == ["a: One", "b: Two"]


async def test_what_was_told_is_stored_when_the_person_stops_waiting(
    shelf: Shelf, server: FeedServer
) -> None:
    server.serve("/fast.xml", rss("a: One"), etag='"1"')
    server.hold("/slow.xml", rss("b: Two"))
    slow = shelf.add_feed(server.address("/slow.xml"), permit=server.permit)
    fast = shelf.add_feed(
        f"http://localhost:{server.port}/fast.xml", permit=f"localhost:{server.port}"
    )
    async with aclosing(refresh(shelf, [slow, fast])) as run:
        async for outcome in run:
            assert outcome == FeedRefreshed(feed=fast.number, new=1)
            break
    assert titles(shelf) == ["a: One"]
    assert shelf.fetch_states()[fast.number].etag == '"1"'
    assert slow.number not in shelf.fetch_states()


async def test_a_feed_that_is_unsubscribed_meanwhile_brings_nothing(
    shelf: Shelf, server: FeedServer
) -> None:
    held = server.hold("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    running = asyncio.create_task(outcomes(shelf, [feed]))
    await asyncio.to_thread(held.asked.wait)
    shelf.remove_feed(feed.number)
    held.release.set()
    assert await running == {feed.number: FeedUnchanged(feed=feed.number)}
    assert titles(shelf) == []
    # Nor does it pass for read, should somebody subscribe again.
    assert shelf.fetch_state(feed.number) is None


async def test_only_what_is_due_is_asked_by_itself(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/good.xml", rss("a: One"))
    server.status("/bad.xml", 500)
    good, bad = subscribed(shelf, server, "/good.xml", "/bad.xml")
    assert len(await outcomes_of_due(shelf, [good, bad])) == 2
    assert await outcomes_of_due(shelf, [good, bad]) == {}
    assert len(await outcomes(shelf, [good, bad])) == 2
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=True):
        assert set(await outcomes_of_due(shelf, [good, bad])) == {good.number}
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=True):
        assert set(await outcomes_of_due(shelf, [good, bad])) == {good.number, bad.number}


async def test_what_is_asked_together_is_due_one_after_the_other(
    shelf: Shelf, server: FeedServer
) -> None:
    paths = [f"/{number}.xml" for number in range(4)]
    for path in paths[:2]:
        server.serve(path, rss("a: One"))
    await outcomes(shelf, subscribed(shelf, server, *paths))
    states = shelf.fetch_states().values()
    waits = {state.due - state.tried for state in states if state.due and state.tried}
    assert len(waits) == 4


class FullShelf(Shelf):
    """A shelf on a disk that is full for articles."""

    def take_in(self, feed: int, decide: object) -> Sequence[object]:
        raise ShelfError("The disk is full: nothing was saved.")


async def test_a_full_disk_ends_the_run_and_is_told_with_the_feed(
    tmp_path: Path, server: FeedServer
) -> None:
    shelf = FullShelf.open(tmp_path / "desk")
    server.serve("/feed.xml", rss("a: One"), etag='"1"')
    held = server.hold("/slow.xml", rss("b: Two"))
    (feed, _) = feeds = subscribed(shelf, server, "/feed.xml", "/slow.xml")
    told: list[Outcome] = []
    with pytest.raises(ShelfError, match="disk is full"):
        await listen(refresh(shelf, feeds), told)
    held.release.set()
    assert told == [FeedFailed(feed=feed.number, reason="The disk is full: nothing was saved.")]
    assert feed.number not in shelf.fetch_states()
    shelf.close()


async def test_a_disk_that_fills_up_at_the_end_is_told_too(
    tmp_path: Path, server: FeedServer
) -> None:
    class NoRoomForStates(Shelf):
        def keep_fetch_states(self, states: object) -> None:
            raise ShelfError("The disk is full: nothing was saved.")

    shelf = NoRoomForStates.open(tmp_path / "desk")
    server.serve("/feed.xml", rss("a: One"))
    (feed,) = feeds = subscribed(shelf, server, "/feed.xml")
    told: list[Outcome] = []
    with pytest.raises(ShelfError, match="disk is full"):
        await listen(refresh(shelf, feeds), told)
    assert told == [FeedRefreshed(feed=feed.number, new=1)]
    assert titles(shelf) == ["a: One"]
    shelf.close()


async def test_what_vouches_for_articles_is_kept_after_them(
    tmp_path: Path, server: FeedServer
) -> None:
    order: list[str] = []

    class Watched(Shelf):
        def take_in(self, feed: int, decide: object) -> Sequence[object]:
            order.append("articles")
            return super().take_in(feed, decide)

        def keep_fetch_states(self, states: object) -> None:
            order.append("states")
            super().keep_fetch_states(states)

    shelf = Watched.open(tmp_path / "desk")
    server.serve("/feed.xml", rss("a: One"))
    await outcomes(shelf, subscribed(shelf, server, "/feed.xml"))
    shelf.close()
    assert order == ["articles", "states"]


async def test_read_marks_and_stars_outlive_a_refresh(shelf: Shelf, server: FeedServer) -> None:
    from store.shelf.articles import Mark

    server.serve("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    await outcomes(shelf, [feed])
    columns = shelf.columns()
    (index,) = columns.order()
    article = columns.row(index).id
    shelf.mark({(feed.number, article): Mark(read=True, starred=True)})
    server.serve("/feed.xml", rss("a: One, corrected"))
    await outcomes(shelf, [feed])
    headline = shelf.headline(article, feed.number)
    assert headline is not None
    assert (headline.title, headline.read, headline.starred) == ("a: One, corrected", True, True)
    assert [version.number for version in shelf.versions(article, feed.number)] == [1, 2]


async def test_what_a_server_and_a_document_say_of_the_next_time_is_kept(
    shelf: Shelf, server: FeedServer
) -> None:
    document = rss("a: One").replace("<link>", "<ttl>600</ttl><link>")
    server.serve("/slow.xml", document, headers={"Cache-Control": "max-age=60"})
    server.status("/busy.xml", 503, headers={"Retry-After": "7200"})
    slow, busy = subscribed(shelf, server, "/slow.xml", "/busy.xml")
    told = await outcomes(shelf, [slow, busy])
    states = shelf.fetch_states()
    assert (states[slow.number].minutes, states[slow.number].fresh) == (600, 60)
    assert cast("FeedFailed", told[busy.number]).status == 503
    assert states[busy.number].status == 503
    assert states[busy.number].not_before is not None
    assert states[busy.number].failing_since == states[busy.number].tried
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=3), tick=True):
        assert set(await outcomes_of_due(shelf, [slow, busy])) == {busy.number}


async def test_a_feed_whose_adding_was_cut_off_is_due(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/feed.xml", rss("a: One"))
    (feed,) = subscribed(shelf, server, "/feed.xml")
    assert await outcomes_of_due(shelf, [feed]) == {
        feed.number: FeedRefreshed(feed=feed.number, new=1)
    }


async def test_a_disk_that_is_full_from_the_start_is_told_in_one_sentence(
    tmp_path: Path, server: FeedServer, caplog: pytest.LogCaptureFixture
) -> None:
    class NoRoom(Shelf):
        def lease_some(self, feeds: object, seconds: float) -> set[int]:
            raise ShelfError("The disk is full: nothing was saved.")

    shelf = NoRoom.open(tmp_path / "desk")
    feeds = [shelf.add_feed(f"https://news{number}.example/feed") for number in range(20)]
    told: list[Outcome] = []
    for _ in range(5):
        with pytest.raises(ShelfError, match="disk is full"):
            await listen(refresh(shelf, feeds), told)
    shelf.close()
    gc.collect()
    assert caplog.records == []  # as of a failure that nobody waited for
    assert server.requests == []
