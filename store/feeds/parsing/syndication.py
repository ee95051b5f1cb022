"""How long a feed's publisher says that a copy of it is good for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LONGEST = 31 * 24 * 60
"""Minutes; who says more has written something else."""

_PERIODS = {
    "hourly": 60,
    "daily": 24 * 60,
    "weekly": 7 * 24 * 60,
    "monthly": LONGEST,
    "yearly": LONGEST,
}
"""Minutes of sy:updatePeriod (https://web.resource.org/rss/1.0/modules/syndication/)."""
_MOST_DIGITS = 9


def minutes_of(told: Mapping[str, Any]) -> int:
    """The longer of RSS 2.0's ttl and of the syndication module's period; 0 if neither is told."""
    return min(max(_number(told.get("ttl")), _period(told)), LONGEST)


def _period(told: Mapping[str, Any]) -> int:
    period = told.get("sy_updateperiod")
    minutes = _PERIODS.get(period.strip().lower(), 0) if isinstance(period, str) else 0
    # How often in a period, once if nothing is said.
    return minutes // max(1, _number(told.get("sy_updatefrequency")))


def _number(told: object) -> int:
    text = told.strip() if isinstance(told, str) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 0
