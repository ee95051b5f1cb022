"""A segment is stock TinyDB, written so that nothing saved is ever harmed."""

from __future__ import annotations

import errno
import json
import math
import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from disk_watch import DiskWatch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.table import Document

from store.shelf.custody import Custody
from store.shelf.errors import ShelfError
from store.shelf.storage import Segment

WORDS = st.text(st.characters(exclude_categories=("Cs",)))
"""Every string that JSON can keep."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder / "segment.json"


def segment(path: Path) -> Segment:
    return Segment(path, Custody(path.parent))


def test_stock_tinydb_opens_what_we_wrote(path: Path) -> None:
    segment(path).table("articles").put({7: {"title": "Ärger im Werk", "format": 1}})
    with TinyDB(path) as stock:
        assert stock.tables() == {"articles"}
        found = stock.table("articles").get(where("title") == "Ärger im Werk")
    assert isinstance(found, Document)
    assert found.doc_id == 7


def test_we_open_what_stock_tinydb_wrote(path: Path) -> None:
    with TinyDB(path) as stock:
        stock.table("articles").insert(Document({"title": "Hello"}, 9))
    assert segment(path).table("articles").record(9) == {"title": "Hello"}


def test_the_stock_operations_of_tinydb_work(path: Path) -> None:
    table = segment(path).table("words")
    table.insert_multiple([Document({"n": n}, n) for n in range(1, 6)])
    table.update({"odd": True}, where("n").test(lambda n: n % 2 == 1))
    table.remove(doc_ids=[5])
    table.upsert(Document({"n": 20}, 2))
    assert [d["n"] for d in segment(path).table("words").search(where("odd") == True)] == [1, 3]  # noqa: E712 - a query
    assert len(table) == 4


def test_a_search_is_not_answered_from_what_was_true_before_another_process_wrote(
    path: Path,
) -> None:
    mine, other = segment(path).table("words"), segment(path).table("words")
    mine.put({1: {"n": 1}})
    assert len(mine.search(where("n") == 1)) == 1
    other.put({2: {"n": 1}})
    assert len(mine.search(where("n") == 1)) == 2


def test_one_record_stands_on_one_line(path: Path) -> None:
    segment(path).table("articles").put({1: {"a": "x\ny"}, 2: {"b": 2}})
    assert path.read_text("utf-8").splitlines() == [
        '{"articles":{',
        '"1":{"a":"x\\ny"},',
        '"2":{"b":2}',
        "}}",
    ]


def test_two_tables_change_in_one_write(path: Path) -> None:
    both = segment(path)
    with DiskWatch().watching() as watch, both.file.one_write():
        both.table("feeds").put({1: {"a": 1}})
        both.table("meta").put({1: {"last": 1}})
        assert not path.exists()
    assert [call.name for call in watch.calls].count("replace") == 1
    assert json.loads(path.read_bytes()) == {"feeds": {"1": {"a": 1}}, "meta": {"1": {"last": 1}}}


def test_a_change_of_two_tables_that_breaks_off_changes_neither(path: Path) -> None:
    both = segment(path)

    def break_off() -> None:
        with both.file.one_write():
            both.table("feeds").put({1: {"a": 1}})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert both.table("feeds").records() == {}
    assert not path.exists()


def test_files_are_for_their_owner_only(path: Path) -> None:
    table = segment(path).table("words")
    for n in range(3):
        table.put({n: {"n": n}})
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    assert set(modes) == {"segment.json", "segment.json.bak", ".lock"}
    assert set(modes.values()) == {0o600}


def test_the_generation_before_is_kept(path: Path) -> None:
    table = segment(path).table("words")
    table.put({1: {"n": 1}})
    before = path.read_bytes()
    table.put({1: {"n": 2}})
    assert path.with_name("segment.json.bak").read_bytes() == before


def test_a_save_syncs_the_file_before_the_rename_and_the_folder_after(path: Path) -> None:
    table = segment(path).table("words")
    table.put({1: {"n": 1}})
    with DiskWatch().watching() as watch:
        table.put({1: {"n": 2}})
    calls = [c for c in watch.calls if not c.path.endswith(".lock")]
    assert [call.name for call in calls] == [
        *("open", "write", "fsync"),
        *("link", "replace", "unlink"),
        *("replace", "fsync folder"),
    ]
    opened, written, synced = calls[:3]
    assert opened.path == written.path == synced.path == calls[6].path
    assert (calls[3].path, calls[4].target) == (str(path), f"{path}.bak")
    assert calls[6].target == str(path)
    assert calls[7].path == str(path.parent)


def test_a_write_that_the_system_takes_in_bits_is_written_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: real(descriptor, content[:7]))
    segment(path).table("words").put({1: {"long": "word " * 30}})
    assert segment(path).table("words").record(1) == {"long": "word " * 30}


def test_a_linked_file_is_changed_where_it_is(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.json"
    real.write_text('{"words":{}}')
    path.symlink_to(real)
    segment(path).table("words").put({1: {"n": 1}})
    assert path.is_symlink()
    assert json.loads(real.read_bytes()) == {"words": {"1": {"n": 1}}}


def test_a_disk_without_hard_links_keeps_the_generation_before_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    table = segment(path).table("words")
    table.put({1: {"n": 1}})
    table.put({1: {"n": 2}})
    assert json.loads(path.with_name("segment.json.bak").read_bytes())["words"]["1"] == {"n": 1}


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, "\ud83d", b"bytes", {1: "number as a key"}, ("a", "tuple")],
    ids=repr,
)
def test_what_json_cannot_keep_is_refused_before_anything_is_touched(
    path: Path, value: object
) -> None:
    table = segment(path).table("words")
    table.put({1: {"n": 1}})
    before = path.read_bytes()
    with pytest.raises(ShelfError, match="cannot keep"):
        table.put({2: {"value": value}})
    assert path.read_bytes() == before
    assert table.records() == {"1": {"n": 1}}


def test_an_unchanged_file_is_not_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = segment(path).table("words")
    table.put({1: {"n": 1}})

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the file was read")

    monkeypatch.setattr(Path, "open", refuse)
    assert table.record(1) == {"n": 1}


def test_every_save_can_be_told_from_the_one_before(path: Path) -> None:
    """The system's clock stands still for milliseconds; sizes repeat, and so do inodes."""
    table, reader = segment(path).table("words"), segment(path).table("words")
    for n in range(100):
        table.put({1: {"n": n % 10}})
        assert reader.record(1) == {"n": n % 10}


