"""Adding feeds from the app: what is asked, read and stored is the worker's business."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import aclosing
from pathlib import Path

from store.desk.lane import Lane
from store.errors import DeskError
from store.model.subscribing import Addition, ListRefused, ListTaken, Wish
from store.shelf.shelf import Shelf
from store.worker import adding, importing

_LISTS = (".opml", ".xml")


class Adding:
    """Subscribes, takes lists of feeds in, and takes both back."""

    def __init__(self, lane: Lane, shelf: Shelf, desk: Path) -> None:
        self._lane = lane
        self._shelf = shelf
        self._desk = desk

    async def add(self, wishes: Sequence[Wish]) -> AsyncIterator[Addition]:
        """Do what is wished, one after the other; tell whom is asked and what came of it.

        Ending the iteration early ends the work: what was told is on the desk.
        """
        async with aclosing(adding(self._desk, wishes)) as told:
            async for one in told:
                yield one

    def list_file(self, typed: str) -> Path | None:
        """The list of feeds that was typed by its path, if it is one; it need not be readable.

        Raises:
            DeskError: It reads like the path of a file, and no file is there.
        """
        text = typed.strip().strip("'\"")
        if not text or "://" in text:
            return None
        path = Path(text).expanduser()
        looks_like_one = text.startswith(("/", "~", "./", "../")) or os.sep + os.sep in text
        if path.is_file() and (looks_like_one or path.suffix.lower() in _LISTS):
            return path.absolute()
        if looks_like_one:
            raise DeskError(f"There is no file {text}; check its name.")
        return None

    async def take_list(self, file: Path) -> ListTaken:
        """Subscribe to what a list of feeds (OPML) has and the desk has not.

        Raises:
            DeskError: It cannot be read, or its feeds not be stored.
        """
        from store.desk.feed_lists import is_list

        if not await self._lane.run(is_list, file):
            raise DeskError(f"{file.name} is no list of feeds (OPML).")
        outcome = await importing(self._desk, file)
        if isinstance(outcome, ListRefused):
            raise DeskError(outcome.reason)
        return outcome

    async def take_back(self, numbers: Collection[int]) -> None:
        """Unsubscribe from feeds that were just added; what was read of them stays on disk.

        Raises:
            DeskError: It cannot be stored.
        """
        await self._lane.run(self._remove, numbers)

    def _remove(self, numbers: Collection[int]) -> None:
        there = {feed.number for feed in self._shelf.feeds()}
        for number in numbers:
            if number in there:
                self._shelf.remove_feed(number)
