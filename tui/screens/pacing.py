"""Showing what comes in at a pace that leaves the keys their time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

APART = 1.0
"""Seconds between two showings: of many feeds each takes some 30 ms, and no key is painted then."""

SHARE = 20
"""How many times as long as a showing took the next one waits, on a slow or busy machine."""


class Paced:
    """Shows at once what comes after a pause, else together with what comes next.

    Within its context `later` asks for a showing; at its end everything was shown.
    """

    def __init__(self, show: Callable[[], Awaitable[None]], *, apart: float = APART) -> None:
        self._show = show
        self._apart = apart
        self._wanted = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._showing = asyncio.create_task(self._go_on())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._showing.cancel()
        (ended,) = await asyncio.gather(self._showing, return_exceptions=True)
        if isinstance(ended, Exception):
            raise ended
        if kind is None or issubclass(kind, Exception):
            await self._show()

    def later(self) -> None:
        """There is something new to show."""
        self._wanted.set()

    async def _go_on(self) -> None:
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            begun = time.monotonic()
            await self._show()
            took = time.monotonic() - begun
            await asyncio.sleep(max(self._apart, SHARE * took))
