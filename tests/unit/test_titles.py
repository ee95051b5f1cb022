"""Titles of a whole desk, made when they are looked at."""

from __future__ import annotations

from store.shelf.titles import Titles

WRITTEN = ("A fab in Kumamoto", "", "半導体の新工場", "Łódź · 🏭")


def saved() -> Titles:
    titles = Titles()
    for title in WRITTEN:
        titles.append(title)
    return Titles.of_saved(*titles.saved())


def test_titles_read_back_one_by_one_as_they_were_saved() -> None:
    titles = saved()
    assert [titles[row] for row in range(len(titles))] == list(WRITTEN)
    assert titles[1:3] == list(WRITTEN[1:3])


def test_what_comes_later_and_what_changes_stands_beside_what_was_saved() -> None:
    titles = saved()
    titles.append("Later")
    titles[0], titles[4] = "Changed", "Later still"
    assert titles[0] == "Changed"
    assert list(titles) == ["Changed", *WRITTEN[1:], "Later still"]
    assert list(Titles.of_saved(*titles.saved())) == list(titles)


def test_titles_that_did_not_change_are_the_same_objects_from_look_to_look() -> None:
    titles = saved()
    assert all(one is other for one, other in zip(list(titles), titles, strict=True))


def test_a_damaged_place_spoils_a_title_and_no_more() -> None:
    assert list(Titles("é".encode(), [1, 2])) == ["�", "�"]
