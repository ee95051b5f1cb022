"""Without this, a claim would have no sentence to stand on."""

from __future__ import annotations

from itertools import pairwise

from store.model import Block, Sentence, Span, TextVersion
from store.text.boundaries import ends_of, language_of
from store.text.promotion import is_promotion
from store.text.words import words_of

__all__ = ["sentences_of", "words_of"]

_STATED, _CLOSED = 8, 4
"""Words that make a table's cell prose, and as many where it ends as a sentence does."""
_CELL_BORDER = " | "
_WHOLE = frozenset({"title", "heading", "row", "code", "media"})
"""Blocks that are one step of the cursor, whatever full stops they hold."""


def sentences_of(version: TextVersion) -> tuple[Sentence, ...]:
    """The units of a text in order: together they cover all of it but the spaces between them."""
    language = language_of(version.text, version.language)
    sentences: list[Sentence] = []
    start = 0
    for number, block in enumerate(version.blocks):
        offered = _says_something(block)
        for span in _units(block, language):
            said = offered and not is_promotion(block.text[span.start : span.end])
            place = Span(start + span.start, start + span.end)
            sentences.append(Sentence(span=place, block=number, offered=said))
        start += len(block.text) + 1
    return tuple(sentences)


def _says_something(block: Block) -> bool:
    """Whether it is more than code, a recording, figures in a table's row, a byline, promotion."""
    if block.kind in ("code", "media") or is_promotion(block.text):
        return False
    cells = block.text.split(_CELL_BORDER)
    return block.kind != "row" or len(cells) == 1 or any(map(_is_prose, cells))


def _is_prose(cell: str) -> bool:
    told = len(words_of(cell, Span(0, len(cell))))
    return told >= _STATED or (told >= _CLOSED and cell.rstrip()[-1:] in ".!?。！？…")


def _units(block: Block, language: str) -> list[Span]:
    text = block.text
    ends = [len(text)] if block.kind in _WHOLE else ends_of(text, language)
    units: list[Span] = []
    for start, end in pairwise([0, *ends]):
        piece = text[start:end]
        # Stray quotes and dashes belong to the sentence before; alone they say nothing.
        if units and not any(map(str.isalnum, piece)):
            units[-1] = Span(units[-1].start, end)
        elif piece.strip():
            units.append(Span(start, end))
    return [_trimmed(text, unit) for unit in units]


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))
