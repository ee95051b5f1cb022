"""Learning beside the work: between two keys, in pieces, so that neither waits for the other."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from store.desk.lane import Lane
from store.desk.learning import PIECE, Teacher
from store.desk.opened import OpenedArticle
from store.model import Suggestion
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.claims.learning.learn import Learner
    from store.claims.learning.rule_record import SwitchedOff
    from store.claims.lexicon import Lexicon
    from store.claims.suggesting.suggest import Reading


class Tutor:
    """Has a desk's suggestions learn from its claims, and ranks them anew."""

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        lexicon: Callable[[], Lexicon],
        *,
        threshold: float,
        only: str = "",
    ) -> None:
        """Only the claims of that annotator teach, if one is named."""
        self.threshold = threshold
        self._lane = lane
        self._shelf = shelf
        self._lexicon = lexicon
        self._only = only
        self._known: Teacher | None = None
        self._read: tuple[str, Lexicon, Reading] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def learner(self) -> Learner:
        """What was learned so far."""
        return self._teacher.learner

    @property
    def _teacher(self) -> Teacher:
        """The one for the codebook in use: with another, all is learned anew."""
        lexicon = self._lexicon()
        if self._known is None or self._known.codebook is not lexicon.codebook:
            self._known = Teacher(self._shelf, lexicon, only=self._only)
        return self._known

    def switched_off(self) -> tuple[SwitchedOff, ...]:
        """The rules that are mostly rejected and no longer propose unasked."""
        return self.learner.switched_off()

    async def newly_off(self) -> tuple[SwitchedOff, ...]:
        """Those since the last call; each is told once."""
        teacher = await self._lane.run(lambda: self._teacher)
        return await self._lane.run(teacher.newly_off)

    async def catch_up(self) -> None:
        """Learn from the claims that are new, whoever wrote them.

        Raises:
            DeskError: They cannot be read.
        """
        async with self._one_at_a_time:
            teacher = await self._lane.run(lambda: self._teacher)
            await self._in_pieces(teacher.catching_up())

    async def learn(self, opened: OpenedArticle) -> tuple[Suggestion, ...]:
        """Learn from what is said of an article now, and suggest anew.

        Raises:
            DeskError: Its claims cannot be read.
        """
        async with self._one_at_a_time:
            teacher = await self._lane.run(self._learn, opened)
            await self._in_pieces(teacher.putting_right())
        return await self.suggest(opened)

    async def suggest(self, opened: OpenedArticle) -> tuple[Suggestion, ...]:
        """What is suggested for an article after what was learned so far."""
        return await self._lane.run(self._suggest, opened)

    def _learn(self, opened: OpenedArticle) -> Teacher:
        teacher = self._teacher
        teacher.learn(opened.feed.number, opened.article.headline.id, opened.suggestions)
        return teacher

    async def read(self, opened: OpenedArticle) -> OpenedArticle:
        """An article with what is suggested for it; what it rests on is kept, to suggest anew.

        Raises:
            DeskError: The desk cannot be read.
        """
        suggestions: list[Suggestion] = []
        await self._in_pieces(self._suggesting(opened, suggestions))
        return replace(opened, suggestions=tuple(suggestions), known="all")

    def _suggest(self, opened: OpenedArticle) -> tuple[Suggestion, ...]:
        suggestions: list[Suggestion] = []
        deque(self._suggesting(opened, suggestions), maxlen=0)
        return tuple(suggestions)

    def _suggesting(self, opened: OpenedArticle, into: list[Suggestion]) -> Iterator[None]:
        reading = yield from self._reading(opened)
        for suggestion in reading.one_by_one(self.learner, self.threshold):
            into.append(suggestion)
            yield

    def _reading(self, opened: OpenedArticle) -> Generator[None, None, Reading]:
        from store.claims.suggesting.suggest import Reading

        version, lexicon = opened.article.version, self._lexicon()
        if self._read is None or self._read[0] != version.hash or self._read[1] is not lexicon:
            reading = yield from Reading.in_steps(version, opened.sentences, lexicon)
            self._read = (version.hash, lexicon, reading)
        return self._read[2]

    async def _in_pieces(self, work: Iterator[None]) -> None:
        while await self._lane.run(_some, work):
            pass


def _some(work: Iterator[None]) -> bool:
    """Do a piece of the work; False when that was the last."""
    until = time.perf_counter() + PIECE
    while time.perf_counter() < until:
        try:
            next(work)
        except StopIteration:
            return False
    return True
