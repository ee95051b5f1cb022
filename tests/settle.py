"""Waiting for conditions of a running app, never for a length of time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection
from typing import Any

from textual.pilot import Pilot
from textual.worker import Worker, WorkerError

PATIENCE = 60.0
"""Seconds until a wait is given up: far more than anything here takes on a slow machine."""


async def settle(
    pilot: Pilot[Any], *, standing: Collection[str] = (), within: float = PATIENCE
) -> None:
    """Wait until no worker runs, every message is obeyed and the screen drawn.

    Workers of the groups named in ``standing`` may go on: those that wait for a person's answer.
    """
    busy: list[Worker[Any]] = []
    async with _patience(within, lambda: f"still busy: {[worker.name for worker in busy]}"):
        await obeyed(pilot)
        while busy := _busy(pilot, standing):
            await asyncio.gather(*(_end_of(worker) for worker in busy))
            await obeyed(pilot)
        await _painted(pilot)


async def obeyed(pilot: Pilot[Any]) -> None:
    """Wait until every message that was sent before is obeyed, and those that these sent."""
    for _ in range(2):
        for widget in (pilot.app, *pilot.app.screen.walk_children(with_self=True)):
            done = asyncio.Event()
            if widget.call_later(done.set):
                await done.wait()
    await pilot.pause()


async def _painted(pilot: Pilot[Any]) -> None:
    """Wait until the screen shows what it was told: it is laid out and drawn by a clock."""
    drawn = asyncio.Event()
    if pilot.app.screen.call_after_refresh(drawn.set):
        await drawn.wait()


async def until(pilot: Pilot[Any], holds: Callable[[], bool], *, within: float = PATIENCE) -> None:
    """Wait until a condition holds; for what no worker of the app does, as another process."""
    async with _patience(within, lambda: f"never held: {holds}"):
        while not holds():
            await pilot.pause(0.01)
    await pilot.pause()


def _busy(pilot: Pilot[Any], standing: Collection[str]) -> list[Worker[Any]]:
    return [
        worker
        for worker in pilot.app.workers
        if not worker.is_finished and worker.group not in standing
    ]


async def _end_of(worker: Worker[Any]) -> None:
    # A worker that was cancelled is at its end too; one that failed ends the app, which tells it.
    with contextlib.suppress(WorkerError):
        await worker.wait()


@contextlib.asynccontextmanager
async def _patience(seconds: float, told: Callable[[], str]) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise AssertionError(f"after {seconds:g} seconds {told()}") from None
