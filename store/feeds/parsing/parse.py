"""A feed's bytes become entries, in the child process.

The only module that knows feedparser, which gets a stream and never bytes or text: those it would
open as a path or fetch as an address. It neither cleans HTML nor resolves links here: the text is
taken out of the HTML anyway, and both cost more than all the rest of parsing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax import SAXException

import feedparser
import feedparser.api
import feedparser.mixin
import feedparser.util
from msgspec.structs import replace

from store.feeds.parsing.charset import text_of_document
from store.feeds.parsing.documents import (
    Unreadable,
    from_its_feed_on,
    root_of,
    what_else_it_is,
    why_no_feed,
)
from store.feeds.parsing.entries import MOST_ENTRIES, Reading
from store.feeds.parsing.items import Items, items_of
from store.feeds.parsing.json_feed import is_json, parse_json
from store.feeds.parsing.quicker import quicken
from store.feeds.web.address import host_of
from store.model import ParsedFeed, SeenItem, hash_of

# Joined to the feed's address, a guid like "12" would name another article once the feed moves;
# and a link like "example.org/x" would no longer show that it starts with a host.
for _parser in (feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser):
    _parser.can_be_relative_uri = _parser.can_be_relative_uri - {"id", "guid", "link"}
quicken(feedparser)


def parse(
    body: bytes, *, address: str, content_type: str = "", seen: Collection[SeenItem] = ()
) -> ParsedFeed:
    """The feed that a document from ``address`` holds, with at most ``MOST_ENTRIES`` entries.

    Items that are ``seen`` are left out where the rest gives the same without them.

    Raises:
        Unreadable: it is no feed, or broken before its first entry. What is broken later, as most
            feeds are somewhere, is read as far as it goes.
    """
    text = text_of_document(body, content_type)
    if is_json(text):
        return parse_json(text, address=address, most=MOST_ENTRIES)
    text = from_its_feed_on(text)
    if other := what_else_it_is(text):
        raise Unreadable(f"What {host_of(address)} sends is {other}")
    items = items_of(text, address=address)
    if items is None or not items.spans:
        return _read(text, address).feed
    if len(items.spans) > MOST_ENTRIES:
        return _read(items.beginning(MOST_ENTRIES), address).feed
    names = {item.hash: item.name for item in seen}
    return _without_seen(items, names, address) or _whole(items, address)


class _Read(NamedTuple):
    feed: ParsedFeed
    is_sound: bool
    """The XML is well-formed: no entry can have an effect on another."""


def _read(text: str, address: str) -> _Read:
    document = feedparser.parse(
        BytesIO(text.encode("utf-8", "replace")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": address,
        },
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    # An entry that was cut off at once tells nothing.
    document.entries = [entry for entry in document.entries if entry]
    is_broken = isinstance(document.get("bozo_exception"), SAXException)
    if not document.entries and (is_broken or not (document.version or root_of(text) == "channel")):
        raise Unreadable(f"What {host_of(address)} sends is {why_no_feed(text)}")
    return _Read(Reading(document, address).feed(), is_sound=not document.bozo)


def _whole(items: Items, address: str) -> ParsedFeed:
    read = _read(items.text, address)
    return replace(read.feed, items=_seen(items.hashes, read) or ())


def _without_seen(items: Items, names: Mapping[str, str], address: str) -> ParsedFeed | None:
    """What the whole would give, without the entries that it gave before; None: parse the whole."""
    new = tuple(hashed for hashed in items.hashes if hashed not in names)
    if len(new) == len(items.hashes):
        return None
    try:
        read = _read(items.without(names), address)
    except Unreadable:
        return None
    parsed = _seen(new, read)
    cut = {names[hashed] for hashed in items.hashes if hashed in names}
    # Of two entries with one guid, or link, the first goes by it.
    if parsed is None or not cut.isdisjoint(item.name for item in parsed):
        return None
    known = {**names, **{item.hash: item.name for item in parsed}}
    return replace(
        read.feed,
        left_out=tuple(cut),
        items=tuple(SeenItem(hashed, known[hashed]) for hashed in items.hashes),
    )


def _seen(hashes: Sequence[str], read: _Read) -> tuple[SeenItem, ...] | None:
    """The items of these hashes; None if it is unclear which entry each of them became.

    Entries of one name are not told apart without each other, and those without any are not at all.
    """
    names = [entry.guid or entry.address for entry in read.feed.entries]
    if not read.is_sound or not all(names) or not len(names) == len(set(names)) == len(hashes):
        return None
    return tuple(SeenItem(*item) for item in zip(hashes, map(hash_of, names), strict=True))
