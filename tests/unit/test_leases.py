"""Who fetches a feed: several are taken in one write, and nobody takes another's."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.refresh.ledger import Ledger
from store.shelf.shelf import Shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shelf = Shelf.open(tmp_path / "desk")
    for number in range(1, 5):
        shelf.add_feed(f"https://{number}.example/feed")
    return tmp_path / "desk"


def test_of_several_feeds_those_that_are_free_are_taken(folder: Path) -> None:
    one, other = Shelf.open(folder), Shelf.open(folder)
    assert one.lease_some([1, 2], 60) == {1, 2}
    assert other.lease_some([2, 3], 60) == {3}
    assert one.lease_some([1, 2, 3, 4], 60) == {1, 2, 4}
    one.release(1, 2)
    assert other.lease_some([1, 2, 4], 60) == {1, 2}


def test_a_feed_whose_time_is_over_is_free(folder: Path) -> None:
    one, other = Shelf.open(folder), Shelf.open(folder)
    assert other.lease(4, 60)
    assert one.lease_some([1], 0) == {1}
    assert other.lease_some([1], 60) == {1}


async def test_a_run_that_ends_gives_back_what_it_still_had(folder: Path) -> None:
    ledger = Ledger(Shelf.open(folder))
    feeds = ledger.shelf.feeds()
    errand = await ledger.errand(feeds[0])
    assert errand is not None
    assert errand.feed == feeds[0]
    other = Shelf.open(folder)
    assert not other.lease(1, 60)
    ledger.close()
    assert other.lease(1, 60)
