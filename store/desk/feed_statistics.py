"""What a feed brings and what becomes of it: items a week, how much is read, stars, claims."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from store.model import Value
from store.shelf.columns import Columns

WEEKS = 8
"""Over how many weeks items a week are counted."""
FEWEST_DAYS = 4
"""With news, from which a rhythm is told."""
_MOST_LOOKED_AT = 400
"""Headlines from which a rhythm is told: a busy feed has one by far fewer."""
_SLICE = 2_000
"""Headlines that are counted before other threads get their turn."""
_TURN = 0.0005
"""Seconds; a key that was pressed meanwhile is painted in it."""


class FeedStatistics(Value, frozen=True, kw_only=True):
    """Of one feed."""

    week: float = 0.0
    """Articles a week, on average of the last ``WEEKS``, or of fewer where it is younger."""
    starred: int = 0
    claimed: int = 0
    """Articles with claims."""
    rhythm: timedelta | None = None
    """How long it usually is from a day with news to the next; None where nobody can tell."""


def statistics_of(
    columns: Columns, feeds: Iterable[int], now: datetime
) -> dict[int, FeedStatistics]:
    """Of each of these feeds; made to run in a thread beside one that answers keys."""
    found, counted = {}, 0
    for feed in feeds:
        rows = columns.order(feed=feed)
        counted += len(rows)
        facts = [columns.facts(i) for i in rows]
        times = [at for at, _, _ in facts]
        found[feed] = FeedStatistics(
            week=_a_week(times, now),
            starred=sum(starred for _, starred, _ in facts),
            claimed=sum(claims > 0 for _, _, claims in facts),
            rhythm=rhythm_of(times[:_MOST_LOOKED_AT]),
        )
        if counted >= _SLICE:
            counted = 0
            time.sleep(_TURN)
    return found


def _a_week(times: Sequence[int], now: datetime) -> float:
    """``times`` in microseconds since 1970, newest first."""
    if not times:
        return 0.0
    present = now.timestamp() * 1e6
    week = timedelta(weeks=1) / timedelta(microseconds=1)
    lately = sum(at >= present - WEEKS * week for at in times)
    weeks = min(WEEKS, max(1.0, (present - times[-1]) / week))
    return lately / weeks


def rhythm_of(times: Sequence[int]) -> timedelta | None:
    """The usual time from a day with news to the next; ``times`` in microseconds since 1970."""
    day = timedelta(days=1) // timedelta(microseconds=1)
    days = sorted({at // day for at in times})
    if len(days) < FEWEST_DAYS:
        return None
    return timedelta(days=median(after - before for before, after in pairwise(days)))
