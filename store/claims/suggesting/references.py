"""What "the company", "it" and "both countries" mean: the article's names without being named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from store.claims.suggesting.company_meant import CompanyMeant
from store.claims.suggesting.page import Found, Page, by_sentence

MEANT, CARRIED = 0.6, 0.3
"""Scores: "both markets", only named nearby."""
BACK = 2
"""Sentences before in which "both countries" looks for them."""
MOST_CARRIED = 2

_PLACES = r"(?:countries|markets|nations|states|regions|economies|territories|jurisdictions)"
BOTH = re.compile(rf"\b(?:both|(?:the |those |these )?two)(?: \w+)? {_PLACES}\b", re.IGNORECASE)
THE_COUNTRY = re.compile(
    r"\b(?:the|that) (?:country|nation|kingdom|island nation)\b", re.IGNORECASE
)


class References:
    """What the names of an article stand for between the places where they are named."""

    def __init__(self, page: Page, companies: Sequence[Found], regions: Sequence[Found]) -> None:
        self._page = page
        self._regions = by_sentence(page, regions)
        self._meant = CompanyMeant(page, companies).found
        labels = {found.code: found for found in reversed(companies)}
        most = Counter(found.code for found in companies).most_common(MOST_CARRIED)
        self._most = [_nearby(labels[code], "named most here") for code, _ in most]
        self._before = [self._regions_before(place) for place in range(len(page.sentences))]

    def company(self, place: int) -> Found | None:
        """The company that a sentence means without naming it."""
        return self._meant.get(place)

    def regions(self, place: int) -> list[Found]:
        """The regions that "both markets" or "the country" mean in a sentence."""
        before = self._before[place]
        sentence = self._page.sentences[place].span
        text = self._page.text[sentence.start : sentence.end]
        for pattern, wanted in ((BOTH, 2), (THE_COUNTRY, 1)):
            said = pattern.search(text) if len(before) == wanted else None
            if said:
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
        before = self._before[place][:MOST_CARRIED]
        return self._most, [_nearby(found, "named just before") for found in before]


def _nearby(found: Found, reason: str) -> Found:
    return Found(-1, -1, found.code, found.label, CARRIED, reason)
