"""What is wrong with a query: one sentence each, that says what to write instead."""

from __future__ import annotations

from typing import Final

_EITHER: Final = (
    "there is no {}: for either of two things write text:fab,chip or signal:hiring,expansion;"
    " in quotation marks it is a word that is looked for"
)
_BOTH: Final = (
    "there is no {}: all terms must be true anyway, so leave it out; in quotation marks it is a"
    " word that is looked for"
)
_NEITHER: Final = (
    "there is no {}: write - right before what must not be found, as -rumour; in quotation marks"
    " it is a word that is looked for"
)
_OPERATORS: Final = {
    **dict.fromkeys(("OR", "|", "||"), _EITHER),
    **dict.fromkeys(("AND", "&", "&&"), _BOTH),
    **dict.fromkeys(("NOT", "!"), _NEITHER),
}
"""Other languages' words between terms; in small letters they are words like others."""
_DASHES: Final = "–—−!"
"""What looks like a - before a word, or means one elsewhere."""
_SHORTEST_CUT: Final = 3
"""Letters before a star; a word cut shorter would be meant as it stands."""


class QueryError(Exception):
    """A query that cannot be meant: one sentence that says what is wrong and what to type."""


def too_long(length: int, most: int) -> QueryError:
    """Of more characters than are taken apart."""
    return QueryError(
        f"a query has at most {most:,} characters, and this one has {length:,}: shorten it"
    )


def no_value(field: str, what: str) -> QueryError:
    """A field with nothing right behind it; ``what`` it may be, where that is known."""
    return QueryError(f"“{field}:” wants a value right behind it: {what or f'as {field}:any'}")


def open_list(term: str) -> QueryError:
    """A comma that no value follows."""
    return QueryError(
        f"“{term}” wants another value right behind the comma, without a space between them"
    )


def lone_dash() -> QueryError:
    """A - that leaves nothing out."""
    return QueryError("“-” stands right before what must not be found, as -rumour; leave it out")


def no_phrase() -> QueryError:
    """Quotation marks with nothing in them."""
    return QueryError('quotation marks want words between them, as "data centre"')


def open_phrase(swallowed: str) -> QueryError:
    """A quotation mark that is not closed and swallows what looks like a term."""
    return QueryError(
        f'a quotation mark is not closed: write a second " where the phrase ends,'
        f" before “{swallowed}”"
    )


def nothing_said(typed: str) -> QueryError:
    """What no text can be searched for."""
    return QueryError(f"“{typed}” has no letter and no digit to look for: leave it out")


def between_terms(word: str) -> QueryError | None:
    """The mistake of a word that joins terms elsewhere."""
    said = _OPERATORS.get(word)
    return QueryError(said.format(f"“{word}”")) if said else None


def signed_field(word: str, term: str) -> QueryError:
    """A field behind signs that make it a word."""
    bare = term.lstrip("-")
    return QueryError(
        f"“{word}” is no filter for what stands before it: write {bare}, or -{bare} to leave out"
        " what it finds"
    )


def in_word(word: str) -> QueryError | None:
    """The mistake of signs at a word that would silently mean nothing; None for a plain word."""
    bare = word.lstrip("-" + _DASHES)
    if not any(map(str.isalnum, bare)):
        return None
    if word.startswith("--"):
        return QueryError(f"“{word}” has a - too many: write -{bare}")
    if word[0] in _DASHES:
        return QueryError(
            f"“{word}” begins with a {word[0]} that means nothing: write -{bare} to leave it out,"
            f" or {bare}"
        )
    return _star_in(word)


def _star_in(word: str) -> QueryError | None:
    before, star, after = word.lstrip("-").partition("*")
    if not star or not (any(map(str.isalnum, after)) or len(before) < _SHORTEST_CUT):
        return None
    return QueryError(
        f"“{word}” has a * where it finds nothing: it may stand at the end of a word, behind"
        " three letters or more, as chip*; in quotation marks it is left out"
    )
