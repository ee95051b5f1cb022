"""How strongly each code of a closed dimension speaks from each sentence of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from store.claims.codebook import OTHER, Code, Dimension
from store.claims.lexicon import Evidence
from store.claims.page import Page
from store.claims.triggers import Triggers, tokens_of
from store.model import Span

ONE_WORD, MORE_WORDS, HINT = 0.55, 0.7, 0.2
"""What a trigger of one word, a longer one, and a hint weigh."""
NEIGHBOUR, TITLE, ARTICLE = 0.12, 0.12, 0.06
"""What the sentences around it, the title and the whole article add at most."""
SHOWN = 0.5
"""Own evidence that a code needs to be shown unasked."""
BESIDE = 0.75
"""How near the second must come to the first to be shown beside it."""
MOST_SHOWN = 2
LEAST_RANKED = 3
LONGEST = 400
"""Tokens of a sentence that are looked at: longer ones are no prose."""
CONTEXT_COUNTS = 0.05


class Ranked(NamedTuple):
    """A code for a sentence, with its reason."""

    code: Code
    score: float
    shown: bool
    reason: str
    mention: Span | None


class _Own(NamedTuple):
    """What one sentence itself says for one code."""

    weight: float
    strong: bool
    best: float
    start: int
    end: int


def rank_signals(
    page: Page, dimension: Dimension, triggers: Triggers[Evidence]
) -> list[tuple[Ranked, ...]]:
    """For each sentence, the codes of a dimension, best first; none for those not offered."""
    own = [
        _own(page, triggers, sentence.span) if sentence.offered else {}
        for sentence in page.sentences
    ]
    mean = _mean(own)
    return [
        _ranked(page, dimension, own, place, mean) if sentence.offered else ()
        for place, sentence in enumerate(page.sentences)
    ]


def _own(page: Page, triggers: Triggers[Evidence], span: Span) -> dict[str, _Own]:
    said: dict[str, _Own] = {}
    once: set[tuple[str, str]] = set()
    for hit in triggers.find(tokens_of(page.text, span.start, span.end)[:LONGEST], page.text):
        code, strong = hit.meaning.code, hit.meaning.strong
        words = page.text[hit.start : hit.end].lower()
        if not code or (code, words) in once:
            continue
        once.add((code, words))
        weight = (MORE_WORDS if len(hit.words) > 1 else ONE_WORD) if strong else HINT
        before = said.get(code, _Own(0.0, False, 0.0, 0, 0))
        together = 1 - (1 - before.weight) * (1 - weight)
        if weight > before.best:
            said[code] = _Own(together, before.strong or strong, weight, hit.start, hit.end)
        else:
            said[code] = before._replace(weight=together, strong=before.strong or strong)
    return said


def _mean(own: Sequence[dict[str, _Own]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for said in own:
        for code, found in said.items():
            total[code] = total.get(code, 0.0) + found.weight
    spoken = sum(1 for said in own if said) or 1
    return {code: weight / spoken for code, weight in total.items()}


def _ranked(
    page: Page,
    dimension: Dimension,
    own: Sequence[dict[str, _Own]],
    place: int,
    mean: dict[str, float],
) -> tuple[Ranked, ...]:
    here = own[place]
    around = [own[near] for near in (place - 1, place + 1) if 0 <= near < len(own)]
    title = own[0] if place else {}
    scored = []
    for order, code in enumerate(dimension.codes):
        found = here.get(code.id)
        context = {
            "like the sentence beside it": NEIGHBOUR * max(
                (said[code.id].weight for said in around if code.id in said), default=0.0
            ),
            "like the title": TITLE * title[code.id].weight if code.id in title else 0.0,
            "like the rest of the article": ARTICLE * mean.get(code.id, 0.0),
        }  # fmt: skip
        extra = sum(context.values())
        weight = found.weight if found else 0.0
        score = round(min(1.0, weight + extra * (1 - weight)), 3)
        scored.append((-score, code.id == OTHER, order, code, found, context))
    scored.sort(key=lambda one: one[:3])
    needed = LEAST_RANKED
    sure = _sure([one for one in scored if one[4]], dimension.several)
    return tuple(
        Ranked(code, -negative, code.id in sure, _reason(page, found, context), _span(found))
        for rank, (negative, _, _, code, found, context) in enumerate(scored)
        if negative < 0 or rank < needed
    )


def _sure(
    scored: Sequence[tuple[float, bool, int, Code, _Own | None, dict[str, float]]], several: bool
) -> frozenset[str]:
    """Codes to show unasked: on a trigger of their own, one or two that are about as strong."""
    strong = [
        (found.weight, code.id)
        for _, other, _, code, found, _ in scored
        if found and found.strong and found.weight >= SHOWN and not other
    ]
    strong.sort(key=lambda one: -one[0])
    best = strong[0][0] if strong else 0.0
    near = [id_ for weight, id_ in strong if weight >= BESIDE * best]
    return frozenset(near[: MOST_SHOWN if several else 1])


def _span(found: _Own | None) -> Span | None:
    return Span(found.start, found.end) if found else None


def _reason(page: Page, found: _Own | None, context: dict[str, float]) -> str:
    if found:
        return f'says "{page.text[found.start : found.end]}"'
    reason, weight = max(context.items(), key=lambda one: one[1])
    return reason if weight >= CONTEXT_COUNTS else "nothing in the text says so"
