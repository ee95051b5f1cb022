"""Companies in no list, wherever they stand, once the text has made them known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.claims.names import Names, company_id
from store.claims.page import Found, Page
from store.claims.proofs import (
    BODIES,
    CUE_ENDS,
    DEALT_BEFORE,
    FORM,
    INSTITUTIONS,
    JOINED,
    LANDMARKS,
    TRADES,
    Cue,
    cues_around,
    cues_in,
)
from store.claims.regions import Place
from store.claims.short_forms import short_forms
from store.claims.words import words

MOST_NEW = 60
"""Names that one article may make known; only lists of firms have more."""
ROUNDS = 2
"""What the first makes known vouches in the second for what stands beside it."""
MOST_RUNS = 2_000
"""Capitalised names of an article that are looked at."""
SUREST = 0.9
"""The score that no cues exceed: a name in no list is never certain."""
SHOWN = 0.5
SHORTENED = 0.75
"""The score of a known company's name in short."""
REPEATED = 0.15
"""What it adds that a name comes again."""
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

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŽŹŻ"
_CAP = rf"[{CAPITAL}][\w’]*(?:[-&'/.][{CAPITAL}]\w*)*"
_INITIALS = rf"(?:[{CAPITAL}]\.){{1,3}} ?"
RUN = re.compile(rf"(?<![\w@#])((?:{_INITIALS})?{_CAP}(?: (?:& )?(?:{_CAP})){{0,5}})")
TRADE = re.compile(rf"(?:{TRADES})", re.IGNORECASE)
CAMEL = re.compile(r"^(?!Mc|Mac|De|Le|La|Di|O')[A-Z]\w*[a-z][A-Z]|[a-z]AI$")
STRENGTH_OF_CAMEL = 0.3


class Run(NamedTuple):
    """One capitalised name at a place of the text."""

    start: int
    name: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.name)


class Known(NamedTuple):
    """A name that the text has made a company's."""

    code: str
    label: str
    score: float
    reason: str


