"""How soon a key is painted on a desk of 500 feeds and 100,000 articles, in a real terminal.

WIREDESK_BENCH_ARTICLES=5000 makes it quick; 100,000 is what is claimed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from itertools import chain, cycle, islice, repeat
from statistics import quantiles

import pytest
from desks import an_article
from many_articles import FILLERS, NEWEST, build_desk
from real_terminal import PATIENCE, Terminal

from store.settings import SETTINGS_FILE, folders
from store.shelf.shelf import Shelf

pytestmark = [pytest.mark.bench, pytest.mark.timeout(0)]

ARTICLES = int(os.environ.get("WIREDESK_BENCH_ARTICLES", "100000"))
FEEDS = 500
BETWEEN = 0.06
"""Seconds from one key to the next."""
LONG_READS = 12
PARAGRAPHS = 2_000
"""Of a long article: 24,000 words or so."""
APART = 1.5
"""Seconds for which a person looks at an article before the next key."""
GONE_BY = 0.02
"""Seconds without a byte after which a painting is over."""
UNDER_A_TITLE = " ("
"""Begins how long ago an article appeared that is open, and is nowhere else."""


def painted(terminal: Terminal, keys: Iterable[str]) -> list[float]:
    """Milliseconds from each key to the last byte of what it painted."""
    took = []
    for key in keys:
        terminal.drain()
        begun = time.perf_counter()
        terminal.press(key)
        last = terminal.painted(quiet=GONE_BY)
        took.append((last - begun) * 1_000)
        time.sleep(max(0.0, BETWEEN - (time.perf_counter() - begun)))
    return took


def told(name: str, took: list[float]) -> None:
    cuts = quantiles(took, n=100)
    print(f"  {name:<34} p50 {cuts[49]:5.1f}  p95 {cuts[94]:5.1f} ms  of {len(took)} keys")


@pytest.fixture
def desk() -> None:
    places = folders()
    build_desk(places.desk, feeds=FEEDS, articles=ARTICLES)
    places.settings.mkdir(parents=True, exist_ok=True)
    (places.settings / SETTINGS_FILE).write_text("[fetch]\nautomatic = false\n")


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(("columns", "rows"), [(160, 45), (80, 24)])
def test_keys_are_painted_before_anybody_waits_for_them(columns: int, rows: int) -> None:
    print(f"\nkey to paint, {FEEDS} feeds and {ARTICLES} articles, {columns}×{rows}:")
    with Terminal(columns=columns, rows=rows) as terminal:
        terminal.wait_for("Unread")
        terminal.press("j", "k")
        time.sleep(4)
        within = list(chain(repeat("j", 15), repeat("k", 15)))
        told("list, cursor moves", painted(terminal, islice(cycle(within), 200)))
        told("list, the view scrolls by a row", painted(terminal, repeat("j", 150)))
        told("list, pages", painted(terminal, islice(cycle([" ", "b"]), 80)))
        told("list, ends", painted(terminal, islice(cycle("Gg"), 40)))
        told("list, orders", painted(terminal, repeat("~", 20)))
        told("mark read", painted(terminal, islice(cycle("m"), 30)))
        opened = chain.from_iterable(first_painted(terminal, "n", UNDER_A_TITLE) for _ in range(60))
        told("open the next unread, its text", list(opened))
        told("open, all that is told of it", painted(terminal, repeat("n", 30)))
        told("article, sentences", painted(terminal, islice(cycle("jjjkkk"), 120)))
        told("article, pages", painted(terminal, islice(cycle([" ", "b"]), 80)))


@pytest.fixture
def long_reads(desk: None) -> None:
    """Articles of 2,000 paragraphs, newer than all others."""
    with closing(Shelf.open(folders().desk)) as shelf:
        feed = shelf.add_feed("https://long.example/feed.xml")
        writes = [
            an_article(
                (
                    f"Long read {number}",
                    f"This is read {number}.",
                    *islice(cycle(FILLERS), PARAGRAPHS),
                ),
                feed=feed.number,
                at=NEWEST + timedelta(days=2, minutes=number),
                address=feed.first_address,
            )
            for number in range(LONG_READS)
        ]
        shelf.take_in(feed.number, lambda _known: writes)


@pytest.mark.usefixtures("long_reads")
def test_a_long_article_opens_and_scrolls_like_a_short_one() -> None:
    print(f"\nkey to paint in articles of {PARAGRAPHS} paragraphs, {ARTICLES} articles, 160×45:")
    with Terminal(columns=160, rows=45) as terminal:
        terminal.wait_for("Long read")
        terminal.press("j", "k", "g")
        time.sleep(4)
        painted(terminal, ["\r"])
        opened, paged, walked = [], [], []
        for number in reversed(range(LONG_READS - 1)):
            time.sleep(APART)
            opened += first_painted(terminal, "n", f"This is read {number}.")
            time.sleep(APART)
            paged += painted(terminal, "   b")
            walked += painted(terminal, "jjjGg")
        told("long article, its first lines", opened)
        told("long article, pages", paged)
        told("long article, sentences, ends", walked)


def first_painted(terminal: Terminal, key: str, words: str) -> list[float]:
    """Milliseconds from a key to the painting that shows these words."""
    terminal.drain()
    begun = time.perf_counter()
    terminal.press(key)
    last = terminal.painted(quiet=PATIENCE, words=words)
    time.sleep(max(0.0, BETWEEN - (time.perf_counter() - begun)))
    return [(last - begun) * 1_000]
