"""The derived file that makes the first list instant, and the quick reading of what it is made of.

It may be deleted at any time. Nothing in it is believed without a look at the segment it came
from: each segment's signature is kept beside the rows, and no two commits share a signature.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from store.model import Headline
from store.shelf.contents import FORMAT
from store.shelf.disk import (
    PREVIOUS,
    Signature,
    read_whole,
    replace_file,
    signature,
    signature_of,
)
from store.shelf.records import values_of
from store.shelf.segments import Kind, Segments, segment_of_file
from store.shelf.tallies import CHANGED, LABELLED, PAGE, READ, STARRED

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_COLUMNS_FORMAT: Final = 6
_FILE: Final = Path("derived") / "columns.msgpack"


class SavedColumns(msgspec.Struct):
    """What stands in the derived file; numbers as the machine has them."""

    format: int = _COLUMNS_FORMAT
    byteorder: str = sys.byteorder
    ids: bytes = b""
    feeds: bytes = b""
    homes: bytes = b""
    times: bytes = b""
    flags: bytes = b""
    order: bytes = b""
    titles: bytes = b""
    """One after the other, in UTF-8; ``title_ends`` tells where in it each ends."""
    title_ends: bytes = b""
    names: list[str] = []
    """Headline segments; ``homes`` counts in this list."""
    heads: dict[str, Signature] = {}
    claims: dict[str, tuple[Signature, bytes]] = {}
    """Segment → its signature, and article and number of claims by turns."""


class HeadRow(msgspec.Struct):
    """What a list needs of a headline's record."""

    id: int
    feed: int
    title: str
    seen: datetime
    published: datetime | None = None
    by_seen: bool = False
    read: bool = False
    starred: bool = False
    labels: tuple[str, ...] = ()
    shows_page: bool = False
    version: int = 1
    last_version: int = 0
    read_version: int = 0
    deleted: bool = False
    format: int = FORMAT

    @property
    def flags(self) -> int:
        """What else lists show of it, as bits."""
        changed = 0 < self.read_version < max(self.version, self.last_version)
        return (
            READ * self.read
            | STARRED * self.starred
            | LABELLED * bool(self.labels)
            | PAGE * self.shows_page
            | CHANGED * changed
        )

    @property
    def time(self) -> int:
        """What lists sort by, in microseconds since 1970."""
        if self.by_seen or self.published is None:
            return microseconds(self.seen)
        return microseconds(self.published)


class _Heads(msgspec.Struct):
    articles: dict[str, HeadRow] = {}


class _Target(msgspec.Struct):
    article: int


class _Marking(msgspec.Struct):
    review: str = "accepted"
    deleted: bool = False


class _ClaimRow(msgspec.Struct):
    target: _Target
    marking: _Marking
    format: int = FORMAT


class _CoverageRow(msgspec.Struct):
    article: int
    format: int = FORMAT


class _Claims(msgspec.Struct):
    claims: dict[str, _ClaimRow] = {}
    coverage: dict[str, _CoverageRow] = {}

    @property
    def readable(self) -> bool:
        """Whether there is something, and all of it of a format we know."""
        formats = [row.format for row in self.claims.values()]
        formats += [row.format for row in self.coverage.values()]
        return bool(formats) and max(formats) <= FORMAT


_decode_heads = msgspec.json.Decoder(_Heads).decode
_decode_claims = msgspec.json.Decoder(_Claims).decode


def microseconds(at: datetime) -> int:
    """Since 1970, exactly."""
    return (at - _EPOCH) // _MICROSECOND


def moment(time: int) -> datetime:
    """The inverse of ``microseconds``."""
    return _EPOCH + timedelta(microseconds=time)


def load_columns(folder: Path) -> SavedColumns:
    """The derived file's content; an empty one when it is lost, damaged or of another machine."""
    try:
        found = read_whole(folder / _FILE)
        if found is not None:
            saved = msgspec.msgpack.decode(found[0], type=SavedColumns)
            if _fits(saved):
                return saved
    except (OSError, msgspec.MsgspecError, RecursionError, ValueError):
        pass
    return SavedColumns()


