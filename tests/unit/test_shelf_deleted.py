"""Articles that a person deleted: out of sight, out of the way of the feed, and to be had back."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from shelf_cases import NOON, SmallDesk, article_write, opened, small_desk, take_in

from store.feeds.merge import merge
from store.model import FetchState, ParsedEntry, ParsedFeed
from store.shelf.shelf import Mark, Shelf


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return small_desk(tmp_path / "desk")


def _place(desk: SmallDesk, number: int) -> tuple[int, int]:
    headline = desk.writes[number].headline
    return headline.feed, headline.id


def _titles(shelf: Shelf) -> list[str]:
    columns = shelf.columns()
    columns.refresh()
    return [columns.row(i).title for i in columns.order()]


def test_a_deleted_article_is_nowhere_to_be_seen(desk: SmallDesk) -> None:
    feed, article = _place(desk, 1)
    desk.shelf.columns()
    assert len(desk.shelf.delete_articles([(feed, article)])) == 1
    for shelf in (desk.shelf, Shelf.open(desk.shelf.folder)):
        assert _titles(shelf) == ["Title of n0", "Title of n2"]
        assert shelf.columns().counts() == {1: (1, 2)}
        assert shelf.columns().index(article) is None
        assert shelf.article(article, feed) is None
        assert shelf.headline(article, feed) is None
        assert shelf.versions(article, feed) == ()
        assert [one.guid for one in shelf.headlines(feed)] == ["n0", "n2"]
        assert shelf.is_deleted(article, feed)
        assert not shelf.is_deleted(_place(desk, 0)[1], feed)
        assert not shelf.is_deleted(4711, feed)


def test_a_deletion_is_seen_in_another_window(desk: SmallDesk) -> None:
    onlooker = Shelf.open(desk.shelf.folder).columns()
    deleted = desk.shelf.delete_articles([_place(desk, 0)])
    assert onlooker.refresh()
    assert len(onlooker) == 2
    desk.shelf.restore_articles(deleted)
    assert onlooker.refresh()
    assert [onlooker.row(i).title for i in onlooker.order()] == [
        "Title of n0",
        "Title of n1",
        "Title of n2",
    ]


def test_nothing_of_a_deleted_text_is_left_in_its_file(desk: SmallDesk) -> None:
    write = article_write(desk.feed, "secret", words="Nobody shall read this.")
    take_in(desk.shelf, write)
    desk.shelf.delete_articles([(1, write.headline.id)])
    for path in desk.shelf.folder.rglob("*.json"):
        assert b"Nobody shall" not in path.read_bytes(), path


def test_the_feed_does_not_bring_it_back(desk: SmallDesk) -> None:
    _, article = _place(desk, 1)
    desk.shelf.delete_articles([(1, article)])
    entries = (ParsedEntry(guid="n1", title="Title of n1, changed", updated=NOON),)
    later = NOON + timedelta(days=3)
    written = desk.shelf.take_in(
        1, lambda known: merge(desk.feed, ParsedFeed(entries=entries), known, later)
    )
    assert written == ()
    assert len(desk.shelf.columns()) == 2


def test_what_comes_back_is_as_it_was(desk: SmallDesk) -> None:
    feed, article = _place(desk, 1)
    desk.shelf.mark({(feed, article): Mark(read=True, starred=True)})
    changed = article_write(desk.feed, "n1", words="Another text.", number=2)
    take_in(desk.shelf, replace(changed, headline=replace(changed.headline, read=True)))
    before = (desk.shelf.article(article, feed), desk.shelf.versions(article, feed))
    deleted = desk.shelf.delete_articles([(feed, article)])
    desk.shelf.restore_articles(deleted)
    again = Shelf.open(desk.shelf.folder)
    assert (again.article(article, feed), again.versions(article, feed)) == before
    desk.shelf.restore_articles(deleted)
    assert again.article(article, feed) == before[0]


def test_what_changed_while_it_was_deleted_comes_with_the_next_fetch(desk: SmallDesk) -> None:
    def fetched(at: datetime) -> None:
        desk.shelf.keep_fetch_states([FetchState(feed=1, etag="e", body_hash="b", succeeded=at)])

    fetched(NOON)
    deleted = desk.shelf.delete_articles([_place(desk, 1)])
    desk.shelf.restore_articles(deleted)
    assert desk.shelf.fetch_states()[1].etag == "e"
    deleted = desk.shelf.delete_articles([_place(desk, 1)])
    fetched(deleted[0].at + timedelta(minutes=1))
    desk.shelf.restore_articles(deleted)
    assert (desk.shelf.fetch_states()[1].etag, desk.shelf.fetch_states()[1].body_hash) == ("", "")


def test_many_are_deleted_at_once_and_others_are_left_alone(desk: SmallDesk) -> None:
    more = [article_write(desk.feed, f"more {number}") for number in range(100)]
    take_in(desk.shelf, *more)
    wanted = [(1, one.headline.id) for one in more[:70]]
    deleted = desk.shelf.delete_articles([*wanted, (1, 4711), (9, 4711)])
    assert len(deleted) == 70
    assert desk.shelf.delete_articles(wanted) == ()
    assert len(Shelf.open(desk.shelf.folder).columns()) == 33
    desk.shelf.restore_articles(deleted)
    assert len(Shelf.open(desk.shelf.folder).columns()) == 103
    for write in more:
        assert opened(desk.shelf, write).version == write.version


def test_claims_on_a_deleted_article_stand(desk: SmallDesk) -> None:
    feed, article = _place(desk, 0)
    desk.shelf.delete_articles([(feed, article)])
    assert len(desk.shelf.claims_of(article, feed)) == 2
    assert desk.shelf.snapshot_of(article, feed, 1) is not None


def test_an_article_whose_text_was_lost_can_be_deleted_and_had_back(desk: SmallDesk) -> None:
    for path in (desk.shelf.folder / "bodies").iterdir():
        path.unlink()
    deleted = desk.shelf.delete_articles([_place(desk, 1)])
    desk.shelf.restore_articles(deleted)
    headline = desk.shelf.headline(_place(desk, 1)[1], 1)
    assert headline is not None
    assert not headline.deleted


def test_a_list_of_tombstones_alone_is_empty(desk: SmallDesk) -> None:
    desk.shelf.delete_articles([_place(desk, number) for number in range(3)])
    shelf = Shelf.open(desk.shelf.folder)
    assert len(shelf.columns()) == 0
    assert shelf.columns().counts() == {}
    assert shelf.notices() == ()
