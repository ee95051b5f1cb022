"""One row for all reports of an event, and what keys do to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from desks import an_article, open_desk
from msgspec.structs import replace
from screen_text import screen_lines
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.finding.stories import grouped
from store.model import FetchState
from store.settings import SETTINGS_FILE, Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.widgets.article_list import ArticleList

TITLE = "Kumano to build second chip plant on Kyushu"
TEXT = (
    "Kumano Semiconductor will build a second plant next to its first in Kikuchi, it said on "
    "Tuesday. The company is to invest 640 billion yen in the site, which will make chips for cars "
    "and cameras. Work starts in spring, and Kumano plans to recruit 1,900 people."
)
OTHER = ("Fire destroys market hall in Nantes", "Nobody was hurt. The mayor came at dawn.")


def fill(folder: Path) -> None:
    """Three feeds that report one event, the second with another event too."""
    with closing(Shelf.open(folder)) as shelf:
        for number, name in enumerate(("Agency", "Daily", "Evening"), start=1):
            address = f"https://{name.lower()}.example/feed.xml"
            feed = shelf.add_feed(address)
            shelf.change_feed(feed.number, lambda old, name=name: replace(old, title=name))
            at = NOON - timedelta(hours=number)
            writes = [an_article((TITLE, TEXT), feed=feed.number, at=at, address=address)]
            if name == "Daily":
                writes.append(an_article(OTHER, feed=feed.number, at=NOON, address=address))
            shelf.take_in(feed.number, lambda _, writes=writes: writes)
            # The app fetches at once what it never fetched.
            fetched = FetchState(feed=feed.number, tried=NOON, succeeded=NOON)
            shelf.keep_fetch_states([fetched])
        for _ in grouped(shelf):
            pass


@pytest.fixture
def desk() -> Iterator[Desk]:
    fill(folders().desk)
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def pressed(desk: Desk, *keys: str) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await press(pilot, *keys)
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def listed(pilot: Pilot[Any]) -> list[str]:
    """Unread mark, source, title and badge of each row."""
    rows = pilot.app.screen.query_one(ArticleList)
    drawn = ("".join(text for text, _ in rows.row_parts(i, 110)) for i in range(rows.row_count))
    return [" ".join(line[:2].split() + line[9:].split()) for line in drawn]


def said(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


FIRE = f"● Daily {OTHER[0]}"


async def test_reports_of_one_event_are_one_row_that_unfolds_and_folds(desk: Desk) -> None:
    async with pressed(desk) as pilot:
        assert listed(pilot) == [FIRE, f"● Agency {TITLE} +2"]
        assert "4 unread" in screen_lines(pilot.app)[0]
        await press(pilot, "g", "j", "equals_sign")
        shown = [f"● Agency {TITLE} -2", f"● Daily └ {TITLE}", f"● Evening └ {TITLE}"]
        assert listed(pilot) == [FIRE, *shown]
        await press(pilot, "j", "equals_sign")
        assert listed(pilot) == [FIRE, f"● Agency {TITLE} +2"]


async def test_what_stands_alone_does_not_unfold(desk: Desk) -> None:
    async with pressed(desk, "g", "equals_sign") as pilot:
        assert "no other report of it is listed" in said(pilot)


async def test_marking_one_offers_the_others_as_one_step(desk: Desk) -> None:
    async with pressed(desk, "g", "j", "f") as pilot:
        assert "starred · 2 other reports: * in the list marks them" in said(pilot)
        await press(pilot, "asterisk")
        assert "2 articles starred" in said(pilot)
        assert len(desk.rows(starred=True)) == 3
        await press(pilot, "u")
        assert "took back: 2 articles starred" in said(pilot)
        assert len(desk.rows(starred=True)) == 1
        await press(pilot, "asterisk")
        assert "mark one report first: * then marks the others" in said(pilot)


async def test_the_opened_report_stays_the_one_that_is_shown(desk: Desk) -> None:
    async with pressed(desk, "g", "j", "enter") as pilot:
        assert "2 other reports: * in the list marks them" in said(pilot)
        assert listed(pilot) == [FIRE, f"Agency {TITLE} +2"]
        await press(pilot, "escape", "asterisk")
        assert "2 articles marked read" in said(pilot)
        assert "1 unread" in screen_lines(pilot.app)[0]


async def test_other_reports_that_are_not_listed_stay_so(desk: Desk) -> None:
    async with pressed(desk, "g", "j", "m", "t", "t", "g", "j", "f", "asterisk") as pilot:
        assert "2 articles starred" in said(pilot)
        assert listed(pilot) == [FIRE, f"●★ Daily {TITLE} +1"]


async def test_all_read_means_folded_reports_too(desk: Desk) -> None:
    async with pressed(desk, "A") as pilot:
        assert "4 articles marked read" in said(pilot)
        assert len(desk.rows(unread=True)) == 0


async def test_a_feed_shows_its_own_report(desk: Desk) -> None:
    async with pressed(desk, "h", "G") as pilot:
        assert listed(pilot) == [f"● {TITLE}"]


async def test_stories_stay_apart_where_the_settings_say_so() -> None:
    where = folders()
    fill(where.desk)
    where.settings.mkdir(parents=True)
    (where.settings / SETTINGS_FILE).write_text('[lists]\nstories = "apart"\n')
    with closing(open_desk()) as desk:
        async with pressed(desk) as pilot:
            assert len(listed(pilot)) == 4
