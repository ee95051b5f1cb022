"""What a desk has learned of its person: from words to codes, sentences seen before, bad rules.

It starts from the codebook: without lessons it changes nothing. It is derived from the claims and
never the truth; the same lessons in the same order make the same learner.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from store.claims.learning.evidence import SILENT, Said, evidence_in, silence, weighed
from store.claims.learning.lessons import Lesson, Told
from store.claims.learning.memory import Memory, Recalled
from store.claims.learning.rule_record import Rule, RuleRecord, SwitchedOff, judgements
from store.claims.learning.word_weights import (
    NO_COUNTS,
    NOT_NAMED,
    Delta,
    Learned,
    WordWeights,
    features_of,
)
from store.claims.lexicon import Lexicon
from store.claims.names import level
from store.claims.names.regions import region
from store.model import Span

__all__ = ["Learner", "Lesson", "SwitchedOff", "Told"]

TRACES = 256
"""So many of the last lessons can be taken back exactly and at once."""
CAME_ALONG_COUNTS = 0.4
"""What a value that only came along weighs beside one that a person chose."""

WEAK_COUNTS = 0.5
"""What it weighs that an article was left without a claim, beside a "no" to the passage."""


class _Trace(NamedTuple):
    features: dict[str, str]
    wanted: dict[str, tuple[float, float]]
    deltas: list[Delta]


class Learner:
    """Learns from lessons, one at a time, and says what they mean for a sentence."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = {
            dimension.id: WordWeights()
            for dimension in lexicon.codebook.dimensions
            if dimension.kind == "closed"
        }
        self.memory = Memory()
        self.rules = RuleRecord()
        self._traces: OrderedDict[Lesson, _Trace] = OrderedDict()
        self.lessons = 0
        """How many were learned."""

    # ------------------------------------------------------------ learning

    def learn(self, lessons: Iterable[Lesson]) -> None:
        """Learn from each, in this order; a dimension or code that is gone teaches nothing."""
        for lesson in map(self._as_now, lessons):
            self.lessons += 1
            if not lesson.weak:
                self.memory.learn(lesson)
            if lesson.dimension in self._words:
                self._learn_words(lesson)
            else:
                for rule, right in judgements(lesson):
                    self.rules.count(rule, right=right)

    def unlearn(self, lesson: Lesson) -> bool:
        """Take a lesson back; False if it was learned too long ago, and nothing is changed."""
        lesson = self._as_now(lesson)
        closed = lesson.dimension in self._words
        if closed and lesson not in self._traces:
            return False
        self.lessons -= 1
        self.memory.forget(lesson)
        if closed:
            self._words[lesson.dimension].unlearn(*self._traces.pop(lesson))
            self._count(lesson, self._evidence(lesson), by=-1)
        else:
            for rule, right in judgements(lesson):
                self.rules.count(rule, right=right, by=-1)
        return True

    def _learn_words(self, lesson: Lesson) -> None:
        said = self._evidence(lesson)
        self._count(lesson, said)
        features = features_of(level(lesson.text))
        wanted = self._wanted(lesson, said, features)
        offsets = {code: self._odds(lesson.dimension, code, said) for code in wanted}
        weights = self._words[lesson.dimension]
        deltas = weights.learn(features, wanted, offsets, rule_features(said))
        self._traces[lesson] = _Trace(features, wanted, deltas)
        while len(self._traces) > TRACES:
            self._traces.popitem(last=False)

    def _odds(self, dimension: str, code: str, said: Said) -> float:
        """What the codebook alone says of a code."""
        known = self._lexicon.codebook.code(dimension, code)
        odds = silence(known) if known else SILENT
        if code in said:
            odds += weighed(said[code], self.rules.triggers_off(dimension, code)).added
        return odds

    def _evidence(self, lesson: Lesson) -> Said:
        triggers = self._lexicon.evidence[lesson.dimension]
        return evidence_in(level(lesson.text), Span(0, len(lesson.text)), triggers)

    def _wanted(
        self, lesson: Lesson, said: Said, features: dict[str, str]
    ) -> dict[str, tuple[float, float]]:
        """What each code should be on this passage, and how much that counts.

        Of those that nobody spoke of, only what its words or its triggers speak for can be wrong.
        """
        dimension = lesson.dimension
        wanted: dict[str, tuple[float, float]] = {}
        if lesson.yes or lesson.came:
            judged = self._words[dimension].judged(features, ())
            likely = [code for code, learned in judged.items() if learned.added > 0]
            rivals = [code for code, pieces in said.items() if weighed(pieces).strong]
            wanted = dict.fromkeys((*rivals, *likely), (0.0, NOT_NAMED))
        wanted |= dict.fromkeys(lesson.no, (0.0, NO_COUNTS * (WEAK_COUNTS if lesson.weak else 1)))
        wanted |= dict.fromkeys(lesson.came, (1.0, CAME_ALONG_COUNTS))
        wanted |= dict.fromkeys(lesson.yes, (1.0, 1.0))
        codebook = self._lexicon.codebook
        return {code: goal for code, goal in wanted.items() if codebook.code(dimension, code)}

    def _as_now(self, lesson: Lesson) -> Lesson:
        """The lesson in codes of today: one that was merged stands for what it became."""
        if lesson.dimension not in self._words:
            return lesson
        return replace(
            lesson,
            yes=tuple(self._code_now(lesson.dimension, code) for code in lesson.yes),
            no=tuple(self._code_now(lesson.dimension, code) for code in lesson.no),
            came=tuple(self._code_now(lesson.dimension, code) for code in lesson.came),
        )

    def _code_now(self, dimension: str, code: str) -> str:
        known = self._lexicon.codebook.dimension(dimension)
        now = known.standing_for(code) if known else None
        return now.id if now else code

    def _count(self, lesson: Lesson, said: Said, *, by: int = 1) -> None:
        """Count the triggers that spoke for a value which the person kept or refused."""
        if lesson.weak:
            return
        kept = {*lesson.yes, *lesson.came}
        for code in (*kept, *lesson.no):
            for piece in said.get(code, ()):
                if piece.strong:
                    rule = Rule(lesson.dimension, "trigger", code, piece.written)
                    self.rules.count(rule, right=code in kept, by=by)

    # ------------------------------------------------------------ using

    def judged(self, dimension: str, features: Mapping[str, str], said: Said) -> dict[str, Learned]:
        """What was learned of the words of a sentence, by code."""
        weights = self._words.get(dimension)
        if weights is None or not weights.lessons:
            return {}
        return weights.judged(features, rule_features(said))

    def recall(self, dimension: str, text: str) -> Recalled | None:
        """What was said of the very same words before."""
        return self.memory.recall(dimension, text)

    def switched_off(self) -> tuple[SwitchedOff, ...]:
        """The rules that are mostly rejected and no longer propose unasked."""
        return tuple(
            replace(one, label=self._label(one.dimension, one.code))
            for one in self.rules.switched_off()
        )

    def _label(self, dimension: str, code: str) -> str:
        closed = self._lexicon.codebook.code(dimension, code)
        if closed is not None:
            return closed.label
        known = region(code) or self._lexicon.company(code)
        return known.name if known else code


def rule_features(said: Said) -> tuple[str, ...]:
    """The triggers that spoke, as features beside the words."""
    return tuple(
        f"\0{piece.written}" for pieces in said.values() for piece in pieces if piece.strong
    )
