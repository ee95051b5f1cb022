"""What asking for a feed brings: a document, no change, or one sentence about why not."""

from __future__ import annotations

from store.feeds.web.address import host_and_port, host_of
from store.feeds.web.reasons import Trouble, Wants
from store.model import Value

__all__ = ["FetchFailed", "Fetched", "NotModified", "ParseFailed", "Wants"]


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
    status: int = 200
    moved: str = ""
    """Where it lies for good, if every redirect on the way was a permanent one."""
    fresh: int = 0
    """Seconds for which the server says that this stays the newest (RFC 9111, 4.2); 0: unsaid."""


class NotModified(Value, frozen=True, kw_only=True):
    """The document is still the one that the validators stand for."""

    etag: str = ""
    """A fresh validator, if the server sent one; else the one that was asked with."""
    modified: str = ""
    moved: str = ""
    """As in ``Fetched``."""
    fresh: int = 0
    """As in ``Fetched``."""


class FetchFailed(Value, frozen=True, kw_only=True):
    """No document came."""

    reason: str
    """One clean sentence without credentials: what was wrong, and what to do."""
    status: int = 0
    """Of the HTTP answer, 0 if there was none."""
    wait: int = 0
    """Seconds for which the server wants no further request (Retry-After); 0: unsaid."""
    trouble: Trouble | None = None
    """What went wrong where no answer could be taken."""

    def permit_for(self, address: str) -> str:
        """The "host:port" to permit, if the address itself is private; a redirect asks for none."""
        is_its_own = self.trouble == "private" and self.reason.startswith(f"{host_of(address)} ")
        return host_and_port(address) if is_its_own else ""


class ParseFailed(Value, frozen=True, kw_only=True):
    """A document came that is no feed, or none that can be read."""

    reason: str
    """One clean sentence: what was wrong, and what to do."""
