"""When an entry says it was published: what publishers write, as times in UTC.

Dates have one reader for all kinds of feed. It knows RFC 822 with its variants, ISO 8601, seconds
since 1970, and the months and time zones that publishers name in their own language.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from unicodedata import combining, normalize

from store.feeds.parsing.calendar_words import MONTHS, ZONES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNSET = _EPOCH + timedelta(days=1)
"""Earlier dates are an empty field of some database: year 1, or second 0."""
_SECONDS = re.compile(r"\d{9,10}(\.\d{1,9})?|\d{12,13}")
_MILLISECONDS_FROM = 10**11
_LONGEST = 80
"""Characters; what is longer is no date."""
_FARTHEST = timedelta(hours=14)
"""Of a time zone from UTC: what lies beyond is a slip, and the time is taken for UTC."""
_TWENTIETH = 90
"""Years of two digits from here on are of the twentieth century."""

_NAME = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_YEAR = r"(?P<year>\d{4}|\d{2})(?!\d|:)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})",
        rf"{_DAY}[\s-]{{1,3}}(?:de\s|of\s)?{_NAME}[\s,-]{{1,3}}(?:de\s|del\s)?{_YEAR}",
        rf"{_NAME}\s{{1,3}}{_DAY}[\s,]{{1,3}}(?P<year>\d{{4}})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
    )
)
_ASCTIME = re.compile(
    rf"{_NAME}\s{{1,3}}{_DAY}\s(?P<time>\d\d:\d\d:\d\d)\s(?P<zone>\S{{1,6}}\s)?(?P<year>\d{{4}})\Z"
)
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9])"
)
"""What Atom asks for (RFC 3339), which Python reads itself."""
_EITHER = re.compile(r"(?<!\d)(?P<one>\d{1,2})([/-])(?P<other>\d{1,2})\2(?P<year>\d{4})(?!\d)")
"""Americans begin with the month, others with the day: only a number above twelve tells."""
_TIME = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})(?:[:h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?)"
    r"\s?(?P<half>[ap]\.?m\b)?|t(?P<packed>\d{4}(?:\d\d)?)(?!\d)"
)
_OFFSET = re.compile(
    r"\s*(?:gmt|utc?)?\s?(?P<sign>[-+−])(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d)"
)
_WORD = re.compile(r"[a-z]{1,5}")
_NOON = 12
_MOST_KEPT = 16
"""Readings; an entry often tells the moment of its publication and of its last change alike."""


def moment(parsed: Sequence[int] | None, written: str) -> datetime | None:
    """The time that is written, or else the one that feedparser read (nine numbers, UTC).

    None if there is none, or one that nobody can have meant.
    """
    try:
        at = _read(written.strip())
        if at is None and parsed and len(written) <= _LONGEST:
            at = _EPOCH + timedelta(seconds=timegm(tuple(parsed)))
    except (ValueError, OverflowError, TypeError):
        return None
    return at if at is not None and at >= _UNSET else None


@lru_cache(_MOST_KEPT)
def _read(written: str) -> datetime | None:
    """Raises ValueError or OverflowError for a day that no calendar has."""
    if _ISO.fullmatch(written):
        return datetime.fromisoformat(written).astimezone(UTC)
    if _SECONDS.fullmatch(written):
        seconds = float(written)
        seconds = seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds
        return _EPOCH + timedelta(seconds=seconds)
    if not written or len(written) > _LONGEST:
        return None
    told = written.lower()
    if not told.isascii():
        told = "".join(char for char in normalize("NFKD", told) if not combining(char))
        # Korean syllables were taken apart by that.
        told = normalize("NFC", told)
    if told[-5:-4].isspace() and (asctime := _ASCTIME.search(told)):
        day = _day(asctime)
        return _at(day, f"{asctime['time']} {asctime['zone'] or ''}") if day else None
    for pattern in _DATES:
        if (date := pattern.search(told)) and (day := _day(date)):
            return _at(day, told[date.end() :])
    either = _EITHER.search(told)
    day = _unambiguous(either) if either else None
    return _at(day, told[either.end() :]) if either and day else None


def _day(date: re.Match[str]) -> datetime | None:
    """Raises ValueError if there is no such day; None if there is no such month."""
    month = int(date["month"]) if date["month"].isdecimal() else _month(date["month"])
    if not month:
        return None
    year = int(date["year"])
    if len(date["year"]) == len("99"):
        year += 1900 if year >= _TWENTIETH else 2000
    return datetime(year, month, int(date["day"]), tzinfo=UTC)


def _month(name: str) -> int:
    lengths = range(len(name), 2, -1)
    return next((MONTHS[name[:end]] for end in lengths if name[:end] in MONTHS), 0)


def _unambiguous(date: re.Match[str]) -> datetime | None:
    one, other, year = int(date["one"]), int(date["other"]), int(date["year"])
    if one <= _NOON and other <= _NOON and one != other:
        return None
    day, month = (one, other) if other <= _NOON else (other, one)
    return datetime(year, month, day, tzinfo=UTC)


def _at(day: datetime, rest: str) -> datetime:
    """The time that is told behind a date, midnight if there is none."""
    time = _TIME.search(rest)
    if time is None:
        return day
    if packed := time["packed"]:
        hour, minute, second = int(packed[:2]), int(packed[2:4]), int(packed[4:] or 0)
    else:
        hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    if time["half"]:
        hour = hour % _NOON + (_NOON if time["half"].startswith("p") else 0)
    if hour > 24 or minute > 59 or second > 60:  # noqa: PLR2004 (a clock's own numbers)
        raise ValueError
    since = timedelta(hours=hour, minutes=minute, seconds=second)
    return day + since - _offset(rest[time.end() :])


def _offset(rest: str) -> timedelta:
    """How far the named time zone is ahead of UTC."""
    if told := _OFFSET.match(rest):
        offset = timedelta(hours=int(told["hours"]), minutes=int(told["minutes"] or 0))
        offset = offset if offset <= _FARTHEST else timedelta()
        return offset if told["sign"] == "+" else -offset
    names = (ZONES[name] for name in _WORD.findall(rest) if name in ZONES)
    return timedelta(hours=next(names, 0))
