"""What is done when articles came in: all that is derived of them follows. Worker process only."""

from __future__ import annotations

from collections.abc import Generator

from store.desk.ruling import ruled
from store.desk.tidying import tidied_daily
from store.finding.index import indexed
from store.finding.stories import grouped
from store.model import Noticed
from store.shelf.shelf import Shelf


def follow(shelf: Shelf) -> tuple[Noticed, ...]:
    """Bring up to date what is derived of the articles of this desk; what is to be told of them.

    Raises:
        ShelfError: The desk cannot be read, or nothing more can be stored.
    """
    steps = following(shelf)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            noticed: tuple[Noticed, ...] = end.value
            return noticed


def following(shelf: Shelf) -> Generator[None, None, tuple[Noticed, ...]]:
    """The same in steps of some tenths of a second, between which it can be ended."""
    shelf.columns().refresh()
    for _ in indexed(shelf):
        yield
    for _ in grouped(shelf):
        yield
    noticed = ruled(shelf)
    for _ in tidied_daily(shelf):  # after the rules, which may star
        yield
    return noticed
