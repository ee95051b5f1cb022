"""When a permanent redirect is believed, and what is never given away by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from store.feeds.moving import (
    is_ripe,
    is_safe,
    moved,
    moved_back,
    noticed,
    shares_articles,
)
from store.model import Feed, Headline, Moving, ParsedEntry, ParsedFeed

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
OLD = "https://old.example/feed.xml"
NEW = "https://new.example/feed.xml"


def a_feed(address: str = OLD, **about: object) -> Feed:
    return replace(Feed(number=1, address=address, first_address=address, added=NOON), **about)


def seen(*days: float, target: str = NEW) -> Moving | None:
    moving: Moving | None = None
    for day in days:
        moving = noticed(a_feed(), moving, target, NOON + day * DAY, is_ours=True)
    return moving


@pytest.mark.parametrize(
    ("days", "believed"),
    [((0,), False), ((0, 1, 1.9), False), ((0, 3), False), ((0, 1, 2), True), ((0, 0, 0, 5), True)],
)
def test_it_is_believed_after_three_fetches_over_two_days(
    days: tuple[float, ...], believed: bool
) -> None:
    assert is_ripe(seen(*days), NOON + days[-1] * DAY) == believed


@pytest.mark.parametrize(("came", "believed"), [(True, True), (False, False), (None, False)])
def test_only_the_first_document_from_there_tells_whether_it_is_the_feed(
    came: bool | None, believed: bool
) -> None:
    moving = noticed(a_feed(), None, NEW, NOON, is_ours=came)
    for day in (1, 2):
        later = None if came is None else True
        moving = noticed(a_feed(), moving, NEW, NOON + day * DAY, is_ours=later)
    assert is_ripe(moving, NOON + 2 * DAY) == believed


def test_a_move_that_somebody_was_told_of_is_told_once() -> None:
    moving = seen(0, 1, 2)
    assert moving is not None
    assert not is_ripe(replace(moving, told=True), NOON + 9 * DAY)


def test_a_fetch_that_leads_elsewhere_begins_anew() -> None:
    moving = seen(0, 1)
    assert noticed(a_feed(), moving, "", NOON) is None
    assert noticed(a_feed(), moving, OLD, NOON) is None
    other = noticed(a_feed(), moving, "https://third.example/", NOON)
    assert other == Moving(address="https://third.example/", since=NOON)
    # A clock that was set back: the days that passed mean nothing.
    assert noticed(a_feed(), moving, NEW, NOON - DAY) == Moving(address=NEW, since=NOON - DAY)


def test_what_was_taken_back_is_not_believed_again() -> None:
    back = moved_back(moved(a_feed(), NEW))
    assert (back.address, back.moved_from) == (OLD, ())
    assert noticed(back, None, NEW, NOON) is None
    assert noticed(back, None, "https://third.example/", NOON) is not None


def test_a_feed_that_moves_stays_what_it_is() -> None:
    feed = a_feed(title="News", moved_from=("https://older.example/",))
    there = moved(feed, NEW)
    assert (there.number, there.first_address, there.title) == (1, OLD, "News")
    assert there.moved_from == ("https://older.example/", OLD)
    assert moved_back(there).moved_from == ("https://older.example/",)


def test_a_permit_is_for_one_host_and_port() -> None:
    feed = a_feed("http://127.0.0.1:8080/feed", permit="127.0.0.1:8080")
    assert moved(feed, "http://127.0.0.1:8080/new").permit == "127.0.0.1:8080"
    away = moved(feed, NEW)
    assert away.permit == ""
    assert moved_back(away).permit == "127.0.0.1:8080"


@pytest.mark.parametrize(
    ("address", "target", "account", "safe"),
    [
        (OLD, NEW, False, True),
        (OLD, "http://new.example/feed.xml", False, False),
        ("http://old.example/feed.xml", OLD, False, True),
        ("http://old.example/feed.xml", OLD, True, True),
        (OLD, NEW, True, False),
        (OLD, "https://old.example:8443/feed.xml", True, False),
        (OLD, "https://old.example/atom.xml", True, True),
        ("http://old.example:8080/feed.xml", "https://old.example:8080/feed.xml", True, False),
    ],
)
def test_no_encryption_is_lost_and_no_password_goes_to_another_host(
    address: str, target: str, account: bool, safe: bool
) -> None:
    assert is_safe(a_feed(address), target, has_account=account) == safe


def test_the_same_feed_is_known_by_its_articles() -> None:
    def headline(guid: str, address: str = "") -> Headline:
        return Headline(id=1, feed=1, guid=guid, address=address, title="A", seen=NOON)

    parsed = ParsedFeed(
        entries=(ParsedEntry(guid="a"), ParsedEntry(guid="", address="https://x.example/1"))
    )
    assert shares_articles(parsed, [headline("a")])
    assert shares_articles(parsed, [headline("z"), headline("y", "https://x.example/1")])
    assert not shares_articles(parsed, [headline("b", "https://x.example/2")])
    assert not shares_articles(ParsedFeed(), [headline("a")])
    assert not shares_articles(parsed, [])
