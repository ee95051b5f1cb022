"""The worker process, seen from the app: the same program as ``wiredesk fetch``, read line by line.

Refreshing decodes, merges, writes and indexes; in a process of its own it never holds up a key.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Collection
from contextlib import suppress
from pathlib import Path

from msgspec import DecodeError
from msgspec.json import Decoder

from store.model import FeedFailed, FeedRefreshed, FeedUnchanged, Value

LINE_LIMIT = 1 << 20
"""Bytes; an outcome is a few hundred."""
PATIENCE = 5.0
"""Seconds that a worker has to end itself before it is killed."""


class FetchStopped(Value, frozen=True, kw_only=True, tag="stopped", tag_field="outcome"):
    """The whole run ended early, as on a full disk."""

    reason: str


Line = FeedRefreshed | FeedUnchanged | FeedFailed | FetchStopped
_decoder: Decoder[Line] = Decoder(Line)


async def fetching(desk: Path, feeds: Collection[int] | None) -> AsyncIterator[Line]:
    """Run a worker for these feeds (None: all of them) and yield what it tells.

    Ending the iteration early ends the worker.
    """
    command = [sys.executable, "-P", "-m", "store.cli", "--desk", str(desk), "fetch", "--json"]
    for number in feeds or ():
        command += ["--feed", str(number)]
    worker = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_LIMIT,
    )
    if worker.stdout is None:  # pragma: no cover - it is a pipe, as asked
        return
    told_the_end = False
    try:
        async for line in worker.stdout:
            try:
                outcome = _decoder.decode(line)
            except DecodeError:
                continue
            told_the_end = isinstance(outcome, FetchStopped)
            yield outcome
        status = await worker.wait()
        if status not in (0, 1) and not told_the_end:
            yield FetchStopped(reason=f"Refreshing ended early (status {status}); try again.")
    finally:
        await _ended(worker)


async def _ended(worker: asyncio.subprocess.Process) -> None:
    if worker.returncode is not None:
        return
    with suppress(ProcessLookupError):
        worker.terminate()
    try:
        await asyncio.wait_for(worker.wait(), PATIENCE)
    except TimeoutError:
        worker.kill()
        await worker.wait()
