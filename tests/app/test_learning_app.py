"""Suggestions that learn while somebody reads, in the app."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from desks import fill, open_desk
from screen_text import screen_text
from settle import settle
from textual.pilot import Pilot

from store.claims.learning.learn import Lesson
from store.desk import Desk
from store.settings import Settings, folders
from tui.app import WiredeskApp
from tui.widgets.article_view import ArticleView

WIZARDS = (
    "Notes from the talent desks",
    "The talent desk posted openings for cooling wizards on Monday.",
    "Openings for cooling wizards were posted by its talent desk.",
    "Its talent desk posted dozens of openings for cooling wizards.",
    "The weather was mild for the season.",
)
LAST = 3


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, WIZARDS)
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def reading(desk: Desk, *keys: str) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter", *keys)
        await settle(pilot)
        yield pilot


def marked(pilot: Pilot[Any]) -> bool:
    """Whether the sentence like the first two is proposed as hiring."""
    return "h? Its talent desk" in screen_text(pilot.app)


async def test_two_sentences_marked_alike_mark_the_third_as_a_proposal(desk: Desk) -> None:
    async with reading(desk) as pilot:
        assert not marked(pilot)
        await pilot.press("j", "s", "h", "j", "s", "h")
        await settle(pilot)
        assert marked(pilot)
        assert pilot.app.screen.query_one(ArticleView).sentence == LAST - 1
        await pilot.press("j")
        await settle(pilot)
        assert "☑ hiring?" in screen_text(pilot.app)


async def test_undo_takes_the_proposal_away_again(desk: Desk) -> None:
    async with reading(desk, "j", "s", "h", "j", "s", "h") as pilot:
        assert marked(pilot)
        await pilot.press("u", "u")
        await settle(pilot)
        assert not marked(pilot)


async def test_what_is_shown_of_the_sentence_in_focus_stays_until_it_is_left(desk: Desk) -> None:
    async with reading(desk, "j", "j", "j") as pilot:
        desk.tutor.learner.learn(
            Lesson(dimension="signal", text=text, yes=("hiring",)) for text in WIZARDS[1:3]
        )
        screen = pilot.app.screen
        await screen._learning.catch_up()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "☐ hiring" in screen_text(pilot.app)
        await pilot.press("j", "k")
        await settle(pilot)
        assert "☑ hiring?" in screen_text(pilot.app)


async def test_a_rule_that_switches_itself_off_is_told_in_the_last_line(desk: Desk) -> None:
    async with reading(desk, "j") as pilot:
        desk.tutor.learner.learn(
            Lesson(dimension="signal", text=f"Nobody hired {n} wizards.", no=("hiring",))
            for n in range(5)
        )
        await pilot.press("s", "e")
        await settle(pilot)
        assert "“hire” for hiring was rejected 5 of 5 times" in screen_text(pilot.app)
