"""Headlines and texts read segment by segment, by who goes through all of a desk.

Sound files are decoded at once, and only as far as is asked for; others are read the careful way,
which notices what is wrong with them and repairs what can be repaired.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec

from store.shelf.column_file import microseconds, stat_segments
from store.shelf.contents import FORMAT
from store.shelf.disk import Signature, read_whole, signature
from store.shelf.errors import not_read
from store.shelf.records import values_of
from store.shelf.segments import Segments, segment_name

V = TypeVar("V", bound=msgspec.Struct)
_AT_A_TIME: Final = 64
"""Texts: as many as a file holds of them at most."""


class HeadRead(msgspec.Struct, gc=False):
    """What of a headline tells how it is found."""

    id: int
    feed: int
    title: str
    seen: datetime
    author: str = ""
    published: datetime | None = None
    by_seen: bool = False
    read: bool = False
    categories: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    version: int = 1
    last_version: int = 0
    shows_page: bool = False
    read_version: int = 0
    feed_hash: str = ""
    deleted: bool = False
    body: int | None = None
    """Number of the segment with its texts."""
    format: int = FORMAT

    @property
    def time(self) -> int:
        """What lists sort by, in microseconds since 1970."""
        if self.by_seen or self.published is None:
            return microseconds(self.seen)
        return microseconds(self.published)

    @property
    def changed(self) -> bool:
        """Whether its text changed after it was read."""
        return self.read and 0 < self.read_version < max(self.version, self.last_version)


class _Text(msgspec.Struct, gc=False):
    kind: str
    text: str


class _Version(msgspec.Struct, gc=False):
    number: int
    blocks: list[_Text]


class _Body(msgspec.Struct, gc=False):
    versions: list[_Version] = []
    format: int = FORMAT


class _Heads(msgspec.Struct):
    records: dict[str, HeadRead] = msgspec.field(default_factory=dict, name="articles")


class _Bodies(msgspec.Struct):
    records: dict[str, _Body] = msgspec.field(default_factory=dict, name="bodies")


_decode_heads = msgspec.json.Decoder(_Heads).decode
_decode_bodies = msgspec.json.Decoder(_Bodies).decode


class WholeReading:
    """All headlines and texts of a desk. Raises ShelfError where a file cannot be read."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody

    def states(self) -> dict[str, Signature]:
        """Every segment of headlines, and the state it is in."""
        return stat_segments(self._custody.folder, "heads")

    def heads(self, name: str) -> tuple[Signature | None, list[HeadRead]]:
        """The headlines of a segment, deleted ones left out, and the state that they are of."""
        found = self._whole(name)
        if found is not None:
            heads = _decoded(_decode_heads, found[0])
            if heads:
                return found[1], [head for head in heads.values() if not head.deleted]
        records = self._segments.open(name).table("articles").records()
        read = values_of(records, HeadRead, self._custody, f"{name}.json")
        state = signature(self._segments.path(name))
        return state, [head for head in read if not head.deleted]

    def with_texts(self, heads: Iterable[HeadRead]) -> Iterator[tuple[HeadRead, str | None]]:
        """Headlines and what `texts` has of them, in the order in which texts lie on the disk.

        A few are read at a time: texts are long.
        """
        todo = iter(sorted(heads, key=_home))
        while some := list(islice(todo, _AT_A_TIME)):
            texts = self.texts(some)
            yield from ((head, texts.get(head.id)) for head in some)

    def texts(self, heads: Iterable[HeadRead]) -> dict[int, str]:
        """The text that is shown of each article, without its title, where it is not lost."""
        by_home: dict[tuple[int, int], list[HeadRead]] = {}
        for head in heads:
            if head.body is not None:
                by_home.setdefault((head.feed, head.body), []).append(head)
        found = {}
        for (feed, number), here in by_home.items():
            bodies = self._bodies(segment_name("bodies", feed, number))
            for head in here:
                body = bodies.get(str(head.id))
                if body is not None and (shown := _shown(body, head.version)) is not None:
                    found[head.id] = shown
        return found

    def _bodies(self, name: str) -> dict[str, _Body]:
        found = self._whole(name)
        if found is not None:
            bodies = _decoded(_decode_bodies, found[0])
            if bodies:
                return bodies
        records = self._segments.open(name).table("bodies").records()
        sound = ((key, {key: record}) for key, record in records.items())
        read = {key: values_of(one, _Body, self._custody, f"{name}.json") for key, one in sound}
        return {key: bodies[0] for key, bodies in read.items() if bodies}

    def _whole(self, name: str) -> tuple[bytes, Signature] | None:
        path = self._segments.path(name)
        try:
            return read_whole(path)
        except OSError as error:
            raise not_read(error, path) from error


def _home(head: HeadRead) -> tuple[int, int]:
    return head.feed, head.body or 0


def _decoded(decode: Any, content: bytes) -> dict[str, Any]:
    """The records of a sound file of a format we know; none of another one."""
    try:
        records: dict[str, Any] = decode(content).records
    except (msgspec.MsgspecError, RecursionError, ValueError):
        return {}
    return records if all(one.format <= FORMAT for one in records.values()) else {}


def _shown(body: _Body, number: int) -> str | None:
    """The version of that number, else the newest, as an opened article has it."""
    if not body.versions:
        return None
    version = next((one for one in body.versions if one.number == number), body.versions[-1])
    return "\n".join([block.text for block in version.blocks if block.kind != "title"])
