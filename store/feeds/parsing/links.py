"""A web page's feeds, in the child process: those it names, and links that look like one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from lxml import etree

from store.feeds.parsing.charset import text_of_page
from store.feeds.parsing.documents import Unreadable, root_of
from store.feeds.web.address import host_of
from store.model.subscribing import FeedForm, FoundFeed, PageLinks
from store.text.clean import ADDRESS_LIMIT, TITLE_LIMIT, clean_line
from store.text.links import resolve

MOST_NAMED = 50
MOST_LINKED = 10
"""Of one page; a page with more of them lists other people's feeds."""

_FORMS: Mapping[str, FeedForm] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
    "application/xml": "",
    "text/xml": "",
    "application/x.atom+xml": "atom",
    "application/x-rss+xml": "rss",
    "text/rss": "rss",
}
_NO_FEED = re.compile(
    r"/wp-json(/|$)|[?&]rest_route=|oembed|opensearch|sitemap[^/]*\.xml|manifest\.json",
    re.IGNORECASE,
)
"""What stands in link elements of these types and is no feed; WordPress names its JSON so."""
_LIKE_A_FEED = re.compile(
    r"/(feeds?|rss|atom|rdf)([./]?(xml|json|rss2?|atom|rdf))?/?$|\.(rss|atom|rdf)$"
    r"|/(index|rss|atom|feed)\.(xml|rdf|json)$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(r"(^|&)(feed=(rss2?|atom|rdf)|format=(rss|atom)|type=(rss|atom))", re.I)
_COMMENTS = re.compile(r"\bcomments?\b|\bkommentar|\bcommentaires\b|\bcomentarios\b", re.IGNORECASE)
_PAGE_ROOTS = frozenset({"html", "head", "body", "title", "meta", "link", "div", "p", "base"})


def links_of(body: bytes, *, address: str, content_type: str = "") -> PageLinks:
    """What a page from ``address`` says of feeds; its order is kept, comments go last.

    Raises:
        Unreadable: it is no web page.
    """
    text = text_of_page(body, content_type)
    if root_of(text) not in _PAGE_ROOTS and "html" not in content_type.lower():
        raise Unreadable(f"What {host_of(address)} sends is neither a feed nor a web page.")
    page = _Page()
    # The stubs want a target that takes bytes, which no HTML parser gives.
    parser = etree.HTMLParser(target=page, no_network=True)  # type: ignore[arg-type]
    parser.feed(text)
    parser.close()
    base = resolve(page.base, address) or address
    found = dict.fromkeys(_named(page.links, base, address))
    named = sorted(_one_an_address(found), key=lambda feed: feed.comments)[:MOST_NAMED]
    there = {feed.address for feed in named} | {address}
    linked = [feed for feed in _linked(page.anchors, base) if feed.address not in there]
    return PageLinks(
        title=clean_line(page.title, limit=TITLE_LIMIT),
        named=tuple(named),
        linked=tuple(_one_an_address(linked))[:MOST_LINKED],
    )


class _Page:
    """What is told of the elements that matter, one by one: no tree is made of the others."""

    def __init__(self) -> None:
        self.base = ""
        self.title = ""
        self.links: list[Mapping[str, str]] = []
        self.anchors: list[tuple[str, str]] = []
        self._in_title = False
        self._anchor = ""
        self._words = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag == "base" and not self.base:
            self.base = attributes.get("href", "")
        elif tag == "link" and len(self.links) < 10 * MOST_NAMED:
            self.links.append(dict(attributes))
        elif tag == "title":
            self._in_title = not self.title
        elif tag == "a":
            href = attributes.get("href", "")
            self._anchor = href if _looks_like_a_feed(href) else ""
            self._words = attributes.get("title", "")[:TITLE_LIMIT]

    def data(self, text: str) -> None:
        """Text of the element that is open."""
        if self._in_title:
            self.title += text[:TITLE_LIMIT] if len(self.title) < TITLE_LIMIT else ""
        elif self._anchor and len(self._words) < TITLE_LIMIT:
            self._words += text[:TITLE_LIMIT]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "title":
            self._in_title = False
        elif tag == "a" and self._anchor:
            if len(self.anchors) < 10 * MOST_LINKED:
                self.anchors.append((self._anchor, self._words))
            self._anchor = ""

    def close(self) -> None:
        """The page ends."""


def _named(links: Iterable[Mapping[str, str]], base: str, page: str) -> Iterable[FoundFeed]:
    for link in links:
        relations = link.get("rel", "").lower().split()
        kind = link.get("type", "").partition(";")[0].strip().lower()
        if not {"alternate", "feed"} & set(relations):
            continue
        if kind not in _FORMS and "feed" not in relations:
            continue
        address = _same_scheme(resolve(link.get("href", ""), base), page)
        if address and not _NO_FEED.search(address):
            title = clean_line(link.get("title", ""), limit=TITLE_LIMIT)
            yield _found(address, title, _FORMS.get(kind, ""))


def _linked(anchors: Iterable[tuple[str, str]], base: str) -> Iterable[FoundFeed]:
    for href, words in anchors:
        address = resolve(href, base)
        if address and not _NO_FEED.search(address):
            yield _found(address, clean_line(words, limit=TITLE_LIMIT), "")


def _found(address: str, title: str, form: FeedForm) -> FoundFeed:
    path = urlsplit(address).path
    comments = bool(_COMMENTS.search(title) or _COMMENTS.search(path))
    return FoundFeed(address=address, title=title, form=form, comments=comments)


def _one_an_address(feeds: Iterable[FoundFeed]) -> Iterable[FoundFeed]:
    seen: dict[str, FoundFeed] = {}
    for feed in feeds:
        seen.setdefault(feed.address, feed)
    return seen.values()


def _same_scheme(address: str, page: str) -> str:
    """A page of https that names its own host by http means https: no way leads back."""
    if page.startswith("https:") and host_of(address) == host_of(page):
        return re.sub("^http:", "https:", address)
    return address


def _looks_like_a_feed(href: str) -> bool:
    if len(href) > ADDRESS_LIMIT:
        return False
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return bool(_LIKE_A_FEED.search(parts.path) or _FEED_QUERY.search(parts.query))
