"""How the codes of a closed dimension rank for each sentence of an article.

What a sentence says itself decides what is shown; the sentences beside it, the title and the rest
of the article only move the ranking. What the person taught is added to both. A score is the
probability that the code is right, as far as invented news could tell (docs/suggestions.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from msgspec.structs import replace

from store.claims.codebook import OTHER, Code, Dimension
from store.claims.codebook.triggers import Triggers
from store.claims.learning.evidence import Said, Weight, evidence_in, silence, weighed
from store.claims.learning.learn import Learner
from store.claims.learning.memory import REFUSED_BEFORE, SAID_BEFORE, Recalled
from store.claims.learning.word_weights import TELLING, Learned, features_of
from store.claims.lexicon import Evidence
from store.claims.suggesting.page import Page
from store.model import Span, Suggested

BESIDE, TITLE, ARTICLE = 0.9, 0.8, 0.8
"""Log-odds that the sentences beside it, the title and the whole article add at most."""
HARDLY = 0.1
"""Log-odds of the whole article that are as good as none."""
FULL = 4.0
"""Evidence that counts as whole when it is that of a sentence nearby."""
NEVER_UNASKED = -0.25
"""Log-odds at most of a code that neither a trigger nor the person's own choices speak for."""
PRESSED = -1.0
"""Log-odds from which they are pressed below that limit, so that what is likelier stays ahead."""
CONTEXT_COUNTS = 0.25
"""Context worth giving as a reason."""
MOST_SHOWN = 2
LEAST_RANKED = 3
NO_REASON = "nothing in the text says so"
NOTHING = Learned(0.0, "", 0)


class SignalReading:
    """What the sentences of an article say in one closed dimension, read once."""

    def __init__(self, page: Page, dimension: Dimension) -> None:
        self._page = page
        self._dimension = dimension
        self._codes = [(code.id, code) for code in dimension.codes]
        self._own: list[Said] = []
        self._weights: list[dict[str, Weight]] = []
        self._known_features: dict[int, dict[str, str]] = {}
        self._around: list[Context] = []
        self._silent: dict[tuple[str, float, str], Suggested] = {}
        """What is ranked only by its surroundings, which are the same for many a sentence."""

    def read(self, triggers: Triggers[Evidence]) -> Iterator[None]:
        """Read all sentences, one a step; only then can they be ranked."""
        for sentence in self._page.sentences:
            own = evidence_in(self._page.text, sentence.span, triggers) if sentence.offered else {}
            self._own.append(own)
            self._weights.append({code: weighed(pieces) for code, pieces in own.items()})
            yield
        strengths = [_strengths(weights) for weights in self._weights]
        everywhere = _everywhere(_mean(strengths))
        for place in range(len(strengths)):
            self._around.append(_context(strengths, place, everywhere))
            yield

    def ranked(
        self, place: int, learner: Learner | None, threshold: float
    ) -> tuple[Suggested, ...]:
        """The codes for a sentence, best first."""
        here, around = self._own[place], self._around[place]
        learned: dict[str, Learned] = {}
        recalled = None
        if learner is not None:
            learned = learner.judged(self._dimension.id, self._features(place), here)
            recalled = learner.recall(self._dimension.id, self._text(place))
        spoken_of = {*here, *around, *learned, *(recalled.codes if recalled else ())}
        telling = [
            self._one(code, place, learner, learned.get(id_, NOTHING), recalled)
            for id_, code in self._codes
            if id_ in spoken_of and (id_ != OTHER or id_ in learned)
        ]
        telling.sort(key=lambda one: -one.score)
        several = MOST_SHOWN if self._dimension.several else 1
        shown = [
            replace(one, shown=True) if one.score >= threshold else one for one in telling[:several]
        ]
        sure = (*shown, *telling[several:])
        if len(sure) >= LEAST_RANKED:
            return sure
        silent = (code for code in self._dimension.codes if code.id not in spoken_of)
        fill = islice((code for code in silent if code.id != OTHER), LEAST_RANKED - len(sure))
        return (
            *sure,
            *(self._ranked(code, 0.0, NO_REASON) for code in fill),
        )

    def _ranked(
        self, code: Code, score: float, reason: str, mention: Span | None = None
    ) -> Suggested:
        return Suggested(
            dimension=self._dimension.id,
            code=code.id,
            label=code.label,
            score=score,
            shown=False,
            reason=reason,
            mention=mention,
        )

    def _text(self, place: int) -> str:
        span = self._page.sentences[place].span
        return self._page.text[span.start : span.end]

    def _features(self, place: int) -> dict[str, str]:
        """What is learned of a sentence, read when it is first asked for."""
        known = self._known_features.get(place)
        if known is None:
            known = self._known_features[place] = features_of(
                self._page.text, self._page.sentences[place].span
            )
        return known

    def _one(
        self,
        code: Code,
        place: int,
        learner: Learner | None,
        learned: Learned,
        recalled: Recalled | None,
    ) -> Suggested:
        if recalled and code.id in recalled.codes:
            yes = code.id in recalled.yes
            score = SAID_BEFORE if yes else REFUSED_BEFORE
            return self._ranked(code, score, recalled.reason(yes=yes))
        around, like = self._around[place].get(code.id, (0.0, NO_REASON))
        weight = self._weights[place].get(code.id)
        if weight is None and learned is NOTHING:
            return self._by_surroundings(code, around, like)
        pieces = self._own[place].get(code.id, ())
        off = learner.rules.triggers_off(self._dimension.id, code.id) if learner and weight else ()
        if off:
            weight = weighed(pieces, off)
        odds = silence(code) + (weight.added if weight else 0.0) + around
        if not (weight and weight.strong):
            odds = _unasked(odds)
        score = round(_probability(odds + learned.added), 3)
        reason = self._reason(code, weight, learned, like if around >= CONTEXT_COUNTS else "")
        if off and weight and not weight.strong and any(piece.strong for piece in pieces):
            reason += ", mostly rejected"
        mention = weight.span if weight else self._where(place, learned.word)
        return self._ranked(code, score, reason, mention)

    def _by_surroundings(self, code: Code, around: float, like: str) -> Suggested:
        known = self._silent.get((code.id, around, like))
        if known is None:
            odds = _unasked(silence(code) + around)
            told = like if around >= CONTEXT_COUNTS else NO_REASON
            known = self._ranked(code, round(_probability(odds), 3), told)
            self._silent[code.id, around, like] = known
        return known

    def _where(self, place: int, word: str) -> Span | None:
        """Where the word stands from which most was learned."""
        if not word:
            return None
        start = self._text(place).lower().find(word)
        if start < 0:
            return None
        start += self._page.sentences[place].span.start
        return Span(start, start + len(word))

    def _reason(self, code: Code, weight: Weight | None, learned: Learned, like: str) -> str:
        if learned.like and learned.added >= TELLING and not (weight and weight.strong):
            many = f"{learned.like} sentences" if learned.like > 1 else "a sentence"
            return f"like {many} you marked {code.label}"
        if weight is None:
            return like or NO_REASON
        reason = f'says "{self._page.text[weight.span.start : weight.span.end]}"'
        doubted = weight.strong and learned.added <= -TELLING
        return reason + ", but you said otherwise of its like" * doubted


