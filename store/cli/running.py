"""Work of a command that may be ended by a signal, as every command that fetches."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from store.model import Noticed
    from store.shelf.shelf import Shelf

BY_SIGNAL = 128
"""Added to a signal's number, it is the exit status of what the signal ended, as a shell has it."""
COLLECTED_AFTER = 100_000
"""Objects made and not freed; of a feed they are some thousands."""
T = TypeVar("T")

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def until_ended(work: Coroutine[Any, Any, int]) -> int:
    """Run to the end; SIGTERM and SIGHUP cancel, so that the parsers' children end with us."""
    ended_by: list[int] = []
    try:
        with _few_collections():
            return asyncio.run(_cancelled_by(work, _ENDING, ended_by))
    except asyncio.CancelledError:
        return BY_SIGNAL + ended_by[0] if ended_by else BY_SIGNAL


async def followed(shelf: Shelf) -> tuple[Noticed, ...]:
    """Bring up to date what is derived of the articles; what a person wants to be told of them.

    It can be ended between two steps.

    Raises:
        ShelfError: Nothing more can be stored.
    """
    from store.desk.aftercare import following

    steps = following(shelf)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            noticed: tuple[Noticed, ...] = end.value
            return noticed
        await asyncio.sleep(0)


def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Run what has no end of its own: a signal, Ctrl-C too, is how it ends well."""
    with suppress(asyncio.CancelledError):
        asyncio.run(_cancelled_by(work, (*_ENDING, signal.SIGINT), []))


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for rings of garbage seldom: articles leave none, and the search is a quarter of it."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECTED_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def _cancelled_by(
    work: Coroutine[Any, Any, T], signals: Sequence[int], ended_by: list[int]
) -> T:
    """Do the work, unless one of the signals comes, which is noted; who ignores one, still does."""
    task = asyncio.ensure_future(work)

    def end(number: int) -> None:
        ended_by.append(number)
        task.cancel()

    loop = asyncio.get_running_loop()
    for number in signals:
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError):  # Windows ends a process without asking it
                loop.add_signal_handler(number, end, number)
    return await task
