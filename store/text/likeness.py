"""Without this, a claim on a sentence that was reworded would be an orphan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from store.model import Anchor, Sentence, Span

QUOTE_WEIGHT, PREFIX_WEIGHT, SUFFIX_WEIGHT, NEARNESS_WEIGHT = 50, 20, 20, 2
"""As Hypothesis weighs a candidate (its ``match-quote.ts``)."""
LEAST_SCORE = 0.75
LEAST_LEAD = 0.1
"""Hypothesis takes the best candidate however bad, which gives false matches; we do not."""
LEAST_QUOTE = 0.6
"""Below this the words are others, however well the surroundings fit."""
LONGEST_QUOTE = 5_000
"""Code points; comparing costs the product of both lengths, and no sentence is longer."""
MOST_SENTENCES = 8
"""Longer passages are found again word for word or not at all."""
DISTINCTIVE = 32
"""Code points from which a passage may be known without its surroundings."""
CHANCE = 0.5
"""What two unrelated stretches of prose of one language share of their letters, roughly."""
WITHOUT_CONTEXT = 0.1
"""What a passage loses that stands alone now, everything around it rewritten."""


class Likeness(NamedTuple):
    """A place that may be the old passage, and how sure that is, from 0 to 1."""

    score: float
    span: Span


def context_likeness(anchor: Anchor, text: str, place: Span) -> float:
    """How much of what stood around the passage stands around ``place``, from 0 to 1."""
    before = text[max(place.start - len(anchor.prefix), 0) : place.start]
    after = text[place.end : place.end + len(anchor.suffix)]
    sides = [
        _beyond_chance(old, new)
        for old, new in ((anchor.prefix, before), (anchor.suffix, after))
        if old
    ]
    return sum(sides) / len(sides) if sides else 0.0


def most_like(anchor: Anchor, text: str, sentences: Sequence[Sentence]) -> Likeness | None:
    """The place most like the passage, if it is like enough and no other one nearly is."""
    if not anchor.exact or len(anchor.exact) > LONGEST_QUOTE:
        return None
    ranked = sorted(_candidates(anchor, text, sentences), reverse=True)
    if not ranked or ranked[0].score < LEAST_SCORE:
        return None
    best = ranked[0]
    rivals = (other for other in ranked if not other.span.overlaps(best.span))
    second = next(rivals, Likeness(0.0, best.span))
    return best if best.score - second.score >= LEAST_LEAD else None


def _candidates(anchor: Anchor, text: str, sentences: Sequence[Sentence]) -> Iterator[Likeness]:
    for stretch in _stretches(anchor, sentences):
        span = stretch
        if anchor.unit == "span":
            span = _passage_inside(anchor.exact, text, stretch)
        quote = fuzz.ratio(
            anchor.exact, text[span.start : span.end], score_cutoff=100 * LEAST_QUOTE
        )
        if quote:
            yield Likeness(_score(anchor, text, span, quote / 100), span)


def _stretches(anchor: Anchor, sentences: Sequence[Sentence]) -> Iterator[Span]:
    """Each run of sentences that may hold a passage of this length."""
    longest = 2 * len(anchor.exact)
    for first, sentence in enumerate(sentences):
        yield sentence.span
        for following in sentences[first + 1 : first + MOST_SENTENCES]:
            run = Span(sentence.span.start, following.span.end)
            if len(run) > longest:
                break
            yield run


def _passage_inside(quotation: str, text: str, stretch: Span) -> Span:
    """The part of a sentence that is most like a shorter quotation."""
    alignment = fuzz.partial_ratio_alignment(quotation, text[stretch.start : stretch.end])
    if alignment is None or len(quotation) >= len(stretch):
        return stretch
    return Span(stretch.start + alignment.dest_start, stretch.start + alignment.dest_end)


def _score(anchor: Anchor, text: str, span: Span, quote: float) -> float:
    context = context_likeness(anchor, text, span)
    nearness = 1 - min(abs(span.start - anchor.span.start) / max(len(text), 1), 1)
    weighed = (
        QUOTE_WEIGHT * quote
        + (PREFIX_WEIGHT + SUFFIX_WEIGHT) * context
        + NEARNESS_WEIGHT * nearness
    ) / (QUOTE_WEIGHT + PREFIX_WEIGHT + SUFFIX_WEIGHT + NEARNESS_WEIGHT)
    if len(anchor.exact) < DISTINCTIVE:
        return weighed
    return max(weighed, quote - WITHOUT_CONTEXT)


def _beyond_chance(old: str, new: str) -> float:
    return max(fuzz.ratio(old, new) / 100 - CHANCE, 0.0) / (1 - CHANCE)
