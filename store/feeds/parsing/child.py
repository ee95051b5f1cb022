"""The process that reads what came: limited by the system, it reads one document after another."""

from __future__ import annotations

import gc
import math
import os
import sys
from collections.abc import Callable
from typing import BinaryIO, assert_never

from store.feeds.parsing.documents import Unreadable
from store.feeds.parsing.pipe import (
    LONGEST_HEAD,
    LONGEST_REPLY,
    REASON_LIMIT,
    Job,
    Reply,
    packed_reply,
    unpacked_job,
)
from store.text.clean import clean

PROCESSOR = 5
"""Seconds of processor time for one document."""
MEMORY = 512 * 1024 * 1024
"""Bytes of address space for the whole child."""
FILES = 64


def main() -> None:
    """Answer jobs from standard input until it ends: then nobody is left to answer."""
    asked, told = _pipes()
    more_time = _limit()
    # In the midst of a document there is little to collect, and to look for it costs a tenth.
    gc.disable()
    while _answers(asked, told, more_time):
        gc.collect()
        gc.freeze()  # what is left are libraries: they need no look the next time


def _answers(asked: BinaryIO, told: BinaryIO, more_time: Callable[[], None]) -> bool:
    """Answer one job; whether there may be another."""
    line = asked.readline(LONGEST_HEAD)
    if not line:
        return False
    job = unpacked_job(line)
    body = asked.read(job.length)
    if len(body) < job.length:
        return False
    more_time()
    reply = _reply(job, body)
    told.write(_whole(reply, job))
    told.flush()
    return not reply.spent


def _reply(job: Job, body: bytes) -> Reply:
    try:
        return _read(job, body)
    except Unreadable as unreadable:
        return Reply(reason=clean(str(unreadable), limit=REASON_LIMIT))
    except MemoryError:
        return Reply(reason=f"{job.document} takes too much memory to read.", spent=True)
    except Exception:  # noqa: BLE001 (feedparser raises anything on hostile feeds)
        return Reply(reason=f"{job.document} is broken in a way that cannot be read.")


def _read(job: Job, body: bytes) -> Reply:
    """Read a document as what it is to be; each kind loads its own library.

    Raises Unreadable, and anything else that a library raises on what it was not made for.
    """
    if job.kind == "feed":
        from store.feeds.parsing.parse import parse

        told = {"address": job.address, "content_type": job.content_type}
        return Reply(feed=parse(body, **told, seen=job.seen))
    if job.kind == "links":
        from store.feeds.parsing.links import links_of

        return Reply(links=links_of(body, address=job.address, content_type=job.content_type))
    if job.kind == "outlines":
        from store.feeds.parsing.outlines import outlines_of

        return Reply(outlines=outlines_of(body))
    if job.kind == "page":
        from store.feeds.parsing.page import page

        return Reply(page=page(body, address=job.address, content_type=job.content_type))
    assert_never(job.kind)


def _whole(reply: Reply, job: Job) -> bytes:
    packed = packed_reply(reply)
    if len(packed) > LONGEST_REPLY:
        return packed_reply(Reply(reason=f"{job.document} holds too much text."))
    return packed


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output, kept from whatever a library may print."""
    told = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, sys.stdout.fileno())
    os.close(nothing)
    return sys.stdin.buffer, told


def _limit() -> Callable[[], None]:
    """Limit this process; what comes back gives it time for one more document.

    Windows has no such limits: there only the parent's clock ends a child.
    """
    try:
        import resource
    except ImportError:
        return lambda: None
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (allowed, allowed))

    def more_time() -> None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = math.ceil(used.ru_utime + used.ru_stime) + PROCESSOR
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        until = until if hard == resource.RLIM_INFINITY else min(until, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))

    return more_time
