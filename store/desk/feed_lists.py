"""Lists of feeds (OPML) on their way in and out of a desk."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from store.errors import DeskError
from store.feeds.folders import Path as OfFolder
from store.feeds.opml import taken, written
from store.feeds.parsing.children import ParserPool
from store.feeds.web.answers import ParseFailed
from store.model import Feed, FolderPlace
from store.model.subscribing import ListOutcome, ListRefused, ListTaken
from store.shelf.shelf import Shelf

SIZE_LIMIT = 20 * 1024 * 1024
"""Bytes of a list; ten thousand feeds are some 3 MB."""

_LOOKED_AT = 1_024
_WIDE = (codecs.BOM_UTF16_LE + b"<", codecs.BOM_UTF16_BE + b"\0<", b"<\0", b"\0<")


def is_list(file: Path) -> bool:
    """Whether a file looks like XML, as lists of feeds do; what cannot be read does not."""
    try:
        with file.expanduser().open("rb") as stream:
            begins = stream.read(_LOOKED_AT)
    except OSError:
        return False
    if begins.startswith(_WIDE):
        return True
    return begins.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")


async def take_list(shelf: Shelf, file: Path) -> ListOutcome:
    """Subscribe to what a list of feeds has and the desk has not; nothing is fetched now.

    Raises:
        ShelfError: Nothing can be stored.
    """
    try:
        body = _read(file)
    except DeskError as error:
        return ListRefused(file=str(file), reason=str(error))
    async with ParserPool(children=1) as parsers:
        found = await parsers.outlines(body)
    if isinstance(found, ParseFailed):
        return ListRefused(file=str(file), reason=found.reason)
    problems: list[str] = []
    folders: list[OfFolder] = []
    there = 0

    def decide(present: Sequence[Feed]) -> Sequence[Feed]:
        nonlocal there
        wanted = taken(present, found.outlines, now=datetime.now(UTC))
        problems[:], there = wanted.problems, wanted.there
        folders[:] = wanted.folders
        return wanted.feeds

    before = {feed.number for feed in shelf.feeds()}
    kept = [feed.number for feed in shelf.change_feeds(decide)]
    if folders:
        shelf.interests.folders.change(lambda now: _with(now, folders))
    return ListTaken(
        file=str(file),
        added=tuple(number for number in kept if number not in before),
        merged=tuple(number for number in kept if number in before),
        there=there,
        problems=(*problems, *found.problems),
    )


def list_of(shelf: Shelf) -> bytes:
    """The desk's subscriptions as a list of feeds."""
    order = [one.path for one in shelf.interests.folders.all()]
    return written(shelf.feeds(), order=order, now=datetime.now(UTC))


def _with(now: Sequence[FolderPlace], folders: Sequence[OfFolder]) -> list[FolderPlace]:
    """The folders that have a place, and behind them new ones."""
    new = set(folders)
    return [
        *(one for one in now if one.path not in new),
        *(FolderPlace(path=path) for path in folders),
    ]


def _read(file: Path) -> bytes:
    """Raises DeskError if it cannot be read or is too large."""
    try:
        with file.expanduser().open("rb") as stream:
            body = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise DeskError(f"{file} cannot be read: {error.strerror}.") from error
    if len(body) > SIZE_LIMIT:
        raise DeskError(f"{file} is larger than 20 MB, which no list of feeds is.")
    return body
