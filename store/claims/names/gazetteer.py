"""Names by the ten thousand, looked up word by word without being prepared one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from store.claims.names import SHORTEST_DATELINE, WORD

Named = TypeVar("Named")

LONGEST = 6
"""Words that a name in a gazetteer has at most."""
WIDEST = 60
"""Characters that it has at most."""


class Gazetteer(Generic[Named]):
    """Names that begin and end with a word, as "St. Gallen", and what each stands for."""

    def __init__(self, table: Callable[[], Mapping[str, Named]], *, often: bool = True) -> None:
        """``often``: asked at every word, so that knowing the first words of all names pays."""
        self._load = table
        self._often = often
        self._table: Mapping[str, Named] | None = None
        self._heads: frozenset[str] = frozenset()

    def at(self, text: str, words: list[tuple[int, int]], nth: int) -> tuple[int, Named] | None:
        """Where the longest name that starts with the nth word ends, and what it stands for.

        ``words`` are the spans of all words of ``text``; a name in capitals (LONDON) is also
        tried as it is usually written.
        """
        if self._table is None:
            self._table = self._load()
            if self._often:
                heads = (WORD.match(name) for name in self._table)
                self._heads = frozenset(head.group() for head in heads if head)
        start, end = words[nth]
        first = text[start:end]
        if self._often and first not in self._heads and first.title() not in self._heads:
            return None
        for last in range(min(nth + LONGEST, len(words)) - 1, nth - 1, -1):
            end = words[last][1]
            if end - start > WIDEST:
                continue
            name = text[start:end]
            meaning = self._table.get(name)
            if meaning is None and len(name) >= SHORTEST_DATELINE and name.isupper():
                meaning = self._table.get(name.title())
            if meaning is not None:
                return end, meaning
        return None
