"""From the feeds that are due to articles on the shelf: fetch, parse, merge, store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence

from store.feeds.parsing.children import ParserPool
from store.feeds.web.fetch import Fetcher
from store.model import Feed, Outcome
from store.refresh.run import Run
from store.shelf.shelf import Shelf

PARALLEL = 8
"""Feeds in work at the same time; each host is asked for one feed at a time."""


async def refresh(
    shelf: Shelf,
    feeds: Sequence[Feed],
    *,
    force: bool = True,
    parallel: int = PARALLEL,
    fetcher: Fetcher | None = None,
    parsers: ParserPool | None = None,
) -> AsyncIterator[Outcome]:
    """Fetch feeds and store what is new, yielding how each went once it is on disk.

    Without ``force`` only feeds that are due are asked. The iteration may be ended at any point:
    what was yielded is stored, the rest is asked for again the next time. A ``fetcher`` and
    ``parsers`` that are given are ended with it.

    Raises:
        ShelfError: nothing more can be stored; the feed that met this was yielded as failed.
    """
    async with fetcher or Fetcher() as asking, parsers or ParserPool() as reading:
        run = Run(shelf, asking, reading, parallel)
        tasks: list[asyncio.Task[Outcome]] = []
        flushing = asyncio.create_task(run.keep_states_regularly())
        try:
            due = await run.due(feeds, force=force)
            tasks += [asyncio.create_task(run.outcome(feed)) for feed in due]
            for finished in asyncio.as_completed(tasks):
                yield await finished
                run.check()
            await run.keep_states()
            run.check()
        finally:
            await _cancelled([flushing, *tasks])
            run.close()


async def _cancelled(tasks: Iterable[asyncio.Task[object]]) -> None:
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
