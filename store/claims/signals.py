"""How the codes of a closed dimension rank for each sentence of an article.

What a sentence says itself decides what is shown; the sentences beside it, the title and the rest
of the article only move the ranking. Context was the largest single gain in our measurements.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.claims.codebook import OTHER, Code, Dimension
from store.claims.evidence import Said, evidence_in
from store.claims.lexicon import Evidence
from store.claims.page import Page
from store.claims.triggers import Triggers
from store.model import Span

BESIDE, TITLE, ARTICLE = 0.12, 0.12, 0.06
"""What the sentences beside it, the title and the whole article add at most."""
CONTEXT_COUNTS = 0.02
"""Context worth giving as a reason."""
MOST_SHOWN = 2
LEAST_RANKED = 3
NO_REASON = "nothing in the text says so"

Evident = dict[str, Said]


class Ranked(NamedTuple):
    """A code for a sentence, with its reason."""

    code: Code
    score: float
    shown: bool
    reason: str
    mention: Span | None


def rank_signals(
    page: Page, dimension: Dimension, triggers: Triggers[Evidence]
) -> list[tuple[Ranked, ...]]:
    """For each sentence, the codes of a dimension, best first; none for those not offered."""
    own = [
        evidence_in(page.text, sentence.span, triggers) if sentence.offered else {}
        for sentence in page.sentences
    ]
    article = _mean(own)
    return [
        _ranked(page, dimension, own[place], _context(own, place, article))
        if sentence.offered
        else ()
        for place, sentence in enumerate(page.sentences)
    ]


def _mean(own: Sequence[Evident]) -> dict[str, float]:
    """What the sentences that say anything say on average, by code."""
    total: dict[str, float] = {}
    for said in own:
        for code, found in said.items():
            total[code] = total.get(code, 0.0) + found.weight
    speaking = sum(1 for said in own if said)
    return {code: weight / speaking for code, weight in total.items()}


Context = dict[str, tuple[float, str]]
"""By code: what the surroundings add, and which part of them adds most."""


def _context(own: Sequence[Evident], place: int, article: dict[str, float]) -> Context:
    parts: dict[str, list[tuple[float, str]]] = {
        code: [(ARTICLE * weight, "like the rest of the article")]
        for code, weight in article.items()
    }
    beside: dict[str, float] = {}
    for near in (place - 1, place + 1):
        for code, said in own[near].items() if 0 <= near < len(own) else ():
            beside[code] = max(beside.get(code, 0.0), said.weight)
    for code, weight in beside.items():
        parts[code].append((BESIDE * weight, "like the sentence beside it"))
    for code, said in own[0].items() if place else ():
        parts[code].append((TITLE * said.weight, "like the title"))
    return {code: (sum(one[0] for one in each), max(each)[1]) for code, each in parts.items()}


def _ranked(
    page: Page, dimension: Dimension, here: Evident, context: Context
) -> tuple[Ranked, ...]:
    sure = _sure(here, dimension)
    ranked, silent = [], []
    for code in dimension.codes:
        said, around = here.get(code.id), context.get(code.id)
        if code.id == OTHER or not (said or around):
            silent.append(Ranked(code, 0.0, shown=False, reason=NO_REASON, mention=None))
        else:
            ranked.append(_one(page, code, said, around or (0.0, NO_REASON), code.id in sure))
    ranked.sort(key=lambda one: -one.score)
    return (*ranked, *silent[: max(0, LEAST_RANKED - len(ranked))])


def _one(
    page: Page, code: Code, said: Said | None, around: tuple[float, str], shown: bool
) -> Ranked:
    extra, like = around
    weight = said.weight if said else 0.0
    score = round(weight + extra * (1 - weight), 3)
    if said:
        words = page.text[said.span.start : said.span.end]
        return Ranked(code, score, shown, f'says "{words}"', said.span)
    return Ranked(code, score, shown, like if extra >= CONTEXT_COUNTS else NO_REASON, None)


def _sure(here: Evident, dimension: Dimension) -> frozenset[str]:
    """Codes to show unasked: with a trigger of their own; the two heaviest at most."""
    strong = [
        (here[code.id].weight, code.id)
        for code in dimension.codes
        if code.id in here and here[code.id].strong and code.id != OTHER
    ]
    strong.sort(key=lambda one: -one[0])
    return frozenset(code for _, code in strong[: MOST_SHOWN if dimension.several else 1])
