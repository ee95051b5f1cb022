"""The page of an article becomes its text, in the child process.

The only module that knows trafilatura, which finds the article between menus, banners and comments;
what it finds is read as the HTML of a feed is. Bytes become text here before it sees them, and no
page is ever fetched by it.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress

from lxml.html import HtmlElement
from trafilatura import extract
from trafilatura.metadata import Document, extract_metadata
from trafilatura.utils import load_html

from store.feeds.parsing.charset import text_of_page
from store.feeds.parsing.documents import Unreadable, root_of
from store.feeds.parsing.page_blocks import consent_share, tidied
from store.feeds.parsing.page_facts import PageFacts
from store.feeds.web.address import host_of
from store.model import Block, ParsedPage
from store.text.clean import AUTHOR_LIMIT, TITLE_LIMIT, clean_line
from store.text.length import length_of
from store.text.links import resolve
from store.text.prose import blocks_of, ends_abruptly, sound_html

SHORTEST = 250
"""Latin letters of text below which a page is taken to hold no article."""
CONSENT = 0.5
"""Part of a text about cookies and partners from which on it is no article."""
PARTIAL = 2_000
"""Latin letters: a page that says that it costs money and gives less is the beginning only."""

_OTHER_TYPES = {
    "application/pdf": "a PDF document",
    "application/epub+zip": "a book",
    "application/zip": "an archive",
    "audio": "a recording",
    "video": "a film",
    "image": "a picture",
    "font": "a font",
}
_SIGNS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "an archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"RIFF", "a film"),
)
_FEED_ROOTS = {"rss", "rdf", "feed"}
_JSON_FEED = re.compile(r'\s*\{.{0,2000}?"https?:\\?/\\?/jsonfeed\.org\\?/version', re.DOTALL)
_COSTS = re.compile(
    r'"isAccessibleForFree"\s*:\s*"?false'
    r"|subscribe to (?:continue|read|unlock)|log in to (?:continue|read)|for subscribers only"
    r"|already a subscriber\?|nur für abonnent|réservé aux abonnés|solo para suscriptores",
    re.IGNORECASE,
)
_WALL = re.compile(
    r'(?:class|id)="[^"]{0,100}\b(?:paywall|regwall|subscriber-only|login-form)', re.IGNORECASE
)
_NEEDS_SCRIPTS = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without) javascript|javascript (?:is "
    r")?(?:disabled|required"
    r"|to run this app)|checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human",
    re.IGNORECASE,
)


def page(body: bytes, *, address: str, content_type: str = "") -> ParsedPage:
    """The article that the page at ``address`` holds.

    Raises:
        Unreadable: it is no web page, or there is no article on it that can be read.
    """
    host = host_of(address)
    if other := _what_else(body, content_type):
        raise Unreadable(f"What {host} sends is {other}, no page with text; open it in a browser.")
    html = sound_html(text_of_page(body, content_type))
    if root_of(html) in _FEED_ROOTS or _JSON_FEED.match(html):
        raise Unreadable(f"What {host} sends is a feed, not an article; add it as a feed instead.")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    facts = PageFacts(html, address)
    tree = load_html(html)
    guessed = _guessed(tree, address)
    title = clean_line(guessed.title or "", limit=TITLE_LIMIT)
    blocks = () if tree is None else tidied(_found(tree, facts.base), title)
    _check(html, blocks, host)
    return ParsedPage(
        address=facts.canonical,
        title=title,
        author=clean_line((guessed.author or "").replace("; ", ", "), limit=AUTHOR_LIMIT),
        site=clean_line(guessed.sitename or "", limit=TITLE_LIMIT),
        published=facts.published(guessed.date or ""),
        language=facts.language,
        blocks=blocks,
        partial=_is_partial(html, blocks),
    )


_DATES = {"extensive_search": False, "original_date": True}


def _what_else(body: bytes, content_type: str) -> str:
    kind = content_type.partition(";")[0].strip().lower()
    for sign, other in _SIGNS:
        if body.startswith(sign):
            return other
    return _OTHER_TYPES.get(kind) or _OTHER_TYPES.get(kind.partition("/")[0], "")


def _guessed(tree: HtmlElement | None, address: str) -> Document:
    """What may be the title, the author, the site and the day."""
    if tree is not None:
        # Whatever trafilatura stumbles over there, the text is worth having.
        with suppress(Exception):
            return extract_metadata(tree, address, _DATES)
    return Document()


def _found(tree: HtmlElement, base: str) -> tuple[Block, ...]:
    for link in tree.iter("a"):
        # Left to trafilatura, all would be relative to the host.
        link.set("href", resolve(link.get("href") or "", base))
    found = extract(
        tree,
        url=base,
        output_format="html",
        include_comments=False,
        include_links=True,
        include_formatting=True,
        include_tables=True,
    )
    return blocks_of(found, base=base) if found else ()


def _check(html: str, blocks: tuple[Block, ...], host: str) -> None:
    """Raises Unreadable where what was found is no article."""
    if blocks and consent_share(blocks) >= CONSENT:
        raise Unreadable(
            f"{host} shows a question about cookies instead of the article; open it in a browser."
        )
    if length_of(blocks) >= SHORTEST:
        return
    if _COSTS.search(html) or _WALL.search(html):
        raise Unreadable(
            f"{host} gives this article to its subscribers only; open it in a browser."
        )
    if _NEEDS_SCRIPTS.search(html):
        raise Unreadable(f"{host} shows this article in a browser only; open it there.")
    raise Unreadable(f"No article text was found on {host}; it may need a browser or an account.")


def _is_partial(html: str, blocks: tuple[Block, ...]) -> bool:
    if ends_abruptly(blocks):
        return True
    return length_of(blocks) < PARTIAL and bool(_COSTS.search(html))
