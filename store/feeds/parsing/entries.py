"""What feedparser understood of a document becomes our entries: cleaned, dated, with addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape
from typing import Any

from store.feeds.parsing.categories import categories_of
from store.feeds.parsing.dates import moment
from store.feeds.parsing.documents import Unreadable, language_of_tag
from store.feeds.parsing.enclosures import enclosures_of, media_blocks
from store.feeds.parsing.syndication import minutes_of
from store.feeds.web.address import host_of
from store.model import Block, ParsedEntry, ParsedFeed
from store.text.clean import ADDRESS_LIMIT, AUTHOR_LIMIT, BODY_LIMIT, TITLE_LIMIT, clean, clean_line
from store.text.links import resolve
from store.text.prose import blocks_of, is_teaser

MOST_ENTRIES = 1_000
"""Of one document; the rest is left out."""

_MARKUP = {"text/html", "application/xhtml+xml"}
_WEB = re.compile("https?://", re.IGNORECASE)
_RSS_AUTHOR = re.compile(r"[^\s()]+@[^\s()]+\s*\(([^()]+)\)")
_BASE_FROM = ("title_detail", "summary_detail", "subtitle_detail")


class Reading:
    """One document, as feedparser understood it."""

    def __init__(self, document: Any, address: str) -> None:
        self._document = document
        self._address = address
        self._atom = str(document.version).startswith("atom")
        self._site = _page(document.feed, self._base(document.feed) or address)

    def feed(self) -> ParsedFeed:
        """Raises Unreadable if none of its entries can be read."""
        told = self._document.feed
        return ParsedFeed(
            title=_line(told.get("title_detail"), TITLE_LIMIT),
            site=self._site,
            language=language_of_tag(told.get("language")),
            entries=tuple(self._entries(self._document.entries[:MOST_ENTRIES])),
            minutes=minutes_of(told),
        )

    def _entries(self, told: list[Any]) -> Iterator[ParsedEntry]:
        read = 0
        for entry in told:
            # Whatever is wrong with one entry, the others are worth having.
            with suppress(Exception):
                yield self._entry(entry)
                read += 1
        if told and not read:
            raise Unreadable(f"No entry of the feed of {host_of(self._address)} can be read.")

    def _entry(self, entry: Any) -> ParsedEntry:
        base = self._base(entry)
        page = _page(entry, base or self._site or self._address)
        content = _longest_text(entry)
        outer = base or self._base_of_text(page)
        blocks = _blocks(content, self._told_base(content) or outer)
        return ParsedEntry(
            guid=clean(_string(entry, "id").strip(), limit=ADDRESS_LIMIT),
            address=page,
            title=_line(entry.get("title_detail"), TITLE_LIMIT),
            author=_author(entry) or (_author(self._document.feed) if self._atom else ""),
            published=moment(entry.get("published_parsed"), _string(entry, "published")),
            # Not by get(): feedparser would answer with the publication.
            updated=moment(dict.get(entry, "updated_parsed"), str(dict.get(entry, "updated", ""))),
            language=language_of_tag(content.get("language")) or language_of_tag(self._language()),
            blocks=(*blocks, *media_blocks(enclosures_of(entry), base=outer)),
            categories=categories_of(entry),
            teaser=is_teaser(blocks),
        )

    def _language(self) -> Any:
        return self._document.feed.get("language")

    def _base(self, told: Any) -> str:
        """The xml:base where an element stands, or "" if there is none."""
        details = [told.get(name) for name in _BASE_FROM] + list(told.get("content", ()))
        return next(filter(None, map(self._told_base, details)), "")

    def _told_base(self, detail: Any) -> str:
        base = str(detail.get("base") or "") if isinstance(detail, Mapping) else ""
        return "" if base == self._address else base

    def _base_of_text(self, page: str) -> str:
        # RFC 4287 counts from the document; RSS says nothing, and its writers mean the article.
        return self._address if self._atom else page or self._site or self._address


def _page(told: Any, base: str) -> str:
    """The web page that a feed or an entry stands for (RFC 4287, 4.2.7.2)."""
    links = [link for link in told.get("links", ()) if link.get("href")]
    alternates = [link for link in links if link.get("rel") == "alternate"]
    pages = [link for link in alternates if link.get("type") in _MARKUP]
    for link in (*pages, *alternates):
        if address := resolve(str(link["href"]), base):
            return address
    # A guid that is a permanent link (RSS 2.0); feedparser takes any guid that does not deny it.
    link = _string(told, "link")
    return resolve(link, base) if _WEB.match(link) else ""


def _longest_text(entry: Any) -> Mapping[str, Any]:
    texts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    readable = [text for text in texts if str(text.get("type", "text/html")).startswith("text/")]
    readable += [text for text in texts if text.get("type") == "application/xhtml+xml"]
    return max(readable, key=lambda text: len(str(text.get("value") or "")), default={})


def _blocks(content: Mapping[str, Any], base: str) -> tuple[Block, ...]:
    text = str(content.get("value") or "")[: 4 * BODY_LIMIT]
    return blocks_of(escape(text) if content.get("type") == "text/plain" else text, base=base)


def _line(detail: Any, limit: int) -> str:
    """A title as one line of text, whether it was written as text or as HTML."""
    if not isinstance(detail, Mapping):
        return ""
    text = str(detail.get("value") or "")[: 4 * limit]
    if detail.get("type") in _MARKUP:
        text = " ".join(block.text for block in blocks_of(text))
    return clean_line(text, limit=limit)


def _author(told: Any) -> str:
    # RSS 2.0 writes "editor@example.org (Name)", which feedparser cuts within a long domain.
    if named := _RSS_AUTHOR.fullmatch(_string(told, "author").strip()):
        return clean_line(named[1], limit=AUTHOR_LIMIT)
    names = [_string(author, "name") or _string(author, "email") for author in _authors(told)]
    text = ", ".join(name for name in dict.fromkeys(names) if name) or _string(told, "author")
    return clean_line(text, limit=AUTHOR_LIMIT)


def _authors(told: Any) -> list[Any]:
    return [author for author in told.get("authors", ()) if isinstance(author, Mapping)]


def _string(told: Any, name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
