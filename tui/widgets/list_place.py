"""Where an article stands in a list that was drawn anew, so that nothing moves under a reader."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from store.model import HeadlineRow

NEARBY = 256
"""How far from its old index an article is looked for before anything else is asked."""

Find = Callable[[int], int | None]
"""The index of an article by its id, however long that takes; None if it is not there."""


def first_unread(rows: Sequence[HeadlineRow]) -> int:
    """The first unread near the top, where new articles are; else the top."""
    return next((i for i in range(min(len(rows), NEARBY)) if not rows[i].read), 0)


def index_near(
    rows: Sequence[HeadlineRow], row: HeadlineRow, old_index: int, find: Find | None = None
) -> int:
    """Where an article is now; if it is gone, where the one after it is.

    Where it stood is looked at first. Then ``find`` tells; without it the rows are newest first,
    and its time finds it without reading them all.
    """
    for index in around(old_index, len(rows)):
        if rows[index].id == row.id:
            return index
    if find is not None:
        found = find(row.id)
        return min(old_index, len(rows) - 1) if found is None else found
    return _index_by_time(rows, row, old_index)


def index_of(
    rows: Sequence[HeadlineRow], row: HeadlineRow, old_index: int, find: Find | None = None
) -> int | None:
    """Where an article is now; None if it is gone."""
    index = index_near(rows, row, old_index, find)
    return index if 0 <= index < len(rows) and rows[index].id == row.id else None


def around(index: int, count: int) -> Iterator[int]:
    """Indices of a list of so many, the nearest to one first, as far as it is worth looking."""
    for distance in range(NEARBY + 1):
        for at in (index - distance, index + distance) if distance else (index,):
            if 0 <= at < count:
                yield at


def _index_by_time(rows: Sequence[HeadlineRow], row: HeadlineRow, old_index: int) -> int:
    age_at = bisect_left(rows, -row.at.timestamp(), key=lambda other: -other.at.timestamp())
    index = age_at
    while index < len(rows) and rows[index].at == row.at:
        if rows[index].id == row.id:
            return index
        index += 1
    # Among those of the same second the place itself tells which came after it.
    return min(max(age_at, min(old_index, index)), len(rows) - 1)
