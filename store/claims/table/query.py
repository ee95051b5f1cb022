"""The filter of claims: what ``signal:hiring region:APAC since:7d -is:orphan`` finds.

Names are looked up as pickers do: labels, codes and aliases count, merged companies count as the
one that stands for them, a region finds all that lies in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from store.claims.table.rows import STATES, ClaimRow, State, worded
from store.claims.table.vocabulary import Vocabulary
from store.model import Value
from store.query import Term, nothing_said, one_of, parse, stretch_of_time

STANDING: Final = frozenset[State]({"draft", "accepted", "adjudicated"})
"""What is shown unless ``review:`` asks for something else."""
SETTLED: Final = frozenset[State]({"accepted", "adjudicated"})
"""The same for an export."""

_ANCHORS = ("anchored", "moved", "fuzzy", "orphan")
_STATUSES = (
    *("rumoured", "planned", "announced", "under_way", "completed", "cancelled"),
    *("denied", "reported", "none"),
)
_POLARITIES = ("positive", "negative", "neutral", "unclear", "none")
_CONFIDENCES = ("low", "medium", "high", "none")
_HAS = ("note", "status", "polarity", "confidence", "date", "quantity", "flag")
_LOW, _MEDIUM = 33, 66
"""Upper ends of the thirds of STIX 2.1's scale."""

FIELDS: Mapping[str, str] = {
    "since": "articles from a day on, or an age: since:2026-10-01, since:7d",
    "until": "articles up to a day, or older than an age",
    "made": "claims made on a day, or within an age: made:today, made:2w",
    "review": "draft, accepted, adjudicated, rejected, removed, any",
    "is": "anchored, moved, fuzzy, orphan, flagged",
    "has": "note, status, polarity, confidence, date, quantity, flag",
    "status": ", ".join(_STATUSES),
    "polarity": "positive, negative, neutral, unclear, none",
    "confidence": "low, medium, high, none",
    "by": "an annotator; me is you",
    "feed": "words of a feed's name",
    "text": "words of quote, title, note or values; text:fab,chip finds either",
}
"""What can be asked beside the codebook's dimensions, and how."""

Test = Callable[[ClaimRow], bool]


class ClaimFilter(Value, frozen=True, kw_only=True):
    """Which claims are meant."""

    states: frozenset[State] = STANDING
    tests: tuple[Test, ...] = ()

    def __call__(self, row: ClaimRow) -> bool:
        """Whether it finds the claim."""
        return row.state in self.states and all(test(row) for test in self.tests)

    def of(self, rows: Iterable[ClaimRow]) -> list[ClaimRow]:
        """Those it finds, in their order."""
        states = self.states
        found = [row for row in rows if row.state in states]
        for test in self.tests:
            found = [row for row in found if test(row)]
        return found


def claim_filter(
    text: str,
    vocabulary: Vocabulary,
    *,
    now: datetime,
    unasked: frozenset[State] = STANDING,
) -> ClaimFilter:
    """What a query means. ``unasked`` are shown as long as no ``review:`` says otherwise.

    Raises:
        QueryError: It has a field or a name that does not exist, or a time that is none.
    """
    states, tests = unasked, []
    asked: frozenset[State] | None = None
    for term in parse(text, {**dict.fromkeys((*FIELDS, *vocabulary.dimension_ids), ""), **FIELDS}):
        if term.field == "review":
            meant = frozenset(one for value in term.values for one in _states(value))
            if term.excluded:
                states, asked = states - meant, None if asked is None else asked - meant
            else:
                asked = meant if asked is None else asked & meant
            continue
        test = _test(term, vocabulary, now)
        tests.append(_but(test) if term.excluded else test)
    return ClaimFilter(states=states if asked is None else asked, tests=tuple(tests))


def _states(typed: str) -> Iterable[State]:
    word = one_of("review", typed, (*STATES, "any"))
    return STATES if word == "any" else [one for one in STATES if one == word]


def _but(test: Test) -> Test:
    return lambda row: not test(row)


def _any(tests: list[Test]) -> Test:
    return tests[0] if len(tests) == 1 else lambda row: any(test(row) for test in tests)


