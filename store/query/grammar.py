"""What a person types to find things, taken apart: ``signal:hiring -by:ben "a fab" since:7d``.

A term is a word, a "phrase", or a field and its values, ``region:JP,AU`` meaning either; ``-``
before a term leaves out what it finds. What the fields are, and what they mean, is the business of
whoever is asked. Nothing that is typed counts for nothing: what cannot be meant is a mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from store.model import Value
from store.query import mistakes
from store.query.mistakes import QueryError
from store.query.names import unknown_field

LIMIT = 1000
"""Longest query that is taken apart, in characters."""

_FIELD = re.compile(r"([^\W\d_][\w-]*):(?!//)")
_VALUE = re.compile(r'"([^"]*)"?|([^\s,"]*)')
_WORD = re.compile(r"\S+")
_TERM_INSIDE = re.compile(r"\s(?:-(?=\w)|-?([^\W\d_][\w-]*):)\S*")
"""What would be a term, were it not in a phrase."""
_SIGNED_FIELD = re.compile(r"[^\w\s:-]+(-?([^\W\d_][\w-]*):(?!//)\S*)")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
"""Those that word processors and other languages write."""


class Term(Value, frozen=True, kw_only=True):
    """One condition."""

    field: str = ""
    """Empty for a word or a phrase that is looked for in the text."""
    values: tuple[str, ...]
    """At least one; any of them is enough."""
    phrase: bool = False
    """In quotes: the words as they stand, not only how they begin."""
    excluded: bool = False


def parse(text: str, fields: Mapping[str, str]) -> tuple[Term, ...]:
    """Take a query apart; ``fields`` are told by what may stand behind them, "" where it is open.

    A phrase that is still open goes to the end.

    Raises:
        QueryError: There is no such field, or something that is typed says nothing.
    """
    if len(text) > LIMIT:
        raise mistakes.too_long(len(text), LIMIT)
    return tuple(_terms(text.translate(_QUOTES).strip(), fields))


def unquoted(words: str) -> str:
    """Words without what would end a phrase of them."""
    return words.translate(_QUOTES).replace('"', " ").strip()


def _terms(text: str, fields: Mapping[str, str]) -> Iterator[Term]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        begins = at
        excluded = text[at] == "-"
        at += excluded
        if excluded and not text[at : at + 1].strip():
            raise mistakes.lone_dash()
        if named := _FIELD.match(text, at):
            values, at = _values(text, named.end())
            field = _known(named[1].casefold(), fields)
            if not values:
                raise mistakes.no_value(field, fields[field])
            if text[at - 1] == ",":
                raise mistakes.open_list(text[begins:at])
            yield Term(field=field, values=values, excluded=excluded)
        elif text[at] == '"':
            words, at = _phrase(text, at + 1, fields)
            yield Term(values=(words,), phrase=True, excluded=excluded)
        else:
            word = _WORD.match(text, begins)
            assert word is not None  # noqa: S101 - there is something that is no space
            at = word.end()
            if mistake := _mistake_in(word[0], fields, alone=word[0] == text):
                raise mistake
            yield Term(values=(word[0][excluded:],), excluded=excluded)


def _known(field: str, fields: Mapping[str, str]) -> str:
    if field not in fields:
        raise unknown_field(field, fields)
    return field


def _values(text: str, at: int) -> tuple[tuple[str, ...], int]:
    values = []
    while found := _VALUE.match(text, at):
        if value := (found[1] or found[2] or "").strip():
            values.append(value)
        at = found.end()
        if text[at : at + 1] != ",":
            break
        at += 1
    return tuple(values), at


def _phrase(text: str, at: int, fields: Mapping[str, str]) -> tuple[str, int]:
    """What stands between quotation marks, and where the next term may begin."""
    end = text.find('"', at)
    words = text[at : len(text) if end < 0 else end].strip()
    if not words:
        raise mistakes.no_phrase()
    if end >= 0:
        return words, end + 1
    for inside in _TERM_INSIDE.finditer(words):
        if not inside[1] or inside[1].casefold() in fields:
            raise mistakes.open_phrase(inside[0].strip())
    return words, len(text)


def _mistake_in(word: str, fields: Mapping[str, str], *, alone: bool) -> QueryError | None:
    if not alone and (joins := mistakes.between_terms(word)):
        return joins
    if (signed := _SIGNED_FIELD.match(word)) and signed[2].casefold() in fields:
        return mistakes.signed_field(word, signed[1])
    return mistakes.in_word(word)
