"""Without this, links would point beside their words once spaces are collapsed and text cleaned."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

from store.model import Link, Span
from store.text.clean import DROPPED, aligned, is_ordinary

_SEPARATOR = re.compile("[\x1c-\x1f]")
"""What Python splits at though it is no space but a control."""
_BLANK_LINES_BEFORE = re.compile(r"(?:[ \t]*\n)+")


class Flow:
    """The running text of one block, as it is read piece by piece."""

    __slots__ = ("_address", "_linked", "_linked_from", "is_clean", "pieces")

    def __init__(self, address: str = "") -> None:
        self.pieces: list[str] = []
        """What was read, none of it empty. To append to it lets the text go on."""
        self._address = address
        self._linked_from = 0
        self._linked: list[tuple[int, int, str]] = []
        """First piece, the one behind the last, and where they lead."""
        self.is_clean = False
        """Whether, once it is finished, cleaning would change nothing of its text."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing but spaces was read."""
        return all(piece.isspace() for piece in self.pieces)

    def add_line_break(self) -> None:
        """Begin a line, unless the text stands at the beginning of one."""
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")

    def link(self, address: str) -> None:
        """What follows leads to ``address``, or nowhere if that is empty."""
        read = len(self.pieces)
        if self._address and read > self._linked_from:
            self._linked.append((self._linked_from, read, self._address))
        self._address = address
        self._linked_from = read

    def finished(self, *, verbatim: bool = False) -> tuple[str, tuple[Link, ...]]:
        """The clean text and its links; runs of spaces count as one unless ``verbatim``."""
        if self._address:
            self.link("")
        text = "".join(self.pieces)
        linked = self._linked_text() if self._linked else []
        if not verbatim:
            # Most text is as it will stay, and asked first, because all else costs more.
            if text and "  " not in text and text[0] != " " != text[-1] and is_ordinary(text):
                self.is_clean = True
                return text, _links_in_words(text, linked) if linked else ()
            if (plain := self._plain(text, linked)) is not None:
                return plain
        marked = aligned(text, lines=verbatim)
        edges = {edge for start, end, _address in linked for edge in (start, end)}
        places = {0: 0}
        parts: list[str] = []
        length = 0
        for start, end in pairwise(sorted({0, len(text), *edges})):
            part = marked[start:end].replace(DROPPED, "")
            if not verbatim:
                part = _with_single_spaces(part)
                if not parts or parts[-1].endswith(" "):
                    part = part.lstrip(" ")
            if part:
                parts.append(part)
            length += len(part)
            places[end] = length
        return _trimmed("".join(parts), places, linked)

    def _linked_text(self) -> list[tuple[int, int, str]]:
        """Where the linked pieces stand in the text, in code points."""
        starts = [0, *accumulate(map(len, self.pieces))]
        return [(starts[first], starts[last], address) for first, last, address in self._linked]

    def _plain(
        self, text: str, linked: list[tuple[int, int, str]]
    ) -> tuple[str, tuple[Link, ...]] | None:
        """The same for text whose links stay where they are, as most do; None for other text."""
        words = " ".join(text.split())
        if words != text and (linked or _SEPARATOR.search(text)):
            return None
        marked = aligned(words)
        self.is_clean = marked == words
        if self.is_clean:
            return words, _links_in(words, linked) if linked else ()
        return None if linked else (" ".join(marked.replace(DROPPED, "").split()), ())


def _trimmed(
    text: str, places: dict[int, int], linked: list[tuple[int, int, str]]
) -> tuple[str, tuple[Link, ...]]:
    """The text without blank lines before it, and its links, once ``places`` are known."""
    blank = _BLANK_LINES_BEFORE.match(text)
    lead = blank.end() if blank else 0
    text = text[lead:].rstrip()
    moved = [
        (max(places[start] - lead, 0), max(places[end] - lead, 0), address)
        for start, end, address in linked
    ]
    return text, _links_in(text, moved)


def _links_in(text: str, linked: list[tuple[int, int, str]]) -> tuple[Link, ...]:
    return tuple(
        [
            Link(span=span, address=address)
            for start, end, address in linked
            if (span := trimmed(text, Span(start, end)))
        ]
    )


def _links_in_words(text: str, linked: list[tuple[int, int, str]]) -> tuple[Link, ...]:
    """The same for text whose only spaces are single ones between words."""
    links = []
    for start, end, address in linked:
        # None of them is empty.
        span = Span(start + (text[start] == " "), end - (text[end - 1] == " "))
        if span.end > span.start:
            links.append(Link(span=span, address=address))
    return tuple(links)


def _with_single_spaces(part: str) -> str:
    """The part with each run of spaces as one; quicker than a pattern, which makes each anew."""
    words = " ".join(part.split())
    if not words:
        return " " if part else ""
    lead, end = part[0].isspace(), part[-1].isspace()
    return f"{' ' * lead}{words}{' ' * end}" if lead or end else words


def trimmed(text: str, span: Span) -> Span | None:
    """The span without the spaces at its edges, or None if there is nothing else in it."""
    words = text[span.start : span.end]
    bare = words.strip()
    if not bare:
        return None
    if len(bare) == len(span):
        return span
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(bare))
