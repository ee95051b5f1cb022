"""Subscriptions: numbers, addresses, leases, and what the last fetch left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs
from shelf_cases import ADDRESS, NOON, article_write, opened, small_desk, take_in
from tinydb import TinyDB

from store.model import Company, FetchState
from store.shelf.shelf import AlreadySubscribed, Shelf, ShelfError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "a" / "desk"


def test_a_new_desk_is_empty_and_its_owners_alone(folder: Path) -> None:
    shelf = Shelf.open(folder)
    assert shelf.feeds() == ()
    assert shelf.fetch_states() == {}
    assert shelf.companies() == ()
    assert list(shelf.claims()) == []
    assert len(shelf.columns()) == 0
    assert shelf.columns().counts() == {}
    assert not shelf.read_only
    assert {p.stat().st_mode & 0o777 for p in (folder, *folder.iterdir()) if p.is_dir()} == {0o700}


def test_a_feed_is_there_after_a_restart(folder: Path) -> None:
    feed = Shelf.open(folder).add_feed(ADDRESS, permit="localhost:8000")
    assert (feed.number, feed.address, feed.permit) == (1, ADDRESS, "localhost:8000")
    assert Shelf.open(folder).feeds() == (feed,)


def test_an_address_is_subscribed_once_and_the_answer_names_the_feed(folder: Path) -> None:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    with pytest.raises(AlreadySubscribed, match=ADDRESS) as caught:
        Shelf.open(folder).add_feed(ADDRESS)
    assert caught.value.feed == feed
    assert len(shelf.feeds()) == 1


def test_a_number_is_never_given_twice(folder: Path) -> None:
    shelf = Shelf.open(folder)
    assert shelf.add_feed("https://a.example/").number == 1
    shelf.remove_feed(1)
    assert Shelf.open(folder).add_feed("https://b.example/").number == 2


def test_a_number_that_files_carry_is_not_given_even_when_the_subscriptions_are_lost(
    folder: Path,
) -> None:
    desk = small_desk(folder)
    assert desk.feed.number == 1
    for path in folder.glob("subscriptions.json*"):
        path.unlink()
    assert Shelf.open(folder).add_feed("https://other.example/").number == 2


def test_a_feed_that_comes_back_brings_its_articles_and_claims(folder: Path) -> None:
    desk = small_desk(folder)
    shelf, feed = desk.shelf, desk.feed
    shelf.remove_feed(feed.number)
    columns = shelf.columns()
    assert shelf.feeds() == ()
    assert [columns.row(i).id for i in columns.order()] == [desk.writes[0].headline.id]
    assert columns.counts() == {feed.number: (1, 1)}
    assert columns.index(desk.writes[1].headline.id) is None
    assert len(list(shelf.claims())) == 2
    again = shelf.add_feed(ADDRESS)
    assert again.number == feed.number
    assert columns.refresh()
    assert len(columns) == 3
    assert len(shelf.claims_of(desk.writes[0].headline.id, again.number)) == 2


def test_the_address_of_a_feed_that_moved_away_may_be_subscribed_without_mixing_articles(
    folder: Path,
) -> None:
    shelf = Shelf.open(folder)
    moved = shelf.add_feed(ADDRESS)
    moved = shelf.change_feed(1, lambda feed: structs.replace(feed, address="https://new.example/"))
    fresh = shelf.add_feed(ADDRESS)
    assert fresh.address == ADDRESS
    assert fresh.first_address != moved.first_address
    mine, other = article_write(moved, "same guid"), article_write(fresh, "same guid")
    take_in(shelf, mine)
    take_in(shelf, other)
    assert opened(shelf, mine).headline.feed == 1
    assert opened(shelf, other).headline.feed == 2
    assert len(shelf.columns()) == 2


def test_a_change_is_made_to_the_feed_as_it_stands_now(folder: Path) -> None:
    shelf, other = Shelf.open(folder), Shelf.open(folder)
    shelf.add_feed(ADDRESS)
    other.change_feed(1, lambda feed: structs.replace(feed, title="Wire"))
    shelf.change_feed(1, lambda feed: structs.replace(feed, site="https://wire.example/"))
    assert other.feeds()[0].title == "Wire"
    assert other.feeds()[0].site == "https://wire.example/"


def test_a_feed_keeps_its_number_and_first_address(folder: Path) -> None:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    with pytest.raises(ValueError, match="first address"):
        shelf.change_feed(1, lambda feed: structs.replace(feed, first_address="https://x.example/"))
    assert shelf.feeds() == (feed,)


def test_a_feed_that_is_gone_is_said_in_one_sentence(folder: Path) -> None:
    shelf = Shelf.open(folder)
    with pytest.raises(ShelfError, match="no feed 7 any more"):
        shelf.remove_feed(7)
    with pytest.raises(ShelfError, match="no feed 7 any more"):
        shelf.change_feed(7, lambda feed: feed)


def test_what_a_fetch_left_behind_comes_back_to_the_letter(folder: Path) -> None:
    shelf = Shelf.open(folder)
    states = [
        FetchState(
            feed=number,
            etag='W/"a\\"b"',
            modified="Sun, 22 Nov 2026 12:00:00 GMT",
            body_hash="ff",
            tried=NOON,
            succeeded=NOON - timedelta(microseconds=1),
            failures=number,
            error="The host did not answer.",
        )
        for number in (1, 2)
    ]
    shelf.keep_fetch_states(states)
    shelf.keep_fetch_states([])
    assert Shelf.open(folder).fetch_states() == {1: states[0], 2: states[1]}
    shelf.keep_fetch_states([structs.replace(states[0], error="")])
    assert shelf.fetch_states()[1].error == ""
    assert shelf.fetch_states()[2] == states[1]


def test_companies_are_kept_once_each_and_sorted_by_name(folder: Path) -> None:
    shelf = Shelf.open(folder)
    shelf.keep_companies([Company(id="org:sable", name="Sable AI")])
    shelf.keep_companies([Company(id="org:kumano", name="kumano Chips")])
    shelf.keep_companies([Company(id="org:sable", name="Sable", aliases=("Sable AI",))])
    assert [company.name for company in Shelf.open(folder).companies()] == ["kumano Chips", "Sable"]


def test_each_version_of_a_codebook_is_kept_once(folder: Path) -> None:
    shelf = Shelf.open(folder)
    shelf.keep_codebook("default", "1", "first")
    shelf.keep_codebook("default", "2", "second")
    shelf.keep_codebook("default", "1", "something else")
    assert Shelf.open(folder).codebook("default", "1") == "first"
    assert shelf.codebook("default", "2") == "second"
    assert shelf.codebook("default", "3") is None


def test_one_fetch_has_a_feed_at_a_time(folder: Path) -> None:
    shelf, other = Shelf.open(folder), Shelf.open(folder)
    assert shelf.lease(1, 60)
    assert not other.lease(1, 60)
    assert other.lease(2, 60)
    assert shelf.lease(1, 60)
    other.release(1)
    assert not other.lease(1, 60)
    shelf.release(1)
    assert other.lease(1, 60)


def test_a_lease_ends_with_its_time(folder: Path) -> None:
    shelf, other = Shelf.open(folder), Shelf.open(folder)
    assert shelf.lease(1, 0)
    assert other.lease(1, 60)


def test_a_lease_ends_with_its_process(folder: Path) -> None:
    taken = "import sys, pathlib; from store.shelf.shelf import Shelf; "
    taken += "print(Shelf.open(pathlib.Path(sys.argv[1])).lease(1, 3600))"
    command = [sys.executable, "-c", taken, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "True\n"
    assert Shelf.open(folder).lease(1, 60)


def test_the_files_of_subscriptions_open_with_stock_tinydb(folder: Path) -> None:
    desk = small_desk(folder)
    desk.shelf.keep_fetch_states([FetchState(feed=1)])
    desk.shelf.lease(1, 60)
    desk.shelf.keep_codebook("default", "1", "text")
    found = {}
    for path in sorted(folder.rglob("*.json")):
        if path.name == "generation.json":
            continue
        with TinyDB(path, access_mode="r") as stock:
            for name in stock.tables():
                found[f"{path.relative_to(folder)} {name}"] = stock.table(name).all()
    assert all(record["format"] == 1 for records in found.values() for record in records)
    assert found["subscriptions.json feeds"][0]["address"] == ADDRESS
    assert [record["title"] for record in found["heads/0001-0000.json articles"]] == [
        "Title of n0",
        "Title of n1",
        "Title of n2",
    ]
    kinds = {name.split("/")[0].split(" ")[0] for name in found}
    assert kinds >= {"heads", "bodies", "claims", "snapshots", "fetch.json", "codebooks.json"}


def test_a_desk_where_a_file_lies_is_refused_in_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "desk"
    place.write_text("a letter")
    with pytest.raises(ShelfError, match="A file is where a folder should be"):
        Shelf.open(place)
    assert place.read_text() == "a letter"


def test_a_desk_whose_folder_went_away_says_so(folder: Path) -> None:
    shelf = small_desk(folder).shelf
    shutil.rmtree(folder)
    with pytest.raises(ShelfError, match="folder is gone"):
        shelf.add_feed("https://b.example/")


def test_a_desk_can_be_a_link_to_another_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "desk").symlink_to(tmp_path / "real")
    small_desk(tmp_path / "desk")
    assert len(Shelf.open(tmp_path / "real").feeds()) == 1


def test_a_desk_opens_by_a_relative_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shelf = small_desk(Path("desk")).shelf
    monkeypatch.chdir(os.path.sep)
    assert len(shelf.feeds()) == 1
