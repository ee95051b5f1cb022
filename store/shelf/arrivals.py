"""Which articles came in since rules looked at what came in, remembered feed by feed.

A feed's articles are seen one after the other (``store.feeds.merge``), so the last moment tells
which are new; the state of its newest file tells that there are none without reading it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from store.model import Headline, Value
from store.shelf.contents import Record
from store.shelf.disk import signature
from store.shelf.known import is_tombstone
from store.shelf.records import record_of, value_of, values_of
from store.shelf.segments import ARRIVALS, Segments
from store.shelf.storage import SegmentTable

_EVERY_FEED = 0
"""The record of when rules began; it counts for a feed that has none of its own."""
_TABLE = "passed"
_FILE = f"{ARRIVALS}.json"


class Passed(Value, frozen=True, kw_only=True):
    """Up to where rules have been in a feed."""

    feed: int
    seen: datetime
    """When the newest article that they saw came in."""
    state: str = ""
    """Of the newest file of its headlines, and how many files there are."""


class Arrivals:
    """New articles, each once."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments

    def begin(self, now: datetime) -> None:
        """Count what comes in from now on, and nothing that is there."""
        table = self._table()
        gone = [int(key) for key in table.records()]
        table.put({_EVERY_FEED: record_of(Passed(feed=_EVERY_FEED, seen=now))}, without=gone)

    @property
    def has_begun(self) -> bool:
        """Whether anything is counted yet."""
        return self._table().record(_EVERY_FEED) is not None

    def new(self, feeds: Iterable[int]) -> tuple[list[Headline], list[Passed]]:
        """What came into these feeds, and what to remember once it was dealt with.

        Raises ShelfError.
        """
        known = self._known()
        begun = known.get(_EVERY_FEED)
        if begun is None:
            return [], []
        found: list[Headline] = []
        passed: list[Passed] = []
        for feed in feeds:
            before = known.get(feed) or Passed(feed=feed, seen=begun.seen)
            names = self._segments.names("heads", feed)
            state = self._state(names)
            if state == before.state:
                continue
            came = list(self._came(names, before.seen))
            found += (one for one in came if not (one.deleted or one.ruled))
            newest = max((one.seen for one in came), default=before.seen)
            passed.append(Passed(feed=feed, seen=newest, state=state))
        return found, passed

    def remember(self, passed: Iterable[Passed]) -> None:
        """Give these no more, in one write. Raises ShelfError."""
        records = {one.feed: record_of(one) for one in passed}
        if records:
            self._table().put(records)

    def _table(self) -> SegmentTable:
        return self._segments.open(ARRIVALS).table(_TABLE)

    def _known(self) -> Mapping[int, Passed]:
        custody = self._segments.custody
        return {one.feed: one for one in values_of(self._table().records(), Passed, custody, _FILE)}

    def _came(self, names: list[str], after: datetime) -> Iterator[Headline]:
        """From the newest file back to one that holds nothing new."""
        for name in reversed(names):
            records = self._segments.open(name).table("articles").records()
            headlines = [one for record in records.values() if (one := self._read(record, name))]
            came = [one for one in headlines if one.seen > after]
            if not came:
                return
            yield from came

    def _read(self, record: Record, name: str) -> Headline | None:
        if is_tombstone(record):
            return None
        return value_of(record, Headline, self._segments.custody, f"{name}.json")

    def _state(self, names: list[str]) -> str:
        if not names:
            return ""
        now = signature(self._segments.path(names[-1]))
        return "" if now is None else " ".join(map(str, (len(names), *now)))
