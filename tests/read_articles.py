"""Articles of one sentence a paragraph, and what the suggester reads in them."""

from __future__ import annotations

from datetime import UTC, datetime

from store.claims.codebook.file import load_codebook
from store.claims.lexicon import Lexicon
from store.claims.suggesting.suggest import suggest
from store.model import Block, Sentence, Span, Suggestion, TextVersion, hash_of, text_of

LEXICON = Lexicon(load_codebook())


def article(*texts: str) -> tuple[TextVersion, list[Sentence]]:
    """A title and paragraphs of one sentence each."""
    blocks = tuple(
        Block(kind="paragraph" if number else "title", text=text)
        for number, text in enumerate(texts)
    )
    whole = text_of(blocks)
    sentences, start = [], 0
    for number, text in enumerate(texts):
        sentences.append(Sentence(Span(start, start + len(text)), number))
        start += len(text) + 1
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    return TextVersion(number=1, blocks=blocks, hash=hash_of(whole), taken=taken), sentences


def read(*texts: str, lexicon: Lexicon = LEXICON) -> tuple[Suggestion, ...]:
    return suggest(*article(*texts), lexicon)


def shown(suggestion: Suggestion, dimension: str) -> list[str]:
    return [value.code for value in suggestion.of(dimension) if value.shown]
