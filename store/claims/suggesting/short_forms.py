"""What else an article calls a company once it has named it in full: "Great Northern", "GM"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.claims.names.words import words
from store.claims.suggesting.page import Page

SHORTEST_ALONE = 4
"""Letters that the first word of a name needs to stand for the whole."""
SHORTEST_INITIALS, LONGEST_INITIALS = 2, 5


def short_forms(page: Page, name: str) -> list[str]:
    """The name itself, then its beginnings and initials as far as the article uses them."""
    return list(dict.fromkeys((name, *_beginnings(page, name), *_initials(page, name))))


def _beginnings(page: Page, name: str) -> Iterator[str]:
    """As "Great Northern" and "Kuma", where they stand alone and are no words or known names."""
    parts = name.split(" ")
    for count in range(len(parts) - 1, 0, -1):
        begun = " ".join(parts[:count]).rstrip(" &,")
        if begun in page.mention_texts or not _usable(page, begun):
            continue
        if page.stands_alone(begun):
            yield begun


def _usable(page: Page, begun: str) -> bool:
    if " " in begun:
        return True
    known = begun in words("first_words") or begun in words("first_names")
    return len(begun) >= SHORTEST_ALONE and not known and not page.also_lower(begun)


def _initials(page: Page, name: str) -> Iterator[str]:
    """The first letters of its words, or what follows it in brackets and begins as it does."""
    letters = "".join(re.findall(r"\b[A-Z]", name))
    if not SHORTEST_INITIALS <= len(letters) <= LONGEST_INITIALS:
        return
    if letters in words("agencies") or letters in page.mention_texts:
        return
    if page.stands_alone(letters):
        yield letters