def _test(term: Term, vocabulary: Vocabulary, now: datetime) -> Test:
    if not term.field:
        return _says(term.values[0], whole=term.phrase)
    if term.field in FIELDS:
        return _any([_ASKED[term.field](value, vocabulary, now) for value in term.values])
    return _any([_has_value(term.field, value, vocabulary) for value in term.values])


def _says(words: str, *, whole: bool) -> Test:
    """Words where one begins, or a phrase between its ends; anywhere in scripts without spaces."""
    wanted = worded(words)
    if not wanted.strip():
        raise nothing_said(words)
    if not wanted.isascii():
        wanted = wanted.strip()
    elif not whole:
        wanted = wanted.rstrip()
    return lambda row: wanted in row.words


def _has_value(dimension: str, typed: str, vocabulary: Vocabulary) -> Test:
    if typed.casefold() == "none":
        return lambda row: not row.codes(dimension)
    if typed.casefold() == "any":
        return lambda row: bool(row.codes(dimension))
    codes = vocabulary.codes(dimension, typed)

    def test(row: ClaimRow) -> bool:
        for tag in row.tags:  # noqa: SIM110 - a generator would cost twice the time
            if tag[0] == dimension and tag[1] in codes:
                return True
        return False

    return test


def _since(typed: str, _: Vocabulary, now: datetime) -> Test:
    begins, _ends = stretch_of_time(typed, now)
    return lambda row: row.at >= begins


def _until(typed: str, _: Vocabulary, now: datetime) -> Test:
    begins, ends = stretch_of_time(typed, now)
    end = begins if ends == now else ends
    return lambda row: row.at < end


def _made(typed: str, _: Vocabulary, now: datetime) -> Test:
    begins, ends = stretch_of_time(typed, now)
    if ends == now:
        return lambda row: row.created >= begins
    return lambda row: begins <= row.created < ends


def _is(typed: str, _: Vocabulary, __: datetime) -> Test:
    word = one_of("is", typed, (*_ANCHORS, "flagged"))
    if word == "flagged":
        return lambda row: row.flag
    return lambda row: row.anchor == word


def _has(typed: str, _: Vocabulary, __: datetime) -> Test:
    return _HAVING[one_of("has", typed, _HAS)]


_HAVING: Mapping[str, Test] = {
    "note": lambda row: bool(row.note),
    "status": lambda row: row.status != "reported",
    "polarity": lambda row: row.polarity is not None,
    "confidence": lambda row: row.confidence is not None,
    "date": lambda row: row.dated,
    "quantity": lambda row: row.quantities > 0,
    "flag": lambda row: row.flag,
}


def _status(typed: str, _: Vocabulary, __: datetime) -> Test:
    word = one_of("status", typed, _STATUSES)
    # Where nobody said how far a thing has come, it is as reported.
    word = "reported" if word == "none" else word
    return lambda row: row.status == word


def _polarity(typed: str, _: Vocabulary, __: datetime) -> Test:
    word = one_of("polarity", typed, _POLARITIES)
    return lambda row: (row.polarity or "none") == word


def _confidence(typed: str, _: Vocabulary, __: datetime) -> Test:
    word = one_of("confidence", typed, _CONFIDENCES)
    return lambda row: confidence_word(row.confidence) == word


def confidence_word(confidence: int | None) -> str:
    """A confidence of 0 to 100 as people say it; "none" for one that is not told."""
    if confidence is None:
        return "none"
    return "low" if confidence <= _LOW else "medium" if confidence <= _MEDIUM else "high"


def _by(typed: str, vocabulary: Vocabulary, _: datetime) -> Test:
    people = vocabulary.people(typed)
    return lambda row: row.by in people


def _feed(typed: str, vocabulary: Vocabulary, _: datetime) -> Test:
    feeds = vocabulary.feeds(typed)
    return lambda row: row.source in feeds


_ASKED: Mapping[str, Callable[[str, Vocabulary, datetime], Test]] = {
    "text": lambda typed, _vocabulary, _now: _says(typed, whole=False),
    "since": _since,
    "until": _until,
    "made": _made,
    "is": _is,
    "has": _has,
    "status": _status,
    "polarity": _polarity,
    "confidence": _confidence,
    "by": _by,
    "feed": _feed,
}
