"""What lies in or around a stretch of text, found without looking at everything."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from store.model import Span

T = TypeVar("T")


class Nearby(Generic[T]):
    """Things with a span each, in their order as far as they begin apart."""

    def __init__(self, things: Iterable[T] = (), span: Callable[[T], Span] | None = None) -> None:
        self._span = span
        self.all: tuple[T, ...] = tuple(things)
        self._sorted: Sequence[T] = self.all
        self._starts: list[int] = []
        self._longest = 0
        if span is not None and self.all:
            self._sorted = sorted(self.all, key=lambda thing: span(thing).start)
            self._starts = [span(thing).start for thing in self._sorted]
            self._longest = max(len(span(thing)) for thing in self._sorted)

    def at(self, wanted: Span) -> Sequence[T]:
        """All that share a character with ``wanted``, and perhaps a few beside."""
        if not self._starts:
            return ()
        first = bisect_left(self._starts, wanted.start - self._longest)
        return self._sorted[first : bisect_left(self._starts, wanted.end)]
