"""A desk remembers which items of a feed it has, and asks for them again once it has them not."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from shelf_cases import SmallDesk, small_desk

from store.model import SeenItem, hash_of
from store.shelf.shelf import Shelf

ITEMS = tuple(SeenItem(f"{number:016x}", hash_of(f"n{number}")) for number in range(3))


@pytest.fixture
def desk(tmp_path: Path) -> SmallDesk:
    made = small_desk(tmp_path / "desk")
    made.shelf.keep_seen_items(1, ITEMS)
    return made


def file_of(desk: SmallDesk) -> Path:
    return desk.shelf.folder / "derived" / "seen" / "0001.json"


def test_items_are_remembered_from_one_start_to_the_next(desk: SmallDesk) -> None:
    assert Shelf.open(desk.shelf.folder).seen_items(1) == ITEMS
    assert desk.shelf.seen_items(2) == ()


def test_a_later_document_takes_the_place_of_an_earlier_one(desk: SmallDesk) -> None:
    desk.shelf.keep_seen_items(1, ITEMS[:1])
    assert desk.shelf.seen_items(1) == ITEMS[:1]
    desk.shelf.keep_seen_items(1, ())
    assert desk.shelf.seen_items(1) == ()
    assert not file_of(desk).exists()


def test_an_article_that_the_desk_has_not_is_asked_for(desk: SmallDesk) -> None:
    stranger = SeenItem("f" * 16, hash_of("never came"))
    desk.shelf.keep_seen_items(1, (*ITEMS, stranger))
    assert desk.shelf.seen_items(1) == ITEMS


def test_a_deleted_article_is_asked_for_in_case_it_is_restored(desk: SmallDesk) -> None:
    first = desk.writes[0]
    gone = replace(first, headline=replace(first.headline, deleted=True))
    desk.shelf.take_in(1, lambda _known: [gone])
    assert desk.shelf.seen_items(1) == ITEMS[1:]


def test_an_article_that_goes_by_another_guid_now_is_known_by_both(desk: SmallDesk) -> None:
    first = desk.writes[0]
    same = replace(
        first.headline, id=7, guid="anew", same_as=first.headline.id, deleted=True, title="x"
    )
    desk.shelf.take_in(1, lambda _known: [replace(first, headline=same)])
    items = (*ITEMS, SeenItem("e" * 16, hash_of("anew")))
    desk.shelf.keep_seen_items(1, items)
    assert desk.shelf.seen_items(1) == items


def test_an_article_whose_text_was_lost_is_asked_for(desk: SmallDesk) -> None:
    for path in (desk.shelf.folder / "bodies").iterdir():
        path.unlink()
    assert Shelf.open(desk.shelf.folder).seen_items(1) == ()


@pytest.mark.parametrize("content", [b"", b"\0" * 300, b'[["1", 2]]', b"{}", b'[["0'])
def test_a_file_that_is_torn_costs_a_parse_and_nothing_else(
    desk: SmallDesk, content: bytes
) -> None:
    file_of(desk).write_bytes(content)
    assert desk.shelf.seen_items(1) == ()
    assert not desk.shelf.notices()
    desk.shelf.keep_seen_items(1, ITEMS)
    assert desk.shelf.seen_items(1) == ITEMS


def test_what_is_derived_can_be_deleted(desk: SmallDesk) -> None:
    file_of(desk).unlink()
    file_of(desk).parent.rmdir()
    assert desk.shelf.seen_items(1) == ()
    desk.shelf.keep_seen_items(1, ITEMS)
    assert desk.shelf.seen_items(1) == ITEMS


def test_a_disk_that_refuses_harms_nothing(desk: SmallDesk) -> None:
    file_of(desk).unlink()
    file_of(desk).parent.rmdir()
    file_of(desk).parent.write_text("no folder")
    desk.shelf.keep_seen_items(1, ITEMS)
    assert desk.shelf.seen_items(1) == ()


def test_forgetting_a_feeds_validators_forgets_its_items(desk: SmallDesk) -> None:
    desk.shelf.forget_validators(1)
    assert desk.shelf.seen_items(1) == ()


def test_unsubscribing_forgets_them_too(desk: SmallDesk) -> None:
    desk.shelf.remove_feed(1)
    assert not file_of(desk).exists()


def test_nobody_else_reads_them(desk: SmallDesk) -> None:
    assert file_of(desk).stat().st_mode & 0o077 == 0
