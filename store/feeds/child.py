"""The child's side of parsing: limits that the system enforces, then one document after another."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from typing import BinaryIO, Protocol

from store.feeds.address import host_of
from store.feeds.pipe import (
    LONGEST_HEAD,
    LONGEST_REPLY,
    REASON_LIMIT,
    Reply,
    packed_reply,
    unpacked_job,
)
from store.model import ParsedFeed
from store.text.clean import clean

PROCESSOR = 5
"""Seconds of processor time for one document."""
MEMORY = 512 * 1024 * 1024
"""Bytes of address space for the whole child."""
FILES = 64


class Unreadable(Exception):
    """The document is no feed; the message is one sentence for the person."""


class Parse(Protocol):
    """What is done with a document."""

    def __call__(self, body: bytes, *, address: str, content_type: str) -> ParsedFeed:
        """Raises Unreadable."""


def serve(parse: Parse) -> None:
    """Answer jobs from standard input until it ends: then nobody is left to answer."""
    asked, told = _pipes()
    more_time = _limit()
    while line := asked.readline(LONGEST_HEAD):
        job = unpacked_job(line)
        body = asked.read(job.length)
        if len(body) < job.length:
            return
        more_time()
        reply = _reply(parse, body, job.address, job.content_type)
        told.write(_whole(reply, job.address))
        told.flush()
        if reply.spent:
            return


def _reply(parse: Parse, body: bytes, address: str, content_type: str) -> Reply:
    host = host_of(address)
    try:
        return Reply(feed=parse(body, address=address, content_type=content_type))
    except Unreadable as unreadable:
        return Reply(reason=clean(str(unreadable), limit=REASON_LIMIT))
    except MemoryError:
        return Reply(reason=f"The feed of {host} takes too much memory to read.", spent=True)
    except Exception:  # noqa: BLE001 (feedparser raises anything on hostile feeds)
        return Reply(reason=f"The feed of {host} is broken in a way that cannot be read.")


def _whole(reply: Reply, address: str) -> bytes:
    packed = packed_reply(reply)
    if len(packed) > LONGEST_REPLY:
        return packed_reply(Reply(reason=f"The feed of {host_of(address)} holds too much text."))
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
