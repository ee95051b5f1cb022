"""Names and passwords of feeds: kept for their owner alone, sent where they were given for."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from shelf_cases import ADDRESS
from tinydb import TinyDB

from store.model import Account
from store.shelf.shelf import Shelf, ShelfError

ADA = Account(name="ada", password="s3cret")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf.open(tmp_path / "desk")
    shelf.add_feed(ADDRESS)
    return shelf


def _files_with(shelf: Shelf, word: str) -> list[str]:
    return [
        path.name
        for path in shelf.folder.rglob("*")
        if path.is_file() and word.encode() in path.read_bytes()
    ]


def test_a_feed_has_no_account_until_one_is_given(shelf: Shelf) -> None:
    assert shelf.account(1) is None
    assert shelf.account(7) is None
    shelf.keep_account(1, None)
    assert not (shelf.folder / "credentials.json").exists()


def test_an_account_is_there_after_a_restart_and_its_owners_alone(shelf: Shelf) -> None:
    shelf.keep_account(1, ADA)
    assert Shelf.open(shelf.folder).account(1) == ADA
    file = shelf.folder / "credentials.json"
    assert file.stat().st_mode & 0o777 == 0o600
    with TinyDB(file, access_mode="r") as database:
        assert database.table("accounts").get(doc_id=1)["account"]["name"] == "ada"
    assert _files_with(shelf, "s3cret") == ["credentials.json"]


def test_a_new_password_leaves_nothing_of_the_old_one(shelf: Shelf) -> None:
    shelf.keep_account(1, ADA)
    shelf.keep_account(1, Account(name="ada", password="n3w"))
    assert shelf.account(1) == Account(name="ada", password="n3w")
    assert _files_with(shelf, "s3cret") == []
    shelf.keep_account(1, None)
    assert shelf.account(1) is None
    assert _files_with(shelf, "n3w") == []


def test_unsubscribing_forgets_the_password(shelf: Shelf) -> None:
    shelf.keep_account(1, ADA)
    shelf.remove_feed(1)
    assert _files_with(shelf, "s3cret") == []
    assert shelf.add_feed(ADDRESS).number == 1
    assert shelf.account(1) is None
    with pytest.raises(ShelfError, match="no feed 7"):
        shelf.keep_account(7, ADA)


@pytest.mark.parametrize(
    ("moved_to", "goes_with_it"),
    [
        ("https://wire.example/other.xml", True),
        ("https://wire.example:443/feed.xml", True),
        ("https://wire.example:8443/feed.xml", False),
        ("https://evil.example/feed.xml", False),
        ("https://sub.wire.example/feed.xml", False),
        ("http://wire.example/feed.xml", False),
    ],
)
def test_a_password_goes_to_the_server_that_it_was_given_for(
    shelf: Shelf, moved_to: str, goes_with_it: bool
) -> None:
    shelf.keep_account(1, ADA)
    shelf.change_feed(1, lambda feed: replace(feed, address=moved_to))
    assert (shelf.account(1) is not None) is goes_with_it


def test_a_password_goes_along_when_a_server_takes_up_https(tmp_path: Path) -> None:
    shelf = Shelf.open(tmp_path / "desk")
    shelf.add_feed("http://wire.example/feed.xml")
    shelf.keep_account(1, ADA)
    shelf.change_feed(1, lambda feed: replace(feed, address=ADDRESS))
    assert shelf.account(1) == ADA


def test_a_password_is_in_no_representation() -> None:
    assert "s3cret" not in repr(ADA)
    assert "s3cret" not in str(ADA)
