"""Articles: taken in once, kept with their texts, marked, and found however many there are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from msgspec import structs
from msgspec.structs import replace
from shelf_cases import (
    ADDRESS,
    article_write,
    claim,
    keep_claims,
    opened,
    small_desk,
    take_in,
    text_version,
)

from store.model import ArticleWrite, Headline
from store.shelf.shelf import Mark, Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def test_an_article_reads_as_it_came_in(folder: Path) -> None:
    desk = small_desk(folder)
    write = desk.writes[1]
    shelf = Shelf.open(folder)
    assert shelf.headline(write.headline.id, 1) == write.headline
    assert shelf.versions(write.headline.id, 1) == (write.version,)
    article = opened(shelf, write)
    assert article.headline == write.headline
    assert article.version == write.version


def test_an_article_nobody_has_is_none(folder: Path) -> None:
    shelf = small_desk(folder).shelf
    assert shelf.headline(1, 1) is None
    assert shelf.article(1, 1) is None
    assert shelf.versions(1, 1) == ()
    assert shelf.article(1, 99) is None


def test_taking_in_tells_what_is_known_and_gives_back_what_was_decided(folder: Path) -> None:
    desk = small_desk(folder)
    seen: list[Mapping[int, Headline]] = []

    def decide(known: Mapping[int, Headline]) -> Sequence[ArticleWrite]:
        seen.append(dict(known))
        return []

    assert desk.shelf.take_in(1, decide) == []
    assert seen == [{write.headline.id: write.headline for write in desk.writes}]


def test_the_same_refresh_twice_writes_nothing_new(folder: Path) -> None:
    desk = small_desk(folder)
    before = {p: p.read_bytes() for p in folder.rglob("*.json")}
    take_in(desk.shelf, *desk.writes)
    assert {p: p.read_bytes() for p in folder.rglob("*.json")} == before


def test_a_decision_that_fails_writes_nothing(folder: Path) -> None:
    shelf = small_desk(folder).shelf
    before = {p: p.read_bytes() for p in folder.rglob("*.json")}

    def decide(_: Mapping[int, Headline]) -> Sequence[ArticleWrite]:
        raise LookupError("no decision")

    with pytest.raises(LookupError):
        shelf.take_in(1, decide)
    assert {p: p.read_bytes() for p in folder.rglob("*.json")} == before
    shelf.mark({(1, next(iter(shelf.columns().order()))): Mark(read=True)})


def test_what_another_window_does_while_a_refresh_decides_stays(folder: Path) -> None:
    desk = small_desk(folder)
    window = Shelf.open(folder)
    article = desk.writes[0].headline.id
    stars: list[bool] = []

    def decide(known: Mapping[int, Headline]) -> Sequence[ArticleWrite]:
        before = known[article]
        stars.append(before.starred)
        if len(stars) == 1:
            window.mark({(1, article): Mark(starred=True)})
        version = replace(desk.writes[0].version, number=2)
        return [
            ArticleWrite(headline=replace(before, title="A new title", version=2), version=version)
        ]

    desk.shelf.take_in(1, decide)
    headline = Shelf.open(folder).headline(article, 1)
    assert headline is not None
    assert (headline.starred, headline.title, stars) == (True, "A new title", [False, True])


def test_a_feed_takes_in_its_own_articles_only(folder: Path) -> None:
    desk = small_desk(folder)
    with pytest.raises(ValueError, match="its own articles"):
        desk.shelf.take_in(2, lambda _: desk.writes)


def test_read_marks_and_stars_are_set_and_unset_and_stay(folder: Path) -> None:
    desk = small_desk(folder)
    ids = [write.headline.id for write in desk.writes]
    desk.shelf.mark({(1, ids[0]): Mark(read=True, starred=True), (1, ids[2]): Mark(read=False)})
    desk.shelf.mark({(1, ids[0]): Mark(), (1, 12345): Mark(read=True), (9, 1): Mark(read=True)})
    found = [Shelf.open(folder).headline(article, 1) for article in ids]
    assert [(h.read, h.starred) for h in found if h is not None] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_marks_survive_a_new_text(folder: Path) -> None:
    desk = small_desk(folder)
    write = desk.writes[0]
    desk.shelf.mark({(1, write.headline.id): Mark(read=True, starred=True)})
    take_in(desk.shelf, article_write(desk.feed, "n0", words="It opens a third plant.", number=2))
    article = opened(desk.shelf, write)
    assert (article.headline.read, article.headline.starred) == (True, True)
    assert article.version.number == 2


def test_four_texts_of_the_feed_are_kept_and_every_page(folder: Path) -> None:
    desk = small_desk(folder)
    take_in(desk.shelf, article_write(desk.feed, "n1", words="The page.", number=2, source="page"))
    for number in range(3, 9):
        take_in(desk.shelf, article_write(desk.feed, "n1", words=f"Text {number}", number=number))
    versions = Shelf.open(folder).versions(desk.writes[1].headline.id, 1)
    assert [(version.number, version.source) for version in versions] == [
        (2, "page"),
        *((number, "feed") for number in (5, 6, 7, 8)),
    ]


def test_a_text_is_kept_for_as_long_as_claims_were_made_on_it(folder: Path) -> None:
    desk = small_desk(folder)
    for number in range(2, 9):
        take_in(desk.shelf, article_write(desk.feed, "n0", words=f"Text {number}", number=number))
    article = desk.writes[0].headline.id
    kept = [version.number for version in desk.shelf.versions(article, 1)]
    assert kept == [1, 5, 6, 7, 8]
    gone = [claim(desk.first, number, deleted=True) for number in (1, 2)]
    keep_claims(desk.shelf, desk.first, *gone)
    take_in(desk.shelf, article_write(desk.feed, "n0", words="Text 9", number=9))
    assert [version.number for version in desk.shelf.versions(article, 1)] == [6, 7, 8, 9]


def test_the_article_is_shown_in_the_text_that_its_headline_names(folder: Path) -> None:
    """A page that a person fetched stays in sight when the feed's teaser changes."""
    desk = small_desk(folder)
    page = article_write(desk.feed, "n0", words="The page.", number=2, source="page")
    take_in(desk.shelf, page)
    teaser = ArticleWrite(headline=page.headline, version=text_version("n0", "New teaser", 3))
    desk.shelf.take_in(1, lambda _: [teaser])
    assert opened(desk.shelf, page).version == page.version
    assert len(desk.shelf.versions(page.headline.id, 1)) == 3


