"""A query over a list, from what is typed to what it finds; it knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from store.desk import Desk

if TYPE_CHECKING:
    from store.desk.finding import Found

Order = Literal["newest", "relevance"]
_FIRST = 500
"""Articles that are listed before all are known."""


class Standing:
    """A query over a list: what it found last, and what is wrong with what is typed now."""

    def __init__(self, desk: Desk) -> None:
        self.text = ""
        self.by: Order = "newest"
        self.mistake = ""
        """Of the text as it stands, in one sentence; what was found before stays."""
        self.found: Found | None = None
        self._rows: frozenset[int] | None = frozenset()
        self._desk = desk
        self._answered: tuple[str, Order] = ("", "newest")
        self._generation = -1
        self._looking = False

    @property
    def rows(self) -> frozenset[int]:
        """What was found, as a set; made when it is asked for, for it may be everything."""
        if self._rows is None:
            self._rows = frozenset(self.found.rows if self.found is not None else ())
        return self._rows

    @property
    def count(self) -> int:
        """How many articles were found."""
        return 0 if self.found is None else len(self.found.rows)

    @property
    def found_text(self) -> str:
        """What was asked when the last good answer came."""
        return self._answered[0] if self.found is not None else ""

    @property
    def is_older(self) -> bool:
        """Whether the desk has changed since it was looked for."""
        return self.found is not None and self._generation != self._desk.columns.generation

    @property
    def is_behind(self) -> bool:
        """Whether the index did not know all articles when it was looked for."""
        return self.found is not None and self.found.behind > 0

    def stop(self) -> None:
        """Look for nothing."""
        self.text, self.mistake, self.found, self._rows = "", "", None, None

    def settle(self) -> None:
        """Go back to the last text that could be meant."""
        self.text, self.mistake = self.found_text, ""

    async def look(self, answered: Callable[[bool], None]) -> None:
        """Look for what is typed, until that is what was answered.

        While an answer is waited for more may be typed: the next question is the latest text, so
        that there is never more than one waiting. ``answered`` is told of each answer, and
        whether it is one to another question than before.

        Raises:
            DeskError: The desk or its index cannot be read.
        """
        if self._looking:
            return
        self._looking = True
        try:
            while self.text:
                asked = (self.text, self.by)
                await self._ask(*asked, answered)
                if asked == (self.text, self.by) and not self.is_older:
                    return
        finally:
            self._looking = False

    async def _ask(self, text: str, by: Order, answered: Callable[[bool], None]) -> None:
        from store.query import QueryError

        generation = self._desk.columns.generation
        is_new = self.found is None or self._answered != (text, by)
        try:
            # While somebody types, what fills the screen comes first.
            found = await self._desk.finder.find(text, by=by, limit=_FIRST if is_new else None)
            if found.more:
                self._take(found, text, by, generation, answered)
                if (text, by) != (self.text, self.by):
                    return
                found = await self._desk.finder.find(text, by=by)
        except QueryError as mistake:
            self._generation = generation
            if self.text == text:
                self.mistake = str(mistake)
                answered(False)
            return
        self._take(found, text, by, generation, answered)

    def _take(
        self,
        found: Found,
        text: str,
        by: Order,
        generation: int,
        answered: Callable[[bool], None],
    ) -> None:
        if not self.text:  # it was given up meanwhile
            return
        is_new = self.found is None or self._answered != (text, by)
        is_same = not is_new and found == self.found
        self.found, self._rows, self._generation = found, None, generation
        self._answered = (text, by)
        if self.text == text:
            self.mistake = ""
        if not is_same:
            answered(is_new)
