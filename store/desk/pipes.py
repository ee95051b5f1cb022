"""Articles given to programs of the person's own, on stdin and nowhere else.

No part of an article ever stands on a command line or reaches a shell; the program has no
terminal, a limited time, and what it says is kept in part.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

from store.desk.lane import Lane
from store.errors import DeskError
from store.model import Article, Feed
from store.settings import Pipe
from store.shelf.shelf import Shelf
from store.text.clean import clean

SECONDS = 30.0
"""How long a program may take."""
MOST_SAID = 200_000
"""Of what it says so many bytes are kept."""
MOST_WRITTEN = 50_000_000
"""A program that says more is ended."""
_LOOK_EVERY = 0.25

Which = Callable[[str], str | None]


class Said(msgspec.Struct, frozen=True):
    """What became of a program."""

    name: str
    """What the person calls it."""
    status: int
    """0 where it says that all went well; negative: the signal that ended it."""
    output: str
    """The beginning of what it wrote, cleaned."""

    @property
    def first(self) -> str:
        """The first line of it that says anything."""
        lines = (line.strip() for line in self.output.splitlines())
        return next((line for line in lines if line), "")

    @property
    def lines(self) -> int:
        """How many lines that is."""
        return len(self.output.splitlines())


class Pipes:
    """The programs that the settings name."""

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        pipes: Mapping[str, Pipe],
        shared: Callable[[str], str],
        *,
        only: str = "",
        seconds: float = SECONDS,
    ) -> None:
        """``shared`` makes an address fit to be handed on; ``only`` whose notes are seen."""
        self._lane = lane
        self._shelf = shelf
        self._pipes = pipes
        self._shared = shared
        self._only = only
        self._seconds = seconds

    @property
    def names(self) -> tuple[str, ...]:
        """What the person calls them, in the order of the settings."""
        return tuple(self._pipes)

    def command(self, name: str) -> str:
        """What is run, to be shown."""
        return " ".join(self._pipes[name].command)

    async def give(self, name: str, articles: Sequence[tuple[int, int]]) -> Said:
        """Give articles, as (feed, article), to a program, and wait for its end.

        Raises:
            DeskError: An article cannot be read, or the program cannot be started or did not end.
        """
        pipe = self._pipes[name]
        program = program_of(name, pipe.command)
        handed = await self._lane.run(self._handed, pipe, articles)
        with TemporaryFile() as given, TemporaryFile() as said:
            given.write(handed.encode("utf-8", "replace"))
            given.seek(0)
            status = await self._run(name, [program, *pipe.command[1:]], given, said)
            said.seek(0)
            output = said.read(MOST_SAID).decode("utf-8", "replace")
        return Said(name, status, clean(output, limit=MOST_SAID, lines=True))

    async def _run(
        self, name: str, command: Sequence[str], given: IO[bytes], said: IO[bytes]
    ) -> int:
        try:
            process = await asyncio.create_subprocess_exec(
                *command, stdin=given, stdout=said, stderr=said, start_new_session=True
            )
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "its words cannot be given"
            raise DeskError(f"{name}: {command[0]} cannot be started: {why}.") from error
        try:
            return await asyncio.wait_for(self._end_of(name, process, said), self._seconds)
        except TimeoutError:
            limit = f"{self._seconds:g} seconds"
            raise DeskError(f"{name} was not done after {limit}, and was ended.") from None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.wait()

    async def _end_of(self, name: str, process: asyncio.subprocess.Process, said: IO[bytes]) -> int:
        ending = asyncio.ensure_future(process.wait())
        while not (await asyncio.wait({ending}, timeout=_LOOK_EVERY))[0]:
            if os.fstat(said.fileno()).st_size > MOST_WRITTEN:
                raise DeskError(f"{name} wrote more than {MOST_WRITTEN // 1_000_000} MB: ended.")
        return ending.result()

    def _handed(self, pipe: Pipe, articles: Sequence[tuple[int, int]]) -> str:
        from store.formats.articles import as_json, as_text, notes_of, texts_parted

        form = as_json if pipe.format == "json" else as_text
        told = []
        for feed, article in articles:
            claims = self._shelf.claims_of(article, feed)
            told.append(form(*self._read(feed, article), notes_of(claims, only=self._only)))
        return "".join(told) if pipe.format == "json" else texts_parted(told)

    def _read(self, number: int, article: int) -> tuple[Article, Feed, str]:
        found = self._shelf.article(article, number)
        if found is None:
            raise DeskError("The text of this article is lost; nothing was given to the program.")
        feed = self._shelf.feed(number) or Feed(
            number=number, address="", first_address="", added=found.headline.seen
        )
        return found, feed, self._shared(found.headline.address)


def program_of(name: str, command: Sequence[str], which: Which = shutil.which) -> str:
    """Where the program of a pipe lies.

    Raises:
        DeskError: It is not here.
    """
    program = which(str(Path(command[0]).expanduser()))
    if program is None:
        said = f"There is no program {command[0]}, which [open.pipe.{name}] in settings.toml names."
        raise DeskError(said)
    return program
