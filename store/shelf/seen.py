"""What of a feed's document need not be parsed again, as long as the articles are there.

Derived: a file that is lost, torn or out of date costs a parse and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Set
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
        """Those of the last document whose article the desk has, or knows to be deleted."""
        try:
            found = read_whole(self._path(feed))
            items = _ITEMS.decode(found[0]) if found else ()
        except (OSError, msgspec.MsgspecError):
            return ()
        names = self._present(feed, {item.name for item in items})
        return tuple(item for item in items if item.name in names)

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
        """Those of the names whose article lies on the desk with its text, or was deleted."""
        present: set[str] = set()
        for segment in self._segments.names("heads", feed) if names else ():
            for article, record in self._segments.open(segment).table("articles").records().items():
                name = hash_of(str(record.get("guid")))
                if name in names and (
                    is_tombstone(record) or self._has_text(feed, article, record)
                ):
                    present.add(name)
        return present

    def _has_text(self, feed: int, article: str, record: Record) -> bool:
        number = body_of(record)
        if number is None:
            return False
        bodies = self._segments.open(segment_name("bodies", feed, number)).table("bodies")
        return bodies.record(int(article)) is not None
