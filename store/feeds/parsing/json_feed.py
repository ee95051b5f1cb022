"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/): a document becomes entries.

Numbers stay as they are written, so that an id is not rounded. Fields of a wrong type are as good
as missing: each of them is optional but the list of items.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape
from typing import Any

from store.feeds.parsing.categories import listed_categories
from store.feeds.parsing.dates import moment
from store.feeds.parsing.documents import Unreadable, language_of_tag
from store.feeds.parsing.enclosures import Enclosure, media_blocks, number_of, seconds_of
from store.feeds.web.address import host_of
from store.model import Block, ParsedEntry, ParsedFeed
from store.text.clean import ADDRESS_LIMIT, AUTHOR_LIMIT, BODY_LIMIT, TITLE_LIMIT, clean, clean_line
from store.text.links import resolve
from store.text.prose import blocks_of, is_teaser

_BEGINS = re.compile(r"\s*\{")
_VERSION = "jsonfeed.org/version/"
_OWN = ("home_page_url", "feed_url")
"""What a feed has that says no version; other JSON has no such fields."""


def is_json(text: str) -> bool:
    """Whether a document is a JSON object, whatever its content type says."""
    return _BEGINS.match(text) is not None


def parse_json(text: str, *, address: str, most: int) -> ParsedFeed:
    """The feed that a JSON document from ``address`` holds, with at most ``most`` entries.

    Raises:
        Unreadable: it is broken, or JSON of another kind, or none of its items can be read.
    """
    host = host_of(address)
    try:
        # Numbers of thousands of digits cost nothing as text, and NaN breaks nothing.
        told = json.loads(text, strict=False, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            f"What {host} sends is broken JSON: try again later, or ask its publisher."
        ) from error
    if not _is_feed(told):
        raise Unreadable(f"What {host} sends is JSON, but not a feed; check the address.")
    return _Reading(told, address).feed(most)


def _is_feed(told: Any) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        return False
    return _VERSION in _text(told, "version") or any(_text(told, name) for name in _OWN)


class _Reading:
    """One document."""

    def __init__(self, told: Mapping[str, Any], address: str) -> None:
        self._told = told
        self._address = address
        self._site = resolve(_text(told, "home_page_url"), address)

    def feed(self, most: int) -> ParsedFeed:
        """Raises Unreadable if none of its items can be read."""
        return ParsedFeed(
            title=_line(self._told, "title", TITLE_LIMIT),
            site=self._site,
            language=language_of_tag(self._told.get("language")),
            entries=tuple(self._entries(self._told["items"][:most])),
        )

    def _entries(self, told: list[Any]) -> Iterator[ParsedEntry]:
        read = 0
        for item in told:
            # Whatever is wrong with one item, the others are worth having.
            with suppress(Exception):
                yield self._entry(item)
                read += 1
        if told and not read:
            raise Unreadable(f"No entry of the feed of {host_of(self._address)} can be read.")

    def _entry(self, item: Mapping[str, Any]) -> ParsedEntry:
        base = self._site or self._address
        page = resolve(_text(item, "url") or _text(item, "external_url"), base)
        blocks = _blocks(item, page or base)
        return ParsedEntry(
            guid=clean(_text(item, "id").strip(), limit=ADDRESS_LIMIT),
            address=page,
            title=_line(item, "title", TITLE_LIMIT),
            author=_authors(item) or _authors(self._told),
            published=moment(None, _text(item, "date_published")),
            updated=moment(None, _text(item, "date_modified")),
            language=language_of_tag(item.get("language") or self._told.get("language")),
            blocks=(*blocks, *media_blocks(_attachments(item), base=page or base)),
            categories=_tags(item),
            teaser=is_teaser(blocks),
        )


def _blocks(item: Mapping[str, Any], base: str) -> tuple[Block, ...]:
    if html := _text(item, "content_html"):
        return blocks_of(html[: 4 * BODY_LIMIT], base=base)
    plain = _text(item, "content_text") or _text(item, "summary")
    return blocks_of(escape(plain[: 4 * BODY_LIMIT]))


def _attachments(item: Mapping[str, Any]) -> Iterator[Enclosure]:
    for told in _objects(item, "attachments"):
        yield Enclosure(
            address=_text(told, "url"),
            type=_text(told, "mime_type"),
            size=number_of(_text(told, "size_in_bytes").partition(".")[0]),
            seconds=seconds_of(_text(told, "duration_in_seconds")),
            title=_text(told, "title"),
        )


def _authors(told: Mapping[str, Any]) -> str:
    """Names of version 1.1, or the one of version 1.0."""
    people = [*_objects(told, "authors"), *_objects({"": [told.get("author")]}, "")]
    names = (_line(person, "name", AUTHOR_LIMIT) for person in people)
    return clean(", ".join(dict.fromkeys(filter(None, names))), limit=AUTHOR_LIMIT)


def _tags(item: Mapping[str, Any]) -> tuple[str, ...]:
    told = item.get("tags")
    return listed_categories(told if isinstance(told, list) else ())


def _objects(told: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    several = told.get(name)
    return [one for one in several if isinstance(one, dict)] if isinstance(several, list) else []


def _line(told: Mapping[str, Any], name: str, limit: int) -> str:
    return clean_line(_text(told, name), limit=limit)


def _text(told: Mapping[str, Any], name: str) -> str:
    """A field that is text or a number, else ""."""
    value = told.get(name)
    return value if isinstance(value, str) else ""
