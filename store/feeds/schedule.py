"""When a feed is asked again, and what each attempt leaves behind: pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from http import HTTPStatus

from msgspec.structs import replace

from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.model import Feed, FetchState
from store.settings import FEWEST_MINUTES

LONGEST = timedelta(hours=24)
"""For no longer does a publisher's word or a row of failures keep a feed away."""
UNMARKED = timedelta(hours=1)
"""Servers without validators send the whole document each time: they are asked once an hour."""
SPREAD = 0.08
"""Share of a wait by which feeds are spread, so that they do not come all at once for ever."""
MIDDLE = 0.5
_PUNCTUAL = 0.98
"""Share of an interval that is always over when a job comes round once in the interval."""
_MOST_DOUBLINGS = 12


def minutes_of(feed: Feed, usual: int) -> int:
    """The person's interval for a feed, where ``usual`` is the one for all, in minutes."""
    return max(feed.minutes or usual, FEWEST_MINUTES)


def is_due(feed: Feed, state: FetchState | None, now: datetime, *, usual: int) -> bool:
    """Whether a feed may be asked by itself; ``usual`` as in ``minutes_of``."""
    if feed.paused or not feed.is_fetched or (state is not None and state.gone):
        return False
    due = due_at(feed, state, usual=usual)
    return due is None or due <= now or was_tried_later(state, now)


def due_at(feed: Feed, state: FetchState | None, *, usual: int) -> datetime | None:
    """When a feed is asked again by itself, also if its interval was changed since; None: now."""
    if state is None or state.tried is None:
        return None
    every = minutes_of(feed, usual)
    return state.due if state.every == every else _due(state, every, chance=MIDDLE)


def was_tried_later(state: FetchState | None, now: datetime) -> bool:
    """Whether the last attempt lies in the future: a clock was wrong, its times mean nothing."""
    return state is not None and state.tried is not None and state.tried > now


def after_success(
    state: FetchState,
    answer: Fetched | NotModified,
    now: datetime,
    *,
    every: int,
    chance: float,
    minutes: int | None = None,
) -> FetchState:
    """To be kept only after the articles that came with it: its validators vouch for them.

    ``every`` are the minutes of the person's interval, ``minutes`` the publisher's if a document
    was parsed; ``chance`` (0 to 1) says where within the spread the feed falls.
    """
    kept = FetchState(
        feed=state.feed,
        etag=answer.etag,
        modified=answer.modified,
        taken_from=state.taken_from,
        body_hash=state.body_hash,
        tried=now,
        succeeded=now,
        status=HTTPStatus.NOT_MODIFIED.value,
        every=every,
        fresh=answer.fresh,
        minutes=state.minutes if minutes is None else minutes,
    )
    if isinstance(answer, Fetched):
        kept = replace(
            kept, taken_from=answer.address, body_hash=answer.body_hash, status=answer.status
        )
    return replace(kept, due=_due(kept, every, chance=chance))


def after_failure(
    state: FetchState, failure: FetchFailed, now: datetime, *, every: int, chance: float
) -> FetchState:
    """The validators stay: they still vouch for what was taken in before."""
    wait = min(timedelta(seconds=failure.wait), LONGEST)
    since = state.failing_since if state.failures else None
    kept = replace(
        state,
        tried=now,
        failures=state.failures + 1,
        # A clock that was set back leaves beginnings in the future.
        failing_since=since if since is not None and since <= now else now,
        error=failure.reason,
        status=failure.status,
        every=every,
        fresh=0,
        not_before=now + wait if wait else None,
        gone=state.gone or failure.status == HTTPStatus.GONE,
    )
    return replace(kept, due=_due(kept, every, chance=chance))


def _due(state: FetchState, every: int, *, chance: float) -> datetime | None:
    """The last attempt and the longest of the waits that bind us after it.

    What a person set, and the hints in a document, are kept loosely to the near side: a job that
    runs every hour asks hourly. What a server says of its answer is never cut short.
    """
    if state.tried is None:
        return None
    wanted = timedelta(minutes=every)
    usual = max(wanted, min(timedelta(minutes=state.minutes), LONGEST))
    if not (state.etag or state.modified) and not state.failures:
        usual = max(usual, UNMARKED)
    longest = max(LONGEST, wanted)
    if state.failures:
        usual = min(usual * 2 ** min(state.failures, _MOST_DOUBLINGS), longest)
    # The same share of each for all feeds would bring them all at once again.
    wait = usual * (_PUNCTUAL - SPREAD + SPREAD * chance)
    asked_for = min(timedelta(seconds=state.fresh), LONGEST)
    if state.not_before is not None:
        asked_for = max(asked_for, state.not_before - state.tried)
    wait = max(wait, asked_for * (1 + SPREAD * chance))
    return state.tried + min(wait, longest)
