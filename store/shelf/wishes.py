"""Marks that are shown before they are saved: of each article, the last that was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.shelf.tallies import CHANGED, READ, STARRED


@dataclass(frozen=True, eq=False)
class Wish:
    """That articles shall be read or starred, or no longer; None leaves that as it is."""

    read: bool | None = None
    starred: bool | None = None

    def on(self, flags: int) -> int:
        """What lists show of a headline on which it is put."""
        put = READ * bool(self.read) | STARRED * bool(self.starred)
        take = READ * (self.read is not None) | STARRED * (self.starred is not None)
        # Who reads an article has read what was changed in it.
        return flags & ~(take | CHANGED * bool(self.read)) | put


class Wishes:
    """Which marks are asked for and not saved yet; a later one takes the place of an earlier."""

    def __init__(self) -> None:
        self._read: dict[int, Wish] = {}
        self._starred: dict[int, Wish] = {}

    def articles(self) -> set[int]:
        """What is not as on disk."""
        return {*self._read, *self._starred}

    def add(self, wish: Wish, articles: Iterable[int]) -> None:
        """Ask for it."""
        of_each = dict.fromkeys(articles, wish)
        if wish.read is not None:
            self._read.update(of_each)
        if wish.starred is not None:
            self._starred.update(of_each)

    def left(self, wish: Wish, article: int) -> Wish:
        """What of a wish is still to be done to an article, where others came later."""
        return Wish(
            wish.read if self._read.get(article) is wish else None,
            wish.starred if self._starred.get(article) is wish else None,
        )

    def over(self, article: int, flags: int) -> int:
        """What lists show of a headline that is so on disk."""
        for wishes in (self._read, self._starred):
            if wishes and (wish := wishes.get(article)) is not None:
                flags = self.left(wish, article).on(flags)
        return flags

    def end(self, wish: Wish, articles: Iterable[int]) -> None:
        """It was done, or given up: what is on disk holds, where nothing else was asked for."""
        for article in articles:
            for wishes in (self._read, self._starred):
                if wishes.get(article) is wish:
                    del wishes[article]
