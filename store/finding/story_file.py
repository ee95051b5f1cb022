"""Which articles report the same event, as the worker found it and the app reads it.

Derived: both files may be deleted at any time, and are made anew from the articles.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeVar

import msgspec

from store.shelf.disk import make_folder, read_whole, replace_file

STORIES: Final = Path("derived") / "stories.msgpack"
_PRINTS: Final = Path("derived") / "prints.msgpack"
_FORMAT: Final = 1


class Report(msgspec.Struct, frozen=True, array_like=True):
    """One article that tells of an event."""

    article: int
    feed: int
    at: int
    """When, in seconds since 1970: what lists sort by."""


Story = tuple[Report, ...]
"""Reports of one event by different feeds, two at least, in the order of their times."""


class Print(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of an article to compare later ones with it."""

    article: int
    feed: int
    at: int
    digest: bytes
    """MinHash of the beginning of its text, 16 bits each; empty where that is too short."""
    known: bytes
    """As ``store.text.fingerprint.Beginning.known``."""


class _Stories(msgspec.Struct):
    format: int = _FORMAT
    stamp: int = 0
    stories: list[Story] = []


class _Prints(msgspec.Struct):
    format: int = _FORMAT
    stamp: int = 0
    """Of the stories that belong to it: with others, all are looked for anew."""
    looked_at: bytes = b""
    """Ids of all articles that were compared, 64 bits each, as the machine has them."""
    prints: list[Print] = []


_K = TypeVar("_K", _Stories, _Prints)


class Compared(msgspec.Struct):
    """What the worker remembers from one time to the next."""

    stories: list[Story]
    looked_at: bytes
    prints: list[Print]


def load_stories(folder: Path) -> list[Story]:
    """The stories of the desk in the folder; none when they are lost."""
    return _load(folder / STORIES, _Stories()).stories


def load_compared(folder: Path) -> Compared:
    """All that was compared; nothing where a part of it is lost, or not of one time."""
    stories, prints = _load(folder / STORIES, _Stories()), _load(folder / _PRINTS, _Prints())
    if stories.stamp != prints.stamp:
        return Compared([], b"", [])
    return Compared(stories.stories, prints.looked_at, prints.prints)


def save_compared(folder: Path, compared: Compared, stamp: int) -> bool:
    """Write both files; False when the disk refuses, which costs the next run time."""
    stories = _Stories(stamp=stamp, stories=compared.stories)
    prints = _Prints(stamp=stamp, looked_at=compared.looked_at, prints=compared.prints)
    try:
        make_folder(folder / STORIES.parent)
        for name, content in ((STORIES, stories), (_PRINTS, prints)):
            replace_file(folder / name, msgspec.msgpack.encode(content), keep_previous=False)
    except OSError:
        return False
    return True


def _load(path: Path, empty: _K) -> _K:
    try:
        found = read_whole(path)
        if found is not None:
            kept = msgspec.msgpack.decode(found[0], type=type(empty))
            return kept if kept.format == _FORMAT else empty
    except (OSError, msgspec.MsgspecError, RecursionError):
        pass
    return empty
