"""Feeds renamed, moved, removed, restored and counted by command."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from io import StringIO

import pytest
from desks import FEED, QUIET, fill
from msgspec.structs import replace

from store.cli import main
from store.model import Feed
from store.settings import folders
from store.shelf.shelf import Mark, Shelf


@pytest.fixture(autouse=True)
def desk() -> None:
    fill(folders().desk, QUIET, ("Another day", "It shone."))
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.add_feed("https://chips.example/f")
        shelf.change_feed(2, lambda feed: replace(feed, title="Chip Weekly"))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return status, said.out, said.err


def on_disk(number: int) -> Feed | None:
    with closing(Shelf.open(folders().desk)) as shelf:
        return shelf.feed(number)


def test_a_feed_is_renamed_and_moved(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "feeds", "--rename", 1, "My\x1b wire")[:2] == (
        0,
        "Feed 1 is called My� wire now.\n",
    )
    _, out, _ = run(capsys, "feeds", "--rename", 1, "", "--json")
    assert json.loads(out) == {
        "outcome": "changed", "number": 1, "name": "Top News", "folders": [], "address": FEED,
    }  # fmt: skip
    _, out, _ = run(capsys, "feeds", "--move", 1, "Tech/Chips,Asia")
    assert out == "Top News stands in Tech/Chips, Asia now.\n"
    feed = on_disk(1)
    assert feed is not None
    assert (feed.own_title, feed.folders) == ("", (("Tech", "Chips"), ("Asia",)))
    assert run(capsys, "feeds", "--move", 1, "")[1] == "Top News stands in no folder now.\n"
    assert json.loads(run(capsys, "feeds", "--move", 1, "A", "--json")[1])["folders"] == [["A"]]


@pytest.mark.parametrize(
    "words", [("--rename", 9, "x"), ("--move", 9, "x"), ("--remove", 9, "--yes")]
)
def test_a_feed_that_is_not_there_is_told(
    capsys: pytest.CaptureFixture[str], words: tuple[object, ...]
) -> None:
    status, out, err = run(capsys, "feeds", *words)
    assert (status, out) == (1, "")
    assert err == "wiredesk: There is no feed 9: wiredesk feeds lists them with their numbers.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("--remove", 1, "--rename", 1, "x"),
        ("--move", 1, "x", "--opml"),
        ("--yes",),
        ("--stats", "--restore", 1),
        ("--failing", "--opml"),
        ("--rename", "one", "x"),
        ("--rename", 1),
    ],
)
def test_what_cannot_be_meant_together_is_told(
    capsys: pytest.CaptureFixture[str], words: tuple[object, ...]
) -> None:
    status, out, err = run(capsys, "feeds", *words)
    assert (status, out, err.count("\n")) == (2, "", 1)


def test_removing_keeps_what_is_starred_and_restoring_brings_all_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        starred = next(iter(shelf.headlines(1))).id
        shelf.mark({(1, starred): Mark(starred=True)})
    status, out, _ = run(capsys, "feeds", "--remove", 1, "--remove", 2, "--yes")
    assert (status, out) == (
        0,
        "Unsubscribed from Top News; --restore 1 brings it back.\n"
        "Unsubscribed from Chip Weekly; --restore 2 brings it back.\n",
    )
    with closing(Shelf.open(folders().desk)) as shelf:
        columns = shelf.columns()
        assert [columns.row(i).id for i in columns.order()] == [starred]
    assert run(capsys, "feeds", "--restore", 1)[:2] == (0, "Subscribed to Top News again.\n")
    assert json.loads(run(capsys, "feeds", "--restore", 2, "--json")[1])["name"] == "Chip Weekly"
    status, _, err = run(capsys, "feeds", "--restore", 2)
    assert (status, err) == (1, "wiredesk: No feed 2 was removed from this desk.\n")
    with closing(Shelf.open(folders().desk)) as shelf:
        assert len(shelf.columns()) == 2


def test_a_feed_whose_address_another_has_is_not_restored(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = run(capsys, "feeds", "--remove", 2, "--yes", "--json")[1]
    assert json.loads(out)["outcome"] == "removed"
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, address="https://chips.example/f"))
    status, _, err = run(capsys, "feeds", "--restore", 2)
    assert status == 1
    assert "Top News is fetched at that address now" in err


@pytest.mark.parametrize(("typed", "status"), [("y\n", 0), ("n\n", 1), ("", 1)])
def test_on_a_terminal_removing_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str, status: int
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    run(capsys, "feeds", "--move", 1, "News")
    found, _, err = run(capsys, "feeds", "--remove", 1)
    assert found == status
    assert "Top News (News): 2 articles leave the lists. Unsubscribe? [y/N]" in err
    assert (on_disk(1) is None) == (status == 0)


def test_without_a_terminal_removing_must_be_said_twice(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("y\n"))
    status, _, err = run(capsys, "feeds", "--remove", 1)
    assert (status, err) == (2, "wiredesk: Nothing was removed: --yes says that it is meant.\n")
    assert on_disk(1) is not None


def test_what_feeds_bring_is_told_in_columns_and_as_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "feeds", "--stats")
    heading, first, second = out.splitlines()
    assert heading.split() == ["no", "newest", "a", "week", "read", "stars", "claims", "fares",
                               "name"]  # fmt: skip
    assert first.split()[3:6] == ["0%", "0", "0"]
    assert first.endswith("Top News")
    assert second.split()[:2] == ["2", "-"]
    rows = [json.loads(line) for line in run(capsys, "feeds", "--stats", "--json")[1].splitlines()]
    assert [row["read"] for row in rows] == [0.0, None]
    assert rows[0]["newest"].startswith("20")
    assert {"week", "starred", "claimed", "keep_days", "keep_articles"} <= rows[0].keys()
