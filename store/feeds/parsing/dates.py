"""When an entry says it was published: what publishers write, as times in UTC."""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNSET = _EPOCH + timedelta(days=1)
"""Earlier dates are an empty field of some database: year 1, or second 0."""
_SECONDS = re.compile(r"\d{9,10}(\.\d+)?|\d{12,13}")
_MILLISECONDS_FROM = 10**11


def moment(parsed: Sequence[int] | None, written: str) -> datetime | None:
    """The time that feedparser read (nine numbers, UTC), or that is written in epoch seconds.

    None if there is none, or one that nobody can have meant.
    """
    try:
        if _SECONDS.fullmatch(written.strip()):
            seconds = float(written)
            seconds = seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds
        elif parsed:
            seconds = timegm(tuple(parsed))
        else:
            return None
        at = _EPOCH + timedelta(seconds=seconds)
    except (ValueError, OverflowError, TypeError):
        return None
    return at if at >= _UNSET else None
