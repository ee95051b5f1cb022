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
    "opml": "a list of feeds (OPML), not a feed. Save it in a file; wiredesk import takes that in.",
    "urlset": "a site map, not a feed. Look on the site for its RSS or Atom feed.",
    "sitemapindex": "a site map, not a feed. Look on the site for its RSS or Atom feed.",
}
_FEED_STARTS = {"rss", "rdf", "feed", "channel"}
_FEED_START = re.compile(
    r"<(?:!doctype\s+|[a-z][\w-]{0,9}:)?(?:rss|rdf|feed)[\s>\[]", re.IGNORECASE
)
_DECLARATION = re.compile(r"<\?xml\s[^>]{0,500}\?>\s*")
_PAGE_STARTS = {"html", "head", "body", "title", "meta"}
_NO_FEED = "not a feed; check the address."
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_BROKEN = "cut off or broken XML: try again later, or ask its publisher."


def from_its_feed_on(text: str) -> str:
    """The document without what stands before its feed: empty lines, or what a server grumbles.

    XML allows nothing there. A web page stays as it is, even if it quotes a feed.
    """
    at, declared = _prologue(text)
    if (root := _ROOT.match(text, at)) and root[2].lower() in _FEED_STARTS:
        return text[declared:].lstrip()
    start = _FEED_START.search(text, 0, _LOOKED_AT)
    if not start or root_of(text) in {*_PAGE_STARTS, *_OTHERS}:
        return text.lstrip()
    declaration = _DECLARATION.search(text, 0, start.start())
    return text[declaration.end() if declaration else start.start() :]


def what_else_it_is(text: str) -> str:
    """The end of a sentence that names another kind of document, or "" if it may be a feed."""
    root = root_of(text)
    if root in _PAGE_STARTS:
        return _OTHERS["html"]
    if root in _OTHERS:
        return _OTHERS[root]
    if root or ("<" in text[:_LOOKED_AT] and len(text) > _LOOKED_AT):
        return ""  # perhaps a feed behind a prologue of unusual length
    return _NO_FEED


def why_no_feed(text: str) -> str:
    """The end of a sentence about a document that is not well-formed or whose form is unknown."""
    return _BROKEN if root_of(text) in _FEED_STARTS else _NO_FEED


def root_of(text: str) -> str:
    """The first element's name in lower case, without prefix; "" if there is no element."""
    at, _ = _prologue(text)
    element = _ROOT.search(text, at, _LOOKED_AT)
    return element[2].lower() if element else ""


def _prologue(text: str) -> tuple[int, int]:
    """Where what may stand before the first element ends, and the XML declaration in it."""
    at = declared = 0
    while skipped := _SKIPPED.match(text, at, _LOOKED_AT):
        at = skipped.end()
        declared = at if _DECLARATION.match(skipped.group()) else declared
    return at, declared


def language_of_tag(told: object) -> str:
    """ISO 639-1 code of a language tag (RFC 5646), or ""."""
    known = _LANGUAGE.fullmatch(told.strip()) if isinstance(told, str) else None
    return known[1].lower() if known else ""
