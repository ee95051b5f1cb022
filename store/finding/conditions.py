"""What a query of articles means: ``feed:reuters is:unread "a fab" -rumour since:7d``.

Words are the index's business (``store.finding.said``); each field is a test of one article.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from store.finding.said import is_said
from store.model import Feed
from store.query import (
    QueryError,
    Term,
    nothing_said,
    one_of,
    parse,
    stretch_of_time,
    unknown,
)
from store.shelf.column_file import microseconds
from store.shelf.columns import Columns
from store.text.matching import folded, tokens_of

FIELDS: Final[Mapping[str, str]] = {
    "feed": "a feed's number, or words of its name",
    "folder": "a folder, or words of its name; Technology/Chips is the one inside the other",
    "text": "words anywhere; text:fab,chip finds either",
    "title": "words of the title",
    "author": "words of the author's name",
    "tag": "a label of yours, or what the publisher files it under",
    "is": "unread, read, starred",
    "note": "words of a note on a passage of it",
    "has": "claims, notes, labels, fulltext, changed",
    "since": "from a day on, or within an age: since:2026-10-01, since:7d",
    "until": "up to a day, that day too, or older than an age",
    "before": "before a day, or older than an age",
    "on": "on a day, in a month, in a year: on:today, on:2026-10",
}
"""What can be asked beside the codebook's dimensions, and how."""
USUAL_DIMENSIONS: Final = ("signal", "company", "region")
"""Those that can be asked before any codebook was read."""

_IS: Final = ("unread", "read", "starred")
_HAS: Final = ("claims", "notes", "labels", "fulltext", "changed")

Test = Callable[[int], bool]
"""Whether the article of a row number of the columns is meant."""


class Facts(Protocol):
    """What is known of articles beyond the columns; read when it is asked for."""

    def tagged(self, typed: str) -> Collection[int]:
        """The articles that are filed under it."""

    def having(self, what: str) -> Collection[int]:
        """The articles that have "notes", "labels", "fulltext", "changed"."""

    def noted(self, typed: str) -> Collection[int]:
        """The articles with words that begin so in a note."""

    def saying(self, dimension: str, typed: str) -> Collection[int]:
        """The articles with claims of a value; raises QueryError when nothing is called so."""


class Conditions(NamedTuple):
    """What must be true of an article beside its words."""

    tests: tuple[Test, ...] = ()
    since: int = 0
    """No article before that comes into question, in microseconds since 1970; 0: ever."""


def parsed(text: str, dimensions: Callable[[], Collection[str]]) -> tuple[Term, ...]:
    """Take a query of articles apart; ``dimensions`` are asked for only where others are named.

    Raises:
        QueryError: There is no such field, or a part of it says nothing.
    """
    try:
        return parse(text, {**FIELDS, **dict.fromkeys(USUAL_DIMENSIONS, "")})
    except QueryError:
        return parse(text, {**dict.fromkeys((*FIELDS, *dimensions()), ""), **FIELDS})


def conditions(
    terms: Iterable[Term],
    columns: Columns,
    feeds: Callable[[str], Sequence[Feed]],
    facts: Facts,
    now: datetime,
) -> Conditions:
    """What the fields among the terms mean; ``feeds`` gives those that a field may name.

    Raises:
        QueryError: A name that nothing has, a time that is none.
    """
    meaning = _Meaning(columns, feeds, facts, now)
    tests, since = [], 0
    for term in terms:
        if is_said(term):
            continue
        test = _any([meaning.test(term.field, value) for value in term.values])
        tests.append(_but(test) if term.excluded else test)
        if term.field in {"since", "on"} and not term.excluded:
            begins = [stretch_of_time(value, now)[0] for value in term.values]
            since = max(since, microseconds(min(begins)))
    return Conditions(tuple(tests), since)


def _but(test: Test) -> Test:
    return lambda row: not test(row)


def _any(tests: list[Test]) -> Test:
    return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)


