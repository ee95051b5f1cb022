"""What shows that a capitalised name in a text is a company's: "Kuma Inc", "the CEO of Kuma".

Each cue has a strength between 0 and 1. Cues of one family say the same thing twice, so the
strongest of each counts; different families add up as independent witnesses do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from store.claims.names.words import words
from store.claims.suggesting.company_patterns import (
    CALLED_BEFORE,
    CAUSE_BEFORE,
    CLAUSE_AFTER,
    DEALT_BEFORE,
    DEED_AFTER,
    DESCRIBED_AFTER,
    ELSE_CALLED,
    FORM,
    FORM_AFTER,
    HEADED_BEFORE,
    HOME,
    INTRODUCED_BEFORE,
    MONEY_AFTER,
    OWNED_AFTER,
    OWNER,
    PART_AFTER,
    PERSONAL_BEFORE,
    PERSONAL_TRADES,
    RESULT_AFTER,
    ROLE_BEFORE,
    ROUND_AFTER,
    SAID_AFTER,
    SPOKEN_BEFORE,
    TICKER,
    TRADE_BEFORE,
    TRADES,
    WHOSE,
)
from store.claims.suggesting.page import Page

Family = Literal["form", "tail", "told", "deed", "peer", "beside", "dealt"]

FORMAL, FORMED, TAILED = 0.85, 0.55, 0.7
"""Strengths: a legal form or ticker; "Group", which is no such form; a last word as "Airlines"."""
PEER = 0.5
"""Strength of "rival" and the like, which people are called too."""
STRONG, HALF, FAIR, WEAK = 0.65, 0.45, 0.4, 0.3
"""Strengths of what is said before or after a name."""
NATIONAL = 0.4
"""Strength of a name that ends with a country's: "Telkom Kenya"."""
WIDE = 60
"""Characters before a name that are looked at."""

BEFORE: tuple[tuple[re.Pattern[str], Family, float], ...] = (
    (TRADE_BEFORE, "told", STRONG),
    (INTRODUCED_BEFORE, "told", STRONG),
    (CALLED_BEFORE, "form", STRONG),
    (ROLE_BEFORE, "told", STRONG),
    (PERSONAL_BEFORE, "peer", PEER),
    (SPOKEN_BEFORE, "told", HALF),
    (HEADED_BEFORE, "told", WEAK),
    (DEALT_BEFORE, "deed", FAIR),
)
AFTER: tuple[tuple[re.Pattern[str], Family, float], ...] = (
    (DESCRIBED_AFTER, "told", STRONG),
    (MONEY_AFTER, "deed", STRONG),
    (RESULT_AFTER, "told", STRONG),
    (CLAUSE_AFTER, "told", STRONG),
    (ROUND_AFTER, "told", STRONG),
    (SAID_AFTER, "deed", STRONG),
    (OWNED_AFTER, "told", FAIR),
    (PART_AFTER, "deed", FAIR),
)
CUE_ENDS = frozenset(
    (
        "called dubbed named"
        " of at in for with to from by as like including over acquire acquires acquired acquiring"
        " advised bought buy buying competitor competitors startup start-up"
        f" {TRADES.replace('|', ' ')} {PERSONAL_TRADES.replace('|', ' ')}"
    ).split()
)
"""The last words of all that is said before a name: most names need no closer look."""


class Cue(NamedTuple):
    """One thing that speaks for a name."""

    family: Family
    strength: float
    said: str
    """The words of the text that say it."""


def cues_in(page: Page, start: int, name: str) -> Iterator[Cue]:
    """What the name itself says, with what belongs to it: its legal form, its ticker."""
    end = start + len(name)
    form = FORM.search(name)
    after = None if form else FORM_AFTER.match(page.text, end)
    said = form if form and form.start() else after
    if said:
        group = said.group(1) == "Group"
        yield Cue("form", FORMED if group else FORMAL, said.group(1))
    if TICKER.match(page.text, end):
        yield Cue("form", FORMAL, "its ticker")
    first, _, rest = name.partition(" ")
    last = name.rpartition(" ")[2]
    if rest and (last in words("company_tails") or " & " in name):
        yield Cue("tail", TAILED, last)
    elif rest and first in words("company_heads"):
        yield Cue("tail", TAILED, first)
    elif rest and page.is_country(last) and not (page.is_country(name) or _is_part(name)):
        yield Cue("tail", NATIONAL, last)


def _is_part(name: str) -> bool:
    """Whether it is a part of a country: "Northern Sweden"."""
    return all(word in words("compass") for word in name.split(" ")[:-1])


def names_else(page: Page, start: int) -> bool:
    """Whether the words before say what the name is, and that is no company: "the union X"."""
    if page.before(start) in words("other_kinds"):
        return True
    before = page.text[max(0, start - WIDE) : start]
    if before.endswith(("called ", "dubbed ")):
        return ELSE_CALLED.search(before) is not None and not CALLED_BEFORE.search(before)
    return before.endswith(("group ", "groups ")) and CAUSE_BEFORE.search(before) is not None


def cues_around(page: Page, start: int, name: str) -> Iterator[Cue]:
    """What the text says right before and right after a mention of the name."""
    end = start + len(name)
    before = page.text[max(0, start - WIDE) : start]
    if before.endswith(("'s ", "' ")):
        before = OWNER.sub("", before)
    last = before.split()[-1:] if before.endswith(" ") else []
    if last and (last[0].lower().rstrip(",") in CUE_ENDS or last[0].endswith("-based")):
        for pattern, family, strength in BEFORE:
            if cue := pattern.search(before):
                yield Cue(family, strength, cue.group(1))
    placed = _stands_as_place(page, start)
    for pattern, family, strength in AFTER:
        if placed and pattern is CLAUSE_AFTER:
            continue
        if cue := pattern.match(page.text, end):
            yield Cue(family, strength, cue.group(cue.lastindex or 0))
    yield from _origin(page, start, end)
    if deed := _deed(page, start, end):
        yield Cue("deed", FAIR, deed)


def _origin(page: Page, start: int, end: int) -> Iterator[Cue]:
    """Its country: "Finland's Enso", "Marubeni of Japan"."""
    owned = page.text.startswith(("'s ", "s' "), max(0, start - 3))
    owner = WHOSE.search(page.text, max(0, start - WIDE), start) if owned else None
    if owner and page.is_country(owner.group(1)):
        yield Cue("peer", WEAK, owner.group().strip())
    home = HOME.match(page.text, end)
    if home and page.is_country(home.group(1)):
        yield Cue("peer", WEAK, home.group().strip(" ,"))


def _stands_as_place(page: Page, start: int) -> bool:
    """Whether things happen there: "the grid at Olkaria, which is good for 220 megawatts"."""
    before = page.before(start).lower()
    return before == "at" or before in words("sure_place_words")


def _deed(page: Page, start: int, end: int) -> str:
    """The verb after a name, if firms do that; else ""."""
    found = DEED_AFTER.match(page.text, end)
    if found is None:
        return ""
    word = found.group(found.lastindex or 0)
    if found.group(1) and _stands_as_place(page, start):
        return ""
    return "" if found.group(3) and word not in words("company_deeds") else word
