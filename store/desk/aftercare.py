"""What is done when articles came in: all that is derived of them follows. Worker process only."""

from __future__ import annotations

from collections.abc import Iterator

from store.finding.index import indexed
from store.finding.stories import grouped
from store.shelf.shelf import Shelf


def follow(shelf: Shelf) -> None:
    """Bring up to date what is derived of the articles of this desk.

    Raises:
        ShelfError: The desk cannot be read, or nothing more can be stored.
    """
    for _ in following(shelf):
        pass


def following(shelf: Shelf) -> Iterator[None]:
    """The same in steps of some tenths of a second, between which it can be ended."""
    shelf.columns().refresh()
    for _ in indexed(shelf):
        yield
    for _ in grouped(shelf):
        yield
