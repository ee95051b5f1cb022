"""Each guard of the parse is needed: with it taken out, a document achieves what it is made for."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.feeds.parsing import parse
from store.feeds.parsing.children import COMMAND, ParserPool
from store.feeds.parsing.documents import Unreadable
from store.feeds.web.answers import ParseFailed
from store.model import ParsedFeed

AT = "https://h.example/feed.xml"
LARGE = (
    b'<!DOCTYPE r [\n<!ENTITY a "%s">\n]>\n<rss version="2.0"><channel><title>%s</title>'
    b"</channel></rss>" % (b"x" * 4_000_000, b"&a;" * 20)
)
MEGABYTE = 1024 * 1024


async def read(document: bytes, **limits: int | str) -> ParsedFeed | ParseFailed:
    """What a child with these limits makes of a document."""
    changes = "; ".join(f"child.{name} = {value}" for name, value in limits.items())
    *python, program, home = COMMAND
    patched = program.replace(
        "from store.feeds.parsing.child import main",
        f"from store.feeds.parsing import child; {changes}; main = child.main",
    )
    async with ParserPool(command=(*python, patched, home), patience=100) as parsers:
        return await parsers.parse(document, address=AT)


async def test_only_the_limit_of_processor_time_ends_a_slow_document() -> None:
    # An author of many letters costs feedparser the square of their number: here an hour.
    author = b"a." * 1_000_000
    slow = b"<rss version='2.0'><channel><item><author>%s</author></item></channel></rss>" % author
    ended = await read(slow, PROCESSOR=1)
    assert ended == ParseFailed(
        reason="The feed of h.example takes too long to read and was given up."
    )
    # As much work as is over the limit, but not an hour.
    work = "lambda *_: (any(iter(lambda: __import__('time').process_time() > 2.5, True)), 1 / 0)"
    done = await read(b"<rss/>", PROCESSOR=100, _read=work)
    assert done == ParseFailed(
        reason="The feed of h.example is broken in a way that cannot be read."
    )


async def test_only_the_limit_of_memory_ends_a_large_document() -> None:
    ended = await read(LARGE, MEMORY=256 * MEGABYTE)
    assert ended == ParseFailed(reason="The feed of h.example takes too much memory to read.")
    assert isinstance(await read(LARGE, MEMORY=4096 * MEGABYTE), ParsedFeed)


async def test_only_the_limit_of_files_keeps_a_reader_from_writing_and_opening_many(
    tmp_path: Path,
) -> None:
    written = tmp_path / "written"
    await read(b"<rss/>", _read=f"lambda *_: open({str(written)!r}, 'w').write('x')")
    assert written.read_bytes() == b""
    many = "lambda *_: child.Reply(reason=str(len([__import__('os').dup(0) for _ in range(99)])))"
    assert "broken" in str(await read(b"<rss/>", _read=many))
    assert await read(b"<rss/>", _read=many, FILES=200) == ParseFailed(reason="99")


async def test_what_a_library_prints_is_no_answer() -> None:
    noise = "lambda *_: (__import__('os').write(1, b'9'), child.Reply(reason='Read.'))[1]"
    assert await read(b"<rss/>", _read=noise) == ParseFailed(reason="Read.")


async def test_an_answer_without_measure_is_told_to_be_one() -> None:
    much = "lambda *_: child.Reply(reason='x' * child.LONGEST_REPLY)"
    answer = await read(b"<rss/>", _read=much)
    assert answer == ParseFailed(reason="The feed of h.example holds too much text.")


async def test_only_the_clock_ends_a_document_that_waits(tmp_path: Path) -> None:
    asleep = COMMAND[-2].replace("; main()", "; import time; time.sleep(100)")
    async with ParserPool(command=(*COMMAND[:-2], asleep, COMMAND[-1]), patience=0.3) as parsers:
        answer = await parsers.parse(b"<rss/>", address=AT)
    assert isinstance(answer, ParseFailed)
    assert "takes too long" in answer.reason


def test_a_document_that_is_a_path_is_opened_without_the_look_and_the_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "own.xml"
    file.write_bytes(b"<rss version='2.0'><channel><title>Of the disk</title></channel></rss>")
    body = str(file).encode()
    with pytest.raises(Unreadable):
        parse.parse(body, address=AT)
    monkeypatch.setattr(parse, "what_else_it_is", lambda _: "")
    with pytest.raises(Unreadable):
        parse.parse(body, address=AT)
    monkeypatch.setattr(parse, "BytesIO", bytes.decode)
    assert parse.parse(body, address=AT).title == "Of the disk"
