"""An article's text as claims point into it: spans, blocks, versions, sentences.

All offsets count Unicode code points of an article's text (end exclusive), as the W3C's
TextPositionSelector does (https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Literal

from msgspec import Struct


class Value(Struct, frozen=True, omit_defaults=True):
    """What every record here is: immutable, compared by content, defaults left out on disk."""


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
    """An address behind some words of a block; ``span`` counts from the block's first character.

    "#" and a name lead to a ``note`` of the same text, or from it back to where it is named.
    """

    span: Span
    address: str


EmphasisKind = Literal["strong", "em", "code", "strike", "mark", "sub", "sup"]


class Emphasis(Value, frozen=True, kw_only=True):
    """How some words of a block were set; ``span`` counts from the block's first character."""

    span: Span
    kind: EmphasisKind


BlockKind = Literal[
    "title", "paragraph", "heading", "item", "quote", "code", "row", "caption", "note", "media"
]


class Block(Value, frozen=True, kw_only=True):
    """One piece of an article as it reads: a paragraph, a list item, a table row."""

    kind: BlockKind
    text: str
    """Plain and clean. Only ``code`` holds line breaks. Cells of a ``row`` are joined by " | ".

    A ``caption`` is what is said of a figure, its link the figure's address. A ``note`` is a
    footnote. A ``media`` block stands last and tells of what comes with the article, as a
    recording.
    """
    level: int = 0
    """Depth of a heading (1-6) or of a list item (0 is outermost); 0 otherwise."""
    marker: str = ""
    """What stands before a list item: "•" or its number, as "3."; empty otherwise."""
    links: tuple[Link, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    cells: tuple[Span, ...] = ()
    """Where each cell of a ``row`` stands in its text, from left to right; empty otherwise."""
    heads: bool = False
    """Whether a ``row`` names the columns of those under it."""
    begins: bool = False
    """Whether a ``row`` is the first of a table that stands right below another one."""
    quoted: int = 0
    """How many quotations it stands in, one in the other."""
    name: str = ""
    """What links of the same text call a ``note``: "#" and this is their address."""
    apart: bool = False
    """Whether its publisher drew a line above it."""


def text_of(blocks: Sequence[Block]) -> str:
    """The article's text, on which every offset counts: the blocks' texts joined by a newline."""
    return "\n".join([block.text for block in blocks])


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
    """False for what is offered no suggestion: code, recordings, promotion, bylines, figures."""
