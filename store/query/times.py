"""Times in a query: a day, a month, a year, or an age."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from store.query.mistakes import QueryError

_AGE = re.compile(r"(\d{1,5})(h|d|w|mo|y)")
_DAY = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?")
_AGES = {
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),
    "y": timedelta(days=365),
}
_LAST_MONTH = 12


def stretch_of_time(typed: str, now: datetime) -> tuple[datetime, datetime]:
    """When a time begins and ends, end exclusive: "today", "2026-10", an age as "7d" ends now.

    Days are those of the person's own clock; ages count hours (h), days (d), weeks (w), months of
    30 days (mo) and years of 365 (y).

    Raises:
        QueryError: It is no time.
    """
    wanted = typed.casefold()
    midnight = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    if wanted == "today":
        return midnight, midnight + timedelta(days=1)
    if wanted == "yesterday":
        return midnight - timedelta(days=1), midnight
    try:
        if age := _AGE.fullmatch(wanted):
            return now - int(age[1]) * _AGES[age[2]], now
        if day := _DAY.fullmatch(wanted):
            return _day(*(int(part) if part else 0 for part in day.groups()))
    except (ValueError, OverflowError):
        pass
    raise QueryError(f"“{typed}” is no time: type a day as 2026-10-01 or an age as 7d, 12h, 2w")


def _day(year: int, month: int, day: int) -> tuple[datetime, datetime]:
    begins = datetime(year, month or 1, day or 1).astimezone()
    if day:
        ends = begins + timedelta(days=1)
    elif month and month < _LAST_MONTH:
        ends = datetime(year, month + 1, 1).astimezone()
    else:
        ends = datetime(year + 1, 1, 1).astimezone()
    return begins, ends
