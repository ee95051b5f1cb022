"""Folders of feeds: how they are typed, how all stands in them, how it is moved."""

from __future__ import annotations

import pytest
from builders import NOON
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.feeds.folders import (
    Branch,
    Path,
    branch_at,
    feed_moved,
    folder_moved,
    folders_of,
    path_told,
    paths_told,
    renamed,
    tree_of,
    typed_path,
    typed_paths,
)
from store.model import Feed


def a_feed(number: int, name: str, *folders: str, place: int = 0) -> Feed:
    address = f"https://{number}.example/feed"
    return Feed(
        number=number,
        address=address,
        first_address=address,
        title=name,
        added=NOON,
        folders=tuple(tuple(folder.split("/")) for folder in folders),
        place=place,
    )


FEEDS = [
    a_feed(1, "zeta"),
    a_feed(2, "Alpha"),
    a_feed(3, "Chips", "Tech/Chips", "Asia"),
    a_feed(4, "Fabs", "Tech/Chips"),
    a_feed(5, "Wire", "Tech"),
    a_feed(6, "late", "Tech", place=-1),
]


def told(branch: Branch, depth: int = 0) -> list[str]:
    """The tree as it reads from above."""
    lines = []
    for folder in branch.folders:
        lines += ["  " * depth + folder.path[-1] + "/", *told(folder, depth + 1)]
    return lines + ["  " * depth + feed.name for feed in branch.feeds]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        (" , / ,", ()),
        ("Tech", (("Tech",),)),
        ("Tech / Chips, Asia", (("Tech", "Chips"), ("Asia",))),
        ("Tech,Tech", (("Tech",),)),
        (r"AC\/DC, a\,b", (("AC/DC",), ("a,b",))),
        (r"a\b\\", (("a\\b\\",),)),
    ],
)
def test_folders_are_typed_as_people_write_paths(typed: str, meant: tuple[Path, ...]) -> None:
    assert typed_paths(typed) == meant


@settings(max_examples=60)
@given(st.lists(st.text("ab/,\\ x", min_size=1, max_size=5), min_size=1, max_size=3))
def test_a_path_that_is_told_is_read_as_it_was(names: list[str]) -> None:
    path = tuple(" ".join(name.split()) for name in names if name.split())
    assert typed_path(path_told(path)) == path
    assert typed_paths(paths_told([path, ("other",)])) == tuple(filter(None, [path, ("other",)]))


def test_folders_come_first_then_feeds_by_place_and_name() -> None:
    assert told(tree_of(FEEDS)) == [
        *("Asia/", "  Chips", "Tech/", "  Chips/", "    Chips", "    Fabs"),
        *("  late", "  Wire", "Alpha", "zeta"),
    ]
    assert told(tree_of([])) == []


def test_a_feed_in_two_folders_of_one_counts_once() -> None:
    tech = branch_at(tree_of([*FEEDS, a_feed(7, "x", "Tech", "Tech/Chips")]), ("Tech",))
    assert tech is not None
    assert tech.numbers == {3, 4, 5, 6, 7}


def test_folders_stand_as_a_person_ordered_them_new_ones_last() -> None:
    feeds = [a_feed(1, "a", "A"), a_feed(2, "b", "B"), a_feed(3, "c", "C")]
    assert told(tree_of(feeds, [("C",), ("gone",), ("A",)])) == [
        *("C/", "  c", "A/", "  a", "B/", "  b")
    ]


def test_a_feed_goes_up_and_down_and_one_added_later_stands_behind() -> None:
    feeds = {1: a_feed(1, "a"), 2: a_feed(2, "b"), 3: a_feed(3, "c", "F")}
    moved = feed_moved(tree_of(feeds.values()), (), 2, -1)
    assert moved is not None
    feeds |= {feed.number: feed for feed in moved}
    assert told(tree_of([*feeds.values(), a_feed(4, "aa")])) == ["F/", "  c", "b", "a", "aa"]
    assert feed_moved(tree_of(feeds.values()), (), 2, -1) is None
    assert feed_moved(tree_of(feeds.values()), ("F",), 3, 1) is None
    assert feed_moved(tree_of(feeds.values()), ("F",), 1, 1) is None
    assert feed_moved(tree_of(feeds.values()), ("no",), 1, 1) is None


def test_a_folder_goes_up_and_down_among_its_neighbours_and_leaves_others_alone() -> None:
    feeds = [a_feed(n, name, path) for n, (name, path) in enumerate(
        [("a", "A/X"), ("b", "A/Y"), ("c", "B")], start=1)]  # fmt: skip
    order = folder_moved(tree_of(feeds), ("A", "Y"), -1)
    assert order is not None
    order = folder_moved(tree_of(feeds, order), ("B",), -1)
    assert order is not None
    assert told(tree_of(feeds, order)) == ["B/", "  c", "A/", "  Y/", "    b", "  X/", "    a"]
    assert folder_moved(tree_of(feeds), ("A",), -1) is None
    assert folder_moved(tree_of(feeds), ("no",), 1) is None
    assert folder_moved(tree_of(feeds), (), 1) is None


def test_a_folder_that_is_renamed_takes_all_in_it_along() -> None:
    changed = {feed.number: feed.folders for feed in renamed(FEEDS, ("Tech",), ("News", "T"))}
    assert changed == {
        3: (("News", "T", "Chips"), ("Asia",)),
        4: (("News", "T", "Chips"),),
        5: (("News", "T"),),
        6: (("News", "T"),),
    }
    (both,) = renamed([a_feed(1, "a", "A", "B")], ("A",), ("B",))
    assert both.folders == (("B",),)
    assert renamed(FEEDS, ("none",), ("x",)) == []


def test_every_folder_is_offered_outer_ones_too() -> None:
    assert folders_of(FEEDS) == [("Asia",), ("Tech",), ("Tech", "Chips")]
    assert folders_of([replace(FEEDS[0])]) == []
