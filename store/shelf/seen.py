"""What of a feed's document need not be parsed again, as long as the articles are there.

Derived: a file that is lost, torn or out of date costs a parse and nothing else.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

import msgspec

from store.model import SeenItem, hash_of
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
        names = self._names(feed) if items else frozenset()
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

    def _names(self, feed: int) -> frozenset[str]:
        """Hashes of the guids of articles whose text lies where it should."""
        texts = set(self._segments.names("bodies", feed))
        return frozenset(
            hash_of(str(record.get("guid")))
            for name in self._segments.names("heads", feed)
            for record in self._segments.open(name).table("articles").records().values()
            if is_tombstone(record)
            or (
                (body := body_of(record)) is not None
                and segment_name("bodies", feed, body) in texts
            )
        )
