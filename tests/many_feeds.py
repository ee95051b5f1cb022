"""A server of many feeds in a process of its own, as quick as Python can be, for benches.

with ManyFeeds(feeds=500, items=60) as web:
    shelf.add_feed(web.address(0), permit=web.permit(0))

Its documents are the same each time: half RSS, half Atom, whole articles of some 3.2 KB of HTML.
As a program it prints its port, then obeys one line of standard input after the other.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from random import Random
from types import TracebackType
from typing import Self

NEWEST = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOSTS = 100
"""Loopback addresses that the feeds are spread over: a polite client asks each one by one."""
WRONG = ("bomb", "endless", "slow")
"""What the last feeds are when they are to be bad."""
SLOWNESS = 3.0
"""Seconds over which a slow feed drips."""

FIRMS = ("Kumano Chips", "Borealis Power", "Nordhavn Rail", "Sable AI", "Ostrava Steel")
DEEDS = ("opens a second plant in", "is hiring engineers in", "cuts jobs in", "raises funds in")
PLACES = ("Japan", "Australia", "Poland", "Brazil", "Wales", "Texas", "Kenya")
SENTENCES = (
    "The company gave no figures, but said that the decision had been taken in spring.",
    "Analysts had expected the step, and the shares moved little on the day.",
    "Local officials promised roads, power and a faster way through the permits.",
    "Rivals have announced similar sites, and two of them are behind their plans.",
    "A spokeswoman said the “first phase” would take three years – if all goes well.",
    "It is the third such announcement this year, after those of spring and summer.",
)


class ManyFeeds:
    """The server, seen from a test."""

    def __init__(self, *, feeds: int, items: int = 60, wrong: bool = False) -> None:
        self.feeds = feeds
        self._argv = [sys.executable, __file__, str(feeds), str(items), str(int(wrong))]

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            self._argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._port = int(self._said())
        self._hosts = self._said().split()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.kill()
        self._server.communicate()

    def address(self, feed: int) -> str:
        """Where a feed lies; they count from 0."""
        return f"http://{self.permit(feed)}/{feed}"

    def permit(self, feed: int) -> str:
        """Its host and port."""
        return f"{self._hosts[feed % len(self._hosts)]}:{self._port}"

    def validators(self, *, sent: bool) -> None:
        """Whether feeds carry ETag and Last-Modified, and answer 304 to who sends them back."""
        self._tell(f"validators {int(sent)}")

    def add_items(self, *, feeds: int, items: int) -> None:
        """Give the first feeds some new items each, with new validators."""
        self._tell(f"add {feeds} {items}")

    def _tell(self, line: str) -> None:
        assert self._server.stdin is not None
        self._server.stdin.write(line + "\n")
        self._server.stdin.flush()
        assert self._said() == "done"

    def _said(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().strip()


# ------------------------------------------------------------------ the documents


def document(feed: int, items: int, added: int = 0) -> bytes:
    """A feed's XML: ``items`` of which the newest ``added`` came later."""
    numbers = range(added - 1, added - 1 - items, -1)
    made = (_atom if feed % 2 else _rss)(feed, [item(feed, number) for number in numbers])
    return made.encode()


def item(feed: int, number: int) -> tuple[str, str, str, str, datetime]:
    """Address, title, teaser, HTML and date of an item; later ones have higher numbers."""
    random = Random(feed * 1_000_003 + number)
    title = f"{random.choice(FIRMS)} {random.choice(DEEDS)} {random.choice(PLACES)} ({number})"
    paragraphs = [
        f"<p>{random.choice(SENTENCES)} {random.choice(SENTENCES)} "
        f'<a href="https://news.example/more/{random.randrange(10**6)}">{random.choice(FIRMS)}</a> '
        f"{random.choice(SENTENCES)} "
        f"<b>{random.choice(SENTENCES)}</b></p>"
        for _ in range(7)
    ]
    paragraphs.insert(
        3, f"<h2>{title}</h2>\n<ul><li>{FIRMS[0]}</li><li><em>x &amp; y</em></li></ul>"
    )
    paragraphs.insert(1, f'<p><img src="/i/{number}.jpg" alt="A site" width="600"/></p>')
    at = NEWEST + timedelta(minutes=7 * number - feed)
    address = f"https://news.example/{feed}/{number}"
    return address, title, random.choice(SENTENCES), "\n".join(paragraphs), at


def _rss(feed: int, items: list[tuple[str, str, str, str, datetime]]) -> str:
    entries = "".join(
        f"<item><title>{escape(title)}</title><link>{address}</link>"
        f'<guid isPermaLink="true">{address}</guid><dc:creator>A. Reporter</dc:creator>'
        f"<pubDate>{format_datetime(at)}</pubDate><category>Business</category>"
        f"<description>{escape(teaser)}</description>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded></item>\n"
        for address, title, teaser, html, at in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Wire {feed}</title><link>https://news.example/{feed}</link>"
        f"<description>News</description><language>en</language>\n{entries}</channel></rss>"
    )


