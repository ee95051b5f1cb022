"""Where an article's lines break: pure, measured in terminal cells, offsets never lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from store.model import Block
from tui.widgets.lines import fit, plain

ITEMS_APART = " · "
"""What stands between items that are told in a row."""
_WORD = re.compile(r"\S+")
_NARROW = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1eff"
    "\u2010-\u2015\u2018-\u201f\u2020-\u2026\u2030-\u203a\u20a0-\u20bf]*+"
)
"""Characters of one cell each, none replaced on its way out; most text is no more."""
_NEVER_FIRST = frozenset("、。，．：；！？）］｝」』】〕〉》ー々ゝ…‥")
"""Closing marks that East Asian text does not begin a line with (JIS X 4051, kinsoku)."""


class Piece(NamedTuple):
    """One cell of a table on a line: what stands between it and the one before, and its words."""

    gap: str
    start: int
    end: int


class Line(NamedTuple):
    """One line on screen: which words of the text it shows, and what stands before them."""

    block: int
    start: int
    """Offset of its first character in the article's text; equal to ``end`` on an empty line."""
    end: int
    lead: str = ""
    """A list marker, a quotation bar or an indent; not part of the text."""
    pieces: tuple[Piece, ...] = ()
    """What it shows where that is not all from ``start`` to ``end``: cells side by side."""
    goes_on: bool = False
    """Whether it is a further line of the same cells side by side."""


def breaks(block: Block, room: int) -> Iterator[tuple[int, int]]:
    """Where a block's lines begin and end, of at most ``room`` cells each."""
    if not block.text:
        yield 0, 0
    elif block.kind == "code":
        start = 0
        for row in block.text.split("\n"):
            yield from _chopped(block.text, start, start + len(row), room)
            start += len(row) + 1
    else:
        yield from by_words(block.text, room)


def is_narrow(text: str) -> bool:
    """Whether every character of a text has one cell."""
    return _NARROW.fullmatch(text) is not None


def cells(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if is_narrow(text) else cell_len(plain(text))


def by_words(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Fill each line with as many words as fit; the space at a break belongs to no line."""
    if is_narrow(text) and "  " not in text and text[:1] != " " != text[-1:]:
        return _narrow_lines(text, room)
    return _lines_of_atoms(text, room)


def items_in_lines(told: str, room: int, *, lines: int) -> list[str]:
    """Items with " · " between them, in at most so many lines; a line breaks before an item.

    Only an item that is longer than a line is broken itself. The last line says if there is more.
    """
    if room < 1 or lines < 1:
        return []
    folded = [""]
    for item in plain(told).split(ITEMS_APART):
        joined = f"{folded[-1]}{ITEMS_APART}{item}" if folded[-1] else item
        if cells(joined) <= room:
            folded[-1] = joined
        else:
            folded += [item[start:end] for start, end in by_words(item, room)]
    shown = [line for line in folded if line]
    if len(shown) > lines:
        shown[lines - 1] = fit(f"{shown[lines - 1]} …", room)
    return shown[:lines]


def _narrow_lines(text: str, room: int) -> Iterator[tuple[int, int]]:
    start, end = 0, len(text)
    while end - start > room:
        space = text.rfind(" ", start, start + room + 1)
        if space > start:
            yield start, space
            start = space + 1
        else:  # a word that is longer than a line
            yield start, start + room
            start += room
    if end > start:
        yield start, end


def _lines_of_atoms(text: str, room: int) -> Iterator[tuple[int, int]]:
    start = end = used = 0
    for begin, stop, width in _atoms(text, room):
        gap = begin - end
        if used and used + gap + width > room:
            yield start, end
            used = 0
        if not used:
            start, gap = begin, 0
        end, used = stop, used + gap + width
    if end > start:
        yield start, end


def _atoms(text: str, room: int) -> Iterator[tuple[int, int, int]]:
    """What is never broken, as (start, end, cells): a word, or one character of a wide script."""
    for word in _WORD.finditer(text):
        start, end = word.span()
        letters = word.group()
        narrow = is_narrow(letters)
        width = end - start if narrow else cell_len(plain(letters))
        if width <= room and (narrow or width <= end - start):
            yield start, end, width
        else:
            yield from _broken(text, start, end, room)


@lru_cache(maxsize=16_384)
def _cells_of(character: str) -> int:
    return cell_len(plain(character))


def _broken(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int, int]]:
    begun, used, last = start, 0, 0
    for at in range(start, end):
        width = _cells_of(text[at])
        breakable = (width > 1 or last > 1) and text[at] not in _NEVER_FIRST
        if at > begun and (breakable or used + width > room):
            yield begun, at, used
            begun, used = at, 0
        used, last = used + width, width
    yield begun, end, used


def _chopped(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    """A line of code, kept as it is and cut only at the edge."""
    begun, used = start, 0
    for at in range(start, end):
        width = _cells_of(text[at])
        if used + width > room:
            yield begun, at
            begun, used = at, 0
        used += width
    yield begun, end
