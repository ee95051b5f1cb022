"""What a publisher changed in a text: sentence by sentence, and in a changed one word by word.

Sentences are matched by longest common subsequence, so each text reads on in its own order. What
stands between those that stayed is paired by likeness; the rest came or went. All is bounded:
where comparing would take long, the text went and came as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from store.model import Span, TextVersion
from store.text.sentences import sentences_of
from store.text.words import words_of

PassageKind = Literal["same", "added", "removed", "changed"]
WordsKind = Literal["same", "added", "removed"]

LEAST_LIKENESS = 65
"""Per cent of their letters that two sentences share, in order, to be one that was changed."""
MOST_PAIRS = 20_000
"""Pairs of sentences of one text that are looked at for likeness."""
MOST_MATCHED = 9_000_000
"""Product of the numbers of sentences that are matched; it costs that many bits."""
LONGEST = 1_000
"""Characters of a sentence that are looked at for likeness."""
MOST_WORDS = 2_000
"""Of a sentence; a longer one went and came as a whole."""


class Words(NamedTuple):
    """Some words of a passage, with the spaces and signs between them."""

    kind: WordsKind
    text: str


class Passage(NamedTuple):
    """A sentence as it is, or as it was changed, with its places in both texts."""

    kind: PassageKind
    words: tuple[Words, ...]
    before: Span | None = None
    """Where it stands in the older text; None for what was added."""
    after: Span | None = None
    """Where it stands in the newer text; None for what was removed."""


def changes(older: TextVersion, newer: TextVersion) -> tuple[Passage, ...]:
    """All sentences of two texts in their order, those that stayed too."""
    old, new = _Sentences.of(older), _Sentences.of(newer)
    passages: list[Passage] = []
    budget = MOST_PAIRS
    for same, olds, news in _stretches(old.texts, new.texts):
        if same:
            passages += [
                Passage("same", (Words("same", new.texts[j]),), old.spans[i], new.spans[j])
                for i, j in zip(olds, news, strict=True)
            ]
            continue
        looked_at = len(olds) * len(news)
        pairs = _pairs(old, new, olds, news) if looked_at <= budget else []
        budget -= looked_at if pairs else 0
        passages += _told(old, new, olds, news, pairs)
    return tuple(passages)


class _Sentences(NamedTuple):
    texts: list[str]
    spans: list[Span]

    @classmethod
    def of(cls, version: TextVersion) -> _Sentences:
        text = version.text
        spans = [sentence.span for sentence in sentences_of(version)]
        return cls([text[span.start : span.end] for span in spans], spans)


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, range, range]]:
    """By turns what is the same in both, and what differs, as ranges of sentence numbers."""
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield True, range(head), range(head)
    i, j = head, head
    if (old_end - head) * (new_end - head) <= MOST_MATCHED:
        for block in Indel.opcodes(old[head:old_end], new[head:new_end]).as_matching_blocks():
            a, b = head + block.a, head + block.b
            if block.size:
                if a > i or b > j:
                    yield False, range(i, a), range(j, b)
                yield True, range(a, a + block.size), range(b, b + block.size)
                i, j = a + block.size, b + block.size
    if old_end > i or new_end > j:
        yield False, range(i, old_end), range(j, new_end)
    if tail:
        yield True, range(old_end, len(old)), range(new_end, len(new))


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """How many sentences both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _pairs(old: _Sentences, new: _Sentences, olds: range, news: range) -> list[tuple[int, int]]:
    """Sentences that are one, changed: in the order of both texts, as like as can be in all."""
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    like = [[_likeness(old.texts[i], new.texts[j]) for j in news] for i in olds]
    for i in reversed(range(len(olds))):
        for j in reversed(range(len(news))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + like[i][j])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(olds) and j < len(news):
        if like[i][j] and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            pairs.append((olds[i], news[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(old: str, new: str) -> float:
    return fuzz.ratio(old[:LONGEST], new[:LONGEST], score_cutoff=LEAST_LIKENESS)


def _told(
    old: _Sentences, new: _Sentences, olds: range, news: range, pairs: Sequence[tuple[int, int]]
) -> Iterator[Passage]:
    """What differs, each changed sentence between what went and what came before and after it."""
    i, j = olds.start, news.start
    for next_i, next_j in (*pairs, (olds.stop, news.stop)):
        for gone in range(i, next_i):
            yield Passage("removed", (Words("removed", old.texts[gone]),), before=old.spans[gone])
        for come in range(j, next_j):
            yield Passage("added", (Words("added", new.texts[come]),), after=new.spans[come])
        if next_i < olds.stop and next_j < news.stop:
            words = tuple(_words(old.texts[next_i], new.texts[next_j]))
            yield Passage("changed", words, old.spans[next_i], new.spans[next_j])
        i, j = next_i + 1, next_j + 1


def _words(old: str, new: str) -> Iterator[Words]:
    """A changed sentence: what stayed, and at each change what went before what came."""
    was, now = _tokens(old), _tokens(new)
    if max(len(was), len(now)) > MOST_WORDS:
        yield from (Words("removed", old), Words("added", new))
        return
    gone = come = ""
    for code in Indel.opcodes(was, now):
        taken = "".join(was[code.src_start : code.src_end])
        put = "".join(now[code.dest_start : code.dest_end])
        if code.tag != "equal":
            gone, come = gone + taken, come + put
        elif (gone or come) and not any(map(str.isalnum, taken)) and code.src_end < len(was):
            # A space between two changed words is no rest for the eye.
            gone, come = gone + taken, come + taken
        else:
            yield from _change(gone, come)
            gone = come = ""
            yield Words("same", taken)
    yield from _change(gone, come)


def _change(gone: str, come: str) -> Iterator[Words]:
    """What went and what came; spaces that both end with stay behind them."""
    end = len(gone) - len(gone.rstrip()) if gone and come else 0
    rest = gone[len(gone) - end :]
    if not come.endswith(rest):
        rest = ""
    if gone := gone.removesuffix(rest):
        yield Words("removed", gone)
    if come := come.removesuffix(rest):
        yield Words("added", come)
    if rest:
        yield Words("same", rest)


def _tokens(text: str) -> list[str]:
    """Words, and what stands between them, in order."""
    tokens: list[str] = []
    end = 0
    for word in words_of(text, Span(0, len(text))):
        if word.start > end:
            tokens.append(text[end : word.start])
        tokens.append(text[word.start : word.end])
        end = word.end
    if end < len(text):
        tokens.append(text[end:])
    return tokens
