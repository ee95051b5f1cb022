"""The headlines of a desk with the marks that are asked for on them, before these are saved."""

from __future__ import annotations

from collections.abc import Iterable

from store.shelf.column_file import HeadRow, SavedColumns
from store.shelf.disk import Signature, signature
from store.shelf.errors import not_read
from store.shelf.gathered import Gathered
from store.shelf.segments import Segments
from store.shelf.subscriptions import Subscriptions
from store.shelf.tallies import GONE, Tallies
from store.shelf.wishes import Wish, Wishes


class Marked(Gathered):
    """The columns, which show what was asked for; what is on disk takes nothing of it back."""

    def __init__(
        self, segments: Segments, subscriptions: Subscriptions, saved: SavedColumns
    ) -> None:
        super().__init__(segments, subscriptions, saved)
        self._wishes = Wishes()

    def anticipate(self, wish: Wish, articles: Iterable[int]) -> None:
        """Show marks that are about to be saved, until they are ``settled`` or ``given_up``."""
        articles = list(articles)
        self._wishes.add(wish, articles)
        index, flags = self._rows_by_id(), self._flags
        for article in articles:
            row = index.get(article)
            if row is not None and not flags[row] & GONE:
                now = wish.on(flags[row])
                if self._tallies is not None:
                    self._tallies.change(self._feeds[row], flags[row], now)
                flags[row] = now

    def still_wished(self, wish: Wish, article: int) -> Wish:
        """What of anticipated marks is still to be saved, where others were asked for later."""
        return self._wishes.left(wish, article)

    def settled(self, wish: Wish, articles: Iterable[int]) -> None:
        """Show of articles what is on disk from the next ``refresh`` on."""
        self._wishes.end(wish, articles)

    def given_up(self, wish: Wish, articles: Iterable[int]) -> None:
        """Show of articles what is on disk, whatever was anticipated. Raises ShelfError."""
        articles = list(articles)
        self._wishes.end(wish, articles)
        with self._guard:
            for name in {name for article in articles if (name := self.segment_of(article))}:
                try:
                    self._take_heads(name, signature(self._segments.path(name)))
                except OSError as error:
                    raise not_read(error, self._segments.custody.folder) from error
            self._tallies = Tallies(self._feeds, self._flags)

    def _heads_as_on_disk(self) -> dict[str, Signature]:
        """Without those of articles whose marks are not saved: they are to be read again."""
        wished = {self.segment_of(article) for article in self._wishes.articles()}
        return {name: state for name, state in self._heads.items() if name not in wished}

    def _shown_flags(self, row: HeadRow) -> int:
        return self._wishes.over(row.id, row.flags)