class _Meaning:
    """What one value of a field means on a desk."""

    def __init__(
        self,
        columns: Columns,
        feeds: Callable[[str], Sequence[Feed]],
        facts: Facts,
        now: datetime,
    ) -> None:
        self._columns = columns
        self._feeds = feeds
        self._facts = facts
        self._now = now

    def test(self, field: str, value: str) -> Test:
        """The test that ``field:value`` stands for."""
        match field:
            case "feed" | "folder":
                named = feeds_called if field == "feed" else feeds_inside
                return self._of_feeds(named(value, self._feeds(field)))
            case "is":
                return self._is(_word("is", value, _IS, other=("has", _HAS)))
            case "has":
                return self._has(_word("has", value, _HAS, other=("is", _IS)))
            case "since" | "until" | "before" | "on":
                return self._when(field, value)
            case "tag" | "note":
                if not tokens_of(value):
                    raise nothing_said(value)
                found = self._facts.tagged if field == "tag" else self._facts.noted
                return self._among(found(value))
        return self._claimed(field, value)

    def _of_feeds(self, numbers: frozenset[int]) -> Test:
        feeds = self._columns.feeds
        return lambda row: feeds[row] in numbers

    def _among(self, articles: Collection[int]) -> Test:
        ids = self._columns.ids
        return lambda row: ids[row] in articles

    def _claimed(self, dimension: str, value: str) -> Test:
        if value.casefold() == "none":
            return _but(self._among(self._facts.saying(dimension, "any")))
        return self._among(self._facts.saying(dimension, value))

    def _is(self, word: str) -> Test:
        if word == "starred":
            return self._columns.is_starred
        return self._columns.is_read if word == "read" else _but(self._columns.is_read)

    def _has(self, word: str) -> Test:
        return (
            self._columns.has_claims if word == "claims" else self._among(self._facts.having(word))
        )

    def _when(self, field: str, value: str) -> Test:
        begins, ends = stretch_of_time(value, self._now)
        first, last = microseconds(begins), microseconds(ends)
        is_age = ends == self._now
        times = self._columns.times
        if field == "since":
            return lambda row: times[row] >= first
        if field == "on":
            return lambda row: first <= times[row] < last
        end = first if is_age or field == "before" else last
        return lambda row: times[row] < end


def _word(field: str, typed: str, known: Sequence[str], *, other: tuple[str, Sequence[str]]) -> str:
    """The word of a closed list; one of the other field's list is told of."""
    name, words = other
    if (wanted := typed.casefold()) in words:
        raise QueryError(f"{field}: knows no “{typed}”; did you mean {name}:{wanted}?")
    return one_of(field, typed, known)


def feeds_called(typed: str, feeds: Sequence[Feed]) -> frozenset[int]:
    """The feeds of that number, else of that name, else with these words in their names.

    Raises:
        QueryError: There is none.
    """
    if typed.isascii() and typed.isdigit():
        numbers = frozenset(feed.number for feed in feeds if feed.number == int(typed))
        if numbers:
            return numbers
    names = [(_plain(feed.name), feed.number) for feed in feeds]
    return _called("feed", typed, names, (feed.name for feed in feeds))


def feeds_inside(typed: str, feeds: Sequence[Feed]) -> frozenset[int]:
    """The feeds in the folder of that name or path, and in its folders.

    Raises:
        QueryError: There is no such folder.
    """
    paths = {
        path[: depth + 1] for feed in feeds for path in feed.folders for depth in range(len(path))
    }
    inside = [
        (name, feed.number)
        for feed in feeds
        for path in feed.folders
        for depth in range(len(path))
        for name in {_plain("/".join(path[: depth + 1])), _plain(path[depth])}
    ]
    return _called("folder", typed, inside, ("/".join(path) for path in sorted(paths)))


def _called(
    what: str, typed: str, names: Sequence[tuple[str, int]], known: Iterable[str]
) -> frozenset[int]:
    wanted = _plain(typed)
    if not wanted:
        raise nothing_said(typed)
    found = frozenset(number for name, number in names if name == wanted)
    found = found or frozenset(number for name, number in names if f" {wanted}" in f" {name}")
    found = found or frozenset(number for name, number in names if wanted in name)
    if not found:
        whole = list(known)
        raise unknown(what, typed, (*whole, *(word for name in whole for word in name.split())))
    return found


def _plain(name: str) -> str:
    return " ".join(folded(name).split())
