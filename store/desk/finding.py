"""Finding articles on a desk, for the app: in the desk's thread, one query a turn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from store.desk.lane import Lane
from store.finding.search import By, Found, Search
from store.model import Company
from store.query import QueryError
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.claims.codebook import Codebook

__all__ = ["By", "Finder", "Found"]

_END = object()


class Finder:
    """Answers queries. All may raise DeskError."""

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        *,
        codebook: Callable[[], Codebook],
        companies: Callable[[], Mapping[str, Company]],
        clock: Callable[[], datetime],
        only: str = "",
    ) -> None:
        """``only`` is the annotator whose claims alone are seen; empty: everybody's."""
        self._lane = lane
        self._columns = shelf.columns()
        self._search = Search(shelf, codebook=codebook, companies=companies, clock=clock, only=only)

    async def find(self, text: str, *, by: By = "newest", limit: int | None = None) -> Found:
        """The articles that a query finds; with a ``limit`` the first of them, which is quicker.

        Raises:
            QueryError: It cannot be meant.
        """
        if limit is None and by == "newest":
            steps = self._search.preparing(text)
            while await self._lane.run(_go_on, steps):
                pass
        return await self._lane.run(self._search.find, text, by=by, limit=limit)

    async def which(self, text: str, articles: Collection[int]) -> frozenset[int]:
        """Which of these articles a query finds.

        Raises:
            QueryError: It cannot be meant.
        """
        return await self._lane.run(self._search.which, text, articles)

    async def count_unread(self, text: str) -> int:
        """How many unread articles a query finds; asked again after a mark, it is quick.

        Raises:
            QueryError: It cannot be meant.
        """
        found = await self.find(text)
        return await self._lane.run(self._columns.unread_among, found.rows)

    async def counts(self, texts: Sequence[str]) -> tuple[int | None, ...]:
        """The same for many queries, a turn each; None for one that cannot be meant."""
        counted: list[int | None] = []
        for text in texts:
            try:
                counted.append(await self.count_unread(text))
            except QueryError:
                counted.append(None)
        return tuple(counted)

    async def behind(self) -> int:
        """Roughly how many articles are not in the index yet."""
        return await self._lane.run(self._search.behind)

    def close(self) -> None:
        """Let go of the index."""
        self._search.close()


def _go_on(steps: Iterator[None]) -> bool:
    """Take one step more; whether there was one."""
    return next(steps, _END) is not _END
