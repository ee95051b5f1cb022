"""What one sentence itself says for each code: its triggers and hints, and how much they weigh."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Sequence
from typing import NamedTuple

from store.claims.codebook import Code
from store.claims.codebook.triggers import Hit, Triggers, tokens_of
from store.claims.lexicon import Evidence
from store.model import Span

SILENT = -2.7
"""Log-odds of a code that nothing in a sentence speaks for."""
UNTOLD = -1.7
"""The same where the codebook has no trigger for the code: silence says less then."""
ONE_WORD, MORE_WORDS = 3.3, 4.0
"""What the heaviest trigger adds to the log-odds: one of one word, and a longer one."""
FURTHER = 0.8
"""What each other trigger of the code adds."""
HINT, LONG_HINT = 0.9, 1.3
"""What the first hint adds that no other code has: one of one word, and a longer one."""
SHARED = 0.7
"""Its weight is divided by the number of codes that the same words hint at, to this power."""
HINTS = 2.2
"""What all hints come near, however many: never enough to be shown unasked."""
BESIDE_TRIGGERS = 0.4
"""How much of that counts beside a trigger of the code."""
LONGEST = 400
"""Tokens of a sentence that are looked at: longer ones are no prose."""


class Piece(NamedTuple):
    """Words of a sentence that speak for a code."""

    written: str
    """The trigger or hint as the codebook has it."""
    strong: bool
    """Whether it is a trigger."""
    words: int
    span: Span
    shared: int = 1
    """How many codes the same words hint at."""


Said = dict[str, tuple[Piece, ...]]
"""What a sentence says, by code."""


class Weight(NamedTuple):
    """What all that a sentence says for one code comes to."""

    added: float
    """To the log-odds."""
    strong: bool
    """Whether a trigger is among it, not only hints."""
    span: Span
    """Where its heaviest words stand."""


def silence(code: Code) -> float:
    """Log-odds of a code that nothing in a sentence speaks for."""
    return SILENT if code.triggers else UNTOLD


def evidence_in(text: str, span: Span, triggers: Triggers[Evidence]) -> Said:
    """What a sentence says; the same words count once for a code."""
    said: dict[str, dict[str, Piece]] = {}
    tokens = tokens_of(text, span.start, span.end)[:LONGEST]
    standing = _standing(triggers.find(tokens, text))
    shared = Counter(words for words, _ in {(hit.words, hit.meaning.code) for hit in standing})
    for hit in standing:
        words = text[hit.start : hit.end].lower()
        strong = hit.meaning.kind == "trigger"
        span = Span(hit.start, hit.end)
        piece = Piece(hit.meaning.written, strong, len(hit.words), span, shared[hit.words])
        pieces = said.setdefault(hit.meaning.code, {})
        if words not in pieces or (strong and not pieces[words].strong):
            pieces[words] = piece
    return {code: tuple(pieces.values()) for code, pieces in said.items()}


def weighed(pieces: Sequence[Piece], off: Container[str] = ()) -> Weight:
    """Put pieces for one code together; triggers in ``off`` count as hints."""
    triggers = [piece for piece in pieces if piece.strong and piece.written not in off]
    hints = [piece for piece in pieces if piece not in triggers]
    hinted = HINTS * (1 - math.exp(-sum(map(_hint, hints)) / HINTS))
    if not triggers:
        return Weight(hinted, strong=False, span=max(hints, key=_hint).span)
    heaviest = max(triggers, key=lambda piece: piece.words)
    first = MORE_WORDS if heaviest.words > 1 else ONE_WORD
    added = first + FURTHER * (len(triggers) - 1) + BESIDE_TRIGGERS * hinted
    return Weight(added, strong=True, span=heaviest.span)


def _hint(piece: Piece) -> float:
    """What a hint adds alone: words that hint at many codes say little for each."""
    return (LONG_HINT if piece.words > 1 else HINT) / float(piece.shared**SHARED)


def _standing(hits: Sequence[Hit[Evidence]]) -> list[Hit[Evidence]]:
    """The hits without those that a trap or an unbroken longer trigger explains away.

    "Hiring freeze" is no hiring; "cleared the merger" stays a merger, for words lie between.
    """
    able = [hit for hit in hits if len(hit.words) > 1 or hit.meaning.kind == "trap"]
    return [
        hit
        for hit in hits
        if hit.meaning.kind != "trap" and not any(_explains(other, hit) for other in able)
    ]


def _explains(other: Hit[Evidence], hit: Hit[Evidence]) -> bool:
    if not hit.words <= other.words:
        return False
    if other.meaning.code == hit.meaning.code:
        return other.meaning.kind == "trap" or hit.words < other.words
    unbroken = max(other.words) - min(other.words) < len(other.words)
    return other.meaning.kind == "trigger" and unbroken and hit.words < other.words
