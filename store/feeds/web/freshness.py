"""How long a copy is good for and when a server wants to be asked again, by its own clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_WAIT = timedelta(hours=24)
"""A Retry-After beyond this is cut: no server decides that a feed is forgotten."""
LONGEST_FRESH = timedelta(days=31)
"""A max-age beyond this says no more than this."""

_DIGITS = 9
"""Of a number of seconds: thirty years, more than any bound here."""


def fresh_seconds(headers: Mapping[str, str], *, now: datetime) -> int:
    """For how long the server says that the document stays the newest; 0 if it does not say.

    Max-age less the age, else Expires less the server's own Date, so that a wrong clock here does
    no harm (RFC 9111, 4.2.1); neither when it is not to be kept. A max-age for shared caches is
    not ours. ``headers`` hold each field once, its values joined by commas.
    """
    directives = _directives(headers.get("Cache-Control", ""))
    if "no-cache" in directives or "no-store" in directives:
        return 0
    if "max-age" in directives:
        fresh = _seconds(directives["max-age"])
    elif expires := _date(headers.get("Expires", "")):
        fresh = expires - (_date(headers.get("Date", "")) or now)
    else:
        return 0
    fresh -= _seconds(headers.get("Age", ""))
    return _whole(fresh, LONGEST_FRESH)


def wait_seconds(headers: Mapping[str, str], *, now: datetime) -> int:
    """For how long a Retry-After wants no request, 0 to 24 hours; 0 without one.

    It gives seconds, or a date (RFC 9110, 10.2.3) that is measured from the server's own Date.
    """
    value = headers.get("Retry-After", "")
    if until := _date(value):
        return _whole(until - (_date(headers.get("Date", "")) or now), LONGEST_WAIT)
    return _whole(_seconds(value), LONGEST_WAIT)


def _directives(cache_control: str) -> dict[str, str]:
    """Names in lower case; of a name that stands twice, the first."""
    found: dict[str, str] = {}
    for part in cache_control.split(","):
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), value.strip().strip('"'))
    return found


def _seconds(value: str) -> timedelta:
    """A number of seconds; what is none counts as 0."""
    digits = value.strip()
    if not (digits.isascii() and digits.isdigit()):
        return timedelta(0)
    return timedelta(seconds=int(digits[:_DIGITS]))


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _whole(span: timedelta, longest: timedelta) -> int:
    return int(min(max(span, timedelta(0)), longest).total_seconds())
