"""Fetching from the app: through the worker process, over HTTP, with feeds that fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from desks import open_desk
from feed_server import FeedServer
from screen_text import screen_lines, screen_text
from settle import settle, until
from textual.pilot import Pilot

from store.desk import Desk
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.screens.reading import ReadingScreen

FEED = """<rss version="2.0"><channel><title>{title}</title>
<item><title>First of {title}</title><guid>1</guid><description>It happened.</description></item>
{more}</channel></rss>"""
SECOND = (
    "<item><title>Second of {title}</title><guid>2</guid><description>And so.</description></item>"
)


def feed(title: str, *, more: bool = False) -> str:
    return FEED.format(title=title, more=SECOND.format(title=title) if more else "")


@asynccontextmanager
async def running() -> AsyncIterator[Pilot[Any]]:
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await settle(pilot)
        yield pilot
    desk.close()


async def add(pilot: Pilot[Any], address: str) -> None:
    """Type an address into the dialog and wait until the worker answered."""
    if "Type or paste" not in screen_text(pilot.app):
        await pilot.press("plus")
        await until(pilot, lambda: "Type or paste" in screen_text(pilot.app))
    field = pilot.app.screen.query_one("AddressInput")
    field.value = address  # type: ignore[attr-defined]  # an Input
    await pilot.press("enter")


async def back_on_the_desk(pilot: Pilot[Any]) -> ReadingScreen:
    """Wait until the dialog is gone: what it added is listed behind it before."""
    await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ReadingScreen)
    return screen


async def test_where_only_unread_is_shown_and_all_is_read_the_list_says_how_to_see_it(
    server: FeedServer,
) -> None:
    server.serve("/a.xml", feed("Wire"))
    async with running() as pilot:
        await add(pilot, server.address("/a.xml"))
        await until(pilot, lambda: "First of Wire" in screen_text(pilot.app))
        await back_on_the_desk(pilot)
        await pilot.press("A", "t")
        await until(pilot, lambda: "Nothing unread here: t shows all." in screen_text(pilot.app))
        await pilot.press("t")
        await until(pilot, lambda: "First of Wire" in screen_text(pilot.app))


async def test_t_pressed_while_all_is_still_being_marked_leaves_nothing_listed(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("/a.xml", feed("Wire"))
    may_end = asyncio.Event()
    mark = Desk.mark

    def slowly(desk: Desk, *told: Any, **how: Any) -> Coroutine[None, None, None]:
        saving = mark(desk, *told, **how)

        async def saved() -> None:
            await may_end.wait()
            await saving

        return saved()

    monkeypatch.setattr(Desk, "mark", slowly)
    async with running() as pilot:
        await add(pilot, server.address("/a.xml"))
        await until(pilot, lambda: "First of Wire" in screen_text(pilot.app))
        await back_on_the_desk(pilot)
        await pilot.press("A", "t")
        await until(pilot, lambda: "Nothing unread here: t shows all." in screen_text(pilot.app))
        may_end.set()
        await settle(pilot)
        assert "Nothing unread here: t shows all." in screen_text(pilot.app)


async def test_a_feed_is_added_fetched_and_listed(server: FeedServer) -> None:
    server.serve("/a.xml", feed("Wire"))
    async with running() as pilot:
        await add(pilot, server.address("/a.xml"))
        await until(pilot, lambda: "First of Wire" in screen_text(pilot.app))
        await until(pilot, lambda: "added Wire" in screen_lines(pilot.app)[-1])
        await settle(pilot)


@pytest.mark.parametrize(
    ("path", "said"), [("/page", "names a feed"), ("/gone", "404"), ("/broken", "feed")]
)
async def test_what_cannot_be_read_is_said_in_the_dialog_and_not_kept(
    server: FeedServer, path: str, said: str
) -> None:
    server.page("/page")
    server.status("/gone", 404)
    server.serve("/broken", "this is no feed at all")
    async with running() as pilot:
        await add(pilot, server.address(path))
        await until(pilot, lambda: "! " in screen_text(pilot.app))
        assert said in screen_text(pilot.app)
        assert server.address(path) in screen_text(pilot.app)
        await pilot.press("escape", "escape")  # out of a question, out of the dialog
        await settle(pilot)
        assert "Add a feed" in screen_text(pilot.app)


async def test_a_wrong_address_is_said_without_fetching() -> None:
    async with running() as pilot:
        await add(pilot, "ftp://files.example/feed")
        await until(pilot, lambda: "! " in screen_text(pilot.app))
        assert "http" in screen_text(pilot.app)
        await pilot.press("escape")


async def test_one_bad_feed_is_told_in_its_row_and_the_others_go_on(server: FeedServer) -> None:
    server.serve("/good.xml", feed("Good"))
    server.serve("/bad.xml", feed("Bad"))
    async with running() as pilot:
        await add(pilot, server.address("/good.xml"))
        await until(pilot, lambda: "First of Good" in screen_text(pilot.app))
        await add(pilot, server.address("/bad.xml"))
        await until(pilot, lambda: "First of Bad" in screen_text(pilot.app))
        server.serve("/good.xml", feed("Good", more=True))
        server.status("/bad.xml", 500)
        await pilot.press("h", "g", "l")
        await settle(pilot)
        await pilot.press("R")
        await settle(pilot)
        assert "Second of Good" in screen_text(pilot.app)
        assert "Bad: " in "\n".join(screen_lines(pilot.app)[-3:])
        row = next(line for line in screen_lines(pilot.app) if "Bad" in line[:26])
        assert "!" in row[:4]
        await pilot.press("h", "G", "k")
        await settle(pilot)
        assert "500" in "\n".join(line[:26] for line in screen_lines(pilot.app))


async def test_a_refresh_leaves_the_cursor_on_its_article(server: FeedServer) -> None:
    server.serve("/a.xml", feed("Wire"))
    async with running() as pilot:
        await add(pilot, server.address("/a.xml"))
        await until(pilot, lambda: "First of Wire" in screen_text(pilot.app))
        server.serve("/a.xml", feed("Wire", more=True))
        await pilot.press("R")
        await settle(pilot)
        await until(pilot, lambda: "Second of Wire" in screen_text(pilot.app))
        under = next(line for line in screen_lines(pilot.app) if "▌" in line[26:60])
        assert "First of Wire" in under


async def test_feeds_of_a_page_are_picked_listed_and_taken_back(server: FeedServer) -> None:
    server.serve("/a.xml", feed("Wire"))
    server.serve("/b.xml", feed("Bees"))
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{name}" href="/{name}.xml">'
        for name in "ab"
    )
    server.serve("/news", f"<html><head>{links}</head></html>", content_type="text/html")
    async with running() as pilot:
        await add(pilot, server.address("/news"))
        await until(pilot, lambda: "2 feeds here" in screen_text(pilot.app))
        await pilot.press("2", "enter")
        await until(pilot, lambda: "added 2 feeds" in screen_lines(pilot.app)[-1])
        assert "First of Wire" in screen_text(pilot.app)
        assert "First of Bees" in screen_text(pilot.app)
        screen = await back_on_the_desk(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("q", "u")
        await until(pilot, lambda: "took back: added 2 feeds" in screen_lines(pilot.app)[-1])
        assert "First of Bees" not in screen_text(pilot.app)
        screen._look()
        await settle(pilot)
        assert "took back: added 2 feeds" in screen_lines(pilot.app)[-1]


async def test_a_page_without_a_feed_is_saved_and_opened(server: FeedServer) -> None:
    said = [f"On day {n} Kumano Semiconductor hired {n + 40} people in Japan." for n in range(12)]
    text = "".join(f"<p>{words} Its rivals watched that closely.</p>" for words in said)
    page = f"<html><head><title>Hiring</title></head><body><h1>Hiring</h1>{text}</body></html>"
    server.serve("/hiring", page, content_type="text/html")
    async with running() as pilot:
        await add(pilot, server.address("/hiring"))
        await until(pilot, lambda: "keep this page" in screen_text(pilot.app))
        await pilot.press("a")
        await until(pilot, lambda: "On day 3 Kumano" in screen_text(pilot.app))
        assert "saved “Hiring”" in screen_lines(pilot.app)[-1]
        await settle(pilot)


async def test_a_desk_that_was_never_fetched_says_that_its_first_articles_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ReadingScreen, "fetch", lambda *_feeds, **_how: None)
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.add_feed("https://example.org/feed.xml")
    async with running() as pilot:
        assert "The first articles are being fetched." in screen_text(pilot.app)
        assert "Nothing" not in screen_text(pilot.app)
