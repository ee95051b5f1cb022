"""Sentences that are alike: the same company and the same kind of signal, so the same is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.claims.marking.focus import is_answered, tag_of
from store.claims.marking.inheriting import inherited
from store.claims.marking.tagging import Write
from store.model import Claim, Sentence, Span, Suggestion, Tag, Value


class Alike(Value, frozen=True, kw_only=True):
    """A sentence that names the same company and is marked by the same kind of signal."""

    sentence: int
    span: Span
    tags: tuple[Tag, ...]
    """What would be said of it: the same, save that it keeps the regions it names itself."""


def alike(
    tags: Sequence[Tag],
    sentences: Sequence[Sentence],
    suggestions: Sequence[Suggestion],
    claims: Sequence[Claim],
    *,
    but: int | None = None,
) -> tuple[Alike, ...]:
    """The sentences of an article of which the same can be said as ``tags`` say.

    They name one of its companies (none, where it names none), one of its signals is shown there
    unasked, and nobody answered them yet. ``but`` is the number of the sentence that is the model.
    """
    signals = _codes(tags, "signal")
    companies = _codes(tags, "company")
    if not signals:
        return ()
    return tuple(
        Alike(sentence=number, span=sentence.span, tags=_as_said(tags, suggestion))
        for number, (sentence, suggestion) in enumerate(zip(sentences, suggestions, strict=True))
        if number != but
        and _shown(suggestion, "signal") & signals
        and _same_company(companies, _shown(suggestion, "company"))
        and not is_answered(claims, sentence)
    )


def _codes(tags: Iterable[Tag], dimension: str) -> set[str]:
    return {tag.code for tag in tags if tag.dimension == dimension}


def _shown(suggestion: Suggestion, dimension: str) -> set[str]:
    return {value.code for value in suggestion.of(dimension) if value.shown}


def _same_company(wanted: set[str], named: set[str]) -> bool:
    return bool(wanted & named) if wanted else not named


def _as_said(tags: Sequence[Tag], suggestion: Suggestion) -> tuple[Tag, ...]:
    own = [value for value in suggestion.of("region") if value.shown]
    said = [tag for tag in tags if tag.dimension != "region" or not own]
    return (*(inherited(tag) for tag in said), *(tag_of(value) for value in own))


def writes_of(chosen: Iterable[Alike]) -> tuple[Write, ...]:
    """What is to be stored when these sentences are to say the same."""
    return tuple(
        Write(act="keep", span=one.span, unit="sentence", tags=one.tags, review="accepted")
        for one in chosen
    )
