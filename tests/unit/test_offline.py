"""Being offline is one state: told once, and held against no feed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import closing

import pytest
from feed_server import FeedServer

from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.fetch import Fetcher
from store.model import Feed, FeedFailed, FeedRefreshed, Outcome
from store.refresh import PARALLEL, NoNetwork, refresh
from store.refresh.network import SEVERAL
from store.settings import folders
from store.shelf.shelf import Shelf

RSS = "<rss version='2.0'><channel><title>News</title><item><title>a</title></item></channel></rss>"
OFF = FetchFailed(reason="The name could not be looked up; check the network.", trouble="no_lookup")
NO_NAME = FetchFailed(reason="There is no such host.", trouble="no_name")
DOWN = FetchFailed(reason="It is down (500).", status=500)
LATE = FetchFailed(reason="It was not done in time.", trouble="late")


class Scripted(Fetcher):
    """The world as it is told; what is not told of is fetched."""

    def __init__(self, answers: Mapping[str, FetchFailed], *, late: str = "") -> None:
        super().__init__()
        self.answers = answers
        self.asked: list[str] = []
        self._late = late

    async def fetch(self, address: str, **about: object) -> Fetched | NotModified | FetchFailed:
        self.asked.append(address)
        if address == self._late:
            await asyncio.sleep(0.05)
        if address in self.answers:
            return self.answers[address]
        return await super().fetch(address, **about)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with closing(Shelf.open(folders().desk)) as shelf:
        yield shelf


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        server.serve("/feed.xml", RSS)
        yield server


def abroad(shelf: Shelf, count: int) -> list[Feed]:
    return [shelf.add_feed(f"https://news{number}.example/feed") for number in range(count)]


async def run(
    shelf: Shelf, feeds: list[Feed], fetcher: Fetcher
) -> tuple[dict[int, Outcome], NoNetwork | None]:
    told: dict[int, Outcome] = {}
    try:
        async for outcome in refresh(shelf, feeds, fetcher=fetcher):
            told[outcome.feed] = outcome
    except NoNetwork as error:
        return told, error
    return told, None


async def test_without_a_network_the_run_stops_and_holds_it_against_no_feed(shelf: Shelf) -> None:
    feeds = abroad(shelf, 40)
    world = Scripted(dict.fromkeys((feed.address for feed in feeds), OFF))
    told, error = await run(shelf, feeds, world)
    assert told == {}
    assert "No network" in str(error)
    # Those in work, and who took the places of the first ones that failed.
    assert len(world.asked) < PARALLEL + SEVERAL
    assert shelf.fetch_states() == {}


async def test_a_host_that_is_not_there_is_looked_for_once_a_run(shelf: Shelf) -> None:
    gone = [shelf.add_feed(f"https://gone.example/{number}") for number in range(10)]
    there = shelf.add_feed("https://there.example/feed")
    world = Scripted({there.address: DOWN, **dict.fromkeys((one.address for one in gone), NO_NAME)})
    told, error = await run(shelf, [there, *gone], world)
    assert error is None
    assert {told[one.number].reason for one in gone} == {NO_NAME.reason}
    assert len([address for address in world.asked if "gone.example" in address]) == 1


async def test_without_a_network_the_persons_own_machines_are_read(
    shelf: Shelf, server: FeedServer
) -> None:
    feeds = abroad(shelf, 20)
    here = shelf.add_feed(server.address("/feed.xml"), permit=server.permit)
    world = Scripted(dict.fromkeys((feed.address for feed in feeds), OFF))
    told, error = await run(shelf, [*feeds, here], world)
    assert told == {here.number: FeedRefreshed(feed=here.number, new=1)}
    assert error is not None


async def test_the_persons_own_machine_that_is_down_is_told_all_the_same(shelf: Shelf) -> None:
    feeds = abroad(shelf, 20)
    mine = shelf.add_feed("http://nas.lan/feed", permit="nas.lan:80")
    world = Scripted(dict.fromkeys((feed.address for feed in (*feeds, mine)), OFF))
    told, error = await run(shelf, [*feeds, mine], world)
    assert told == {mine.number: FeedFailed(feed=mine.number, reason=OFF.reason)}
    assert error is not None


async def test_hosts_that_are_no_more_do_not_pass_for_a_missing_network(shelf: Shelf) -> None:
    feeds = abroad(shelf, 30)
    answers = dict.fromkeys((feed.address for feed in feeds), NO_NAME)
    # The one that answers takes its time; all that were asked with it are waited for.
    slow = feeds[9].address
    world = Scripted({**answers, slow: DOWN}, late=slow)
    told, error = await run(shelf, feeds, world)
    assert error is None
    assert {number for number, one in told.items() if isinstance(one, FeedFailed)} == {
        feed.number for feed in feeds
    }
    states = shelf.fetch_states()
    assert all(states[feed.number].failures == 1 for feed in feeds)


async def test_one_or_two_hosts_prove_nothing(shelf: Shelf) -> None:
    feeds = abroad(shelf, 2)
    told, error = await run(shelf, feeds, Scripted({feed.address: OFF for feed in feeds}))
    assert error is None
    assert len(told) == 2
    assert all(state.failures == 1 for state in shelf.fetch_states().values())


async def test_a_host_that_is_late_proves_nothing_either(shelf: Shelf) -> None:
    feeds = abroad(shelf, 6)
    answers = dict.fromkeys((feed.address for feed in feeds), OFF)
    told, error = await run(shelf, feeds, Scripted({**answers, feeds[0].address: LATE}))
    assert set(told) == {feeds[0].number}
    assert error is not None
