"""Footnotes: which elements are some, and which links lead to them and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from store.model import Block, Link
from store.text.clean import clean_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_HINTS = (b"footnote", b"endnote", b"cite_note", b"ftn", b"fn")
"""One of these is in the HTML of every page that has footnotes."""
_ROLES = frozenset({"doc-footnote", "doc-endnote"})
_TYPES = frozenset({"footnote", "endnote", "rearnote"})
"""EPUB's own names for the same; see https://www.w3.org/TR/epub-ssv-11/."""
_ID = re.compile(
    r"(?:user-content-)?(?:fn|(?:sd)?footnote|endnote|_?ftn|_?edn|cite_note)[-_:.]{0,2}"
    r"(?!ref|anchor|back)[\w.:-]{0,80}",
    re.IGNORECASE,
)
"""As Markdown, word processors, Wikipedia and newsletters name them; not where they are named."""
_WIDEST = 16
"""Elements of a footnote among which one may bear its name."""
_LONGEST = 200
"""Code points of a name."""


def may_have_notes(html: bytes) -> bool:
    """Whether any element of some HTML could be a footnote: then each is asked."""
    lower = html.lower()
    return any(hint in lower for hint in _HINTS)


def name_of_note(element: _Element) -> str | None:
    """What links call a footnote, "" if nothing; None if the element is no footnote."""
    told = element.get("id") or ""
    if _ID.fullmatch(told) and any(map(str.isdigit, told)):
        return _named(told)
    role, kind = element.get("role") or "", element.get("epub:type") or ""
    classes = (element.get("class") or "").split()
    if role in _ROLES or kind in _TYPES or (element.tag == "div" and "footnote" in classes):
        inner = (one.get("id") or "" for one in islice(element.iter(), _WIDEST))
        return _named(told or next(filter(_ID.fullmatch, inner), ""))
    return None


def fragment_of(address: str) -> str:
    """The name behind the "#" of an address; "" if there is none."""
    return _named(address.partition("#")[2])


def with_own_links(blocks: Iterable[Block], base: str) -> tuple[Block, ...]:
    """The blocks with links that stay in the text where they lead to a note of it, or back.

    Publishers also write these with the address of the whole page, on the host of ``base``.
    """
    blocks = tuple(blocks)
    names = {block.name for block in blocks if block.name}
    host = _host(base)
    return tuple(_with_own_links(block, names, host) if block.links else block for block in blocks)


def _with_own_links(block: Block, names: set[str], host: str) -> Block:
    links = tuple(_own(link, block, names, host) for link in block.links)
    kept = tuple(link for link in links if link is not None)
    return block if kept == block.links else replace(block, links=kept)


def _own(link: Link, block: Block, names: set[str], host: str) -> Link | None:
    name, is_bare = fragment_of(link.address), link.address.startswith("#")
    here = is_bare or (bool(name) and _host(link.address) == host)
    if here and name in names and name != block.name:
        return replace(link, address=f"#{name}")
    # What is in a note and leads elsewhere in the text leads back to where the note is named.
    return link if not is_bare or block.name else None


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _named(told: str) -> str:
    return clean_line(told, limit=_LONGEST).replace(" ", "")
