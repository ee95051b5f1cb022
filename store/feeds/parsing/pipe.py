"""What goes through the pipes between us and the process that parses: JSON, never a pickle."""

from __future__ import annotations

from typing import Literal

import msgspec

from store.feeds.web.address import host_of
from store.model import ParsedFeed, ParsedPage, SeenItem, Value
from store.model.subscribing import OutlineList, PageLinks

LONGEST_HEAD = 256 * 1024
"""Bytes of the line that announces a document, with what is known of its items."""
LONGEST_REPLY = 32 * 1024 * 1024
"""Bytes; a child that says more is broken."""
REASON_LIMIT = 500
"""Characters of a sentence about a failure."""


Kind = Literal["feed", "links", "outlines", "page"]
"""What a document is to be read as."""


_DOCUMENTS: dict[Kind, str] = {
    "feed": "The feed of {}",
    "links": "The page of {}",
    "outlines": "The list of feeds",
    "page": "The page of {}",
}


class Job(Value, frozen=True, kw_only=True):
    """The line before a document of ``length`` bytes."""

    length: int
    kind: Kind = "feed"
    address: str
    """Where the document came from; empty for a file."""
    content_type: str = ""
    seen: tuple[SeenItem, ...] = ()
    """Items of the feed that need not be parsed again."""

    @property
    def document(self) -> str:
        """What to call it in a sentence about what went wrong."""
        return _DOCUMENTS[self.kind].format(host_of(self.address))


class Reply(Value, frozen=True, kw_only=True):
    """What became of a document: what it was asked for as, or the reason why it is none."""

    feed: ParsedFeed | None = None
    links: PageLinks | None = None
    outlines: OutlineList | None = None
    page: ParsedPage | None = None
    reason: str = ""
    spent: bool = False
    """The child ran out of memory and wants to be replaced."""

    @property
    def says_something(self) -> bool:
        """Whether it answers at all."""
        return any((self.feed, self.links, self.outlines, self.page, self.reason))


def packed_job(job: Job) -> bytes:
    """The line that announces a document."""
    return msgspec.json.encode(job) + b"\n"


def unpacked_job(line: bytes) -> Job:
    """Raises msgspec.MsgspecError if the line is none."""
    return msgspec.json.decode(line, type=Job)


def packed_reply(reply: Reply) -> bytes:
    """The reply behind a line with its length in bytes."""
    encoded = msgspec.json.encode(reply)
    return b"%d\n%s" % (len(encoded), encoded)


def unpacked_reply(encoded: bytes) -> Reply:
    """Raises msgspec.MsgspecError if it is none: the child is not trusted."""
    return msgspec.json.decode(encoded, type=Reply)
