"""What a query says of words, as SQLite FTS5 wants it (https://www.sqlite.org/fts5.html)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Final

from store.model import Value
from store.query import Term, nothing_said
from store.text.matching import is_beginning, tokens_of

COLUMNS: Final = {"text": "", "title": "title", "author": "author"}
"""Fields of a query that the index answers, with its column; "" for all of them."""

Words = Callable[[str], Sequence[str]]
"""The words that begin so, none where they are too many to be named one by one."""


class Said(Value, frozen=True, kw_only=True):
    """The part of a query that the index answers."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    def expression(self, words: Words) -> str:
        """What to look for; empty when nothing is wanted."""
        wanted = " AND ".join(f"({_term(term, words)})" for term in self.wanted)
        unwanted = self.left_out(words)
        return f"({wanted}) NOT ({unwanted})" if wanted and unwanted else wanted

    def in_titles(self, words: Words) -> str:
        """The same where the title says all that is wanted."""
        wanted = " AND ".join(f"({_term(term, words)})" for term in self.wanted)
        unwanted = self.left_out(words)
        found = f"{{title}} : ({wanted})"
        return f"({found}) NOT ({unwanted})" if unwanted else found

    def left_out(self, words: Words) -> str:
        """What must not be found; empty when nothing is left out."""
        return " OR ".join(f"({_term(term, words)})" for term in self.unwanted)


def is_said(term: Term) -> bool:
    """Whether the index answers it."""
    return not term.field or term.field in COLUMNS


def said(terms: Iterable[Term]) -> Said:
    """What these terms say of words; the other ones say nothing.

    Raises:
        QueryError: A word has no letter and no digit: nothing says that.
    """
    mine = [term for term in terms if is_said(term)]
    for value in chain.from_iterable(term.values for term in mine):
        if not tokens_of(value):
            raise nothing_said(value)
    return Said(
        wanted=tuple(term for term in mine if not term.excluded),
        unwanted=tuple(term for term in mine if term.excluded),
    )


def _term(term: Term, words: Words) -> str:
    tokens = [tokens_of(value) for value in term.values]
    anyone = " OR ".join(_phrase(one, words, whole=term.phrase) for one in tokens)
    column = COLUMNS.get(term.field)
    return f"{{{column}}} : ({anyone})" if column else anyone


def _phrase(tokens: Sequence[str], words: Words, *, whole: bool) -> str:
    """Words in that order; the last one may go on, if it is long enough to say something."""
    if not is_beginning(tokens[-1], phrase=whole):
        return _quoted(tokens)
    # One word after the other is quick from the newest on; a prefix is put together first.
    if len(tokens) == 1 and (known := words(tokens[0])):
        return " OR ".join(_quoted([word]) for word in known)
    return f"{_quoted(tokens)} *"


def _quoted(tokens: Iterable[str]) -> str:
    return '"{}"'.format(" ".join(tokens))
