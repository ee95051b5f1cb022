"""Waiting for one's turn at the host that a redirect leads to, with the deadline standing still."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Onward = Callable[[str], Awaitable[None]]
"""Returns when the host of this address may be asked."""


async def off_the_clock(onward: Onward, address: str, clock: asyncio.Timeout) -> None:
    """Wait as long as it takes: the queue of a host is no fault of those who stand in it."""
    now = asyncio.get_running_loop().time
    due = clock.when()
    left = None if due is None else due - now()
    clock.reschedule(None)
    await onward(address)
    clock.reschedule(None if left is None else now() + left)
