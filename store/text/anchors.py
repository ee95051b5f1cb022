"""Without this, a claim would be lost as soon as a publisher corrects a typo above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from store.model import Anchor, Sentence, Span, Unit
from store.text.words import words_of

CONTEXT = 32
"""Code points kept before and after a quotation, as Hypothesis keeps them."""
DISTINCTIVE = 32
"""Code points that make a quotation the same passage wherever it stands; less needs context."""
ENOUGH_CONTEXT = 0.5
"""How like the old surroundings of a shorter quotation the new ones must be, from 0 to 1."""
OCCURRENCES = 1_000
"""Places of one quotation that are compared; a longer list is nobody's claim."""

_BOTH = 2
_FULL_STOP = re.compile(r"[.!?…。！？]+[\"'”’»)\]」』]*(?=\s|$)")


def anchor_for(text: str, span: Span, *, unit: Unit = "sentence") -> Anchor:
    """Where a passage is, by position and by quotation; raises ValueError if the span is empty."""
    if not 0 <= span.start < span.end <= len(text):
        message = f"There is no passage from {span.start} to {span.end} in this text."
        raise ValueError(message)
    return Anchor(
        span=span,
        exact=text[span.start : span.end],
        prefix=text[max(span.start - CONTEXT, 0) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        unit=unit,
    )


def find_again(anchor: Anchor, text: str, sentences: Sequence[Sentence]) -> Anchor:
    """The anchor in another version of its text: anchored, moved, fuzzy or an orphan.

    A fuzzy anchor keeps the quotation it was made on, for a person to compare; an orphan its place
    too. Order and weights are those of Hypothesis, with a least score and a lead over the second.
    """
    if _stands_as_it_stood(anchor, text):
        return replace(anchor, state="anchored", score=1.0)
    if quoted := _quoted_place(anchor, text):
        found = anchor_for(text, quoted.place, unit=anchor.unit)
        if not quoted.leads:
            return replace(found, state="fuzzy", score=round(quoted.context, 3))
        return found if quoted.place == anchor.span else replace(found, state="moved")
    from store.text.likeness import most_like

    likeness = most_like(anchor, text, sentences)
    if likeness is None:
        return replace(anchor, state="orphan", score=0.0)
    return replace(anchor, span=likeness.span, state="fuzzy", score=round(likeness.score, 3))


def stretch(
    text: str, span: Span, *, edge: Literal["start", "end"], by: int, within: Span | None = None
) -> Span:
    """The span with one edge moved ``by`` whole words, to the right if positive.

    It keeps at least a word (or what it had), and stays ``within``, by default inside the line.
    A word that is given up takes its full stop along; one that is gained can be had with it too.
    """
    room = within or _line_around(text, span)
    if edge == "end":
        ends = [word.end for word in words_of(text, Span(span.start, max(room.end, span.end)))]
        stops = [*ends, *_sentence_ends(text, ends, room), _trimmed_end(text, span, room)]
        if by < 0:
            stops = [stop for stop in stops if _has_word(text[stop : span.end])]
        return Span(span.start, _moved(span.end, by, stops))
    starts = [word.start for word in words_of(text, Span(min(room.start, span.start), span.end))]
    stops = [_trimmed_start(text, span, room), *starts]
    if by > 0:
        stops = [stop for stop in stops if _has_word(text[span.start : stop])]
    return Span(_moved(span.start, by, stops), span.end)


def _has_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _sentence_ends(text: str, ends: Sequence[int], room: Span) -> Iterator[int]:
    """Where a word's full stop and closing quotation marks end."""
    for end in ends:
        found = _FULL_STOP.match(text, end, room.end)
        if found:
            yield found.end()


def _stands_as_it_stood(anchor: Anchor, text: str) -> bool:
    """Whether the passage is at its old place, and something beside it too.

    Words that stand elsewhere as well need both sides: another of them may have come here.
    """
    start, end = anchor.span.start, anchor.span.end
    if not anchor.exact or text[start:end] != anchor.exact:
        return False
    before, after = text[max(start - CONTEXT, 0) : start], text[end : end + CONTEXT]
    sides = (before == anchor.prefix) + (after == anchor.suffix)
    if sides == _BOTH or text.find(anchor.exact) == text.rfind(anchor.exact):
        return bool(sides) or len(anchor.exact) >= DISTINCTIVE
    return False


class _Quoted(NamedTuple):
    """A place where the same words stand again."""

    place: Span
    context: float
    """How much of what stood around them stands there, from 0 to 1."""
    leads: bool
    """Whether that tells it from all other places."""


def _quoted_place(anchor: Anchor, text: str) -> _Quoted | None:
    """Where the same words stand again: by their context, then by nearness."""
    places = list(_places(anchor.exact, text))
    if not places:
        return None
    from store.text.likeness import LEAST_LEAD, context_likeness

    ranked = sorted(
        (
            (context_likeness(anchor, text, place), -abs(place.start - anchor.span.start), place)
            for place in places
        ),
        reverse=True,
    )
    context, _, best = ranked[0]
    if len(anchor.exact) < DISTINCTIVE and context < ENOUGH_CONTEXT:
        return None
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    return _Quoted(best, context, len(ranked) == 1 or context - second >= LEAST_LEAD)


def _places(quotation: str, text: str) -> Iterator[Span]:
    start = text.find(quotation) if quotation else -1
    for _ in range(OCCURRENCES):
        if start < 0:
            return
        yield Span(start, start + len(quotation))
        start = text.find(quotation, start + 1)


def _line_around(text: str, span: Span) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _moved(edge: int, by: int, stops: Sequence[int]) -> int:
    """The stop ``by`` places from ``edge`` on, or the last one on that side."""
    ahead = sorted({stop for stop in stops if (stop > edge if by > 0 else stop < edge)})
    if by == 0 or not ahead:
        return edge
    return ahead[min(by, len(ahead)) - 1] if by > 0 else ahead[max(by, -len(ahead))]


def _trimmed_end(text: str, span: Span, room: Span) -> int:
    return max(span.start + len(text[span.start : room.end].rstrip()), span.end)


def _trimmed_start(text: str, span: Span, room: Span) -> int:
    return min(span.end - len(text[room.start : span.end].lstrip()), span.start)
