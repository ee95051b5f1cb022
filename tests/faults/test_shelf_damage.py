"""Files that somebody else broke are set aside and told, never taken for new and overwritten."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace
from shelf_cases import (
    SmallDesk,
    article_write,
    assert_whole,
    claim,
    keep_claims,
    opened,
    rows_built_anew,
    rows_of,
    small_desk,
    take_in,
)

from store.desk.pinning import PinsUnclear, pinning
from store.model import FetchState, View
from store.settings import Settings
from store.shelf.shelf import Mark, Shelf, ShelfError

WHOLE = b'{"claims":{"5":{"format":1}},"coverage":{}}'

DAMAGES: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n",
    "null": b"null",
    "cut off": WHOLE[:-9],
    "old text after the new": WHOLE + b'5":{}}}',
    "garbage": bytes(range(256)) * 4,
    "zeros": b"\0" * 512,
    "zeros at the end": WHOLE + b"\0" * 512,
    "byte order mark": b"\xef\xbb\xbf" + WHOLE,
    "Latin-1": '{"claims":{"5":{"note":"Ä"}}}'.encode("latin-1"),
    "UTF-16": WHOLE.decode().encode("utf-16"),
    "list at the top": b"[]",
    "number at the top": b"17",
    "text at the top": b'"claims"',
    "table that is a list": b'{"claims":[]}',
    "record that is a list": b'{"claims":{"5":[]}}',
    "record without a number": b'{"claims":{"five":{}}}',
    "record with a huge number": b'{"claims":{"' + b"9" * 5_000 + b'":{}}}',
    "number of 5,000 digits": b'{"claims":{"5":{"rev":' + b"9" * 5_000 + b"}}}",
    "nested 100,000 deep": b'{"claims":' * 100_000,
    "list nested 100,000 deep": b'{"claims":{"5":{"x":' + b"[" * 100_000,
    "NaN": b'{"claims":{"5":{"score":NaN}}}',
    "format that is no number": b'{"claims":{"5":{"format":"new"}}}',
    "newer format": b'{"claims":{"5":{"format":2}}}',
}

FILES = (
    "subscriptions.json",
    "fetch.json",
    "heads/0001-0000.json",
    "bodies/0001-0000.json",
    "claims/0001-0000.json",
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk on which every file was written at least twice."""
    desk = small_desk(tmp_path_factory.mktemp("original") / "desk")
    desk.shelf.remove_feed(1)
    desk.shelf.add_feed(desk.feed.address)
    for failures in (0, 1):
        desk.shelf.keep_fetch_states([FetchState(feed=1, failures=failures)])
    take_in(desk.shelf, article_write(desk.feed, "n3", hours_old=3))
    keep_claims(desk.shelf, desk.first, claim(desk.first, 3))
    return desk.shelf.folder


@pytest.fixture
def desk(original: Path, tmp_path: Path) -> SmallDesk:
    shutil.copytree(original, tmp_path / "desk")
    shelf = Shelf.open(tmp_path / "desk")
    former = article_write  # the same articles as on the original desk
    feed = next(iter(shelf.feeds()))
    return SmallDesk(shelf, feed, tuple(former(feed, f"n{i}", hours_old=i) for i in range(4)))


def read_everything(shelf: Shelf) -> None:
    columns = shelf.columns()
    columns.refresh()
    for row in map(columns.row, columns.order()):
        shelf.article(row.id, row.feed)
    list(shelf.claims())
    list(shelf.coverage())
    shelf.fetch_states()


