"""Without this, links and emphasis would stand beside their words once spaces are collapsed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from store.model import EmphasisKind, Span
from store.text.clean import DROPPED, aligned, is_ordinary

_SEPARATOR = re.compile("[\x1c-\x1f]")
"""What Python splits at though it is no space but a control."""
_BLANK_LINES_BEFORE = re.compile(r"(?:[ \t]*\n)+")


class Marked(NamedTuple):
    """Some words of a text that are more than text."""

    span: Span
    """In code points of the text; empty only for the cell of a row that says nothing."""
    what: str
    """"link", "cell" or the kind of an emphasis."""
    address: str = ""
    """Where a link leads."""


_Run = tuple[int, int, str, str]
"""First piece and the one behind the last, or first character and so on; what; an address."""


class Flow:
    """The running text of one block, as it is read piece by piece."""

    __slots__ = ("_address", "_cell_from", "_linked_from", "_open", "_runs", "is_clean", "pieces")

    def __init__(self, address: str = "", emphases: Iterable[EmphasisKind] = ()) -> None:
        self.pieces: list[str] = []
        """What was read, none of it empty. To append to it lets the text go on."""
        self._address = address
        self._linked_from = 0
        self._cell_from: int | None = None
        self._open: list[tuple[int, EmphasisKind]] = [(0, kind) for kind in emphases]
        self._runs: list[_Run] = []
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
            self._runs.append((self._linked_from, read, "link", self._address))
        self._address = address
        self._linked_from = read

    def emphasise(self, kind: EmphasisKind) -> None:
        """What follows is set so, until that ends."""
        self._open.append((len(self.pieces), kind))

    def end_emphasis(self, kind: EmphasisKind) -> None:
        """What was set so ends."""
        for number, (first, opened) in enumerate(self._open):
            if opened == kind:
                del self._open[number]
                if len(self.pieces) > first:
                    self._runs.append((first, len(self.pieces), kind, ""))
                return

    def begin_cell(self, border: str) -> None:
        """What follows is the next cell of a row, behind a border unless that is empty."""
        if self._cell_from is not None:
            self._runs.append((self._cell_from, len(self.pieces), "cell", ""))
        if border:
            self.pieces.append(border)
        self._cell_from = len(self.pieces)

    def finished(self, *, verbatim: bool = False) -> tuple[str, tuple[Marked, ...]]:
        """The clean text and what is marked in it; spaces count as one unless ``verbatim``."""
        if self._address:
            self.link("")
        while self._open:
            self.end_emphasis(self._open[-1][1])
        if self._cell_from is not None:
            self._runs.append((self._cell_from, len(self.pieces), "cell", ""))
        text = "".join(self.pieces)
        runs = self._runs_of_text() if self._runs else []
        if not verbatim:
            # Most text is as it will stay, and asked first, because all else costs more.
            if text and "  " not in text and text[0] != " " != text[-1] and is_ordinary(text):
                self.is_clean = True
                return text, _marked_in_words(text, runs) if runs else ()
            if (plain := self._plain(text, runs)) is not None:
                return plain
        marked = aligned(text, lines=verbatim)
        edges = {edge for run in runs for edge in run[:2]}
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
        return _trimmed("".join(parts), places, runs)

    def _runs_of_text(self) -> list[_Run]:
        """Where what is marked stands in the text, in code points."""
        starts = [0, *accumulate(map(len, self.pieces))]
        return [
            (starts[first], starts[last], what, address)
            for first, last, what, address in self._runs
        ]

    def _plain(self, text: str, runs: list[_Run]) -> tuple[str, tuple[Marked, ...]] | None:
        """The same for text whose marks stay where they are, as most do; None for other text."""
        words = " ".join(text.split())
        if words != text and (runs or _SEPARATOR.search(text)):
            return None
        marked = aligned(words)
        self.is_clean = marked == words
        if self.is_clean:
            return words, _marked_in(words, runs) if runs else ()
        return None if runs else (" ".join(marked.replace(DROPPED, "").split()), ())


def _trimmed(text: str, places: dict[int, int], runs: list[_Run]) -> tuple[str, tuple[Marked, ...]]:
    """The text without blank lines before it, and its marks, once ``places`` are known."""
    blank = _BLANK_LINES_BEFORE.match(text)
    lead = blank.end() if blank else 0
    text = text[lead:].rstrip()
    moved = [
        (max(places[start] - lead, 0), max(places[end] - lead, 0), what, address)
        for start, end, what, address in runs
    ]
    return text, _marked_in(text, moved)


def _marked_in(text: str, runs: list[_Run]) -> tuple[Marked, ...]:
    marked = []
    for start, end, what, address in runs:
        span = trimmed(text, Span(start, end))
        if span is None and what == "cell":
            at = min(start, len(text))
            span = Span(at, at)
        if span is not None:
            marked.append(Marked(span, what, address))
    return tuple(marked)


def _marked_in_words(text: str, runs: list[_Run]) -> tuple[Marked, ...]:
    """The same for text whose only spaces are single ones between words."""
    marked = []
    for start, end, what, address in runs:
        if start == end:  # an empty cell; nothing else is empty
            marked.append(Marked(Span(start, end), what, address))
            continue
        span = Span(start + (text[start] == " "), end - (text[end - 1] == " "))
        if span.end > span.start:
            marked.append(Marked(span, what, address))
        elif what == "cell":
            marked.append(Marked(Span(start, start), what, address))
    return tuple(marked)


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
