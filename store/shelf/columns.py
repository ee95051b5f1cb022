"""The headlines of a whole desk as columns: a hundred thousand rows without an object for each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import compress
from typing import Final, Self

from store.model import HeadlineRow
from store.shelf.column_file import (
    load_columns,
    microseconds,
    moment,
)
from store.shelf.marked import Marked
from store.shelf.rows import Rows
from store.shelf.segments import Segments
from store.shelf.subscriptions import Subscriptions
from store.shelf.tallies import (
    CHANGED,
    GONE,
    IS_PRESENT,
    IS_STARRED,
    IS_UNREAD,
    PAGE,
    READ,
    STARRED,
    Tallies,
)

__all__ = ["Columns", "Rows"]

_STALE_SEGMENTS: Final = 32
"""From so many on it costs more to read them again next time than to save the columns now."""


class Columns(Marked):
    """What lists show, sorted newest first. Row numbers stay good for the life of the object.

    One thread may refresh while others read.
    """

    @classmethod
    def open(cls, segments: Segments, subscriptions: Subscriptions) -> Self:
        """The columns as of now: from the derived file, where its segments did not change."""
        columns = cls(segments, subscriptions, load_columns(segments.custody.folder))
        columns.refresh()
        if columns._stale >= _STALE_SEGMENTS:
            columns.save()
        return columns

    def __len__(self) -> int:
        """How many headlines lists can show."""
        return len(self._shown.rows)

    @property
    def ids(self) -> Sequence[int]:
        """The article of each row number, also of rows that are shown nowhere."""
        return self._ids

    @property
    def times(self) -> Sequence[int]:
        """By which time each row number sorts, in microseconds since 1970."""
        return self._times

    @property
    def feeds(self) -> Sequence[int]:
        """The feed of each row number."""
        return self._feeds

    def is_read(self, i: int) -> bool:
        """Whether the article of a row was read."""
        return bool(self._flags[i] & READ)

    def is_starred(self, i: int) -> bool:
        """Whether it has a star."""
        return bool(self._flags[i] & STARRED)

    @property
    def titles(self) -> Sequence[str]:
        """The title of each row number."""
        return self._titles

    @property
    def feed_numbers(self) -> Sequence[int]:
        """The feed of each row number."""
        return self._feeds

    def has_claims(self, i: int) -> bool:
        """Whether there are claims on it."""
        return bool(self._claims.on(self._ids[i]))

    def row(self, i: int) -> HeadlineRow:
        """One row, made now."""
        flags = self._flags[i]
        article = self._ids[i]
        return HeadlineRow(
            id=article,
            feed=self._feeds[i],
            title=self._titles[i],
            at=moment(self._times[i]),
            read=bool(flags & READ),
            starred=bool(flags & STARRED),
            claims=self._claims.on(article),
            full_text=bool(flags & PAGE),
            changed=bool(flags & CHANGED),
        )

    def rows_of(self, articles: Iterable[int]) -> list[int]:
        """The rows of articles, in their order, without those that no list can show."""
        return self.shown_among(self.known_rows(articles))

    def known_rows(self, articles: Iterable[int]) -> list[int]:
        """The rows of articles, in their order, those that no list can show now among them."""
        return [row for row in map(self._rows_by_id().get, articles) if row is not None]

    def shown_among(self, rows: Iterable[int]) -> list[int]:
        """Those of these rows that lists can show; a hundred thousand in some 10 ms."""
        flags, feeds = self._flags, self._feeds
        subscribed, outlived = self._subscribed, self._outlived
        return [
            i for i in rows if not flags[i] & GONE and (feeds[i] in subscribed or i in outlived)
        ]

    def facts(self, i: int) -> tuple[int, bool, int]:
        """Of a row: when, in microseconds since 1970, whether it has a star, how many claims."""
        return self._times[i], bool(self._flags[i] & STARRED), self._claims.on(self._ids[i])

    def order(
        self,
        *,
        feed: int | None = None,
        feeds: frozenset[int] | None = None,
        unread: bool = False,
        starred: bool = False,
        claims: bool = False,
        since: datetime | None = None,
        among: Collection[int] | None = None,
        keeping: Collection[int] = frozenset(),
    ) -> list[int]:
        """Row numbers, newest first, of the headlines that meet every condition given.

        ``among`` are the row numbers that come into question; none given: all. Those in
        ``keeping`` need be neither unread nor starred nor claimed.
        """
        if feed is not None and feeds is not None:
            feeds &= {feed}
        elif feed is not None:
            feeds = frozenset({feed})
        rows = self._shown.rows if feeds is None else self._shown.of(feeds)
        if since is not None:
            times = self._times
            rows = rows[: bisect_right(rows, -microseconds(since), key=lambda i: -times[i])]
        if unread:
            rows = self._which(rows, IS_UNREAD, keeping)
        if starred:
            rows = self._which(rows, IS_STARRED, keeping)
        if claims:
            rows = [i for i in rows if self._claims.on(self._ids[i]) or i in keeping]
        if among is not None:
            found = among if isinstance(among, (set, frozenset)) else frozenset(among)
            rows = [i for i in rows if i in found]
        return list(rows)

    def _which(self, rows: Sequence[int], table: bytes, keeping: Iterable[int] = ()) -> list[int]:
        """Those whose flags are so, or that are kept; a hundred thousand in some 3 ms."""
        are_so = self._flags.translate(table)
        for i in keeping:
            are_so[i] = 1
        return [i for i in rows if are_so[i]]

    def unread(self, rows: Sequence[int]) -> list[int]:
        """Those of these rows that are unread, in their order."""
        return self._which(rows, IS_UNREAD)

    def articles(self, rows: Iterable[int]) -> list[tuple[int, int]]:
        """Feed and article of rows."""
        feeds, ids = self._feeds, self._ids
        return [(feeds[i], ids[i]) for i in rows]

    def unread_among(self, rows: Iterable[int]) -> int:
        """How many of these rows are unread, among those that lists can show."""
        flags = self._flags
        return sum(not flags[i] & READ and self._is_shown(i) for i in rows)

    def counts(self) -> dict[int, tuple[int, int]]:
        """Of each feed that has headlines to show: how many are unread, and how many in all."""
        if self._tallies is None:
            with self._guard:
                self._tallies = Tallies(self._feeds, self._flags)
        unread, present = self._tallies.unread, self._tallies.present
        found = {feed: (unread[feed], present[feed]) for feed in self._subscribed if present[feed]}
        for i in tuple(self._outlived):
            were, of = found.get(self._feeds[i], (0, 0))
            found[self._feeds[i]] = (were + (not self._flags[i] & READ), of + 1)
        return found

    def starred(self) -> int:
        """How many headlines have a star."""
        return self._flags.translate(IS_STARRED).count(1)

    def claimed(self) -> int:
        """How many headlines have claims."""
        claimed = self._claims.articles()
        if (
            claimed and self._index is None
        ):  # to index all rows takes longer than to look at them once
            return len(claimed.intersection(compress(self._ids, self._flags.translate(IS_PRESENT))))
        return sum(self.index(article) is not None for article in claimed)

    def newest(self) -> dict[int, datetime]:
        """By which time the newest headline of each feed sorts."""
        feeds, times = self._feeds, self._times
        found = {feeds[i]: times[i] for i in reversed(self._shown.rows)}
        return {feed: moment(time) for feed, time in found.items()}

    def outliving(self, feeds: frozenset[int]) -> int:
        """How many headlines of these feeds stay in the lists when they are unsubscribed from."""
        return sum(map(self._outlives, self._shown.of(feeds)))