def save_columns(folder: Path, saved: SavedColumns) -> bool:
    """Write the derived file; False when the disk refuses, which harms nothing."""
    try:
        replace_file(folder / _FILE, msgspec.msgpack.encode(saved), keep_previous=False)
    except OSError:
        return False
    return True


def stat_segments(folder: Path, kind: Kind) -> dict[str, Signature]:
    """Name and signature of every segment of a kind, some 3 us each.

    A segment that is gone counts with what is left, the generation before: reading it brings it
    back.
    """
    found: dict[str, Signature] = {}
    left: dict[str, Signature] = {}
    try:
        with os.scandir(folder / kind) as entries:
            for entry in entries:
                name = segment_of_file(kind, entry.name)
                if name is not None:
                    side = left if entry.name.endswith(PREVIOUS) else found
                    side[name] = signature_of(entry.stat())
    except FileNotFoundError:
        return {}
    return dict(sorted((left | found).items()))


def read_head_rows(segments: Segments, name: str) -> tuple[Signature | None, list[HeadRow]]:
    """The rows of a headline segment without tombstones; a damaged one is repaired on the way."""
    path = segments.path(name)
    found = read_whole(path)
    if found is not None:
        try:
            rows = list(_decode_heads(found[0]).articles.values())
        except (msgspec.MsgspecError, RecursionError):
            rows = []
        if rows and all(row.format <= FORMAT for row in rows):
            return found[1], [row for row in rows if not row.deleted]
    records = segments.open(name).table("articles").records()
    headlines = values_of(records, Headline, segments.custody, f"{name}.json")
    return signature(path), [
        HeadRow(
            id=one.id,
            feed=one.feed,
            title=one.title,
            seen=one.seen,
            published=one.published,
            by_seen=one.by_seen,
            read=one.read,
            starred=one.starred,
            labels=one.labels,
            shows_page=one.shows_page,
            version=one.version,
            last_version=one.last_version,
            read_version=one.read_version,
        )
        for one in headlines
        if not one.deleted
    ]


def count_claims(segments: Segments, name: str) -> tuple[Signature | None, dict[int, int]]:
    """How many claims a claim segment has on each article: no drafts, rejections, tombstones.

    An article that has only those, or a coverage record, counts 0: the segment is to be looked
    into for it.
    """
    path = segments.path(name)
    found = read_whole(path)
    if found is not None:
        try:
            held = _decode_claims(found[0])
        except (msgspec.MsgspecError, RecursionError):
            held = _Claims()
        if held.readable:
            return found[1], _counted(held.claims.values(), held.coverage.values())
    file = f"{name}.json"
    tables = segments.open(name)
    claims = values_of(tables.table("claims").records(), _ClaimRow, segments.custody, file)
    coverage = values_of(tables.table("coverage").records(), _CoverageRow, segments.custody, file)
    return signature(path), _counted(claims, coverage)


def _counted(claims: Iterable[_ClaimRow], coverage: Iterable[_CoverageRow]) -> dict[int, int]:
    counted = dict.fromkeys((one.article for one in coverage), 0)
    for claim in claims:
        article = claim.target.article
        counted[article] = counted.get(article, 0) + _counts(claim.marking)
    return counted


def _counts(marking: _Marking) -> bool:
    return marking.review in {"accepted", "adjudicated"} and not marking.deleted


def _fits(saved: SavedColumns) -> bool:
    wide, narrow = array("q").itemsize, array("i").itemsize
    count = len(saved.flags)
    return (
        saved.format == _COLUMNS_FORMAT
        and saved.byteorder == sys.byteorder
        and len(saved.ids) == len(saved.times) == count * wide
        and len(saved.feeds) == len(saved.homes) == len(saved.title_ends) == count * narrow
        and array("i", saved.title_ends[-narrow:] or bytes(narrow))[0] == len(saved.titles)
        and len(saved.order) <= count * narrow
        and saved.heads.keys() <= set(saved.names)
        and all(len(pairs) % (2 * wide) == 0 for _, pairs in saved.claims.values())
    )
