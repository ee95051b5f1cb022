"""That the window's process stays as small as it was while feeds do their worst in a refresh."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest
from desks import HIRING_PUSH, fill
from many_feeds import ManyFeeds
from real_terminal import Terminal

from store.settings import folders
from store.shelf.shelf import Shelf

FEEDS = int(os.environ.get("WIREDESK_BENCH_FEEDS", "40"))
ITEMS = int(os.environ.get("WIREDESK_BENCH_ITEMS", "20"))
AT_REST = 1.2
"""Seconds for which a window that has loaded everything does nothing."""
MOST_GROWN = 30.0
"""Megabytes."""

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc"),
    pytest.mark.timeout(300),
]


def memory_of(process: int) -> float:
    """What a process holds now, in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def is_working(process: int) -> bool:
    """Whether a thread of it runs, or would if the machine had time for it."""
    threads = Path(f"/proc/{process}/task").glob("*/stat")
    return any(one.read_text().rpartition(")")[2].split()[0] in "RD" for one in threads)


def children_of(process: int) -> list[int]:
    """The processes that it started and that still run."""
    listed = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in listed.read_text().split()]


def subscribe(web: ManyFeeds) -> None:
    with (
        mock.patch.object(os, "fsync", return_value=None),
        closing(Shelf.open(folders().desk)) as shelf,
    ):
        for feed in range(web.feeds):
            shelf.add_feed(web.address(feed), permit=web.permit(feed))


def test_the_window_stays_small_through_a_bomb_an_endless_body_and_a_slow_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    windows, workers, busy_at = [0.0], [0.0], [time.monotonic()]

    fill(folders().desk, HIRING_PUSH)
    with ManyFeeds(feeds=FEEDS, items=ITEMS, wrong=True) as web, Terminal() as terminal:
        terminal.wait_for("hiring push")

        def at_rest() -> bool:
            windows.append(memory_of(terminal.process))
            if is_working(terminal.process) or windows[-1] != windows[-2]:
                busy_at.append(time.monotonic())
            return time.monotonic() - busy_at[-1] > AT_REST

        terminal.wait_for(at_rest)
        before = windows[-1]
        subscribe(web)
        terminal.press("R")

        def over() -> bool:
            windows.append(memory_of(terminal.process))
            workers.extend(map(memory_of, children_of(terminal.process)))
            return "feeds failed" in terminal.text

        terminal.wait_for(over, within=240)
    with capsys.disabled():
        print(
            f"\nwindow {before:.0f} MB, at most {max(windows):.0f} MB, "
            f"worker at most {max(workers):.0f} MB "
            f"({FEEDS} feeds of {ITEMS} items)"
        )
    assert max(windows) - before < MOST_GROWN
