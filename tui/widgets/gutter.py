"""What stands left of an article's line: which marks begin on it, in three cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from store.model import Span
from tui.widgets.article_page import Mark, reaches_in

GUTTER = 5
"""Cells left of the text: the cursor's bar, a badge of up to three, a space."""
BADGE = GUTTER - 2
_PAIR = 2


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
