"""What asking for a feed brings: a document, no change, or one sentence about why not."""

from __future__ import annotations

from store.model import Value


class Fetched(Value, frozen=True, kw_only=True):
    """A document came."""

    address: str
    """Where it came from in the end, after redirects."""
    body: bytes
    """Unpacked, never empty."""
    body_hash: str
    content_type: str = ""
    etag: str = ""
    modified: str = ""


class NotModified(Value, frozen=True, kw_only=True):
    """The document is still the one that the validators stand for."""

    etag: str = ""
    """A fresh validator, if the server sent one; else the one that was asked with."""
    modified: str = ""


class FetchFailed(Value, frozen=True, kw_only=True):
    """No document came."""

    reason: str
    """One clean sentence without credentials: what was wrong, and what to do."""
    status: int = 0
    """Of the HTTP answer, 0 if there was none."""


class ParseFailed(Value, frozen=True, kw_only=True):
    """A document came that is no feed, or none that can be read."""

    reason: str
    """One clean sentence: what was wrong, and what to do."""
