"""What refreshing many feeds costs, beside newsboat and the library reader where they are found.

Every peer is a process of its own against the same local server; each table is one run.

    WIREDESK_BENCH_FEEDS=60          how many feeds (500)
    WIREDESK_BENCH_READER=PYTHON     a Python that has the library reader (and sgmllib3k)
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from unittest import mock

import msgspec
import pytest
from desks import HIRING_PUSH, fill
from many_feeds import ManyFeeds

from store.shelf.shelf import Mark, Shelf

pytestmark = [pytest.mark.bench, pytest.mark.timeout(0)]

FEEDS = int(os.environ.get("WIREDESK_BENCH_FEEDS", "500"))
ITEMS = 60
CHANGED, NEW = FEEDS // 5, 2
"""Of a usual hour: so many feeds have so many new items each."""
NO_FEED = 99_999
NEWSBOAT = shutil.which("newsboat")
NEWSBOAT_SETTINGS = """
reload-threads 4
show-read-feeds yes
max-items 0
"""
READER = os.environ.get("WIREDESK_BENCH_READER", sys.executable)
READER_ADDS = """
import sys
from reader import make_reader
with make_reader(sys.argv[1]) as reader:
    for line in open(sys.argv[2]):
        reader.add_feed(line.strip())
"""
READER_UPDATES = """
import sys, time
from reader import make_reader
begun = time.perf_counter()
with make_reader(sys.argv[1]) as reader:
    reader.update_feeds(scheduled=False, workers=8)
print(time.perf_counter() - begun)
"""
AS_INSTALLED = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
"""With it, every start would compile the modules that an installed program has compiled."""
REQUESTS = """
import asyncio, json, sys, time
import aiohttp
async def main():
    wanted = json.load(open(sys.argv[1]))
    room = asyncio.Semaphore(16)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        async def get(address, headers):
            async with room, session.get(address, headers=headers) as answer:
                await answer.read()
        begun = time.perf_counter()
        await asyncio.gather(*(get(*one) for one in wanted))
        print(time.perf_counter() - begun)
asyncio.run(main())
"""


class Cost(msgspec.Struct):
    """What one process took; its children count, the server does not."""

    wall: float
    cpu: float
    megabytes: float
    said: str
    told: float = 0.0
    """Seconds until the last feed was told of; what follows makes search and stories ready."""

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s, processor {self.cpu:6.2f} s, {self.megabytes:4.0f} MB"


def cost_of(argv: Sequence[str | Path]) -> Cost:
    """Run a program to its end. The memory is that of the largest of its processes."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, argv)), stdout=subprocess.PIPE, text=True, env=AS_INSTALLED
    )
    assert process.stdout is not None
    said, told = "", 0.0
    for line in process.stdout:
        said += line
        told = time.perf_counter() - begun if line.startswith("http") else told
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    assert process.returncode == 0, said
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said, told)


class Peers:
    """Wiredesk, newsboat and reader, each with the same subscriptions and nothing fetched."""

    def __init__(self, folder: Path, web: ManyFeeds) -> None:
        self._folder = folder
        self._web = web
        self._addresses = [web.address(feed) for feed in range(web.feeds)]
        self.desk = folder / "desk"
        with mock.patch.object(os, "fsync", return_value=None):
            shelf = Shelf.open(self.desk)
            with closing(shelf):
                for feed, address in enumerate(self._addresses):
                    shelf.add_feed(address, permit=web.permit(feed))
        (folder / "urls").write_text("\n".join(self._addresses) + "\n")
        (folder / "config").write_text(NEWSBOAT_SETTINGS)
        self._reader = _has_reader()
        if self._reader:
            cost_of([READER, "-c", READER_ADDS, folder / "reader.db", folder / "urls"])

    def ours(self) -> Cost:
        """``wiredesk fetch --all`` as shipped, some hours after the last time."""
        hours_ago = datetime.now(UTC) - timedelta(hours=3)
        with closing(Shelf.open(self.desk)) as shelf:
            states = shelf.fetch_states().values()
            aged = [msgspec.structs.replace(one, tried=hours_ago, due=None) for one in states]
            shelf.keep_fetch_states(aged)
        return cost_of([*_wiredesk(self.desk), "fetch", "--all"])

    def start(self) -> Cost:
        """The same process for one feed that is not there: what its start costs."""
        argv = [*_wiredesk(self.desk), "fetch", "--json", "--feed", str(NO_FEED)]
        for _ in range(2):  # the first one compiles
            begun = time.perf_counter()
            subprocess.run(argv, check=False, stdout=subprocess.DEVNULL, env=AS_INSTALLED)
        return Cost(time.perf_counter() - begun, 0, 0, "")

    def requests(self) -> float:
        """Seconds that the same conditional requests take, start of the process apart."""
        with closing(Shelf.open(self.desk)) as shelf:
            states = shelf.fetch_states()
            wanted = [(feed.address, _validators(states[feed.number])) for feed in shelf.feeds()]
        (self._folder / "wanted.json").write_text(json.dumps(wanted))
        return float(cost_of([sys.executable, "-c", REQUESTS, self._folder / "wanted.json"]).said)

    def newsboat(self) -> Cost | None:
        """``newsboat -x reload``."""
        if NEWSBOAT is None:
            return None
        folder = self._folder
        files = ["-u", folder / "urls", "-c", folder / "newsboat.db", "-C", folder / "config"]
        return cost_of([NEWSBOAT, *files, "-x", "reload"])

    def analyse_newsboat(self) -> None:
        """Give its database the statistics without which each feed scans every article."""
        if NEWSBOAT is not None:
            import sqlite3

            with closing(sqlite3.connect(self._folder / "newsboat.db")) as database:
                database.execute("ANALYZE")
                database.commit()

    def reader(self) -> Cost | None:
        """``reader.update_feeds``, with threads."""
        if not self._reader:
            return None
        return cost_of([READER, "-c", READER_UPDATES, self._folder / "reader.db"])


