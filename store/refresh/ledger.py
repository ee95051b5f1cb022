"""What a run takes from the shelf and leaves there: leases, what became of fetches, articles."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from msgspec.structs import replace

from store.model import Account, Feed, FetchState, Value
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf

LEASE = 120.0
"""Seconds for which a feed is ours; renewed while it is in work, over soon when we are stopped."""
FLUSH = 2.0
"""Seconds after which what came of a fetch is on disk."""

BREATH = 0.004
"""Seconds between the articles of two feeds, in which a key's claim finds the desk unlocked."""

P = ParamSpec("P")
T = TypeVar("T")


class Lease(Value, frozen=True, kw_only=True):
    """A feed that is ours to be asked, as it stands on the shelf now."""

    feed: Feed
    state: FetchState
    account: Account | None = None


class Ledger:
    """The shelf of one run. All its calls are made in one thread, one after the other."""

    def __init__(self, shelf: Shelf, *, since: datetime | None = None) -> None:
        """``since`` is when the feeds were chosen, now if not said; see ``lease``."""
        self.broken: ShelfError | None = None
        """Why nothing more can be stored, if that is so."""
        self.shelf = shelf
        self._chosen_at = since or datetime.now(UTC)
        self._guard = threading.Lock()
        self._unkept: dict[int, FetchState] = {}
        self._unnamed: dict[int, Feed] = {}
        self._wanted: list[int] = []
        self._taking: asyncio.Future[dict[int, Lease | None]]
        """What becomes of those that are wanted; set by the first of them."""
        self._leased: dict[int, float] = {}
        """Feeds in work, and when they were leased, by the monotonic clock."""
        self._returned: list[int] = []
        """Feeds to be given back once what became of them is kept."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="shelf")

    async def call(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call in the shelf's thread; who is cancelled meanwhile does not cut the call short."""
        return await asyncio.wrap_future(self._thread.submit(call, *args, **kwargs))

    async def store(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for a large write: afterwards others that wait for the shelf get it first."""

        def stored() -> T:
            try:
                return call(*args, **kwargs)
            finally:
                time.sleep(BREATH)

        return await self.call(stored)

    async def lease(self, feed: Feed) -> Lease | None:
        """Take the feed; None if another process asks it just now, or it was unsubscribed."""
        with self._guard:
            self._wanted.append(feed.number)
            if len(self._wanted) == 1:
                # Who comes before the shelf is free goes along: one write for all of them.
                self._taking = asyncio.wrap_future(self._thread.submit(self._leases))
                # All may be cancelled meanwhile, and then none of them hears of its failure.
                self._taking.add_done_callback(lambda done: done.cancelled() or done.exception())
            taking = self._taking
        # Who is cancelled meanwhile takes it from nobody else.
        return (await asyncio.shield(taking))[feed.number]

    def note(self, state: FetchState) -> None:
        """Keep this with the next write."""
        with self._guard:
            self._unkept[state.feed] = state

    def rename(self, feed: Feed) -> None:
        """Keep the title and the site of this with the next write."""
        with self._guard:
            self._unnamed[feed.number] = feed

    def give_back(self, feed: int) -> None:
        """Let others have the feed, after that write."""
        with self._guard:
            if self._leased.pop(feed, None) is not None:
                self._returned.append(feed)

    def check(self) -> None:
        """Raises ShelfError if nothing more can be stored."""
        if self.broken is not None:
            raise self.broken

    async def keep(self) -> None:
        """Write what came of the fetches since the last time."""
        await self.call(self._keep)

    async def keep_regularly(self) -> None:
        """Write it every few seconds, until cancelled or the shelf refuses."""
        try:
            while True:
                await asyncio.sleep(FLUSH)
                await self.call(self._keep)
                await self.call(self._renew)
        except ShelfError as error:
            self.broken = error

    def close(self) -> None:
        """Finish what was begun on the shelf, whatever ended the run."""
        with suppress(ShelfError):
            self._thread.submit(self._end).result()
        self._thread.shutdown()

    def _leases(self) -> dict[int, Lease | None]:
        with self._guard:
            wanted, self._wanted = self._wanted, []
        ours = self.shelf.lease_some(wanted, LEASE)
        with self._guard:
            self._leased.update(dict.fromkeys(ours, time.monotonic()))
        return {number: self._lease(number) if number in ours else None for number in wanted}

    def _lease(self, number: int) -> Lease | None:
        feed = self.shelf.feed(number)
        state = self.shelf.fetch_state(number) or FetchState(feed=number)
        if feed is None or self._was_asked_meanwhile(state):
            return None
        return Lease(feed=feed, state=state, account=self.shelf.account(number))

    def _was_asked_meanwhile(self, state: FetchState) -> bool:
        """Whether another process fetched it while it waited for its turn here."""
        return state.tried is not None and self._chosen_at < state.tried <= datetime.now(UTC)

    def _end(self) -> None:
        for number in list(self._leased):
            self.give_back(number)
        self._keep()

    def _keep(self) -> None:
        with self._guard:
            named, self._unnamed = self._unnamed, {}
            states, self._unkept = self._unkept, {}
            returned, self._returned = self._returned, []
        try:
            if named:
                # Before the states: they vouch for what was read, names too.
                self.shelf.change_feeds(lambda feeds: _named_anew(feeds, named))
            if states:
                self.shelf.keep_fetch_states(states.values())
        finally:
            # Not earlier: who has the feed next must know that it was just asked.
            self.shelf.release(*returned)

    def _renew(self) -> None:
        now = time.monotonic()
        for number, leased in list(self._leased.items()):
            if now - leased > LEASE / 3 and number in self._leased:
                self.shelf.lease(number, LEASE)
                self._leased[number] = now


def _named_anew(feeds: Sequence[Feed], named: Mapping[int, Feed]) -> list[Feed]:
    """Those of the feeds that have another title or site now."""
    return [
        replace(feed, title=now.title, site=now.site)
        for feed in feeds
        if (now := named.get(feed.number)) is not None
        and (now.title, now.site) != (feed.title, feed.site)
    ]