def _unasked(odds: float) -> float:
    """Log-odds that never reach what is shown unasked, in the same order as they were."""
    room = NEVER_UNASKED - PRESSED
    return min(odds, NEVER_UNASKED - room * math.exp(min(0.0, (PRESSED - odds) / room)))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


# ---------------------------------------------------------------- context

Strengths = dict[str, float]
"""By code: how strongly a sentence speaks for it, 0 to 1."""
Context = dict[str, tuple[float, str]]
"""By code: what the surroundings add, and which part of them adds most."""


def _strengths(weights: Mapping[str, Weight]) -> Strengths:
    return {code: min(1.0, weight.added / FULL) for code, weight in weights.items()}


def _mean(own: Sequence[Strengths]) -> Strengths:
    """What the sentences that say anything say on average."""
    total: Strengths = {}
    for said in own:
        for code, strength in said.items():
            total[code] = total.get(code, 0.0) + strength
    speaking = sum(1 for said in own if said)
    return {code: strength / speaking for code, strength in total.items()}


def _everywhere(article: Strengths) -> Context:
    """What the whole article adds to any of its sentences."""
    return {
        code: (ARTICLE * strength, "like the rest of the article")
        for code, strength in article.items()
        if ARTICLE * strength >= HARDLY
    }


def _context(own: Sequence[Strengths], place: int, everywhere: Context) -> Context:
    parts: dict[str, list[tuple[float, str]]] = {}
    beside: Strengths = {}
    for near in (place - 1, place + 1):
        for code, strength in own[near].items() if 0 <= near < len(own) else ():
            beside[code] = max(beside.get(code, 0.0), strength)
    for code, strength in beside.items():
        parts[code] = [(BESIDE * strength, "like the sentence beside it")]
    for code, strength in own[0].items() if place else ():
        parts.setdefault(code, []).append((TITLE * strength, "like the title"))
    found = everywhere.copy()
    for code, each in parts.items():
        if code in everywhere:
            each.insert(0, everywhere[code])
        found[code] = (sum(one[0] for one in each), max(each)[1])
    return found
