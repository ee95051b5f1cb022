"""How many keys a claim takes on the sample desk, once its sentence is in focus."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from marking import press, status
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Claim
from store.refresh import refresh
from store.sample.desk import throw_away_desk
from store.settings import Folders, Settings
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.widgets.article_view import ArticleView

RECRUITING, FOOTHOLD, RIVALS, RACK = 1, 2, 3, 12
"""Numbers of sentences: a whole claim is suggested in the first two, nothing in the third, and in
the last a signal alone."""


@pytest.fixture(scope="module")
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample desk's folder after its feeds were fetched."""
    kept = tmp_path_factory.mktemp("sample") / "desk"

    async def fetch(shelf: Shelf) -> None:
        async for _ in refresh(shelf, shelf.feeds()):
            pass

    with throw_away_desk() as sample:
        with closing(Shelf.open(sample.folders.desk)) as shelf:
            asyncio.run(fetch(shelf))
        shutil.copytree(sample.folders.desk, kept)
    return kept


@pytest.fixture
def desk(fetched: Path, tmp_path: Path) -> Iterator[Desk]:
    folders = Folders(desk=tmp_path / "d", settings=tmp_path / "se", state=tmp_path / "st")
    shutil.copytree(fetched, folders.desk)
    with closing(Desk.open(folders, Settings(annotator="ana"), is_sample=True)) as desk:
        yield desk


@pytest.fixture
async def pilot(desk: Desk) -> AsyncIterator[Pilot[Any]]:
    """The story about hiring, opened."""
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "g", "enter")
        yield pilot


async def go_to(pilot: Pilot[Any], sentence: int) -> None:
    await press(pilot, "g", *["j"] * sentence)
    assert here(pilot) == sentence


def here(pilot: Pilot[Any]) -> int:
    return pilot.app.screen.query_one(ArticleView).sentence


@pytest.fixture
def claimed(desk: Desk) -> Callable[[], Claim]:
    """The one claim there is, as it stands on disk."""

    def only() -> Claim:
        with closing(Shelf.open(desk.folders.desk)) as shelf:
            (claim,) = shelf.claims()
        assert claim.marking.review == "accepted"
        return claim

    return only


def values(claim: Claim) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for tag in claim.marking.tags:
        found.setdefault(tag.dimension, set()).add(tag.code)
    return found


Claimed = Callable[[], Claim]


async def test_one_label_takes_two_keys(pilot: Pilot[Any], claimed: Claimed) -> None:
    await go_to(pilot, RIVALS)
    await press(pilot, "s", "e")
    assert "saved · expansion" in status(pilot)
    assert values(claimed())["signal"] == {"expansion"}


async def test_one_label_takes_one_key_when_it_is_suggested(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RACK)
    await press(pilot, "enter")
    assert values(claimed())["signal"] == {"hiring"}


async def test_signal_company_and_regions_take_one_key_when_they_are_suggested(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RECRUITING)
    await press(pilot, "enter")
    assert values(claimed()) == {
        "signal": {"hiring"},
        "company": {"org:anthropic"},
        "region": {"AU", "JP"},
    }


async def test_they_take_two_keys_when_only_the_signal_is_picked(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RECRUITING)
    await press(pilot, "s", "e")
    assert values(claimed()) == {
        "signal": {"expansion"},
        "company": {"org:anthropic"},
        "region": {"AU", "JP"},
    }


async def test_they_take_five_keys_when_all_three_are_picked_by_digit(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RIVALS)
    await press(pilot, "1", *("c", "1"), *("r", "1"))
    found = values(claimed())
    assert {dimension: len(codes) for dimension, codes in found.items()} == {
        "signal": 1,
        "company": 1,
        "region": 1,
    }


async def test_they_take_ten_keys_when_company_and_region_are_typed(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RIVALS)
    keys = ("1", *("c", *"tsm", "enter"), *("r", *"jp", "enter"))
    assert len(keys) == 10
    await press(pilot, *keys)
    found = values(claimed())
    assert (found["company"], found["region"]) == ({"org:tsmc"}, {"JP"})


async def test_accepting_takes_one_key_and_moves_on(pilot: Pilot[Any], claimed: Claimed) -> None:
    await go_to(pilot, RECRUITING)
    await press(pilot, "enter")
    assert claimed()
    assert here(pilot) == FOOTHOLD


async def test_an_edge_that_is_off_by_a_word_takes_one_key(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RECRUITING)
    await press(pilot, "s", "h")
    before = claimed().marking.anchor.exact
    await press(pilot, "[")
    assert claimed().marking.anchor.exact == before.removesuffix(" Japan.")


async def test_status_flag_and_confidence_take_two_keys_and_one(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RECRUITING)
    await press(pilot, "s", "h")
    await press(pilot, "a", "p")
    await press(pilot, "!")
    await press(pilot, "=")
    marking = claimed().marking
    assert (marking.status, marking.flag, marking.confidence) == ("planned", True, 100)


async def test_some_words_of_a_sentence_take_v_and_the_way_to_them(
    pilot: Pilot[Any], claimed: Claimed
) -> None:
    await go_to(pilot, RECRUITING)
    await press(pilot, "v", "l", "w", "s", "h")
    assert claimed().marking.anchor.exact == "AI lab"
