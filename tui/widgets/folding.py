"""An article's blocks folded into lines, with what stands before and between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len

from store.model import Block
from tui.widgets.tables import table_lines
from tui.widgets.wrapping import Line, breaks

_LEADS = {"quote": "│ ", "code": "  ", "media": "▸ "}
_QUOTED = "│ "
_FIGURE = "Figure: "
_PICTURE = "[image: "
"""How the words begin that stand for a picture; they say what they are."""
_GOES_ON = "↪ "
"""Before the rest of a line of code that is wider than the pane."""
_RULE = "─"
_RULE_CELLS = 24

INDENT = 2
"""Cells for each level of a nested list."""


def lines_of(blocks: Sequence[Block], width: int) -> list[Line]:
    """Fold the blocks into lines of at most ``width`` cells, an empty line between paragraphs."""
    lines: list[Line] = []
    offset = number = 0
    width = max(width, 8)
    above: Block | None = None
    for is_table, run in groupby(blocks, key=lambda block: block.kind == "row"):
        group = list(run)
        if is_table and all(block.cells for block in group):
            lines += _between(number, offset, above, group[0], width)
            lines += table_lines(group, number, offset, width)
            offset += sum(len(block.text) + 1 for block in group)
            number += len(group)
            above = group[-1]
            continue
        for block in group:
            lines += _between(number, offset, above, block, width)
            lines.extend(_folded(number, block, offset, width))
            offset += len(block.text) + 1
            number += 1
            above = block
    return lines


def _between(
    number: int, offset: int, above: Block | None, block: Block, width: int
) -> Iterator[Line]:
    if above is None or _follows_closely(above, block):
        return
    bars = _QUOTED * min(_depth(above), _depth(block))
    yield Line(number, offset, offset, bars)
    if block.apart:
        yield Line(number, offset, offset, _RULE * min(_RULE_CELLS, width))
        yield Line(number, offset, offset)


def _follows_closely(above: Block, block: Block) -> bool:
    return (
        above.kind == block.kind
        and block.kind in ("item", "row", "media", "note", "caption")
        and _depth(above) == _depth(block)
        and not block.apart
    )


def _depth(block: Block) -> int:
    """How many quotations it stands in; texts of before that was kept say it by their kind."""
    return max(block.quoted, block.kind == "quote")


def _folded(number: int, block: Block, offset: int, width: int) -> Iterator[Line]:
    bars = _QUOTED * min(_depth(block), width // 4 // len(_QUOTED))
    lead = bars + _lead(block)
    hang = bars + _hang(block)
    room = max(width - max(cell_len(lead), cell_len(hang)), 4)
    before = -1
    for start, end in breaks(block, room):
        if block.kind == "code" and before >= 0 and start == before:
            yield Line(number, offset + start, offset + end, bars + _GOES_ON)
        else:
            yield Line(number, offset + start, offset + end, lead)
        before = end
        lead = hang


def _lead(block: Block) -> str:
    if block.kind == "item":
        return " " * (INDENT * block.level) + (block.marker or "•") + " "
    if block.kind == "note":
        return f"{block.marker} " if block.marker else "  "
    if block.kind == "caption":
        return "" if block.text.startswith(_PICTURE) else _FIGURE
    return "" if block.kind == "quote" else _LEADS.get(block.kind, "")


def _hang(block: Block) -> str:
    if block.kind == "caption":
        return "  " if _lead(block) else ""
    return " " * cell_len(_lead(block))