def _atom(feed: int, items: list[tuple[str, str, str, str, datetime]]) -> str:
    entries = "".join(
        f'<entry><title>{escape(title)}</title><link rel="alternate" href="{address}"/>'
        f"<id>{address}</id><author><name>A. Reporter</name></author>"
        f"<published>{at.isoformat()}</published><updated>{at.isoformat()}</updated>"
        f'<category term="Business"/><summary>{escape(teaser)}</summary>'
        f'<content type="html">{escape(html)}</content></entry>\n'
        for address, title, teaser, html, at in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f'<title>Wire {feed}</title><link href="https://news.example/{feed}"/>'
        f"<id>https://news.example/{feed}</id><updated>{NEWEST.isoformat()}</updated>\n"
        f"{entries}</feed>"
    )


# ------------------------------------------------------------------ the server


class _Site:
    """What is served, and how."""

    def __init__(self, feeds: int, items: int, *, wrong: bool) -> None:
        self.items = items
        self.bad = dict(zip(range(feeds - len(WRONG), feeds), WRONG, strict=True)) if wrong else {}
        self.validated = True
        self.bodies = [document(feed, items) for feed in range(feeds)]
        self.editions = [0] * feeds

    def obey(self, line: str) -> None:
        """Do what a line of ``ManyFeeds`` asks."""
        word, *numbers = line.split()
        if word == "validators":
            self.validated = bool(int(numbers[0]))
        elif word == "add":
            for feed in range(int(numbers[0])):
                self.editions[feed] += int(numbers[1])
                self.bodies[feed] = document(feed, self.items, self.editions[feed])

    def answer(self, request: bytes) -> list[bytes]:
        """Head and body for one request."""
        lines = request.split(b"\r\n")
        feed = int(lines[0].split()[1][1:])
        tag = b'"%d-%d"' % (feed, self.editions[feed])
        asked = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in lines[1:])
        }
        validators = b""
        if self.validated:
            at = format_datetime(NEWEST + timedelta(hours=self.editions[feed]), usegmt=True)
            validators = b"ETag: %s\r\nLast-Modified: %s\r\n" % (tag, at.encode())
            if asked.get(b"if-none-match") == tag:
                return [b"HTTP/1.1 304 Not Modified\r\n%s\r\n" % validators]
        body = self.bodies[feed]
        kind = b"application/atom+xml" if feed % 2 else b"application/rss+xml"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%sContent-Length: %d\r\n\r\n"
        return [head % (kind, validators, len(body)), body]


class _Connection(asyncio.Protocol):
    def __init__(self, site: _Site) -> None:
        self._site = site
        self._received = b""
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._open = asyncio.Event()
        self._open.set()

    def connection_lost(self, error: Exception | None) -> None:
        if self._task is not None:
            self._task.cancel()

    def pause_writing(self) -> None:
        self._open.clear()

    def resume_writing(self) -> None:
        self._open.set()

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            request, _, self._received = self._received.partition(b"\r\n\r\n")
            kind = self._site.bad.get(int(request.split()[1][1:]))
            if kind is None:
                self._transport.writelines(self._site.answer(request))
            else:
                self._task = asyncio.ensure_future(_BAD[kind](self))

    async def send(self, piece: bytes) -> None:
        """Write, waiting while the other side does not read."""
        self._transport.write(piece)
        await self._open.wait()
        await asyncio.sleep(0)

    async def bomb(self) -> None:
        """A packed document that unpacks to a gigabyte."""
        packer = zlib.compressobj(9, wbits=31)
        await self.send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n")
        for _ in range(1024):
            await self.send(packer.compress(bytes(1024 * 1024)))
        self._transport.close()

    async def endless(self) -> None:
        """A document that never ends."""
        await self.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<rss><channel><title>")
        while True:
            await self.send(b"more and more " * 8192)

    async def slow(self) -> None:
        """One that comes drop by drop, and is none in the end."""
        await self.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(30):
            await self.send(b"<!-- wait -->")
            await asyncio.sleep(SLOWNESS / 30)
        self._transport.close()


_BAD: dict[str, Callable[[_Connection], object]] = {
    "bomb": _Connection.bomb,
    "endless": _Connection.endless,
    "slow": _Connection.slow,
}


async def _serve(feeds: int, items: int, *, wrong: bool) -> None:
    site = _Site(feeds, items, wrong=wrong)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(site), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    hosts, servers = ["127.0.0.1"], [server]
    for number in range(2, HOSTS + 1):
        try:
            servers.append(
                await loop.create_server(lambda: _Connection(site), f"127.0.0.{number}", port)
            )
        except OSError:  # other systems have one loopback address
            break
        hosts.append(f"127.0.0.{number}")
    print(port, flush=True)
    print(*hosts, flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        site.obey(line)
        print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]), wrong=sys.argv[3] == "1"))
