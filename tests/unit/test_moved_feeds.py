"""A feed whose server says that it lives elsewhere for good, over days; and one that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from desks import open_desk
from feed_server import FeedServer
from msgspec.structs import replace
from refreshes import outcomes_of_due

from store.desk import DeskError
from store.model import (
    Account,
    Feed,
    FeedFailed,
    FeedRefreshed,
    FeedUnchanged,
    FetchState,
    Moving,
    Outcome,
)
from store.refresh import refresh
from store.refresh.ledger import Lease
from store.refresh.moves import Move, move
from store.settings import folders
from store.shelf.shelf import Shelf

TODAY = datetime.now(UTC)


def rss(*titles: str) -> str:
    items = "".join(
        f"<item><guid isPermaLink='false'>{title}</guid><title>{title}</title>"
        f"<description>The text of {title}.</description></item>"
        for title in titles
    )
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        server.serve("/old.xml", rss("a", "b"), etag='"old"')
        yield server


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    with closing(Shelf.open(folders().desk)) as shelf:
        yield shelf


async def subscribed(shelf: Shelf, server: FeedServer) -> Feed:
    feed = shelf.add_feed(server.address("/old.xml"), permit=server.permit)
    await on_day(shelf, 0)
    return feed


async def on_day(shelf: Shelf, day: float) -> Outcome:
    """Fetch the desk's first feed so many days from now."""
    with time_machine.travel(TODAY + timedelta(days=day), tick=True):
        (outcome,) = [one async for one in refresh(shelf, shelf.feeds()[:1])]
    return outcome


def feed_of(shelf: Shelf) -> Feed:
    return shelf.feeds()[0]


async def test_a_feed_that_moved_is_read_at_once_and_moved_after_some_days(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server)
    server.serve("/new.xml", rss("c", "a", "b"))
    server.redirect("/old.xml", "/new.xml")
    assert await on_day(shelf, 1) == FeedRefreshed(feed=feed.number, new=1)
    assert await on_day(shelf, 2) == FeedUnchanged(feed=feed.number)
    assert feed_of(shelf).address == feed.address
    there = server.address("/new.xml")
    assert await on_day(shelf, 3.1) == FeedUnchanged(feed=feed.number, moved=there)
    moved = feed_of(shelf)
    assert (moved.address, moved.first_address) == (there, feed.first_address)
    assert (moved.moved_from, moved.permit) == ((feed.address,), server.permit)
    server.serve("/new.xml", rss("c", "a", "b", "d"))
    assert await on_day(shelf, 4) == FeedRefreshed(feed=feed.number, new=1)
    assert len(server.asked("/old.xml")) == 4


async def test_a_feed_that_never_changes_moves_too(shelf: Shelf, server: FeedServer) -> None:
    feed = await subscribed(shelf, server)
    server.serve("/new.xml", rss("a", "b"), etag='"new"')
    server.redirect("/old.xml", "/new.xml")
    outcomes = [await on_day(shelf, day) for day in (1, 2, 3.1)]
    assert [getattr(one, "moved", "") for one in outcomes] == ["", "", server.address("/new.xml")]
    asked = [call.headers.get("if-none-match") for call in server.asked("/new.xml")]
    assert asked == [None, '"new"', '"new"']
    assert feed_of(shelf).number == feed.number


async def test_another_feed_at_the_new_address_is_not_taken_for_it(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server)
    server.serve("/parked.xml", rss("buy this domain"))
    server.redirect("/old.xml", "/parked.xml")
    for day in (1, 2, 3.1, 9):
        outcome = await on_day(shelf, day)
        assert (getattr(outcome, "moved", ""), feed_of(shelf).address) == ("", feed.address)


@pytest.mark.parametrize("status", [302, 307])
async def test_a_redirect_for_the_time_being_changes_no_address(
    shelf: Shelf, server: FeedServer, status: int
) -> None:
    feed = await subscribed(shelf, server)
    server.serve("/new.xml", rss("a", "b"))
    server.redirect("/old.xml", "/new.xml", status=status)
    for day in (1, 2, 5):
        assert await on_day(shelf, day) == FeedUnchanged(feed=feed.number)
    assert feed_of(shelf).address == feed.address


