"""``wiredesk fetch``: what is due, all of it, some of it, and on and on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from feed_server import FeedServer
from msgspec.structs import replace

from store.cli import main
from store.cli.fetch_words import clock
from store.model import SAVED_PAGES, FeedRefreshed, FetchState
from store.settings import folders
from store.shelf.shelf import Shelf
from store.shelf.subscriptions import new_feed

RSS = "<rss version='2.0'><channel><title>News</title>{}</channel></rss>"
ITEM = "<item><guid>{0}</guid><title>{0}</title></item>"
NOW = datetime.now(UTC)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as serving:
        serving.serve("/news.xml", RSS.format(ITEM.format("a")))
        yield serving


@pytest.fixture
def desk(server: FeedServer) -> Path:
    """A desk with one feed that was never fetched."""
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.add_feed(server.address("/news.xml"), permit=server.permit)
    return folders().desk


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    said = capsys.readouterr()
    return status, said.out, said.err


def keep(state: FetchState, **about: object) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.keep_fetch_states([state])
        if about:
            shelf.change_feed(state.feed, lambda feed: replace(feed, **about))


def settings(text: str) -> None:
    folder = folders().settings
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.toml").write_text(text)


def test_a_feed_is_asked_when_it_is_due_and_not_before(
    capsys: pytest.CaptureFixture[str], server: FeedServer, desk: Path
) -> None:
    assert run(capsys, "fetch")[0] == 0
    status, out, err = run(capsys, "fetch")
    assert (status, err) == (0, "")
    with closing(Shelf.open(desk)) as shelf:
        due = shelf.fetch_states()[1].due
    assert due is not None
    assert out == f"Nothing is due until {clock(due, datetime.now(UTC))}; --all asks at once.\n"
    with time_machine.travel(NOW + timedelta(hours=2), tick=True):
        assert run(capsys, "fetch") == (0, "1 feed: nothing new\n", "")
    assert len(server.requests) == 2


def test_the_interval_of_the_settings_counts_whatever_else_they_say(
    capsys: pytest.CaptureFixture[str], server: FeedServer, desk: Path
) -> None:
    server.serve("/news.xml", RSS.format(ITEM.format("a")), etag='"1"')
    settings("theme = 3\n[fetch]\nminutes = 600")
    run(capsys, "fetch")
    with time_machine.travel(NOW + timedelta(hours=2), tick=True):
        assert run(capsys, "fetch")[1].startswith("Nothing is due until ")


@pytest.mark.parametrize("text", ["[fetch]\nminutes = 'often'", "[fetch\n", "[fetch]\nminutes = 1"])
def test_a_mistake_in_the_settings_is_told_and_stops_no_fetch(
    capsys: pytest.CaptureFixture[str], desk: Path, text: str
) -> None:
    settings(text)
    status, out, err = run(capsys, "fetch")
    assert (status, out.splitlines()[-1]) == (0, "1 feed: 1 new")
    assert "settings.toml" in err
    assert err.endswith("Feeds are fetched every 60 minutes until then.\n")
    assert err.count("\n") == 1


def test_all_says_who_was_left_alone(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    address, now = "https://news.example/", datetime.now(UTC)
    with closing(Shelf.open(desk)) as shelf:
        feeds = [shelf.add_feed(f"{address}{number}") for number in range(5)]
        tried = FetchState(feed=0, tried=now, due=now + timedelta(hours=1), every=60)
        states = [replace(tried, feed=feed.number) for feed in feeds]
        states[3] = replace(states[3], gone=True)
        states[4] = replace(states[4], not_before=now + timedelta(hours=1))
        shelf.keep_fetch_states(states)
        shelf.change_feed(feeds[2].number, lambda feed: replace(feed, paused=True))
    status, out, err = run(capsys, "fetch", "--all")
    assert (status, err) == (0, "")
    assert out.splitlines()[-2:] == [
        "Left alone: 2 feeds asked less than 5 minutes ago, 1 feed told by the server to wait, "
        "1 feed paused, 1 feed gone for good.",
        "--feed N asks one all the same.",
    ]
    told = [json.loads(line) for line in run(capsys, "fetch", "--all", "--json")[1].splitlines()]
    assert told[0]["outcome"] == "begun"
    assert told[0]["feeds"] == [1]
    assert told[0]["note"].startswith("Left alone: 2 feeds asked")


def test_where_no_feed_is_asked_by_itself_that_is_said(
    capsys: pytest.CaptureFixture[str], desk: Path
) -> None:
    keep(FetchState(feed=1, tried=NOW), paused=True)
    said = "No feed is asked by itself (1 feed paused); --feed N asks one.\n"
    assert run(capsys, "fetch") == (0, said, "")
    assert run(capsys, "fetch", "--feed", "1")[1].endswith("1 feed: 1 new\n")


@pytest.mark.parametrize("words", [(), ("--all",)])
def test_saved_pages_alone_are_no_feeds(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feeds(lambda _: [new_feed(SAVED_PAGES)])
    assert run(capsys, "fetch", *words) == (0, "No feeds yet: wiredesk add URL\n", "")


def test_all_and_some_at_once_is_no_wish(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    status, _, err = run(capsys, "fetch", "--all", "--feed", "1")
    assert status == 2
    assert "either --all or --feed" in err


def test_without_a_network_one_line_says_so(
    capsys: pytest.CaptureFixture[str], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.refresh.network import NoNetwork

    async def offline(*_: object, **__: object):
        raise NoNetwork(7)
        yield

    monkeypatch.setattr("store.cli.fetch_rounds.refresh", offline)
    status, out, err = run(capsys, "fetch")
    assert (status, out) == (1, "")
    assert err.startswith("wiredesk: No network: none of 7 hosts")
    status, out, _ = run(capsys, "fetch", "--json")
    told = json.loads(out.splitlines()[-1])
    assert (status, told["outcome"], told["offline"]) == (1, "stopped", True)


def test_a_feed_that_moved_is_announced(
    capsys: pytest.CaptureFixture[str], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def moving(*_: object, **__: object):
        yield FeedRefreshed(feed=1, new=2, moved="https://new.example/", note="Mind this.")

    monkeypatch.setattr("store.cli.fetch_rounds.refresh", moving)
    status, out, err = run(capsys, "fetch")
    assert "moved for good, and is asked at https://new.example/ from now on" in out
    assert err.endswith(": Mind this.\n")
    assert status == 0


# ---------------------------------------------------------------- on and on


@pytest.fixture
def watching(desk: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "store.cli", "fetch", "--watch"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_goes_on_until_it_is_stopped(
    watching: subprocess.Popen[str], server: FeedServer, by: int
) -> None:
    assert watching.stdout is not None
    assert watching.stdout.readline().endswith(": 1 new\n")
    assert watching.poll() is None
    watching.send_signal(by)
    out, err = watching.communicate(timeout=30)
    assert (watching.returncode, out, err) == (0, "", "")
    with closing(Shelf.open(folders().desk)) as shelf:
        assert shelf.fetch_states()[1].succeeded is not None
        assert shelf.lease(1, 60)
    assert len(server.requests) == 1


def test_what_a_fetch_brought_can_be_searched_for(
    capsys: pytest.CaptureFixture[str], server: FeedServer, desk: Path
) -> None:
    run(capsys, "fetch")
    index = desk / "derived" / "search.db"
    before = index.stat().st_mtime_ns
    status, out, _ = run(capsys, "search", "title:a")
    assert (status, out.splitlines()[0].endswith(" · a")) == (0, True)
    assert index.stat().st_mtime_ns == before
