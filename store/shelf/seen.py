"""What of a feed's document need not be parsed again, as long as the articles are there.

Derived: a file that is lost, torn or out of date costs a parse and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Final

import msgspec

from store.model import SeenItem, hash_of
from store.shelf.contents import Record
from store.shelf.disk import make_folder, read_whole, replace_file
from store.shelf.known import body_of, is_tombstone
from store.shelf.segments import SEEN, Segments, segment_name

_ITEMS: Final = msgspec.json.Decoder(tuple[SeenItem, ...])


class SeenItems:
    """Reads and writes the items of documents, by feed; to be called by who leases the feed."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments

    def of(self, feed: int) -> tuple[SeenItem, ...]:
        """Those of the last document whose article the desk has."""
        try:
            found = read_whole(self._path(feed))
            items = _ITEMS.decode(found[0]) if found else ()
        except (OSError, msgspec.MsgspecError):
            return ()
        names = self._present(feed, {item.name for item in items})
        return tuple(item for item in items if item.name in names)

    def listed(self, feed: int) -> frozenset[str]:
        """Hashes of all guids in the last document, also of deleted articles; none if unknown."""
        try:
            found = read_whole(self._path(feed))
            return (
                frozenset(item.name for item in _ITEMS.decode(found[0])) if found else frozenset()
            )
        except (OSError, msgspec.MsgspecError):
            return frozenset()

    def keep(self, feed: int, items: tuple[SeenItem, ...]) -> None:
        """Remember these; to be called after the articles that came of them were taken in."""
        path = self._path(feed)
        with contextlib.suppress(OSError):
            if not items:
                path.unlink(missing_ok=True)
                return
            make_folder(path.parent)
            replace_file(path, msgspec.json.encode(items), keep_previous=False, durable=False)

    def _path(self, feed: int) -> Path:
        return self._segments.custody.folder / SEEN / f"{feed:04d}.json"

    def _present(self, feed: int, names: Set[str]) -> Set[str]:
        """Those of the names whose article lies on the desk with its text.

        Not of deleted ones: when one is restored, it must get the text that came meanwhile.
        """
        records: dict[int, Record] = {}
        for segment in self._segments.names("heads", feed) if names else ():
            kept = self._segments.open(segment).table("articles").records()
            records |= {int(article): record for article, record in kept.items()}
        return {
            name
            for article, record in records.items()
            if (name := hash_of(str(record.get("guid")))) in names
            and self._has_text(feed, record.get("same_as") or article, records)
        }

    def _has_text(self, feed: int, article: object, records: Mapping[int, Record]) -> bool:
        record = records.get(article) if isinstance(article, int) else None
        number = None if record is None or is_tombstone(record) else body_of(record)
        if number is None or not isinstance(article, int):
            return False
        bodies = self._segments.open(segment_name("bodies", feed, number)).table("bodies")
        return bodies.record(article) is not None