async def test_a_move_onto_another_feed_of_the_desk_is_told_once(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server)
    server.serve("/new.xml", rss("a", "b"))
    twin = shelf.add_feed(server.address("/new.xml"), permit=server.permit)
    server.redirect("/old.xml", "/new.xml")
    outcomes = [await on_day(shelf, day) for day in (1, 2, 3.1, 4, 9)]
    notes = [getattr(outcome, "note", "") for outcome in outcomes]
    assert f"is feed {twin.number} of this desk" in notes[2]
    assert notes[:2] + notes[3:] == ["", "", "", ""]
    assert feed_of(shelf).address == feed.address


async def test_a_password_is_not_carried_to_another_host(shelf: Shelf, server: FeedServer) -> None:
    feed = await subscribed(shelf, server)
    shelf.keep_account(feed.number, Account(name="ana", password="s3cret"))
    elsewhere = f"http://localhost:{urlsplit(feed.address).port}/new.xml"
    server.serve("/new.xml", rss("a", "b"))
    server.redirect("/old.xml", elsewhere)
    outcomes = [await on_day(shelf, day) for day in (1, 2, 3.1)]
    # A redirect leads to no private host but the permitted one: there is nothing to move to.
    assert all(isinstance(outcome, FeedFailed) for outcome in outcomes)
    assert feed_of(shelf).address == feed.address
    assert server.asked("/new.xml") == []


async def test_a_move_can_be_taken_back_and_is_not_made_again(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server)
    server.serve("/new.xml", rss("a", "b"))
    server.redirect("/old.xml", "/new.xml")
    for day in (1, 2, 3.1):
        await on_day(shelf, day)
    with closing(open_desk()) as desk:
        said = await desk.feed_care.move_back(feed.number)
        back = feed_of(shelf)
        assert (back.address, back.moved_from) == (feed.address, ())
        assert said == f"{back.name} is fetched at {feed.address} again"
        with pytest.raises(DeskError, match="never moved"):
            await desk.feed_care.move_back(feed.number)
        with pytest.raises(DeskError, match="no longer on the desk"):
            await desk.feed_care.move_back(99)
    for day in (4, 5, 6, 9):
        assert await on_day(shelf, day) == FeedUnchanged(feed=feed.number)
    assert feed_of(shelf).address == feed.address


async def test_a_move_is_not_taken_back_onto_another_feed(shelf: Shelf, server: FeedServer) -> None:
    feed = await subscribed(shelf, server)
    server.serve("/new.xml", rss("a", "b"))
    server.redirect("/old.xml", "/new.xml")
    for day in (1, 2, 3.1):
        await on_day(shelf, day)
    shelf.add_feed(feed.address)
    with closing(open_desk()) as desk, pytest.raises(DeskError, match="unsubscribe"):
        await desk.feed_care.move_back(feed.number)


async def test_a_feed_that_is_gone_for_good_is_asked_by_name_only(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server)
    server.status("/old.xml", 410)
    failed = await on_day(shelf, 1)
    assert isinstance(failed, FeedFailed)
    assert (failed.status, "410" in failed.reason) == (410, True)
    with time_machine.travel(TODAY + timedelta(days=400), tick=True):
        assert await outcomes_of_due(shelf, shelf.feeds()) == {}
    assert len(list(shelf.headlines(feed.number))) == 2
    server.serve("/old.xml", rss("a", "b", "c"))
    assert await on_day(shelf, 401) == FeedRefreshed(feed=feed.number, new=1)
    assert not shelf.fetch_states()[feed.number].gone


def lease(feed: Feed, *, account: Account | None = None) -> Lease:
    return Lease(feed=feed, state=FetchState(feed=feed.number), account=account)


def test_why_a_feed_is_not_moved_is_said(shelf: Shelf) -> None:
    feed = shelf.add_feed("https://old.example/feed")
    there = Moving(address="https://new.example/feed", since=TODAY, seen=3)
    refused = move(shelf, lease(feed, account=Account(name="ana", password="s3cret")), there)
    assert "add it there by hand" in refused.note
    assert "s3cret" not in refused.note
    assert refused.moving == replace(there, told=True)
    assert feed_of(shelf).address == feed.address


def test_a_feed_that_somebody_changed_meanwhile_is_not_moved(shelf: Shelf) -> None:
    feed = shelf.add_feed("https://old.example/feed")
    there = Moving(address="https://new.example/feed", since=TODAY, seen=3)
    shelf.change_feed(feed.number, lambda now: replace(now, address="https://mine.example/"))
    assert move(shelf, lease(feed), there) == Move(moving=None)
    assert feed_of(shelf).address == "https://mine.example/"
    shelf.remove_feed(feed.number)
    assert move(shelf, lease(feed), there) == Move(moving=None)
