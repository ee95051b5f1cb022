"""What somebody looks at in the table of claims, kept while they are in an article."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.claims.table.arranged import FALLING, Arranged
from store.claims.table.rows import ClaimRow
from store.desk.claim_table import ClaimTable
from store.query import QueryError

ORPHANS = "is:orphan"


@dataclass
class Visit:
    """The claims, their order, the filter, the cursor and what is selected."""

    table: ClaimTable
    arranged: Arranged = field(default_factory=Arranged)
    query: str = ""
    here: ClaimRow | None = None
    """The claim that the cursor was put on by hand."""
    at: int = 0
    """Where that was."""
    selected: set[str] = field(default_factory=set)
    then: str = ""
    """Which of the desk's screens is gone on to from here, as "codebook"."""

    def find(self) -> str:
        """Find what the filter says; what is wrong with it, and then what was found stays."""
        try:
            self.arranged.find(self.table.filter(self.query))
        except QueryError as mistake:
            return str(mistake)
        return ""

    def place(self) -> int:
        """Where the cursor belongs among what is found."""
        if self.here is not None:
            self.at = self.arranged.index_near(self.here, self.at)
        return self.at

    @property
    def is_falling(self) -> bool:
        """Whether the greatest stands first."""
        return (self.arranged.sort in FALLING) is not self.arranged.reversed

    def order(self, sort: str) -> str:
        """Put claims in an order, the other way round if they are in it; say which."""
        backwards = sort == self.arranged.sort and not self.arranged.reversed
        self.arranged.sort_by(sort, backwards=backwards)
        return sort + (", the other way round" if backwards else "")

    @property
    def with_orphans_only(self) -> str:
        """The filter with ``is:orphan``, or without if it says so already."""
        if ORPHANS in self.query:
            return " ".join(self.query.replace(ORPHANS, "").split())
        return f"{self.query} {ORPHANS}".strip()
