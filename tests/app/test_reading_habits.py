"""Habits of reading: going on where one left off, a measure of one's own, what came in today."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import time_machine
from builders import NOON
from desks import HIRING_PUSH, QUIET, fill, open_desk
from rich.cells import cell_len
from screen_text import screen_lines
from settle import settle
from textual.pilot import Pilot

from store.settings import SETTINGS_FILE, Settings, folders
from tui.app import WiredeskApp
from tui.widgets.article_view import ArticleView
from tui.widgets.feed_tree import FeedTree

WORDS = ("A long sentence", "Here are more words than fit into one line of any measure. " * 12)


@asynccontextmanager
async def running(size: tuple[int, int] = (160, 45)) -> AsyncIterator[Pilot[Any]]:
    desk = open_desk()
    async with WiredeskApp(desk, Settings(annotator="ana")).run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot
    desk.close()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_an_article_opens_where_it_was_left_also_after_a_restart() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    async with running() as pilot:
        await press(pilot, "g", "enter", "j", "j", "j")
        left = pilot.app.screen.query_one(ArticleView).sentence
        assert left > 1
        await press(pilot, "n")
        assert pilot.app.screen.query_one(ArticleView).sentence == 0
        await press(pilot, "escape", "g", "enter")
        assert pilot.app.screen.query_one(ArticleView).sentence == left
    async with running() as pilot:
        await press(pilot, "h", "G", "enter", "g", "enter")
        assert pilot.app.screen.query_one(ArticleView).sentence == left


async def test_the_text_is_as_wide_as_the_settings_say() -> None:
    fill(folders().desk, WORDS)
    places = folders()
    places.settings.mkdir(parents=True)
    (places.settings / SETTINGS_FILE).write_text("[reading]\nwidth = 40\n")
    async with running() as pilot:
        await press(pilot, "enter")
        told = [line.rsplit("▕", 1)[-1].strip("▌ ") for line in screen_lines(pilot.app)]
        lines = [line for line in told if set(line.split()) <= set(WORDS[1].split())]
        assert 30 < max(map(cell_len, lines)) <= 40


async def test_today_lists_what_is_not_a_day_old() -> None:
    fill(folders().desk, HIRING_PUSH, QUIET)
    with time_machine.travel(NOON + timedelta(hours=23.5)):
        async with running() as pilot:
            await press(pilot, "h", "j")
            here = pilot.app.screen.query_one(FeedTree).place_here
            assert here is not None
            assert here.label == "Today"
            (row,) = [line for line in screen_lines(pilot.app) if "●" in line]
            assert "hiring push" in row
