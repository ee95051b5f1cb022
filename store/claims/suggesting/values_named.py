"""The values of a person's own dimensions that a sentence names."""

from __future__ import annotations

from collections.abc import Iterator

from store.claims.names import WORD
from store.claims.suggesting.page import Found, Page

NAMED = 0.9
"""Score of a value whose very name the sentence has."""


def values_named(page: Page, dimension: str, place: int) -> Iterator[Found]:
    """The values of an open dimension that a sentence names, in order of the text."""
    names = page.lexicon.value_names
    span = page.sentences[place].span
    taken = 0
    for word in WORD.finditer(page.text, span.start, span.end):
        at = names.at(page.text, word.start(), word.group()) if word.start() >= taken else None
        if at is not None and at[1].dimension == dimension:
            taken, tag = at
            yield Found(word.start(), taken, tag.code, tag.label, NAMED, "is named here")


def aside(found: Iterator[Found] | list[Found], score: float) -> list[Found]:
    """The same, ranked and not sure: for a second dimension of regions, which may mean another."""
    return [one._replace(score=min(one.score, score)) for one in found]
