"""Servers and feeds that want to hold up, fill up or get into the reader, and what they achieve."""

from __future__ import annotations

import gzip
import random
import resource
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from feed_server import FeedServer

import store
from store.feeds.parsing.children import COMMAND, ParserPool
from store.feeds.web.answers import Fetched, FetchFailed, NotModified, ParseFailed
from store.feeds.web.fetch import Fetcher
from store.model import ParsedFeed

AT = "https://h.example/feed.xml"
GOOD = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
SAMPLES = Path(__file__).parents[1] / "feeds"
MEGABYTE = 1024 * 1024


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


@pytest.fixture
async def parsers() -> AsyncIterator[ParserPool]:
    async with ParserPool() as parsers:
        yield parsers


async def fetched(server: FeedServer, path: str, **limits: float) -> str:
    """Why a fetch with these limits failed."""
    async with Fetcher(**limits) as fetcher:
        answer = await fetcher.fetch(server.address(path), permit=server.permit)
    assert isinstance(answer, FetchFailed), answer
    return answer.reason


def peak() -> int:
    """Most memory that this process ever held, in bytes (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def test_a_byte_now_and_then_trips_the_one_deadline(server: FeedServer) -> None:
    server.drip("/feed.xml", GOOD * 100, pause=0.05)
    assert "not done within 0.4 s" in await fetched(server, "/feed.xml", deadline=0.4, silence=0.3)


async def test_headers_now_and_then_trip_the_one_deadline(server: FeedServer) -> None:
    server.drip_headers("/feed.xml", pause=0.01)
    assert "not done within 0.4 s" in await fetched(server, "/feed.xml", deadline=0.4, silence=0.3)


async def test_redirects_share_the_one_deadline(server: FeedServer) -> None:
    for hop in range(5):
        server.redirect(f"/{hop}", f"/{hop + 1}")
    server.drip("/5", GOOD, pause=0.05)
    assert "not done within 0.4 s" in await fetched(server, "/0", deadline=0.4)


async def test_a_server_that_says_nothing_is_not_waited_for(server: FeedServer) -> None:
    server.silent("/feed.xml")
    assert "fell silent for 0.2 s" in await fetched(server, "/feed.xml", silence=0.2)


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
async def test_a_bomb_is_noticed_while_it_is_small(server: FeedServer, packing: str) -> None:
    server.bomb("/feed.xml", megabytes=2000, packing=packing)
    before = peak()
    assert "more than 10 MB" in await fetched(server, "/feed.xml")
    assert peak() - before < 60 * MEGABYTE


async def test_a_body_without_end_is_cut_at_the_limit(server: FeedServer) -> None:
    server.endless("/feed.xml")
    assert "more than 10 MB" in await fetched(server, "/feed.xml")


async def test_a_declared_size_is_believed_at_once(server: FeedServer) -> None:
    server.break_off("/feed.xml", GOOD, declared=11 * MEGABYTE)
    assert "more than 10 MB" in await fetched(server, "/feed.xml")


async def test_a_feed_of_just_the_limit_is_taken(server: FeedServer) -> None:
    server.serve("/feed.xml", GOOD.ljust(10_000))
    async with Fetcher(largest=10_000) as fetcher:
        answer = await fetcher.fetch(server.address("/feed.xml"), permit=server.permit)
    assert isinstance(answer, Fetched)
    assert "too large" in await fetched(server, "/feed.xml", largest=9_999)


async def test_headers_without_end_are_refused(server: FeedServer) -> None:
    server.endless_headers("/feed.xml")
    before = peak()
    assert "proper HTTP" in await fetched(server, "/feed.xml", deadline=10)
    assert peak() - before < 60 * MEGABYTE


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress"])
async def test_a_packing_that_nobody_asked_for_is_refused(server: FeedServer, coding: str) -> None:
    server.serve("/feed.xml", GOOD, headers={"Content-Encoding": coding})
    told = await fetched(server, "/feed.xml")
    assert "did not ask for" in told


async def test_a_body_that_is_not_packed_as_labelled_is_refused(server: FeedServer) -> None:
    server.serve("/feed.xml", GOOD, headers={"Content-Encoding": "gzip"})
    assert "packs its feed wrongly" in await fetched(server, "/feed.xml")


async def test_a_packed_feed_that_stops_halfway_is_refused(server: FeedServer) -> None:
    server.serve_packed("/whole.xml", GOOD * 100)
    async with Fetcher() as fetcher:
        whole = await fetcher.fetch(server.address("/whole.xml"), permit=server.permit)
    assert isinstance(whole, Fetched)
    half = gzip.compress(GOOD * 100)[:-20]
    server.serve("/half.xml", half, headers={"Content-Encoding": "gzip"})
    assert "in the middle" in await fetched(server, "/half.xml")


async def test_a_redirects_own_body_is_not_read(server: FeedServer) -> None:
    server.serve("/target.xml", GOOD)

    def huge(call: object) -> None:
        call.head(302, {"Location": "/target.xml", "Connection": "close"})
        call.hang_up()
        while not call.server.closing.is_set():
            call.write(bytes(65536))

    server.answer("/feed.xml", huge)
    before = peak()
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(server.address("/feed.xml"), permit=server.permit)
    assert isinstance(answer, Fetched)
    assert peak() - before < 30 * MEGABYTE


async def test_nothing_of_a_servers_own_words_is_repeated(server: FeedServer) -> None:
    server.raw("/status", b"HTTP/1.1 599 \x1b]0;owned\x07\r\nContent-Length: 0\r\n\r\n")
    server.raw("/header", b"HTTP/1.1 200 OK\r\nX: \x00\x1b[2Jowned\r\n\r\n")
    server.redirect("/redirect", "https://alice:secret@\x1b]0;owned/")
    for path in ("/status", "/header", "/redirect"):
        told = await fetched(server, path)
        assert told.isprintable()
        assert "owned" not in told
        assert "secret" not in told


@pytest.mark.parametrize(
    ("target", "names"),
    [
        ("file:///etc/passwd", "a “file:” address"),
        ("http://alice:secret@127.0.0.1/x", "an address with a password in it"),
        ("http://[::1", "an address that is written wrongly"),
        ("http://:80/", "an address that is written wrongly"),
    ],
)
async def test_a_redirect_that_is_not_followed_is_told_in_one_sentence(
    server: FeedServer, target: str, names: str
) -> None:
    server.redirect("/feed.xml", target)
    assert await fetched(server, "/feed.xml") == (
        f"127.0.0.1 sends the reader on to {names}, which Wiredesk does not follow; "
        "check the address."
    )


async def test_validators_of_a_liar_are_not_kept(server: FeedServer) -> None:
    server.raw(
        "/feed.xml",
        b'HTTP/1.1 200 OK\r\nContent-Length: %d\r\nETag: "\xff\xfe"\r\n\r\n%s' % (len(GOOD), GOOD),
    )
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(server.address("/feed.xml"), permit=server.permit)
    assert not isinstance(answer, NotModified | FetchFailed)
    assert answer.etag == ""


def nested(depth: int) -> bytes:
    inside = b"<div>" * depth + b"deep" + b"</div>" * depth
    return (
        b"<rss version='2.0'><channel><item><description><![CDATA["
        + inside
        + b"]]></description></item></channel></rss>"
    )


def all_below(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


async def test_reading_a_feed_writes_nothing_to_disk(tmp_path: Path) -> None:
    # Compiled modules included: cut short by a full disk, they would break every later reading.
    package = Path(store.__file__).parent
    shutil.copytree(package, tmp_path / "store", ignore=shutil.ignore_patterns("__pycache__"))
    before = all_below(tmp_path)
    async with ParserPool(command=(*COMMAND[:-1], str(tmp_path))) as parsers:
        assert isinstance(await parsers.parse(GOOD, address=AT), ParsedFeed)
    assert all_below(tmp_path) == before


async def test_a_feed_that_takes_for_ever_is_given_up() -> None:
    # An author of many letters costs feedparser the square of their number.
    author = b"a." * 100_000
    evil = b"<rss version='2.0'><channel><item><author>%s</author></item></channel></rss>" % author
    # The limit is one of processor time: on a busy machine the clock runs on.
    async with ParserPool(patience=100) as parsers:
        answer = await parsers.parse(evil, address=AT)
        assert answer == ParseFailed(
            reason="The feed of h.example takes too long to read and was given up."
        )
        assert isinstance(await parsers.parse(GOOD, address=AT), ParsedFeed)


async def test_a_feed_that_fills_the_memory_is_given_up(parsers: ParserPool) -> None:
    entity = b'<!DOCTYPE r [\n<!ENTITY a "%s">\n]>\n' % (b"x" * 6_000_000)
    evil = b"%s<rss version='2.0'><channel><title>%s</title></channel></rss>"
    before = peak()
    answer = await parsers.parse(evil % (entity, b"&a;" * 90), address=AT)
    assert answer == ParseFailed(reason="The feed of h.example takes too much memory to read.")
    assert peak() - before < 100 * MEGABYTE
    assert isinstance(await parsers.parse(GOOD, address=AT), ParsedFeed)


async def test_a_feed_of_a_million_entries_harms_nobody(parsers: ParserPool) -> None:
    answer = await parsers.parse(b"<rss><channel>" + b"<item/>" * 1_400_000, address=AT)
    assert isinstance(answer, ParseFailed)
    assert isinstance(await parsers.parse(GOOD, address=AT), ParsedFeed)


@pytest.mark.parametrize("depth", [10, 300, 20_000])
async def test_deep_markup_keeps_its_words(parsers: ParserPool, depth: int) -> None:
    answer = await parsers.parse(nested(depth), address=AT)
    assert isinstance(answer, ParsedFeed)
    assert "deep" in answer.entries[0].blocks[-1].text


async def test_laughs_are_not_laughed(parsers: ParserPool) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    evil = (
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>'
        "<rss version='2.0'><channel><item><title>&l9;</title></item></channel></rss>"
    )
    answer = await parsers.parse(evil.encode(), address=AT)
    assert isinstance(answer, ParseFailed) or len(answer.entries[0].title) <= 1000


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b"<?xml", b"&#xD800;", b"\n" * 100_000),
        *(b"/etc/passwd", b"/dev/zero", b"file:///etc/passwd", b"http://127.0.0.1:1/feed.xml"),
        b"\n" * 100_000 + b"<rss version='2.0'/>",
        b"<rss version='2.0'><channel><item><title>" + b"<b>" * 50_000,
        b"<rss version='2.0' " + b"a='b' " * 2_000 + b"/>",
        b"<!DOCTYPE x [<!ENTITY a 'b\\g<1>'>]><rss><channel><title>&a;</title></channel></rss>",
        b"<rss xmlns:g='http://www.georss.org/georss'><channel><item><g:point>a b</g:point>",
        b"<rss><channel><item><enclosure length='x'/><pubDate>" + b"9" * 10_000,
    ],
)
async def test_a_strange_document_is_read_or_refused_in_one_sentence(
    parsers: ParserPool, body: bytes
) -> None:
    answer = await parsers.parse(body, address=AT)
    if isinstance(answer, ParseFailed):
        assert answer.reason.endswith(".")
        assert answer.reason.isprintable()
    assert isinstance(await parsers.parse(GOOD, address=AT), ParsedFeed)


async def test_mutated_feeds_break_nothing(parsers: ParserPool) -> None:
    chance = random.Random(4711)
    originals = [(SAMPLES / name).read_bytes() for name in ("rss2.xml", "atom.xml", "rdf.xml")]
    pieces = [b"&#xD800;", b"\0", b"<", b"]]>", b"<![CDATA[", b"\xff", b"'", b"&", b"<!--", b"</"]
    for _ in range(150):
        body = bytearray(chance.choice(originals))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(body))
            body[at : at + chance.randint(0, 40)] = chance.choice(pieces)
        answer = await parsers.parse(bytes(body), address=AT)
        assert isinstance(answer, ParsedFeed | ParseFailed)
        assert not isinstance(answer, ParseFailed) or "breaks the program" not in answer.reason
