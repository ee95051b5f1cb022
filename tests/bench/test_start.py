"""How long a person waits for a usable window, and what it holds in memory.

Beside the least that any Textual app takes, and beside newsboat on the same articles where it is
installed; after ``ANALYZE``, without which it needs more than half a minute.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from many_articles import NEWEST, article, build_desk
from real_terminal import PATIENCE, WIREDESK, Terminal

from store.model import Feed

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("ready")
    def on_key(self, event):
        self.query_one(Static).update("pressed")
Empty().run()
"""
RUNS = 7
NEWSBOAT_RUNS = 3
FEEDS, ARTICLES = 500, 100_000
NEWSBOAT = shutil.which("newsboat")
SETTLED = 1.5
"""Seconds after which whatever a start left for later was done, before memory is looked at."""


@pytest.fixture(autouse=True)
def _as_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled once, as a package is, also where a work tree is not to be compiled into."""
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))


class Usable(NamedTuple):
    """From the start of a process, in seconds."""

    drawn: float
    """Until what is to be read is in the terminal."""
    answered: float
    """Until a key that was pressed then is seen to have done what it does."""
    worked: float
    """Of the processor until then: other programs disturb this least."""


def usable(
    argv: Sequence[str], shown: str, press: str, answered: Callable[[Terminal], bool]
) -> Usable:
    """Start a program, press a key when it shows something, and wait for what the key does."""
    began = time.perf_counter()
    with Terminal(argv, columns=120, rows=40) as terminal:
        drawn = terminal.painted(quiet=PATIENCE, words=shown)
        assert not answered(terminal), terminal.text
        terminal.press(press)
        terminal.wait_for(lambda: answered(terminal))
        ended = time.perf_counter()
        return Usable(drawn - began, ended - began, processor_seconds(terminal.process))


def processor_seconds(process: int) -> float:
    """What all threads of a process have taken so far."""
    times = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in times) / 1e9


def empty_app() -> Usable:
    """The least that an app of Textual takes: ``x`` writes a word."""
    argv = [sys.executable, "-c", EMPTY_APP]
    return usable(argv, "ready", "x", lambda terminal: "pressed" in terminal.text)


def wiredesk() -> Usable:
    """Ours: ``j`` moves the cursor from the first article to the second."""
    return usable(WIREDESK, "Unread", "j", lambda terminal: terminal.cell(3, 0).data == "▌")


def newsboat(argv: Sequence[str]) -> Usable:
    """Newsboat: ``J`` moves its cursor, a row on a ground of its own, from the first feed."""
    return usable(argv, "Wire 3", "J", lambda terminal: terminal.cell(2, 5).bg != "default")


def tell(what: str, ours: Sequence[Usable], peer: str, theirs: Sequence[Usable]) -> None:
    """Print medians, and the median of the ratios run by run."""
    print(f"\n{what}, beside {peer}:")
    for name, mine, other in zip(
        ("list drawn", "key answered", "processor"),
        zip(*ours, strict=True),
        zip(*theirs, strict=True),
        strict=True,
    ):
        ratio = statistics.median(a / b for a, b in zip(mine, other, strict=True))
        print(
            f"  {name:<13}{statistics.median(mine):6.3f} s, {peer} "
            f"{statistics.median(other):6.3f} s, ratio {ratio:.2f}"
        )


@pytest.mark.bench
def test_a_window_on_a_hundred_thousand_articles_beside_an_empty_app(
    capsys: pytest.CaptureFixture[str],
) -> None:
    build_desk(Path(os.environ["WIREDESK_HOME"]) / "desk", feeds=FEEDS, articles=ARTICLES)
    # The first pair warms the page cache and writes the derived columns.
    pairs = [(wiredesk(), empty_app()) for _ in range(RUNS + 1)][1:]
    ours, empty = zip(*pairs, strict=True)
    with capsys.disabled():
        tell("window on 100,000 articles", ours, "empty Textual app", empty)


def newsboat_on(folder: Path) -> list[str]:
    """Newsboat with the same articles in its cache."""
    for number in range(1, FEEDS + 1):
        first = f"https://feeds.example/{number - 1}.xml"
        feed = Feed(number=number, address=first, first_address=first, added=NEWEST)
        items = "".join(item(feed, place) for place in range(ARTICLES // FEEDS))
        (folder / f"{number}.xml").write_text(
            f'<rss version="2.0"><channel><title>Wire {number}</title>{items}</channel></rss>'
        )
    addresses = [f"file://{folder}/{number}.xml" for number in range(1, FEEDS + 1)]
    (folder / "urls").write_text("\n".join(addresses) + "\n")
    (folder / "config").write_text("max-items 0\nshow-read-feeds yes\n")
    files = ["-u", folder / "urls", "-c", folder / "cache.db", "-C", folder / "config"]
    argv = [str(NEWSBOAT), *map(str, files)]
    subprocess.run([*argv, "-x", "reload"], check=True, capture_output=True)
    return argv


def item(feed: Feed, place: int) -> str:
    """One article as a feed has it."""
    made = article(feed, FEEDS, place)
    head, text = made.headline, "".join(f"<p>{one.text}</p>" for one in made.version.blocks[1:])
    when = format_datetime(head.published or head.seen)
    return (
        f"<item><guid>{head.guid}</guid><link>{head.address}</link><title>{head.title}</title>"
        f"<pubDate>{when}</pubDate><description><![CDATA[{text}]]></description></item>"
    )


def resident(process: int) -> float:
    """Megabytes that a process holds in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory_after_reading(argv: Sequence[str], shown: str, opens: str, following: str) -> float:
    """Megabytes once the list is drawn and ten articles were read."""
    with Terminal(argv, columns=120, rows=40) as terminal:
        terminal.wait_for(shown)
        for keys in (opens, *[following] * 9):
            terminal.press(*keys)
            terminal.painted(quiet=SETTLED / 3)
        time.sleep(SETTLED)
        terminal.drain()
        return resident(terminal.process)


@pytest.mark.bench
@pytest.mark.timeout(600)
@pytest.mark.skipif(NEWSBOAT is None, reason="newsboat is not installed")
def test_a_window_on_a_hundred_thousand_articles_beside_newsboat(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_desk(Path(os.environ["WIREDESK_HOME"]) / "desk", feeds=FEEDS, articles=ARTICLES)
    peer = newsboat_on(tmp_path)
    with closing(sqlite3.connect(tmp_path / "cache.db")) as cache:
        cache.execute("ANALYZE")
        cache.commit()
    pairs = [(wiredesk(), newsboat(peer)) for _ in range(NEWSBOAT_RUNS + 1)][1:]
    ours, theirs = zip(*pairs, strict=True)
    with capsys.disabled():
        tell("window on 100,000 articles", ours, "newsboat, analysed", theirs)
    mine = memory_after_reading(WIREDESK, "Unread", "\r", "n")
    other = memory_after_reading(peer, "Wire 3", "\r\r", "n")
    with capsys.disabled():
        print(f"memory after ten articles: {mine:.0f} MB, newsboat: {other:.0f} MB")
