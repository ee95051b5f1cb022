"""Without this, a claim on a sentence that was reworded would be an orphan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz

from store.model import Anchor, Sentence, Span
from store.text.words import words_of

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
COMPARED = 64
"""Runs of sentences that are compared letter by letter: those that share most with the passage."""
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
    stretches = nlargest(COMPARED, _stretches(anchor, text, sentences))
    ranked = sorted(
        (
            place
            for _density, stretch in stretches
            for place in _places_in(anchor, text, stretch)
            if place.score >= LEAST_SCORE - LEAST_LEAD
        ),
        reverse=True,
    )
    if not ranked or ranked[0].score < LEAST_SCORE:
        return None
    best = ranked[0]
    rivals = (other for other in ranked if not other.span.overlaps(best.span))
    second = next(rivals, Likeness(0.0, best.span))
    return best if best.score - second.score >= LEAST_LEAD else None


def _stretches(
    anchor: Anchor, text: str, sentences: Sequence[Sentence]
) -> Iterator[tuple[float, Span]]:
    """Each run of sentences that may hold the passage, with the share of its letters they have."""
    wanted = _trigrams(anchor.exact)
    shared = [
        len(wanted & _trigrams(text[sentence.span.start : sentence.span.end]))
        for sentence in sentences
    ]
    for first, sentence in enumerate(sentences):
        found = 0
        for number in range(first, min(first + MOST_SENTENCES, len(sentences))):
            run = Span(sentence.span.start, sentences[number].span.end)
            if number > first and len(run) > 2 * len(anchor.exact):
                break
            found += shared[number]
            if found:
                yield found / max(len(run), len(anchor.exact)), run


def _trigrams(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def _places_in(anchor: Anchor, text: str, stretch: Span) -> Iterator[Likeness]:
    """The sentences themselves and, for a passage shaped by hand, what in them is most like it."""
    spans = [stretch]
    if anchor.unit == "span" and len(anchor.exact) < len(stretch):
        spans.append(_passage_inside(anchor.exact, text, stretch))
    for span in spans:
        quote = fuzz.ratio(anchor.exact, text[span.start : span.end]) / 100
        if quote >= LEAST_QUOTE:
            yield Likeness(_score(anchor, text, span, quote), span)


def _passage_inside(quotation: str, text: str, stretch: Span) -> Span:
    """The words of a longer stretch that are most like the quotation."""
    alignment = fuzz.partial_ratio_alignment(quotation, text[stretch.start : stretch.end])
    if alignment is None or alignment.dest_end <= alignment.dest_start:
        return stretch
    start, end = stretch.start + alignment.dest_start, stretch.start + alignment.dest_end
    # The alignment is as long as the quotation was: half a word at its edge is taken whole.
    touched = [word for word in words_of(text, stretch) if word.overlaps(Span(start, end))]
    return Span(min(start, touched[0].start), max(end, touched[-1].end)) if touched else stretch


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
