"""Opening the desk for a command."""

from __future__ import annotations

from pathlib import Path

from store.cli.say import complain
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf


def opened(desk: Path) -> Shelf:
    """Open the desk, and tell what was found damaged in it."""
    shelf = Shelf.open(desk)
    for notice in shelf.notices():
        complain(notice)
    return shelf


def writable(desk: Path, *, told: bool = True) -> Shelf:
    """Open the desk to change it; with ``told`` False, damage is left for the app to tell.

    Raises:
        ShelfError: It cannot be opened, or only be read.
    """
    shelf = opened(desk) if told else Shelf.open(desk)
    if shelf.read_only:
        shelf.close()
        raise ShelfError(f"The desk in {desk} can only be read; make its folder writable.")
    return shelf
