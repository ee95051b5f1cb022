"""The worker process, seen from the app: the same program as ``wiredesk fetch``, read line by line.

Refreshing decodes, merges, writes and indexes; in a process of its own it never holds up a key.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from msgspec import DecodeError, json
from msgspec.json import Decoder

from store.model import (
    FeedFailed,
    FeedRefreshed,
    FeedUnchanged,
    FetchBegun,
    Noticed,
    PageFailed,
    PageOutcome,
    Value,
)
from store.model.subscribing import Addition, Asking, ListOutcome, ListRefused, NotAdded, Wish

LINE_LIMIT = 1 << 20
"""Bytes; an outcome is a few hundred."""
NICENESS = 10
"""Of a refresh, beyond ours: the higher, the sooner others get a processor (nice(2))."""
PATIENCE = 5.0
"""Seconds that a worker has to end itself before it is killed."""


class FetchStopped(Value, frozen=True, kw_only=True, tag="stopped", tag_field="outcome"):
    """The whole run ended early, as on a full disk."""

    reason: str
    offline: bool = False
    """Whether no host could be reached; then nothing is held against any feed."""


class Indexed(Value, frozen=True, kw_only=True, tag="indexed", tag_field="outcome"):
    """How far the search index is, in files of headlines."""

    done: int = 0
    total: int = 0
    reason: str = ""
    """Why it cannot go on; empty as long as it does."""


Line = FetchBegun | FeedRefreshed | FeedUnchanged | FeedFailed | Noticed | FetchStopped
_decoder: Decoder[Line] = Decoder(Line)
_additions: Decoder[Addition] = Decoder(Addition)
_pages: Decoder[PageOutcome] = Decoder(PageOutcome)
_lists: Decoder[ListOutcome] = Decoder(ListOutcome)
_indexed: Decoder[Indexed] = Decoder(Indexed)


async def fetching(
    desk: Path, feeds: Collection[int] | None = None, *, due: bool = False
) -> AsyncIterator[Line]:
    """Run a worker for these feeds and yield what it tells.

    Without names it asks all feeds that can be asked without being a burden, or with ``due`` only
    those that are due. Ending the iteration early ends the worker.
    """
    words = ["fetch", "--json"]
    for number in feeds or ():
        words += ["--feed", str(number)]
    if not (feeds or due):
        words.append("--all")
    told_the_end = False
    async with _worker(desk, *words) as (worker, lines):
        _give_way(worker.pid)
        async for line in lines:
            try:
                outcome = _decoder.decode(line)
            except DecodeError:
                continue
            told_the_end = isinstance(outcome, FetchStopped)
            yield outcome
        status = await worker.wait()
        if status not in (0, 1) and not told_the_end:
            yield FetchStopped(reason=f"Refreshing ended early (status {status}); try again.")


async def adding(desk: Path, wishes: Sequence[Wish]) -> AsyncGenerator[Addition, None]:
    """Run a worker that adds what is wished, and yield what it tells.

    Wishes go to its stdin: an argument list, which others can see, is no place for a password.
    """
    last: Addition | None = None
    fed = b"\n".join(map(json.encode, wishes)) + b"\n"
    async with _worker(desk, "add", "-", "--json", fed=fed) as (worker, lines):
        async for line in lines:
            with suppress(DecodeError):
                last = _additions.decode(line)
                yield last
        await worker.wait()
    if last is None or isinstance(last, Asking):
        yield NotAdded(address="", reason="Adding ended early, so nothing was added; try again.")


async def importing(desk: Path, file: Path) -> ListOutcome:
    """Run a worker that takes a list of feeds in (an absolute path); what came of it."""
    async with _worker(desk, "import", "--json", str(file)) as (_, lines):
        async for line in lines:
            with suppress(DecodeError):
                return _lists.decode(line)
    return ListRefused(file=str(file), reason=f"{file.name} holds no list of feeds that is read.")


async def fetching_page(desk: Path, feed: int, article: int) -> PageOutcome:
    """Run a worker that fetches the page of an article; what came of it."""
    async with _worker(desk, "page", str(feed), str(article), "--json") as (_, lines):
        async for line in lines:
            with suppress(DecodeError):
                return _pages.decode(line)
    reason = "Fetching the page ended early, so the article is as it was; try again."
    return PageFailed(feed=feed, article=article, reason=reason)


async def indexing(desk: Path) -> AsyncGenerator[Indexed, None]:
    """Run a worker that brings the search index up to date, and yield how far it is.

    Ending the iteration early ends the worker; what it did until then is kept. The last line says
    why it stopped, if it did not come to an end.
    """
    async with _worker(desk, "index", "--json") as (worker, lines):
        _give_way(worker.pid)
        async for line in lines:
            with suppress(DecodeError):
                yield _indexed.decode(line)
        status = await worker.wait()
        if status != 0:
            yield Indexed(reason=f"Indexing ended early (status {status}); it goes on later.")


@asynccontextmanager
async def _worker(
    desk: Path, *words: str, fed: bytes = b""
) -> AsyncIterator[tuple[asyncio.subprocess.Process, asyncio.StreamReader]]:
    """A worker for these words, fed, and the lines that it prints; ended with the context."""
    starting = asyncio.ensure_future(_started(desk, words))
    try:
        worker = await asyncio.shield(starting)
    except asyncio.CancelledError:
        # Given up while it starts, it would be left alone with its pipes.
        await _to_the_end(_ended_once(starting))
        raise
    try:
        if worker.stdin is None or worker.stdout is None:  # pragma: no cover - pipes, as asked
            raise RuntimeError("a worker without pipes")
        with suppress(BrokenPipeError, ConnectionResetError):
            worker.stdin.write(fed)
            await worker.stdin.drain()
        worker.stdin.close()
        yield worker, worker.stdout
    finally:
        await _to_the_end(_ended(worker))


async def _started(desk: Path, words: Sequence[str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "store.cli", "--desk", str(desk), *words),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE_LIMIT,
    )


def _give_way(process: int) -> None:
    """Let keys come first where a refresh and its parsers keep every processor busy."""
    if sys.platform != "win32":
        with suppress(OSError):
            ours = os.getpriority(os.PRIO_PROCESS, 0)
            os.setpriority(os.PRIO_PROCESS, process, ours + NICENESS)


async def _to_the_end(work: Coroutine[None, None, None]) -> None:
    """Wait until it is done, however often whoever waits is cancelled; then pass that on."""
    doing = asyncio.ensure_future(work)
    cancelled = False
    while not doing.done():
        try:
            await asyncio.wait({doing})
        except asyncio.CancelledError:
            cancelled = True
    doing.result()
    if cancelled:
        raise asyncio.CancelledError


async def _ended_once(starting: asyncio.Future[asyncio.subprocess.Process]) -> None:
    with suppress(OSError):  # it could not be started, and who asked is gone
        await _ended(await starting)


async def _ended(worker: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        if worker.returncode is None:
            worker.terminate()
    try:
        await asyncio.wait_for(_heard_out(worker), PATIENCE)
    except TimeoutError:
        _kill(worker)
        with suppress(TimeoutError):
            await asyncio.wait_for(_heard_out(worker), PATIENCE)
    finally:
        _kill(worker)


def _kill(worker: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        if worker.returncode is None:
            worker.kill()


async def _heard_out(worker: asyncio.subprocess.Process) -> None:
    """Wait for its end, and for that of its pipes: one that is not read to its end stays open."""
    if worker.stdin is not None:
        worker.stdin.close()
    if worker.stdout is not None:
        while await worker.stdout.read(LINE_LIMIT):
            pass
    await worker.wait()
