"""What "the company", "it" and "both countries" mean: the article's names without being named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from store.claims.suggesting.page import Found, Page
from store.model import Span

MEANT, IT_MEANT, CARRIED = 0.6, 0.5, 0.3
"""Scores: "the company", "It" before a company's verb, only named nearby."""
LEAD = 1.4
"""How much more weight the company meant needs than the next."""
TITLE_WEIGHT, FIRST_WEIGHT = 2.0, 1.5
"""What a mention weighs in the title, and as the first of its sentence; 1 elsewhere."""
FADES = 0.85
"""What a mention weighs a sentence later."""
BACK = 2
"""Sentences before in which "both countries" looks for them."""
MOST_CARRIED = 2

COMPANY_NOUNS = (
    r"company|firm|group|lab|laboratory|start-?up|corporation|conglomerate|automaker"
    r"|(?:chip|car|auto|drug|phone|plane|battery|turbine|truck|steel|software)[ -]?maker"
    r"|(?:chip|car|software) (?:designer|giant)|retailer|lender|bank|utility|developer"
    r"|(?<!grid )(?<!system )(?<!port )operator"
    r"|manufacturer|supplier|provider|giant|airline|insurer|miner|producer|builder|publisher"
    r"|broker|fintech|hyperscaler|fund"
)
_NOT_OURS = (
    r"largest|biggest|leading|world's|only|first|top|state|central|local|other|same|new|whole|were"
    r"|was|are|is|be|stayed|remained|held|of|in|and|or|for|to|average|big|major|foreign|rival|target"
)
"""What stands before a noun when another company is meant, or none: "prices were firm"."""
THE_COMPANY = re.compile(
    rf"(?<!, )\b[Tt]he (?:(?!(?:{_NOT_OURS})\b)[\w-]+ ){{0,3}}?(?:{COMPANY_NOUNS})\b(?!-| [A-Z])"
)
IT_DOES = re.compile(
    r"It(?: also| now| already| recently)? (?:said|says|plans|planned|expects|expected|aims|gives"
    r"|employs|operates|runs|makes|sells|hired|announced|signed|opened|raised|bought|acquired"
    r"|wants|intends|will (?!be\b|take\b)|has (?!been\b)|reported|posted|invested|agreed|launched"
    r"|declined|cut|laid)"
)
_PLACES = r"(?:countries|markets|nations|states|regions|economies|territories|jurisdictions)"
BOTH = re.compile(rf"\b(?:both|(?:the |those |these )?two)(?: \w+)? {_PLACES}\b", re.IGNORECASE)
THE_COUNTRY = re.compile(
    r"\b(?:the|that) (?:country|nation|kingdom|island nation)\b", re.IGNORECASE
)


class References:
    """What the names of an article stand for between the places where they are named."""

    def __init__(self, page: Page, companies: Sequence[Found], regions: Sequence[Found]) -> None:
        self._page = page
        self._companies = _by_sentence(page, companies)
        self._regions = _by_sentence(page, regions)
        self._meant = dict(self._readings())
        labels = {found.code: found for found in reversed(companies)}
        most = Counter(found.code for found in companies).most_common(MOST_CARRIED)
        self._most = [_nearby(labels[code], "named most here") for code, _ in most]

    def company(self, place: int) -> Found | None:
        """The company that a sentence means without naming it."""
        return self._meant.get(place)

    def _readings(self) -> Iterator[tuple[int, Found]]:
        """What each sentence's "the company" means: the most named before it, the latest most."""
        weights: dict[str, float] = {}
        labels: dict[str, str] = {}
        for place, sentence in enumerate(self._page.sentences):
            said = _said(self._page.text[sentence.span.start : sentence.span.end])
            if said and (meant := _leading(weights)):
                start, end, score = said
                span = Span(sentence.span.start + start, sentence.span.start + end)
                clear = place not in self._companies
                score = score if clear else CARRIED
                yield place, self._reading(span, meant, labels[meant], score)
            weights = {code: weight * FADES for code, weight in weights.items()}
            for order, found in enumerate(self._companies.get(place, ())):
                weight = TITLE_WEIGHT if place == 0 else 1 if order else FIRST_WEIGHT
                weights[found.code] = weights.get(found.code, 0.0) + weight
                labels.setdefault(found.code, found.label)

    def _reading(self, span: Span, code: str, label: str, score: float) -> Found:
        said = self._page.text[span.start : span.end]
        reason = f"({said[0].lower()}{said[1:]})"
        return Found(span.start, span.end, code, label, score, reason)

    def regions(self, place: int) -> list[Found]:
        """The regions that "both markets" or "the country" mean in a sentence."""
        sentence = self._page.sentences[place].span
        text = self._page.text[sentence.start : sentence.end]
        for pattern, wanted in ((BOTH, 2), (THE_COUNTRY, 1)):
            said = pattern.search(text)
            before = self._regions_before(place)
            if said and len(before) == wanted:
                start = sentence.start + said.start()
                end = sentence.start + said.end()
                return [
                    Found(start, end, found.code, found.label, MEANT, f"({said.group().lower()})")
                    for found in before
                ]
        return []

    def _regions_before(self, place: int) -> list[Found]:
        """Those of the nearest sentence before that names any."""
        for back in range(place - 1, max(-1, place - 1 - BACK), -1):
            if named := self._regions.get(back):
                return list({found.code: found for found in named}.values())
        return []

    def carried(self, place: int) -> tuple[list[Found], list[Found]]:
        """Companies and regions that are only named nearby: for picking, never ticked."""
        before = self._regions_before(place)[:MOST_CARRIED]
        return self._most, [_nearby(found, "named just before") for found in before]


def _said(text: str) -> tuple[int, int, float] | None:
    """Where a sentence says "the company" or begins with "It", and how sure that makes one."""
    if said := THE_COMPANY.search(text):
        return said.start(), said.end(), MEANT
    return (0, len("It"), IT_MEANT) if IT_DOES.match(text) else None


def _leading(weights: dict[str, float]) -> str:
    """The code that leads clearly, or ""."""
    ranked = sorted(weights.items(), key=lambda one: -one[1])[:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] < LEAD * ranked[1][1]):
        return ""
    return ranked[0][0]


def _nearby(found: Found, reason: str) -> Found:
    return Found(-1, -1, found.code, found.label, CARRIED, reason)


def _by_sentence(page: Page, found: Sequence[Found]) -> dict[int, list[Found]]:
    grouped: dict[int, list[Found]] = {}
    for one in found:
        grouped.setdefault(page.sentence_at(one.start), []).append(one)
    return grouped
