"""The texts of articles, in segments that are read when one is opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack, suppress
from typing import Final, NamedTuple

import msgspec

from store.model import ArticleWrite, TextVersion
from store.shelf.contents import Record, size_of
from store.shelf.disk import forget_previous
from store.shelf.records import record_of, value_of
from store.shelf.segments import Segments, segment_name
from store.shelf.storage import SegmentTable

BODIES_PER_SEGMENT: Final = 64
BYTES_PER_SEGMENT: Final = 1_000_000
FEED_VERSIONS_KEPT: Final = 4
"""Texts that came by the feed, newest first, beside those that claims were made on.

A page that a person fetched is always kept.
"""


class _Body(msgspec.Struct, frozen=True):
    versions: tuple[TextVersion, ...] = ()


class Placed(NamedTuple):
    """Texts that are to be saved."""

    homes: dict[int, int]
    """In which segment the texts of each article lie then."""
    fresh: dict[int, dict[int, Record]]
    """What is new in each segment."""
    gone: dict[int, list[int]]
    """What leaves it: texts that lie elsewhere now, or whose article was deleted."""


class Bodies:
    """Finds room for texts, and reads them."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments

    def versions(self, feed: int, article: int, number: int | None) -> tuple[TextVersion, ...]:
        """The texts of an article whose headline names that segment, newest last."""
        if number is None:
            return ()
        name = segment_name("bodies", feed, number)
        record = self._segments.open(name).table("bodies").record(article)
        return self._body(feed, number, record).versions

    def place(
        self,
        feed: int,
        writes: Mapping[int, ArticleWrite],
        home_of: Callable[[int], int | None],
        *,
        is_deleted: Callable[[int], bool],
        quoted: Callable[[int], Collection[int]],
    ) -> Placed:
        """Find room for new texts; nothing is written yet.

        ``quoted`` tells which versions of an article claims were made on.
        """
        rooms = _Rooms(self._segments, feed)
        homes: dict[int, int] = {}
        fresh: dict[int, dict[int, Record]] = {}
        for article, write in writes.items():
            home = home_of(article)
            before = None if home is None else rooms.record(home, article)
            present = self._body(feed, home, before)
            body = _with_version(present, write, quoted)
            if home is not None and body == present:
                homes[article] = home
                continue
            record = record_of(body)
            homes[article] = rooms.find(home, before, record)
            fresh.setdefault(homes[article], {})[article] = record
        # Texts whose headline was lost stay: it may be found again.
        gone = {
            number: [
                article
                for article in map(int, rooms.table(number).records())
                if homes.get(article, home_of(article)) not in {number, None} or is_deleted(article)
            ]
            for number in fresh
        }
        return Placed(homes, fresh, gone)

    def write(self, feed: int, placed: Placed) -> None:
        """Save the texts that room was found for, one write a segment."""
        for number, records in placed.fresh.items():
            self._table(feed, number).put(records, without=placed.gone[number])

    def write_ahead(self, feed: int, placed: Placed, ahead: ExitStack) -> None:
        """Do of that what needs no lock; what is not put in place is gone with ``ahead``."""
        for number, records in placed.fresh.items():
            table = self._table(feed, number)
            ahead.enter_context(table.put_ahead(records, without=placed.gone[number]))

    def _table(self, feed: int, number: int) -> SegmentTable:
        return self._segments.open(segment_name("bodies", feed, number)).table("bodies")

    def restore(self, feed: int, texts: Mapping[int, tuple[TextVersion, ...]]) -> dict[int, int]:
        """Save all texts of articles that have none, and tell in which segment each lies now."""
        rooms = _Rooms(self._segments, feed)
        homes: dict[int, int] = {}
        by_segment: dict[int, dict[int, Record]] = {}
        for article, versions in texts.items():
            record = record_of(_Body(versions))
            homes[article] = rooms.find(None, None, record)
            by_segment.setdefault(homes[article], {})[article] = record
        for number, records in by_segment.items():
            rooms.table(number).put(records)
        return homes

    def drop(self, feed: int, homes: Mapping[int, int | None], *, for_good: bool = False) -> None:
        """Let go of the texts of articles, which lie in those segments; one write a segment.

        ``for_good``: not even the generation before keeps them.
        """
        by_segment: dict[int, list[int]] = {}
        for article, number in homes.items():
            if number is not None:
                by_segment.setdefault(number, []).append(article)
        for number, articles in by_segment.items():
            table = self._segments.open(segment_name("bodies", feed, number)).table("bodies")
            if any(table.record(article) is not None for article in articles):
                table.put({}, without=articles)
                if for_good:
                    with suppress(OSError):  # the next write of the segment does it
                        forget_previous(self._segments.path(segment_name("bodies", feed, number)))

    def _body(self, feed: int, number: int | None, record: Record | None) -> _Body:
        if number is None or record is None:
            return _Body()
        file = f"{segment_name('bodies', feed, number)}.json"
        return value_of(record, _Body, self._segments.custody, file) or _Body()


class _Rooms:
    """How full the body segments of one feed are, with what is about to be written."""

    def __init__(self, segments: Segments, feed: int) -> None:
        self._segments = segments
        self._feed = feed
        self._last = max(len(segments.names("bodies", feed)) - 1, 0)
        self._fill: dict[int, tuple[int, int]] = {}

    def table(self, number: int) -> SegmentTable:
        """The table of bodies in that segment."""
        return self._segments.open(segment_name("bodies", self._feed, number)).table("bodies")

    def record(self, number: int, article: int) -> Record | None:
        """What is stored of the article there."""
        return self.table(number).record(article)

    def find(self, home: int | None, before: Record | None, record: Record) -> int:
        """A segment for the record: where it was, if it fits there, else the last one."""
        size = size_of(record)
        if home is not None and before is not None:
            count, used = self._filled(home)
            used -= size_of(before)
            if used + size <= BYTES_PER_SEGMENT or count == 1:
                self._fill[home] = (count, used + size)
                return home
        count, used = self._filled(self._last)
        if count and (count >= BODIES_PER_SEGMENT or used + size > BYTES_PER_SEGMENT):
            self._last += 1
            count, used = self._filled(self._last)
        self._fill[self._last] = (count + 1, used + size)
        return self._last

    def _filled(self, number: int) -> tuple[int, int]:
        if number not in self._fill:
            segment = self._segments.open(segment_name("bodies", self._feed, number))
            count = len(segment.table("bodies").records())
            self._fill[number] = (count, segment.file.size)
        return self._fill[number]


def _with_version(
    before: _Body, write: ArticleWrite, quoted: Callable[[int], Collection[int]]
) -> _Body:
    if not before.versions:
        return _Body((write.version,))
    others = (one for one in before.versions if one.number != write.version.number)
    versions = sorted((*others, write.version), key=lambda one: one.number)
    by_feed = [one.number for one in versions if one.source == "feed"]
    dropped = set(by_feed[:-FEED_VERSIONS_KEPT]) - {write.headline.version}
    if dropped:
        dropped -= set(quoted(write.headline.id))
    return _Body(tuple(one for one in versions if one.number not in dropped))
