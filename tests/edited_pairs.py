"""Pairs of article versions with the right place of every claim, and what became of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from store.model import Anchor, Block, Sentence, Span, TextVersion, hash_of
from store.text.anchors import anchor_for, find_again
from store.text.sentences import sentences_of

FILE = Path(__file__).parent / "evaluation" / "edited_pairs.toml"


@dataclass(frozen=True)
class Case:
    """A claim on an article that changed."""

    pair: str
    quote: str
    old: str
    new: str
    before: Span
    right: Span | None
    """Where its passage is now; None where it is gone."""

    @property
    def found(self) -> Anchor:
        """What becomes of the claim."""
        sentences = sentences_in(self.old)
        whole = any(one.span == self.before for one in sentences)
        anchor = anchor_for(self.old, self.before, unit="sentence" if whole else "span")
        return find_again(anchor, self.new, sentences_in(self.new))


def cases() -> Iterator[Case]:
    """Every claim of every pair."""
    document = tomllib.loads(FILE.read_text("utf-8"))
    stories = {name: story["text"].strip("\n") for name, story in document["story"].items()}
    for pair in document["pair"]:
        old = new = stories[pair["story"]]
        for before, after in pair["edits"]:
            assert before in new, f"{pair['name']}: {before!r} is not in the text"
            new = new.replace(before, after)
        for quoted, wanted in pair["claims"]:
            nth, quote = _numbered(quoted)
            of, words = _numbered(wanted)
            words = quote if words == "=" else words
            right = _place(new, words, of) if words else None
            yield Case(pair["name"], quote, old, new, _place(old, quote, nth), right)


def sentences_in(text: str) -> tuple[Sentence, ...]:
    title, *paragraphs = text.split("\n")
    blocks = (
        Block(kind="title", text=title),
        *(Block(kind="paragraph", text=one) for one in paragraphs if one),
    )
    kept = "\n".join(block.text for block in blocks)
    assert kept == text, "a text has no empty lines"
    taken = datetime(2026, 11, 22, tzinfo=UTC)
    return sentences_of(TextVersion(number=1, blocks=blocks, hash=hash_of(text), taken=taken))


def _numbered(words: str) -> tuple[int, str]:
    number, colon, rest = words.partition(":")
    return (int(number), rest) if colon and number.isdecimal() else (1, words)


def _place(text: str, words: str, nth: int) -> Span:
    start = -1
    for _ in range(nth):
        start = text.find(words, start + 1)
        assert start >= 0, f"{words!r} does not stand there {nth} times"
    return Span(start, start + len(words))
