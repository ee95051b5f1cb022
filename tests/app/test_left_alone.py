"""What ``R`` says of the feeds that it leaves alone."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from desks import open_desk
from feed_documents import rss
from feed_server import FeedServer
from msgspec.structs import replace
from screen_text import screen_text
from settle import settle

from store.model import FetchState
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp


async def test_all_are_fetched_but_those_that_rest_and_these_are_named() -> None:
    with FeedServer() as server:
        server.serve("/news.xml", rss("<item><title>The first</title><guid>1</guid></item>"))
        with closing(Shelf.open(folders().desk)) as shelf:
            shelf.add_feed(server.address("/news.xml"), permit=server.permit)
            paused = shelf.add_feed(server.address("/paused.xml"), permit=server.permit)
            asked = shelf.add_feed("https://news.example/feed")
            shelf.change_feed(paused.number, lambda feed: replace(feed, paused=True))
            shelf.keep_fetch_states([FetchState(feed=asked.number, tried=datetime.now(UTC))])
        with closing(open_desk()) as desk:
            app = WiredeskApp(desk, Settings(annotator="ana", automatic=False))
            async with app.run_test(size=(160, 30), notifications=True) as pilot:
                await settle(pilot)
                await pilot.press("R")
                await settle(pilot)
                said = screen_text(app)
        assert "1 feed asked less than 5 minutes ago, 1 feed paused." in said
        assert "The first" in said
        assert server.asked("/paused.xml") == []
