"""What a fetch brings and what it leaves behind. All times are aware and in UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from store.model.feeds import Feed, Headline
from store.model.text import Block, TextVersion, Value


class Moving(Value, frozen=True, kw_only=True):
    """A permanent redirect that is not believed yet."""

    address: str
    """Where it leads."""
    since: datetime
    """When it was seen first."""
    seen: int = 1
    """How many fetches in a row it was seen in."""
    is_ours: bool | None = None
    """Whether the first document from there listed articles that the feed had; None: none came."""
    told: bool = False
    """Whether the person was told why the feed is not moved there."""


class FetchState(Value, frozen=True, kw_only=True):
    """What the last attempts left behind. Written after the articles that it vouches for."""

    feed: int
    etag: str = ""
    """Verbatim, quotes and weak mark included (RFC 9110, 8.8.3); sent back as it came."""
    modified: str = ""
    """Last-Modified verbatim (RFC 9110, 8.8.2); never re-formatted."""
    taken_from: str = ""
    """Where the validators came from, after redirects: they are sent back there only."""
    body_hash: str = ""
    """Of the last body that was parsed: servers without validators are answered by this."""
    tried: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    """In a row."""
    failing_since: datetime | None = None
    """When the first of these was; None when the last attempt was good."""
    error: str = ""
    """One sentence, clean; empty when the last attempt was good."""
    status: int = 0
    """Of the last HTTP answer, 0 if there was none."""
    due: datetime | None = None
    """When it is asked again by itself; ``store.feeds.schedule.due_at`` knows of changes since."""
    every: int = 0
    """Minutes of the person's interval that ``due`` was reckoned with."""
    fresh: int = 0
    """Seconds for which the last answer said that it stays the newest (RFC 9111, 4.2)."""
    not_before: datetime | None = None
    """Until then the server wants no request at all (Retry-After)."""
    minutes: int = 0
    """``ParsedFeed.minutes`` of the last document that was parsed."""
    gone: bool = False
    """Its server said that it is gone for good (410): it is asked only by name."""
    moving: Moving | None = None
    """Where its address permanently redirects to, until that was seen often enough."""


def is_failing(feed: Feed, state: FetchState | None) -> bool:
    """Whether a feed that should be read cannot be."""
    if state is None or not feed.is_fetched or feed.paused:
        return False
    return state.gone or bool(state.failures)


class ParsedEntry(Value, frozen=True, kw_only=True):
    """One entry as a feed has it, cleaned and turned into blocks; nothing here knows the desk."""

    guid: str
    """As given; empty when the feed gives none."""
    address: str = ""
    title: str = ""
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    blocks: tuple[Block, ...] = ()
    """Without the title."""
    categories: tuple[str, ...] = ()
    """What the publisher files it under."""
    teaser: bool = False


class SeenItem(Struct, frozen=True, array_like=True):
    """An item of a feed's document that was parsed and merged: it need not be parsed again."""

    hash: Annotated[str, Meta(max_length=16)]
    """Of the item as it is written, and of what stands around all items."""
    name: Annotated[str, Meta(max_length=64)]
    """``hash_of`` the guid, else the link, of its entry."""


class ParsedFeed(Value, frozen=True, kw_only=True):
    """A feed's document, parsed."""

    title: str = ""
    site: str = ""
    language: str = ""
    entries: tuple[ParsedEntry, ...] = ()
    minutes: int = 0
    """How long the publisher says that a copy is good for: RSS ttl, sy:updatePeriod; 0: unsaid."""
    left_out: tuple[str, ...] = ()
    """``hash_of`` the guid, else the link, of entries that came as well and were not parsed again.

    What is named here is not gone from the feed: see ``store.feeds.renamed``.
    """
    items: Annotated[tuple[SeenItem, ...], Meta(max_length=1_000)] = ()
    """All items of the document, to be known the next time; none if each must be parsed again."""


class ParsedPage(Value, frozen=True, kw_only=True):
    """The article that a web page holds, cleaned and turned into blocks."""

    address: str
    """What the page wants to be known by, else where it lies after redirects."""
    title: str = ""
    author: str = ""
    site: str = ""
    published: datetime | None = None
    language: str = ""
    """ISO 639-1 code, or empty."""
    blocks: tuple[Block, ...] = ()
    """Without the title."""
    partial: bool = False
    """The page itself gives only the beginning, as to those who do not pay."""


class ArticleWrite(Value, frozen=True, kw_only=True):
    """An article to be stored: its headline and the one text version that is new with it."""

    headline: Headline
    version: TextVersion

    @property
    def is_new(self) -> bool:
        """Whether a person has one more article by it."""
        return self.version.number == 1 and not self.headline.deleted


class FetchBegun(Value, frozen=True, kw_only=True, tag="begun", tag_field="outcome"):
    """Which feeds are asked, where they were not named."""

    feeds: tuple[int, ...] = ()
    """Their numbers, in the order in which they are asked."""
    note: str = ""
    """One sentence about those that are left alone, or when the next is due; may be empty."""


class FeedRefreshed(Value, frozen=True, kw_only=True, tag="refreshed", tag_field="outcome"):
    """The feed answered and something in it was new."""

    feed: int
    new: int = 0
    changed: int = 0
    moved: str = ""
    """The address that the feed has from now on, if it was moved."""
    note: str = ""
    """One sentence that the person should read, or empty."""


class FeedUnchanged(Value, frozen=True, kw_only=True, tag="unchanged", tag_field="outcome"):
    """The feed answered and nothing in it was new."""

    feed: int
    moved: str = ""
    """The address that the feed has from now on, if it was moved."""
    note: str = ""
    """One sentence that the person should read, or empty."""


class FeedFailed(Value, frozen=True, kw_only=True, tag="failed", tag_field="outcome"):
    """The feed could not be read; the others go on."""

    feed: int
    reason: str
    """One sentence that says what was wrong and what to do."""
    status: int = 0
    """Of the HTTP answer, 0 if there was none."""


class PageTaken(Value, frozen=True, kw_only=True, tag="page", tag_field="outcome"):
    """The text of an article's page came in, or was there already."""

    feed: int
    article: int
    version: int
    """Number of the text version that is shown from now on."""
    partial: bool = False
    """The page itself gives only the beginning, as to those who do not pay."""
    note: str = ""
    """One sentence that the person should read, or empty."""


class PageFailed(Value, frozen=True, kw_only=True, tag="page failed", tag_field="outcome"):
    """The page could not be read; the article is as it was."""

    feed: int
    article: int
    reason: str
    """One sentence that says what was wrong and what to do."""


Outcome = FeedRefreshed | FeedUnchanged | FeedFailed
PageOutcome = PageTaken | PageFailed
