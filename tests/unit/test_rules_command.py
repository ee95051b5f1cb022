"""``wiredesk rules``: what happens by itself, listed and applied without a screen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from desks import HIRING_PUSH, QUIET, fill
from feed_server import FeedServer

from store.cli import main
from store.desk.aftercare import follow
from store.model import Rule, WatchWord
from store.settings import folders
from store.shelf.shelf import Shelf

RULES = (
    Rule(id="1", name="Jobs", query="recruiting", star=True, labels=("jobs",)),
    Rule(id="2", name="Quiet", query="rained", read=True, on=False),
)


@pytest.fixture
def shelf() -> Iterator[Shelf]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    shelf = Shelf.open(folders().desk)
    follow(shelf)
    shelf.interests.rules.change(lambda _: RULES)
    shelf.interests.watch_words.change(lambda _: [WatchWord(text="Japan", notify=True)])
    yield shelf
    shelf.close()


def stars(shelf: Shelf) -> int:
    return sum(one.starred for one in shelf.headlines(1))


def test_rules_and_watch_words_are_listed(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "watch word Japan · tells · 1 article, 1 unread",
        "rule Jobs · stars · labels jobs · 1 article, 1 unread",
        "    recruiting",
        "rule Quiet (off) · marks read · 1 article, 1 unread",
        "    rained",
    ]


def test_a_broken_rule_is_told_and_fails(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    shelf.interests.rules.change(lambda _: [Rule(id="1", name="Oops", query="oops:1", star=True)])
    assert main(["rules", "--json"]) == 1
    *_, oops = map(json.loads, capsys.readouterr().out.splitlines())
    assert (oops["kind"], oops["name"], oops["articles"]) == ("rule", "Oops", 0)
    assert "there is no filter “oops:”" in oops["mistake"]
    assert main(["rules", "--apply", "Oops"]) == 1
    assert "cannot be meant" in capsys.readouterr().err


def test_a_dry_run_tells_how_many_and_changes_nothing(
    shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "--apply", "jobs", "--dry-run"]) == 0
    assert "would change 1 of them" in capsys.readouterr().out
    assert stars(shelf) == 0


def test_a_rule_is_applied_once(shelf: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--apply", "Jobs", "--json"]) == 0
    applied = json.loads(capsys.readouterr().out)
    assert applied == {"name": "Jobs", "found": 1, "changed": 1, "dry_run": False}
    assert stars(shelf) == 1
    assert main(["rules", "--apply", "Jobs"]) == 0
    assert "changed 0 of them" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["--apply", "None"], 1, "no rule called None"),
        (["--dry-run"], 2, "goes with --apply"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], words: list[str], status: int, says: str
) -> None:
    assert shelf
    assert main(["rules", *words]) == status
    assert says in capsys.readouterr().err


def test_a_desk_without_rules_says_how_they_are_made(capsys: pytest.CaptureFixture[str]) -> None:
    fill(folders().desk, QUIET)
    assert main(["rules"]) == 0
    assert "I makes them" in capsys.readouterr().out


def test_a_fetch_tells_what_rules_found_also_with_a_mistake_in_the_settings(
    capsys: pytest.CaptureFixture[str],
) -> None:
    items = "<item><guid>a</guid><title>A fab</title></item><item><title>Rain</title></item>"
    with FeedServer() as server:
        server.serve("/news.xml", f"<rss version='2.0'><channel>{items}</channel></rss>")
        with closing(Shelf.open(folders().desk)) as shelf:
            shelf.add_feed(server.address("/news.xml"), permit=server.permit)
            rule = Rule(id="1", name="Fabs", query="fab", star=True, notify=True)
            shelf.interests.rules.change(lambda _: [rule])
            shelf.arrivals.begin(datetime.now(UTC))
        folders().settings.mkdir(parents=True, exist_ok=True)
        (folders().settings / "settings.toml").write_text("[claims]\ncodebook = 7\n")
        main(["fetch"])
        told = capsys.readouterr().out
        assert "1 article for “Fabs”: A fab" in told
        more = items.replace("fab", "second fab").replace(">a<", ">b<")
        server.serve("/news.xml", f"<rss version='2.0'><channel>{items}{more}</channel></rss>")
        main(["fetch", "--json", "--feed", "1"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    noticed = {"outcome": "noticed", "name": "Fabs", "articles": 1, "titles": ["A second fab"]}
    assert noticed in lines
