"""Which words a claim quotes: a sentence more or less, or words picked one by one inside one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from store.claims.marking.focus import Chip, Focus
from store.model import Sentence, Span, Value
from store.text.words import words_of


def with_next_sentence(sentences: Sequence[Sentence], span: Span) -> Span:
    """The span up to the end of the sentence after it; the same where none may follow.

    What is never offered (code, promotion) is no part of the story: nothing reaches over it.
    """
    following = next((one for one in sentences if one.span.end > span.end), None)
    if following is None or not following.offered:
        return span
    return Span(span.start, following.span.end)


def without_last_sentence(sentences: Sequence[Sentence], span: Span) -> Span:
    """The span without the sentence that it ends in; the same where that is the only one."""
    ends = [one.span.end for one in sentences if span.start < one.span.end < span.end]
    return Span(span.start, ends[-1]) if ends else span


class WordCursor(Value, frozen=True, kw_only=True):
    """Neighbouring words of a sentence: one end is held, the other moves."""

    words: tuple[Span, ...]
    """All words of the sentence."""
    sentence: Span
    held: int
    at: int
    """Number of the word under the cursor."""

    @property
    def span(self) -> Span:
        """What is picked; all of its words are the sentence, its full stop included."""
        first, last = sorted((self.held, self.at))
        if last - first == len(self.words) - 1:
            return self.sentence
        return Span(self.words[first].start, self.words[last].end)

    @property
    def word(self) -> Span:
        """The word under the cursor."""
        return self.words[self.at]

    def moved(self, by: int) -> WordCursor:
        """Only the word ``by`` words further."""
        at = self._inside(self.at + by)
        return replace(self, held=at, at=at)

    def grown(self, by: int) -> WordCursor:
        """All words from the held one to the word ``by`` words further."""
        return replace(self, at=self._inside(self.at + by))

    def with_end(self, by: int) -> WordCursor:
        """Its last word ``by`` words further, never before its first."""
        first, last = sorted((self.held, self.at))
        return replace(self, held=first, at=max(first, self._inside(last + by)))

    def with_start(self, by: int) -> WordCursor:
        """Its first word ``by`` words further, never behind its last."""
        first, last = sorted((self.held, self.at))
        return replace(self, held=last, at=min(last, self._inside(first + by)))

    def _inside(self, number: int) -> int:
        return max(0, min(number, len(self.words) - 1))


def word_cursor(text: str, sentence: Sentence, span: Span) -> WordCursor | None:
    """A cursor on the first word of a span in a sentence; None where there are no words."""
    words = words_of(text, sentence.span)
    if not words:
        return None
    within = (number for number, word in enumerate(words) if word.start >= span.start)
    first = next(within, 0)
    return WordCursor(words=words, sentence=sentence.span, held=first, at=first)


def words_between(text: str, sentence: Sentence, start: int, end: int) -> WordCursor | None:
    """The words of a sentence from one place in it to another, both counted in code points."""
    words = words_of(text, sentence.span)
    if not words:
        return None
    held, at = (
        next((number for number, word in enumerate(words) if place < word.end), len(words) - 1)
        for place in (start, end)
    )
    return WordCursor(words=words, sentence=sentence.span, held=held, at=at)


def focus_on_words(focus: Focus, span: Span) -> Focus:
    """What a key would say of some words of a sentence of which nothing is stored yet.

    Of each dimension those values stay ticked that the words name; where they name none, all do.
    """
    named = {chip.tag.dimension for chip in focus.chips if chip.on and _is_named_in(chip, span)}
    chips = tuple(
        replace(chip, on=False, tentative=False)
        if chip.on and chip.tag.dimension in named and not _is_named_in(chip, span)
        else chip
        for chip in focus.chips
    )
    return replace(focus, span=span, chips=chips)


def _is_named_in(chip: Chip, span: Span) -> bool:
    mention = chip.tag.mention
    return mention is not None and mention.overlaps(span)


def reaching_in(spans: Iterable[Span], sentence: Span) -> tuple[Span, ...]:
    """What of these spans begins before a sentence and reaches into it, cut to the sentence."""
    return tuple(
        Span(sentence.start, min(span.end, sentence.end))
        for span in spans
        if span.start < sentence.start < span.end
    )
