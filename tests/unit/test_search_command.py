"""``wiredesk search`` and ``wiredesk index``, for people, scripts and the app's worker."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from builders import NOON
from desks import FEED, HIRING_PUSH, QUIET, an_article, fill
from msgspec.structs import replace

from store.cli import main
from store.desk import Desk
from store.finding.search_file import path_of
from store.model import article_id
from store.query import QueryError
from store.settings import folders, load_settings
from store.shelf.segments import Segments
from store.shelf.shelf import Mark, Shelf
from store.worker import indexing


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WIREDESK_HOME", str(tmp_path))
    fill(tmp_path / "desk", HIRING_PUSH, QUIET)
    return tmp_path


def test_articles_are_told_with_the_words_around_what_was_found(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "kumano"]) == 0
    when, snippet, address = capsys.readouterr().out.splitlines()
    assert when.endswith(f"Top News · {HIRING_PUSH[0]}")
    assert "Kumano Semiconductor raised $300 million" in snippet
    assert snippet.strip().startswith("…")
    assert address.strip().startswith("https://news.example/")


def test_programs_get_a_line_of_json_for_each(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "is:unread", "-kumano", "--json", "--limit", "5"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["title"], told["feed"], told["read"]) == (QUIET[0], 1, False)
    assert told["snippet"].startswith("Nothing in particular")


def test_whole_articles_are_told_to_be_read_or_for_programs(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["search", "is:unread", "--whole"]) == 0
    first, second = capsys.readouterr().out.split("-" * 72)
    assert first.startswith(HIRING_PUSH[0])
    assert HIRING_PUSH[1].split(". ")[-1] in first
    assert second.strip().startswith(QUIET[0])
    assert main(["search", "is:unread", "--whole", "--json", "--limit", "1"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["format"], told["title"]) == ("wiredesk-article/1", HIRING_PUSH[0])
    assert HIRING_PUSH[1].split(". ")[0] in told["blocks"][0]["text"]
    assert main(["search", "nowhere", "--whole"]) == 0
    assert capsys.readouterr().out == "Nothing is found.\n"


def test_more_whole_articles_than_are_held_at_once_keep_their_order(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["search", "is:unread", "--whole"])
    at_once = capsys.readouterr().out
    monkeypatch.setattr("store.cli.whole_articles._AT_ONCE", 1)
    main(["search", "is:unread", "--whole"])
    assert capsys.readouterr().out == at_once


@pytest.mark.parametrize("words", [(), ("--json",), ("--whole",), ("--whole", "--json")])
@pytest.mark.parametrize(("setting", "kept"), [("dropped", False), ("kept", True)])
def test_what_only_follows_a_reader_is_not_told_unless_it_is_kept(
    home: Path,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    setting: str,
    kept: bool,
) -> None:
    with closing(Shelf.open(home / "desk")) as shelf:
        followed = an_article(QUIET, at=NOON, address=FEED)
        headline = replace(followed.headline, id=7, guid="7", address=f"{FEED}?utm_source=x&n=7")
        shelf.take_in(1, lambda _known: [replace(followed, headline=headline)])
    (home / "settings").mkdir()
    (home / "settings" / "settings.toml").write_text(f'[privacy]\ntracking = "{setting}"')
    assert main(["search", "is:unread", *words]) == 0
    told = capsys.readouterr().out
    assert "n=7" in told
    assert ("utm_source" in told) is kept


def test_nothing_found_is_no_failure(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "nowhere"]) == 0
    assert capsys.readouterr().out == "Nothing is found.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["isx:unread"], "The query cannot be meant: there is no filter “isx:”; did you mean is:?"),
        (["since:never"], "The query cannot be meant: “never” is no time"),
        (["chip", "-"], "The query cannot be meant: “-” stands right before what must not be"),
        (["a", "OR", "b"], "The query cannot be meant: there is no “OR”: for either of two things"),
        ([], "search wants words to look for"),
        (["x", "--limit", "-1"], "--limit wants how many articles to tell"),
    ],
)
def test_a_query_that_cannot_be_meant_is_explained(
    home: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    assert main(["search", *words]) == 2
    assert told in capsys.readouterr().err


def test_the_index_is_made_anew_where_it_is_gone(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["index", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"outcome": "indexed", "done": 1, "total": 1}
    path_of(home / "desk").unlink()
    assert main(["index"]) == 0
    assert capsys.readouterr().out == "The search index is up to date.\n"
    assert path_of(home / "desk").exists()


async def test_the_app_has_it_made_and_finds_then(home: Path) -> None:
    places = folders()
    desk = Desk.open(places, load_settings(places))
    try:
        assert (await desk.finder.find("kumano")).behind == 2
        (step,) = [step async for step in indexing(places.desk)]
        assert (step.done, step.total, step.reason) == (1, 1, "")
        found = await desk.finder.find("kumano")
        assert [desk.columns.row(row).title for row in found.rows] == [HIRING_PUSH[0]]
        assert found.terms[0].values == ("kumano",)
        assert await desk.finder.counts(["kumano", "fed:x", "is:read", "…"]) == (1, None, 0, None)
        article = desk.columns.row(found.rows[0]).id
        assert await desk.finder.which("anthropic", [article]) == {article}
        with pytest.raises(QueryError):
            await desk.finder.find("since:never")
    finally:
        desk.close()


async def test_an_index_that_cannot_be_kept_up_is_told_in_a_sentence(home: Path) -> None:
    path_of(home / "desk").mkdir()
    told = [step async for step in indexing(home / "desk")]
    assert "search index" in told[0].reason


def test_what_stays_of_an_unsubscribed_feed_is_told_with_its_source(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(Shelf.open(home / "desk")) as shelf:
        shelf.mark({(1, article_id(FEED, QUIET[0])): Mark(starred=True)})
    assert main(["feeds", "--remove", "1", "--yes"]) == 0
    capsys.readouterr()
    assert main(["search", "quiet"]) == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(f"Top News · {QUIET[0]}")


def test_each_file_is_read_once_however_many_articles_of_it_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WIREDESK_HOME", str(tmp_path))
    feeds = 17  # one more than files with texts are kept open
    for number in range(feeds):
        address = f"https://news.example/{number}.xml"
        fill(tmp_path / "desk", *((f"Fab {age} of {number}", "Soon.") for age in range(2)),
             address=address)  # fmt: skip
    read: list[str] = []
    made = Segments._made
    monkeypatch.setattr(
        Segments, "_made", lambda all_, name, kind: (read.append(name), made(all_, name, kind))[1]
    )
    assert main(["index"]) == 0
    read.clear()
    capsys.readouterr()
    assert main(["search", "fab", "--json", "--limit", "0"]) == 0
    told = [json.loads(line)["title"] for line in capsys.readouterr().out.splitlines()]
    assert sorted(told[:feeds]) == sorted(f"Fab 0 of {number}" for number in range(feeds))
    assert len(told) == 2 * feeds
    texts = [name for name in read if name.startswith("bodies/")]
    assert len(texts) == len(set(texts)) == feeds
