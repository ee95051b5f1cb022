"""How much each word speaks for each code of a dimension, learned from what a person chose.

Online logistic regression, one model a code, on top of what the codebook's rules already say
(their log-odds are the offset), with the step sizes of AdaGrad (Duchi, Hazan and Singer 2011,
https://jmlr.org/papers/v12/duchi11a.html). Pure Python: a lesson costs some tenths of a
millisecond, and the same lessons in the same order give the same weights.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from store.claims.codebook.triggers import Token, stem, tokens_of
from store.claims.names.words import words
from store.model import Span

RATE = 0.3
"""AdaGrad's step: more forgets the codebook within the first lessons, less never leaves it."""
CAUTION = 0.02
"""Squared slope that a weight is taken to have seen already."""
REPLAYS = 2
"""How often a lesson is gone through."""
NO_COUNTS = 0.5
"""What a "no" weighs beside a "yes": there are more ways to be wrong."""
NOT_NAMED = 0.2
"""What it weighs that a code was merely not chosen for a passage that others were chosen for."""
RULES_LEARN_AFTER = 50
"""Lessons before a rule may lose or gain weight of its own: a few say little about it."""
LEAST = 0.3
"""Log-odds that are as good as none."""
RIGHT_ENOUGH = 0.02
"""An error so small teaches nothing."""
TELLING = 0.7
"""Log-odds from which on what was learned is worth a reason."""
MOST = 5.0
"""Log-odds that words add or take at most, however often they were seen."""
LONGEST = 120
"""Words of a passage that are looked at."""

NONE: Mapping[str, float] = {}
Delta = tuple[str, str, float, float]
"""What a lesson changed: feature, code, its weight, its squared slope."""


class Learned(NamedTuple):
    """What was learned of the words of a passage, for one code."""

    added: float
    """To the log-odds."""
    word: str
    """The word that adds most; "" if all together add too little to tell of it."""
    like: int
    """Passages with that word that were given the code."""


class WordWeights:
    """The weights of one dimension."""

    def __init__(self) -> None:
        self._weights: dict[str, dict[str, float]] = {}
        self._slopes: dict[str, dict[str, float]] = {}
        self._seen: dict[str, Counter[str]] = {}
        self.lessons = 0

    def judged(self, features: Mapping[str, str], rules: Collection[str]) -> dict[str, Learned]:
        """What the words and the rules of a passage add, by code; codes without any left out."""
        sums: defaultdict[str, float] = defaultdict(float)
        weights, scale = self._weights, _scale(features)
        for known, size in ((features, scale), (rules, 1.0)):
            for feature in known:
                if feature in weights:
                    for code, weight in weights[feature].items():
                        sums[code] += weight * size
        learned: dict[str, Learned] = {}
        for code, added in sums.items():
            if added >= TELLING:
                learned[code] = self._learned(code, min(MOST, added), features)
            elif abs(added) >= LEAST:  # of most codes there is no word worth looking for
                learned[code] = Learned(max(-MOST, added), "", 0)
        return learned

    def _learned(self, code: str, added: float, features: Mapping[str, str]) -> Learned:
        best, most = "", -math.inf
        for feature in features:
            weight = self._weights.get(feature, NONE).get(code, 0.0)
            if weight > most:
                best, most = feature, weight
        like = self._seen[best][code] if best in self._seen else 0
        return Learned(added, features[best] if like else "", like)

    def learn(
        self,
        features: Mapping[str, str],
        wanted: Mapping[str, tuple[float, float]],
        offsets: Mapping[str, float],
        rules: Collection[str],
    ) -> list[Delta]:
        """Move the weights towards what was said, and return by how much.

        ``wanted`` has for each code what it should be (0 to 1) and how much that counts;
        ``offsets`` the log-odds that the rules give.
        """
        self.lessons += 1
        scale = _scale(features)
        scaled = [(feature, scale) for feature in features]
        ruled = [(rule, 1.0) for rule in rules]
        trained = [*scaled, *ruled] if self.lessons > RULES_LEARN_AFTER else scaled
        deltas: list[Delta] = []
        for code, (target, counts) in wanted.items():
            if target > 0:
                self._count(features, code, 1)
            for _ in range(REPLAYS):
                odds = offsets[code]
                for feature, size in (*scaled, *ruled):
                    odds += self._weights.get(feature, NONE).get(code, 0.0) * size
                error = (target - _probability(odds)) * counts
                if abs(error) < RIGHT_ENOUGH:
                    break
                deltas += [self._moved(feature, code, error * size) for feature, size in trained]
        return deltas

    def _count(self, features: Iterable[str], code: str, by: int) -> None:
        for feature in features:
            self._seen.setdefault(feature, Counter())[code] += by

    def _moved(self, feature: str, code: str, slope: float) -> Delta:
        weights = self._weights.setdefault(feature, {})
        slopes = self._slopes.setdefault(feature, {})
        squared = slope * slope
        total = slopes.get(code, CAUTION) + squared
        step = RATE * slope / math.sqrt(total)
        weights[code] = weights.get(code, 0.0) + step
        slopes[code] = total
        return (feature, code, step, squared)

    def unlearn(
        self,
        features: Iterable[str],
        wanted: Mapping[str, tuple[float, float]],
        deltas: Iterable[Delta],
    ) -> None:
        """Take back what a lesson changed."""
        self.lessons -= 1
        for code, (target, _) in wanted.items():
            if target > 0:
                self._count(features, code, -1)
        for feature, code, step, squared in deltas:
            self._weights[feature][code] -= step
            self._slopes[feature][code] -= squared


def _scale(features: Collection[str]) -> float:
    """What keeps a long passage from weighing much more than a short one."""
    return len(features) ** -0.25 if features else 1.0


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def features_of(text: str, span: Span | None = None) -> dict[str, str]:
    """What is learned of a passage: its words and pairs of words, each with how it is written.

    Words count by their rough stem, numbers as one; names and function words say nothing of the
    kind of event.
    """
    found: dict[str, str] = {}
    before: Token | None = None
    start, end = (span.start, span.end) if span else (0, len(text))
    tokens = tokens_of(text, start, end)[:LONGEST]
    empty = function_words()
    names_tell = _in_capitals(text, tokens)
    for place, token in enumerate(tokens):
        start, end, keys = token
        letter = text[start]
        if place and not names_tell and letter.isupper():
            before = None
            continue
        key = "#" if letter.isdigit() else keys[0]
        tells = key not in empty
        if tells and len(key) > 1 and key not in found:
            found[key] = text[start:end].lower()
        if before is not None and before.end + 1 == start and text[before.end] == " ":
            first = before.keys[0]
            if tells or first not in empty:
                found.setdefault(f"{first} {key}", text[before.start : end].lower())
        before = token
    return found


@cache
def function_words() -> frozenset[str]:
    """Words that say nothing of what an event is, by their rough stems."""
    return frozenset(stem(word) for word in words("function_words")) | words("function_words")


def _in_capitals(text: str, tokens: Sequence[Token]) -> bool:
    """Whether capitals mark no names, as in a Title Like This."""
    long = [text[start] for start, end, _ in tokens if end - start >= 4]  # noqa: PLR2004
    return sum(map(str.isupper, long)) > len(long) * 0.65
