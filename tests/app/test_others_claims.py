"""Two annotators on one desk: each sees what the other claimed, and no key changes it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any
from uuid import UUID

import pytest
from annotators import keep
from desks import HIRING_PUSH, QUIET, fill
from msgspec.structs import replace
from screen_text import screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Claim
from store.settings import Settings, folders, load_settings
from store.settings.positions import POSITIONS_FILE
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp


@pytest.fixture(autouse=True)
def articles() -> Iterator[None]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    return


@asynccontextmanager
async def reading(annotator: str, *keys: str, **settings: Any) -> AsyncIterator[Pilot[Any]]:
    places = folders()
    (places.state / POSITIONS_FILE).unlink(missing_ok=True)  # each opens it at its title
    chosen = replace(load_settings(places), annotator=annotator, **settings)
    with closing(Desk.open(places, chosen)) as desk:
        await desk.mark([(row.feed, row.id) for row in desk.rows()], read=False)
        app = WiredeskApp(desk, Settings(annotator=annotator))
        async with app.run_test(size=(160, 45), notifications=True) as pilot:
            await settle(pilot)
            await pilot.press("g", "enter", *keys)
            await settle(pilot)
            yield pilot


def stored() -> dict[str, list[Claim]]:
    by: dict[str, list[Claim]] = {}
    with closing(Shelf.open(folders().desk)) as shelf:
        for claim in shelf.claims():
            by.setdefault(claim.provenance.creator, []).append(claim)
    return by


WEATHER = ("j", "j", "j", "j")
"""To a sentence in which nothing is suggested."""


async def ben_claims(*to: str) -> Claim:
    async with reading("ben", *(to or ("j",)), "s", "e"):
        pass
    (claim,) = stored()["ben"]
    return claim


async def test_the_other_persons_claim_is_named_in_the_heading_and_is_not_ones_own() -> None:
    await ben_claims()
    async with reading("ana", "j") as pilot:
        shown = screen_text(pilot.app)
        assert "ben: expansion" in shown
        assert "suggested" in shown


async def test_a_sentence_that_only_the_other_marked_has_a_badge_in_brackets() -> None:
    await ben_claims(*WEATHER)
    async with reading("ana", *WEATHER, threshold=1.0) as pilot:
        shown = screen_text(pilot.app)
        assert "ben: expansion" in shown
        assert "nothing marked here" in shown
        assert "(e)" in shown


@pytest.mark.parametrize("keys", [("x",), ("1",), ("enter",), ("s", "h"), ("u",), ("]", "enter")])
async def test_no_key_changes_the_other_persons_claim(keys: tuple[str, ...]) -> None:
    before = await ben_claims()
    async with reading("ana", "j", *keys):
        pass
    assert stored()["ben"] == [before]


async def test_a_key_on_the_other_persons_claim_begins_ones_own() -> None:
    await ben_claims()
    async with reading("ana", "j", "enter"):
        pass
    (mine,) = stored()["ana"]
    assert mine.marking.review == "accepted"
    assert mine.provenance.creator == "ana"
    assert len(stored()["ben"]) == 1


async def test_who_works_blind_sees_only_the_own_claims() -> None:
    await ben_claims(*WEATHER)
    async with reading("ana", *WEATHER, others="hidden") as pilot:
        shown = screen_text(pilot.app)
        assert "ben" not in shown
        assert "(e)" not in shown


@pytest.mark.parametrize("review", ["adjudicated", "rejected"])
async def test_a_decision_of_ones_own_stands_for_the_claims_that_it_is_about(review: str) -> None:
    await ben_claims()
    async with reading("ana", "j", "s", "h"):
        pass
    of_all = [claim for said in stored().values() for claim in said]
    (mine,) = stored()["ana"]
    marking = replace(mine.marking, review=review, decides_on=tuple(one.id for one in of_all))
    keep(
        folders().desk,
        replace(mine, id=f"urn:uuid:{UUID(int=7)}", marking=marking, history=()),
    )
    async with reading("ana", "j") as pilot:
        shown = screen_text(pilot.app)
        assert "1 of 2" not in shown
        if review == "adjudicated":
            assert "2 claims" not in shown
            await pilot.press("s", "f")
            await settle(pilot)
        else:
            assert "nothing marked here" in shown
    own = {claim.id: claim for claim in stored()["ana"]}
    assert own[mine.id] == mine
    (decision,) = (claim for claim in own.values() if claim.id != mine.id)
    assert decision.marking.review == review
