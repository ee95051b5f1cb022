"""The words of the domain, as frozen values: what feeds, articles, anchors and claims are.

All times are aware and in UTC. All offsets count Unicode code points of an article's text (end
exclusive), as the W3C's TextPositionSelector does (https://www.w3.org/TR/annotation-model/).
Strings that came from outside were cleaned (``store.text.clean``) before they became one of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Literal

from msgspec import Struct

ID_BITS = 53
"""Article ids fit a JSON number that every other program reads exactly (IEEE 754 double)."""


class Value(Struct, frozen=True, omit_defaults=True):
    """What every record here is: immutable, compared by content, defaults left out on disk."""


# ---------------------------------------------------------------- text


class Span(Struct, frozen=True, order=True):
    """A stretch of an article's text, in code points, end exclusive."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class Link(Value, frozen=True, kw_only=True):
    """An address behind some words of a block; ``span`` counts from the block's first character."""

    span: Span
    address: str


BlockKind = Literal["title", "paragraph", "heading", "item", "quote", "code", "row"]


class Block(Value, frozen=True, kw_only=True):
    """One piece of an article as it reads: a paragraph, a list item, a table row."""

    kind: BlockKind
    text: str
    """Plain and clean. Only ``code`` holds line breaks. Cells of a ``row`` are joined by " | "."""
    level: int = 0
    """Depth of a heading (1-6) or of a list item (0 is outermost); 0 otherwise."""
    marker: str = ""
    """What stands before a list item: "•" or its number, as "3."; empty otherwise."""
    links: tuple[Link, ...] = ()


def text_of(blocks: Sequence[Block]) -> str:
    """The article's text, on which every offset counts: the blocks' texts joined by a newline."""
    return "\n".join(block.text for block in blocks)


def hash_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: a claim remembers the text it was made on."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


Source = Literal["feed", "page"]


class TextVersion(Value, frozen=True, kw_only=True):
    """One state of an article's text. Never touched again once it is made."""

    number: int
    """Counts from 1 in its article."""
    blocks: tuple[Block, ...]
    """The title is block 0."""
    hash: str
    """``hash_of`` the text."""
    source: Source = "feed"
    language: str = ""
    """ISO 639-1 code in lower case if the feed says so, else empty."""
    taken: datetime

    @property
    def text(self) -> str:
        """The text that offsets count on."""
        return text_of(self.blocks)


class Sentence(Struct, frozen=True):
    """One step of the reading cursor: a sentence, or a whole heading, table row or code block."""

    span: Span
    block: int
    """Which block of the text it stands in."""
    offered: bool = True
    """False for what is never offered a suggestion: code, promotion lines, bylines."""


# ---------------------------------------------------------------- feeds and articles


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


# ---------------------------------------------------------------- claims

Origin = Literal["manual", "suggested", "inherited", "imported"]
Basis = Literal["explicit", "implied"]
Review = Literal["draft", "accepted", "rejected", "adjudicated"]
AnchorState = Literal["anchored", "moved", "fuzzy", "orphan"]
Unit = Literal["sentence", "span"]
Status = Literal[
    "rumoured", "planned", "announced", "under_way", "completed", "cancelled", "denied", "reported"
]
Polarity = Literal["positive", "negative", "neutral", "unclear"]


class Tag(Value, frozen=True, kw_only=True):
    """One value on a claim: a signal, a company, a region, or a dimension of the user's own."""

    dimension: str
    """Id of a dimension of the codebook, as "signal"."""
    code: str
    """Id of the value, as "hiring", "org:anthropic", "JP"."""
    label: str
    """How it reads, kept so that a claim stands alone."""
    origin: Origin = "manual"
    """Where the value came from; accepting a suggestion does not change it."""
    basis: Basis = "explicit"
    """Whether a person chose it, or it came along with what was chosen."""
    score: float | None = None
    """The suggester's, 0 to 1, if it came from there."""
    reason: str = ""
    """The suggester's, in a few words."""
    mention: Span | None = None
    """Where the text names it."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two tags the same value."""
        return (self.dimension, self.code)


