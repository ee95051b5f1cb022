"""Headlines for the tests of lists, made only when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import overload

from store.model import HeadlineRow

NOW = datetime(2025, 11, 25, 12, tzinfo=UTC)


def headline(
    number: int,
    title: str = "",
    *,
    read: bool = False,
    starred: bool = False,
    claims: int = 0,
    feed: int = 1,
    hours: float | None = None,
) -> HeadlineRow:
    """A headline; the higher its number, the older it is."""
    return HeadlineRow(
        id=number,
        feed=feed,
        title=title or f"Headline {number}",
        at=NOW - timedelta(hours=number if hours is None else hours),
        read=read,
        starred=starred,
        claims=claims,
    )


@dataclass
class ManyHeadlines(Sequence[HeadlineRow]):
    """So many rows that nobody may walk them; counts how many were made."""

    size: int
    read: bool = False
    made: int = 0

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> HeadlineRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[HeadlineRow]: ...
    def __getitem__(self, index: int | slice) -> HeadlineRow | Sequence[HeadlineRow]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self.size))]
        if not 0 <= index < self.size:
            raise IndexError(index)
        self.made += 1
        return headline(index, read=self.read, hours=index / 60)
