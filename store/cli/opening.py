"""Opening the desk for a command, and telling what was found damaged in it while it was open."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

from store.cli.say import complain
from store.settings import Folders, folders
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf, is_desk


@contextmanager
def opened(here: Folders, *, make: bool = False) -> Iterator[Shelf]:
    """Open the desk, and at the end tell what was set aside, in this run or unseen before.

    Without ``make`` nothing is laid out: where there is no desk yet, an empty one is shown.

    Raises:
        ShelfError: It cannot be opened, or there is none in the folder that was named.
    """
    there = is_desk(here.desk)
    if not (there or make or here.desk.is_file() or here.desk == folders().desk):
        raise ShelfError(
            f"There is no desk at {here.desk}: wiredesk --desk {here.desk} add URL makes one."
        )
    with closing(Shelf.open(here.desk, make=make or there)) as shelf:
        try:
            yield shelf
        finally:
            tell_notices(shelf)


@contextmanager
def writable(here: Folders, *, make: bool = False) -> Iterator[Shelf]:
    """Open the desk to change it; an empty one that is not laid out has nothing to be changed.

    Raises:
        ShelfError: It cannot be opened, or only be read.
    """
    with opened(here, make=make) as shelf:
        if shelf.read_only and is_desk(here.desk):
            raise ShelfError(f"The desk in {here.desk} can only be read; make its folder writable.")
        yield shelf


def tell_notices(shelf: Shelf) -> None:
    """Say them all; they count as told only where a person reads along, not in a log."""
    untold = shelf.untold()
    for notice in dict.fromkeys((*untold, *shelf.notices())):
        complain(notice)
    if untold and sys.stderr.isatty():
        shelf.forget_untold(untold)
