"""Who is asked in a run, in which order, and who is left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from store.feeds.choosing import COOL_DOWN, all_feeds, due_feeds
from store.model import SAVED_PAGES, Feed, FetchState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def a_feed(number: int, **about: object) -> Feed:
    address = f"https://news.example/{number}.xml"
    return replace(Feed(number=number, address=address, first_address=address, added=NOON), **about)


def asked(number: int, ago: timedelta, *, due: timedelta = timedelta(0), **about: object):
    return replace(FetchState(feed=number, tried=NOON - ago, due=NOON + due, every=60), **about)


def test_the_feed_that_is_due_for_longest_comes_first_and_new_ones_before_all() -> None:
    feeds = [a_feed(1), a_feed(2), a_feed(3), a_feed(4)]
    states = {
        1: asked(1, 60 * MINUTE, due=-5 * MINUTE),
        2: asked(2, 90 * MINUTE, due=-35 * MINUTE),
        3: asked(3, 10 * MINUTE, due=48 * MINUTE),
    }
    choice = due_feeds(feeds, states, NOON, usual=60)
    assert [feed.number for feed in choice.feeds] == [4, 2, 1]
    assert choice.next_due == NOON + 48 * MINUTE


def test_what_is_paused_gone_or_no_feed_is_counted_and_not_asked() -> None:
    feeds = [a_feed(1, paused=True), a_feed(2), a_feed(3, address=SAVED_PAGES)]
    states = {2: asked(2, 90 * MINUTE, gone=True)}
    for choose in (due_feeds, all_feeds):
        choice = choose(feeds, states, NOON, usual=60)
        assert choice.feeds == ()
        assert (choice.paused, choice.gone, choice.next_due) == (1, 1, None)


def test_all_leaves_out_who_was_just_asked_or_wants_to_wait() -> None:
    feeds = [a_feed(number) for number in range(1, 5)]
    states = {
        1: asked(1, MINUTE, due=50 * MINUTE),
        2: asked(2, 6 * MINUTE, due=50 * MINUTE, not_before=NOON + 20 * MINUTE),
        3: asked(3, COOL_DOWN, due=50 * MINUTE),
    }
    choice = all_feeds(feeds, states, NOON, usual=60)
    assert [feed.number for feed in choice.feeds] == [4, 3]
    assert (choice.asked_lately, choice.not_wanted) == (1, 1)


def test_the_persons_own_machines_are_asked_as_often_as_wanted() -> None:
    feed = a_feed(1, permit="127.0.0.1:80")
    choice = all_feeds([feed], {1: asked(1, MINUTE, due=50 * MINUTE)}, NOON, usual=60)
    assert choice.feeds == (feed,)


def test_an_attempt_in_the_future_keeps_nobody_away() -> None:
    states = {1: asked(1, -MINUTE, due=90 * MINUTE, not_before=NOON + 60 * MINUTE)}
    for choose in (due_feeds, all_feeds):
        assert len(choose([a_feed(1)], states, NOON, usual=60).feeds) == 1
