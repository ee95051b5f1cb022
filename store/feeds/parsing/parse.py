"""A feed's bytes become entries, in the child process.

The only module that knows feedparser, which gets a stream and never bytes or text: those it would
open as a path or fetch as an address. It neither cleans HTML nor resolves links here: the text is
taken out of the HTML anyway, and both cost more than all the rest of parsing.
"""

from __future__ import annotations

from io import BytesIO
from xml.sax import SAXException

import feedparser
import feedparser.api
import feedparser.mixin
import feedparser.util

from store.feeds.parsing.charset import text_of_document
from store.feeds.parsing.documents import (
    Unreadable,
    from_its_feed_on,
    what_else_it_is,
    why_no_feed,
)
from store.feeds.parsing.json_feed import is_json, parse_json
from store.feeds.parsing.quicker import quicken
from store.feeds.parsing.reading import MOST_ENTRIES, Reading
from store.feeds.web.address import host_of
from store.model import ParsedFeed

# Joined to the feed's address, a guid like "12" would name another article once the feed moves;
# and a link like "example.org/x" would no longer show that it starts with a host.
for _parser in (feedparser.api.StrictFeedParser, feedparser.api.LooseFeedParser):
    _parser.can_be_relative_uri = _parser.can_be_relative_uri - {"id", "guid", "link"}
quicken(feedparser)


def parse(body: bytes, *, address: str, content_type: str = "") -> ParsedFeed:
    """The feed that a document from ``address`` holds, with at most ``MOST_ENTRIES`` entries.

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
    if not document.entries and (is_broken or not document.version):
        raise Unreadable(f"What {host_of(address)} sends is {why_no_feed(text)}")
    return Reading(document, address).feed()
