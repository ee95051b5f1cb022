"""What a search costs, letter by letter, beside the library reader where it is found.

WIREDESK_BENCH_ARTICLES=10000        how many articles, in 500 feeds (100000)
WIREDESK_BENCH_READER=PYTHON         a Python that has the library reader (and sgmllib3k)
WIREDESK_BENCH_READER_ARTICLES=5000  how many of them reader gets (10000): it takes minutes to
                                     index more, so its figures are of the smaller corpus
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import quantiles

import pytest
from many_articles import article, build_desk
from real_terminal import PATIENCE, WIREDESK, Terminal

from store.finding.index import indexed
from store.finding.reader import By
from store.finding.search import Search
from store.settings import folders, load_settings
from store.shelf.rows import Rows
from store.shelf.shelf import Shelf

pytestmark = [pytest.mark.bench, pytest.mark.timeout(0)]

FEEDS = 500
ARTICLES = int(os.environ.get("WIREDESK_BENCH_ARTICLES", "100000"))
READER = os.environ.get("WIREDESK_BENCH_READER", sys.executable)
READERS_ARTICLES = int(os.environ.get("WIREDESK_BENCH_READER_ARTICLES", "10000"))
SETTLED = 2.0
"""Seconds without a byte after which a start left nothing for later."""
GONE_BY = 0.25
"""The same of a letter: longer than any search takes, and shorter than the caret's blinking."""
TELLS = " found"
"""Told of each answer, with the first rows of it."""
EMPTIED, OTHER_ORDER = "\x15", "\x0f"
"""ctrl+u and ctrl+o, in the line of the search."""
FIRST = 300
"""Articles that the app asks for while somebody types."""
SHOWN = 50
"""Rows that are drawn of them."""
TYPED = (
    "kumano chips",
    "hiring engineers in japan",
    "the company gave no figures",
    "borealis power is:unread",
    '"second plant" texas -kenya',
    "raises funds feed:wire",
)
ON_THE_WAY = (":", '"', "-")
"""What ends a query that cannot be meant yet."""
READER_INDEXES = """
import sys, time, json
from datetime import datetime
from reader import make_reader
with make_reader(sys.argv[1]) as reader:
    for number in range(int(sys.argv[3])):
        reader.add_feed(f"https://feeds.example/{number}.xml", allow_invalid_url=True)
    for line in open(sys.argv[2]):
        one = json.loads(line)
        one["published"] = datetime.fromisoformat(one["published"])
        reader.add_entry(one)
    begun = time.perf_counter()
    reader.enable_search()
    reader.update_search()
    print(time.perf_counter() - begun)
"""
READER_SEARCHES = """
import sys, time, json
from itertools import islice
from reader import make_reader
took = []
with make_reader(sys.argv[1]) as reader:
    for words in json.load(open(sys.argv[2])):
        begun = time.perf_counter()
        list(islice(reader.search_entries(words, sort="recent"), 50))
        took.append((time.perf_counter() - begun) * 1000)
print(json.dumps(took))
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("searched") / "desk"
    build_desk(folder, feeds=FEEDS, articles=ARTICLES)
    with closing(Shelf.open(folder)) as shelf:
        begun, longest, last = time.perf_counter(), 0.0, time.perf_counter()
        for _ in indexed(shelf):
            longest, last = max(longest, time.perf_counter() - last), time.perf_counter()
        took = time.perf_counter() - begun
        size = (folder / "derived" / "search.db").stat().st_size / 1e6
        print(f"\nindexed {ARTICLES} articles in {took:.1f} s, longest step {longest:.2f} s")
        print(f"  the file has {size:.0f} MB")
        begun = time.perf_counter()
        list(indexed(shelf))
        print(f"  nothing new: {(time.perf_counter() - begun) * 1_000:.1f} ms")
        yield shelf


def _typed() -> list[str]:
    return [words[:end] for words in TYPED for end in range(1, len(words) + 1)]


def _told(what: str, took: list[float]) -> float:
    hundredths = quantiles(took, n=100)
    p50, p95 = hundredths[49], hundredths[94]
    print(f"  {what:<34}p50 {p50:7.2f} p95 {p95:7.2f} longest {max(took):7.1f} ms")
    return p95


def _took(search: Search, shelf: Shelf, by: By, limit: int | None) -> list[float]:
    took = []
    for text in _typed():
        if _is_begun(text):
            continue
        begun = time.perf_counter()
        found = search.find(text, by=by, limit=limit)
        rows = Rows(shelf.columns(), found.rows[:SHOWN])
        assert all(row.title for row in rows)
        took.append((time.perf_counter() - begun) * 1_000)
    return took


def test_what_a_query_costs_as_it_is_typed(desk: Shelf, tmp_path: Path) -> None:
    from store.desk.ruling import search_of

    with closing(search_of(desk, load_settings(folders(desk.folder)))) as search:
        begun = time.perf_counter()
        search.find("kum", limit=FIRST)
        print(f"\nthe first query of all: {(time.perf_counter() - begun) * 1_000:.0f} ms")
        print(f"each letter typed, to {SHOWN} rows, {ARTICLES} articles:")
        ours = _took(search, desk, "newest", FIRST)
        _told("newest first", ours)
        _told("by relevance", _took(search, desk, "relevance", FIRST))
        _told("all of them, asked the first time", _took(search, desk, "newest", None))
        _told("all of them, asked again", _took(search, desk, "newest", None))
        print("unread in six saved views, after a mark:")
        begun = time.perf_counter()
        for text in TYPED:
            desk.columns().unread_among(search.find(text).rows)
        print(f"  {(time.perf_counter() - begun) * 1_000:.1f} ms")
    _beside_reader(desk, tmp_path, ours)


def test_a_letter_typed_changes_the_rows_on_the_screen(desk: Shelf) -> None:
    print(f"\neach letter typed, to rows on the screen, {ARTICLES} articles:")
    with Terminal([*WIREDESK, "--desk", str(desk.folder)], columns=120, rows=40) as terminal:
        terminal.wait_for("Unread")
        terminal.painted(quiet=SETTLED)
        terminal.press("/")
        terminal.painted(quiet=GONE_BY)
        _told("newest first", _typed_in(terminal, "newest first"))
        terminal.painted(quiet=GONE_BY)
        terminal.press(TYPED[0][0])
        terminal.wait_for("newest first")
        terminal.press(OTHER_ORDER)
        terminal.wait_for("found · by relevance")
        terminal.press(EMPTIED)
        _told("by relevance", _typed_in(terminal, "by relevance"))


def _typed_in(terminal: Terminal, order: str) -> list[float]:
    """Milliseconds from each letter of the queries until what is found is told and listed."""
    took = []
    for query in TYPED:
        for end, letter in enumerate(query, 1):
            terminal.painted(quiet=GONE_BY, within=GONE_BY)  # all of it, after the first rows
            begun_only, begun = _is_begun(query[:end]), time.perf_counter()
            terminal.press(letter)
            shown = terminal.painted(quiet=PATIENCE, words=letter if begun_only else TELLS)
            if not begun_only:
                took.append((shown - begun) * 1_000)
        terminal.wait_for(f"found · {order}")
        terminal.press(EMPTIED)
    return took


def _is_begun(query: str) -> bool:
    """Whether it cannot be meant yet."""
    return query.endswith(ON_THE_WAY)


def _beside_reader(desk: Shelf, tmp_path: Path, ours: list[float]) -> None:
    found = subprocess.run([READER, "-c", "import reader"], check=False, stderr=subprocess.DEVNULL)
    if found.returncode != 0:
        print("reader: not installed")
        return
    feeds = desk.feeds()
    entries = tmp_path / "entries.jsonl"
    with entries.open("w") as file:
        for number in range(min(READERS_ARTICLES, ARTICLES)):
            write = article(feeds[number % FEEDS], FEEDS, number // FEEDS)
            text = "\n".join(block.text for block in write.version.blocks[1:])
            entry = {
                "feed_url": f"https://feeds.example/{number % FEEDS}.xml",
                "id": write.headline.guid,
                "title": write.headline.title,
                "published": str(write.headline.published),
                "content": [{"value": text, "type": "text/plain"}],
            }
            file.write(json.dumps(entry) + "\n")
    words = tmp_path / "words.json"
    plain = [text for text in TYPED if ":" not in text and "-" not in text]
    words.write_text(json.dumps(plain))
    database = tmp_path / "reader.db"
    indexing = _said(READER_INDEXES, database, entries, FEEDS)
    print(f"reader indexes {READERS_ARTICLES} articles in {float(indexing):.0f} s; whole queries:")
    theirs = json.loads(_said(READER_SEARCHES, database, words))
    p95 = _told(f"reader, {READERS_ARTICLES} articles", theirs)
    ratio = p95 / quantiles(ours, n=100)[94]
    print(f"  ours, of {ARTICLES}, is {ratio:.0f} times as fast at the 95th percentile")


def _said(program: str, *words: object) -> str:
    argv = [READER, "-c", program, *map(str, words)]
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout
