"""Desks with articles on them, made through the shelf's own door."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from builders import NOON
from msgspec.structs import replace

from store.desk import Desk
from store.model import (
    ArticleWrite,
    Block,
    FetchState,
    Headline,
    TextVersion,
    article_id,
    hash_of,
    text_of,
)
from store.settings import folders, load_settings
from store.shelf.shelf import Shelf

FEED = "https://news.example/feed.xml"

HIRING_PUSH = (
    "Anthropic’s hiring push points to Australia and Japan",
    "The AI lab is recruiting for data centre roles in Australia and Japan. "
    "It gives the company a foothold in two markets that have made AI infrastructure a "
    "national priority. Rivals have announced similar sites.",
    "The weather was mild for the season.",
    "Kumano Semiconductor raised $300 million from investors in Germany on Tuesday.",
)
QUIET = ("A quiet day", "Nothing in particular happened.", "It rained.")

Story = Sequence[str]
"""A title and paragraphs."""


def an_article(
    story: Story, *, feed: int = 1, at: datetime = NOON, version: int = 1, address: str = FEED
) -> ArticleWrite:
    title, *paragraphs = story
    blocks = (
        Block(kind="title", text=title),
        *(Block(kind="paragraph", text=text) for text in paragraphs),
    )
    hashed = hash_of(text_of(blocks))
    headline = Headline(
        id=article_id(address, title),
        feed=feed,
        guid=title,
        address=f"https://news.example/{article_id(address, title)}",
        title=title,
        published=at,
        seen=at,
        version=version,
        feed_hash=hashed,
    )
    text = TextVersion(number=version, blocks=blocks, hash=hashed, taken=at, language="en")
    return ArticleWrite(headline=headline, version=text)


def fill(folder: Path, *stories: Story, address: str = FEED) -> None:
    """Subscribe to a feed and put articles on the desk, the first one newest."""
    with closing(Shelf.open(folder)) as shelf:
        feed = shelf.add_feed(address)
        shelf.change_feed(feed.number, lambda old: replace(old, title="Top News"))
        writes = [
            an_article(story, feed=feed.number, at=NOON - timedelta(hours=age), address=address)
            for age, story in enumerate(stories)
        ]
        shelf.take_in(feed.number, lambda _known: writes)
        shelf.keep_fetch_states([_fetched(feed.number)])


def _fetched(number: int) -> FetchState:
    return FetchState(feed=number, tried=NOON, succeeded=NOON)


def open_desk() -> Desk:
    """The desk of this test's own home."""
    places = folders()
    return Desk.open(places, load_settings(places))
