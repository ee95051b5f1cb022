"""The one thread in which everything slow on a desk happens, so that no screen waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import ParamSpec, TypeVar

from store.errors import DeskError
from store.shelf.errors import ShelfError

P = ParamSpec("P")
R = TypeVar("R")


class Lane:
    """Does one thing after the other, in the order they were asked for."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="shelf")

    async def run(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do this in the thread, and wait for it.

        Raises:
            DeskError: The shelf could not do it.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, lambda: act(*args, **kwargs))
        except ShelfError as error:
            raise DeskError(str(error)) from error

    def ask(self, act: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Have this done and wait for nothing; nobody hears whether it could be done."""
        with suppress(RuntimeError):  # after the end nothing is taken on
            self._thread.submit(act, *args, **kwargs)

    def close(self) -> None:
        """Finish what was asked for."""
        self._thread.shutdown(wait=True)
