"""When a feed is asked again: what people, publishers and servers say, within bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.feeds.schedule import (
    LONGEST,
    after_failure,
    after_success,
    due_at,
    is_due,
    minutes_of,
)
from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.model import SAVED_PAGES, Feed, FetchState

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ADDRESS = "https://news.example/feed.xml"
HOUR = timedelta(hours=1)


def a_feed(**about: object) -> Feed:
    feed = Feed(number=1, address=ADDRESS, first_address=ADDRESS, added=NOON)
    return replace(feed, **about)


def fetched(**about: object) -> Fetched:
    answer = Fetched(address=ADDRESS, body=b"x", body_hash="h", etag='"1"')
    return replace(answer, **about)


def succeeded(
    answer: Fetched | NotModified | None = None,
    *,
    every: int = 60,
    minutes: int | None = None,
    chance: float = 0.5,
    before: FetchState | None = None,
) -> FetchState:
    return after_success(
        before or FetchState(feed=1),
        answer or fetched(),
        NOON,
        every=every,
        chance=chance,
        minutes=minutes,
    )


def failed(times: int, *, every: int = 60, chance: float = 0.5, **about: object) -> FetchState:
    state = FetchState(feed=1, etag='"1"')
    failure = replace(FetchFailed(reason="It is down.", status=500), **about)
    for _ in range(times):
        state = after_failure(state, failure, NOON, every=every, chance=chance)
    return state


def wait(state: FetchState) -> timedelta:
    assert state.due is not None
    assert state.tried is not None
    return state.due - state.tried


def test_a_feed_that_was_never_asked_is_due() -> None:
    assert is_due(a_feed(), None, NOON, usual=60)
    assert is_due(a_feed(), FetchState(feed=1), NOON, usual=60)


@pytest.mark.parametrize("feed", [a_feed(paused=True), a_feed(address=SAVED_PAGES)])
def test_what_is_paused_or_no_document_is_never_asked_by_itself(feed: Feed) -> None:
    assert not is_due(feed, None, NOON, usual=60)


def test_a_feed_that_is_gone_for_good_is_not_asked_until_it_is_there_again() -> None:
    state = failed(1, status=410)
    assert state.gone
    assert not is_due(a_feed(), state, NOON + timedelta(days=365), usual=60)
    assert after_failure(state, FetchFailed(reason="?"), NOON, every=60, chance=0).gone
    assert not succeeded(before=state).gone


def test_an_hourly_job_finds_a_feed_of_an_hour_due_each_time() -> None:
    for chance in (0.0, 0.5, 1.0):
        assert timedelta(minutes=54) <= wait(succeeded(chance=chance)) < timedelta(minutes=59)


def test_feeds_that_were_asked_together_are_not_all_due_together() -> None:
    first, last = (wait(succeeded(chance=chance)) for chance in (0.0, 1.0))
    assert last - first > timedelta(minutes=4)
    first, last = (wait(succeeded(fetched(fresh=4 * 3600), chance=one)) for one in (0.0, 1.0))
    assert last - first > timedelta(minutes=15)
    first, last = (wait(failed(1, chance=chance)) for chance in (0.0, 1.0))
    assert last - first > timedelta(minutes=8)


def test_the_longest_of_what_people_publishers_and_servers_say_counts() -> None:
    assert wait(succeeded(every=30, minutes=180)) > timedelta(hours=2.5)
    assert wait(succeeded(every=240, minutes=180)) > timedelta(hours=3.5)
    assert wait(succeeded(fetched(fresh=4 * 3600), every=30, minutes=180)) >= 4 * HOUR
    assert wait(succeeded(NotModified(etag='"1"', fresh=4 * 3600))) >= 4 * HOUR


def test_what_the_publisher_said_in_the_document_holds_while_it_is_unchanged() -> None:
    before = succeeded(minutes=180)
    state = succeeded(NotModified(etag='"1"'), before=before)
    assert wait(state) == wait(before)
    assert (state.status, state.body_hash, state.taken_from) == (304, "h", ADDRESS)


def test_a_publisher_keeps_a_feed_away_for_a_day_at_most() -> None:
    for state in (succeeded(minutes=60 * 24 * 31), succeeded(fetched(fresh=10**9))):
        assert wait(state) <= LONGEST
    assert wait(succeeded(every=7 * 24 * 60)) > timedelta(days=6)


def test_a_server_without_validators_is_asked_once_an_hour_at_most() -> None:
    assert wait(succeeded(fetched(etag=""), every=5)) >= timedelta(minutes=54)
    assert wait(succeeded(fetched(etag="", modified="Mon"), every=5)) < timedelta(minutes=6)


def test_each_failure_doubles_the_wait_up_to_a_day() -> None:
    waits = [wait(failed(times)) for times in (1, 2, 3, 4, 5, 60)]
    assert timedelta(hours=1.8) <= waits[0] <= 2 * HOUR
    assert waits == sorted(waits)
    assert timedelta(hours=21) < waits[-1] <= LONGEST
    state = succeeded(before=failed(3))
    assert (state.failures, state.error, state.failing_since) == (0, "", None)


def test_since_when_a_feed_fails_is_the_first_failure_in_the_row() -> None:
    first = failed(1)
    later = after_failure(first, FetchFailed(reason="Again."), NOON + HOUR, every=60, chance=0.5)
    assert (later.failing_since, later.failures, later.error) == (NOON, 2, "Again.")
    assert later.etag == '"1"'
    earlier = after_failure(first, FetchFailed(reason="Again."), NOON - HOUR, every=60, chance=0.5)
    assert earlier.failing_since == NOON - HOUR


def test_a_server_that_wants_to_be_left_alone_is_left_alone() -> None:
    for chance in (0.0, 1.0):
        state = failed(1, every=5, wait=7200, status=429, chance=chance)
        assert state.not_before == NOON + 2 * HOUR
        assert state.due is not None
        assert state.due >= state.not_before
    assert failed(1, wait=10**7).not_before == NOON + LONGEST
    assert succeeded(before=state).not_before is None


def test_a_clock_that_was_set_back_does_not_stop_a_feed() -> None:
    state = succeeded()
    assert not is_due(a_feed(), state, NOON + timedelta(minutes=1), usual=60)
    assert is_due(a_feed(), state, NOON - timedelta(minutes=1), usual=60)


def test_another_interval_counts_at_once() -> None:
    state = succeeded(every=60)
    soon = NOON + timedelta(minutes=20)
    assert not is_due(a_feed(), state, soon, usual=60)
    assert is_due(a_feed(minutes=15), state, soon, usual=60)
    assert is_due(a_feed(), state, soon, usual=15)
    longer = due_at(a_feed(minutes=600), state, usual=60)
    assert longer is not None
    assert longer - NOON > 8 * HOUR


def test_more_often_than_every_five_minutes_no_feed_is_asked() -> None:
    assert minutes_of(a_feed(minutes=1), 60) == 5
    assert minutes_of(a_feed(), 60) == 60


def test_a_state_of_an_older_desk_says_when_it_is_due() -> None:
    state = FetchState(feed=1, etag='"1"', tried=NOON, succeeded=NOON)
    assert not is_due(a_feed(), state, NOON + timedelta(minutes=30), usual=60)
    assert is_due(a_feed(), state, NOON + HOUR, usual=60)


@given(
    every=st.integers(5, 7 * 24 * 60),
    minutes=st.integers(0, 10**6),
    fresh=st.integers(0, 10**12),
    told_to_wait=st.integers(0, 10**9),
    failures=st.integers(0, 2000),
    chance=st.floats(0, 1),
    marked=st.booleans(),
)
def test_no_wait_leaves_its_bounds(
    *,
    every: int,
    minutes: int,
    fresh: int,
    told_to_wait: int,
    failures: int,
    chance: float,
    marked: bool,
) -> None:
    wanted = timedelta(minutes=every)
    before = FetchState(feed=1, failures=failures, etag='"1"' if marked else "")
    failure = FetchFailed(reason="?", wait=told_to_wait)
    answer = fetched(fresh=fresh, etag='"1"' if marked else "")
    for state in (
        after_failure(before, failure, NOON, every=every, chance=chance),
        after_success(before, answer, NOON, every=every, chance=chance, minutes=minutes),
    ):
        assert wanted * 0.9 <= wait(state) <= max(LONGEST, wanted)
        assert state.not_before is None or wait(state) >= state.not_before - NOON
        assert wait(state) >= min(timedelta(seconds=min(state.fresh, 10**6)), LONGEST)
        assert is_due(a_feed(), state, NOON + wait(state), usual=every)
        assert not is_due(a_feed(), state, NOON, usual=every)
