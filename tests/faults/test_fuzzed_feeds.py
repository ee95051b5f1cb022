"""Feeds made by chance: whatever comes, the child answers with entries or with a sentence.

`make fuzz` makes more of them, and takes the test feeds that come with feedparser's source: with
WIREDESK_CORPUS, every file of a folder is read.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store.feeds.parsing.children import ParserPool
from store.feeds.web.answers import ParseFailed
from store.model import ParsedFeed, SeenItem

AT = "https://h.example/feed.xml"
SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "feeds").iterdir())]
CORPUS = os.environ.get("WIREDESK_CORPUS", "")
TOKENS = [
    *(b"<", b">", b"&", b'"', b"'", b"/", b"=", b"{", b"}", b"[", b"]", b":", b",", b"\\", b"\0"),
    *(b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml", b"?>", b"<!DOCTYPE x [", b"<item>"),
    *(b"</item>", b"<entry/>", b"</entry>", b"<rss>", b"</channel>", b"<html>", b"&#xD800;"),
    *(b"&#99999999999;", b"&nbsp;", b"&x;", b"<!ENTITY x 'y'>", b"xml:base='javascript:'"),
    *(b"encoding='utf-16'", b"encoding='utf-7'", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x1b]0;"),
    *(b"xmlns='urn:x'", b"<a:b>", b"<link href='//[::'/>", b"<guid>", b"999999999999", b"\\ud800"),
    *(b"<pubDate>9999-99-99T99</pubDate>", b"<ttl>1e9</ttl>", b"<enclosure url='http://'/>"),
    *(b"A" * 5_000, b"<b>" * 300, b"\n" * 300, b"]" * 99, b'{"a":' * 99, b" x='y'" * 400),
]
OFTEN = max(250, settings.default.max_examples if settings.default.max_examples > 100 else 0)
quick = settings(max_examples=OFTEN, suppress_health_check=[HealthCheck.too_slow])

Asked = Callable[..., ParsedFeed | ParseFailed]


@pytest.fixture(scope="module")
def ask() -> Iterator[Asked]:
    """Asks the children as a refresh does, from beside their event loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    parsers = ParserPool(children=1)

    def asked(
        body: bytes, *, content_type: str = "", seen: tuple[SeenItem, ...] = ()
    ) -> ParsedFeed | ParseFailed:
        parsing = parsers.parse(body, address=AT, content_type=content_type, seen=seen)
        return asyncio.run_coroutine_threadsafe(parsing, loop).result()

    try:
        yield asked
    finally:
        asyncio.run_coroutine_threadsafe(parsers.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sample with a few pieces cut out, doubled, exchanged, spoiled, or put in."""
    body = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(body)))
        end = min(len(body), at + draw(st.sampled_from([0, 1, 3, 20, 200])))
        put = draw(st.sampled_from(TOKENS) | st.binary(max_size=6))
        other = draw(st.sampled_from(SAMPLES))
        body = draw(
            st.sampled_from(
                [
                    body[:at] + put + body[at:],
                    body[:at] + put + body[end:],
                    body[:at] + body[end:],
                    body[:end] + body[at:],
                    body[:at] + other[at : at + 300] + body[end:],
                    body[:at],
                ]
            )
        )
    return body


LABELS = st.sampled_from(["", "text/xml", "text/xml; charset=utf-16", "x; charset=hz", ";;=\x00"])


@quick
@given(mutated(), LABELS)
def test_a_spoiled_feed_gives_entries_or_a_sentence(ask: Asked, body: bytes, label: str) -> None:
    answer = ask(body, content_type=label)
    assert_harmless(answer)
    if isinstance(answer, ParsedFeed) and answer.items:
        # What came before changes nothing of what comes.
        rest = ask(body, content_type=label, seen=answer.items[1:])
        assert isinstance(rest, ParsedFeed)
        assert rest.items == answer.items
        if rest.left_out:
            assert rest.entries == answer.entries[:1]
            assert (rest.title, rest.site, rest.minutes) == (
                answer.title,
                answer.site,
                answer.minutes,
            )


@quick
@given(st.binary(max_size=300) | st.lists(st.sampled_from(TOKENS), max_size=12).map(b"".join))
@example(b"")
@example(b"{")
@example(b"<" * 10_000)
def test_any_bytes_give_entries_or_a_sentence(ask: Asked, body: bytes) -> None:
    assert_harmless(ask(body))


@pytest.mark.skipif(not CORPUS, reason="no folder of feeds is named in WIREDESK_CORPUS")
def test_the_feeds_of_others_give_entries_or_a_sentence(ask: Asked) -> None:
    files = [path for path in sorted(Path(CORPUS).rglob("*")) if path.is_file()]
    read = 0
    for path in files:
        answer = ask(path.read_bytes())
        assert_harmless(answer)
        read += isinstance(answer, ParsedFeed)
    print(f"\n{read} of {len(files)} files are feeds")
    assert read


def assert_harmless(answer: ParsedFeed | ParseFailed) -> None:
    """It was read, or refused in a sentence; nobody gave up, and nothing in it commands."""
    if isinstance(answer, ParseFailed):
        assert "h.example" in answer.reason
        assert answer.reason.endswith(".")
        assert answer.reason.isprintable()
        assert "given up" not in answer.reason
        assert "takes too" not in answer.reason
        return
    told = [answer.title, answer.site]
    for entry in answer.entries:
        told += [entry.guid, entry.address, entry.title, entry.author, entry.language]
        for block in entry.blocks:
            told.append(block.text.replace("\n", "") if block.kind == "code" else block.text)
            told += [link.address for link in block.links]
            assert all(0 <= link.span.start < link.span.end for link in block.links)
            assert all(link.span.end <= len(block.text) for link in block.links)
    for text in told:
        assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in text), repr(text)
