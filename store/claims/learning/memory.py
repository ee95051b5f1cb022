"""Passages that a person spoke of before: when the same words come again, so does what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from store.claims.learning.lessons import Lesson

FEWEST_WORDS = 4
"""A shorter passage says the same by chance."""
SAID_BEFORE, REFUSED_BEFORE = 0.97, 0.03
"""Scores of a value that was kept, or refused, on the very same words."""
_WORD = re.compile(r"\w+")


class Recalled(NamedTuple):
    """What was said of the same words before."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    source: str
    """The feed it was said in."""
    lesson: Lesson

    @property
    def codes(self) -> tuple[str, ...]:
        """Every value spoken of."""
        return (*self.yes, *self.no)

    def reason(self, *, yes: bool) -> str:
        """Why a value is proposed, or is not."""
        where = f" in {self.source}" if self.source else " before"
        did = "marked" if yes else "refused it for"
        return f"you {did} this sentence{where}"


class Memory:
    """What was said of each passage, by its words; the latest word counts."""

    def __init__(self) -> None:
        self._lessons: dict[tuple[str, str], list[Lesson]] = {}

    def learn(self, lesson: Lesson) -> None:
        """Remember."""
        if key := _key(lesson.text):
            self._lessons.setdefault((lesson.dimension, key), []).append(lesson)

    def forget(self, lesson: Lesson) -> None:
        """Let go of what was remembered."""
        kept = self._lessons.get((lesson.dimension, _key(lesson.text)), [])
        if lesson in kept:
            kept.remove(lesson)

    def recall(self, dimension: str, text: str) -> Recalled | None:
        """What was last said of these words in a dimension; claims on the same words add up."""
        if not self._lessons:
            return None
        lessons = self._lessons.get((dimension, _key(text)), [])
        if not lessons:
            return None
        last = lessons[-1]
        yes = tuple(dict.fromkeys((*last.yes, *last.came)))
        return Recalled(yes, tuple(code for code in last.no if code not in yes), last.source, last)

    def __iter__(self) -> Iterator[Lesson]:
        return (lesson for lessons in self._lessons.values() for lesson in lessons)


@lru_cache(maxsize=1_000)
def _key(text: str) -> str:
    """The words alone, so that quotes, dashes and capitals make no difference; "" if too few.

    It is remembered: every dimension asks for the same passage.
    """
    found = _WORD.findall(text.casefold())
    return " ".join(found) if len(found) >= FEWEST_WORDS else ""