def aside(folder: Path, name: str) -> list[Path]:
    return sorted((folder / name).parent.glob(f"{Path(name).name}.*-*"))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_told_once_and_the_state_before_opens(
    desk: SmallDesk, name: str, damage: str
) -> None:
    folder = desk.shelf.folder
    path = folder / name
    before = path.with_name(path.name + ".bak").read_bytes()
    path.write_bytes(DAMAGES[damage])
    shelf = Shelf.open(folder)
    read_everything(shelf)
    (notice,) = shelf.notices()
    assert str(path) in notice
    assert notice.endswith("; what it held before its last change is used instead.")
    (kept,) = aside(folder, name)
    assert kept.name in notice
    assert kept.read_bytes() == DAMAGES[damage]
    assert json.loads(path.read_bytes()) == json.loads(before)
    assert shelf.notices() == ()

    take_in(shelf, *desk.writes)
    article = opened(shelf, desk.writes[3])
    keep_claims(shelf, article, claim(article, 9))
    shelf.keep_fetch_states([FetchState(feed=1, failures=2)])
    again = Shelf.open(folder)
    read_everything(again)
    assert again.notices() == ()
    assert kept.read_bytes() == DAMAGES[damage]
    assert again.fetch_states()[1].failures == 2
    assert {one.id[-1] for one in again.claims()} >= {"1", "2", "9"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone_comes_back_as_it_was_before_its_last_change(
    desk: SmallDesk, name: str
) -> None:
    folder = desk.shelf.folder
    (folder / name).unlink()
    shelf = Shelf.open(folder)
    read_everything(shelf)
    assert len(shelf.feeds()) + len(list(shelf.claims())) >= 2
    assert (folder / name).exists()
    (notice,) = shelf.notices()
    assert "it is missing" in notice


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_breaks_while_the_program_runs_is_noticed(desk: SmallDesk, name: str) -> None:
    shelf = desk.shelf
    read_everything(shelf)
    (shelf.folder / name).write_bytes(b'{"half": {"a')
    shelf.mark({(1, desk.writes[0].headline.id): Mark(starred=True)})
    keep_claims(shelf, desk.first, claim(desk.first, 9))
    shelf.keep_fetch_states([FetchState(feed=1, failures=7)])
    take_in(shelf, *desk.writes)
    assert len(shelf.feeds()) in {0, 1}
    (notice,) = shelf.notices()
    assert name in notice
    assert len(aside(shelf.folder, name)) == 1
    columns = shelf.columns()
    columns.refresh()
    assert rows_of(columns) == rows_built_anew(shelf.folder)
    headline = shelf.headline(desk.writes[0].headline.id, 1)
    assert headline is not None
    assert headline.starred
    assert shelf.fetch_states()[1].failures == 7
    assert "9" in {one.id[-1] for one in shelf.claims()}


@pytest.mark.parametrize("name", FILES)
def test_without_any_good_state_it_starts_empty_and_keeps_both(desk: SmallDesk, name: str) -> None:
    folder = desk.shelf.folder
    path = folder / name
    path.write_bytes(b"first")
    path.with_name(path.name + ".bak").write_bytes(b"second")
    shelf = Shelf.open(folder)
    read_everything(shelf)
    (notice,) = shelf.notices()
    assert notice.endswith("; it starts empty.")
    assert {kept.read_bytes() for kept in folder.rglob("*.damaged-*")} == {b"first", b"second"}
    assert json.loads(path.read_bytes()) == {}


@pytest.mark.parametrize("name", FILES)
def test_what_only_a_newer_version_can_read_is_left_to_it(desk: SmallDesk, name: str) -> None:
    folder = desk.shelf.folder
    path = folder / name
    newer = b'{"table":{"5":{"format":2}}}'
    path.write_bytes(newer)
    path.with_name(path.name + ".bak").write_bytes(newer)
    before = sorted(folder.rglob("*"))

    def look() -> None:
        read_everything(Shelf.open(folder))

    with pytest.raises(ShelfError, match="install the newer version"):
        look()
    assert path.read_bytes() == newer
    assert sorted(folder.rglob("*")) == before


def test_a_broken_text_costs_its_segment_only(desk: SmallDesk) -> None:
    folder = desk.shelf.folder
    for path in (folder / "bodies").iterdir():
        path.write_bytes(b"")
    shelf = Shelf.open(folder)
    assert len(shelf.columns()) == 4
    assert shelf.article(desk.writes[0].headline.id, 1) is None
    assert len(shelf.claims_of(desk.writes[0].headline.id, 1)) == 3
    snapshot = shelf.snapshot_of(desk.writes[0].headline.id, 1, 1)
    assert snapshot == desk.writes[0].version
    assert len(shelf.notices()) == 1
    take_in(shelf, *desk.writes)
    assert opened(shelf, desk.writes[0]).version == desk.writes[0].version
    assert_whole(shelf)


def test_a_broken_bulletin_is_replaced_without_a_word(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    for content in (b"", b"{", b"\0" * 4096, b'{"generation":7,"since":0,"changed":{}}'):
        (desk.shelf.folder / "generation.json").write_bytes(content)
        other = Shelf.open(desk.shelf.folder)
        star = not columns.row(columns.order()[0]).starred
        other.mark({(1, desk.writes[0].headline.id): Mark(starred=star)})
        assert columns.refresh()
        assert columns.row(columns.order()[0]).starred is star
        assert columns.generation == other.generation()
    assert desk.shelf.notices() == ()


def test_a_bulletin_that_was_read_half_written_is_not_believed(desk: SmallDesk) -> None:
    """It parses, and its number is right, but the names in it are not those of that number."""
    columns = desk.shelf.columns()
    path = desk.shelf.folder / "generation.json"
    other = Shelf.open(desk.shelf.folder)
    other.mark({(1, desk.writes[0].headline.id): Mark(starred=True)})
    torn = json.loads(path.read_bytes()) | {"changed": {}}
    path.write_text(json.dumps(torn))
    assert columns.refresh()
    assert columns.row(columns.order()[0]).starred


def test_a_view_that_cannot_be_read_is_told_and_outlives_changes_of_others(desk: SmallDesk) -> None:
    views = desk.shelf.interests.views
    rain = View(id="a", name="Rain", query="rained")
    views.change(lambda _: (rain,))
    assert views.is_whole
    path = desk.shelf.folder / "interests.json"
    tables = json.loads(path.read_bytes())
    strange = {"format": 1, "id": "b", "name": ["of", "another", "kind"], "query": "x"}
    tables["views"]["2"] = strange
    path.write_text(json.dumps(tables))
    shelf = Shelf.open(desk.shelf.folder)
    assert shelf.interests.views.all() == (rain,)
    assert "cannot be read and is left out" in shelf.notices()[0]
    shelf.interests.views.change(lambda _: (replace(rain, name="Wet"), rain))
    assert json.loads(path.read_bytes())["views"]["3"] == strange
    assert not shelf.interests.views.is_whole
    with pinning(shelf, Settings(annotator="ana")) as pinned, pytest.raises(PinsUnclear):
        pinned([1])


def test_strange_files_in_the_folders_are_left_alone(desk: SmallDesk) -> None:
    folder = desk.shelf.folder
    strange = [
        folder / "heads" / "0001-0000 (conflicted copy).json",
        folder / "claims" / "notes.txt",
        folder / "bodies" / ".DS_Store",
        folder / "claims" / "12-34.json",
    ]
    for path in strange:
        path.write_text("not ours")
    shelf = Shelf.open(folder)
    read_everything(shelf)
    assert shelf.notices() == ()
    assert {path.read_text() for path in strange} == {"not ours"}
    assert len(shelf.columns()) == 4
