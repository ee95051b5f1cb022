"""What is done when articles came in: all that is derived of them follows. Worker process only."""

from __future__ import annotations

from store.shelf.shelf import Shelf


def follow(shelf: Shelf) -> None:
    """Bring up to date what is derived of the articles of this desk.

    Raises:
        ShelfError: The desk cannot be read, or nothing more can be stored.
    """
    shelf.columns().refresh()
