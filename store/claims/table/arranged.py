"""Claims in the order somebody looks at them, and those of them that a filter finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from store.claims.names import fold
from store.claims.table.query import STANDING, ClaimFilter
from store.claims.table.rows import STATES, ClaimRow

Key = Callable[[ClaimRow], Any]

_LAST = "\U0010ffff"
"""Sorts what says nothing after everything that says something."""


def _by_value(dimension: str) -> Key:
    def key(row: ClaimRow) -> str:
        for tag in row.tags:
            if tag[0] == dimension:
                return tag[2].casefold()
        return _LAST

    return key


SORTS: Mapping[str, Key] = {
    "date": lambda row: row.at,
    "signal": _by_value("signal"),
    "company": _by_value("company"),
    "region": _by_value("region"),
    "status": lambda row: row.status,
    "review": lambda row: STATES.index(row.state),
    "source": lambda row: row.source.casefold(),
    "annotator": lambda row: row.by.casefold(),
    "quote": lambda row: fold(row.quote[:80]),
    "changed": lambda row: row.modified,
}
"""What claims can be put in order by."""
FALLING = frozenset({"date", "changed"})
"""Those that begin with the greatest unless they are reversed: the newest is wanted first."""


def _in_text(row: ClaimRow) -> tuple[int, int, str]:
    return (row.article, row.start, row.id)


class Arranged:
    """All claims sorted, and the found ones of them. Claims that sort alike stand as in the text.

    Keeping the order makes a change of few claims, or of the filter, cost little.
    """

    def __init__(self) -> None:
        self.sort = "date"
        self.reversed = False
        self.filter = ClaimFilter()
        self.found: Sequence[ClaimRow] = ()
        """What is shown, in its order."""
        self.orphans = 0
        """How many standing claims lost their passage, shown or not."""
        self._all: list[ClaimRow] = []

    @property
    def total(self) -> int:
        """How many claims there are, shown or not."""
        return len(self._all)

    def take(self, rows: Iterable[ClaimRow]) -> None:
        """Show these from now on."""
        fresh = {row.id: row for row in rows}
        kept = [fresh.pop(row.id) for row in self._all if row.id in fresh]
        new = sorted(fresh.values(), key=_in_text)
        self._all = [*kept, *new]
        self.orphans = sum(row.anchor == "orphan" and row.state in STANDING for row in self._all)
        self._order()

    def sort_by(self, sort: str, *, backwards: bool = False) -> None:
        """Put them in another order."""
        self.sort, self.reversed = sort, backwards
        self._all.sort(key=_in_text)
        self._order()

    def find(self, chosen: ClaimFilter) -> None:
        """Show those that a filter finds."""
        self.filter = chosen
        self.found = chosen.of(self._all)

    def index_near(self, row: ClaimRow, before: int) -> int:
        """Where a claim stands now; where it is not shown, the place it had, if there is one."""
        for at in range(max(0, before - 64), min(len(self.found), before + 64)):
            if self.found[at].id == row.id:
                return at
        found = (at for at, one in enumerate(self.found) if one.id == row.id)
        return next(found, max(0, min(before, len(self.found) - 1)))

    def _order(self) -> None:
        self._all.sort(key=SORTS[self.sort], reverse=(self.sort in FALLING) is not self.reversed)
        self.find(self.filter)
