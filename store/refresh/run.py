"""One refresh: what happens to each feed, and how they share host names, parsers and the shelf."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from msgspec.structs import replace

from store.feeds.merge import merge
from store.feeds.parsing.children import ParserPool
from store.feeds.schedule import after_failure, after_success, is_due
from store.feeds.web.address import host_of
from store.feeds.web.answers import Fetched, FetchFailed, NotModified, ParseFailed
from store.feeds.web.fetch import Fetcher
from store.model import (
    ArticleWrite,
    Feed,
    FeedFailed,
    FeedRefreshed,
    FeedUnchanged,
    FetchState,
    Outcome,
    ParsedFeed,
)
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf

LEASE = 120.0
"""Seconds for which a feed is ours: longer than its fetch, its parse and the waits between."""
FLUSH = 2.0
"""Seconds after which what came of a fetch is on disk."""

P = ParamSpec("P")
T = TypeVar("T")


class Run:
    """One refresh. All its calls of the shelf are made in one thread, one after the other."""

    def __init__(self, shelf: Shelf, fetcher: Fetcher, parsers: ParserPool, parallel: int) -> None:
        self.broken: ShelfError | None = None
        """Why nothing more can be stored, if that is so."""
        self._shelf = shelf
        self._fetcher = fetcher
        self._parsers = parsers
        self._room = asyncio.Semaphore(parallel)
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._states: dict[int, FetchState] = {}
        self._unkept: dict[int, FetchState] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="shelf")

    async def due(self, feeds: Sequence[Feed], *, force: bool) -> list[Feed]:
        """The feeds that are to be asked now."""
        self._states = await self._on_shelf(self._shelf.fetch_states)
        now = datetime.now(UTC)
        return [feed for feed in feeds if force or is_due(self._states.get(feed.number), now)]

    async def outcome(self, feed: Feed) -> Outcome:
        """Everything that happens to one feed."""
        try:
            return await self._leased(feed)
        except ShelfError as error:
            self.broken = error
            return FeedFailed(feed=feed.number, reason=str(error))

    def check(self) -> None:
        """Raises ShelfError if nothing more can be stored."""
        if self.broken is not None:
            raise self.broken

    async def keep_states(self) -> None:
        """Write what came of the fetches since the last time."""
        await self._on_shelf(self._write_states)

    async def keep_states_regularly(self) -> None:
        """Write them every few seconds, until cancelled or the shelf refuses."""
        try:
            while True:
                await asyncio.sleep(FLUSH)
                await self.keep_states()
        except ShelfError as error:
            self.broken = error

    def close(self) -> None:
        """Finish what was begun on the shelf, whatever ended the run."""
        with suppress(ShelfError):
            self._thread.submit(self._write_states).result()
        self._thread.shutdown()

    async def _leased(self, feed: Feed) -> Outcome:
        async with AsyncExitStack() as place:
            # The host first: who waits for it takes no place from others. The place is held to
            # the end, or documents would pile up before the two parsers.
            async with self._hosts[host_of(feed.address)]:
                await place.enter_async_context(self._room)
                if not await self._on_shelf(self._shelf.lease, feed.number, LEASE):
                    # Another process asks just now, and will store what it gets.
                    return FeedUnchanged(feed=feed.number)
                place.push_async_callback(self._on_shelf, self._shelf.release, feed.number)
                state = self._states.get(feed.number) or FetchState(feed=feed.number)
                answer = await self._fetcher.fetch(
                    feed.address, etag=state.etag, modified=state.modified, permit=feed.permit
                )
            return await self._taken(feed, state, answer)

    async def _taken(
        self, feed: Feed, state: FetchState, answer: Fetched | NotModified | FetchFailed
    ) -> Outcome:
        if isinstance(answer, FetchFailed):
            return self._failed(state, answer.reason)
        writes: Sequence[ArticleWrite] = ()
        if isinstance(answer, Fetched) and answer.body_hash != state.body_hash:
            parsed = await self._parsers.parse(
                answer.body, address=answer.address, content_type=answer.content_type
            )
            if isinstance(parsed, ParseFailed):
                return self._failed(state, parsed.reason)
            if state.succeeded is None and await self._is_there(answer.address, feed):
                return self._failed(state, _already_there(feed, answer.address))
            writes = await self._on_shelf(self._take_in, feed, parsed)
        self._unkept[feed.number] = after_success(state, answer, datetime.now(UTC))
        if not writes:
            return FeedUnchanged(feed=feed.number)
        new = sum(write.version.number == 1 for write in writes)
        return FeedRefreshed(feed=feed.number, new=new, changed=len(writes) - new)

    async def _is_there(self, address: str, feed: Feed) -> bool:
        """Whether the desk has another feed of this address, where redirects led from ``feed``."""
        if address == feed.address:
            return False
        present = await self._on_shelf(self._shelf.feeds)
        return any(one.address == address and one.number != feed.number for one in present)

    def _failed(self, state: FetchState, reason: str) -> FeedFailed:
        self._unkept[state.feed] = after_failure(state, reason, datetime.now(UTC))
        return FeedFailed(feed=state.feed, reason=reason)

    def _take_in(self, feed: Feed, parsed: ParsedFeed) -> Sequence[ArticleWrite]:
        present = next((one for one in self._shelf.feeds() if one.number == feed.number), None)
        if present is None:
            return ()  # unsubscribed while it was fetched
        writes = self._shelf.take_in(
            feed.number, lambda known: merge(present, parsed, known, datetime.now(UTC))
        )
        named = _as_named_in(parsed, present)
        if named != present:
            self._shelf.change_feed(feed.number, lambda feed: _as_named_in(parsed, feed))
        return writes

    def _write_states(self) -> None:
        states, self._unkept = self._unkept, {}
        if states:
            self._shelf.keep_fetch_states(states.values())

    async def _on_shelf(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call in the shelf's thread; who is cancelled meanwhile does not cut the call short."""
        return await asyncio.wrap_future(self._thread.submit(call, *args, **kwargs))


def _already_there(feed: Feed, address: str) -> str:
    return f"{feed.address} leads to {address}, which is on this desk already."


def _as_named_in(parsed: ParsedFeed, feed: Feed) -> Feed:
    """The feed with the title and site that its publisher gives it now."""
    return replace(feed, title=parsed.title or feed.title, site=parsed.site or feed.site)
