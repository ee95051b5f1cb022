"""On from a sentence, and from an article: 0, comma, asterisk, and how the work goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from marking import press, reading, stored
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Claim, Coverage
from store.settings import folders
from store.shelf.shelf import Shelf

EXPANSIONS = (
    "A busy year",
    "Kumano Semiconductor will build a second fab in Japan.",
    "Kumano Semiconductor will build a third fab in Germany.",
    "It rained in the valley.",
    "Kumano Semiconductor will build a fourth fab.",
    "Acme Corp. will build a plant in Norway.",
)
MORE_OF_IT = (
    "Kumano once more",
    "Kumano Semiconductor will build a fifth fab in Spain.",
)
"""Articles on which * has something to do."""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, stories: tuple[tuple[str, ...], ...]) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, *stories)
    desk = open_desk()
    yield desk
    desk.close()


@pytest.fixture
def stories() -> tuple[tuple[str, ...], ...]:
    return (HIRING_PUSH, QUIET)


fabs = pytest.mark.parametrize("stories", [(EXPANSIONS, MORE_OF_IT, QUIET)])


def said(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


def covered() -> list[Coverage]:
    with closing(Shelf.open(folders().desk)) as shelf:
        return list(shelf.coverage())


def standing() -> list[Claim]:
    return [claim for claim in stored() if not claim.marking.deleted]


def codes(claim: Claim, dimension: str) -> set[str]:
    return {tag.code for tag in claim.marking.values(dimension)}


# ---------------------------------------------------------------- 0


async def test_0_stores_that_nothing_was_found_and_goes_to_the_next_article(desk: Desk) -> None:
    async with reading(desk, "0") as pilot:
        assert "saved · read through, nothing found" in said(pilot)
        assert QUIET[1] in screen_text(pilot.app)
    (one,) = covered()
    assert (one.state, one.annotator, one.version) == ("nothing_found", "ana", 1)
    assert stored() == []  # an open suggestion is not rejected


async def test_0_on_an_article_with_claims_says_that_it_is_coded(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "0") as pilot:
        assert "read through, coded" in said(pilot)
    assert [one.state for one in covered()] == ["coded"]


async def test_an_article_that_is_done_says_so_under_its_title(desk: Desk) -> None:
    async with reading(desk, "0", "p") as pilot:
        assert "read through, nothing found (ana)" in screen_text(pilot.app)


async def test_a_second_0_says_that_it_is_so_already_and_stays(desk: Desk) -> None:
    async with reading(desk, "0", "p", "0") as pilot:
        assert "already" in said(pilot)
        assert HIRING_PUSH[2] in screen_text(pilot.app)
    (one,) = covered()
    assert len(one.history) == 1


async def test_0_after_a_claim_that_came_later_says_coded(desk: Desk) -> None:
    async with reading(desk, "0", "p", "j", "s", "h", "0") as pilot:
        assert "read through, coded" in said(pilot)
    assert [one.state for one in covered()] == ["coded"]


async def test_u_right_after_0_goes_back_to_that_article_and_takes_it_back(desk: Desk) -> None:
    async with reading(desk, "0", "u") as pilot:
        assert "took back that this article is done" in said(pilot)
        assert HIRING_PUSH[2] in screen_text(pilot.app)
        assert "read through" not in screen_lines(pilot.app)[2]
        await press(pilot, "ctrl+r")
        assert "did again that this article is done" in said(pilot)
    assert [one.state for one in covered()] == ["nothing_found"]


async def test_0_is_taken_back_after_a_restart_before_the_claim_under_it(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "0"):
        pass
    async with reading(desk, "u") as pilot:
        assert "took back that this article is done" in said(pilot)
        assert len(standing()) == 1
        await press(pilot, "u")
        assert "took back the claim" in said(pilot)
    assert standing() == []
    assert [one.state for one in covered()] == ["opened"]


async def test_0_on_the_last_unread_article_says_both(desk: Desk) -> None:
    async with reading(desk, "0") as pilot:
        await press(pilot, "0")
        assert "saved" in said(pilot)
        assert "nothing unread anywhere" in said(pilot)


async def test_what_cannot_be_stored_is_said_and_nothing_moves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.errors import DeskError

    async def full(*_: object) -> None:
        raise DeskError("The disk is full: nothing was saved.")

    async with reading(desk) as pilot:
        monkeypatch.setattr(desk, "cover", full)
        await press(pilot, "0")
        assert "The disk is full" in said(pilot)
        assert HIRING_PUSH[2] in screen_text(pilot.app)


# ---------------------------------------------------------------- comma


async def test_comma_takes_company_and_region_over_from_the_claim_above(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "j", "j", "j", "comma") as pilot:
        assert "draft saved · pick a signal" in said(pilot)
        assert "Anthropic? as in the claim above" in screen_text(pilot.app)
    draft = stored()[-1]
    assert draft.marking.anchor.exact == "The weather was mild for the season."
    assert draft.marking.review == "draft"
    assert {tag.origin for tag in draft.marking.tags} == {"inherited"}
    assert codes(draft, "company") == {"org:anthropic"}
    assert codes(draft, "region") == {"AU", "JP"}


async def test_a_signal_makes_a_claim_of_what_was_taken_over(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "j", "j", "j", "comma", "s", "e") as pilot:
        assert "saved · expansion" in said(pilot)
    claim = stored()[-1]
    assert claim.marking.review == "accepted"
    assert codes(claim, "company") == {"org:anthropic"}


async def test_comma_where_nothing_is_claimed_above_says_so(desk: Desk) -> None:
    async with reading(desk, "j", "comma") as pilot:
        assert "no claim above" in said(pilot)
    assert stored() == []


async def test_comma_never_takes_over_what_the_sentence_says_itself(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "G", "comma") as pilot:
        assert "company and region are here already" in said(pilot)
    assert len(stored()) == 1


# ---------------------------------------------------------------- asterisk


@fabs
async def test_asterisk_says_the_same_of_all_alike_in_one_step(desk: Desk) -> None:
    async with reading(desk, "j", "s", "e", "asterisk") as pilot:
        shown = screen_text(pilot.app)
        assert "The same for all alike: expansion · Kumano Semiconductor · Japan" in shown
        assert "2 sentences" in shown
        await press(pilot, "enter")
        assert "saved · 2 claims alike · u takes all of them back" in said(pilot)
        assert len(standing()) == 3
        await press(pilot, "u")
        assert len(standing()) == 1
        await press(pilot, "ctrl+r")
    first, second, third = standing()
    assert codes(second, "signal") == codes(third, "signal") == {"expansion"}
    assert codes(second, "region") == {"DE"}  # it names its own
    assert codes(third, "region") == codes(first, "region") == {"JP"}


@fabs
async def test_a_digit_unticks_a_sentence_that_is_not_meant(desk: Desk) -> None:
    async with reading(desk, "j", "s", "e", "asterisk", "1") as pilot:
        assert "1 sentence" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "1 claim alike" in said(pilot)
    assert [claim.marking.anchor.exact for claim in standing()] == [EXPANSIONS[1], EXPANSIONS[4]]


@fabs
async def test_space_unticks_the_row_under_the_cursor_and_esc_stores_nothing(desk: Desk) -> None:
    async with reading(desk, "j", "s", "e", "asterisk", "space", "space") as pilot:
        assert "0 sentences" in screen_text(pilot.app)
        await press(pilot, "escape")
    assert len(stored()) == 1


@fabs
async def test_a_looks_in_the_other_articles_of_the_list_too(desk: Desk) -> None:
    async with reading(desk, "j", "s", "e", "asterisk", "a") as pilot:
        assert "3 sentences in 2 articles" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "3 claims alike in 2 articles" in said(pilot)
        assert len(standing()) == 4
        await press(pilot, "u")
        assert len(standing()) == 1
    assert MORE_OF_IT[1] in {claim.marking.anchor.exact for claim in stored()}


@fabs
async def test_sentences_that_are_answered_are_left_out(desk: Desk) -> None:
    async with reading(desk, "j", "j", "x", "g", "j", "s", "e", "asterisk") as pilot:
        assert "1 sentence" in screen_text(pilot.app)
        assert "third fab" not in screen_text(pilot.app).split("The same for all alike")[1]


async def test_asterisk_without_a_signal_says_what_is_missing(desk: Desk) -> None:
    async with reading(desk, "j", "j", "j", "j", "asterisk") as pilot:
        assert "pick a signal first" in said(pilot)


async def test_asterisk_where_nothing_is_alike_says_so(desk: Desk) -> None:
    async with reading(desk, "j", "s", "z", "asterisk") as pilot:
        assert "No other sentence here" in screen_text(pilot.app)
        await press(pilot, "enter")
    assert len(stored()) == 1


# ---------------------------------------------------------------- progress


async def test_the_head_line_counts_the_session(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "j", "s", "e") as pilot:
        assert "2 claims" in screen_lines(pilot.app)[0]
        await press(pilot, "u")
        assert "1 claim ·" in screen_lines(pilot.app)[0]


async def test_w_shows_how_the_work_goes(desk: Desk) -> None:
    async with reading(desk, "j", "enter", "j", "x", "W") as pilot:
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert "How the work of ana goes" in shown
        assert "accept rate" in shown
        await press(pilot, "escape")
        assert "accept rate" not in screen_text(pilot.app)
