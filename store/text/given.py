"""A text from elsewhere, laid out as an article, with the way back to the text as it was given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from store.model import Block, Sentence, Span, TextVersion, hash_of, text_of
from store.text.clean import DROPPED, TITLE_LIMIT, aligned, clean
from store.text.promotion import is_promotion
from store.text.sentences import sentences_of

_BLANK_LINES = re.compile(rf"\n[\s{DROPPED}]*\n")
_NO_TIME = datetime.fromtimestamp(0, UTC)
"""Nobody took it from the web."""
_WORDS = re.compile(rf"[^\s{DROPPED}]+")


class Given:
    """An article's text with its sentences, the title first, also where it is empty."""

    def __init__(self, title: str) -> None:
        self._blocks = [Block(kind="title", text=" ".join(clean(title, limit=TITLE_LIMIT).split()))]
        self._length = len(self._blocks[0].text)
        self._starts: list[int] = []
        self._given: list[int] = []

    def add(self, text: str, start: int, end: int) -> Span:
        """Let a stretch of what was given be the next paragraph; return where it stands now."""
        marked = aligned(text[start:end], lines=True)
        self._length += 1  # the line feed before it
        first, last = self._length, 0
        parts: list[str] = []
        for run in _WORDS.finditer(marked):
            if parts and not set(marked[last : run.start()]) <= {DROPPED}:
                parts.append(" ")
                self._length += 1
            self._remember(self._length, start + run.start())
            parts.append(run.group())
            self._length += len(run.group())
            last = run.end()
        self._blocks.append(Block(kind="paragraph", text="".join(parts)))
        return Span(first, self._length)

    def _remember(self, offset: int, given: int) -> None:
        """Note where words were given, unless they follow on what is known."""
        if not self._starts or offset - self._starts[-1] != given - self._given[-1]:
            self._starts.append(offset)
            self._given.append(given)

    def place(self, span: Span) -> Span | None:
        """Where a stretch of the laid out text was given; None for the title and for nothing."""
        if span.end <= span.start or not self._starts or span.start < self._starts[0]:
            return None
        return Span(self._place(span.start), self._place(span.end - 1) + 1)

    def _place(self, offset: int) -> int:
        known = bisect_right(self._starts, offset) - 1
        return self._given[known] + offset - self._starts[known]

    @property
    def version(self) -> TextVersion:
        """The text as the suggester reads it."""
        blocks = tuple(self._blocks)
        return TextVersion(number=1, blocks=blocks, hash=hash_of(text_of(blocks)), taken=_NO_TIME)

    @property
    def title(self) -> Sentence:
        """The title as a sentence, which may be empty."""
        return Sentence(span=Span(0, len(self._blocks[0].text)), block=0)


def running_text(given: Given, text: str, *, start: int = 0) -> Sequence[Sentence]:
    """Lay out a text from ``start`` on, a blank line between paragraphs; return its sentences.

    The first sentence is the title.
    """
    marked = aligned(text, lines=True)
    begin = start
    for blank in _BLANK_LINES.finditer(marked, start):
        given.add(text, begin, blank.start())
        begin = blank.end()
    given.add(text, begin, len(text))
    found = sentences_of(given.version)
    return found if found and not found[0].block else (given.title, *found)


def cut_sentences(given: Given, sentences: Iterable[str]) -> Sequence[Sentence]:
    """Lay out sentences that are cut already: none is cut again, joined to another or left out.

    What was given is taken to be all of them, joined by one line feed.
    """
    whole = list(sentences)
    text = "\n".join(whole)
    found, start = [given.title], 0
    for number, sentence in enumerate(whole, 1):
        span = given.add(text, start, start + len(sentence))
        offered = len(span) > 0 and not is_promotion(sentence)
        found.append(Sentence(span=span, block=number, offered=offered))
        start += len(sentence) + 1
    return found
