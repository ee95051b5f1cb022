"""The text that an entry of a feed becomes."""

from __future__ import annotations

from datetime import datetime

from store.model import Block, ParsedEntry, TextVersion, hash_of, text_of

FIRST_WORDS = 80
"""Characters of the text that stand for a missing title."""
UNTITLED = "Untitled"


def version_of(entry: ParsedEntry, number: int, now: datetime, language: str) -> TextVersion:
    """The text as the feed gives it, with the feed's language where it names none itself."""
    blocks = blocks_of_entry(entry)
    return TextVersion(
        number=number,
        blocks=blocks,
        hash=hash_of(text_of(blocks)),
        language=entry.language or language,
        taken=now,
    )


def blocks_of_entry(entry: ParsedEntry) -> tuple[Block, ...]:
    """What an article of it consists of, its title first."""
    return (Block(kind="title", text=entry.title or _first_words(entry)), *entry.blocks)


def _first_words(entry: ParsedEntry) -> str:
    for block in entry.blocks:
        words = " ".join(block.text.split())
        if len(words) > FIRST_WORDS:
            start = words[:FIRST_WORDS]
            # Text without spaces, as in Chinese, is cut where it is long enough.
            return (start.rpartition(" ")[0] or start) + "…"
        if words:
            return words
    return UNTITLED


def hash_of_entry(entry: ParsedEntry) -> str:
    """What tells its text from every other."""
    return hash_of(text_of(blocks_of_entry(entry)))
