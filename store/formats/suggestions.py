"""What ``wiredesk suggest`` prints: one JSON object a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct, structs

from store.formats.documents import DIMENSIONS
from store.formats.inert import inert
from store.model import Span, Suggested, Suggestion

NO_REASON = "nothing in the text says so"
"""Why a code is ranked that no rule speaks for."""

Placed = Callable[[Span], Span | None]
"""Says where a stretch of the laid out text was given."""


class SuggestedValue(Struct, frozen=True, kw_only=True):
    """One value for a sentence."""

    code: str
    label: str
    score: float
    """0 to 1."""
    shown: bool
    """Whether the app would show it ticked, unasked."""
    reason: str
    start: int | None
    """Where the words stand that it rests on, in code points of the article as it was given."""
    end: int | None


class SuggestedRegion(SuggestedValue, frozen=True, kw_only=True):
    """A region for a sentence."""

    country: str
    """Its country's code, as US for US-OH and for US; empty for what is more than one country."""


class SuggestedSentence(Struct, frozen=True, kw_only=True):
    """A sentence with what a machine reads in it."""

    id: str | int
    """The article's."""
    sentence: int
    """Its place among the article's sentences, from 0."""
    start: int
    """In code points of the article as it was given: its text, or its sentences as lines."""
    end: int
    text: str
    """As it was given, from ``start`` to ``end``."""
    offered: bool
    """Whether it is offered suggestions at all: bylines and promotion are not."""
    regions: tuple[SuggestedRegion, ...]
    companies: tuple[SuggestedValue, ...]
    signals: tuple[SuggestedValue, ...]
    """All of them, ranked."""
    others: dict[str, tuple[SuggestedValue, ...]]
    """The values of further dimensions of the codebook, by the dimension's id."""


def values_of(
    suggestion: Suggestion, dimension: str, codes: Iterable[tuple[str, str]], placed: Placed
) -> tuple[SuggestedValue, ...]:
    """What was suggested in a dimension, best first, then all its other codes (id and label)."""
    found = [_value(value, placed) for value in suggestion.of(dimension)]
    ranked = {value.code for value in found}
    rest = (
        SuggestedValue(
            code=code, label=label, score=0.0, shown=False, reason=NO_REASON, start=None, end=None
        )
        for code, label in codes
        if code not in ranked
    )
    return (*found, *rest)


def _value(value: Suggested, placed: Placed) -> SuggestedValue:
    place = placed(value.mention) if value.mention else None
    return SuggestedValue(
        code=value.code,
        label=value.label,
        score=round(value.score, 3),
        shown=value.shown,
        reason=value.reason,
        start=place.start if place else None,
        end=place.end if place else None,
    )


def sentence_line(
    suggestion: Suggestion,
    codes: Mapping[str, Sequence[tuple[str, str]]],
    placed: Placed,
    *,
    article: str | int,
    number: int,
    place: Span,
    text: str,
    offered: bool,
    country_of: Callable[[str], str],
) -> SuggestedSentence:
    """A sentence of an article; ``codes`` has all dimensions, open ones without codes."""
    values = {
        dimension: values_of(suggestion, dimension, known, placed)
        for dimension, known in codes.items()
    }
    return SuggestedSentence(
        id=article,
        sentence=number,
        start=place.start,
        end=place.end,
        text=text,
        offered=offered,
        regions=tuple(
            SuggestedRegion(**structs.asdict(value), country=country_of(value.code))
            for value in values.pop(DIMENSIONS["regions"], ())
        ),
        companies=values.pop(DIMENSIONS["companies"], ()),
        signals=values.pop(DIMENSIONS["signals"], ()),
        others=values,
    )


def encode_lines(sentences: Iterable[SuggestedSentence]) -> bytes:
    """The lines of an article, harmless to a terminal."""
    lines = msgspec.json.Encoder().encode_lines(list(sentences))
    return inert(lines.decode()).encode()
