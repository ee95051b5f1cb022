"""Lists by time, by source and by title, either way round, few or many."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf_cases import SmallDesk, article_write, small_desk, take_in

from store.shelf import sorting
from store.shelf.columns import Columns
from store.shelf.rows import Rows
from store.shelf.sorting import ListOrder, Sorting, title_key
from tui.screens.next_place import next_with_unread
from tui.screens.ordering import order_told, place_word
from tui.widgets.feed_tree import Place


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    made = small_desk(tmp_path / "desk")
    other = made.shelf.add_feed("https://other.example/")
    take_in(
        made.shelf,
        article_write(other, "m0", title="“Aa” said", hours_old=0.5),
        article_write(other, "m1", title="zebra", hours_old=9),
    )
    return made


NAMES = {1: "Wire", 2: "agency"}


def titles(sorter: Sorting, columns: Columns, order: ListOrder) -> list[str]:
    rows = Rows(columns, columns.order())
    return [row.title.removeprefix("Title of ") for row in sorter.arranged(rows, order, NAMES)]


@pytest.mark.parametrize(
    ("by", "reverse", "expected"),
    [
        ("time", False, ["n0", "“Aa” said", "n1", "n2", "zebra"]),
        ("time", True, ["zebra", "n2", "n1", "“Aa” said", "n0"]),
        ("source", False, ["“Aa” said", "zebra", "n0", "n1", "n2"]),
        ("title", False, ["“Aa” said", "n0", "n1", "n2", "zebra"]),
        ("title", True, ["zebra", "n2", "n1", "n0", "“Aa” said"]),
    ],
)
def test_each_order(desk: SmallDesk, by: sorting.By, reverse: bool, expected: list[str]) -> None:
    columns = desk.shelf.columns()
    assert titles(Sorting(columns), columns, ListOrder(by, reverse)) == expected


def test_many_titles_wait_until_they_are_sorted_and_follow_what_comes_then(
    desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "SMALL", 2)
    monkeypatch.setattr(sorting, "_RUN", 2)
    columns, by_title = desk.shelf.columns(), ListOrder("title")
    sorter = Sorting(columns)
    assert not sorter.is_ready(by_title, len(columns))
    assert titles(sorter, columns, by_title)[0] == "n0"
    sorter.make_ready()
    assert sorter.is_ready(by_title, len(columns))
    assert titles(sorter, columns, by_title) == ["“Aa” said", "n0", "n1", "n2", "zebra"]
    take_in(
        desk.shelf,
        article_write(desk.feed, "n1", title="Zz", number=2, hours_old=1),
        article_write(desk.feed, "n7", title="Middle"),
    )
    columns.refresh()
    expected = ["“Aa” said", "Middle", "n0", "n2", "zebra", "Zz"]
    assert titles(sorter, columns, by_title) == expected


def test_orders_go_around_and_are_remembered_as_words() -> None:
    order = ListOrder()
    ways = []
    for _ in range(3):
        order = order.next
        ways.append(order_told(order))
        assert ListOrder.of_word(order.turned.word) == order.turned
    assert ways == ["by source", "by title", ""]
    assert order_told(order.turned) == "oldest first"
    assert ListOrder.of_word("-nonsense") == ListOrder.of_word("") == ListOrder()


def test_titles_sort_by_their_letters() -> None:
    assert title_key("“Über” alles") == "über” alles"


def test_rows_find_an_article_in_any_order(desk: SmallDesk) -> None:
    columns = desk.shelf.columns()
    rows = Sorting(columns).arranged(Rows(columns, columns.order()), ListOrder("title", True), {})
    assert [rows.find(row.id) for row in rows] == [0, 1, 2, 3, 4]
    assert rows.find(77) is None
    assert rows[:1].find(rows[2].id) is None


TREE = [
    Place("unread", None, "Unread", 9),
    Place("view", None, "Chips", 2, view="v"),
    Place("folder", None, "Tech", 5, folder=("Tech",)),
    Place("feed", 1, "One", 5, folder=("Tech",)),
    Place("feed", 2, "Two", 0),
    Place("feed", 3, "Three", 4),
]


@pytest.mark.parametrize(
    ("here", "direction", "goes_to"),
    [
        (3, 1, "Three"),
        (5, 1, "One"),
        (4, -1, "One"),
        (2, 1, "One"),
        (1, 1, "Tech"),
        (0, 1, "Tech"),
        (0, -1, "Three"),
    ],
)
def test_after_the_last_unread_one_reads_on_in_the_next_place_of_its_kind(
    here: int, direction: int, goes_to: str
) -> None:
    place = next_with_unread(TREE, TREE[here], direction)
    assert place is not None
    assert place.label == goes_to


def test_where_nothing_is_unread_one_stays() -> None:
    assert next_with_unread(TREE[:1] + TREE[4:5], TREE[4], 1) is None


def test_places_are_remembered_apart() -> None:
    assert len({place_word(place) for place in TREE}) == len(TREE)
    assert place_word(TREE[2]) == "folder/Tech"
