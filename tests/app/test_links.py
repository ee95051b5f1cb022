"""Links of articles and feeds, opened in a browser and copied, by keyboard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, an_article, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import SAVED_PAGES
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp

FOLLOWED = "https://news.example/a?id=1&utm_source=rss"


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a browser of a few lines writes what it was told to open."""
    log = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf "%s" "$*" > {log}\n')
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    monkeypatch.setattr("store.desk.links.SOON", 30.0)
    return log


@pytest.fixture
def desk() -> Iterator[Desk]:
    here = folders().desk
    fill(here, HIRING_PUSH, QUIET)
    with closing(Shelf.open(here)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, site="https://site.example/"))
        first = an_article(HIRING_PUSH).headline.id

        def follow(known: object) -> list[Any]:
            write = an_article(HIRING_PUSH)
            return [replace(write, headline=replace(write.headline, address=FOLLOWED))]

        shelf.take_in(1, follow)
        headline = shelf.headline(first, 1)
        assert headline
        assert headline.address == FOLLOWED
    desk = open_desk()
    yield desk
    desk.close()


def told(browser: Path) -> str:
    """What the browser was given to open."""
    return browser.read_text()


@asynccontextmanager
async def running(desk: Desk, *keys: str) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
        yield pilot


def last_line(pilot: Pilot[Any]) -> str:
    return screen_lines(pilot.app)[-1]


@pytest.mark.parametrize("keys", [("g", "o"), ("g", "enter", "o")])
async def test_o_opens_the_page_without_tracking_and_names_the_host(
    desk: Desk, opened: Path, keys: tuple[str, ...]
) -> None:
    async with running(desk, *keys) as pilot:
        assert told(opened) == "https://news.example/a?id=1"
        assert "opened in the browser: news.example" in last_line(pilot)


@pytest.mark.parametrize("keys", [("g", "y"), ("g", "enter", "y")])
async def test_y_copies_the_link_without_tracking_and_says_it(
    desk: Desk, keys: tuple[str, ...]
) -> None:
    async with running(desk, *keys) as pilot:
        assert pilot.app.clipboard == "https://news.example/a?id=1"
        assert "copied https://news.example/a?id=1" in last_line(pilot)


async def test_in_the_tree_o_opens_the_site_and_y_copies_the_feeds_address(
    desk: Desk, opened: Path
) -> None:
    async with running(desk, "h", "G", "o") as pilot:
        assert told(opened) == "https://site.example/"
        await pilot.press("y")
        await settle(pilot)
        assert pilot.app.clipboard == "https://news.example/feed.xml"


@pytest.mark.parametrize("key", ["o", "y"])
async def test_saved_pages_have_neither_a_site_nor_an_address(desk: Desk, key: str) -> None:
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: replace(feed, address=SAVED_PAGES, site=""))
    async with running(desk, "h", "G", key) as pilot:
        assert "These pages have no feed." in last_line(pilot)


async def test_where_there_is_no_browser_the_key_that_copies_is_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with running(desk, "g", "o") as pilot:
        assert "no browser here · y copies the link" in last_line(pilot)


@pytest.mark.parametrize("key", ["y", "j", "m"])
async def test_in_the_article_too_an_error_goes_with_the_next_key(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with running(desk, "g", "enter", "o") as pilot:
        assert "no browser here" in last_line(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert "no browser here" not in last_line(pilot)
