"""What one sentence itself says for each code: its triggers and hints, weighed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.claims.lexicon import Evidence
from store.claims.triggers import Hit, Triggers, tokens_of
from store.model import Span

ONE_WORD, MORE_WORDS, HINT = 0.55, 0.7, 0.2
"""What a trigger of one word, a longer one, and a hint weigh; together they never pass 1."""
LONGEST = 400
"""Tokens of a sentence that are looked at: longer ones are no prose."""


class Said(NamedTuple):
    """What one sentence says for one code."""

    weight: float
    strong: bool
    """Whether a trigger is among it, not only hints."""
    best: float
    span: Span
    """Where its heaviest words stand."""


def evidence_in(text: str, span: Span, triggers: Triggers[Evidence]) -> dict[str, Said]:
    """What a sentence says, by code; the same words count once."""
    said: dict[str, Said] = {}
    once: set[tuple[str, str]] = set()
    tokens = tokens_of(text, span.start, span.end)[:LONGEST]
    for hit in _standing(triggers.find(tokens, text)):
        code, strong = hit.meaning.code, hit.meaning.kind == "trigger"
        words = text[hit.start : hit.end].lower()
        if (code, words) in once:
            continue
        once.add((code, words))
        weight = HINT if not strong else MORE_WORDS if len(hit.words) > 1 else ONE_WORD
        here = Span(hit.start, hit.end)
        before = said.get(code)
        said[code] = (
            _together(before, weight, strong, here)
            if before
            else Said(weight, strong, weight, here)
        )
    return said


def _together(before: Said, weight: float, strong: bool, here: Span) -> Said:
    """Two pieces of evidence, each taking its share of the doubt that the other left."""
    both = 1 - (1 - before.weight) * (1 - weight)
    heavier = weight > before.best
    return Said(
        both,
        before.strong or strong,
        max(before.best, weight),
        here if heavier else before.span,
    )


def _standing(hits: Sequence[Hit[Evidence]]) -> list[Hit[Evidence]]:
    """The hits without those that a trap or an unbroken longer trigger explains away.

    "Hiring freeze" is no hiring; "cleared the merger" stays a merger, for words lie between.
    """
    return [
        hit
        for hit in hits
        if hit.meaning.kind != "trap" and not any(_explains(other, hit) for other in hits)
    ]


def _explains(other: Hit[Evidence], hit: Hit[Evidence]) -> bool:
    if not hit.words <= other.words:
        return False
    if other.meaning.code == hit.meaning.code:
        return other.meaning.kind == "trap" or hit.words < other.words
    unbroken = max(other.words) - min(other.words) < len(other.words)
    return other.meaning.kind == "trigger" and unbroken and hit.words < other.words
