"""What a request says: which product asks, for what, and who, where a server wants to know."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata

from store.feeds.web.answers import Wants
from store.model import Account
from store.version import GENERATOR

ACCEPT: Mapping[Wants, str] = {
    "feed": (
        "application/atom+xml, application/rss+xml, application/feed+json, "
        "application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
    ),
    "page": "text/html, application/xhtml+xml, */*;q=0.1",
}
ACCEPT_ENCODING = "gzip, deflate"
"""Only what we unpack ourselves, in steps."""


def own_headers(agent: str = "") -> dict[str, str]:
    """What every request says: nothing about the person or the machine."""
    return {"User-Agent": agent or user_agent(), "Accept-Encoding": ACCEPT_ENCODING}


def conditional(etag: str, modified: str) -> dict[str, str]:
    """Asks for the document only if it is another one; validators go back verbatim."""
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in asked.items() if value}


def authorization(account: Account) -> dict[str, str]:
    """Name and password in the Basic scheme, in UTF-8 (RFC 7617)."""
    pair = f"{account.name}:{account.password}".encode("utf-8", "replace")
    return {"Authorization": f"Basic {b64encode(pair).decode('ascii')}"}


@cache
def user_agent() -> str:
    """Product, version and where to complain, if the project has a page to name."""
    return f"{GENERATOR} ({_home() or 'feed reader for the terminal'})"


def _home() -> str:
    """The project's page as the installed package names it, or ""."""
    try:
        named = metadata("wiredesk").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    pages = dict(one.split(", ", 1) for one in named if ", " in one)
    return next((f"+{page}" for page in pages.values() if page.startswith("https://")), "")
