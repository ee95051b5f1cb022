"""How far annotators agree, and settling what they differ on, by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from annotators import by_name, claimed, keep, stored
from builders import ANTHROPIC, AUSTRALIA, EXPANSION, FUNDING, HIRING, JAPAN
from desks import HIRING_PUSH, QUIET, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Claim
from store.settings import Settings, folders
from tui.app import WiredeskApp

RECRUITING = "The AI lab is recruiting for data centre roles in Australia and Japan."
FOOTHOLD = (
    "It gives the company a foothold in two markets that have made AI infrastructure a "
    "national priority."
)


def said(by: str, quote: str, *tags: Any, **marking: Any) -> Claim:
    return claimed(by, HIRING_PUSH, quote, *tags, **marking)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "dora")
    fill(folders().desk, HIRING_PUSH, QUIET)
    keep(
        folders().desk,
        said("ana", RECRUITING, HIRING, ANTHROPIC, AUSTRALIA, JAPAN),
        said("ben", RECRUITING, EXPANSION, ANTHROPIC, JAPAN, status="planned"),
        said("ben", FOOTHOLD, FUNDING),
    )
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def agreement(
    desk: Desk, *keys: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="dora"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("percent_sign")
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        yield pilot


def decisions() -> list[Claim]:
    return by_name(stored(folders().desk)).get("dora", [])


def codes(claim: Claim) -> set[str]:
    return {tag.code for tag in claim.marking.tags}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_the_numbers_fit_every_terminal(desk: Desk, size: tuple[int, int]) -> None:
    async with agreement(desk, size=size) as pilot:
        shown = screen_lines(pilot.app)
        assert any("Signal" in line and "0.67" in line for line in shown)
        assert any(line.rstrip(" ▄▁▂▃▅▆▇█").endswith("alpha") for line in shown)
        assert "2 disagreements open, 0 decided" in screen_text(pilot.app)
        assert "☑ ana" in screen_text(pilot.app)


async def test_a_person_alone_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fill(folders().desk, QUIET)
    empty = open_desk()
    async with agreement(empty, "enter", "1") as pilot:
        assert "wiredesk import FILE" in screen_text(pilot.app)
        assert "there is nothing to decide" in screen_text(pilot.app)
    empty.close()


async def test_annotators_are_ticked_by_digit_but_two_stay(desk: Desk) -> None:
    keep(folders().desk, said("cleo", RECRUITING, HIRING))
    async with agreement(desk, "1") as pilot:
        shown = screen_text(pilot.app)
        assert "☐ ben" in shown
        assert "1 disagreement open" in shown
        await pilot.press("2")
        await settle(pilot)
        assert "two at least" in screen_text(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_disagreement_shows_the_sentence_and_both_versions(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with agreement(desk, "enter", size=size) as pilot:
        shown = screen_text(pilot.app)
        assert "Disagreement 1 of 2" in shown
        assert RECRUITING in shown
        (signals,) = [line for line in screen_lines(pilot.app) if "≠ Signal" in line]
        assert "hiring" in signals
        assert "expansion" in signals
        assert any("  Company" in line and "≠" not in line for line in screen_lines(pilot.app))
        assert any("≠ Status" in line for line in screen_lines(pilot.app))


async def test_versions_stand_under_each_other_where_there_is_no_room(desk: Desk) -> None:
    keep(
        folders().desk, *(said(name, RECRUITING, HIRING) for name in ("cleo", "emil", "fay", "gus"))
    )
    async with agreement(desk, "enter", size=(80, 60)) as pilot:
        shown = screen_lines(pilot.app)
        assert sum("Says" in line for line in shown) == 6


async def test_a_digit_takes_a_persons_version_and_goes_to_the_next(desk: Desk) -> None:
    async with agreement(desk, "enter", "2") as pilot:
        assert "saved · ben's" in screen_text(pilot.app)
        assert "Disagreement 2 of 2" in screen_text(pilot.app)
    (decision,) = decisions()
    assert codes(decision) == {"expansion", "org:anthropic", "JP"}
    assert decision.marking.status == "planned"
    assert decision.marking.review == "adjudicated"


async def test_zero_says_that_there_is_nothing_to_claim(desk: Desk) -> None:
    async with agreement(desk, "enter", "n", "0"):
        pass
    (decision,) = decisions()
    assert decision.marking.review == "rejected"


async def test_taking_the_version_of_who_said_nothing_says_the_same(desk: Desk) -> None:
    async with agreement(desk, "enter", "n", "1"):
        pass
    (decision,) = decisions()
    assert decision.marking.review == "rejected"


async def test_undo_takes_the_decision_back_and_goes_to_it(desk: Desk) -> None:
    async with agreement(desk, "enter", "1", "u") as pilot:
        shown = screen_text(pilot.app)
        assert "took back the decision" in shown
        assert "Disagreement 1 of 2 · open" in shown
        await pilot.press("u")
        await settle(pilot)
        assert "no decision of yours" in screen_text(pilot.app)
    assert [decision.marking.deleted for decision in decisions()] == [True]


async def test_a_decision_of_ones_own_is_ticked_together(desk: Desk) -> None:
    async with agreement(desk, "enter", "e", "1", "s", *"fund", "enter", "tab", "enter") as pilot:
        assert "saved · your own" in screen_text(pilot.app)
    (decision,) = decisions()
    assert codes(decision) == {"org:anthropic", "AU", "JP", "funding"}
    assert decision.marking.status == "planned", "words and details are of the one tab went to"


async def test_esc_leaves_a_decision_of_ones_own_unmade(desk: Desk) -> None:
    async with agreement(desk, "enter", "e", "1", "c", "escape", "escape") as pilot:
        assert "your decision" not in screen_text(pilot.app)
        assert "Disagreement 1 of 2" in screen_text(pilot.app)
    assert decisions() == []


async def test_nothing_ticked_is_no_decision(desk: Desk) -> None:
    async with agreement(desk, "enter", "n", "e", "1", "enter", "9", "t", "k") as pilot:
        assert "your decision" in screen_text(pilot.app)
    assert decisions() == []


async def test_back_at_the_numbers_the_decided_are_counted(desk: Desk) -> None:
    async with agreement(desk, "enter", "1", "escape") as pilot:
        assert "1 disagreement open, 1 decided" in screen_text(pilot.app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Unread" in screen_text(pilot.app)


async def test_at_the_end_nothing_is_left_to_go_to(desk: Desk) -> None:
    async with agreement(desk, "enter", "1", "1", "enter") as pilot:
        assert "every other disagreement is decided" in screen_text(pilot.app)
        await pilot.press("k", "k", "7")
        await settle(pilot)
        assert "there is no 7 here" in screen_text(pilot.app)
        assert "decided · dora: hiring" in screen_text(pilot.app)


async def test_what_changed_meanwhile_is_told_and_not_decided_on(desk: Desk) -> None:
    async with agreement(desk, "enter") as pilot:
        from store.claims.marking.history import changed

        (claim,) = [one for one in stored(folders().desk) if one.provenance.creator == "ana"]
        at = claim.provenance.created
        keep(
            folders().desk,
            changed(claim, claim.marking, act="retag", by="ana", at=at, operation="x"),
        )
        await pilot.press("1")
        await settle(pilot)
        assert "changed meanwhile" in screen_text(pilot.app)
    assert decisions() == []


async def test_the_keys_are_listed(desk: Desk) -> None:
    async with agreement(desk, "question_mark") as pilot:
        assert "Settle disagreements" in screen_text(pilot.app)
    async with agreement(desk, "enter", "question_mark") as pilot:
        assert "Take your last decision back" in screen_text(pilot.app)


async def test_long_pages_scroll(desk: Desk) -> None:
    async with agreement(desk, "j", "j", "k", size=(80, 16)) as pilot:
        assert "Agreement" in screen_text(pilot.app)


async def test_names_and_values_of_strangers_are_drawn_as_they_are(desk: Desk) -> None:
    """A claim file is cleaned, but a person may call themselves anything that can be printed."""
    odd = replace(HIRING, code="odd", label="[red]日本語[/red] $text")
    keep(folders().desk, said("[bold]eve[/bold] ネコ", RECRUITING, odd, note="[@click=quit]x[/]"))
    async with agreement(desk) as pilot:
        assert "[bold]eve[/bold] ネコ" in screen_text(pilot.app)
        await pilot.press("enter", "e")
        await settle(pilot)
        shown = screen_text(pilot.app)
        assert "[red]日本語[/red]" in shown
        assert "your decision" in shown
