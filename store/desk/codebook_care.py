"""The codebook as a screen takes care of it: read, changed, undone and counted off the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from store.claims.codebook import Codebook, CodebookError
from store.claims.codebook.edit import Edit
from store.claims.codebook.usage import Counts
from store.desk.lane import Lane
from store.desk.recoding import Recoding, Version
from store.errors import DeskError
from store.model import Tag

P = ParamSpec("P")
R = TypeVar("R")

FILES_A_TURN = 8
"""Of claims, read before whatever else the desk has to do gets its turn."""


class CodebookCare:
    """Does it all in the desk's thread; everything that fails is a DeskError of one sentence."""

    def __init__(
        self,
        recoding: Recoding,
        lane: Lane,
        current: Callable[[], Codebook],
        follow: Callable[[Codebook], None],
        clock: Callable[[], datetime],
    ) -> None:
        """``follow`` is told of every codebook that takes the place of the current one."""
        self._recoding = recoding
        self._lane = lane
        self._current = current
        self._follow = follow
        self._clock = clock

    @property
    def file(self) -> Path:
        """The file that changes are written to."""
        return self._recoding.file

    @property
    def read_from(self) -> Path | None:
        """The file in use; None is the one that ships."""
        return self._recoding.read_from

    async def look_again(self) -> bool:
        """Take in what somebody else wrote to the codebook's file; say whether that was anything.

        Raises:
            DeskError: The file has a mistake in it by now; the codebook stays as it was.
        """
        before = self._current()
        found = await self._run(self._recoding.load)
        if found.source == before.source and found.toml == before.toml:
            return False
        self._follow(found)
        return True

    async def follow_others(self) -> bool:
        """As ``look_again``, and next to nothing as long as nobody wrote to the file."""
        return await self._run(self._recoding.is_changed) and await self.look_again()

    async def change(self, edit: Edit) -> str:
        """Make a change; say what was changed, and to which version it led."""
        self._follow(await self._run(self._recoding.change, self._current(), edit))
        return f"{edit.said} · version {self._current().version}"

    async def take_back(self, *, redo: bool = False) -> str:
        """Undo or redo the last change; say what it was."""
        made, said = await self._run(self._recoding.take_back, self._current(), redo=redo)
        self._follow(made)
        return f"{'redone' if redo else 'undone'}: {said} · version {made.version}"

    async def use(self, name: str) -> str:
        """Put another codebook in this one's place; say which."""
        self._follow(await self._run(self._recoding.use, self._current(), name))
        return f"{self._current().title} in use; u brings the other back"

    async def versions(self) -> tuple[Version, ...]:
        """Every version that is kept, the newest first."""
        return await self._run(self._recoding.versions, self._current())

    async def counts(self) -> Counts:
        """How often each code stands on the desk's claims."""
        names = await self._run(self._recoding.claim_files)
        counts = Counts()
        for at in range(0, len(names), FILES_A_TURN):
            some = names[at : at + FILES_A_TURN]
            counts.update(
                await self._run(self._recoding.used_in, some, self._current(), self._clock())
            )
        return counts

    async def create_value(self, dimension: str, name: str) -> Tag:
        """A value of an open dimension under its own name, or the one that has the name."""
        return await self._run(self._recoding.create_value, self._current(), dimension, name)

    async def _run(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await self._lane.run(act, *args, **kwargs)
        except CodebookError as error:
            raise DeskError(str(error)) from error
