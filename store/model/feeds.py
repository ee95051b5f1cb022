"""Feeds, their articles, and how a fetch went. All times are aware and in UTC."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from msgspec import Struct

from store.model.text import Block, TextVersion, Value

ID_BITS = 53
"""Article ids fit a JSON number that every other program reads exactly (IEEE 754 double)."""
NO_FEED = 0
"""Where claims lie that came in a file and are about an article of no feed here."""


class Feed(Value, frozen=True, kw_only=True):
    """A subscription. ``number`` names it for ever; ``address`` may move."""

    number: int
    address: str
    """Where it is fetched, without credentials; http or https."""
    first_address: str
    """Where it was when it was added: article ids are hashes of this and the guid."""
    title: str = ""
    """As the publisher calls it; empty until the first fetch."""
    site: str = ""
    """Address of the web site it belongs to, or empty."""
    permit: str = ""
    """"host:port" of a private address that the person typed; empty: public addresses only."""
    added: datetime

    @property
    def name(self) -> str:
        """What to call it on screen."""
        return self.title or self.address


class FetchState(Value, frozen=True, kw_only=True):
    """What the last attempts left behind. Written after the articles that it vouches for."""

    feed: int
    etag: str = ""
    """Verbatim, quotes and weak mark included (RFC 9110, 8.8.3); sent back as it came."""
    modified: str = ""
    """Last-Modified verbatim (RFC 9110, 8.8.2); never re-formatted."""
    body_hash: str = ""
    """Of the last body that was parsed: servers without validators are answered by this."""
    tried: datetime | None = None
    succeeded: datetime | None = None
    failures: int = 0
    """In a row."""
    error: str = ""
    """One sentence, clean; empty when the last attempt was good."""


class Headline(Value, frozen=True, kw_only=True):
    """What a list needs of an article, and where its text lies."""

    id: int
    """``article_id(feed.first_address, guid)``."""
    feed: int
    guid: str
    """The publisher's id, else the link, else a hash: see ``store.feeds.merge``."""
    address: str = ""
    """Of the article's page: absolute, http or https, or empty."""
    title: str
    author: str = ""
    published: datetime | None = None
    """As the publisher says, never later than a day after ``seen``."""
    updated: datetime | None = None
    seen: datetime
    """When it first came in."""
    read: bool = False
    starred: bool = False
    teaser: bool = False
    """The feed gives only the beginning of the article."""
    version: int = 1
    """Number of the newest text version."""
    feed_hash: str = ""
    """Hash of the newest text that came by the feed: a refresh compares with this one only."""

    @property
    def at(self) -> datetime:
        """What lists sort by: publication, else first sight."""
        return self.published or self.seen


class HeadlineRow(Struct, frozen=True):
    """One row of an article list, made when it is drawn."""

    id: int
    feed: int
    title: str
    at: datetime
    read: bool
    starred: bool
    claims: int
    """Accepted claims on it."""


class Article(Value, frozen=True, kw_only=True):
    """An article opened: its headline and the newest text of it."""

    headline: Headline
    version: TextVersion


def article_id(first_address: str, guid: str) -> int:
    """A 53-bit number that two processes agree on without asking each other."""
    digest = blake2b(f"{first_address}\0{guid}".encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> (64 - ID_BITS)


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
    teaser: bool = False


class ParsedFeed(Value, frozen=True, kw_only=True):
    """A feed's document, parsed."""

    title: str = ""
    site: str = ""
    language: str = ""
    entries: tuple[ParsedEntry, ...] = ()


class ArticleWrite(Value, frozen=True, kw_only=True):
    """An article to be stored: its headline and the one text version that is new with it."""

    headline: Headline
    version: TextVersion


class FeedRefreshed(Value, frozen=True, kw_only=True, tag="refreshed", tag_field="outcome"):
    """The feed answered and something in it was new."""

    feed: int
    new: int = 0
    changed: int = 0


class FeedUnchanged(Value, frozen=True, kw_only=True, tag="unchanged", tag_field="outcome"):
    """The feed answered and nothing in it was new."""

    feed: int


class FeedFailed(Value, frozen=True, kw_only=True, tag="failed", tag_field="outcome"):
    """The feed could not be read; the others go on."""

    feed: int
    reason: str
    """One sentence that says what was wrong and what to do."""


Outcome = FeedRefreshed | FeedUnchanged | FeedFailed
