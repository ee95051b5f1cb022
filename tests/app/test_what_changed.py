"""What a publisher changed in an article, shown on a screen of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from typing import Any

import pytest
from builders import NOON
from desks import QUIET, an_article, fill, open_desk
from marking import press
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.changes import ChangesScreen
from tui.screens.reading import ReadingScreen

TITLE = "Kumano plans a fab"
RECRUITS = "Kumano Semiconductor plans to recruit 1,900 people in Japan, 700 of them engineers."
ROAD = "The town will widen the road that leads to the plant."
RAIN = "It rained on the island all day long."
GOVERNOR = "The governor visited the site on Monday."
OLD = (TITLE, RECRUITS, ROAD, RAIN)


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk, OLD, QUIET)
    desk = open_desk()
    yield desk
    desk.close()


def publish(desk: Desk, *paragraphs: str, version: int = 2) -> None:
    """The article comes again with another text."""
    with closing(Shelf.open(folders().desk)) as shelf:
        known = next(one for one in shelf.headlines(1) if one.guid == TITLE)
        write = an_article((TITLE, *paragraphs), version=version, at=NOON + timedelta(hours=1))
        headline = replace(known, version=version, feed_hash=write.version.hash)
        shelf.take_in(1, lambda _known: [replace(write, headline=headline)])
    desk.columns.refresh()


async def read_it(desk: Desk) -> None:
    article = next(row for row in desk.rows() if row.title == TITLE)
    await desk.mark([(article.feed, article.id)], read=True)


@asynccontextmanager
async def at_changes(
    desk: Desk, *keys: str, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Pilot[Any]]:
    """The article opened, and these keys pressed in it."""
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        articles = [row for row in desk.rows() if row.title == TITLE]
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        await screen.open_row(articles[0])
        await settle(pilot)
        await press(pilot, *keys)
        yield pilot


async def test_an_article_that_changed_since_it_was_read_says_so_until_it_is_read_again(
    desk: Desk,
) -> None:
    await read_it(desk)
    publish(desk, RECRUITS.replace("1,900", "2,100"), ROAD, RAIN)
    async with at_changes(desk) as pilot:
        assert "d what changed" in screen_text(pilot.app)
    async with at_changes(desk) as pilot:
        assert "d what changed" not in screen_text(pilot.app)


async def test_an_article_that_was_not_read_yet_is_new_and_not_changed(desk: Desk) -> None:
    publish(desk, RECRUITS.replace("1,900", "2,100"), ROAD, RAIN)
    async with at_changes(desk) as pilot:
        assert "d what changed" not in screen_text(pilot.app)
        await press(pilot, "d")
        assert isinstance(pilot.app.screen, ChangesScreen)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_d_shows_what_changed_and_the_signs_tell_it_without_colour(
    desk: Desk, size: tuple[int, int]
) -> None:
    publish(desk, RECRUITS.replace("1,900", "2,100"), GOVERNOR, RAIN)
    async with at_changes(desk, "d", size=size) as pilot:
        lines = [line.strip() for line in screen_lines(pilot.app)]
        assert any(line.startswith("~") and "1,900 2,100" in line for line in lines)
        assert any(line.startswith("−") and "The town will widen" in line for line in lines)
        assert any(line.startswith("+") and "The governor visited" in line for line in lines)
        assert any(line.startswith("It rained on the island") for line in lines)
        assert "1 changed, 1 new, 1 gone" in screen_text(pilot.app)
        assert "feed 22 Nov" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ReadingScreen)


async def test_what_stayed_far_from_a_change_is_only_counted(desk: Desk) -> None:
    rest = tuple(f"Paragraph number {number} is as it was." for number in range(20))
    publish(desk, RECRUITS, *rest)
    publish(desk, RECRUITS, *rest, GOVERNOR, version=3)
    async with at_changes(desk, "d") as pilot:
        assert "21 sentences as before" in screen_text(pilot.app)
        assert "Paragraph number 19" in screen_text(pilot.app)
        assert "Paragraph number 7" not in screen_text(pilot.app)


async def test_brackets_go_through_the_texts_that_are_kept(desk: Desk) -> None:
    publish(desk, RECRUITS, ROAD)
    publish(desk, RECRUITS, version=3)
    async with at_changes(desk, "d") as pilot:
        assert "2 of 2" in screen_text(pilot.app)
        await press(pilot, "[")
        assert "1 of 2" in screen_text(pilot.app)
        assert "It rained" in screen_text(pilot.app)
        await press(pilot, "[")
        assert "no earlier text is kept" in screen_lines(pilot.app)[-1]
        await press(pilot, "]", "]")
        assert "no later text is kept" in screen_lines(pilot.app)[-1]


async def test_what_changed_since_it_was_read_is_shown_first(desk: Desk) -> None:
    publish(desk, RECRUITS, ROAD)
    await read_it(desk)
    publish(desk, RECRUITS, version=3)
    publish(desk, RECRUITS, GOVERNOR, version=4)
    async with at_changes(desk, "d") as pilot:
        assert "4 of 4" in screen_text(pilot.app)
        assert "The town will widen" in screen_text(pilot.app)
        assert "The governor visited" in screen_text(pilot.app)


async def test_claims_on_what_changed_are_named(desk: Desk) -> None:
    async with at_changes(desk, "j", "s", "h"):
        pass
    publish(desk, RECRUITS.replace("1,900", "2,100"), ROAD, RAIN)
    async with at_changes(desk, "d") as pilot:
        assert "1 claim stands where it changed" in screen_text(pilot.app)
        assert "a claim stands here: hiring" in screen_text(pilot.app)


async def test_a_page_that_was_fetched_is_compared_with_the_feeds_text(desk: Desk) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        known = next(one for one in shelf.headlines(1) if one.guid == TITLE)
        page = an_article((*OLD, GOVERNOR)).version.blocks
        shelf.take_page(known.id, 1, page, taken=NOON + timedelta(hours=1))
    async with at_changes(desk, "d") as pilot:
        assert "→ page 22 Nov" in screen_text(pilot.app)
        assert "1 new" in screen_text(pilot.app)


async def test_an_article_that_came_in_once_has_nothing_to_show(desk: Desk) -> None:
    async with at_changes(desk, "d") as pilot:
        assert isinstance(pilot.app.screen, ReadingScreen)
        assert "its text never changed here" in screen_lines(pilot.app)[-1]


async def test_a_change_that_nobody_can_read_is_said_to_be_one(desk: Desk) -> None:
    publish(desk, RECRUITS, ROAD, RAIN + " ")
    async with at_changes(desk, "d") as pilot:
        assert "Nothing that can be read changed" in screen_text(pilot.app)


async def test_a_strangers_signs_change_nothing_on_the_screen(desk: Desk) -> None:
    publish(desk, "[red]Not red[/] \u202eand not turned.", ROAD, RAIN)
    async with at_changes(desk, "d") as pilot:
        assert "[red]Not red[/]" in screen_text(pilot.app)
        assert "\u202e" not in screen_text(pilot.app)


async def test_n_goes_from_change_to_change(desk: Desk) -> None:
    rest = [f"Paragraph number {number} stays as it was." for number in range(60)]
    publish(desk, *rest)
    changed = [one.replace("stays", "is") if at % 3 == 0 else one for at, one in enumerate(rest)]
    publish(desk, *changed, version=3)
    async with at_changes(desk, "d", size=(80, 24)) as pilot:
        top = screen_lines(pilot.app)[4]
        await press(pilot, "n", "n")
        assert screen_lines(pilot.app)[4].strip().startswith("~")
        assert screen_lines(pilot.app)[4] != top
        await press(pilot, "G", "b", "p", "k", "space", "j", "g")
        assert screen_lines(pilot.app)[4] == top
