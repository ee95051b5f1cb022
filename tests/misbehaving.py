"""What a case of a misbehaving server is made of.

A case scripts ``/feed.xml`` of one server and names the words of the sentence that comes of it.
Beside it stands a canary: a server that nobody permitted and that no case may ever reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from feed_server import FeedServer
from scripted_web import Call

from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.fetch import Fetcher

FEED = "/feed.xml"
GOOD = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
SMALL = 100_000
"""Bytes that the cases let a feed have."""
QUICK: Mapping[str, float] = {"deadline": 5.0, "silence": 2.0, "largest": SMALL}

Answer = Fetched | NotModified | FetchFailed
Script = Callable[[FeedServer], None]


@dataclass(frozen=True)
class World:
    """A server that misbehaves and one that must never be asked."""

    server: FeedServer
    canary: FeedServer

    async def fetched(self, path: str = FEED, **limits: float) -> Answer:
        """What a reader who typed the server's address makes of what it sends."""
        async with Fetcher(**{**QUICK, **limits}) as fetcher:
            return await fetcher.fetch(self.server.address(path), permit=self.server.permit)

    async def reason(self, path: str = FEED, **limits: float) -> str:
        """The one sentence of a fetch that brings nothing."""
        answer = await self.fetched(path, **limits)
        assert isinstance(answer, FetchFailed), answer
        assert answer.reason.endswith("."), answer.reason
        assert answer.reason.isprintable(), answer.reason
        return answer.reason

    def check(self) -> None:
        assert not self.canary.requests, "the canary was asked"


@contextmanager
def a_world() -> Iterator[World]:
    with FeedServer() as server, FeedServer() as canary:
        canary.serve(FEED, GOOD)
        yield World(server, canary)


@dataclass(frozen=True)
class Case:
    """One misbehaviour and the words that it is told in; no words: the feed arrives whole."""

    name: str
    script: Script
    says: str = ""
    limits: Mapping[str, float] = field(default_factory=dict)

    async def run(self, world: World) -> None:
        """Raises AssertionError if a reader sees anything else than is expected."""
        self.script(world.server)
        if self.says:
            told = await world.reason(**self.limits)
            assert self.says in told, told
        else:
            answer = await world.fetched(**self.limits)
            assert isinstance(answer, Fetched), answer
            assert answer.body == GOOD
        world.check()


def raw(sent: bytes) -> Script:
    """Answer by these bytes, and hang up."""
    return lambda server: server.raw(FEED, sent)


def body(sent: bytes, **headers: str) -> Script:
    """Answer by a whole document with these headers besides."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda server: server.serve(FEED, sent, headers=named)


def chunked(sent: bytes) -> Script:
    return raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + sent)


def to(target: str, status: int = 302) -> Script:
    """Send on to an address, written as it stands here."""
    return lambda server: server.redirect(FEED, target, status=status)


def status(code: int, **headers: str) -> Script:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda server: server.status(FEED, code, named)


def begun(first: bytes, again: bytes = b"", *, pause: float = 0.02) -> Script:
    """Send the beginning of an answer, then the same bytes again and again, or nothing more."""

    def answer(call: Call) -> None:
        call.write(first)
        call.hang_up()
        while call.pause(pause):
            call.write(again)

    return lambda server: server.answer(FEED, answer)


def flood(first: bytes, again: bytes) -> Script:
    """The same as fast as it is taken."""
    return begun(first, again, pause=0)


def packed(sent: bytes, packing: str = "gzip") -> Script:
    return body(sent, Content_Encoding=packing)


def chain(hops: int) -> Script:
    """So many redirects to a feed."""

    def script(server: FeedServer) -> None:
        for hop in range(1, hops):
            server.redirect(f"/{hop}", f"/{hop + 1}")
        server.redirect(FEED, "/1")
        server.serve(f"/{hops}", GOOD)

    return script


def circle(server: FeedServer) -> None:
    server.redirect(FEED, "/there")
    server.redirect("/there", FEED)


def drip_after_redirects(server: FeedServer) -> None:
    for hop in range(4):
        server.redirect(f"/{hop}", f"/{hop + 1}")
    server.redirect(FEED, "/0")
    server.drip("/4", GOOD, pause=0.02)
