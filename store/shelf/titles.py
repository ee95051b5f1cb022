"""The titles of a whole desk, each made when it is asked for: a list shows forty of 100,000."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Self, overload


class Titles(Sequence[str]):
    """Titles by row number, from one text in which each has its place.

    Whoever goes through all of them has them made once for all: then two that were not changed
    meanwhile are the same object.
    """

    def __init__(self, text: bytes = b"", ends: Sequence[int] = ()) -> None:
        self._text = text
        self._ends = ends
        self._saved = len(ends)
        self._later: list[str] = []
        """Those that came since, or all, once they were made."""
        self._changed: dict[int, str] = {}

    @classmethod
    def of_saved(cls, text: bytes, ends: bytes) -> Self:
        """What ``saved`` gave."""
        return cls(text, array("i", ends))

    def saved(self) -> tuple[bytes, bytes]:
        """The text in UTF-8, and where in it each title ends, as the machine has numbers."""
        pieces = [title.encode() for title in self]
        return b"".join(pieces), array("i", accumulate(map(len, pieces))).tobytes()

    def __len__(self) -> int:
        return self._saved + len(self._later)

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        if row >= self._saved:
            return self._later[row - self._saved]
        title = self._changed.get(row)
        return self._made(row) if title is None else title

    def __setitem__(self, row: int, title: str) -> None:
        if row >= self._saved:
            self._later[row - self._saved] = title
        else:
            self._changed[row] = title

    def __iter__(self) -> Iterator[str]:
        if self._saved:
            self._later = [*map(self.__getitem__, range(self._saved)), *self._later]
            self._saved, self._text, self._ends, self._changed = 0, b"", (), {}
        return iter(self._later)

    def append(self, title: str) -> None:
        """Add the title of the next row."""
        self._later.append(title)

    def _made(self, row: int) -> str:
        start = self._ends[row - 1] if row else 0
        # A damaged place shows in a title, not in a crash.
        return self._text[start : self._ends[row]].decode(errors="replace")
