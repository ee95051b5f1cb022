"""Feeds that want to hold up, fill up or get into the reader, and what they achieve."""

from __future__ import annotations

import random
import resource
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from feed_server import FeedServer

import store
from store.feeds.parsing.children import COMMAND, ParserPool
from store.feeds.web.answers import ParseFailed
from store.model import ParsedFeed

AT = "https://h.example/feed.xml"
GOOD = b"<rss version='2.0'><channel><title>News</title></channel></rss>"
SAMPLES = Path(__file__).parents[1] / "feeds"
MEGABYTE = 1024 * 1024


@pytest.fixture
async def parsers() -> AsyncIterator[ParserPool]:
    async with ParserPool() as parsers:
        yield parsers


def peak() -> int:
    """Most memory that this process ever held, in bytes (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


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
    "document",
    [
        '<!DOCTYPE rss [<!ENTITY e SYSTEM "{there}">]>{rss}<title>&e;</title>',
        '<!DOCTYPE rss SYSTEM "{there}">{rss}<title>a</title>',
        '<!DOCTYPE rss [<!ENTITY % e SYSTEM "{there}"> %e;]>{rss}<title>a</title>',
        '<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>{rss}<title>&e;</title>',
        '<?xml-stylesheet href="{there}"?>{rss}<title>a</title>',
        '{rss}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{there}"/>',
        '{rss}<item><description>&lt;img src="{there}"/&gt;</description></item>',
        '{rss}<item><description>&lt;script src="{there}"&gt;</description></item>',
    ],
)
async def test_a_document_makes_nobody_fetch_or_open_anything(
    parsers: ParserPool, document: str
) -> None:
    with FeedServer() as canary:
        rss = "<rss version='2.0'><channel>"
        body = document.format(there=canary.address("/feed.xml"), rss=rss).encode()
        answer = await parsers.parse(body, address=AT)
        assert "root:" not in repr(answer)
        assert not canary.requests


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
