"""A feed that a person finds at another address stays the feed that it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing

import pytest
from builders import NOON
from desks import FEED, QUIET, fill, open_desk
from msgspec.structs import replace

from store.cli import main
from store.desk import Desk, DeskError
from store.desk.feed_care import FeedSettings
from store.model import SAVED_PAGES, Account, Feed, FetchState
from store.settings import folders
from store.shelf.shelf import Shelf

NEW = "https://new.example/feed.xml"
AS_IT_IS = FeedSettings()


@pytest.fixture(autouse=True)
def filled() -> None:
    fill(folders().desk, QUIET)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.add_feed("https://chips.example/f")
        shelf.keep_account(1, Account(name="ana", password="secret"))
        shelf.keep_fetch_states(
            [FetchState(feed=1, etag='"1"', tried=NOON, gone=True, failures=9, error="Gone.")]
        )


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = open_desk()
    yield desk
    desk.close()


def on_disk(number: int = 1) -> Feed:
    with closing(Shelf.open(folders().desk)) as shelf:
        feed = shelf.feed(number)
        assert feed is not None
        return feed


def state() -> FetchState | None:
    with closing(Shelf.open(folders().desk)) as shelf:
        return shelf.fetch_state(1)


async def test_it_keeps_its_articles_and_is_asked_as_a_new_one(desk: Desk) -> None:
    before = on_disk()
    assert await desk.feed_care.edit(1, FeedSettings.of(before), "new.example/feed.xml")
    feed = on_disk()
    assert (feed.address, feed.moved_from) == (NEW, (FEED,))
    assert (feed.number, feed.first_address) == (1, before.first_address)
    assert state() == FetchState(feed=1)
    with closing(Shelf.open(folders().desk)) as shelf:
        assert len(list(shelf.headlines(1))) == 1
        assert shelf.account(1) is None


async def test_it_is_taken_back_in_one_step(desk: Desk) -> None:
    before = on_disk()
    await desk.feed_care.edit(1, replace(FeedSettings.of(before), minutes=90), NEW)
    await desk.feed_care.undo()
    assert on_disk() == before


async def test_a_private_host_is_permitted_by_being_typed(desk: Desk) -> None:
    await desk.feed_care.edit(1, AS_IT_IS, "http://127.0.0.1:8000/f")
    assert on_disk().permit == "127.0.0.1:8000"
    await desk.feed_care.edit(1, AS_IT_IS, NEW)
    assert on_disk().permit == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Type the address of a feed"),
        ("ftp://new.example/", "ftp"),
        ("https://ana:secret@new.example/", "without its name and password"),
        ("https://chips.example/f", "is fetched there already"),
    ],
)
async def test_what_cannot_be_its_address_is_told(desk: Desk, typed: str, told: str) -> None:
    before = on_disk()
    with pytest.raises(DeskError, match=told) as refused:
        await desk.feed_care.edit(1, AS_IT_IS, typed)
    assert "secret" not in str(refused.value)
    assert on_disk() == before


async def test_saved_pages_lie_nowhere_else(desk: Desk) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        saved = shelf.add_feed(SAVED_PAGES).number
    with pytest.raises(DeskError, match="not fetched"):
        await desk.feed_care.edit(saved, AS_IT_IS, NEW)


def test_the_command_does_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feeds", "--address", "1", NEW]) == 0
    assert capsys.readouterr().out == f"Top News is fetched at {NEW} now.\n"
    assert main(["feeds", "--address", "1", NEW, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["address"] == NEW
    assert (on_disk().moved_from, state()) == ((FEED,), FetchState(feed=1))


@pytest.mark.parametrize(("number", "typed"), [("9", NEW), ("1", "https://chips.example/f")])
def test_the_command_tells_what_cannot_be(
    number: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feeds", "--address", number, typed]) == 1
    assert capsys.readouterr().err.startswith("wiredesk: ")
    assert on_disk().address == FEED
