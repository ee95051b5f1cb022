"""What stands left of an article's line: which marks begin on it, in three cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.model import COLOURS, Span
from tui.widgets.article_page import FoldedPage, Mark, Part, reaches_in

GUTTER = 5
"""Cells left of the text: the cursor's bar, a badge of up to three, a space."""
BADGE = GUTTER - 2
_PAIR = 2


def gutter_of(
    folded: FoldedPage,
    number: int,
    marks: Sequence[Mark],
    *,
    around: Sequence[Mark],
    here: Span,
    focus: Span,
) -> list[Part]:
    """The cells left of a line: the bar of what a key would quote, and a badge.

    ``marks`` are those on the line, ``around`` those at the sentence under the cursor.
    """
    line = folded.lines[number]
    touched = line.end > line.start and focus.overlaps(Span(line.start, line.end))
    bar: Part = ("▌" if touched else " ", ("bar",))
    begun = folded.begun_on(number, marks)
    if begun:
        first = first_of(begun)
        role = first.role if first.role in COLOURS else "other"
        look = role if first.look == "claim" else first.look
        return [bar, (f"{badge_of(begun):>{BADGE}} ", (look, "badge"))]
    starts_here = line.start <= here.start < line.end and not line.goes_on
    above = badge_from_above(around, here) if starts_here else ""
    return [bar, (f"{above:>{BADGE}} ", ("meta",))]


def first_of(begun: Sequence[Mark]) -> Mark:
    """The mark that a line shows the look of: what is said goes before what may be."""
    return min(begun, key=lambda mark: mark.look != "claim")


def badge_of(begun: Sequence[Mark]) -> str:
    """The badge of one mark, of two with "+" between them, or of the first and "+"."""
    first = first_of(begun)
    if len(begun) == 1 or len(first.badge) >= BADGE:
        return first.badge
    if len(begun) == _PAIR:
        second = next(mark for mark in begun if mark is not first)
        if len(both := f"{first.badge}+{second.badge}") <= BADGE:
            return both
    return f"{first.badge}+"


def badge_from_above(marks: Iterable[Mark], here: Span) -> str:
    """The badge of a claim that reaches into the sentence under the cursor, or ""."""
    return next((f"↑{mark.badge}"[:BADGE] for mark in marks if reaches_in(mark, here)), "")
