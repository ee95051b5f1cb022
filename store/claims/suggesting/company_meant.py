"""What "the company", "the bank" and "It" mean: a company named before, where it really does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from heapq import nlargest

from store.claims.suggesting.company_patterns import TRADE_BEFORE
from store.claims.suggesting.page import Found, Page, by_sentence
from store.model import Span

MEANT, IT_MEANT, UNSURE = 0.6, 0.5, 0.3
"""Scores: "the company", "It" before a company's verb, either beside the name of a company."""
LEAD = 1.4
"""How much more weight the company meant needs than the next."""
TITLE_WEIGHT, FIRST_WEIGHT = 2.0, 1.5
"""What a mention weighs in the title, and as the first of its sentence; 1 elsewhere."""
FADES = 0.85
"""What a mention weighs a sentence later."""
SOON = 4
"""Sentences after its name in which "the bank" means a company that nobody called a bank."""
FURTHEST = 3
"""Sentences before in which the doer of a company's deed is looked for."""
AROUND = 60
"""Characters around a name in which the text may say what it is."""

COMPANY_NOUNS = (
    r"company|firm|group|lab|laboratory|start-?up|corporation|conglomerate|automaker"
    r"|(?:chip|car|auto|drug|phone|plane|battery|turbine|truck|steel|software)[ -]?maker"
    r"|(?:chip|car|software) (?:designer|giant)|giant|airline|fintech"
)
ROLES = (
    r"(?<!grid )(?<!system )(?<!port )operator|retailer|lender|bank|utility|developer|manufacturer"
    r"|supplier|provider|insurer|miner|producer|builder|publisher|broker|hyperscaler|fund"
)
"""What there are many of in one article."""
_NOT_OURS = (
    r"largest|biggest|leading|world's|only|first|top|state|central|local|other|same|new|whole|were"
    r"|was|are|is|be|stayed|remained|held|of|in|and|or|for|to|average|big|major|foreign|rival"
    r"|target|old|former|previous|next|another|second|third|typical|usual"
)
"""What stands before a noun when another company is meant, or none: "prices were firm"."""
THE_COMPANY = re.compile(
    rf"(?<!, )\b[Tt]he (?P<which>(?:(?!(?:{_NOT_OURS})\b)[\w-]+ ){{0,3}}?)"
    rf"(?:{COMPANY_NOUNS}|(?P<role>{ROLES}))\b(?!-| [A-Z])"
)
ROLE = re.compile(rf"\b(?:{ROLES})(?=s?\b)", re.IGNORECASE)
IT_DOES = re.compile(
    r"It(?: also| now| already| recently)? (?:(?P<deed>plans|planned|expects|expected|employs"
    r"|hired|announced|bought|acquired|intends|reported|posted|invested|declined|booked)\b"
    r"|said|says|aims|gives|operates|runs|makes|sells|signed|opened|raised|wants|agreed|launched"
    r"|cut|laid|will (?!be\b|take\b)|has (?!been\b|become\b))"
)
"""What "It" does if it is a company; the deeds are those of hardly anything else."""
BODY = re.compile(
    r"\b(?:town|city|agency|government|ministry|commission|regulator|watchdog|court|union|council"
    r"|country|county|party|committee|authority|team|club|university|school|hospital|police|army"
    r"|museum|church|central bank|parliament|state|province|association|charity)\b",
    re.IGNORECASE,
)
"""What else announces and expects."""
OPENS = re.compile(r"[\s\"'“”‘«(]*(?:[^.;:]*[,;:] [\"“]?)?(?:[Tt]he )?")
"""All that stands before the subject of a sentence."""
OPENING = 150
"""Characters in which it does."""
SPOKE = re.compile(r"\b(?:said|says) $")
SAYS = re.compile(r",? (?:said|says|told|wrote)\b")


