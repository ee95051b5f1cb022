"""What a document is that was asked for as a feed and is none."""

from __future__ import annotations

import re


class Unreadable(Exception):
    """The document cannot be read as what was asked for; the message is a sentence."""


_LOOKED_AT = 64 * 1024
_SKIPPED = re.compile(
    r"\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL
)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_OTHERS = {
    "html": "a web page, not a feed. Look on the page for a link to its RSS or Atom feed.",
    "opml": "a list of feeds (OPML), not a feed. Add the feeds in it one by one.",
    "urlset": "a site map, not a feed. Look on the site for its RSS or Atom feed.",
    "sitemapindex": "a site map, not a feed. Look on the site for its RSS or Atom feed.",
}
_FEED_STARTS = {"rss", "rdf", "feed"}
_PAGE_STARTS = {"html", "head", "body", "title", "meta"}
_JSON_FEED = "a feed in JSON, which Wiredesk does not read. Look for its RSS or Atom form."
_NO_FEED = "not a feed; check the address."
_BROKEN = "cut off or broken XML: try again later, or ask its publisher."


def what_else_it_is(text: str) -> str:
    """The end of a sentence that names another kind of document, or "" if it may be a feed."""
    root = root_of(text)
    if root in _PAGE_STARTS:
        return _OTHERS["html"]
    if root in _OTHERS:
        return _OTHERS[root]
    if root or ("<" in text[:_LOOKED_AT] and len(text) > _LOOKED_AT):
        return ""  # perhaps a feed behind a prologue of unusual length
    return _JSON_FEED if "jsonfeed.org/version" in text[:1_000] else _NO_FEED


def why_no_feed(text: str) -> str:
    """The end of a sentence about a document that is not well-formed or whose form is unknown."""
    return _BROKEN if root_of(text) in _FEED_STARTS else _NO_FEED


def root_of(text: str) -> str:
    """The first element's name in lower case, without prefix; "" if there is no element."""
    head = text[:_LOOKED_AT]
    at = 0
    while skipped := _SKIPPED.match(head, at):
        at = skipped.end()
    element = _ROOT.search(head, at)
    return element[2].lower() if element else ""
