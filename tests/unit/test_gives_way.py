"""A refresh that the window starts leaves the processor to the window."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest
from feed_documents import rss
from feed_server import FeedServer

from store.shelf.shelf import Shelf
from store.worker import NICENESS, fetching


def children() -> list[int]:
    """The processes that this one started and that still run."""
    lists = Path("/proc/self/task").glob("*/children")
    return [int(one) for file in lists for one in file.read_text().split()]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")
async def test_while_feeds_are_fetched_the_window_comes_first(tmp_path: Path) -> None:
    with FeedServer() as server:
        held = server.hold("/a.xml", rss("<item><title>A</title></item>"))
        with closing(Shelf.open(tmp_path / "desk")) as shelf:
            shelf.add_feed(server.address("/a.xml"), permit=server.permit)

        async def fetched() -> list[object]:
            return [line async for line in fetching(tmp_path / "desk", None)]

        run = asyncio.create_task(fetched())
        assert await asyncio.to_thread(held.asked.wait, 30)
        here = os.getpriority(os.PRIO_PROCESS, 0)
        assert [os.getpriority(os.PRIO_PROCESS, one) for one in children()] == [here + NICENESS]
        held.release.set()
        assert await run
