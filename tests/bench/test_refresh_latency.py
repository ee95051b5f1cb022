"""How soon a key is painted while many feeds are refreshed, beside a window in which nothing runs.

WIREDESK_BENCH_FEEDS=60 makes it quick; 500 is what is claimed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing
from statistics import quantiles
from unittest import mock

import pytest
from desks import HIRING_PUSH, fill
from many_feeds import ManyFeeds
from real_terminal import Terminal

from store.settings import folders
from store.shelf.shelf import Shelf

pytestmark = [pytest.mark.bench, pytest.mark.timeout(0)]

FEEDS = int(os.environ.get("WIREDESK_BENCH_FEEDS", "500"))
ITEMS = 60
EACH = 120
"""Keys pressed in the list and as many in the article."""
BETWEEN = 0.04
"""Seconds from one key to the next, as somebody types who is in a hurry."""
GONE_BY = 0.012
"""Seconds without a byte after which a painting is over."""


def painted(terminal: Terminal, key: str) -> float:
    """Milliseconds from a key to the last byte of what it painted first."""
    terminal.drain()
    begun = time.perf_counter()
    terminal.press(key)
    last = terminal.painted(quiet=GONE_BY)
    time.sleep(max(0.0, BETWEEN - (time.perf_counter() - begun)))
    return (last - begun) * 1_000


def moves(terminal: Terminal, goes_on: Callable[[], bool]) -> list[float]:
    """Up and down by turns, as long as it goes on."""
    took = []
    for number in range(EACH):
        if not goes_on():
            break
        took.append(painted(terminal, "j" if number // 4 % 2 == 0 else "k"))
    return took


def told(name: str, quiet: list[float], during: list[float]) -> None:
    def p(values: list[float], percent: int) -> float:
        return quantiles(values, n=100)[percent - 1]

    print(
        f"  {name:<10} quiet p50 {p(quiet, 50):5.1f} p95 {p(quiet, 95):5.1f} ms, "
        f"during p50 {p(during, 50):5.1f} p95 {p(during, 95):5.1f} ms, {len(during)} keys"
    )


def test_a_key_is_painted_as_soon_while_feeds_come_in() -> None:
    title, *paragraphs = HIRING_PUSH
    fill(folders().desk, *((f"{title} ({n})", *paragraphs * 4) for n in range(60)))
    with ManyFeeds(feeds=FEEDS, items=ITEMS) as web:
        with (
            mock.patch.object(os, "fsync", return_value=None),
            closing(Shelf.open(folders().desk)) as shelf,
        ):
            for feed in range(FEEDS):
                shelf.add_feed(web.address(feed), permit=web.permit(feed))
        with Terminal(columns=160, rows=45) as terminal:

            def running() -> bool:
                return "fetching" in terminal.lines[0]

            terminal.wait_for(running)
            terminal.press("g", "enter")
            terminal.wait_for("The AI lab is recruiting")
            article_during = moves(terminal, running)
            terminal.press("escape")
            time.sleep(0.5)
            list_during = moves(terminal, running)
            terminal.wait_for(lambda: not running(), within=600)
            time.sleep(1)
            in_list = moves(terminal, lambda: True)
            terminal.press("enter")
            time.sleep(1)
            in_article = moves(terminal, lambda: True)
    print(f"\nkey to paint while {FEEDS} feeds of {ITEMS} new items come in:")
    told("list", in_list, list_during)
    told("article", in_article, article_during)
