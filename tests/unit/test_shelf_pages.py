"""Texts fetched from an article's page beside those that came by the feed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from shelf_cases import NOON, SmallDesk, article_write, opened, small_desk, take_in

from store.feeds.merge import merge
from store.model import Block, Headline, ParsedEntry, ParsedFeed
from store.shelf.shelf import Mark, Shelf, ShelfError

PAGE = (Block(kind="title", text="Title of n0"), Block(kind="paragraph", text="All of it."))


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return small_desk(tmp_path / "desk")


def _take(desk: SmallDesk, blocks: tuple[Block, ...] = PAGE, hours: int = 1) -> int:
    headline = desk.first.headline
    return desk.shelf.take_page(
        headline.id, headline.feed, blocks, language="en", taken=NOON + timedelta(hours=hours)
    )


def _refresh(desk: SmallDesk, words: str) -> Headline:
    entry = ParsedEntry(
        guid="n0", title="Title of n0", blocks=(Block(kind="paragraph", text=words),)
    )
    later = NOON + timedelta(hours=2)
    parsed = ParsedFeed(entries=(entry,))
    desk.shelf.take_in(desk.feed.number, lambda known: merge(desk.feed, parsed, known, later))
    return desk.first.headline


def test_a_page_is_shown_as_soon_as_it_is_kept(desk: SmallDesk) -> None:
    assert _take(desk) == 2
    article = opened(Shelf.open(desk.shelf.folder), desk.writes[0])
    assert article.version.text == "Title of n0\nAll of it."
    assert (article.version.source, article.version.language) == ("page", "en")
    assert article.version.taken == NOON + timedelta(hours=1)
    assert article.headline.shows_page


def test_the_same_page_is_kept_once(desk: SmallDesk) -> None:
    assert [_take(desk), _take(desk, hours=5)] == [2, 2]
    assert len(desk.shelf.versions(desk.first.headline.id, 1)) == 2
    assert _take(desk, (*PAGE, Block(kind="paragraph", text="More."))) == 3


def test_the_feeds_text_can_be_shown_again_and_the_pages_after_it(desk: SmallDesk) -> None:
    article = desk.first.headline.id
    _take(desk)
    desk.shelf.show_version(article, 1, 1)
    assert desk.first.version.source == "feed"
    assert not desk.first.headline.shows_page
    desk.shelf.show_version(article, 1, 2)
    assert desk.first.version.source == "page"
    with pytest.raises(ShelfError, match="not on this desk any more"):
        desk.shelf.show_version(article, 1, 9)


def test_a_change_in_the_feed_does_not_take_a_pages_place(desk: SmallDesk) -> None:
    _take(desk)
    headline = _refresh(desk, "It opens a third plant.")
    assert (headline.version, headline.newest) == (2, 3)
    assert desk.first.version.source == "page"
    texts = desk.shelf.versions(headline.id, 1)
    assert [(one.number, one.source) for one in texts] == [(1, "feed"), (2, "page"), (3, "feed")]
    assert _refresh(desk, "It opens a third plant.").newest == 3
    # A number is never given twice, also not to a page that comes after the feed's own change.
    assert _take(desk, (*PAGE, Block(kind="paragraph", text="More."))) == 4


def test_a_change_in_the_feed_is_shown_while_the_feeds_text_is(desk: SmallDesk) -> None:
    _take(desk)
    desk.shelf.show_version(desk.first.headline.id, 1, 1)
    assert _refresh(desk, "It opens a third plant.").version == 3
    assert desk.first.version.text == "Title of n0\nIt opens a third plant."


def test_a_page_of_an_article_that_is_gone_is_not_kept(desk: SmallDesk) -> None:
    with pytest.raises(ShelfError, match="nothing was saved"):
        desk.shelf.take_page(1, 1, PAGE, taken=NOON)


def test_who_fetches_the_page_of_what_was_read_has_read_it(desk: SmallDesk) -> None:
    article = desk.first.headline.id
    desk.shelf.mark({(1, article): Mark(read=True)})
    _take(desk)
    assert desk.first.headline.read_version == 2


def test_a_lost_text_comes_back_by_the_feed(desk: SmallDesk) -> None:
    _take(desk)
    for path in (desk.shelf.folder / "bodies").iterdir():
        path.unlink()
    _refresh(desk, "It opens a second plant.")
    assert desk.first.version.source == "feed"
    assert not desk.first.headline.shows_page
    assert desk.first.headline.version == 3


def test_pages_outlive_any_number_of_changes_in_the_feed(desk: SmallDesk) -> None:
    _take(desk)
    for number in range(3, 12):
        write = article_write(desk.feed, "n0", words=f"Text {number}.", number=number)
        take_in(desk.shelf, replace(write, headline=replace(write.headline, version=number)))
    sources = [one.source for one in desk.shelf.versions(desk.first.headline.id, 1)]
    assert sources.count("page") == 1
