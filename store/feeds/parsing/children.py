"""The processes that parse: two at most, started when first needed, replaced when one breaks.

A feed can make its parser run for an hour or fill the memory. So it is parsed where that can be
ended, and what comes back is JSON that is checked, because a broken child may say anything.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

import store
from store.feeds.parsing.pipe import (
    LONGEST_REPLY,
    REASON_LIMIT,
    Job,
    Reply,
    packed_job,
    unpacked_reply,
)
from store.feeds.web.answers import ParseFailed
from store.model import ParsedFeed, ParsedPage, SeenItem
from store.model.subscribing import OutlineList, PageLinks
from store.text.clean import clean

CHILDREN = 2
"""More do not pay: the machine has other things to do, and one feed takes some 20 ms."""
PATIENCE = 10.0
"""Seconds by the clock for one document, the start of a child included."""
MOST_JOBS = 500
"""Of one child, so that what leaks somewhere never adds up."""

_OWN_GROUP = None if sys.platform == "win32" else 0
"""To be killed whole. In a session of its own it would be a group of its own for the scheduler of
Linux too (autogroups, sched(7)), beside which our own niceness counts for nothing."""
_LAST_BREATH = 1.0
"""Seconds in which a child that closed its pipe is gone."""
_LEFTOVER = 1024 * 1024
_HOME = str(Path(store.__file__).resolve().parents[1])
# Isolated: no variable and no folder of the person's decides what the child imports. It finds this
# very package, which need not be installed. Nor does it write compiled modules: a full disk would
# cut them short, and every later child would break on them.
_PROGRAM = (
    "import sys; sys.path[:0] = [p for p in sys.argv[1:] if p not in sys.path]; "
    "from store.feeds.parsing.child import main; main()"
)
COMMAND = (sys.executable, "-I", "-B", "-c", _PROGRAM, _HOME)


class ParserPool:
    """Parses feeds in child processes; none of them outlives the context."""

    def __init__(
        self,
        *,
        children: int = CHILDREN,
        patience: float = PATIENCE,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._patience = patience
        self._command = command
        # The last one back is the first one out: a second child starts only if both are needed.
        self._idle: asyncio.LifoQueue[_Child | None] = asyncio.LifoQueue()
        for _ in range(children):
            self._idle.put_nowait(None)
        self._living: set[_Child] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in list(self._living):
            await self._end(child)

    async def parse(
        self,
        body: bytes,
        *,
        address: str,
        content_type: str = "",
        seen: tuple[SeenItem, ...] = (),
    ) -> ParsedFeed | ParseFailed:
        """The feed in a document from ``address``, or why there is none.

        Of items that are ``seen``, only the names are told.
        """
        job = Job(length=len(body), address=address, content_type=content_type, seen=seen)
        reply = await self._reply(job, body)
        return reply.feed or _failed(reply, job)

    async def links(
        self, body: bytes, *, address: str, content_type: str = ""
    ) -> PageLinks | ParseFailed:
        """What a web page from ``address`` says of feeds, or why it is no web page."""
        job = Job(length=len(body), kind="links", address=address, content_type=content_type)
        reply = await self._reply(job, body)
        return reply.links or _failed(reply, job)

    async def outlines(self, body: bytes) -> OutlineList | ParseFailed:
        """The feeds in a list of feeds (OPML), or why it is none."""
        job = Job(length=len(body), kind="outlines", address="")
        reply = await self._reply(job, body)
        return reply.outlines or _failed(reply, job)

    async def page(
        self, body: bytes, *, address: str, content_type: str = ""
    ) -> ParsedPage | ParseFailed:
        """The article on a web page from ``address``, or why there is none to be read."""
        job = Job(length=len(body), kind="page", address=address, content_type=content_type)
        reply = await self._reply(job, body)
        return reply.page or _failed(reply, job)

    async def _reply(self, job: Job, body: bytes) -> Reply:
        # A child that died while it was idle says nothing about this document.
        reply = await self._answer(job, body) or await self._answer(job, body)
        return reply or Reply(reason=_too_bad(job))

    async def _answer(self, job: Job, body: bytes) -> Reply | None:
        """What a child makes of a document; None if one that had worked before broke on it."""
        child = await self._idle.get()
        sound = False
        try:
            async with asyncio.timeout(self._patience):
                if child is None or not child.is_fit:
                    child = await self._started_instead_of(child)
                reply = await child.ask(job, body)
            sound = not reply.spent
        except TimeoutError:
            return Reply(reason=_too_long(job))
        except (OSError, EOFError, ValueError, msgspec.MsgspecError):
            if child is not None and await child.ran_out_of_time():
                return Reply(reason=_too_long(job))
            is_new = child is None or child.jobs <= 1
            return Reply(reason=_too_bad(job)) if is_new else None
        finally:
            self._idle.put_nowait(child if sound else None)
            if child is not None and not sound:
                await self._end(child)
        return reply

    async def _started_instead_of(self, unfit: _Child | None) -> _Child:
        if unfit is not None:
            await self._end(unfit)
        child = _Child(
            await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, process_group=_OWN_GROUP
            )
        )
        self._living.add(child)
        return child

    async def _end(self, child: _Child) -> None:
        self._living.discard(child)
        await child.end()


class _Child:
    """One process that parses, and its pipes."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.jobs = 0
        """Documents that it was given."""

    @property
    def is_fit(self) -> bool:
        """Whether it lives, and has not worked for long enough."""
        return self._process.returncode is None and self.jobs < MOST_JOBS

    async def ask(self, job: Job, body: bytes) -> Reply:
        """Raises OSError, EOFError, ValueError or MsgspecError if it breaks on the job."""
        self.jobs += 1
        asked, told = self._process.stdin, self._process.stdout
        if asked is None or told is None:
            raise EOFError
        asked.write(packed_job(job) + body)
        await asked.drain()
        length = int(await told.readline())
        if not 0 < length <= LONGEST_REPLY:
            raise ValueError
        reply = unpacked_reply(await told.readexactly(length))
        if not reply.says_something:
            raise ValueError
        return reply

    async def ran_out_of_time(self) -> bool:
        """Whether the system ended it for the processor time it used."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_BREATH):
                await self._process.wait()
        return sys.platform != "win32" and self._process.returncode == -signal.SIGXCPU

    async def end(self) -> None:
        """Kill it with all that it may have started, and wait until it is gone."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self._process.stdout is not None:
            # A pipe that is full of what nobody read keeps asyncio waiting for its end.
            while await self._process.stdout.read(_LEFTOVER):
                pass
        await self._process.wait()

    def _kill(self) -> None:
        if sys.platform == "win32":
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)


def _failed(reply: Reply, job: Job) -> ParseFailed:
    return ParseFailed(reason=clean(reply.reason or _too_bad(job), limit=REASON_LIMIT))


def _too_long(job: Job) -> str:
    return f"{job.document} takes too long to read and was given up."


def _too_bad(job: Job) -> str:
    return f"{job.document} breaks the program that reads it; it was given up."
