"""Whether all that a text says of a name makes it a company's, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.claims.names import company_id
from store.claims.names.words import words
from store.claims.suggesting.company_patterns import (
    BODIES,
    DEALT_BEFORE,
    INSTITUTIONS,
    JOINED,
    JOINED_BY_TRADE,
    LANDMARKS,
)
from store.claims.suggesting.page import Found, Page
from store.claims.suggesting.proofs import CUE_ENDS, FAIR, Cue, cues_around, cues_in, names_else
from store.claims.suggesting.runs import Run

SUREST = 0.9
"""The score that no cues exceed: a name in no list is never certain."""
LEAST = 0.38
"""A name that scores less is not even offered."""
SURE = 0.5
"""A name that scores so vouches for others, and is what "the company" may mean."""
REPEATED = 0.15
"""What it adds that a name comes again."""
LONGEST_JOINT = 6
"""Characters between two names in one breath."""
BESIDE = 0.52
"""Strength of standing in one breath with a known company: "Nokia and Fjordbase"."""
DEALT, NEAR = 0.3, 60
"""Strength of what a known company, so many characters before, does with it: "Nokia bought"."""
PERSON_LIKE = 0.5
"""How much the deeds of a name of two or three plain words count: people do things too."""
OPENING = 0.5
"""How much the deeds of a word that only ever opens sentences count: it may be no name."""
OWN = ("form", "tail")
"""The families of cues that a name carries itself: those of a firm called as its founder is."""
SECOND = 0.5
"""How much the second cue of a family counts, beside the first."""
SHORTEST = 3
CAMEL = re.compile(r"^(?!Mc|Mac|De|Le|La|Di|O')[A-Z]\w*[a-z][A-Z]|[a-z]AI$")
STRENGTH_OF_CAMEL = 0.3


class Known(NamedTuple):
    """A name that the text has made a company's."""

    code: str
    label: str
    score: float
    reason: str


def judged(
    page: Page, bare: str, runs: Sequence[Run], surnames: frozenset[str], beside: Beside
) -> Known | None:
    """The name as a company's, if its mentions together say so."""
    if _is_no_name(page, bare):
        return None
    families: dict[str, dict[str, Cue]] = {}
    for run in runs:
        cues = [*cues_in(page, run.start, run.name)]
        if not page.headline_case(run.start):
            cues += cues_around(page, run.start, run.name)
            cues += beside.cue(run)
        for cue in cues:
            families.setdefault(cue.family, {})[cue.said] = cue
    if families and _is_personal(page, bare, runs, surnames):
        own = OWN if bare.count(" ") > 1 or "&" in bare else OWN[:1]
        families = {family: families[family] for family in own if family in families}
    best = {family: _ranked(cues.values()) for family, cues in families.items()}
    if not _may_be(bare, best):
        return None
    score = _score(page, bare, runs, best)
    if score < LEAST:
        return None
    said = max((cues[0] for cues in best.values()), key=lambda cue: cue.strength).said
    return Known(company_id(bare), bare, min(round(score, 2), SUREST), f'says "{said}"')


def _ranked(cues: Iterable[Cue]) -> list[Cue]:
    return sorted(cues, key=lambda cue: -cue.strength)


def _score(page: Page, bare: str, runs: Sequence[Run], best: dict[str, list[Cue]]) -> float:
    """What all families of cues say together."""
    lone = " " not in bare
    opens = lone and all(page.starts_sentence(run.start) for run in runs)
    doubt = 1.0
    for family, cues in best.items():
        weight = 1.0
        if family in ("deed", "beside", "peer", "dealt"):
            weight *= OPENING if opens and family in ("deed", "beside") else 1.0
            weight *= 1.0 if lone or "tail" in best or family == "beside" else PERSON_LIKE
            weight *= not page.sporting or "form" in best
        for cue, share in zip(cues, (1.0, SECOND), strict=False):
            doubt *= 1 - cue.strength * weight * share
    if CAMEL.search(bare):
        doubt *= 1 - STRENGTH_OF_CAMEL
    if len(runs) > 1 and best:
        doubt *= 1 - REPEATED
    return 1 - doubt


def _may_be(bare: str, best: dict[str, list[Cue]]) -> bool:
    """Whether nothing in the name makes it some other body's."""
    if not best or BODIES.search(bare):
        return False
    if "form" in best and best["form"][0].said != "Group":
        return True
    return not (INSTITUTIONS.search(bare) or ("tail" not in best and LANDMARKS.search(bare)))


def _is_no_name(page: Page, bare: str) -> bool:
    """Whether it is a date, a source of news, a body, a place or a word with a capital."""
    first = bare.partition(" ")[0]
    if len(bare) < SHORTEST or first in words("dates") or bare in page.mention_texts:
        return True
    if first in words("sources") or bare in words("agencies"):
        return True
    if " " in bare:
        return False
    common = bare in words("first_words") or bare in words("company_tails")
    return common or page.also_lower(bare)


def _is_personal(page: Page, bare: str, runs: Iterable[Run], surnames: frozenset[str]) -> bool:
    """Whether it is the name of something else: only a legal form or the like makes it a firm's."""
    first = bare.partition(" ")[0]
    if bare in surnames or first in words("first_names") or first in words("titles"):
        return True
    return any(page.names_person(run.start) or names_else(page, run.start) for run in runs)


class Beside:
    """Where the text sets names beside companies that are known already."""

    def __init__(self, page: Page, found: Iterable[Found]) -> None:
        self._page, self._text = page, page.text
        self._starts = {one.start for one in found}
        self._ends = {one.end for one in found}

    def knows_more(self, runs: Iterable[Run]) -> bool:
        """Takes in names that are known by now; False if none of them is new to it."""
        before = len(self._ends)
        for run in runs:
            self._starts.add(run.start)
            self._ends.add(run.end)
        return len(self._ends) > before

    def cue(self, run: Run) -> Iterator[Cue]:
        """Of a name that is joined to a known one, or with which a known one deals."""
        if joint := self._joint(run):
            listed = joint.startswith(",") and "and" not in joint
            if joint.count(" ") > 1:  # "and the Dutch start-up"
                yield Cue("told", BESIDE, joint)
            else:
                yield Cue("peer" if listed else "beside", FAIR if listed else BESIDE, joint)
        if self._page.before(run.start).lower() not in CUE_ENDS:
            return
        dealt = DEALT_BEFORE.search(self._text, max(0, run.start - NEAR), run.start)
        if dealt and any(end in self._ends for end in range(run.start - NEAR, dealt.start())):
            yield Cue("dealt", DEALT, dealt.group(1))

    def _joint(self, run: Run) -> str:
        """What stands between the name and a known one next to it."""
        told = JOINED_BY_TRADE.match(self._text, run.end)
        after = told or JOINED.match(self._text, run.end)
        if after and after.end() in self._starts:
            return after.group().strip()
        for before in range(run.start - LONGEST_JOINT, run.start - 1):
            if before in self._ends and JOINED.fullmatch(self._text, before, run.start):
                return self._text[before : run.start].strip()
        return ""
