"""Who is fetching which feed: no feed is asked by two processes at once."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from store.shelf.records import record_of, values_of
from store.shelf.segments import LEASES, Segments

_CLOCK_SLACK: Final = timedelta(minutes=1)


class _Lease(msgspec.Struct, frozen=True, kw_only=True):
    feed: int
    holder: str
    host: str
    process: int
    taken: datetime
    until: datetime


class Leases:
    """Feeds taken for a while, by one holder a process."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody
        self._holder = secrets.token_hex(8)
        self._has_leased = False

    def lease(self, feed: int, seconds: float) -> bool:
        """Take the feed for that long; False while another holder has it and is alive."""
        return feed in self.lease_some([feed], seconds)

    def lease_some(self, feeds: Collection[int], seconds: float) -> frozenset[int]:
        """The same for several in one write; which of them are ours now."""
        with self._custody.writing():
            table = self._segments.open(LEASES).table("leases")
            now = datetime.now(UTC)
            records = table.records()
            # Those of others that ended without giving them back are looked for once.
            asked = records if not self._has_leased else {str(feed) for feed in feeds}
            looked_at = {key: records[key] for key in asked if key in records}
            leases = values_of(looked_at, _Lease, self._custody, "leases.json")
            live = [one for one in leases if one.holder == self._holder or _is_live(one, now)]
            taken = {one.feed for one in live if one.holder != self._holder}
            ours = frozenset(feeds) - taken
            lease = _Lease(
                feed=0,
                holder=self._holder,
                host=socket.gethostname(),
                process=os.getpid(),
                taken=now,
                until=now + timedelta(seconds=seconds),
            )
            mine = {feed: record_of(msgspec.structs.replace(lease, feed=feed)) for feed in ours}
            stale = {one.feed for one in leases} - {one.feed for one in live}
            if mine or stale:
                table.put(mine, without=stale - ours)
            self._has_leased = True
            return ours

    def release(self, feeds: Collection[int]) -> None:
        """Give those of the feeds back that are ours."""
        if not feeds:
            return
        with self._custody.writing():
            table = self._segments.open(LEASES).table("leases")
            held = {feed: table.record(feed) or {} for feed in feeds}
            ours = [feed for feed, lease in held.items() if lease.get("holder") == self._holder]
            if ours:
                table.put({}, without=ours)


def _is_live(lease: _Lease, now: datetime) -> bool:
    """Within its time, by a clock that was not set back, and of a process that still runs."""
    if not lease.taken - _CLOCK_SLACK <= now < lease.until:
        return False
    if lease.host != socket.gethostname() or sys.platform == "win32":
        return True
    try:
        os.kill(lease.process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