def test_headlines_and_texts_are_spread_over_files_of_bounded_size(folder: Path) -> None:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    writes = [article_write(feed, f"n{i}", hours_old=i) for i in range(1100)]
    for start in range(0, 1100, 100):
        take_in(shelf, *writes[start : start + 100])
    heads = sorted((folder / "heads").glob("*.json"))
    bodies = sorted((folder / "bodies").glob("*.json"))
    assert [p.name for p in heads] == [f"0001-{n:04d}.json" for n in range(3)]
    assert [len(json.loads(p.read_bytes())["articles"]) for p in heads] == [512, 512, 76]
    assert {len(json.loads(p.read_bytes())["bodies"]) for p in bodies[:-1]} == {64}
    again = Shelf.open(folder)
    assert len(again.columns()) == 1100
    for write in (writes[0], writes[600], writes[1099]):
        assert opened(again, write).version == write.version


def test_long_texts_do_not_make_long_files(folder: Path) -> None:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    writes = [article_write(feed, f"n{i}", words="word " * 60_000) for i in range(8)]
    take_in(shelf, *writes)
    sizes = [p.stat().st_size for p in (folder / "bodies").glob("*.json")]
    assert max(sizes) <= 1_000_100
    assert len(sizes) == 3
    assert all(opened(shelf, write).version == write.version for write in writes)


def test_a_text_that_outgrows_its_file_moves_and_leaves_nothing_behind(folder: Path) -> None:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    writes = [article_write(feed, f"n{i}", words="word " * 60_000) for i in range(3)]
    take_in(shelf, *writes)
    longer = article_write(feed, "n0", words="longer " * 50_000, number=2)
    take_in(shelf, longer)
    take_in(shelf, article_write(feed, "n1", words="short", number=2))
    stored = [
        key
        for p in (folder / "bodies").glob("*.json")
        for key in json.loads(p.read_bytes())["bodies"]
    ]
    assert sorted(stored) == sorted(str(write.headline.id) for write in writes)
    assert [v.number for v in shelf.versions(longer.headline.id, 1)] == [1, 2]
    assert max(p.stat().st_size for p in (folder / "bodies").glob("*.json")) <= 1_000_100


def test_one_enormous_article_is_kept(folder: Path) -> None:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    huge = article_write(feed, "huge", words="é" * 1_000_000)
    take_in(shelf, article_write(feed, "small"), huge, article_write(feed, "after"))
    take_in(shelf, structs.replace(huge, headline=structs.replace(huge.headline, title="New")))
    assert opened(Shelf.open(folder), huge).version == huge.version


@pytest.mark.parametrize(
    "words", ["", "\u202eright to left", "日本語。", "👩\u200d👧", "tab\tand\nbreak", '"}]{\\u0000']
)
def test_any_clean_text_comes_back_to_the_letter(folder: Path, words: str) -> None:
    shelf = Shelf.open(folder)
    write = article_write(
        shelf.add_feed(ADDRESS), "guid \0 with 'quotes'", words=words, title=words
    )
    take_in(shelf, write)
    assert opened(Shelf.open(folder), write).version == write.version
    assert Shelf.open(folder).headline(write.headline.id, 1) == write.headline


def test_a_record_somebody_broke_is_told_and_the_others_are_read(folder: Path) -> None:
    desk = small_desk(folder)
    path = folder / "heads" / "0001-0000.json"
    tables = json.loads(path.read_bytes())
    tables["articles"][str(desk.writes[0].headline.id)]["seen"] = "yesterday"
    path.write_text(json.dumps(tables))
    shelf = Shelf.open(folder)
    assert len(shelf.columns()) == 2
    assert shelf.headline(desk.writes[0].headline.id, 1) is None
    assert opened(shelf, desk.writes[1]).version == desk.writes[1].version
    (notice,) = shelf.notices()
    assert "heads/0001-0000.json" in notice
    take_in(shelf, article_write(desk.feed, "n0"))
    assert len(shelf.columns().order()) == 2
    assert shelf.columns().refresh()
    assert len(shelf.columns().order()) == 3


def test_lists_go_by_sight_where_the_date_is_not_to_be_believed(folder: Path) -> None:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    absurd = article_write(feed, "absurd", hours_old=-90_000)
    late = article_write(feed, "late", hours_old=90)
    take_in(
        shelf,
        *(replace(one, headline=replace(one.headline, by_seen=True)) for one in (absurd, late)),
        article_write(feed, "ahead", hours_old=-1),
        article_write(feed, "old", hours_old=80),
    )
    columns = Shelf.open(folder).columns()
    rows = [columns.row(i) for i in columns.order()]
    assert [row.title.split()[-1] for row in rows] == ["ahead", "absurd", "late", "old"]
    assert {row.at for row in rows[1:3]} == {absurd.headline.seen}
    headline = opened(shelf, absurd).headline
    assert headline.published == absurd.headline.published
