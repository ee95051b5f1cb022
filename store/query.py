"""What a person types to find things, taken apart: ``signal:hiring -by:ben "a fab" since:7d``.

A term is a word, a "phrase", or a field and its values, ``region:JP,AU`` meaning either; ``-``
before a term leaves out what it finds. What the fields are, and what they mean, is the business of
whoever is asked; a mistake is a ``QueryError`` of one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from store.model import Value

LIMIT = 1000
"""Longest query that is taken apart, in characters."""

_FIELD = re.compile(r"([^\W\d_][\w-]*):(?!//)")
_VALUE = re.compile(r'"([^"]*)"?|([^\s,"]*)')
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


class QueryError(Exception):
    """A query that cannot be meant: one sentence that says what is wrong and what to type."""


class Term(Value, frozen=True, kw_only=True):
    """One condition."""

    field: str = ""
    """Empty for a word or a phrase that is looked for in the text."""
    values: tuple[str, ...]
    """At least one; any of them is enough."""
    phrase: bool = False
    """In quotes: the words as they stand, not only how they begin."""
    excluded: bool = False


def parse(text: str, fields: Collection[str]) -> tuple[Term, ...]:
    """Take a query apart. A field that waits for its value, as somebody types it, says nothing yet.

    Raises:
        QueryError: There is no such field.
    """
    return tuple(_terms(text[:LIMIT], fields))


def _terms(text: str, fields: Collection[str]) -> Iterator[Term]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        excluded = text[at] == "-" and at + 1 < len(text)
        at += excluded
        if named := _FIELD.match(text, at):
            field = named[1].casefold()
            if field not in fields:
                raise QueryError(_no_field(field, fields))
            values, at = _values(text, named.end())
            if values:
                yield Term(field=field, values=values, excluded=excluded)
        elif text[at] == '"':
            end = text.find('"', at + 1)
            end = len(text) if end < 0 else end
            if words := text[at + 1 : end].strip():
                yield Term(values=(words,), phrase=True, excluded=excluded)
            at = end + 1
        else:
            end = next((i for i in range(at, len(text)) if text[i].isspace()), len(text))
            if (word := text[at:end]) != "-":
                yield Term(values=(word,), excluded=excluded)
            at = end


def _values(text: str, at: int) -> tuple[tuple[str, ...], int]:
    values = []
    while found := _VALUE.match(text, at):
        if value := (found[1] or found[2] or "").strip():
            values.append(value)
        at = found.end()
        if text[at : at + 1] != ",":
            break
        at += 1
    return tuple(values), at


def _no_such(what: str, typed: str, known: Iterable[str]) -> str:
    near = nearest(typed, known)
    return f"there is no {what} “{typed}”" + (f"; did you mean {near}?" if near else "")


def _no_field(typed: str, fields: Collection[str]) -> str:
    begins = [one for one in fields if one.startswith(typed)]
    near = begins[0] if len(begins) == 1 else nearest(typed, fields)
    known = " ".join(f"{one}:" for one in fields)
    meant = f"did you mean {near}:?" if near else f"there are {known}"
    return f"there is no filter “{typed}:”; {meant}"


def unknown(what: str, typed: str, known: Iterable[str]) -> QueryError:
    """The mistake of a name that nothing has, with the one that was probably meant."""
    return QueryError(_no_such(what, typed, known))


def nearest(typed: str, known: Iterable[str]) -> str:
    """The name that was probably meant; "" where none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    spelled = {one.casefold(): one for one in known}
    most = (len(typed) + 1) // 3
    found = process.extractOne(
        typed.casefold(), list(spelled), scorer=OSA.distance, score_cutoff=most
    )
    return spelled[found[0]] if found else ""


def one_of(what: str, typed: str, known: Collection[str]) -> str:
    """The word of a closed list that was typed, or the only one that begins so.

    Raises:
        QueryError: There is none.
    """
    wanted = typed.casefold().replace("-", "_")
    if wanted in known:
        return wanted
    begins = [one for one in known if one.startswith(wanted)]
    if len(begins) == 1:
        return begins[0]
    if begins:
        raise QueryError(f"{what}:{typed} may be {' or '.join(begins)}")
    near = nearest(wanted, known)
    meant = f"did you mean {near}?" if near else f"there are {', '.join(known)}"
    raise QueryError(f"{what}: knows no “{typed}”; {meant}")


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