def test_a_save_is_dated_after_the_one_before_even_when_the_clock_was_set_back(path: Path) -> None:
    table = segment(path).table("words")
    table.put({1: {"n": 1}})
    ahead = path.stat().st_mtime_ns + 3_600 * 10**9
    os.utime(path, ns=(ahead, ahead))
    for n in range(3):
        table.put({1: {"n": n}})
        assert path.stat().st_mtime_ns > ahead
        ahead = path.stat().st_mtime_ns


def test_threads_change_one_segment_without_losing_a_record(path: Path) -> None:
    shared = segment(path)

    def add(start: int) -> None:
        for n in range(start, start + 25):
            shared.table("words").insert(Document({"n": n}, n))

    threads = [threading.Thread(target=add, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shared.table("words")) == 75
    assert len(segment(path).table("words")) == 75


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.integers(0, 2**53),
        st.dictionaries(
            st.text(st.characters(exclude_categories=("Cs",))).filter(
                lambda name: name != "format"
            ),
            st.recursive(
                st.none()
                | st.booleans()
                | st.integers(-(2**63), 2**63 - 1)
                | st.floats(allow_nan=False, allow_infinity=False)
                | WORDS,
                lambda inner: st.lists(inner, max_size=3),
                max_leaves=5,
            ),
        ),
    )
)
def test_whatever_is_put_reads_back_equal(tmp_path: Path, records: dict[int, Any]) -> None:
    path = tmp_path / "any.json"
    path.unlink(missing_ok=True)
    table = segment(path).table("any")
    table.put(records)
    again = segment(path).table("any")
    assert again.records() == {str(key): record for key, record in records.items()}
    with TinyDB(path, access_mode="r") as stock:
        assert {d.doc_id: dict(d) for d in stock.table("any")} == records


def test_what_was_written_ahead_is_put_in_place(path: Path) -> None:
    table, records = segment(path).table("words"), {1: {"n": 1}}
    with table.put_ahead(records):
        assert not path.exists()
        (ahead,) = path.parent.glob("*.tmp")
        written = ahead.stat().st_ino
        table.put(records)
    assert path.stat().st_ino == written
    assert segment(path).table("words").records() == {"1": {"n": 1}}


def test_what_another_program_wrote_meanwhile_is_not_lost(path: Path) -> None:
    table, records = segment(path).table("words"), {1: {"n": 1}}
    with table.put_ahead(records):
        segment(path).table("words").put({2: {"n": 2}})
        table.put(records)
    assert segment(path).table("words").records() == {"2": {"n": 2}, "1": {"n": 1}}
    assert not list(path.parent.glob("*.tmp"))


def test_what_was_swept_away_meanwhile_is_written_again(path: Path) -> None:
    table, records = segment(path).table("words"), {1: {"n": 1}}
    with table.put_ahead(records):
        for temporary in path.parent.glob("*.tmp"):
            temporary.unlink()
        table.put(records)
    assert segment(path).table("words").records() == {"1": {"n": 1}}


def test_what_was_written_ahead_and_not_wanted_goes(path: Path) -> None:
    table = segment(path).table("words")
    with table.put_ahead({1: {"n": 1}}):
        table.put({1: {"n": 2}})
    assert segment(path).table("words").records() == {"1": {"n": 2}}
    assert not list(path.parent.glob("*.tmp"))


def test_a_disk_that_is_full_ahead_and_has_room_then_takes_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    table, records = segment(path).table("words"), {1: {"n": 1}}
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with table.put_ahead(records):
            patched.undo()
            assert not list(path.parent.glob("*.tmp"))
            table.put(records)
    assert segment(path).table("words").records() == {"1": {"n": 1}}
