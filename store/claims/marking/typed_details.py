"""What a person types for a date or a quantity, understood, or refused with the forms to use."""

from __future__ import annotations

import math
import re
from datetime import date

from store.claims.marking.details import NOTE_LIMIT
from store.model import EventDate, Quantity
from store.text.clean import clean

YEARS = range(1900, 2200)
"""Outside of them a number is a slip of the finger."""
MOST_QUANTITIES = 8
UNIT_LIMIT = 40
"""Code points of a unit."""

DATE_FORMS = "2027, Q2 2027, mar 2027 or 14 mar 2027"
QUANTITY_FORMS = "120 MW or 300 jobs, several with ; between them"

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}
_MULTIPLES = {
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "bn": 1e9,
    "b": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}
_YEAR, _MONTH, _DAY = (
    r"(?P<year>\d{4})",
    r"(?P<month>[a-z]+)\.?",
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
)
_DATES = tuple(
    re.compile(form)
    for form in (
        _YEAR,
        rf"q(?P<quarter>[1-4])[ /-]?{_YEAR}",
        rf"{_YEAR}[ /-]?q(?P<quarter>[1-4])",
        rf"{_MONTH} {_YEAR}",
        rf"{_DAY} {_MONTH} {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_YEAR}-(?P<number>\d\d?)(?:-(?P<day>\d\d?))?",
    )
)
_QUANTITY = re.compile(
    r"(?P<sign>[$€£¥₩₹]?)\s?(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)"
    r"(?:\s?(?P<multiple>k|mn?|bn?|tn|thousand|million|billion|trillion)\b)?\s*(?P<unit>.*)",
    re.IGNORECASE | re.DOTALL,
)
_SECOND_NUMBER = re.compile(r"[.,:/+–—-]*\s*\d|e[+-]?\d", re.IGNORECASE)
"""How what follows a number begins where it is no unit: "20 000", "1,5", "3-5", "1e9"."""
_APART = re.compile(r"\s*[;\n]\s*|\s*,\s+(?=\D?\d)")
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR"}


class NotUnderstood(ValueError):
    """What was typed has no meaning here: one sentence with the forms that have."""


def typed_note(typed: str) -> str:
    """A note as it is kept: clean, on one line, at most ``NOTE_LIMIT`` code points."""
    return " ".join(clean(typed, limit=NOTE_LIMIT).split())


def typed_date(typed: str) -> EventDate | None:
    """The date that was typed, as exactly as it was; None for nothing.

    Raises:
        NotUnderstood: It is no date, or one that no calendar has.
    """
    words = " ".join(clean(typed, limit=UNIT_LIMIT).split()).casefold()
    if not words:
        return None
    for form in _DATES:
        if found := form.fullmatch(words):
            return _date(found.groupdict(), typed)
    raise NotUnderstood(f"“{words}” is no date here: type {DATE_FORMS}.")


def _date(parts: dict[str, str | None], typed: str) -> EventDate:
    year = int(parts["year"] or 0)
    if year not in YEARS:
        message = f"{year} is no year from {YEARS[0]} to {YEARS[-1]}: type {DATE_FORMS}."
        raise NotUnderstood(message)
    if quarter := parts.get("quarter"):
        return EventDate(value=f"{year}-Q{quarter}", precision="quarter")
    month = _month(parts, typed)
    if not month:
        return EventDate(value=f"{year}", precision="year")
    try:
        day = date(year, month, int(parts.get("day") or 1))
    except ValueError:
        message = f"No calendar has “{typed.strip()}”: type {DATE_FORMS}."
        raise NotUnderstood(message) from None
    if parts.get("day"):
        return EventDate(value=day.isoformat(), precision="day")
    return EventDate(value=f"{year}-{month:02}", precision="month")


def _month(parts: dict[str, str | None], typed: str) -> int:
    """Its number; 0 where only a year was typed."""
    if number := parts.get("number"):
        return int(number) or 13  # a month 0 is as wrong as a month 13
    if not (name := parts.get("month")):
        return 0
    if name not in _MONTHS:
        message = f"“{typed.strip()}” names no month: type {DATE_FORMS}."
        raise NotUnderstood(message)
    return _MONTHS[name]


def typed_quantities(typed: str) -> tuple[Quantity, ...]:
    """The quantities that were typed, in their order; none for nothing.

    "$3bn" is 3,000,000,000 USD; "120 MW" stays 120 MW.

    Raises:
        NotUnderstood: One has no number or two, no unit or one too long, or there are too many.
    """
    pieces = [piece for piece in _APART.split(clean(typed, limit=1_000).strip()) if piece]
    if len(pieces) > MOST_QUANTITIES:
        message = f"{len(pieces)} quantities are too many for one claim: {MOST_QUANTITIES} fit."
        raise NotUnderstood(message)
    return tuple(map(_quantity, pieces))


def _quantity(piece: str) -> Quantity:
    found, told = _QUANTITY.fullmatch(piece), piece[:UNIT_LIMIT]
    if found is None:
        raise NotUnderstood(f"“{told}” begins with no number: type {QUANTITY_FORMS}.")
    if _SECOND_NUMBER.match(found["unit"]):
        raise NotUnderstood(f"“{told}” reads like two numbers: type {QUANTITY_FORMS}.")
    value = float(found["number"].replace(",", ""))
    value *= _MULTIPLES[found["multiple"].casefold()] if found["multiple"] else 1
    unit = " ".join(found["unit"].split()) or _CURRENCIES.get(found["sign"], "")
    if found["sign"] and found["unit"]:
        unit = f"{_CURRENCIES[found['sign']]} {unit}"
    if not unit or len(unit) > UNIT_LIMIT or not math.isfinite(value):
        raise NotUnderstood(f"“{told}” says not how much of what: type {QUANTITY_FORMS}.")
    return Quantity(value=value, unit=unit)
