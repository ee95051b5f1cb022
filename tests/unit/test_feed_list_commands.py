"""Lists of feeds by command: taken in, written, and told of."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from desks import open_desk

from store.cli import main
from store.desk import Desk, DeskError
from store.feeds.web import fetch as web
from store.settings import folders
from store.shelf.shelf import Shelf

LIST = """\ufeff<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Wire" xmlUrl="https://wire.example/f"/>
<outline text="Router" xmlUrl="http://192.168.1.1/f"/></outline>
<outline text="Chips" title="Chip Weekly" type="rss" xmlUrl="https://chips.example/f"/>
</body></opml>
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    there = tmp_path / "subs.txt"
    there.write_text(LIST, "utf-8")
    return there


@pytest.fixture
def desk() -> Iterator[Desk]:
    with closing(open_desk()) as opened:
        yield opened


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = main([str(word) for word in words])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return status, said.out, said.err


def names() -> list[str]:
    with closing(Shelf.open(folders().desk)) as shelf:
        return [feed.name for feed in shelf.feeds()]


def test_a_list_is_known_by_its_content_and_told_line_by_line(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    status, out, err = run(capsys, "import", file)
    assert status == 1
    assert out == f"{file}: 2 new feeds.\nwiredesk fetch fetches them.\n"
    assert err.startswith(f"wiredesk: {file}: line 4: 192.168.1.1:80 is on a private network")
    assert names() == ["Wire", "Chips"]


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "iso-8859-1"])
def test_a_list_in_another_charset_is_known_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, charset: str
) -> None:
    file = tmp_path / "subs.opml"
    row = "<outline text='Café' xmlUrl='https://a.example/'/>"
    file.write_bytes(f"<opml><body>{row}</body></opml>".encode(charset))
    assert run(capsys, "import", file)[0] == 0
    assert names() == ["Café"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_list_that_may_not_be_read_is_told(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    file.chmod(0)
    status, _, err = run(capsys, "import", file)
    assert status == 1
    assert "cannot be read" in err


def test_nothing_is_asked_of_any_host_by_a_list(
    capsys: pytest.CaptureFixture[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(web.Fetcher, "fetch")
    run(capsys, "import", file)
    assert names() == ["Wire", "Chips"]


def test_the_same_list_twice_changes_nothing(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    run(capsys, "import", file)
    before = (folders().desk / "subscriptions.json").read_bytes()
    _, out, _ = run(capsys, "import", file, "--json")
    told = json.loads(out)
    assert (told["outcome"], told.get("added"), told["there"]) == ("list", None, 2)
    assert len(told["problems"]) == 1
    assert (folders().desk / "subscriptions.json").read_bytes() == before


def test_a_feed_that_is_there_stands_in_further_folders(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    run(capsys, "import", file)
    other = tmp_path / "other.opml"
    other.write_text(LIST.replace('text="News"', 'text="Elsewhere"'), "utf-8")
    _, out, _ = run(capsys, "import", other)
    assert "0 new feeds, 1 in further folders, 1 here already." in out


def test_many_problems_are_told_in_few_lines_and_all_as_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "subs.opml"
    rows = "".join(f"<outline text='{n}' xmlUrl='ftp://x.example/{n}'/>\n" for n in range(50))
    file.write_text(f"<opml><body>{rows}</body></opml>")
    status, _, err = run(capsys, "import", file)
    assert status == 1
    assert err.count("\n") == 21
    assert "so with 30 more" in err
    _, out, _ = run(capsys, "import", file, "--json")
    assert len(json.loads(out)["problems"]) == 50


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<html><body>x</body></html>", "no list of feeds"),
        ("<!DOCTYPE opml><opml/>", "DOCTYPE"),
        ("<opml><body>", "broken in line 1"),
        ("", "claims"),
    ],
)
def test_what_is_no_list_is_told_and_the_other_files_are_taken(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path, content: str, said: str
) -> None:
    other = tmp_path / "other.xml"
    other.write_text(content)
    status, _, err = run(capsys, "import", other, file)
    assert status == 1
    assert said in err
    assert names() == ["Wire", "Chips"]


def test_a_refused_list_is_a_line_of_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "x.opml"
    file.write_text("<html>")
    status, out, _ = run(capsys, "import", file, "--json")
    assert (status, json.loads(out)["outcome"]) == (1, "refused")


def test_the_desk_goes_out_as_a_list_to_stdout_or_into_a_file(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    run(capsys, "import", file)
    status, out, _ = run(capsys, "feeds", "--opml")
    assert status == 0
    assert [one.get("text") for one in Tree.fromstring(out).iter("outline")] == [
        "Chips", "News", "Wire",
    ]  # fmt: skip
    written = tmp_path / "out.opml"
    written.write_text("old")
    written.chmod(0o640)
    assert run(capsys, "feeds", "--opml", "-o", written)[0] == 0
    assert written.read_text("utf-8").splitlines()[0].startswith("<?xml")
    assert stat.S_IMODE(written.stat().st_mode) == 0o640
    other = ("--desk", tmp_path / "other")
    assert run(capsys, *other, "import", written)[0] == 0
    status, out, err = run(capsys, "feeds", "--opml", "--failing")
    assert (status, out, err.count("\n")) == (2, "", 1)


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_list_that_cannot_be_written_is_told(
    capsys: pytest.CaptureFixture[str], file: Path, tmp_path: Path
) -> None:
    run(capsys, "import", file)
    status, _, err = run(capsys, "feeds", "--opml", "-o", tmp_path / "no" / "out.opml")
    assert status == 1
    assert "cannot be written" in err


# ---------------------------------------------------------------- by the app


async def test_the_app_takes_a_list_in_and_back(desk: Desk, file: Path) -> None:
    assert desk.adding.list_file(str(file.with_name("gone"))[1:]) is None
    assert desk.adding.list_file(f" '{file}' ") == file
    told = await desk.adding.take_list(file)
    assert (told.added, len(told.problems)) == ((1, 2), 1)
    await desk.adding.take_back([*told.added, 99])
    assert desk.feeds() == ()
    assert (await desk.adding.take_list(file)).added == (1, 2)


@pytest.mark.parametrize("typed", ["/nowhere/subs.opml", "~/subs.opml", "./subs.opml"])
async def test_a_path_where_nothing_lies_is_told(desk: Desk, typed: str) -> None:
    with pytest.raises(DeskError, match="There is no file"):
        desk.adding.list_file(typed)


@pytest.mark.parametrize("typed", ["", "example.org/feed.opml", "https://example.org/subs.opml"])
async def test_an_address_is_no_path(desk: Desk, typed: str) -> None:
    assert desk.adding.list_file(typed) is None


async def test_a_file_that_is_no_list_is_refused_in_the_app(desk: Desk, tmp_path: Path) -> None:
    for name, content in (("a.xml", "<html>"), ("claims.json", "{}")):
        (tmp_path / name).write_text(content)
        with pytest.raises(DeskError, match="list of feeds"):
            await desk.adding.take_list(tmp_path / name)


def test_another_desk_gets_the_order_and_what_is_kept_from_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = "".join(
        f"<outline text='{folder}'>"
        "<outline text='b' xmlUrl='https://b.example/' wd:keepDays='90' wd:keepArticles='500'/>"
        "<outline text='a' xmlUrl='https://a.example/'/></outline>"
        for folder in ("Zinc", "Iron")
    )
    file = tmp_path / "mine.opml"
    file.write_text(f"<opml xmlns:wd='urn:wiredesk:opml:1'><body>{listed}</body></opml>", "utf-8")
    one, other = (("--desk", str(tmp_path / name)) for name in ("one", "other"))
    assert run(capsys, *one, "import", file)[0] == 0
    assert run(capsys, *one, "feeds", "--opml", "-o", file)[0] == 0
    assert run(capsys, *other, "import", file)[0] == 0
    with closing(Shelf.open(tmp_path / "other")) as shelf:
        assert [(feed.name, feed.place, feed.keep_days, feed.keep_articles)
                for feed in shelf.feeds()] == [("b", -2, 90, 500), ("a", -1, 0, 0)]  # fmt: skip
        assert [one.path for one in shelf.interests.folders.all()] == [("Zinc",), ("Iron",)]
    again = run(capsys, *other, "feeds", "--opml")[1]
    outlines = [line for line in again.splitlines() if "<outline" in line]
    assert outlines == [line for line in file.read_text().splitlines() if "<outline" in line]