class CompanyMeant:
    """The company that each sentence of an article means without naming it."""

    def __init__(self, page: Page, companies: Sequence[Found]) -> None:
        self._page = page
        self._companies = by_sentence(page, companies)
        self._roles = _roles(page, companies)
        self._doers: dict[int, str] = {}
        self._latest: dict[str, int] = {}
        self.found = dict(self._readings())

    def _readings(self) -> Iterator[tuple[int, Found]]:
        """The most named before a sentence, the latest most."""
        weights: dict[str, tuple[float, int]] = {}
        labels: dict[str, str] = {}
        for place, sentence in enumerate(self._page.sentences):
            named = self._companies.get(place, ())
            text = self._page.text[sentence.span.start : sentence.span.end]
            said, meant = THE_COMPANY.search(text) if "he " in text else None, ""
            if said:
                leading = _leading(weights, place)
                meant = leading if self._fits(place, sentence.span.start, said, leading) else ""
            elif said := IT_DOES.match(text):
                meant = self._doer(place, FURTHEST if said["deed"] else 1)
            if said and meant:
                yield place, self._reading(place, said, meant, labels[meant])
            if (doer := self._subject(place)) or (said and meant):
                self._doers[place] = doer or meant
            for order, found in enumerate(named):
                weight = TITLE_WEIGHT if place == 0 else 1 if order else FIRST_WEIGHT
                weights[found.code] = (weight + _left(weights.get(found.code), place), place)
                labels.setdefault(found.code, found.label)
                self._latest[found.code] = place

    def _reading(self, place: int, said: re.Match[str], code: str, label: str) -> Found:
        it = said.group().startswith("It")
        words = "It" if it else said.group()
        score = IT_MEANT if it else MEANT
        start = self._page.sentences[place].span.start + said.start()
        score = UNSURE if place in self._companies else score
        reason = f"({words[0].lower()}{words[1:]})"
        return Found(start, start + len(words), code, label, score, reason)

    def _fits(self, place: int, start: int, said: re.Match[str], code: str) -> bool:
        """Whether a word that many answer to, as "the bank", means this one of them."""
        role = said["role"]
        if not role or not code or place - self._latest[code] <= SOON:
            return True
        if role.lower() in self._roles.get(code, ()):
            return True
        first, last = (start + offset for offset in said.span("which"))
        return any(offset in self._page.mention_starts for offset in range(first, last))

    def _doer(self, place: int, furthest: int) -> str:
        """The company that the sentences before say something of, the nearest first; or ""."""
        looked = 0
        for before in range(place - 1, -1, -1):
            sentence = self._page.sentences[before]
            if not sentence.offered:
                continue
            if code := self._doers.get(before):
                return code
            looked += 1
            span = sentence.span
            if looked == furthest or BODY.search(self._page.text, span.start, span.end):
                return ""
        return ""

    def _subject(self, place: int) -> str:
        """The company of which a sentence says something: no object, no owner of anything."""
        text, start = self._page.text, self._page.sentences[place].span.start
        for found in self._companies.get(place, ()):
            before = max(start, found.start - OPENING)
            opens = before == start and OPENS.fullmatch(text, start, found.start)
            told = TRADE_BEFORE.search(text[before : found.start])
            if SAYS.match(text, found.end) or SPOKE.search(text, before, found.start):
                return found.code
            if (opens or told) and not text.startswith(("'s ", "' "), found.end):
                return found.code
        return ""


def _left(weighed: tuple[float, int] | None, place: int) -> float:
    """What is left at a sentence of a weight that was right after another."""
    return weighed[0] * FADES ** (place - weighed[1]) if weighed else 0.0


def _leading(weights: dict[str, tuple[float, int]], place: int) -> str:
    """The code that leads clearly at a sentence, or ""."""
    left = ((code, _left(weighed, place)) for code, weighed in weights.items())
    ranked = nlargest(2, left, key=lambda one: one[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < LEAD * ranked[1][1]):
        return ""
    return ranked[0][0]


def _roles(page: Page, companies: Sequence[Found]) -> dict[str, set[str]]:
    """What the text calls each company around its name, and what the name itself says."""
    roles: dict[str, set[str]] = {}
    for found in companies:
        said = roles.setdefault(found.code, {one.lower() for one in ROLE.findall(found.label)})
        place = page.sentence_at(found.start)
        if place < 0:
            continue
        span: Span = page.sentences[place].span
        start = max(span.start, found.start - AROUND)
        end = min(span.end, found.end + AROUND)
        said.update(one.lower() for one in ROLE.findall(page.text[start:end]))
    return roles
