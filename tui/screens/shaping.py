"""Which words the keys take in: edges by a word, whole sentences, and words one by one."""

from __future__ import annotations

from typing import Literal

from store.claims.marking.focus import Focus
from store.claims.marking.shaping import with_next_sentence, without_last_sentence
from store.claims.marking.tagging import Reaction, reshape
from store.text.anchors import stretch
from tui.screens.in_focus import InFocus
from tui.widgets.article_view import WORD

EDGES: dict[str, tuple[Literal["start", "end"], int]] = {
    "]": ("end", 1),
    "[": ("end", -1),
    "}": ("start", 1),
    "{": ("start", -1),
}
KEYS = frozenset({*EDGES, "e", "E"})
"""Those that quote more or less of the text."""
NO_WORDS = "there are no words to pick here"


def reshaped(said: InFocus, key: str, focus: Focus) -> Reaction:
    """A word or a sentence more or less."""
    if key == "e":
        longer = with_next_sentence(said.sentences, focus.span)
        return reshape(focus, longer, refusal="no sentence of the story follows")
    if key == "E":
        shorter = without_last_sentence(said.sentences, focus.span)
        return reshape(focus, shorter, refusal="there is one sentence in it: [ shortens it")
    edge, by = EDGES[key]
    return reshape(focus, stretch(said.text, focus.span, edge=edge, by=by))


# ---------------------------------------------------------------- word mode


def in_word_mode(said: InFocus, key: str, sentence: int, nth: int) -> Reaction | None:
    """Move the cursor or leave the mode; None for a key that acts on the words as on a sentence."""
    cursor = said.words
    if cursor is None:
        return _begun(said, sentence) if key == "v" else None
    moves = {
        WORD + "h": (cursor.moved, -1),
        WORD + "l": (cursor.moved, 1),
        WORD + "b": (cursor.grown, -1),
        WORD + "w": (cursor.grown, 1),
        "]": (cursor.with_end, 1),
        "[": (cursor.with_end, -1),
        "}": (cursor.with_start, 1),
        "{": (cursor.with_start, -1),
    }
    if key in moves:
        move, by = moves[key]
        said.words = move(by)
        return Reaction(say="" if said.words != cursor else "no further in this sentence")
    if key == "v":
        said.leave_words()
        return Reaction()
    if key in ("x", "&"):
        return Reaction(say="words are being picked: Esc leaves them first")
    if key == "enter" and (passage := said.passage(sentence, nth)) is not None:
        said.leave_words()
        return reshape(passage, cursor.span, refusal="that is the passage already")
    return None


def _begun(said: InFocus, sentence: int) -> Reaction:
    return Reaction() if said.begin_words(sentence) else Reaction(say=NO_WORDS)
