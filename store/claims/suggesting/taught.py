"""What a person's lessons change about the companies and regions found in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from store.claims.codebook import Dimension
from store.claims.learning.learn import Learner
from store.claims.learning.memory import REFUSED_BEFORE, SAID_BEFORE, Recalled
from store.claims.learning.rule_record import naming_rules
from store.claims.lexicon import Lexicon
from store.claims.suggesting.page import Page
from store.model import Span, Suggested

RARELY_RIGHT = 0.2
"""Score of what a rule proposes that was mostly rejected."""


def taught(
    values: list[Suggested],
    dimension: Dimension,
    page: Page,
    span: Span,
    *,
    learner: Learner,
    threshold: float,
) -> list[Suggested]:
    """The values of a sentence, which come best first, after what was learned.

    What is mostly rejected, and what the person refused on the same words, is ranked last and no
    longer shown; what the person kept on the same words comes first.
    """
    names_off = learner.rules.has_names_off
    recalled = learner.recall(dimension.id, page.text[span.start : span.end])
    if not names_off and recalled is None:
        return values
    known = [_by_record(value, page.text, learner) for value in values] if names_off else values
    if recalled is not None:
        said = _as_they_stand(recalled, dimension, page.lexicon)
        known = _recalled(known, dimension, recalled, said, threshold)
    return sorted(known, key=lambda value: -value.score)


def _by_record(value: Suggested, text: str, learner: Learner) -> Suggested:
    words = text[value.mention.start : value.mention.end] if value.mention else ""
    rules = naming_rules(value.dimension, value.code, value.label, value.reason, words)
    if not any(learner.rules.is_off(rule) for rule in rules):
        return value
    score = min(value.score, RARELY_RIGHT)
    return replace(value, score=score, shown=False, reason=f"{value.reason}, mostly rejected")


class _Said(NamedTuple):
    """A value that was kept or refused on the same words, as it is called today."""

    label: str
    yes: bool


def _as_they_stand(recalled: Recalled, dimension: Dimension, lexicon: Lexicon) -> dict[str, _Said]:
    """The values by code; companies that were merged or renamed since are those of today."""
    said: dict[str, _Said] = {}
    for code in recalled.codes:
        yes = code in recalled.yes
        company = lexicon.company(code) if dimension.id == "company" else None
        if company is not None:
            said.setdefault(company.id, _Said(company.name, yes))
        else:
            said.setdefault(code, _Said(recalled.lesson.label(code), yes))
    return said


def _recalled(
    values: list[Suggested],
    dimension: Dimension,
    recalled: Recalled,
    said: Mapping[str, _Said],
    threshold: float,
) -> list[Suggested]:
    found = {value.code: value for value in values}
    for code, (label, yes) in said.items():
        value = found.get(code)
        if value is None and not yes:
            continue
        score = SAID_BEFORE if yes else REFUSED_BEFORE
        found[code] = Suggested(
            dimension=dimension.id,
            code=code,
            label=value.label if value else label,
            score=score,
            shown=yes and score >= threshold,
            reason=recalled.reason(yes=yes),
            mention=value.mention if value else None,
        )
    return list(found.values())
