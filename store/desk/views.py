"""Saved views: queries with names among the lists, what each finds now and what of it is unread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.desk.lane import Lane
from store.desk.list_changes import (
    ListChange,
    TakeBack,
    changed,
    nothing_to_take_back,
    taken_back,
)
from store.errors import DeskError
from store.model import Value, View
from store.query import LIMIT, QueryError, Term
from store.shelf.columns import Columns
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.text.clean import clean

if TYPE_CHECKING:
    from store.desk.finding import Finder

NAME_LIMIT = 60
"""Longest name of a view, in characters."""


class Sight(Value, frozen=True, kw_only=True):
    """What a view showed when it was last looked at."""

    query: str
    rows: tuple[int, ...] = ()
    """Row numbers of the columns, newest first."""
    terms: tuple[Term, ...] = ()
    """What is to be lit."""
    unread: int = 0
    behind: int = 0
    """Articles that the search index does not know yet."""
    mistake: str = ""
    """Why its query finds nothing any more, in one sentence; empty when it does."""
    generation: int
    """Up to which generation of the desk that is."""


class Views:
    """The saved views of a desk, in the person's order."""

    def __init__(
        self, lane: Lane, shelf: Shelf, columns: Columns, finder: Callable[[], Finder]
    ) -> None:
        self._lane = lane
        self._table = shelf.interests.views
        self._columns = columns
        self._finder = finder
        self._sights: dict[str, Sight] = {}
        self._last: tuple[View, ...] = ()
        self.take_back_last: TakeBack = nothing_to_take_back
        """Takes back what was done to the views last; what others did meanwhile stays."""
        self._looking = False

    def all(self) -> tuple[View, ...]:
        """The views, in order; while the disk cannot be read, those of before."""
        try:
            self._last = self._table.all()
        except ShelfError:
            pass
        return self._last

    def named(self, name: str) -> View | None:
        """The view of that name, whatever its case."""
        wanted = name.strip().casefold()
        return next((view for view in self.all() if view.name.casefold() == wanted), None)

    # ------------------------------------------------------------ what they find

    def sight(self, id_: str) -> Sight | None:
        """What a view showed when it was last looked at; None when it never was."""
        return self._sights.get(id_)

    @property
    def is_stale(self) -> bool:
        """Whether a view may find something else by now."""
        return any(self._is_stale(view) for view in self.all())

    @property
    def is_behind(self) -> bool:
        """Whether the index did not know all articles when views were looked at."""
        return any(seen.behind for seen in self._sights.values())

    def _is_stale(self, view: View) -> bool:
        seen = self._sights.get(view.id)
        if seen is None or seen.query != view.query:
            return True
        return seen.generation != self._columns.generation

    async def look(self, changed: Callable[[], None] = lambda: None) -> None:
        """Look again at every view that may find something else; ``changed`` is told of each.

        One view is one turn in the desk's thread, so that nothing waits for all of them.

        Raises:
            DeskError: The desk or its index cannot be read.
        """
        if self._looking:
            return  # whoever is at it looks again at what changed meanwhile
        self._looking = True
        try:
            await self._look_at_all(changed)
            while self.is_stale:  # something was marked meanwhile
                await self._look_at_all(changed)
        finally:
            self._looking = False

    async def _look_at_all(self, changed: Callable[[], None]) -> None:
        for view in self.all():
            before = self._sights.get(view.id)
            if self._is_stale(view) or (before is not None and before.behind):
                now = await self._look_at(view)
                self._sights[view.id] = now
                if before is None or replace(before, generation=now.generation) != now:
                    changed()

    async def _look_at(self, view: View) -> Sight:
        generation = self._columns.generation
        try:
            found = await self._finder().find(view.query)
        except QueryError as mistake:
            return Sight(query=view.query, mistake=str(mistake), generation=generation)
        return Sight(
            query=view.query,
            rows=tuple(found.rows),
            terms=tuple(found.terms),
            unread=await self._lane.run(self._columns.unread_among, found.rows),
            behind=found.behind,
            generation=generation,
        )

    # ------------------------------------------------------------ changing them

    async def save(self, name: str, query: str, *, pins: bool = False) -> View:
        """Save a query as a view, behind the others.

        Raises:
            QueryError: It cannot be meant.
            DeskError: The name is empty or taken, or nothing more can be stored.
        """
        from uuid import uuid4

        view = View(id=uuid4().hex, name=name, query=query, pins=pins)
        return await self._keep(view, lambda views, kept: (*views, kept))

    async def change(self, view: View) -> View:
        """Put a view in the place of the one with its id; raises as ``save`` does."""

        def put(views: tuple[View, ...], kept: View) -> Sequence[View]:
            if all(one.id != kept.id for one in views):
                raise DeskError(
                    f"The view {kept.name} was removed elsewhere: Esc, and save it anew."
                )
            return [kept if one.id == kept.id else one for one in views]

        return await self._keep(view, put)

    async def _keep(
        self, view: View, put: Callable[[tuple[View, ...], View], Sequence[View]]
    ) -> View:
        name, query = (
            clean(view.name, limit=NAME_LIMIT).strip(),
            clean(view.query, limit=LIMIT).strip(),
        )
        if not name:
            raise DeskError("A view needs a name: type one.")
        if not query:
            raise DeskError("A view needs a query: type what it shall find.")
        await self._finder().find(query)
        kept = replace(view, name=name, query=query)

        def decide(views: tuple[View, ...]) -> Sequence[View]:
            if any(one.id != kept.id and _same(one.name, kept.name) for one in views):
                raise DeskError(f"There is a view called {name} already: type another name.")
            return put(views, kept)

        await self._change(decide)
        return kept

    async def remove(self, id_: str) -> None:
        """Remove a view; what it found stays. Raises DeskError."""
        await self._change(lambda views: [one for one in views if one.id != id_])

    async def move(self, id_: str, by: int) -> bool:
        """Move a view up (-1) or down (1); False when it stands at that end. Raises DeskError."""
        done = await self._change(lambda views: _moved(views, id_, by))
        return done.after != done.before

    async def _change(
        self, decide: Callable[[tuple[View, ...]], Sequence[View]]
    ) -> ListChange[View]:
        done = await self._lane.run(changed, self._table, decide)

        async def take_back() -> None:
            await self._change(lambda views: taken_back(done, views, lambda view: view.id))

        self.take_back_last = take_back
        return done


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _moved(views: tuple[View, ...], id_: str, by: int) -> Sequence[View]:
    order = list(views)
    at = next((place for place, one in enumerate(order) if one.id == id_), None)
    if at is None or not 0 <= at + by < len(order):
        return views
    order.insert(at + by, order.pop(at))
    return order
