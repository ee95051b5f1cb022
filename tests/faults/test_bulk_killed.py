"""A change of many claims that is killed in the middle is whole after the next start."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from builders import EXPANSION
from desks import fill
from msgspec.structs import replace

from store.claims.codebook.file import own_codebook
from store.claims.marking.tagging import Write
from store.claims.table.bulk import Change
from store.claims.table.rows import ReadClaim, RowMaker
from store.cli import main
from store.desk import Desk, DeskError
from store.desk.bulk import Bulk
from store.model import Claim, Tag
from store.settings import Folders, Settings
from store.shelf.shelf import Shelf
from store.text.anchors import anchor_for
from store.text.sentences import sentences_of

CHILD = Path(__file__).resolve().parents[1] / "bulk_child.py"
FEEDS = 6
NOW = datetime(2026, 11, 23, tzinfo=UTC)
HIRING = Tag(dimension="signal", code="hiring", label="hiring")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six feeds with an article and two claims each: as many files."""
    from builders import a_claim

    folder = tmp_path / "desk"
    for number in range(FEEDS):
        address = f"https://feeds.example/{number}"
        fill(folder, (f"Title {number}", "One fab opens. Another follows."), address=address)
    with closing(Shelf.open(folder)) as shelf:
        columns = shelf.columns()
        for row in map(columns.row, columns.order()):
            article = shelf.article(row.id, row.feed)
            assert article is not None
            claims = []
            for number, sentence in enumerate(sentences_of(article.version)[1:]):
                anchor = anchor_for(article.version.text, sentence.span, unit="sentence")
                made = a_claim(HIRING, id=f"urn:uuid:{row.feed}-{number}")
                target = replace(made.target, article=row.id, feed=row.feed)
                marking = replace(made.marking, anchor=anchor)
                claims.append(replace(made, target=target, marking=marking))
            shelf.change_claims(row.id, row.feed, lambda _, claims=claims: claims)
    return folder


def said(folder: Path) -> list[str]:
    with closing(Shelf.open(folder)) as shelf:
        return sorted(tag.code for claim in shelf.claims() for tag in claim.marking.tags)


def killed_after(folder: Path, files: int, *words: str) -> None:
    """A program that changes all claims, killed when so many files are done."""
    command = [sys.executable, str(CHILD), str(folder), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        assert one.stdin is not None
        for _ in range(files + 1):
            assert one.stdout.readline().strip() == "file"
            one.stdin.write("on\n")
            one.stdin.flush()
        one.kill()


@pytest.mark.parametrize("files", [0, 1, FEEDS - 2])
def test_a_killed_change_is_finished_at_the_next_start(folder: Path, files: int) -> None:
    killed_after(folder, files)
    before = said(folder)
    assert 0 < before.count("expansion") <= 2 * FEEDS
    desk = Desk.open(Folders(desk=folder, settings=folder, state=folder), Settings(annotator="ben"))
    desk.close()
    assert said(folder) == ["expansion"] * (2 * FEEDS)
    with closing(Shelf.open(folder)) as shelf:
        assert shelf.intents.open() == ()
        operations = {claim.history[-1].operation for claim in shelf.claims()}
        assert len(operations) == 1


def test_an_export_never_has_a_killed_change_by_halves(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    killed_after(folder, 1)
    assert main(["export", "--desk", str(folder)]) == 0
    claims = json.loads(capfd.readouterr().out)["claims"]
    assert {tag["code"] for claim in claims for tag in claim["tags"]} == {"expansion"}


def test_after_it_one_step_takes_all_of_it_back(folder: Path) -> None:
    killed_after(folder, 2)
    with closing(Shelf.open(folder)) as shelf:
        bulk = Bulk(shelf, own_codebook(), "ana", lambda: datetime.now(UTC))
        assert bulk.finish_interrupted() == 1
        found = bulk.last("undo")
        assert found is not None
        changed = [claim for step in bulk.carry_out(found[1]) for claim in step]
        assert len(changed) == 2 * FEEDS
    assert said(folder) == ["hiring"] * (2 * FEEDS)


def a_desk(folder: Path, annotator: str = "ana") -> Desk:
    places = Folders(desk=folder, settings=folder, state=folder)
    return Desk.open(places, Settings(annotator=annotator))


@pytest.mark.parametrize("files", [0, 2, FEEDS - 2])
async def test_the_same_for_all_alike_is_said_of_all_after_a_kill_and_taken_back_by_one_key(
    folder: Path, files: int
) -> None:
    killed_after(folder, files, "alike")
    assert 0 < said(folder).count("expansion") < FEEDS
    with closing(a_desk(folder)) as desk:
        assert said(folder).count("expansion") == FEEDS
        row = desk.rows()[0]
        _, operation, _ = await desk.take_back(
            await desk.open_article(row.feed, row.id), act="undo"
        )
        assert operation is not None
        assert not any(standing_expansions(folder))
    a_desk(folder, "ben").close()
    assert not any(standing_expansions(folder))
    with closing(Shelf.open(folder)) as shelf:
        assert shelf.intents.open() == ()


async def test_what_a_full_disk_stopped_and_a_key_took_back_does_not_come_at_the_next_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.shelf.errors import ShelfError

    change, left = Shelf.change_claims, iter(range(3))

    def filling(*asked: Any) -> Any:
        if next(left, None) is None:
            raise ShelfError("The disk is full.")
        return change(*asked)

    with closing(a_desk(folder)) as desk:
        said_of_all = []
        for row in desk.rows():
            opened = await desk.open_article(row.feed, row.id)
            span = opened.sentences[0].span
            write = Write(
                act="keep", span=span, unit="sentence", tags=(EXPANSION,), review="accepted"
            )
            said_of_all.append((opened, [write]))
        with monkeypatch.context() as patch:
            patch.setattr(Shelf, "change_claims", filling)
            with pytest.raises(DeskError, match="The disk is full"):
                await desk.keep_in_all(said_of_all)
        assert sum(standing_expansions(folder)) == 3
        await desk.take_back(said_of_all[0][0], act="undo")
    a_desk(folder).close()
    assert not any(standing_expansions(folder))


def standing_expansions(folder: Path) -> list[bool]:
    with closing(Shelf.open(folder)) as shelf:
        return [
            not claim.marking.deleted
            for claim in shelf.claims()
            if any(tag.code == "expansion" for tag in claim.marking.tags)
        ]


def test_a_full_disk_leaves_what_was_done_and_the_rest_for_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.shelf import storage
    from store.shelf.errors import ShelfError

    with closing(Shelf.open(folder)) as shelf:
        files, make = shelf.claim_segments, RowMaker()
        rows = [
            make.row_of(one, name) for name in files.states() for one in files.read(name, ReadClaim)
        ]
        bulk = Bulk(shelf, own_codebook(), "ana", lambda: NOW)
        steps = bulk.carry_out(bulk.begin(Change(what="set", tag=EXPANSION), rows))
        done: list[Claim] = [*next(steps), *next(steps)]

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(storage, "replace_file", full)
            with pytest.raises(ShelfError, match="The disk is full"):
                next(steps)
        assert said(folder).count("expansion") == len(done)
        assert bulk.finish_interrupted() == 1
    assert said(folder) == ["expansion"] * (2 * FEEDS)
