"""Tables: columns that fit the width, cells folded within theirs; too wide ones cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len

from store.model import Block, Span
from tui.widgets.lines import fit
from tui.widgets.wrapping import Line, Piece, by_words, cells

BORDER = " │ "
_LEAST = 8
"""Cells of the narrowest column that text is folded in."""
_WIDEST_NAME = 20
"""Cells of a column's name where it stands before each value."""


def table_lines(rows: Sequence[Block], number: int, offset: int, width: int) -> Iterator[Line]:
    """The lines of rows that follow each other; the first is block ``number`` of its text."""
    for count, table in enumerate(_tables(rows)):
        if count:
            yield Line(number, offset, offset)
        yield from _of_one(table, number, offset, width)
        number += len(table)
        offset += sum(len(row.text) + 1 for row in table)


def _tables(rows: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Part rows where a table begins, heads come again, or more cells come than heads name."""
    begun = named = 0
    for at, row in enumerate(rows):
        anew = row.heads and not rows[at - 1].heads
        if at and (row.begins or anew or (named and len(row.cells) > named)):
            yield rows[begun:at]
            begun, named = at, 0
        if row.heads:
            named = max(named, len(row.cells))
    yield rows[begun:]


def _of_one(rows: Sequence[Block], number: int, offset: int, width: int) -> Iterator[Line]:
    widths = _widths(rows, width)
    names = next((_names(row) for row in rows if row.heads), ())
    for count, row in enumerate(rows):
        if widths is not None:
            yield from _beside(row, number, offset, widths)
        else:
            if count:
                yield Line(number, offset, offset)
            yield from _below(row, number, offset, width, names)
        number += 1
        offset += len(row.text) + 1


def _widths(rows: Sequence[Block], width: int) -> list[int] | None:
    """How wide each column is, or None where they do not fit beside each other."""
    wanted: list[int] = []
    for row in rows:
        told = (cells(_words(row, cell)) for cell in row.cells)
        wanted = [max(pair) for pair in zip_longest(wanted, told, fillvalue=1)]
    room = width - len(BORDER) * (len(wanted) - 1)
    if sum(wanted) <= room:
        return wanted
    if room < _LEAST * len(wanted):
        return None
    # The widest give way first, each to the same width.
    left, narrower = room, sorted(wanted)
    for number, one in enumerate(narrower):
        share = left // (len(narrower) - number)
        if one > share:
            return [min(this, share) for this in wanted]
        left -= one
    return wanted


def _beside(row: Block, number: int, offset: int, widths: Sequence[int]) -> Iterator[Line]:
    folded = [
        [
            Span(cell.start + first, cell.start + last)
            for first, last in by_words(_words(row, cell), room)
        ]
        for cell, room in zip(row.cells, widths, strict=False)
    ]
    start, end = offset, offset + len(row.text)
    for count, line in enumerate(zip_longest(*folded)):
        pieces: list[Piece] = []
        gap = ""
        for span, room in zip(line, widths, strict=False):
            here = span or Span(0, 0)
            pieces.append(Piece(gap, offset + here.start, offset + here.end))
            gap = " " * (room - cells(_words(row, here))) + BORDER
        yield Line(number, start, end, "", tuple(pieces), goes_on=count > 0)
    if not any(folded):
        yield Line(number, start, end)
    if row.heads:
        rule = "─┼─".join("─" * room for room in widths)
        yield Line(number, end, end, rule)


def _below(
    row: Block, number: int, offset: int, width: int, names: Sequence[str]
) -> Iterator[Line]:
    """Cell under cell, each behind the name of its column."""
    if row.heads:
        yield from (
            Line(number, offset + first, offset + last) for first, last in by_words(row.text, width)
        )
        return
    for column, cell in enumerate(row.cells):
        words = _words(row, cell)
        name = names[column] if column < len(names) else ""
        lead = f"{fit(name, min(_WIDEST_NAME, width // 2))}: " if name else "· "
        for first, last in by_words(words, max(width - cell_len(lead), 4)):
            yield Line(number, offset + cell.start + first, offset + cell.start + last, lead)
            lead = " " * cell_len(lead)


def _names(row: Block) -> tuple[str, ...]:
    return tuple(_words(row, cell) for cell in row.cells)


def _words(row: Block, cell: Span) -> str:
    return row.text[cell.start : cell.end]