def companies_made_known(page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """The companies that a text itself makes known, beside those already found."""
    busy = bytearray(len(page.text))
    for listed in found:
        _take(busy, listed.start, listed.end)
    new = _new(page, found, busy)
    whole = [known for name, known in new.items() if not _begins_another(name, new)]
    spelled: dict[str, Known] = {}
    for known in whole:
        for name in short_forms(page, known.label):
            spelled.setdefault(name, known)
    for listed in found:
        name = page.text[listed.start : listed.end]
        known = Known(listed.code, listed.label, SHORTENED, f"short for {name}")
        for short in short_forms(page, name)[1:] if " " in name else ():
            spelled.setdefault(short, known)
    yield from _everywhere(page, Names(spelled.items()), busy) if spelled else ()


def _new(page: Page, found: Sequence[Found], busy: bytearray) -> dict[str, Known]:
    """Each name that the cues of all its mentions make a company's, without its legal form."""
    blocked = _phrases(page)
    mentions: dict[str, list[Run]] = {}
    runs = [_without_leaders(match) for match in _first(RUN.finditer(page.text), MOST_RUNS)]
    surnames = frozenset(_surnames(page, runs))
    for run in runs:
        if not run.name or _taken(busy, run) or _taken(blocked, run):
            continue
        if page.shouts(run.start):
            continue
        mentions.setdefault(_bare(run.name), []).append(run)
    beside = _Beside(page, found)
    new: dict[str, Known] = {}
    for again in range(ROUNDS):
        for bare, places in mentions.items():
            if again and not any(any(beside.cue(run)) for run in places):
                continue
            if bare not in new and len(new) < MOST_NEW:
                known = _judged(page, bare, places, surnames, beside)
                if known:
                    new[bare] = known
        if not beside.knows_more(run for bare in new for run in mentions[bare]):
            break
    return new


def _judged(
    page: Page, bare: str, runs: Sequence[Run], surnames: frozenset[str], beside: _Beside
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
        own = OWN if bare.rpartition(" ")[2] in words("sister_tails") or "&" in bare else OWN[:1]
        families = {family: families[family] for family in own if family in families}
    best = {family: _ranked(cues.values()) for family, cues in families.items()}
    if not _may_be(bare, best):
        return None
    score = _score(page, bare, runs, best)
    if score < SHOWN:
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
        if family in ("deed", "beside", "peer"):
            weight = OPENING if opens and family != "peer" else 1.0
            weight *= 1.0 if lone or "tail" in best else PERSON_LIKE
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
    """Whether it is somebody's name: only a legal form or the like makes it a firm's."""
    first = bare.partition(" ")[0]
    if bare in surnames or first in words("first_names") or first in words("titles"):
        return True
    return any(page.names_person(run.start) for run in runs)


def _surnames(page: Page, runs: Iterable[Run]) -> Iterator[str]:
    """Last words of people's names, "Moe" of "Henrik Moe", and what follows a title."""
    for start, name in runs:
        before, _, last = name.rpartition(" ")
        first = name.partition(" ")[0]
        person = first in words("first_names") or first in words("titles")
        longer = before and before not in page.mention_texts and not page.headline_case(start)
        plain = longer and last not in words("company_tails") and not FORM.search(name)
        if (longer and person) or plain or page.names_person(start):
            yield last


class _Beside:
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
        """Of a name that is joined to a known one by a comma or "and"."""
        after = JOINED.match(self._text, run.end)
        said = after and after.end() in self._starts
        for gap in (5, 2, 4, 6):
            before = run.start - gap
            said = said or (
                before in self._ends and bool(JOINED.fullmatch(self._text, before, run.start))
            )
        if said:
            yield Cue("beside", BESIDE, "and")
        if self._page.before(run.start).lower() not in CUE_ENDS:
            return
        dealt = DEALT_BEFORE.search(self._text, max(0, run.start - NEAR), run.start)
        if dealt and any(end in self._ends for end in range(run.start - NEAR, dealt.start())):
            yield Cue("beside", DEALT, dealt.group(1))


# ---------------------------------------------------------------- names in the text


def _begins_another(name: str, names: Iterable[str]) -> bool:
    """Whether it is the short form of another: "Brightwater" of "Brightwater Compute"."""
    return any(other.startswith(name + " ") for other in names)


def _everywhere(page: Page, names: Names[Known], busy: bytearray) -> Iterator[Found]:
    for start, word in page.capitals:
        hit = names.at(page.text, start, word)
        if hit and busy.find(1, start, hit[0]) < 0:
            end, known = hit
            _take(busy, start, end)
            yield Found(start, end, *known)


def _phrases(page: Page) -> bytearray:
    """Where the text holds phrases such as "New York Times", or nothing but a place."""
    marked = bytearray(len(page.text))
    for mention in page.mentions:
        if isinstance(mention.meaning, Place) and mention.meaning.how == "phrase":
            _take(marked, mention.start, mention.end)
    return marked


def _take(mask: bytearray, start: int, end: int) -> None:
    mask[start:end] = b"\1" * (end - start)


def _taken(mask: bytearray, run: Run) -> bool:
    return mask.find(1, run.start, run.end) >= 0


def _first(matches: Iterator[re.Match[str]], most: int) -> Iterator[re.Match[str]]:
    return (match for match, _ in zip(matches, range(most), strict=False))


def _without_leaders(run: re.Match[str]) -> Run:
    """The name without words that only stand before it, and without its genitive."""
    start, name = run.start(), run.group()
    while name:
        first, _, rest = name.partition(" ")
        leads = first in words("leaders") or (rest and TRADE.fullmatch(first))
        if not leads:
            break
        start, name = start + len(first) + 1, rest
    return Run(start, re.sub(r"'s?$", "", name))


def _bare(name: str) -> str:
    """The name without its legal form."""
    while (form := FORM.search(name)) and form.start():
        name = name[: form.start()].rstrip(",")
    return name
