"""How many headlines each feed has and how many are unread, kept right change by change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import compress

READ = 1
STARRED = 2
GONE = 4
LABELLED = 8
PAGE = 16
CHANGED = 32
"""Bits of what the columns know of a headline."""
IS_PRESENT = bytes(not flags & GONE for flags in range(256))
IS_UNREAD = bytes(not flags & (GONE | READ) for flags in range(256))
IS_STARRED = bytes(not flags & GONE and bool(flags & STARRED) for flags in range(256))
"""For ``bytes.translate``: 1 where it is so, 0 where it is not."""


class Tallies:
    """Counts of all feeds whose headlines are known, also of those that are not listed."""

    def __init__(self, feeds: Sequence[int], flags: bytes | bytearray) -> None:
        self.present = Counter(compress(feeds, flags.translate(IS_PRESENT)))
        self.unread = Counter(compress(feeds, flags.translate(IS_UNREAD)))

    def change(self, feed: int, before: int, after: int) -> None:
        """Count a headline that is another now; new ones were gone before."""
        if before != after:
            self.present[feed] += IS_PRESENT[after] - IS_PRESENT[before]
            self.unread[feed] += IS_UNREAD[after] - IS_UNREAD[before]
