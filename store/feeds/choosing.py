"""Which feeds a run asks, in which order, and which it leaves alone and why: pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from store.feeds.schedule import due_at, is_due, was_tried_later
from store.model import Feed, FetchState, Value

COOL_DOWN = timedelta(minutes=5)
"""So long after an attempt a feed is left alone when all are asked for, not when it is named.

Feeds on the person's own machines have none: there is no publisher to spare.
"""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Choice(Value, frozen=True, kw_only=True):
    """Who is asked, and how many are not."""

    feeds: tuple[Feed, ...] = ()
    """Those to be asked, the one that is due for longest first."""
    asked_lately: int = 0
    """Left alone for ``COOL_DOWN``."""
    not_wanted: int = 0
    """Left alone because their servers want no request yet (Retry-After)."""
    paused: int = 0
    gone: int = 0
    """Left alone because their servers said that they are gone for good (410)."""
    next_due: datetime | None = None
    """When the first of those that are not asked now is due; None: none of them ever is."""


def due_feeds(
    feeds: Iterable[Feed], states: Mapping[int, FetchState], now: datetime, *, usual: int
) -> Choice:
    """The feeds that are to be asked by themselves; ``usual`` is the interval in minutes."""
    fetched = [feed for feed in feeds if feed.is_fetched]
    asked = [feed for feed in fetched if is_due(feed, states.get(feed.number), now, usual=usual)]
    return _chosen(fetched, asked, states, usual=usual)


def all_feeds(
    feeds: Iterable[Feed], states: Mapping[int, FetchState], now: datetime, *, usual: int
) -> Choice:
    """All that can be asked without being a burden; the same feeds are not asked twice at once."""
    fetched = [feed for feed in feeds if feed.is_fetched]
    asked: list[Feed] = []
    lately = unwanted = 0
    for feed in fetched:
        state = states.get(feed.number)
        if feed.paused or (state is not None and state.gone):
            continue
        if _is_unwanted(state, now):
            unwanted += 1
        elif _was_asked_lately(feed, state, now):
            lately += 1
        else:
            asked.append(feed)
    chosen = _chosen(fetched, asked, states, usual=usual)
    return replace(chosen, asked_lately=lately, not_wanted=unwanted)


def _chosen(
    fetched: list[Feed], asked: list[Feed], states: Mapping[int, FetchState], *, usual: int
) -> Choice:
    def due(feed: Feed) -> datetime:
        return due_at(feed, states.get(feed.number), usual=usual) or _LONG_AGO

    numbers = {feed.number for feed in asked}
    resting = [feed for feed in fetched if feed.number not in numbers]
    paused = [feed for feed in resting if feed.paused]
    gone = [feed for feed in resting if not feed.paused and _is_gone(states.get(feed.number))]
    ended = {feed.number for feed in (*paused, *gone)}
    coming = [due(feed) for feed in resting if feed.number not in ended]
    return Choice(
        feeds=tuple(sorted(asked, key=due)),
        paused=len(paused),
        gone=len(gone),
        next_due=min(coming, default=None),
    )


def _is_gone(state: FetchState | None) -> bool:
    return state is not None and state.gone


def _is_unwanted(state: FetchState | None, now: datetime) -> bool:
    if state is None or state.not_before is None or was_tried_later(state, now):
        return False
    return now < state.not_before


def _was_asked_lately(feed: Feed, state: FetchState | None, now: datetime) -> bool:
    if feed.permit or state is None or state.tried is None:
        return False
    return state.tried <= now < state.tried + COOL_DOWN
