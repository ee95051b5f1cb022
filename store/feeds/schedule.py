"""When a feed is asked again, and what each attempt leaves behind: pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from store.feeds.web.answers import Fetched, NotModified
from store.model import FetchState

INTERVAL = timedelta(minutes=55)
"""An hour, less what the starts of an hourly job vary by."""
LONGEST = timedelta(hours=24)
"""However often a feed failed, once a day it is tried."""


def is_due(state: FetchState | None, now: datetime) -> bool:
    """Whether a feed may be asked by itself; each failure in a row doubles the wait."""
    if state is None or state.tried is None:
        return True
    wait = min(INTERVAL * 2 ** min(state.failures, 10), LONGEST)
    # An attempt in the future is a clock that was wrong.
    return not state.tried <= now < state.tried + wait


def after_success(state: FetchState, answer: Fetched | NotModified, now: datetime) -> FetchState:
    """To be kept only after the articles that came with it: its validators vouch for them."""
    body_hash = answer.body_hash if isinstance(answer, Fetched) else state.body_hash
    return FetchState(
        feed=state.feed,
        etag=answer.etag,
        modified=answer.modified,
        body_hash=body_hash,
        tried=now,
        succeeded=now,
    )


def after_failure(state: FetchState, reason: str, now: datetime) -> FetchState:
    """The validators stay: they still vouch for what was taken in before."""
    return replace(state, tried=now, failures=state.failures + 1, error=reason)
