"""The headlines of a desk as columns, which follow its files; what lists ask of them is above."""

from __future__ import annotations

import threading
from array import array
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from itertools import compress

from store.shelf.claim_counts import ClaimCounts
from store.shelf.column_file import (
    HeadRow,
    SavedColumns,
    read_head_rows,
    save_columns,
    stat_segments,
)
from store.shelf.disk import Signature, signature
from store.shelf.errors import not_read
from store.shelf.segments import FETCH, INTERESTS, SUBSCRIPTIONS, Kind, Segments
from store.shelf.shown import Shown, newest_first
from store.shelf.subscriptions import Subscriptions
from store.shelf.tallies import GONE, IS_PRESENT, LABELLED, STARRED, Tallies
from store.shelf.titles import Titles

_BESIDE = frozenset({SUBSCRIPTIONS, FETCH, INTERESTS})
"""What is shown beside the headlines: names and folders of feeds, how they fare, views."""


class Gathered:
    """The columns, and how they follow the files; row numbers stay good for its life."""

    def __init__(
        self, segments: Segments, subscriptions: Subscriptions, saved: SavedColumns
    ) -> None:
        self._segments = segments
        self._subscriptions = subscriptions
        self._guard = threading.RLock()
        self._seen = -1
        self.changes = 0
        """Grows whenever something to be shown turns out to be otherwise on disk."""
        self._stale = 0
        self._ids = array("q", saved.ids)
        self._feeds = array("i", saved.feeds)
        self._homes = array("i", saved.homes)
        """Of each row, the position of its segment in ``_names``."""
        self._times = array("q", saved.times)
        self._flags = bytearray(saved.flags)
        self._titles = Titles.of_saved(saved.titles, saved.title_ends)
        self._heads = dict(saved.heads)
        self._names = saved.names
        self._ordinals = {name: position for position, name in enumerate(saved.names)}
        self._index: dict[int, int] | None = None
        self._claims = ClaimCounts(segments, saved.claims)
        self._sorted: list[int] = array("i", saved.order).tolist()
        self._added: list[int] = []
        self._displaced = False
        """Whether rows have other times than before, or came back."""
        self._shown = Shown([], self._feeds)
        """Nothing, until the subscriptions were looked at."""
        self._has_ended = False
        """Whether there are headlines of feeds to which nobody subscribes any more."""
        self._outlived: set[int] = set()
        """Rows that are shown though nobody subscribes to their feed any more."""
        self._tallies: Tallies | None = None
        self._subscribed: frozenset[int] = frozenset()

    @cached_property
    def _sizes(self) -> Counter[int]:
        """How many rows each segment has; counted when one of them is read anew."""
        return Counter(compress(self._homes, self._flags.translate(IS_PRESENT)))

    @property
    def generation(self) -> int:
        """Up to which generation of the desk these are."""
        return self._seen

    def index(self, article: int) -> int | None:
        """The row of an article; None when no list can show it."""
        row = self._rows_by_id().get(article)
        return row if row is not None and self._is_shown(row) else None

    def _is_shown(self, i: int) -> bool:
        if self._flags[i] & GONE:
            return False
        return self._feeds[i] in self._subscribed or i in self._outlived

    def segment_of(self, article: int) -> str | None:
        """The segment that held the headline at the last look."""
        row = self._rows_by_id().get(article)
        return None if row is None else self._names[self._homes[row]]

    def telling_of(self, article: int, segments: Iterable[str]) -> list[str]:
        """Which of these segments of claims are to be looked into for an article."""
        bulletin = self._segments.custody.generation.read()
        return self._claims.telling_of(article, segments, bulletin.named_after(self._seen))

    def refresh(self) -> bool:
        """Take in what any process committed since; True when something to be shown changed.

        Costs one read of a small file when nothing did. Raises ShelfError.
        """
        with self._guard:
            bulletin = self._segments.custody.generation.read()
            if bulletin.generation == self._seen and not bulletin.open:
                return False
            try:
                changed = self._take_in(bulletin.named_after(self._seen))
            except OSError as error:
                raise not_read(error, self._segments.custody.folder) from error
            self._seen = bulletin.settled
            return changed

    def save(self) -> None:
        """Write the derived file if it is out of date; a failure costs time, nothing else."""
        with self._guard:
            if not self._stale or self._segments.custody.read_only:
                return
            titles, title_ends = self._titles.saved()
            saved = SavedColumns(
                ids=self._ids.tobytes(),
                feeds=self._feeds.tobytes(),
                homes=self._homes.tobytes(),
                times=self._times.tobytes(),
                flags=bytes(self._flags),
                order=array("i", self._sorted).tobytes(),
                titles=titles,
                title_ends=title_ends,
                names=self._names,
                heads=self._heads_as_on_disk(),
                claims=self._claims.saved(),
            )
            if save_columns(self._segments.custody.folder, saved):
                self._stale = 0

    def _heads_as_on_disk(self) -> dict[str, Signature]:
        """The segments whose rows are shown as they are there, each as it was read."""
        return self._heads

    def _shown_flags(self, row: HeadRow) -> int:
        """What is shown of a row that is so on disk."""
        return row.flags

    def _take_in(self, names: frozenset[str] | None) -> bool:
        """Look at the named segments, or at all, and read those that are not as they were."""
        changed = names is not None and not names.isdisjoint(_BESIDE)
        if names is None or SUBSCRIPTIONS in names:
            changed |= self._take_subscriptions()
        moved = False
        for name, state in self._out_of_date("heads", self._heads, names):
            moved |= self._take_heads(name, state)
            changed = True
        for name, state in self._out_of_date("claims", self._claims.segments, names):
            self._claims.take(name, state)
            self.changes += 1
            changed = True
        if moved:
            self._sort()
        elif changed and self._has_ended:
            self._choose_shown()
        return changed

    def _out_of_date(
        self, kind: Kind, known: dict[str, Signature], names: frozenset[str] | None
    ) -> list[tuple[str, Signature | None]]:
        found: dict[str, Signature | None]
        if names is None:
            found = {**dict.fromkeys(known), **stat_segments(self._segments.custody.folder, kind)}
        else:
            mine = sorted(name for name in names if name.startswith(f"{kind}/"))
            found = {name: signature(self._segments.path(name)) for name in mine}
        stale = [(name, state) for name, state in found.items() if known.get(name) != state]
        self._stale += len(stale)
        return stale

    def _take_subscriptions(self) -> bool:
        subscribed = frozenset(feed.number for feed in self._subscriptions.feeds())
        if subscribed == self._subscribed and self._seen >= 0:
            return False
        self._subscribed = subscribed
        self._choose_shown()
        self.changes += 1
        return True

    def _take_heads(self, name: str, state: Signature | None) -> bool:
        """Read a segment; True when rows came, went or changed their place in the order."""
        _ = self._sizes  # counted before anything is added
        rows: list[HeadRow] = []
        if state is not None:
            state, rows = read_head_rows(self._segments, name)
        self._heads.pop(name, None)
        if state is not None:
            self._heads[name] = state
        if name not in self._ordinals:
            self._ordinals[name] = len(self._names)
            self._names.append(name)
        ordinal = self._ordinals[name]
        moved = False
        for row in rows:
            moved |= self._take_row(row, ordinal)
        return self._drop_missing(ordinal, {row.id for row in rows}) or moved

    def _take_row(self, row: HeadRow, ordinal: int) -> bool:
        flags, time = self._shown_flags(row), row.time
        index = self._rows_by_id()
        i = index.get(row.id)
        self.changes += i is None or not self._is_as_in(i, row, flags)
        if i is None:
            i = index[row.id] = len(self._ids)
            if self._tallies is not None:
                self._tallies.change(row.feed, GONE, flags)
            self._titles.append(row.title)
            self._feeds.append(row.feed)
            self._homes.append(ordinal)
            self._times.append(time)
            self._flags.append(flags)
            self._ids.append(row.id)
            self._sizes[ordinal] += 1
            self._added.append(i)
            return True
        moved = self._times[i] != time
        self._displaced |= moved
        if self._tallies is not None:
            self._tallies.change(row.feed, self._flags[i], flags)
        if self._flags[i] & GONE:
            self._added.append(i)
            self._sizes[ordinal] += 1
            self._displaced = moved = True
        elif self._homes[i] != ordinal:
            self._sizes[self._homes[i]] -= 1
            self._sizes[ordinal] += 1
        self._titles[i], self._feeds[i], self._homes[i] = row.title, row.feed, ordinal
        self._times[i], self._flags[i] = time, flags
        return moved

    def _is_as_in(self, i: int, row: HeadRow, flags: int) -> bool:
        was = (self._flags[i], self._times[i], self._feeds[i], self._titles[i])
        return was == (flags, row.time, row.feed, row.title)

    def _drop_missing(self, ordinal: int, present: set[int]) -> bool:
        """Mark the rows that the segment no longer has, as after the repair of a damaged one."""
        if self._sizes[ordinal] == len(present):
            return False
        for i, home in enumerate(self._homes):
            if home == ordinal and self._ids[i] not in present:
                if self._tallies is not None:
                    self._tallies.change(self._feeds[i], self._flags[i], GONE)
                self._flags[i] = GONE
        self._sizes[ordinal] = len(present)
        self.changes += 1
        return True

    def _sort(self) -> None:
        order = [i for i in self._sorted if not self._flags[i] & GONE] + self._added
        self._added = []
        if self._displaced:
            self._sorted, self._displaced = newest_first(order, self._times), False
        else:  # the same, quicker: a sort is stable, and what was added has the last numbers
            order.sort(key=self._times.__getitem__, reverse=True)
            self._sorted = order
        self._choose_shown()

    def _choose_shown(self) -> None:
        feeds, subscribed, rows = self._feeds, self._subscribed, self._sorted
        self._has_ended = not set(feeds) <= subscribed
        if self._has_ended:
            # What was seen once stays in its lists also when its star is taken away.
            ended = (i for i in rows if feeds[i] not in subscribed)
            self._outlived = {i for i in ended if i in self._outlived or self._outlives(i)}
            rows = [i for i in rows if feeds[i] in subscribed or i in self._outlived]
        else:
            self._outlived = set()
        self._shown = Shown(rows, feeds)

    def _outlives(self, i: int) -> bool:
        """Whether an article is kept in the lists when its feed is unsubscribed from."""
        return bool(self._flags[i] & (STARRED | LABELLED) or self._claims.on(self._ids[i]))

    def _rows_by_id(self) -> dict[int, int]:
        if self._index is None:
            with self._guard:
                self._index = {article: i for i, article in enumerate(self._ids)}
        return self._index
