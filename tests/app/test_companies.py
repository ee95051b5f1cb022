"""Companies as records, changed by keyboard, down to what is on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from builders import HIRING, a_claim
from desks import HIRING_PUSH, fill, open_desk
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Company, Tag
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.companies import Companies


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("WIREDESK_ANNOTATOR", "ana")
    fill(folders().desk, HIRING_PUSH)
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def companies(
    desk: Desk, *keys: str, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[Pilot[Any]]:
    """The list of companies, after one claim on Anthropic was kept, and these keys pressed."""
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter", "j", "enter")
        await settle(pilot)
        await pilot.press("@")
        await settle(pilot)
        await press(pilot, *keys)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press these; a dialog may then wait for more."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot, standing={"change"})


def kept() -> dict[str, Company]:
    """The desk's own records on disk, by id."""
    with closing(Shelf.open(folders().desk)) as shelf:
        return {company.id: company for company in shelf.companies()}


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_companies_that_claims_name_stand_with_how_many_do(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with companies(desk, size=size) as pilot:
        assert "Companies 1" in screen_text(pilot.app)
        assert "Anthropic" in screen_text(pilot.app)
        assert "org:anthropic" in screen_text(pilot.app)


async def test_a_company_that_only_anothers_claims_know_is_listed_and_merged(desk: Desk) -> None:
    tag = Tag(dimension="company", code="org:zorbl", label="Zorbl", origin="imported")
    with closing(Shelf.open(folders().desk)) as shelf:
        theirs = a_claim(HIRING, tag, id="urn:uuid:00000000-0000-4000-8000-0000000000fe")
        shelf.change_claims(theirs.target.article, theirs.target.feed, lambda _: [theirs])
    async with companies(desk) as pilot:
        assert "Companies 2" in screen_text(pilot.app)
        assert "Zorbl" in screen_text(pilot.app)
        await press(pilot, "G", "M", *"anthropic", "enter")
        assert "merged Zorbl into Anthropic" in screen_text(pilot.app)
        assert kept()["org:zorbl"].merged_into == "org:anthropic"
        assert "2  Anthropic" in screen_text(pilot.app)


async def test_any_company_that_is_known_is_found_by_typing(desk: Desk) -> None:
    async with companies(desk, "/", *"nvid") as pilot:
        assert "NVDA" in screen_text(pilot.app).upper()
        await pilot.press("escape")
        await settle(pilot)
        assert "Companies 1" in screen_text(pilot.app)


async def test_nothing_found_says_how_to_see_all_again(desk: Desk) -> None:
    async with companies(desk, "/", *"xqzzy") as pilot:
        assert "Esc shows all" in screen_text(pilot.app)


async def test_a_merged_company_stands_under_the_other_and_u_parts_them(desk: Desk) -> None:
    async with companies(desk, "M", *"openai", "enter") as pilot:
        await settle(pilot)
        assert kept()["org:anthropic"].merged_into == "org:openai"
        assert "↳ Anthropic" in screen_text(pilot.app)
        assert "merged Anthropic into OpenAI" in screen_text(pilot.app)
        await pilot.press("u")
        await settle(pilot)
        assert kept() == {}
        assert "took back" in screen_text(pilot.app)


async def test_x_on_a_merged_record_parts_it(desk: Desk) -> None:
    async with companies(desk, "M", *"openai", "enter") as pilot:
        await settle(pilot)
        await press(pilot, "j", "x")
        await settle(pilot)
        assert kept()["org:anthropic"].merged_into == ""
        assert "stands for itself again" in screen_text(pilot.app)


async def test_names_and_identifiers_are_edited_and_mistakes_told(desk: Desk) -> None:
    async with companies(desk, "e", "tab", "tab", *"123", "enter") as pilot:
        assert "no LEI" in screen_text(pilot.app)
        await press(pilot, "backspace", "backspace", "backspace", "tab", "tab", *"Q116758847")
        await press(pilot, "enter")
        await settle(pilot)
        assert kept()["org:anthropic"].identifiers.wikidata == "Q116758847"
        assert "Anthropic saved" in screen_text(pilot.app)


async def test_a_name_that_another_company_has_is_refused_and_nothing_is_lost(desk: Desk) -> None:
    async with companies(desk, "e", "tab", "end", *"; OpenAI; Claude maker", "enter") as pilot:
        assert "merge the two instead" in screen_text(pilot.app)
        assert "Claude maker" in screen_text(pilot.app)
        assert kept() == {}


async def test_other_names_are_split_off_into_a_company(desk: Desk) -> None:
    async with companies(desk, "e", "tab", "end", *"; Claude maker", "enter") as pilot:
        await settle(pilot)
        await press(pilot, "S", "end", "space", "enter")
        await settle(pilot)
        assert "split off" in screen_text(pilot.app)
    records = kept()
    assert records["org:claude-maker"].name == "Claude maker"
    assert "Claude maker" in records["org:anthropic"].without


async def test_enter_shows_the_claims_that_name_the_company(desk: Desk) -> None:
    async with companies(desk, "enter") as pilot:
        assert 'company:"Anthropic"' in screen_text(pilot.app)
        assert "hiring" in screen_text(pilot.app)


async def test_escape_changes_nothing_and_leads_back(desk: Desk) -> None:
    async with companies(desk, "M", "escape", "e", "escape", "escape") as pilot:
        assert kept() == {}
        assert not isinstance(pilot.app.screen, Companies)


async def test_the_help_of_the_companies_tells_the_keys_that_a_person_chose(desk: Desk) -> None:
    app = WiredeskApp(desk, Settings(annotator="ana", keys={"companies.undo": "f8"}))
    async with app.run_test(size=(100, 45), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "@", "question_mark")
        (told,) = (line for line in screen_lines(app) if "Take the last change back" in line)
        assert "f8" in told.casefold()
