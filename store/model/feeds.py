"""Feeds, their articles, and how a fetch went. All times are aware and in UTC."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from hashlib import blake2b

from msgspec import Struct

from store.model.text import TextVersion, Value

ID_BITS = 53
"""Article ids fit a JSON number that every other program reads exactly (IEEE 754 double)."""
NO_FEED = 0
"""Where claims lie that came in a file and are about an article of no feed here."""
SAVED_PAGES = "wiredesk:saved-pages"
"""The address of the feed that holds pages which were saved one by one; never fetched."""


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
    own_title: str = ""
    """As the person calls it; empty: as the publisher does."""
    folders: tuple[tuple[str, ...], ...] = ()
    """Paths of the folders that it stands in, outermost name first; none: it stands at the top."""
    moved_from: tuple[str, ...] = ()
    """Addresses that it had before its publisher, or the person, moved it, oldest first."""
    former_permit: str = ""
    """What ``permit`` was before the last move, for when that is taken back."""
    not_moved_to: tuple[str, ...] = ()
    """Where its publisher moved it and the person took that back."""
    minutes: int = 0
    """The person's shortest time between two fetches; 0: the one for all feeds."""
    megabytes: int = 0
    """Most of an unpacked document; 0: ``store.settings.USUAL_MEGABYTES``."""
    full_text: bool = False
    """Whether the page of each new article is fetched with it."""
    paused: bool = False
    """Fetched only when it is asked for by name."""
    keep_days: int = 0
    """How long articles are kept, in days; 0: as for all feeds."""
    keep_articles: int = 0
    """How many articles are kept; 0: as for all feeds."""
    place: int = 0
    """Where it stands among its neighbours in the tree, smallest first; of equals, by name."""
    listed: tuple[tuple[str, str], ...] = ()
    """What the list of feeds (OPML) that it came from says of it beyond what stands here."""

    @property
    def name(self) -> str:
        """What to call it on screen."""
        return self.own_title or self.title or self.address

    @property
    def is_fetched(self) -> bool:
        """Whether there is a document to fetch; saved pages come one by one."""
        return self.address != SAVED_PAGES


class FolderPlace(Value, frozen=True, kw_only=True):
    """A folder of feeds to which a person gave a place among its neighbours."""

    path: tuple[str, ...]


class Account(Value, frozen=True, kw_only=True):
    """Who asks, where a server wants to know (RFC 7617); sent to that feed's own origin only."""

    name: str
    password: str = ""

    def __repr__(self) -> str:
        """The name alone: a password stands in no log and in no traceback."""
        return f"Account(name={self.name!r})"


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
    """As the publisher says, whatever that is."""
    updated: datetime | None = None
    seen: datetime
    """When it first came in."""
    by_seen: bool = False
    """Lists sort it by ``seen``: its date lies in the future, or it came in long after it."""
    read: bool = False
    starred: bool = False
    categories: tuple[str, ...] = ()
    """What the publisher files it under, as it is written there."""
    labels: tuple[str, ...] = ()
    """What the person, or a rule of theirs, files it under."""
    ruled: bool = False
    """The person's rules did to it what they do."""
    kept_unread: bool = False
    """The person marked it unread: no rule marks it read."""
    teaser: bool = False
    """The feed gives only the beginning of the article."""
    version: int = 1
    """Number of the text version that is shown; a page that was fetched stays it."""
    last_version: int = 0
    """The highest number given to a text of it; 0: ``version``."""
    shows_page: bool = False
    """The text that is shown was fetched from the page: a new one by the feed does not hide it."""
    page_tries: int = 0
    """How often a refresh may still ask for its page, where its feed is set to have full text."""
    read_version: int = 0
    """What ``newest`` was when it was last read; 0: unread, or never noted."""
    feed_hash: str = ""
    """Hash of the newest text that came by the feed: a refresh compares with this one only."""
    silent_changes: int = 0
    """How often its text changed while the publisher named no new date."""
    deleted: bool = False
    """A tombstone: shown nowhere, kept so that the feed does not bring it back."""
    deleted_at: datetime | None = None
    """When it was deleted; none: it is not, or that was not noted."""
    same_as: int = 0
    """The article that went by another guid before; what bears this is a tombstone itself."""

    @property
    def newest(self) -> int:
        """The number of the text that came in last, whichever is shown."""
        return max(self.version, self.last_version)

    @property
    def at(self) -> datetime:
        """What lists sort by: publication, else first sight."""
        return self.seen if self.by_seen or self.published is None else self.published


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
    full_text: bool = False
    """The text of its page is what is shown."""
    changed: bool = False
    """Its publisher changed it after it was read here."""
    others: int = 0
    """Other listed reports of the same event, for which it stands."""
    unfolded: bool = False
    """Whether these are shown under it."""
    under: bool = False
    """It is one of these."""


class Article(Value, frozen=True, kw_only=True):
    """An article opened: its headline and the newest text of it."""

    headline: Headline
    version: TextVersion


@lru_cache(maxsize=4096)
def article_id(first_address: str, guid: str) -> int:
    """A 53-bit number that two processes agree on without asking each other."""
    digest = blake2b(f"{first_address}\0{guid}".encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big") >> (64 - ID_BITS)
