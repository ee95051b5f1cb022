"""Lets old articles go once a day, after what came in; see ``store.desk.retention``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from store.desk.pinning import PinsUnclear, pinning
from store.desk.retention import forget_tombstones, is_wanted, leaving, let_go
from store.settings import Settings, folders, load_settings
from store.settings_page import SettingsError
from store.shelf.disk import read_whole, replace_file
from store.shelf.shelf import Shelf

_FILE: Final = Path("derived") / "tidied"
"""The day on which it was done last; lost, it is done once more."""


def tidied_daily(shelf: Shelf) -> Iterator[None]:
    """Let go what is old, in steps, unless that was done today or nobody wants it.

    Raises:
        ShelfError: The desk cannot be read, or nothing can be stored.
    """
    try:
        settings = load_settings(folders(shelf.folder))
    except SettingsError:  # what cannot be read wants nothing to go
        return
    if shelf.read_only or not is_wanted(shelf, settings):
        return
    now = datetime.now(UTC)
    today = f"{now:%Y-%m-%d}".encode()
    file = shelf.folder / _FILE
    with suppress(OSError):
        if (found := read_whole(file)) is not None and found[0] == today:
            return
    with suppress(PinsUnclear):  # the command tells of it
        yield from tidied(shelf, settings, now)
    with suppress(OSError):
        replace_file(file, today, keep_previous=False, durable=False)


def tidied(shelf: Shelf, settings: Settings, now: datetime) -> Iterator[None]:
    """Let go what is old, in steps.

    Raises:
        ShelfError: The desk cannot be read, or nothing can be stored; PinsUnclear is one.
    """
    with pinning(shelf, settings) as pinned:
        for one in leaving(shelf, settings, now, pinned):
            yield
            for _ in let_go(shelf, one):
                yield
    forget_tombstones(shelf, now)
