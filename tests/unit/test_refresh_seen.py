"""A refresh parses what is new in a feed, and what comes of it is what the whole would give."""

from __future__ import annotations

from feed_server import FeedServer

from store.feeds.parsing.children import ParserPool
from store.feeds.web.answers import ParseFailed
from store.model import FeedRefreshed, FeedUnchanged, Outcome, ParsedFeed, SeenItem
from store.refresh import refresh
from store.shelf.shelf import Shelf


class Watched(ParserPool):
    """Tells of each document how many entries were parsed and how many left out."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[int, int]] = []

    async def parse(
        self,
        body: bytes,
        *,
        address: str,
        content_type: str = "",
        seen: tuple[SeenItem, ...] = (),
    ) -> ParsedFeed | ParseFailed:
        feed = await super().parse(body, address=address, content_type=content_type, seen=seen)
        assert isinstance(feed, ParsedFeed)
        self.told.append((len(feed.entries), len(feed.left_out)))
        return feed


def document(*words: str) -> str:
    items = "".join(f"<item><guid>g{word[0]}</guid><title>{word}</title></item>" for word in words)
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>"


async def refreshed(shelf: Shelf) -> tuple[Outcome, tuple[int, int]]:
    parsers = Watched()
    (outcome,) = [outcome async for outcome in refresh(shelf, shelf.feeds(), parsers=parsers)]
    (told,) = parsers.told
    return outcome, told


async def test_what_the_desk_has_is_not_parsed_again(shelf: Shelf, server: FeedServer) -> None:
    shelf.add_feed(server.address("/a.xml"), permit=server.permit)
    server.serve("/a.xml", document("1", "2"))
    assert await refreshed(shelf) == (FeedRefreshed(feed=1, new=2), (2, 0))
    server.serve("/a.xml", document("3", "1", "2 anew"))
    assert await refreshed(shelf) == (FeedRefreshed(feed=1, new=1, changed=1), (2, 1))
    server.serve("/a.xml", document("1", "3"))
    assert await refreshed(shelf) == (FeedUnchanged(feed=1), (0, 2))


async def test_what_the_desk_lost_is_parsed_again(shelf: Shelf, server: FeedServer) -> None:
    shelf.add_feed(server.address("/a.xml"), permit=server.permit)
    server.serve("/a.xml", document("1", "2"))
    await refreshed(shelf)
    shelf.forget_validators(1)
    assert await refreshed(shelf) == (FeedUnchanged(feed=1), (2, 0))
