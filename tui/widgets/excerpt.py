"""Which blocks of a long article fill the pane, so that they are shown before the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.model import Block

_CLOSE = frozenset({"item", "row", "media", "note", "caption"})
"""Kinds that have no empty line between each other."""


class Excerpt(NamedTuple):
    """Some blocks of an article that follow each other."""

    first: int
    """Number of the first block."""
    end: int
    """Number of the block after the last one."""
    begin: int
    """Offset of the first block in the article's text."""
    above: int
    """Lines that those before are presumed to take; 0 only where there are none."""
    below: int
    """Lines that those after are presumed to take."""


def excerpt_of(blocks: Sequence[Block], offset: int, *, rows: int, width: int) -> Excerpt:
    """The blocks that fill ``rows`` lines before and after a place of the text, or more.

    A table is never divided: how wide its columns are is seen from all of its rows.
    """
    here = _block_at(blocks, offset)
    first = here - _needed(reversed(blocks[:here]), rows, width)
    end = here + _needed(blocks[here:], rows, width)
    while 0 < first < len(blocks) and blocks[first].kind == blocks[first - 1].kind == "row":
        first -= 1
    while 0 < end < len(blocks) and blocks[end].kind == blocks[end - 1].kind == "row":
        end += 1
    return Excerpt(
        first=first,
        end=end,
        begin=sum(len(block.text) + 1 for block in blocks[:first]),
        above=_presumed(blocks[:first], width) + (first > 0),
        below=_presumed(blocks[end:], width),
    )


def _block_at(blocks: Sequence[Block], offset: int) -> int:
    end = 0
    for number, block in enumerate(blocks):
        end += len(block.text) + 1
        if offset < end:
            return number
    return max(0, len(blocks) - 1)


def _needed(blocks: Iterable[Block], rows: int, width: int) -> int:
    """How many of the blocks have so many lines together; never too few."""
    count = 0
    for block in blocks:
        if rows <= 0:
            break
        rows -= 1 + len(block.text) // width
        count += 1
    return count


def _presumed(blocks: Iterable[Block], width: int) -> int:
    return sum(1 + len(one.text) // width + (one.kind not in _CLOSE) for one in blocks)
