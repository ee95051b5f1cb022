"""Where a text says what was looked for: its words as the search index has them, and their places.

Case, accents and width do not count. A word is a run of letters and digits. Scripts that write no
spaces are taken character by character, so that any run of them can be found.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_letters, digits
from typing import Final
from unicodedata import category, normalize

from store.model import Span
from store.query import Term

SHORTEST_BEGINNING: Final = 3
"""Letters that a word needs to be looked for as a beginning; a shorter one is meant as it is."""

_SPACELESS: Final = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF)),
    *((0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF)),
)
"""Thai and Lao, Burmese, Khmer, kana, Han."""
_POINTS: Final = (
    *((0x0300, 0x036F), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2)),
    *((0x05C4, 0x05C5), (0x05C7, 0x05C7), (0x064B, 0x0652), (0x0670, 0x0670)),
)
"""Accents, and the points that Hebrew and Arabic mostly do without."""
_STRANGE: Final = re.compile("[\x80-\U0010ffff]+")
_ASCII: Final = {
    code: chr(code).lower() if chr(code) in ascii_letters + digits else " " for code in range(128)
}


class _Folding(dict[int, str]):
    """What becomes of each character, found out when it is met for the first time."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _folded(chr(code))
        return found


def _folded(char: str) -> str:
    apart = "".join(one for one in normalize("NFKD", char) if not _within(ord(one), _POINTS))
    return "".join(map(_token_of, normalize("NFC", apart).casefold()))


def _token_of(char: str) -> str:
    if char.isascii():
        return _ASCII[ord(char)]
    kind = category(char)
    if kind == "So" or _within(ord(char), _SPACELESS):
        return f" {char} "
    if kind == "Cf":
        return ""
    return char if kind[0] in "LMN" or kind == "Co" else " "


def _within(code: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(first <= code <= last for first, last in ranges)


_FOLDING: Final = _Folding(_ASCII)
_ASCII_BYTES: Final = "".join(_ASCII.values()).encode("ascii").ljust(256)
_TYPESET: Final = tuple((sign, _folded(sign)) for sign in "’“”‘–—…\u00a0")
"""Without them most English text is ASCII, which is folded ten times as fast."""


def folded(text: str) -> str:
    """The words of a text as they are compared, spaces between them and nothing else."""
    if not text.isascii():
        for sign, instead in _TYPESET:
            text = text.replace(sign, instead)
    if text.isascii():
        return text.encode("ascii").translate(_ASCII_BYTES).decode("ascii")
    return text.translate(_FOLDING)


def tokens_of(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return folded(text).split()


def is_word(text: str) -> bool:
    """Whether that is one word and nothing else: letters and digits with all their marks."""
    return any(map(str.isalnum, text)) and all(category(char)[0] in "LMN" for char in text)


def is_beginning(token: str, *, phrase: bool) -> bool:
    """Whether the last word that was typed also finds the words that begin so."""
    return not phrase and len(token) >= SHORTEST_BEGINNING


def matches(text: str, terms: Iterable[Term]) -> list[Span]:
    """Where the text says the words and phrases that were looked for, in order, none overlapping.

    Terms that leave out, and terms of fields, find nothing, but for words of ``text``, ``title``.
    """
    wanted = _pattern(terms)
    if wanted is None:
        return []
    if text.isascii():
        return [Span(*found.span()) for found in wanted.finditer(folded(text))]
    plain, starts = _aligned(text)
    return list(_spans(wanted, plain, starts))


def _spans(wanted: re.Pattern[str], plain: str, starts: Sequence[int]) -> Iterator[Span]:
    end = 0
    for found in wanted.finditer(plain):
        span = Span(starts[found.start()], starts[found.end() - 1] + 1)
        if span.start >= end:
            yield span
            end = span.end


def _pattern(terms: Iterable[Term]) -> re.Pattern[str] | None:
    """What finds any of the terms in folded text, the longest first."""
    said = []
    for term in terms:
        if term.excluded or term.field not in {"", "text", "title"}:
            continue
        for value in term.values:
            if tokens := tokens_of(value):
                end = "" if is_beginning(tokens[-1], phrase=term.phrase) else "(?![^ ])"
                said.append(" +".join(map(re.escape, tokens)) + end)
    if not said:
        return None
    said.sort(key=len, reverse=True)
    return re.compile(f"(?<![^ ])(?:{'|'.join(said)})")


def _aligned(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each character of it which one of the text it came from."""
    parts: list[str] = []
    starts = array("I")
    at = 0
    for strange in _STRANGE.finditer(text):
        parts.append(folded(text[at : strange.start()]))
        starts.extend(range(at, strange.start()))
        for place in range(*strange.span()):
            made = _FOLDING[ord(text[place])]
            parts.append(made)
            starts.extend([place] * len(made))
        at = strange.end()
    parts.append(folded(text[at:]))
    starts.extend(range(at, len(text)))
    return "".join(parts), starts
