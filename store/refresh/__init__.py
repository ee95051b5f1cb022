"""From the feeds that were chosen to articles on the shelf: fetch, parse, merge, store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from datetime import datetime

from store.feeds.parsing.children import ParserPool
from store.feeds.web.fetch import Fetcher
from store.model import Feed, Outcome
from store.refresh.ledger import Ledger
from store.refresh.network import Network, NoNetwork
from store.refresh.run import Run
from store.settings import USUAL_MINUTES
from store.shelf.shelf import Shelf

__all__ = ["PARALLEL", "NoNetwork", "refresh"]

PARALLEL = 16
"""Feeds in work at the same time; each host is asked for one feed at a time."""


async def refresh(
    shelf: Shelf,
    feeds: Sequence[Feed],
    *,
    parallel: int = PARALLEL,
    usual: int = USUAL_MINUTES,
    since: datetime | None = None,
    fetcher: Fetcher | None = None,
    parsers: ParserPool | None = None,
) -> AsyncGenerator[Outcome, None]:
    """Fetch feeds and store what is new, yielding how each went once it is on disk.

    Which are asked, ``store.feeds.choosing`` says. Where a feed has no interval of its own, it is
    due again after ``usual`` minutes. What another process asked after ``since``, when the feeds
    were chosen, is not asked again. The iteration may be ended at any point: what was yielded is
    stored, the rest is asked for again the next time. A ``fetcher`` and ``parsers`` that are given
    are ended with it.

    Raises:
        ShelfError: nothing more can be stored; the feed that met this was yielded as failed.
        NoNetwork: no host could be reached; those feeds were not yielded, and are as they were.
    """
    async with fetcher or Fetcher() as asking, parsers or ParserPool() as reading:
        ledger, network = Ledger(shelf, since=since), Network()
        run = Run(ledger, network, asking, reading, parallel=parallel, usual=usual)
        tasks: list[asyncio.Task[Outcome | None]] = []
        flushing = asyncio.create_task(ledger.keep_regularly())
        try:
            tasks += [asyncio.create_task(run.outcome(feed)) for feed in feeds]
            for finished in asyncio.as_completed(tasks):
                if (outcome := await finished) is not None:
                    yield outcome
                ledger.check()
            for outcome in () if network.off else run.doubtful():
                yield outcome
            await ledger.keep()
            ledger.check()
            if network.off:
                raise network.why()
        finally:
            await _cancelled([flushing, *tasks])
            ledger.close()


async def _cancelled(tasks: Iterable[asyncio.Task[object]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