def _has_reader() -> bool:
    found = subprocess.run([READER, "-c", "import reader"], check=False, stderr=subprocess.DEVNULL)
    return found.returncode == 0


def _wiredesk(desk: Path) -> list[str]:
    return [sys.executable, "-m", "store.cli", "--desk", str(desk)]


def _validators(state: object) -> dict[str, str]:
    told = {
        "If-None-Match": getattr(state, "etag", ""),
        "If-Modified-Since": getattr(state, "modified", ""),
    }
    return {name: value for name, value in told.items() if value}


@pytest.fixture(scope="module")
def peers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Peers, ManyFeeds]]:
    with ManyFeeds(feeds=FEEDS, items=ITEMS) as web:
        yield Peers(tmp_path_factory.mktemp("peers"), web), web


def told(what: str, ours: Cost, others: dict[str, Cost | None]) -> None:
    """Print one table."""
    print(f"\n{what} ({FEEDS} feeds of {ITEMS} items)\n  {'ours':<22}{ours}")
    if ours.told:
        print(f"  {'its articles are there':<22}{ours.told:7.2f} s, before search and stories are")
    for name, cost in others.items():
        if cost is None:
            print(f"  {name:<22}not installed")
        else:
            print(f"  {name:<22}{cost}, ours is {ours.wall / cost.wall:.2f} of it")


def test_what_a_refresh_costs(peers: tuple[Peers, ManyFeeds]) -> None:
    all_of, web = peers
    start = all_of.start().wall
    print(f"\nstart of our process: {start:.2f} s, in every figure of ours")

    ours = all_of.ours()
    assert f"{FEEDS * ITEMS} new" in ours.said
    told("cold", ours, {"newsboat": all_of.newsboat(), "reader": all_of.reader()})
    all_of.analyse_newsboat()
    all_of.newsboat()  # it downloads everything a second time

    def unchanged(what: str) -> None:
        runs = [(all_of.ours(), all_of.requests()) for _ in range(3)]
        ours, bare = min(runs, key=lambda run: run[0].wall)
        told(what, ours, {"newsboat, analysed": all_of.newsboat(), "reader": all_of.reader()})
        ratio = (ours.wall - start) / bare
        print(f"  {'requests alone':<22}{bare:7.2f} s, ours without its start is {ratio:.1f} times")

    unchanged("unchanged, 304")
    web.add_items(feeds=CHANGED, items=NEW)
    ours = all_of.ours()
    assert f"{CHANGED * NEW} new" in ours.said
    others = {"newsboat, analysed": all_of.newsboat(), "reader": all_of.reader()}
    told(f"{CHANGED} feeds with {NEW} new items", ours, others)
    web.validators(sent=False)
    all_of.ours()
    unchanged("unchanged, the server sends no validators")


def test_what_another_process_waits_that_saves_meanwhile(
    peers: tuple[Peers, ManyFeeds], tmp_path: Path
) -> None:
    _, web = peers
    fill(tmp_path / "desk", HIRING_PUSH)
    with closing(Shelf.open(tmp_path / "desk")) as shelf:
        with mock.patch.object(os, "fsync", return_value=None):
            for feed in range(FEEDS):
                shelf.add_feed(web.address(feed), permit=web.permit(feed))
        (headline,) = shelf.headlines(1)
        place = (1, headline.id)
        quiet = [_starred(shelf, place, number) for number in range(200)]
        fetching = subprocess.Popen(
            [*_wiredesk(tmp_path / "desk"), "fetch", "--all"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=AS_INSTALLED,
        )
        during = []
        while fetching.poll() is None:
            during.append(_starred(shelf, place, len(during)))
            time.sleep(0.01)
    print("\na star saved by another process, ms:")
    for name, took in (("quiet", quiet), ("while feeds come in", during)):
        hundredths = quantiles(took, n=100)
        p50, p95, p99 = (hundredths[percent - 1] for percent in (50, 95, 99))
        print(f"  {name:<22}p50 {p50:5.1f} p95 {p95:5.1f} p99 {p99:5.1f}, {len(took)} stars")


def _starred(shelf: Shelf, place: tuple[int, int], number: int) -> float:
    begun = time.perf_counter()
    shelf.mark({place: Mark(starred=number % 2 == 0)})
    return (time.perf_counter() - begun) * 1_000
