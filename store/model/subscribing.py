"""What subscribing takes and what comes of it: wishes, feeds found, lists of feeds."""

from __future__ import annotations

from typing import Literal

from store.model.text import Value

OPML_NAMESPACE = "urn:wiredesk:opml:1"
"""Of the attributes in lists of feeds that only Wiredesk writes and reads."""
DEEPEST = 20
"""Folders in folders; what lies deeper lies in the last of them."""
FeedForm = Literal["rss", "atom", "json", ""]
"""What a feed is written in, as far as the page that names it says."""


class FoundFeed(Value, frozen=True, kw_only=True):
    """A feed that a page names, or that lies where feeds usually do."""

    address: str
    title: str = ""
    """As the page calls it; may be empty."""
    form: FeedForm = ""
    comments: bool = False
    """It brings what readers write, not what the site does."""
    feed: int = 0
    """Its number if it is on the desk already, else 0."""


class PageLinks(Value, frozen=True, kw_only=True):
    """What a web page says of feeds."""

    title: str = ""
    named: tuple[FoundFeed, ...] = ()
    """By its ``link`` elements; those for comments last."""
    linked: tuple[FoundFeed, ...] = ()
    """Ordinary links whose address ends as feeds' do: these may be anything."""


class Outline(Value, frozen=True, kw_only=True):
    """A feed as a list of feeds (OPML 2.0) has it; nothing is checked but that it has an address.

    What only Wiredesk says is None where the list does not say it.
    """

    line: int
    """Where it stands in the file, counted from 1."""
    address: str
    text: str = ""
    title: str = ""
    site: str = ""
    folders: tuple[tuple[str, ...], ...] = ()
    own_title: str | None = None
    minutes: int = 0
    megabytes: int = 0
    full_text: bool = False
    paused: bool = False
    keep_days: int = 0
    keep_articles: int = 0
    said: tuple[tuple[str, str], ...] = ()
    """Its other attributes and their values, such as description, language, created."""


class OutlineList(Value, frozen=True, kw_only=True):
    """A list of feeds, read."""

    title: str = ""
    outlines: tuple[Outline, ...] = ()
    problems: tuple[str, ...] = ()
    """One sentence for each thing in it that is no feed or cannot be read."""


class Wish(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody wants to subscribe to, and how."""

    address: str
    """As typed; a name and password in it are kept apart from it."""
    found_at: str = ""
    """The typed address whose page named this one: no other host and port may be private."""
    permit: str = ""
    """"host:port" that may be private though its name does not look so."""
    name: str = ""
    """Who asks, where the server wants to know; empty: as the address says."""
    password: str = ""
    folders: tuple[tuple[str, ...], ...] = ()
    own_title: str = ""
    minutes: int = 0
    megabytes: int = 0
    """As ``Feed.megabytes``."""
    full_text: bool = False
    first: bool = False
    """Of several feeds found, take the first."""
    choose: int = 0
    """Of several feeds found, take this one, counted from 1; 0: none."""
    article: bool = False
    """Keep the page itself as an article."""

    def __repr__(self) -> str:
        """Nothing of it: an address may hold a password."""
        return "Wish(…)"


class Asking(Value, frozen=True, kw_only=True, tag="asking", tag_field="outcome"):
    """An address is being asked now."""

    address: str


class FeedAdded(
    Value, frozen=True, kw_only=True, omit_defaults=False, tag="added", tag_field="outcome"
):
    """The feed is on the desk, and what it holds now was taken in."""

    number: int
    name: str
    address: str
    site: str = ""
    unread: int = 0
    articles: int = 0
    permit: str = ""
    """"host:port" of the private address that it is fetched from, if it is."""
    updated: bool = False
    """It was on the desk already, and has another name and password from now on."""


class FeedThere(Value, frozen=True, kw_only=True, tag="there", tag_field="outcome"):
    """The desk has this feed."""

    number: int
    name: str
    address: str


class FeedsFound(Value, frozen=True, kw_only=True, tag="found", tag_field="outcome"):
    """The page has several feeds; none was taken."""

    address: str
    """Of the page, without credentials."""
    feeds: tuple[FoundFeed, ...]


class ArticleSaved(Value, frozen=True, kw_only=True, tag="saved", tag_field="outcome"):
    """A page is an article on the desk."""

    feed: int
    article: int
    title: str
    said: str = ""
    """What else there is to say of it, in a sentence; may be empty."""


class NotAdded(Value, frozen=True, kw_only=True, tag="not added", tag_field="outcome"):
    """Nothing was added."""

    address: str
    """As typed, without credentials."""
    reason: str
    """One sentence that says what was wrong and what to do."""
    status: int = 0
    """Of the HTTP answer, 0 if there was none."""
    private: str = ""
    """"host:port" that is private though its name does not look so, and could be permitted."""
    large: bool = False
    """It is larger than the wish allows, and could be allowed."""
    page: bool = False
    """A web page is there that has no feed: it can be kept as an article."""
    tried: tuple[str, ...] = ()
    """Addresses at which a feed was looked for."""


Addition = Asking | FeedAdded | FeedThere | FeedsFound | ArticleSaved | NotAdded


class ListTaken(Value, frozen=True, kw_only=True, tag="list", tag_field="outcome"):
    """What became of a list of feeds."""

    file: str
    added: tuple[int, ...] = ()
    """Numbers of the feeds that are new on the desk."""
    merged: tuple[int, ...] = ()
    """Of those that were there and stand in further folders now."""
    there: int = 0
    """How many were there as the list has them."""
    problems: tuple[str, ...] = ()
    """One sentence for each thing in it that was not taken, or not wholly."""


class ListRefused(Value, frozen=True, kw_only=True, tag="refused", tag_field="outcome"):
    """The file cannot be read as a list of feeds; nothing was taken."""

    file: str
    reason: str


ListOutcome = ListTaken | ListRefused
