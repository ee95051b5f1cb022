"""Names in running text: finding the longest known one at a word, and what makes an id of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Generic, TypeVar
from unicodedata import combining, normalize

Named = TypeVar("Named")

WORD = re.compile(r"\w+")
SHORTEST_DATELINE = 4
"""Letters that a name in capitals needs to be tried as "London": shorter ones are acronyms."""

_LEVELLED = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ",
                           "\u2009": " ", "‑": "-", "‐": "-"})  # fmt: skip


def level(text: str) -> str:
    """The text with one kind of apostrophe, space and hyphen; every offset stays."""
    return text.translate(_LEVELLED)


def fold(text: str) -> str:
    """The text without case and diacritics, for comparing what people type."""
    if text.isascii():
        return text.casefold().strip()
    apart = normalize("NFKD", level(text))
    return "".join(char for char in apart if not combining(char)).casefold().strip()


def slug(text: str) -> str:
    """The letters and digits of a name in any script, joined by hyphens; "" if it has none."""
    return "-".join(WORD.findall(fold(text).replace("'", "").replace("_", " ")))


def company_id(name: str) -> str:
    """The id of a company called so, as "org:anthropic"; the same for every spelling of it."""
    if made := slug(name):
        return f"org:{made}"
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=6)
    return f"org:x-{digest.hexdigest()}"


class Names(Generic[Named]):
    """Names that are looked for in texts, by their first word."""

    def __init__(self, named: Iterable[tuple[str, Named]]) -> None:
        heads: dict[str, list[tuple[str, Named]]] = {}
        for name, meaning in named:
            plain = level(name)
            if first := WORD.search(plain):
                heads.setdefault(first.group(), []).append((plain, meaning))
        for found in heads.values():
            if len(found) > 1:
                found.sort(key=lambda pair: -len(pair[0]))
        self._heads = heads
        self.heads = heads.keys()
        """The words that names start with."""

    def __contains__(self, word: str) -> bool:
        """Whether any name starts with this word, as it is written."""
        return word in self._heads

    def at(self, text: str, start: int, word: str) -> tuple[int, Named] | None:
        """Where the longest name that starts with this word ends, and what it names.

        ``text`` is levelled. A word in capitals is also tried as a name in capitals (LONDON).
        """
        for name, meaning in self._heads.get(word, ()):
            end = start + len(name)
            if text.startswith(name, start) and _ends_word(text, end):
                return end, meaning
        if len(word) >= SHORTEST_DATELINE and word.isupper():
            for name, meaning in self._heads.get(word.title(), ()):
                end = start + len(name)
                if text[start:end] == name.upper() and _ends_word(text, end):
                    return end, meaning
        return None


def _ends_word(text: str, end: int) -> bool:
    after = text[end : end + 1]
    return not (after.isalnum() or after == "_" or (after and combining(after) > 0))
