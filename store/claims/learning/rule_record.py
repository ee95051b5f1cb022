"""Which rules a person mostly says no to: they stop to propose, and say so.

A rule is a trigger of the codebook, a name that is read as a company or region, or a whole way of
reading names ("the company", a city for its country).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from store.claims.learning.lessons import Lesson, Told
from store.model import Value

ENOUGH = {"trigger": 5, "name": 5, "way": 15}
"""Judgements before a rule may be switched off, by its kind; a way of reading stands for much."""
MEANT = "the company, it, both countries and their like"
"""The way of reading a word that stands for a name; its reasons are in brackets."""
LEAST_ACCEPTED = 0.25
"""A rule that is right less often is switched off."""


class Rule(NamedTuple):
    """Something that proposes a value."""

    dimension: str
    kind: Literal["trigger", "name", "way"]
    code: str
    """What it proposes; "" for a way of reading, which proposes whatever is named."""
    written: str
    """The trigger, the name, or the reason without the name in it."""


class SwitchedOff(Value, frozen=True, kw_only=True):
    """A rule that is mostly rejected and no longer proposes unasked."""

    dimension: str
    kind: Literal["trigger", "name", "way"]
    code: str
    written: str
    label: str = ""
    """Of the value that it proposes; "" for a way of reading."""
    accepted: int
    rejected: int

    @property
    def told(self) -> str:
        """In one sentence."""
        judged = self.accepted + self.rejected
        what = f"“{self.written}”" + (f" for {self.label}" if self.label else "")
        return f"{what} was rejected {self.rejected} of {judged} times and is no longer suggested"


class RuleRecord:
    """How often each rule was right."""

    def __init__(self) -> None:
        self._judged: dict[Rule, list[int]] = {}
        self._off: set[Rule] | None = None
        self._names_off = False
        self._triggers_off: dict[tuple[str, str], set[str]] = {}
        """By dimension and code; as what is beside it, right once ``_switched_off`` was asked."""

    def count(self, rule: Rule, *, right: bool, by: int = 1) -> None:
        """Count a judgement; ``by`` -1 takes it back."""
        judged = self._judged.setdefault(rule, [0, 0])
        judged[0 if right else 1] += by
        self._off = None

    def is_off(self, rule: Rule) -> bool:
        """Whether a rule no longer proposes."""
        return bool(self._judged) and rule in self._switched_off

    @property
    def has_names_off(self) -> bool:
        """Whether any name or way of reading names no longer proposes."""
        return bool(self._judged and self._switched_off) and self._names_off

    def triggers_off(self, dimension: str, code: str) -> Collection[str]:
        """The triggers of a code that no longer propose."""
        if not self._judged or not self._switched_off:
            return ()
        return self._triggers_off.get((dimension, code), ())

    def switched_off(self) -> tuple[SwitchedOff, ...]:
        """All of them, the most often rejected first."""
        found = [
            SwitchedOff(
                dimension=rule.dimension,
                kind=rule.kind,
                code=rule.code,
                written=rule.written,
                accepted=self._judged[rule][0],
                rejected=self._judged[rule][1],
            )
            for rule in self._switched_off
        ]
        return tuple(sorted(found, key=lambda one: (-one.rejected, one.code, one.written)))

    @property
    def _switched_off(self) -> set[Rule]:
        if self._off is None:
            self._off = {rule for rule, judged in self._judged.items() if _is_bad(rule, judged)}
            self._names_off = any(rule.kind != "trigger" for rule in self._off)
            self._triggers_off = {}
            for rule in self._off:
                if rule.kind == "trigger":
                    known = self._triggers_off.setdefault((rule.dimension, rule.code), set())
                    known.add(rule.written)
        return self._off


def _is_bad(rule: Rule, judged: list[int]) -> bool:
    accepted, rejected = judged
    both = accepted + rejected
    return both >= ENOUGH[rule.kind] and accepted < LEAST_ACCEPTED * both


def naming_rules(dimension: str, code: str, label: str, reason: str, words: str) -> Iterator[Rule]:
    """The rules behind a company or region: the name itself, and the way it was read."""
    if words:
        yield Rule(dimension, "name", code, words)
    way = reason
    for name in sorted({words, label} - {""}, key=len, reverse=True):
        way = way.replace(name, "…")
    if reason.startswith("("):
        way = MEANT
    if way.strip(" …"):
        yield Rule(dimension, "way", "", way)


def judgements(lesson: Lesson) -> Iterable[tuple[Rule, bool]]:
    """What a lesson of an open dimension says of the rules behind its values."""
    kept = {*lesson.yes, *lesson.came}
    for told in lesson.told:
        if told.reason:
            for rule in _rules_of(lesson, told):
                yield rule, told.code in kept


def _rules_of(lesson: Lesson, told: Told) -> Iterator[Rule]:
    return naming_rules(lesson.dimension, told.code, told.label, told.reason, told.words)
