"""Whether the text of a page is worth having beside that of the feed: pure."""

from __future__ import annotations

from collections.abc import Sequence

from store.feeds.texts import UNTITLED
from store.feeds.web.address import host_of
from store.model import Block, ParsedPage, TextVersion
from store.text.length import length_of

WORTH = 0.95
"""A page with less than this part of the feed's text gives less than the feed."""


class NotWorth(Exception):
    """The page gives less than is there already; the message is a sentence."""


def blocks_for(page: ParsedPage, fed: TextVersion | None) -> tuple[Block, ...]:
    """The text of the page as a text of the article that came by the feed as ``fed``.

    Its title stays the feed's, so that claims on it stay where they are, and so do the recordings
    that came with it.

    Raises:
        NotWorth: the feed gives more.
    """
    if fed is None:
        return (_title(page), *page.blocks)
    own = [block for block in fed.blocks[1:] if block.kind != "media"]
    if length_of(page.blocks) < WORTH * length_of(own):
        host = host_of(page.address)
        raise NotWorth(f"The page at {host} gives less text than the feed, so the feed's is shown.")
    title = fed.blocks[0] if fed.blocks and fed.blocks[0].text != UNTITLED else _title(page)
    return (title, *page.blocks, *(block for block in fed.blocks[1:] if block.kind == "media"))


def newest_of_feed(versions: Sequence[TextVersion]) -> TextVersion | None:
    """The text that the feed gave last, if one is kept."""
    return next((one for one in reversed(versions) if one.source == "feed"), None)


def newest_of_page(versions: Sequence[TextVersion]) -> TextVersion | None:
    """The text that was fetched from the page last, if one is kept."""
    pages = (one for one in versions if one.source == "page")
    return max(pages, key=lambda one: one.taken, default=None)


def _title(page: ParsedPage) -> Block:
    return Block(kind="title", text=page.title or UNTITLED)
