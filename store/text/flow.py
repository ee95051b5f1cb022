"""Without this, links would point beside their words once spaces are collapsed and text cleaned."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from store.model import Link, Span
from store.text.clean import DROPPED, aligned

_SEPARATOR = re.compile("[\x1c-\x1f]")
"""What Python splits at though it is no space but a control."""
_BLANK_LINES_BEFORE = re.compile(r"(?:[ \t]*\n)+")


class Flow:
    """The running text of one block, as it is read piece by piece."""

    def __init__(self, address: str = "") -> None:
        self.is_empty = True
        """Whether nothing at all was read."""
        self._pieces: list[str] = []
        self._length = 0
        self._address = address
        self._linked_from = 0
        self._linked: list[tuple[int, int, str]] = []
        self.is_clean = False
        """Whether, once it is finished, cleaning would change nothing of its text."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing but spaces was read."""
        return not any(piece and not piece.isspace() for piece in self._pieces)

    def add(self, piece: str) -> None:
        """Let the text go on, without a space unless the piece brings one."""
        self.is_empty = False
        self._pieces.append(piece)
        self._length += len(piece)

    def add_line_break(self) -> None:
        """Begin a line, unless the text stands at the beginning of one."""
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self.add("\n")

    def link(self, address: str) -> None:
        """What follows leads to ``address``, or nowhere if that is empty."""
        if self._address and self._length > self._linked_from:
            self._linked.append((self._linked_from, self._length, self._address))
        self._address = address
        self._linked_from = self._length

    def finished(self, *, verbatim: bool = False) -> tuple[str, tuple[Link, ...]]:
        """The clean text and its links; runs of spaces count as one unless ``verbatim``."""
        self.link("")
        text = "".join(self._pieces)
        if not verbatim and (plain := self._plain(text)) is not None:
            return plain
        marked = aligned(text, lines=verbatim)
        edges = {edge for start, end, _address in self._linked for edge in (start, end)}
        places = {0: 0}
        parts: list[str] = []
        length = 0
        for start, end in pairwise(sorted({0, self._length, *edges})):
            part = marked[start:end].replace(DROPPED, "")
            if not verbatim:
                part = _with_single_spaces(part)
                if not parts or parts[-1].endswith(" "):
                    part = part.lstrip(" ")
            if part:
                parts.append(part)
            length += len(part)
            places[end] = length
        return self._trimmed("".join(parts), places)

    def _plain(self, text: str) -> tuple[str, tuple[Link, ...]] | None:
        """The same for text whose links stay where they are, as most do; None for other text."""
        words = " ".join(text.split())
        if (self._linked and words != text) or _SEPARATOR.search(text):
            return None
        marked = aligned(words)
        self.is_clean = marked == words
        if self.is_clean:
            return words, self._links_in(words, lambda place: place)
        return None if self._linked else (" ".join(marked.replace(DROPPED, "").split()), ())

    def _trimmed(self, text: str, places: dict[int, int]) -> tuple[str, tuple[Link, ...]]:
        blank = _BLANK_LINES_BEFORE.match(text)
        lead = blank.end() if blank else 0
        text = text[lead:].rstrip()
        return text, self._links_in(text, lambda place: max(places[place] - lead, 0))

    def _links_in(self, text: str, place: Callable[[int], int]) -> tuple[Link, ...]:
        """The links, where ``place`` tells for each edge where it lies in the text now."""
        if not self._linked:
            return ()
        return tuple(
            Link(span=span, address=address)
            for start, end, address in self._linked
            if (span := trimmed(text, Span(place(start), place(end))))
        )


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
    start = span.start + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if end > start else None
