"""What lists show: the right rows, in the right order, at once, whoever changed them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from many_articles import build_desk
from msgspec import structs
from shelf_cases import (
    ADDRESS,
    NOON,
    SmallDesk,
    article_write,
    claim,
    keep_claims,
    rows_built_anew,
    rows_of,
    small_desk,
    take_in,
)

from store.shelf.columns import Columns, Rows
from store.shelf.shelf import Mark, Shelf
from store.shelf.wishes import Wish


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    return small_desk(tmp_path / "desk")


def titles(columns: Columns, order: list[int]) -> list[str]:
    return [columns.row(i).title.removeprefix("Title of ") for i in order]


def test_a_row_tells_what_a_list_needs(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    headline = desk.writes[0].headline
    row = columns.row(columns.order()[0])
    assert (row.id, row.feed, row.title, row.at) == (headline.id, 1, headline.title, headline.at)
    assert (row.read, row.starred, row.claims) == (False, False, 2)
    assert columns.index(headline.id) == columns.order()[0]
    assert columns.index(1) is None


def test_newest_come_first_and_undated_ones_stand_by_when_they_were_seen(desk: SmallDesk) -> None:
    take_in(
        desk.shelf,
        article_write(desk.feed, "tomorrow", hours_old=-1),
        article_write(desk.feed, "undated a", hours_old=None),
        article_write(desk.feed, "undated b", hours_old=None),
        article_write(desk.feed, "old", hours_old=90),
    )
    columns = desk.shelf.columns()
    assert titles(columns, columns.order()) == [
        *("tomorrow", "n0", "undated a", "undated b"),
        *("n1", "n2", "old"),
    ]


def test_every_condition_narrows_the_list(desk: SmallDesk) -> None:
    other = desk.shelf.add_feed("https://other.example/")
    take_in(desk.shelf, article_write(other, "m0", hours_old=0.5), article_write(other, "m1"))
    desk.shelf.mark({(1, desk.writes[1].headline.id): Mark(starred=True)})
    columns = desk.shelf.columns()
    assert titles(columns, columns.order(feed=2)) == ["m1", "m0"]
    assert titles(columns, columns.order(feed=1)) == ["n0", "n1", "n2"]
    assert titles(columns, columns.order(feed=1, unread=True)) == ["n0", "n1"]
    assert titles(columns, columns.order(starred=True)) == ["n1"]
    assert titles(columns, columns.order(since=NOON - timedelta(hours=1))) == [
        *("n0", "m1", "m0", "n1"),
    ]
    assert titles(columns, columns.order(since=NOON, feeds=frozenset({2}))) == ["m1"]
    assert columns.order(feeds=frozenset()) == []
    assert columns.order(feed=77) == []
    assert columns.counts() == {1: (2, 3), 2: (2, 2)}


def test_a_list_may_be_changed_by_who_asked_for_it(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    columns.order().clear()
    assert len(columns.order()) == 3


def test_nothing_new_costs_nothing_and_says_so(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    assert not columns.refresh()
    assert columns.generation == desk.shelf.generation()


def test_our_own_and_other_programs_changes_are_taken_in(desk: SmallDesk) -> None:
    other = Shelf.open(desk.shelf.folder)
    columns = desk.shelf.columns()
    article = desk.first
    steps = [
        lambda: other.mark({(1, article.headline.id): Mark(read=True)}),
        lambda: desk.shelf.mark({(1, article.headline.id): Mark(starred=True)}),
        lambda: take_in(other, article_write(desk.feed, "new", hours_old=-1)),
        lambda: take_in(other, article_write(desk.feed, "n1", title="New title", number=2)),
        lambda: keep_claims(other, article, claim(article, 7)),
        lambda: keep_claims(desk.shelf, article, claim(article, 7, deleted=True)),
        lambda: other.add_feed("https://other.example/"),
        lambda: other.remove_feed(1),
        lambda: other.add_feed(ADDRESS),
    ]
    for number, step in enumerate(steps):
        before = columns.generation
        step()
        columns.refresh()
        assert columns.generation > before, number
        assert rows_of(columns) == rows_built_anew(desk.shelf.folder), number
        assert not columns.refresh()


def test_a_change_of_texts_alone_does_not_disturb_the_lists(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    desk.shelf.keep_codebook("default", "1", "text")
    assert not columns.refresh()


def test_rows_keep_their_numbers_while_the_reader_looks_at_them(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    rows = Rows(columns, columns.order())
    before = list(rows)
    for number in range(3):
        take_in(desk.shelf, article_write(desk.feed, f"new {number}", hours_old=number - 1.5))
        columns.refresh()
    assert list(rows) == before
    assert len(columns) == 6


def test_rows_are_a_sequence(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    rows = Rows(columns, columns.order())
    assert len(rows) == 3
    assert rows[-1].title == "Title of n2"
    assert [row.title for row in rows[1:]] == ["Title of n1", "Title of n2"]
    assert rows[0] in rows
    assert rows.index(rows[2]) == 2
    with pytest.raises(IndexError):
        rows[3]


def test_only_what_was_accepted_counts_as_a_claim(desk: SmallDesk) -> None:
    article = desk.first
    kinds = ("draft", "accepted", "rejected", "adjudicated")
    made = []
    for number, review in enumerate(kinds, start=10):
        one = claim(article, number)
        made.append(structs.replace(one, marking=structs.replace(one.marking, review=review)))
    keep_claims(desk.shelf, article, *made, claim(article, 20, deleted=True))
    columns = desk.shelf.columns()
    assert columns.row(columns.order()[0]).claims == 4


def test_the_saved_columns_open_without_reading_a_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "desk"
    build_desk(folder, feeds=3, articles=90)
    expected = rows_of(Shelf.open(folder).columns())
    shelf = Shelf.open(folder)
    shelf.feeds()
    real = Path.open

    def refuse(path: Path, *args: str, **options: str) -> object:
        assert path.parent.name not in {"heads", "claims", "bodies"}, path
        return real(path, *args, **options)  # type: ignore[call-overload] - passed on as it came

    monkeypatch.setattr(Path, "open", refuse)
    assert rows_of(shelf.columns()) == expected


def test_what_changed_while_nobody_looked_is_read_at_the_next_start(desk: SmallDesk) -> None:
    folder = desk.shelf.folder
    desk.shelf.columns()
    desk.shelf.close()
    assert (folder / "derived" / "columns.msgpack").exists()
    other = Shelf.open(folder)
    other.mark({(1, desk.writes[0].headline.id): Mark(read=True)})
    take_in(other, article_write(desk.feed, "new", hours_old=5))
    keep_claims(other, desk.first, claim(desk.first, 9))
    columns = Shelf.open(folder).columns()
    assert titles(columns, columns.order(unread=True)) == ["n1", "new"]
    assert rows_of(columns) == rows_built_anew(folder)


def test_what_work_rests_on_outlives_its_feed_and_is_there_after_a_restart(
    desk: SmallDesk,
) -> None:
    labelled, starred = (write.headline.id for write in desk.writes[1:])
    desk.shelf.mark({(1, labelled): Mark(label=("later",)), (1, starred): Mark(starred=True)})
    quiet = article_write(desk.feed, "quiet")
    take_in(desk.shelf, quiet)
    desk.shelf.remove_feed(1)
    for shelf in (desk.shelf, Shelf.open(desk.shelf.folder)):
        columns = shelf.columns()
        columns.refresh()
        shown = {columns.row(i).id for i in columns.order()}
        assert shown == {desk.writes[0].headline.id, labelled, starred}
        assert columns.counts() == {1: (2, 3)}
        assert columns.index(quiet.headline.id) is None
        assert [len(columns.order(starred=True)), columns.starred()] == [1, 1]
        assert [len(columns.order(claims=True)), columns.claimed()] == [1, 1]
        shelf.close()


def test_a_star_given_or_taken_after_its_feed_went_moves_nothing_under_the_reader(
    desk: SmallDesk,
) -> None:
    columns, other = desk.shelf.columns(), desk.writes[1].headline.id
    desk.shelf.remove_feed(1)
    columns.refresh()
    assert columns.index(other) is None
    desk.shelf.mark({(1, other): Mark(starred=True)})
    columns.refresh()
    assert columns.index(other) is not None
    desk.shelf.mark({(1, other): Mark(starred=False)})
    columns.refresh()
    assert columns.index(other) is not None
    assert Shelf.open(desk.shelf.folder).columns().index(other) is None


def test_counts_are_right_after_every_change(desk: SmallDesk) -> None:
    columns, (one, two, _) = desk.shelf.columns(), desk.writes
    assert columns.counts() == {1: (2, 3)}
    desk.shelf.mark({(1, one.headline.id): Mark(read=True, starred=True)})
    columns.refresh()
    assert (columns.counts(), columns.starred()) == ({1: (1, 3)}, 1)
    gone = desk.shelf.delete_articles([(1, two.headline.id)])
    columns.refresh()
    assert columns.counts() == {1: (0, 2)}
    desk.shelf.restore_articles(gone)
    take_in(desk.shelf, article_write(desk.feed, "late"))
    columns.refresh()
    assert columns.counts() == {1: (2, 4)}


def test_the_articles_of_a_folder_stand_in_the_order_of_all(tmp_path: Path) -> None:
    build_desk(tmp_path / "big", feeds=7, articles=100)
    columns = Shelf.open(tmp_path / "big").columns()
    wanted = frozenset({2, 5, 7})
    all_of_them = [i for i in columns.order() if columns.row(i).feed in wanted]
    assert columns.order(feeds=wanted) == all_of_them
    assert columns.order(feeds=wanted, feed=5) == columns.order(feed=5)
    assert columns.order(feeds=wanted, feed=1) == columns.order(feed=99) == []


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"\x80", b"\xff" * 5_000, None])
def test_damaged_columns_are_made_anew_without_a_word(
    desk: SmallDesk, content: bytes | None
) -> None:
    desk.shelf.columns()
    desk.shelf.close()
    path = desk.shelf.folder / "derived" / "columns.msgpack"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    shelf = Shelf.open(desk.shelf.folder)
    assert len(shelf.columns()) == 3
    assert shelf.notices() == ()
    shelf.close()
    assert rows_of(Shelf.open(desk.shelf.folder).columns()) == rows_of(shelf.columns())


@pytest.mark.parametrize("column", ["titles", "ids", "times", "flags", "homes", "names"])
def test_saved_columns_of_unequal_length_are_made_anew(desk: SmallDesk, column: str) -> None:
    desk.shelf.columns()
    desk.shelf.close()
    path = desk.shelf.folder / "derived" / "columns.msgpack"
    saved = msgspec.msgpack.decode(path.read_bytes())
    saved[column] = saved[column][:-1]
    path.write_bytes(msgspec.msgpack.encode(saved))
    shelf = Shelf.open(desk.shelf.folder)
    assert rows_of(shelf.columns()) == rows_built_anew(desk.shelf.folder)
    assert len(shelf.columns()) == 3


def test_a_segment_that_was_taken_away_leaves_the_lists(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    build_desk(folder, feeds=2, articles=10)
    columns = Shelf.open(folder).columns()
    Shelf.open(folder).close()
    for path in (folder / "heads").glob("0001-*"):
        path.unlink()
    again = Shelf.open(folder)
    assert again.columns().counts() == {2: (again.columns().counts()[2][0], 5)}
    assert len(columns) == 10


def test_many_articles_are_all_there_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    build_desk(folder, feeds=4, articles=3_000)
    columns = Shelf.open(folder).columns()
    assert len(columns) == 3_000
    times = [columns.row(i).at for i in columns.order()]
    assert times == sorted(times, reverse=True)
    assert {feed: total for feed, (_, total) in columns.counts().items()} == dict.fromkeys(
        (1, 2, 3, 4), 750
    )
    assert sum(unread for unread, _ in columns.counts().values()) == len(columns.order(unread=True))


def test_a_row_tells_that_its_page_is_shown_and_that_it_changed_since_it_was_read(
    desk: SmallDesk,
) -> None:
    columns = desk.shelf.columns()
    article = desk.first.headline.id
    desk.shelf.mark({(1, article): Mark(read=True)})
    columns.refresh()
    row = columns.row(columns.index(article) or 0)
    assert (row.full_text, row.changed) == (False, False)
    take_in(desk.shelf, article_write(desk.feed, "n0", words="It opens a third.", number=2))
    columns.refresh()
    assert columns.row(columns.index(article) or 0).changed
    again = Shelf.open(desk.shelf.folder).columns()
    assert again.row(again.index(article) or 0).changed
    desk.shelf.mark({(1, article): Mark(read=True)})
    blocks = desk.first.version.blocks
    desk.shelf.take_page(article, 1, blocks, taken=NOON)
    columns.refresh()
    row = columns.row(columns.index(article) or 0)
    assert (row.full_text, row.changed) == (True, False)


def test_marks_count_before_they_are_saved_and_what_is_not_saved_is_taken_off(
    desk: SmallDesk,
) -> None:
    columns = desk.shelf.columns()
    ids = [columns.ids[i] for i in columns.order()]
    assert columns.counts()[1] == (2, 3)
    wish = Wish(read=True, starred=True)
    columns.anticipate(wish, ids)
    assert columns.counts()[1] == (0, 3)
    assert columns.unread(columns.order()) == []
    assert len(columns.order(starred=True)) == 3
    columns.given_up(wish, ids)
    assert columns.counts()[1] == (2, 3)
    assert rows_of(columns) == rows_built_anew(desk.shelf.folder)


def test_a_file_that_holds_half_of_the_marks_yet_takes_none_off_the_lists(
    desk: SmallDesk,
) -> None:
    columns = desk.shelf.columns()
    ids = [columns.ids[i] for i in columns.order()]
    wish = Wish(read=True)
    columns.anticipate(wish, ids)
    desk.shelf.mark({(1, ids[0]): Mark(read=True, starred=True)})
    columns.settled(wish, ids[:1])
    columns.refresh()
    assert columns.counts()[1] == (0, 3)
    assert columns.unread(columns.order()) == []
    assert [columns.ids[i] for i in columns.order(starred=True)] == ids[:1]
    for article in ids[1:]:
        desk.shelf.mark({(1, article): Mark(read=True)})
    columns.settled(wish, ids)
    columns.refresh()
    assert rows_of(columns) == rows_built_anew(desk.shelf.folder)


def test_what_was_asked_for_last_is_shown_and_what_nobody_saved_is_not_there_at_the_next_start(
    desk: SmallDesk,
) -> None:
    columns = desk.shelf.columns()
    ids = [columns.ids[i] for i in columns.order()]
    first, second = Wish(read=True), Wish(read=False)
    columns.anticipate(first, ids)
    columns.anticipate(second, ids)
    assert columns.still_wished(first, ids[0]).read is None
    assert columns.still_wished(second, ids[0]).read is False
    columns.settled(first, ids)
    desk.shelf.mark({(1, ids[0]): Mark(starred=True)})
    columns.refresh()
    assert columns.counts()[1] == (3, 3)
    columns.save()
    assert rows_built_anew(desk.shelf.folder) == rows_of(Shelf.open(desk.shelf.folder).columns())


def test_what_was_deleted_comes_back_to_its_place_among_those_of_the_same_time(
    desk: SmallDesk,
) -> None:
    writes = [article_write(desk.feed, name, hours_old=1) for name in "abcd"]
    take_in(desk.shelf, *writes)
    columns = desk.shelf.columns()
    before = columns.order()
    deleted = desk.shelf.delete_articles([(1, writes[1].headline.id)])
    columns.refresh()
    assert len(columns.order()) == len(before) - 1
    desk.shelf.restore_articles(deleted)
    columns.refresh()
    assert columns.order() == before


def test_what_is_kept_stays_in_its_place_whatever_it_is(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    everything = columns.order()
    kept = frozenset(everything)
    for condition in ({"unread": True}, {"starred": True}, {"claims": True}):
        assert columns.order(**condition, keeping=kept) == everything  # type: ignore[arg-type] - flags
    assert columns.order(feed=7, unread=True, keeping=kept) == []