class Anchor(Value, frozen=True, kw_only=True):
    """Where a claim points, twice: by position and by quotation."""

    span: Span
    exact: str
    prefix: str = ""
    """Up to 32 characters before."""
    suffix: str = ""
    """Up to 32 characters after."""
    unit: Unit = "sentence"
    state: AnchorState = "anchored"
    score: float = 1.0


class Target(Value, frozen=True, kw_only=True):
    """The article a claim was made on, told so that the claim stands alone."""

    article: int
    feed: int
    source: str
    """The feed's name."""
    address: str
    title: str
    published: datetime | None = None
    text_hash: str
    version: int


class Marking(Value, frozen=True, kw_only=True):
    """What a person says about a passage: the part of a claim that changes, whole in each step."""

    anchor: Anchor
    tags: tuple[Tag, ...] = ()
    review: Review = "accepted"
    status: Status = "reported"
    polarity: Polarity | None = None
    confidence: int | None = None
    """0 to 100, as STIX 2.1 has it."""
    note: str = ""
    flag: bool = False
    deleted: bool = False
    """A tombstone: removed, but not forgotten."""

    def values(self, dimension: str) -> tuple[Tag, ...]:
        """The tags of one dimension, in the order they were given."""
        return tuple(tag for tag in self.tags if tag.dimension == dimension)


Act = Literal["keep", "retag", "shape", "reject", "remove", "confirm", "undo", "redo"]


class Step(Value, frozen=True, kw_only=True):
    """One line of a claim's history. Lines are only ever added."""

    rev: int
    """Of the claim, after the step."""
    at: datetime
    by: str
    act: Act
    operation: str
    """Id of the key press that did it; shared by the claims that one key changed together."""
    takes_back: str = ""
    """For undo and redo: the operation whose effect is reversed."""
    before: Marking | None = None
    """What stood before the step; None when the claim did not exist."""


class Provenance(Value, frozen=True, kw_only=True):
    """Who made a claim, when, with what."""

    creator: str
    created: datetime
    modified: datetime
    generator: str
    """Program and version, as "wiredesk/0.1.0"."""
    codebook: str
    codebook_version: str
    suggester: str = ""


class Claim(Value, frozen=True, kw_only=True):
    """What a sentence says, as evidence: signals, companies and regions on a quoted passage."""

    id: str
    """A UUID, as "urn:uuid:…"."""
    rev: int
    target: Target
    marking: Marking
    provenance: Provenance
    history: tuple[Step, ...] = ()


CoverageState = Literal["opened", "coded", "nothing_found"]


class Coverage(Value, frozen=True, kw_only=True):
    """That somebody read an article, and what came of it: silence can be counted."""

    article: int
    feed: int
    version: int
    annotator: str
    state: CoverageState
    codebook_version: str
    at: datetime


class Company(Value, frozen=True, kw_only=True):
    """A company of this desk: one record however many names it goes by."""

    id: str
    """As "org:anthropic"."""
    name: str
    aliases: tuple[str, ...] = ()


class Suggested(Value, frozen=True, kw_only=True):
    """One value that a machine proposes for a sentence."""

    dimension: str
    code: str
    label: str
    score: float
    """0 to 1."""
    shown: bool
    """Whether it is sure enough to be shown ticked, unasked."""
    reason: str
    """In a few words, as 'says "hiring"'."""
    mention: Span | None = None


class Suggestion(Value, frozen=True, kw_only=True):
    """What a machine reads in one sentence, best first within each dimension."""

    sentence: Span
    values: tuple[Suggested, ...] = ()

    def of(self, dimension: str) -> tuple[Suggested, ...]:
        """The values of one dimension, best first."""
        return tuple(value for value in self.values if value.dimension == dimension)
