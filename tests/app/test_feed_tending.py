"""Folders and feeds in the tree: folded, moved, edited and left by keyboard and mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, an_article, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Feed, FetchState
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.widgets.feed_tree import FeedTree

CHIPS = "https://chips.example/feed.xml"


@pytest.fixture
def desk() -> Iterator[Desk]:
    here = folders().desk
    fill(here, QUIET)
    fill(here, HIRING_PUSH, address=CHIPS)
    with closing(Shelf.open(here)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, folders=(("News",),)))
        shelf.change_feed(
            2, lambda feed: replace(feed, title="Chip Weekly", folders=(("News", "Tech"),))
        )
        feed = shelf.add_feed("https://loose.example/")
        shelf.change_feed(feed.number, lambda feed: replace(feed, title="Loose"))
        shelf.take_in(3, lambda _known: [an_article(("Loose end", "."), feed=3)])
        shelf.keep_fetch_states(
            [FetchState(feed=2, failures=1, error="No answer."), FetchState(feed=3)]
        )
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def shown(desk: Desk, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Pilot[Any]]:
    """The desk with the focus in the tree."""
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "h")
        yield pilot


async def press(pilot: Pilot[Any], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot, standing={"tend-dialog"})


def tree(pilot: Pilot[Any]) -> list[str]:
    """The rows behind the smart places, as they read."""
    lines = [line[:25].rstrip() for line in screen_lines(pilot.app)]
    first = next(n for n, line in enumerate(lines) if " All" in line) + 1
    rows = [" ".join(line.strip(" ▌▏").split()) for line in lines[first:-1]]
    return [row for row in rows if row]


def status(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


def place(pilot: Pilot[Any], label: str) -> None:
    """Put the tree's cursor on a row by its name."""
    widget = pilot.app.screen.query_one(FeedTree)
    widget.go_to([one.label for one in widget._places].index(label))


def on_disk(number: int) -> Feed | None:
    with closing(Shelf.open(folders().desk)) as shelf:
        return shelf.feed(number)


async def test_a_folder_lists_its_feeds_and_folds_to_one_row_that_tells_of_trouble(
    desk: Desk,
) -> None:
    async with shown(desk) as pilot:
        assert tree(pilot)[:5] == [
            *("▾ News 2", "▾ Tech 1", "! Chip Weekly 1", "Top News 1", "Loose 1")
        ]
        place(pilot, "News")
        await settle(pilot)
        text = screen_text(pilot.app)
        assert "A quiet day" in text
        assert "hiring push" in text
        assert "Loose end" not in text
        await press(pilot, "equals_sign")
        assert tree(pilot)[:2] == ["! ▸ News 2", "Loose 1"]
        assert "Chip Weekly cannot be" in screen_text(pilot.app)
        assert "fetched; = shows it." in screen_text(pilot.app)
        assert "1 feed failing" in screen_lines(pilot.app)[0]
    async with shown(desk) as pilot:
        assert tree(pilot)[:2] == ["! ▸ News 2", "Loose 1"]
        row = next(n for n, line in enumerate(screen_lines(pilot.app)) if "▸" in line)
        await pilot.click(FeedTree, offset=(3, row - 1))
        await settle(pilot)
        assert "▾ Tech 1" in tree(pilot)


async def test_the_cursor_goes_to_the_folder_that_hides_its_feed(desk: Desk) -> None:
    async with shown(desk) as pilot:
        place(pilot, "Chip Weekly")
        await press(pilot, "equals_sign")
        assert "News/Tech" not in screen_text(pilot.app)
        assert pilot.app.screen.query_one(FeedTree).place_here.label == "Tech"
        assert "hiring push" in screen_text(pilot.app)


async def test_feeds_and_folders_move_by_braces_and_u_takes_it_back(desk: Desk) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(3, lambda feed: replace(feed, folders=(("News",),)))
    async with shown(desk) as pilot:
        place(pilot, "Loose")
        await press(pilot, "right_curly_bracket")
        assert tree(pilot)[-2:] == ["Top News 1", "Loose 1"]
        assert "Loose moved down" in status(pilot)
        await press(pilot, "right_curly_bracket")
        assert "Loose stands last here" in status(pilot)
        await press(pilot, "u")
        assert tree(pilot)[-2:] == ["Loose 1", "Top News 1"]
        assert "took back: Loose moved down" in status(pilot)
        await press(pilot, "u")
        assert "nothing to undo" in status(pilot)


