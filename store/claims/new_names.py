"""Companies in no list, wherever they stand, once the text has made them known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from store.claims.names import WORD, Names, company_id
from store.claims.page import Found, Page
from store.claims.proofs import Proof, proof_of
from store.claims.regions import Place
from store.claims.words import words

MOST_NEW = 40
"""Names that one article may make known; only lists of firms have more."""
NAMED_AGAIN = 2
"""Mentions that a name needs to be known by what it does."""
SHORTEST_ALONE = 4
"""Letters that the first word of a name needs to stand for the whole."""

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŽŹŻ"
_CAP = rf"[{CAPITAL}]\w*(?:[-&'/][{CAPITAL}]\w*)*"
RUN = re.compile(rf"(?<![\w@#])({_CAP}(?: (?:& )?(?:{_CAP})){{0,4}})")


def companies_made_known(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """The companies that a text itself makes known, beside those already found."""
    busy = bytearray(len(page.text))
    for listed in found:
        _take(busy, listed.start, listed.end)
    new = _new(page, busy)
    whole = [name for name in new if not _begins_another(name, new)]
    called = [(spelled, new[name]) for name in whole for spelled in _short_forms(page, name)]
    yield from _everywhere(page, Names(called), busy) if called else ()


def _new(page: Page, busy: bytearray) -> dict[str, Proof]:
    """The best proof for each name that has one."""
    phrases = _phrases(page)
    runs = [_without_leaders(run) for run in RUN.finditer(page.text)]
    times = Counter(name for _, name in runs)
    surnames = set(_surnames(page, runs))
    new: dict[str, Proof] = {}
    for start, name in runs:
        if not name or _taken(busy, start, name) or _taken(phrases, start, name):
            continue
        acts = times[name] >= NAMED_AGAIN and name not in surnames
        proof = proof_of(page, start, name, may_act=acts)
        if proof:
            new[proof.bare] = max(new.get(proof.bare, proof), proof)
            if len(new) >= MOST_NEW:
                break
    return new


def _surnames(page: Page, runs: Iterable[tuple[int, str]]) -> Iterator[str]:
    """Last words of longer names, "Moe" of "Henrik Moe", and what follows a title."""
    for start, name in runs:
        before, _, last = name.rpartition(" ")
        longer = before and before not in page.mention_texts and not page.headline_case(start)
        if longer or page.names_person(start):
            yield last


def _begins_another(name: str, names: Iterable[str]) -> bool:
    """Whether it is the short form of another: "Brightwater" of "Brightwater Compute"."""
    return any(other.startswith(name + " ") for other in names)


def _everywhere(page: Page, names: Names[Proof], busy: bytearray) -> Iterator[Found]:
    for word in WORD.finditer(page.text):
        start = word.start()
        hit = names.at(page.text, start, word.group())
        if hit and not _taken(busy, start, page.text[start : hit[0]]):
            end, proof = hit
            _take(busy, start, end)
            id_ = company_id(proof.bare)
            yield Found(start, end, id_, proof.bare, proof.score, proof.reason)


def _phrases(page: Page) -> bytearray:
    """Where the text holds phrases such as "New York Times", or nothing but a place."""
    marked = bytearray(len(page.text))
    for mention in page.mentions:
        if isinstance(mention.meaning, Place) and mention.meaning.how == "phrase":
            _take(marked, mention.start, mention.end)
    return marked


def _take(mask: bytearray, start: int, end: int) -> None:
    mask[start:end] = b"\1" * (end - start)


def _taken(mask: bytearray, start: int, name: str) -> bool:
    return mask.find(1, start, start + len(name)) >= 0


def _without_leaders(run: re.Match[str]) -> tuple[int, str]:
    start, name = run.start(), run.group()
    while name:
        first, _, rest = name.partition(" ")
        if first not in words("leaders"):
            break
        start, name = start + len(first) + 1, rest
    return start, re.sub(r"'s$|'$", "", name)


def _short_forms(page: Page, name: str) -> list[str]:
    """The name, and its first word if the article uses that alone for it."""
    first = name.partition(" ")[0]
    alone = re.search(rf"(?<![\w-]){re.escape(first)}(?! [{CAPITAL}])(?!\w)", page.text)
    common = re.search(rf"\b{re.escape(first.lower())}\b", page.text)
    usable = len(first) >= SHORTEST_ALONE and first not in page.mention_texts
    return [name, first] if usable and alone and not common else [name]
