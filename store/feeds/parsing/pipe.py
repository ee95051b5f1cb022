"""What goes through the pipes between us and the process that parses: JSON, never a pickle."""

from __future__ import annotations

from typing import Literal

import msgspec

from store.model import ParsedFeed, Value

LONGEST_HEAD = 16 * 1024
"""Bytes of the line that announces a document."""
LONGEST_REPLY = 32 * 1024 * 1024
"""Bytes; a child that says more is broken."""
REASON_LIMIT = 500
"""Characters of a sentence about a failure."""


Kind = Literal["feed"]
"""What a document is to be read as."""


class Job(Value, frozen=True, kw_only=True):
    """The line before a document of ``length`` bytes."""

    length: int
    kind: Kind = "feed"
    address: str
    content_type: str = ""


class Reply(Value, frozen=True, kw_only=True):
    """What became of a document: a feed, or the reason why there is none."""

    feed: ParsedFeed | None = None
    reason: str = ""
    spent: bool = False
    """The child ran out of memory and wants to be replaced."""


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
