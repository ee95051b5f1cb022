"""The items of a document, found without parsing it, so that those parsed before are cut out.

Most of a changed feed is as it was: finding and hashing its items costs a twentieth of parsing
them. The rest must give what the whole would: so only a plain document is cut, by its own tags,
and whatever stands around its items is part of each item's hash.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

from store.model import Span

VERSION = 1
"""Of all that turns an item into an entry. A higher one lets every item be parsed anew."""

_TOKEN = re.compile(
    r"<(?:(?P<comment>!--)|(?P<data>!\[CDATA\[)|(?P<instruction>\?)|(?P<declaration>!)"
    r"|(?P<end>/)?(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s/>]))",
    re.IGNORECASE,
)
_ENDS = {"comment": "-->", "data": "]]>", "instruction": "?>"}
# In XML no attribute holds "<"; without that, each of many open quotes would be read to the end.
_REST_OF_TAG = re.compile(r"""(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>""")
_VARIES = re.compile(
    r"<!--.*?(?:-->|\Z)|<rdf:li\b[^<>]*>"
    r"|<((?:[\w.-]{1,40}:)?(?:lastBuildDate|pubDate|updated|modified|date))\b[^<>]*>[^<]*</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
"""What is new around the items each time and says nothing of them."""


class Items(NamedTuple):
    """A document and where its items stand."""

    text: str
    spans: tuple[Span, ...]
    hashes: tuple[str, ...]
    """Of each item, with what stands around the items."""

    def without(self, seen: Collection[str]) -> str:
        """The document without the items of these hashes."""
        cut = [span for span, hashed in zip(self.spans, self.hashes, strict=True) if hashed in seen]
        return "".join(_between(self.text, cut))

    def beginning(self, most: int) -> str:
        """The document without the items after its first ``most``."""
        return "".join(_between(self.text, self.spans[most:]))


def items_of(text: str, *, address: str) -> Items | None:
    """The items of a document from ``address``; None if it is not plain: with a DTD, unbalanced."""
    spans = _spans(text)
    if spans is None:
        return None
    around = "\n".join(filter(None, map(str.strip, _between(text, spans))))
    told = f"{VERSION}\0{address}\0{_VARIES.sub('', around)}"
    key = blake2b(told.encode("utf-8", "replace"), digest_size=32).digest()
    return Items(text, tuple(spans), tuple(_hash(text[s.start : s.end], key) for s in spans))


def _spans(text: str) -> list[Span] | None:
    spans: list[Span] = []
    depth = at = start = 0
    while token := _TOKEN.search(text, at):
        kind = token.lastgroup
        if kind == "declaration":
            return None
        if kind in _ENDS:
            at = text.find(_ENDS[kind], token.end()) + len(_ENDS[kind])
            if at < token.end():
                return None
            continue
        rest = _REST_OF_TAG.match(text, token.end())
        if rest is None:
            return None
        at = rest.end()
        start = start if depth else token.start()
        if kind == "end":
            depth -= 1
        elif text[at - 2] != "/":
            depth += 1
        if depth < 0:
            return None
        if not depth:
            spans.append(Span(start, at))
    return None if depth else spans


def _between(text: str, spans: Collection[Span]) -> list[str]:
    edges = [(0, 0), *((span.start, span.end) for span in spans), (len(text), len(text))]
    return [text[end:start] for (_, end), (start, _) in pairwise(edges)]


def _hash(item: str, key: bytes) -> str:
    return blake2b(item.encode("utf-8", "replace"), digest_size=8, key=key).hexdigest()
