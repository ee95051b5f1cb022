"""Several programs on one desk, programs that are killed, disks that are full."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from shelf_cases import (
    ADDRESS,
    SmallDesk,
    article_write,
    assert_whole,
    claim,
    keep_claims,
    opened,
    rows_built_anew,
    rows_of,
    small_desk,
)

from store.shelf.custody import Custody
from store.shelf.shelf import Shelf, ShelfError

CHILD = Path(__file__).resolve().parents[1] / "shelf_child.py"
KILLS = 12


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return small_desk(tmp_path / "desk")


def start(what: str, folder: Path, number: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, str(CHILD), what, str(folder), str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(child: subprocess.Popen[str]) -> list[str]:
    """What the program acknowledged; it must end well."""
    said, complaint = child.communicate(timeout=100)
    assert child.returncode == 0, complaint
    return said.splitlines()


@contextmanager
def running(what: str, folder: Path, number: int = 0) -> Iterator[subprocess.Popen[str]]:
    """A program that is killed in the end, whatever it does."""
    child = start(what, folder, number)
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def test_two_programs_with_three_hundred_claims_each_keep_six_hundred(desk: SmallDesk) -> None:
    folder = desk.shelf.folder
    children = [start("claims", folder, first) for first in (1_000, 2_000)]
    acknowledged = [finished(child) for child in children]
    assert [len(said) for said in acknowledged] == [300, 300]
    found = Shelf.open(folder).claims_of(desk.first.headline.id, 1)
    assert len({one.id for one in found}) == len(found) == 602
    columns = desk.shelf.columns()
    columns.refresh()
    assert columns.row(columns.order()[0]).claims == 602


def test_two_programs_that_fetch_the_same_take_each_article_in_once(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    children = [start("articles", desk.shelf.folder) for _ in range(2)]
    assert sum(int(finished(child)[0]) for child in children) == 50
    columns.refresh()
    assert len(columns) == 53
    assert rows_of(columns) == rows_built_anew(desk.shelf.folder)
    assert_whole(Shelf.open(desk.shelf.folder))


def test_two_programs_that_subscribe_get_numbers_of_their_own(desk: SmallDesk) -> None:
    children = [start("feeds", desk.shelf.folder, first) for first in (100, 200)]
    numbers = [int(word) for child in children for word in finished(child)]
    assert len(set(numbers)) == 60
    assert {feed.number for feed in desk.shelf.feeds()} == {1, *numbers}


def test_what_was_acknowledged_is_there_after_any_kill(desk: SmallDesk) -> None:
    folder = desk.shelf.folder
    columns = desk.shelf.columns()
    when = random.Random(1)
    acknowledged: set[str] = set()
    for round_ in range(KILLS):
        with running("everything", folder, 1_000 * (round_ + 1)) as child:
            assert child.stdout is not None
            for _ in range(when.randrange(1, 40)):
                acknowledged.add(child.stdout.readline().strip())
            child.send_signal(signal.SIGKILL)
            acknowledged.update(line.strip() for line in child.stdout if line.endswith("\n"))
        shelf = Shelf.open(folder)
        assert_whole(shelf)
        columns.refresh()
        assert rows_of(columns) == rows_of(shelf.columns())
    claims = {one.id for one in shelf.claims()}
    views = {one.id for one in shelf.interests.views.all()}
    for line in acknowledged:
        kind, number = line.split()
        if kind == "claim":
            assert claim(desk.first, int(number)).id in claims, line
            continue
        if kind == "view":
            assert number in views, line
            continue
        found = opened(shelf, article_write(desk.feed, f"killed {number}"))
        assert found.headline.starred or kind in ("article", "label"), line
        assert found.headline.labels or kind != "label", line
    assert len(acknowledged) > KILLS


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limits on file sizes here")
def test_a_full_disk_is_said_in_one_sentence_and_harms_nothing(desk: SmallDesk) -> None:
    folder = desk.shelf.folder
    *acknowledged, sentence, still_read = finished(start("cramped", folder, 30_000))
    assert len(acknowledged) > 5
    assert int(still_read) == len(acknowledged) + 2
    assert "claims/0001-0000.json was not saved; nothing saved before is harmed" in sentence
    assert sentence.count(". ") == 0
    shelf = Shelf.open(folder)
    assert_whole(shelf)
    article = desk.first
    assert len(shelf.claims_of(article.headline.id, 1)) == len(acknowledged) + 2
    keep_claims(shelf, article, claim(article, 5_000))
    assert len(shelf.claims_of(article.headline.id, 1)) == len(acknowledged) + 3


def test_a_killed_writer_leaves_no_lock_behind(desk: SmallDesk) -> None:
    with running("hold", desk.shelf.folder) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
    keep_claims(desk.shelf, desk.first, claim(desk.first, 9))
    assert len(list(desk.shelf.claims())) == 3


def test_a_stopped_writer_is_waited_for_only_so_long(desk: SmallDesk) -> None:
    with running("hold", desk.shelf.folder) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        child.send_signal(signal.SIGSTOP)
        custody = Custody(desk.shelf.folder, patience=0.05)
        with (
            pytest.raises(ShelfError, match="Another program has kept the desk"),
            custody.writing(),
        ):
            pass
        assert len(desk.shelf.feeds()) == 1
        assert opened(Shelf.open(desk.shelf.folder), desk.writes[0]).headline.title == "Title of n0"


def test_another_programs_unfinished_files_are_left_alone_while_it_writes(desk: SmallDesk) -> None:
    left = desk.shelf.folder / "claims" / "0001-0000.json.1-1.tmp"
    with running("hold", desk.shelf.folder) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "held\n"
        left.write_text("half a file")
        Shelf.open(desk.shelf.folder)
        assert left.exists()
    Shelf.open(desk.shelf.folder)
    assert not left.exists()


def test_threads_share_a_shelf(desk: SmallDesk) -> None:
    article = desk.first
    columns = desk.shelf.columns()

    def write(first: int) -> None:
        for number in range(first, first + 25):
            keep_claims(desk.shelf, article, claim(article, number))

    def read() -> None:
        for _ in range(60):
            before = len(desk.shelf.claims_of(article.headline.id, 1))
            columns.refresh()
            assert columns.row(columns.order()[0]).claims >= before

    with ThreadPoolExecutor(max_workers=5) as threads:
        work = [threads.submit(write, first) for first in (100, 200, 300)]
        work += [threads.submit(read) for _ in range(2)]
    for done in work:
        done.result()
    assert len(desk.shelf.claims_of(article.headline.id, 1)) == 77
    columns.refresh()
    assert columns.row(columns.order()[0]).claims == 77


@pytest.fixture
def nobody(tmp_path: Path) -> Iterator[None]:
    """Run the test as a user whom permissions bind; root is bound by none."""
    if not hasattr(os, "setresuid") or os.geteuid() != 0:
        yield
        return
    for folder in tmp_path.parents:
        if folder.stat().st_uid == 0 and folder.is_relative_to("/tmp/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    for path in (tmp_path, *tmp_path.rglob("*")):
        os.chown(path, 65534, 65534)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def test_a_read_only_desk_is_read_and_every_save_says_why_not(
    desk: SmallDesk, nobody: None
) -> None:
    folder = desk.shelf.folder
    (folder / "claims" / "0001-0000.json").write_text("{")
    parts = [path for path in (folder, *folder.rglob("*")) if path.is_dir()]
    for part in parts:
        part.chmod(0o500)
    before = sorted(folder.rglob("*"))
    try:
        shelf = Shelf.open(folder)
        assert shelf.read_only
        assert [feed.address for feed in shelf.feeds()] == [ADDRESS]
        assert len(shelf.columns()) == 3
        article = opened(shelf, desk.writes[0])
        assert len(shelf.claims_of(article.headline.id, 1)) == 1
        assert ["is shown instead" in notice for notice in shelf.notices()] == [True]
        for save in (
            lambda: shelf.add_feed("https://other.example/"),
            lambda: keep_claims(shelf, article, claim(article, 9)),
            lambda: shelf.lease(1, 60),
        ):
            with pytest.raises(ShelfError, match="is read-only: nothing was saved"):
                save()
        shelf.close()
        assert sorted(folder.rglob("*")) == before
    finally:
        for part in parts:
            part.chmod(0o700)


def test_a_desk_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path, nobody: None) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(ShelfError, match=r"^Permission is denied: the desk .*/locked/desk"):
        Shelf.open(locked / "desk")