async def test_a_feed_is_edited_in_one_form_and_u_takes_it_back(desk: Desk) -> None:
    async with shown(desk, (80, 24)) as pilot:
        place(pilot, "Loose")
        await press(pilot, "e")
        assert "https://loose.example/" in screen_text(pilot.app)
        await press(pilot, *"r", "tab", *"new", "right", *"/x", "tab", "4", "ctrl+s")
        assert "Between 5 min" in screen_text(pilot.app)
        await press(pilot, "5", "ctrl+s")
        feed = on_disk(3)
        assert feed is not None
        assert (feed.own_title, feed.folders, feed.minutes) == ("Looser", (("News", "x"),), 45)
        assert "Looser: saved" in status(pilot)
        assert pilot.app.screen.query_one(FeedTree).place_here.label == "Looser"
        await press(pilot, "u")
        assert on_disk(3) == replace(feed, own_title="", folders=(), minutes=0)
        await press(pilot, "e", "x", "escape")
        assert "Not saved" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert "Loosex" not in screen_text(pilot.app)


async def test_a_folder_is_renamed_and_put_together_with_another_when_asked_twice(
    desk: Desk,
) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(3, lambda feed: replace(feed, folders=(("Asia",),)))
    async with shown(desk) as pilot:
        place(pilot, "Asia")
        await press(pilot, "e", "backspace", "enter")
        assert "A folder needs a name" in screen_text(pilot.app)
        await press(pilot, *"News", "enter")
        assert "There is a folder News already" in screen_text(pilot.app)
        await press(pilot, "enter")
        assert "Asia is part of News now" in status(pilot)
        assert pilot.app.screen.query_one(FeedTree).place_here.label == "News"
        await press(pilot, "u")
        assert "▾ Asia 1" in tree(pilot)
        await press(pilot, "e", "escape")
        assert "▾ Asia 1" in tree(pilot)


async def test_unsubscribing_says_what_stays_and_u_brings_the_feed_back(desk: Desk) -> None:
    await desk.mark([(2, desk.rows(feed=2)[0].id)], starred=True)
    async with shown(desk) as pilot:
        place(pilot, "Chip Weekly")
        await press(pilot, "D")
        text = " ".join(screen_text(pilot.app).split())
        assert "Unsubscribe from Chip Weekly?" in text
        assert "1 article stays, with claims, stars or" in text
        await press(pilot, "n")
        assert on_disk(2) is not None
        await press(pilot, "D", "y")
        assert on_disk(2) is None
        assert "unsubscribed from Chip Weekly · 1 article stays" in status(pilot)
        place(pilot, "Starred")
        await settle(pilot)
        assert "Chip Weekly" in screen_text(pilot.app)
        await press(pilot, "enter", "enter")
        assert "recruiting for data centre roles" in screen_text(pilot.app)
        await press(pilot, "escape", "u", "h")
        assert on_disk(2) is not None
        assert "! Chip Weekly" in " ".join(tree(pilot))


async def test_a_whole_folder_is_left_and_what_work_rests_on_is_still_shown(desk: Desk) -> None:
    await desk.mark([(1, desk.rows(feed=1)[0].id)], starred=True)
    async with shown(desk) as pilot:
        for label, told in (("News", "2 feeds"), ("Loose", "Loose")):
            place(pilot, label)
            await press(pilot, "D")
            assert f"Unsubscribe from {told}?" in screen_text(pilot.app)
            await press(pilot, "y")
        assert not desk.feeds()
        assert "A quiet day" in screen_text(pilot.app)
        await press(pilot, "u", "u")
        assert len(desk.feeds()) == 3


async def test_on_the_feeds_screen_a_feed_is_edited_and_left_too(desk: Desk) -> None:
    async with shown(desk) as pilot:
        await press(pilot, "M")
        assert "a week" in screen_lines(pilot.app)[2]
        for keys in (("e", "x", "ctrl+s"), ("D", "y")):
            for key in keys:
                await pilot.press(key)
                await settle(pilot, standing={"ask"})
        assert "unsubscribed from Chip Weeklyx" in status(pilot)
        await press(pilot, "u", "u")
        feed = on_disk(2)
        assert feed is not None
        assert feed.own_title == ""


async def test_a_feed_is_given_another_address_in_its_form(desk: Desk) -> None:
    async with shown(desk, (80, 24)) as pilot:
        place(pilot, "Loose")
        await press(pilot, "e", *["tab"] * 6, *["backspace"] * 30)
        await press(pilot, *"chips.example/feed.xml", "ctrl+s")
        assert "is fetched there already" in screen_text(pilot.app)
        await press(pilot, *"2", "ctrl+s")
        feed = on_disk(3)
        assert feed is not None
        assert feed.address == "https://chips.example/feed.xml2"
        await press(pilot, "u")
        assert on_disk(3) == replace(feed, address="https://loose.example/", moved_from=())
