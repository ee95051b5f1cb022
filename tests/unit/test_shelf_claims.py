"""Claims, coverage and the texts they were made on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec import structs
from shelf_cases import (
    ADDRESS,
    NOON,
    article_write,
    claim,
    keep_claims,
    opened,
    small_desk,
    take_in,
    text_version,
)

from store.model import Article, Claim, Coverage, Step
from store.shelf.shelf import Shelf, ShelfError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def coverage_of(article: Article, state: str = "opened", annotator: str = "ana") -> Coverage:
    headline = article.headline
    return Coverage(
        article=headline.id,
        feed=headline.feed,
        version=article.version.number,
        annotator=annotator,
        state=state,  # type: ignore[arg-type] - the tests pass literals
        codebook_version="1",
        at=NOON,
    )


def test_a_claim_comes_back_to_the_letter_with_its_history(folder: Path) -> None:
    desk = small_desk(folder)
    made = claim(desk.first, 3, note="Ärger “quoted”\nsecond line")
    step = Step(rev=1, at=NOON, by="ana", act="keep", operation="op", before=made.marking)
    made = structs.replace(made, history=(step,))
    assert keep_claims(desk.shelf, desk.first, made) == (made,)
    assert Shelf.open(folder).claims_of(desk.first.headline.id, 1)[-1] == made


def test_claims_are_told_in_the_order_they_were_made(folder: Path) -> None:
    desk = small_desk(folder)
    keep_claims(desk.shelf, desk.first, claim(desk.first, 9), claim(desk.first, 5))
    found = desk.shelf.claims_of(desk.first.headline.id, 1)
    assert [one.id[-1] for one in found] == ["1", "2", "5", "9"]


def test_an_article_without_claims_has_none(folder: Path) -> None:
    desk = small_desk(folder)
    assert desk.shelf.claims_of(desk.writes[1].headline.id, 1) == ()
    assert desk.shelf.claims_of(desk.first.headline.id, 99) == ()


def test_a_change_sees_the_claims_as_they_stand_and_writes_what_it_gives_back(
    folder: Path,
) -> None:
    desk, other = small_desk(folder), Shelf.open(folder)
    article = desk.first

    def gone(present: tuple[Claim, ...]) -> Sequence[Claim]:
        first = present[0]
        marking = structs.replace(first.marking, deleted=True)
        return [structs.replace(first, rev=first.rev + 1, marking=marking)]

    desk.shelf.change_claims(article.headline.id, 1, gone)
    (changed,) = other.change_claims(article.headline.id, 1, gone)
    assert changed.rev == 3
    found = desk.shelf.claims_of(article.headline.id, 1)
    assert [(one.rev, one.marking.deleted) for one in found] == [(3, True), (1, False)]


def test_giving_back_nothing_or_the_same_writes_nothing(folder: Path) -> None:
    desk = small_desk(folder)
    before = desk.shelf.generation()
    assert desk.shelf.change_claims(desk.first.headline.id, 1, lambda _: []) == ()
    same = desk.shelf.change_claims(desk.first.headline.id, 1, lambda present: present)
    assert len(same) == 2
    assert desk.shelf.generation() == before


def test_a_claim_stays_on_its_article(folder: Path) -> None:
    desk = small_desk(folder)
    second = opened(desk.shelf, desk.writes[1])
    with pytest.raises(ValueError, match="stays on its article"):
        desk.shelf.change_claims(desk.first.headline.id, 1, lambda _: [claim(second, 7)])


def test_a_score_that_is_no_number_is_refused_and_harms_nothing(folder: Path) -> None:
    desk = small_desk(folder)
    made = claim(desk.first, 3)
    anchor = structs.replace(made.marking.anchor, score=float("nan"))
    broken = structs.replace(made, marking=structs.replace(made.marking, anchor=anchor))
    with pytest.raises(ShelfError):
        keep_claims(desk.shelf, desk.first, broken)
    assert len(desk.shelf.claims_of(desk.first.headline.id, 1)) == 2


def test_claims_of_all_feeds_and_of_one(folder: Path) -> None:
    desk = small_desk(folder)
    other = desk.shelf.add_feed("https://other.example/")
    write = article_write(other, "a")
    take_in(desk.shelf, write)
    article = opened(desk.shelf, write)
    keep_claims(desk.shelf, article, claim(article, 7))
    assert len(list(desk.shelf.claims())) == 3
    assert [one.target.feed for one in desk.shelf.claims(other.number)] == [other.number]
    assert list(desk.shelf.claims(99)) == []


def test_a_file_of_claims_takes_no_more_when_it_is_full(folder: Path) -> None:
    desk = small_desk(folder)
    note = "long " * 2_000
    for start in range(10, 100, 10):
        made = [claim(desk.first, number, note=note) for number in range(start, start + 10)]
        keep_claims(desk.shelf, desk.first, *made)
    keep_claims(desk.shelf, desk.first, *(claim(desk.first, n, note=note) for n in range(100, 160)))
    files = sorted((folder / "claims").glob("*.json"))
    assert len(files) > 4
    assert max(p.stat().st_size for p in files) < 2 * 256 * 1024
    shelf = Shelf.open(folder)
    assert len(shelf.claims_of(desk.first.headline.id, 1)) == 152
    changed = structs.replace(claim(desk.first, 11), rev=2)
    keep_claims(shelf, desk.first, changed)
    assert len(list(shelf.claims())) == 152
    assert sum(changed.id in p.read_text("utf-8") for p in files) == 1


def test_coverage_is_one_record_a_text_and_person(folder: Path) -> None:
    desk = small_desk(folder)
    article = desk.first
    desk.shelf.keep_coverage(coverage_of(article))
    desk.shelf.keep_coverage(coverage_of(article, "coded"))
    desk.shelf.keep_coverage(coverage_of(article, "nothing_found", annotator="ben"))
    shelf = Shelf.open(folder)
    found = shelf.coverage_of(article.headline.id, 1)
    assert {(one.annotator, one.state) for one in found} == {
        ("ana", "coded"),
        ("ben", "nothing_found"),
    }
    assert len(list(shelf.coverage())) == 2
    assert shelf.coverage_of(desk.writes[1].headline.id, 1) == ()
    assert len(list(shelf.claims())) == 2


def test_the_text_of_a_claim_outlives_the_feeds_texts(folder: Path) -> None:
    desk = small_desk(folder)
    first_text = desk.first.version
    for number in range(2, 9):
        take_in(desk.shelf, article_write(desk.feed, "n0", words=f"Text {number}", number=number))
    article = desk.first.headline.id
    desk.shelf.delete_articles([(1, article)])
    shelf = Shelf.open(folder)
    assert shelf.versions(article, 1) == ()
    assert shelf.snapshot_of(article, 1, 1) == first_text
    assert shelf.snapshot_of(article, 1, 2) is None
    assert shelf.snapshot_of(article, 2, 1) is None


def test_a_kept_text_is_never_written_again(folder: Path) -> None:
    desk = small_desk(folder)
    (path,) = (folder / "snapshots").glob("*.json")
    before = (path.stat().st_mtime_ns, path.read_bytes())
    desk.shelf.snapshot(desk.first)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    record = json.loads(before[1])["snapshots"]["1"]
    assert record["version"]["hash"] == desk.first.version.hash


def test_another_text_of_the_same_number_is_kept_beside(folder: Path) -> None:
    """Damage may cost the headlines; then the article comes in anew and counts from 1 again."""
    desk = small_desk(folder)
    first = desk.first
    other = structs.replace(first, version=text_version("Title of n0", "Quite another text."))
    desk.shelf.snapshot(other)
    desk.shelf.snapshot(other)
    article = first.headline.id
    shelf = Shelf.open(folder)
    assert shelf.snapshot_of(article, 1, 1) == first.version
    for version in (first.version, other.version):
        assert shelf.snapshot_of(article, 1, 1, text_hash=version.hash) == version
    assert shelf.snapshot_of(article, 1, 1, text_hash="0" * 64) is None


def test_claims_of_a_desk_without_articles_are_kept(folder: Path) -> None:
    """Claims stand alone: the articles are a cache."""
    desk = small_desk(folder)
    article = desk.first
    for path in [*folder.glob("heads/*"), *folder.glob("bodies/*"), *folder.glob("derived/*.*")]:
        path.unlink()
    shelf = Shelf.open(folder)
    assert shelf.article(article.headline.id, 1) is None
    assert len(list(shelf.claims())) == 2
    assert shelf.snapshot_of(article.headline.id, 1, 1) == article.version
    take_in(shelf, *desk.writes)
    assert shelf.columns().row(0).claims == 2
    assert shelf.feeds()[0].address == ADDRESS
