"""Where an article's lines break: pure, measured in terminal cells, offsets never lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from store.model import Block
from tui.widgets.lines import plain

_WORD = re.compile(r"\S+")
_NEVER_FIRST = frozenset("、。，．：；！？）］｝」』】〕〉》ー々ゝ…‥")
"""Closing marks that East Asian text does not begin a line with (JIS X 4051, kinsoku)."""

_LEADS = {"quote": "│ ", "code": "  ", "media": "▸ "}

INDENT = 2
"""Cells for each level of a nested list."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line on screen: which words of the text it shows, and what stands before them."""

    block: int
    start: int
    """Offset of its first character in the article's text; equal to ``end`` on an empty line."""
    end: int
    lead: str = ""
    """A list marker, a quotation bar or an indent; not part of the text."""


def lines_of(blocks: Sequence[Block], width: int) -> list[Line]:
    """Fold the blocks into lines of at most ``width`` cells, an empty line between paragraphs."""
    lines: list[Line] = []
    offset = 0
    for number, block in enumerate(blocks):
        if number and not _follows_closely(blocks[number - 1], block):
            lines.append(Line(number, offset, offset))
        lines.extend(_folded(number, block, offset, max(width, 8)))
        offset += len(block.text) + 1
    return lines


def _follows_closely(above: Block, block: Block) -> bool:
    return above.kind == block.kind and block.kind in ("item", "row", "media")


def _folded(number: int, block: Block, offset: int, width: int) -> Iterator[Line]:
    lead = _lead(block)
    hang = " " * cell_len(lead) if block.kind in ("item", "media") else lead
    room = max(width - cell_len(lead), 4)
    for start, end in _breaks(block, room):
        yield Line(number, offset + start, offset + end, lead)
        lead = hang


def _lead(block: Block) -> str:
    if block.kind == "item":
        return " " * (INDENT * block.level) + (block.marker or "•") + " "
    return _LEADS.get(block.kind, "")


def _breaks(block: Block, room: int) -> Iterator[tuple[int, int]]:
    if not block.text:
        yield 0, 0
    elif block.kind == "code":
        start = 0
        for row in block.text.split("\n"):
            yield from _chopped(block.text, start, start + len(row), room)
            start += len(row) + 1
    else:
        yield from _by_words(block.text, room)


def _by_words(text: str, room: int) -> Iterator[tuple[int, int]]:
    """Fill each line with as many atoms as fit; the space at a break belongs to no line."""
    start = end = used = 0
    for begin, stop, cells in _atoms(text, room):
        gap = begin - end
        if used and used + gap + cells > room:
            yield start, end
            used = 0
        if not used:
            start, gap = begin, 0
        end, used = stop, used + gap + cells
    if end > start:
        yield start, end


def _atoms(text: str, room: int) -> Iterator[tuple[int, int, int]]:
    """What is never broken, as (start, end, cells): a word, or one character of a wide script."""
    ascii_only = text.isascii()
    for word in _WORD.finditer(text):
        start, end = word.span()
        cells = end - start if ascii_only else cell_len(plain(word.group()))
        if cells <= room and (ascii_only or cells <= end - start):
            yield start, end, cells
        else:
            yield from _broken(text, start, end, room)


def _broken(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int, int]]:
    begun, used = start, 0
    for at in range(start, end):
        cells = cell_len(plain(text[at]))
        after_wide = at > begun and cell_len(plain(text[at - 1])) > 1
        breakable = (cells > 1 or after_wide) and text[at] not in _NEVER_FIRST
        if at > begun and (breakable or used + cells > room):
            yield begun, at, used
            begun, used = at, 0
        used += cells
    yield begun, end, used


def _chopped(text: str, start: int, end: int, room: int) -> Iterator[tuple[int, int]]:
    """A line of code, kept as it is and cut only at the edge."""
    begun, used = start, 0
    for at in range(start, end):
        cells = cell_len(plain(text[at]))
        if used + cells > room:
            yield begun, at
            begun, used = at, 0
        used += cells
    yield begun, end
