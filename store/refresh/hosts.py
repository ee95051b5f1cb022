"""Turns at the hosts: one request at a time each, a breath between, and few requests in all."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from store.feeds.web.address import host_and_port, host_of
from store.model import Feed
from store.settings import USUAL_MEGABYTES

GAP = 0.25
"""Seconds between the end of one request to a host and the next one."""


@dataclass
class _Host:
    """A host name; whoever holds the lock has the turn."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    rested: float = 0.0
    """When the next request may begin, by the clock of the event loop."""


class Hosts:
    """Hosts by name: many feeds of one publisher are one burden, whatever their ports."""

    def __init__(self, gap: float = GAP) -> None:
        self._gap = gap
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)

    @asynccontextmanager
    async def turn_at(self, address: str, *, rests: bool) -> AsyncIterator[None]:
        """Wait for the host of an address to be free and rested, and have it alone.

        Who ``rests`` leaves it a breath afterwards.
        """
        host = self._hosts[host_of(address)]
        async with host.turn:
            clock = asyncio.get_running_loop().time
            await asyncio.sleep(max(0.0, host.rested - clock()))
            try:
                yield
            finally:
                # The person's own machines need no rest.
                host.rested = clock() + (self._gap if rests else 0.0)


class Room:
    """Places for feeds in work; one that may send more than others takes several.

    So what all of them send at once stays below ``places`` times the usual cap.
    """

    def __init__(self, places: int) -> None:
        self._places = places
        self._free = asyncio.Semaphore(places)
        self._several = asyncio.Lock()

    @asynccontextmanager
    async def place(self, feed: Feed) -> AsyncIterator[None]:
        """Wait for enough places, and hold them."""
        needed = min(max(1, -(-feed.megabytes // USUAL_MEGABYTES)), self._places)
        async with AsyncExitStack() as held:
            # Two that collect places would wait for each other's.
            async with self._several if needed > 1 else nullcontext():
                for _ in range(needed):
                    await held.enter_async_context(self._free)
            yield


class Visit:
    """What a document needs while it is fetched: its host for itself, and a place.

    Always the host first: who waited for a host and kept a place meanwhile, and who has that host
    and waits for a place, would wait for each other for ever.
    """

    def __init__(self, hosts: Hosts, room: Room, feed: Feed) -> None:
        self._hosts = hosts
        self._room = room
        self._feed = feed
        self.host = ""
        """The host that is held, or empty."""
        self._turn = AsyncExitStack()
        self._place = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.leave_host()
        await self._place.aclose()

    async def at(self, address: str) -> None:
        """Wait for the host of an address, unless it is the one that is held already."""
        if host_of(address) == self.host:
            return
        await self.leave_host()
        await self._place.aclose()
        rests = host_and_port(address) != self._feed.permit
        await self._turn.enter_async_context(self._hosts.turn_at(address, rests=rests))
        self.host = host_of(address)
        await self._place.enter_async_context(self._room.place(self._feed))

    async def leave_host(self) -> None:
        """Let others ask the host; the place is kept."""
        self.host = ""
        await self._turn.aclose()
