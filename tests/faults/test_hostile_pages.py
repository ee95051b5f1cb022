"""Pages that want to fill the memory or the day: each costs its own text and nothing else."""

from __future__ import annotations

import pytest

from store.feeds.parsing.children import ParserPool
from store.feeds.web.answers import ParseFailed
from store.model import ParsedPage
from tests.web_words import PARAGRAPHS, TITLE

AT = "https://h.example/story"
TEXT = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
GOOD = f"<html><body><article><h1>{TITLE}</h1>{TEXT}</article></body></html>".encode()
HOSTILE = {
    "100,000 elements in each other": "<html><body>" + "<div>" * 100_000 + TEXT,
    "an attribute of two megabytes": f"<html><body><p title='{'x' * 2_000_000}'>{TEXT}",
    "100,000 attributes": "<html><p " + " ".join(f"a{n}=1" for n in range(100_000)) + f">{TEXT}",
    "100,000 tags that never end": "<html><body>" + "<a " * 100_000,
    "100,000 comments that never end": "<html><body>" + "<!--" * 100_000,
    "100,000 things about the page": "<html><head>" + "<meta " * 100_000,
    "data without end": "<script type='application/ld+json'>" + '{"a":' * 100_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_page_is_read_or_refused_and_the_next_one_is_read(html: str) -> None:
    async with ParserPool(children=1) as parsers:
        answer = await parsers.page(html.encode(), address=AT, content_type="text/html")
        assert isinstance(answer, ParsedPage | ParseFailed)
        assert "h.example" in getattr(answer, "reason", "h.example")
        good = await parsers.page(GOOD, address=AT, content_type="text/html")
    assert isinstance(good, ParsedPage)
    assert len(good.blocks) == len(PARAGRAPHS)


async def test_a_page_that_takes_too_long_is_given_up() -> None:
    endless = "<html><body>" + "<a href=/x>go there</a> " * 300_000
    async with ParserPool(patience=1) as parsers:
        answer = await parsers.page(endless.encode(), address=AT)
    assert isinstance(answer, ParseFailed)
    assert answer.reason == "The page of h.example takes too long to read and was given up."
