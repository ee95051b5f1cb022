"""Refreshes of a desk whose feeds a test server serves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from feed_server import FeedServer

from store.feeds.choosing import due_feeds
from store.model import Feed, Outcome
from store.refresh import refresh
from store.settings import USUAL_MINUTES
from store.shelf.shelf import Shelf


def rss(*titles: str, feed: str = "News") -> str:
    items = "".join(
        f"<item><guid isPermaLink='false'>{title.split(':')[0]}</guid><title>{title}</title>"
        f"<description>The text of {title}.</description></item>"
        for title in titles
    )
    return (
        f"<rss version='2.0'><channel><title>{feed}</title>"
        f"<link>https://news.example/</link>{items}</channel></rss>"
    )


def subscribed(shelf: Shelf, server: FeedServer, *paths: str) -> list[Feed]:
    return [shelf.add_feed(server.address(path), permit=server.permit) for path in paths]


async def outcomes(shelf: Shelf, feeds: Sequence[Feed], *, parallel: int = 8) -> dict[int, Outcome]:
    return {outcome.feed: outcome async for outcome in refresh(shelf, feeds, parallel=parallel)}


async def outcomes_of_due(shelf: Shelf, feeds: Sequence[Feed]) -> dict[int, Outcome]:
    """The same for those of the feeds that are due now."""
    states = shelf.fetch_states()
    return await outcomes(
        shelf, due_feeds(feeds, states, datetime.now(UTC), usual=USUAL_MINUTES).feeds
    )


def titles(shelf: Shelf) -> list[str]:
    """The desk's headlines, newest first."""
    columns = shelf.columns()
    columns.refresh()
    return [columns.row(index).title for index in columns.order()]


async def listen(run: AsyncIterator[Outcome], told: list[Outcome]) -> None:
    async for outcome in run:
        told.append(outcome)
