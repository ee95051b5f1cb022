"""Agreement on a desk as the screen asks for it: in the desk's own thread, with progress."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cached_property

from store.claims.annotators.disagreements import Disagreement
from store.claims.codebook import Codebook
from store.desk.adjudicating import Adjudicator
from store.desk.comparing import Comparison, Step, compare
from store.desk.lane import Lane
from store.model import Claim, Marking
from store.shelf.shelf import Shelf


class Referee:
    """Compares annotators and settles what they differ on; every method may raise DeskError."""

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        codebook: Callable[[], Codebook],
        name: str,
        clock: Callable[[], datetime],
    ) -> None:
        self.name = name
        """Who decides."""
        self._lane = lane
        self._shelf = shelf
        self._codebook = codebook
        self._clock = clock

    async def compare(self, between: Collection[str], step: Step) -> Comparison:
        """Compare these annotators, or all; ``step`` is called in the thread and may raise."""
        return await self._lane.run(lambda: compare(self._shelf, self._codebook(), between, step))

    async def decide(self, about: Disagreement, markings: Sequence[Marking]) -> Disagreement:
        """Let these markings stand for what was claimed; it is on disk then."""
        return await self._lane.run(lambda: self._adjudicator.decide(about, markings))

    async def take_back(self) -> tuple[Claim, ...]:
        """Undo this person's last decision; the claims that changed with it, if there was one."""
        return await self._lane.run(self._take_back)

    def _take_back(self) -> tuple[Claim, ...]:
        return self._adjudicator.take_back()

    @cached_property
    def _adjudicator(self) -> Adjudicator:
        return Adjudicator(self._shelf, self._codebook(), self.name, self._clock)
