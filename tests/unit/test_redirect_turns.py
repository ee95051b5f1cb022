"""Redirects stand in the queue of the host that they lead to; a host may have enough of all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from feed_server import FeedServer
from msgspec.structs import replace
from refreshes import outcomes, rss
from scripted_web import Answer, Call
from trespassing import everything_is_public

from store.feeds.web.answers import Fetched, FetchFailed
from store.feeds.web.fetch import Fetcher
from store.model import FeedRefreshed
from store.shelf.shelf import Shelf


def lead_on(server: FeedServer, *names: str) -> list[int]:
    """Let ``/NAME`` of any host lead to the slow ``/there-NAME`` of 127.0.0.1.

    What comes back fills with how many of these were asked for at once.
    """
    crowds: list[int] = []
    now: list[object] = []
    for name in names:
        server.redirect(f"/{name}", server.address(f"/there-{name}"), status=302)
        server.serve(f"/there-{name}", rss(f"{name}: One"))
        then = server.answer_of(f"/there-{name}")

        def answer(call: Call, then: Answer = then) -> None:
            now.append(call)
            crowds.append(len(now))
            call.pause(0.1)
            now.remove(call)
            then(call)

        server.answer(f"/there-{name}", answer)
    return crowds


async def test_a_host_that_others_redirect_to_is_asked_for_one_feed_at_a_time(
    monkeypatch: pytest.MonkeyPatch, shelf: Shelf, server: FeedServer
) -> None:
    everything_is_public(monkeypatch)
    crowds = lead_on(server, "one", "two")
    feeds = [
        shelf.add_feed(f"http://localhost:{server.port}/one"),
        shelf.add_feed(server.address("/there-two")),  # the host's own, in the same queue
    ]
    told = await outcomes(shelf, feeds)
    assert {type(one) for one in told.values()} == {FeedRefreshed}
    assert crowds == [1, 1]


async def test_who_waits_for_a_host_keeps_no_place_from_who_has_it(
    monkeypatch: pytest.MonkeyPatch, shelf: Shelf, server: FeedServer
) -> None:
    everything_is_public(monkeypatch)
    lead_on(server, "localhost")
    server.serve("/own", rss("own: One"))
    feeds = [
        shelf.add_feed(f"http://localhost:{server.port}/localhost"),
        shelf.add_feed(server.address("/own")),
    ]
    async with asyncio.timeout(10):
        told = await outcomes(shelf, feeds, parallel=1)
    assert {type(one) for one in told.values()} == {FeedRefreshed}


async def test_pages_wait_for_their_host_without_a_place(shelf: Shelf, server: FeedServer) -> None:
    """One place: the feed that has the host waits for it, its pages' host is that very one."""
    item = f"<item><guid>1</guid><title>One</title><link>{server.address('/1')}</link></item>"
    server.serve("/full", rss().replace("</channel>", f"{item}</channel>"))
    server.serve("/plain", rss("plain: One"))
    feeds = [
        shelf.add_feed(server.address(path), permit=server.permit) for path in ("/full", "/plain")
    ]
    shelf.change_feed(feeds[0].number, lambda feed: replace(feed, full_text=True))
    async with asyncio.timeout(10):
        told = await outcomes(shelf, feeds, parallel=1)
    assert {type(one) for one in told.values()} == {FeedRefreshed}
    assert len(server.asked("/1")) == 1


async def test_the_queue_of_a_host_costs_nothing_of_the_deadline(
    monkeypatch: pytest.MonkeyPatch, server: FeedServer
) -> None:
    everything_is_public(monkeypatch)
    lead_on(server, "localhost")
    asked: list[str] = []

    async def onward(address: str) -> None:
        asked.append(address)
        await asyncio.sleep(0.6)

    async with Fetcher(deadline=0.5) as fetcher:
        address = f"http://localhost:{server.port}/localhost"
        assert isinstance(await fetcher.fetch(address, onward=onward), Fetched)
        assert asked == [server.address("/there-localhost")]
        server.silent("/there-localhost")
        late = await fetcher.fetch(address, onward=onward)
    assert isinstance(late, FetchFailed)
    assert late.trouble == "late"


async def test_a_host_that_wants_fewer_requests_is_not_asked_for_its_other_feeds(
    monkeypatch: pytest.MonkeyPatch, shelf: Shelf, server: FeedServer
) -> None:
    everything_is_public(monkeypatch)
    server.status("/one", 429, {"Retry-After": "7200"})
    server.serve("/two", rss("two: One"))
    server.serve("/other", rss("other: One"))
    one, two = (shelf.add_feed(server.address(path)) for path in ("/one", "/two"))
    other = shelf.add_feed(f"http://localhost:{server.port}/other")
    told = await outcomes(shelf, [one, two, other])
    assert server.asked("/two") == []
    assert told[two.number] == replace(told[one.number], feed=two.number)
    assert isinstance(told[other.number], FeedRefreshed)
    waiting = shelf.fetch_states()[two.number]
    assert waiting.not_before is not None
    assert (waiting.not_before - datetime.now(UTC)).total_seconds() > 7000
    assert isinstance((await outcomes(shelf, [two]))[two.number], FeedRefreshed)
