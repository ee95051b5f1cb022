"""How feeds share hosts and places: one request a host, a breath between, few in all."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from msgspec.structs import replace

from store.model import Feed
from store.refresh.hosts import Hosts, Room, Visit


def a_feed(address: str = "https://news.example/feed", **about: object) -> Feed:
    now = datetime.now(UTC)
    return replace(Feed(number=1, address=address, first_address=address, added=now), **about)


async def turns(hosts: Hosts, *feeds: Feed) -> list[float]:
    """The seconds between the beginnings of the requests of these feeds."""
    begun: list[float] = []

    async def ask(feed: Feed) -> None:
        async with Visit(hosts, Room(4), feed) as visit:
            await visit.at(feed.address)
            begun.append(time.monotonic())

    await asyncio.gather(*(ask(feed) for feed in feeds))
    return [after - before for before, after in pairwise(begun)]


async def test_a_host_has_a_breath_between_two_requests() -> None:
    first, other_port = a_feed(), a_feed("https://news.example:8443/feed")
    assert min(await turns(Hosts(0.05), first, first, other_port)) >= 0.049


async def test_hosts_and_the_persons_own_machines_wait_for_nothing() -> None:
    mine = a_feed("http://127.0.0.1/feed", permit="127.0.0.1:80")
    async with asyncio.timeout(5):
        await turns(Hosts(60), a_feed(), a_feed("https://other.example/feed"), mine, mine)


async def test_a_feed_that_may_be_large_takes_the_places_of_several() -> None:
    room = Room(4)
    large = a_feed(megabytes=30)
    async with AsyncExitStack() as held:
        await held.enter_async_context(room.place(large))
        await held.enter_async_context(room.place(a_feed()))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02), room.place(a_feed()):
                pass
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02), room.place(large):
                pass
    async with asyncio.timeout(5), room.place(a_feed(megabytes=5000)):
        pass


async def test_two_large_feeds_do_not_wait_for_each_others_places() -> None:
    room = Room(4)
    done: list[int] = []

    async def work(feed: Feed) -> None:
        async with room.place(feed):
            await asyncio.sleep(0)
            done.append(feed.megabytes)

    async with asyncio.timeout(5):
        await asyncio.gather(*(work(a_feed(megabytes=30)) for _ in range(6)), work(a_feed()))
    assert len(done) == 7
