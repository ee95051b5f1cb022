"""What the lists are narrowed to: the search, the filter of a place, and what saved views find."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from store.desk import Desk
from store.shelf.rows import Rows
from tui.prompts import behind_told
from tui.screens.standing import Order, Standing
from tui.widgets.feed_tree import Place

if TYPE_CHECKING:
    from store.desk.watching import Watched
    from store.model import HeadlineRow, Span
    from store.query import Term

ORDERS: dict[Order, str] = {"newest": "newest first", "relevance": "by relevance"}
_NOTHING_FOUND = (
    "Nothing is found. Fewer words, or the beginning of a word, find more ·"
    " ‹/:desk.search› changes the query · Esc goes back."
)
_LOOKING = "Looking …"
_FILTERED_OUT = "Nothing here is found by the filter. ‹F:list.filter› changes it, Esc takes it off."


class Finds:
    """Which articles of a place are listed, as queries have it; it knows no widget."""

    def __init__(self, desk: Desk) -> None:
        self.search = Standing(desk)
        self.filter = Standing(desk)
        self.watched: Watched | None = None
        """The watch words, once they were looked for."""
        self._desk = desk
        self._listed: Collection[int] = frozenset()
        self._views: dict[str, tuple[Sequence[int], frozenset[int]]] = {}

    # -------------------------------------------------------- rows

    def begin(self) -> None:
        """A list is begun: what was in the one before has no claim to stay."""
        self._listed = frozenset()

    def among(self, place: Place, kept: Collection[int]) -> frozenset[int] | None:
        """The row numbers that come into question in a place; None: all.

        ``kept`` are ids of articles that stay in the list that they were in.
        """
        found = self._found_in(place)
        if self.filter.found is not None:
            found = self.filter.rows if found is None else found & self.filter.rows
        if found is None:
            return None
        rows = (self._desk.columns.index(article) for article in kept)
        before = frozenset(self._listed) if kept else frozenset()
        staying = {row for row in rows if row is not None and row in before}
        among = found | staying if staying - found else found
        self._listed = among
        return among

    def in_order(self, place: Place, rows: Rows) -> Rows:
        """The rows in the order that the search was asked for."""
        found = self.search.found
        if place.kind != "search" or found is None or self.search.by == "newest":
            return rows
        ranks = {row: rank for rank, row in enumerate(found.rows)}
        return Rows(rows.columns, sorted(rows.order, key=lambda row: ranks.get(row, len(ranks))))

    def as_found(self, place: Place, kept: Collection[int]) -> Rows | None:
        """What the search found, where that is the whole list as it stands; else None."""
        search = self.search
        if place.kind != "search" or search.found is None or search.is_older or kept:
            return None
        if self.filter.found is not None:
            return None
        self._listed = search.found.rows
        return Rows(self._desk.columns, search.found.rows)

    def _found_in(self, place: Place) -> frozenset[int] | None:
        if place.kind == "search":
            return self.search.rows
        if place.kind == "watched":
            return self.watched.rows if self.watched is not None else frozenset()
        if place.kind != "view":
            return None
        sight = self._desk.views.sight(place.view)
        rows = sight.rows if sight is not None else ()
        held = self._views.get(place.view)
        if held is None or held[0] is not rows:
            held = self._views[place.view] = (rows, frozenset(rows))
        return held[1]

    # -------------------------------------------------------- what is told

    def terms(self, place: Place) -> tuple[Term, ...]:
        """What is to be lit in a place."""
        terms: tuple[Term, ...] = ()
        if place.kind == "search" and self.search.found is not None:
            terms = tuple(self.search.found.terms)
        elif place.kind == "view" and (sight := self._desk.views.sight(place.view)):
            terms = sight.terms
        if self.filter.found is not None:
            terms += tuple(self.filter.found.terms)
        return terms

    def lit(self, place: Place) -> Callable[[str], Sequence[tuple[Span, str]]] | None:
        """What is to be lit in a title there; None for nothing."""
        terms, watched = self.terms(place), self.watched
        watch = watched.lit if watched is not None and watched.words else None
        if not terms:
            return watch
        from store.text.matching import matches

        def lit(title: str) -> Sequence[tuple[Span, str]]:
            hits = [(span, "hit") for span in matches(title, terms)]
            return hits + watch(title) if watch is not None else hits

        return lit

    @property
    def said(self) -> Callable[[HeadlineRow], Sequence[str]] | None:
        """Which watch words an article says; None where none is said."""
        watched = self.watched
        if watched is None or not watched.rows:
            return None
        return lambda row: watched.said_by(row.id)

    def title(self, place: Place, title: str) -> str:
        """How a list is headed."""
        if place.kind == "search":
            order = ORDERS["newest" if self.search.found is None else self.search.by]
            title = f"{title} · {order}"
        if self.filter.found is not None:
            title += f" · filter {self.filter.found_text}"
        behind = self._behind(place)
        return f"{title} · {behind_told(behind)}" if behind else title

    def empty(self, place: Place, usual: str) -> str:
        """What a list says that holds nothing."""
        behind = self._behind(place)
        later = f" {behind_told(behind)}." if behind else ""
        if self.filter.found is not None:
            return _FILTERED_OUT + later
        if place.kind == "search":
            return _NOTHING_FOUND + later
        if place.kind == "watched" and self.watched is None:
            return _LOOKING
        if place.kind == "view":
            sight = self._desk.views.sight(place.view)
            if sight is None:
                return _LOOKING
            if sight.mistake:
                return f"{sight.mistake} · ‹e:feeds.edit› on the view changes its query."
        return usual + later

    def _behind(self, place: Place) -> int:
        behind = [0 if self.filter.found is None else self.filter.found.behind]
        if place.kind == "search" and self.search.found is not None:
            behind.append(self.search.found.behind)
        if place.kind == "view" and (sight := self._desk.views.sight(place.view)):
            behind.append(sight.behind)
        return max(behind)

    # -------------------------------------------------------- places

    def with_watched(self, places: Sequence[Place]) -> list[Place]:
        """The places of a desk and, before all articles, what says a watch word, if any is set."""
        watched = self.watched
        # Before the first look too, or rows would move under the eye when it is over.
        if not (self._desk.has_watch_words if watched is None else watched.words):
            return list(places)
        at = next((i for i, one in enumerate(places) if one.kind == "all"), len(places))
        here = Place("watched", None, "Watched", 0 if watched is None else watched.unread)
        return [*places[:at], here, *places[at:]]

    def with_search(self, places: Sequence[Place]) -> list[Place]:
        """The places of a desk and, after the smart ones, the search, while there is one."""
        if self.search.found is None:
            return list(places)
        at = next(
            (i for i, one in enumerate(places) if one.kind in ("view", "folder", "feed")),
            len(places),
        )
        here = Place("search", None, f"“{self.search.found_text}”")
        return [*places[:at], here, *places[at:]]
