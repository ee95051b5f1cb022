"""Many claims on one feed: those of an article are found without reading the others' files."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from shelf_cases import NOON, claim, keep_claims, small_desk

from store.model import Article, Claim, Coverage
from store.shelf import claim_files
from store.shelf.shelf import Shelf


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk whose claim files are full after two claims."""
    monkeypatch.setattr(claim_files, "BYTES_PER_SEGMENT", 1_500)
    return tmp_path / "desk"


def watched(folder: Path) -> Shelf:
    """A shelf that keeps account of what its files tell of."""
    shelf = Shelf.open(folder)
    shelf.columns()
    return shelf


def drafted(article: Article, number: int) -> Claim:
    made = claim(article, number)
    return structs.replace(made, marking=structs.replace(made.marking, review="draft"))


def covered(article: Article) -> Coverage:
    return Coverage(
        article=article.headline.id,
        feed=article.headline.feed,
        version=1,
        annotator="ana",
        state="nothing_found",
        codebook_version="1",
        at=NOON,
    )


def test_claims_are_found_in_whatever_file_they_lie_also_after_a_restart(folder: Path) -> None:
    desk = small_desk(folder)
    desk.shelf.columns()
    numbers = list(range(3, 20))
    for number in numbers:
        keep_claims(desk.shelf, desk.first, claim(desk.first, number))
        desk.shelf.columns().refresh()
    assert len(list((folder / "claims").glob("*.json"))) > 3
    desk.shelf.columns().save()
    for shelf in (desk.shelf, watched(folder), Shelf.open(folder)):
        found = shelf.claims_of(desk.first.headline.id, 1)
        assert [int(one.id[-3:]) for one in found] == [1, 2, *numbers]


def test_a_draft_alone_and_a_coverage_alone_are_found(folder: Path) -> None:
    desk = small_desk(folder)
    second = desk.shelf.article(desk.writes[1].headline.id, 1)
    assert second is not None
    for number in range(3, 9):
        keep_claims(desk.shelf, desk.first, claim(desk.first, number))
    keep_claims(desk.shelf, second, drafted(second, 30))
    for number in range(9, 15):
        keep_claims(desk.shelf, desk.first, claim(desk.first, number))
    desk.shelf.keep_coverage(covered(second))
    watched(folder).close()
    shelf = watched(folder)
    assert [one.marking.review for one in shelf.claims_of(second.headline.id, 1)] == ["draft"]
    assert [one.state for one in shelf.coverage_of(second.headline.id, 1)] == ["nothing_found"]
    row = shelf.columns().index(second.headline.id)
    assert row is not None
    assert shelf.columns().row(row).claims == 0


def test_what_another_program_wrote_meanwhile_is_found(folder: Path) -> None:
    desk, mine = small_desk(folder), watched(folder)
    second = desk.shelf.article(desk.writes[1].headline.id, 1)
    assert second is not None
    assert mine.claims_of(second.headline.id, 1) == ()
    keep_claims(desk.shelf, second, claim(second, 40))
    assert len(mine.claims_of(second.headline.id, 1)) == 1


def test_files_that_say_nothing_of_an_article_are_not_opened(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = small_desk(folder)
    second = desk.shelf.article(desk.writes[1].headline.id, 1)
    assert second is not None
    for number in range(3, 20):
        keep_claims(desk.shelf, desk.first, claim(desk.first, number))
    keep_claims(desk.shelf, second, claim(second, 40))
    watched(folder).close()
    shelf = watched(folder)
    opened: list[str] = []
    found = shelf._segments.open
    monkeypatch.setattr(shelf._segments, "open", lambda name: (opened.append(name), found(name))[1])
    assert len(shelf.claims_of(second.headline.id, 1)) == 1
    assert len(set(opened)) == 1
