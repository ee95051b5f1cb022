"""Lists of feeds and web pages made to break the program that reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.desk import feed_lists
from store.desk.feed_lists import take_list
from store.feeds.parsing.children import ParserPool
from store.feeds.web.answers import ParseFailed
from store.model.subscribing import ListRefused, ListTaken, OutlineList, PageLinks
from store.shelf.shelf import Shelf

AT = "https://blog.example/"
LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 9))
HOSTILE_LISTS = {
    "xxe": "<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml><body>&x;</body></opml>",
    "remote-dtd": "<!DOCTYPE opml SYSTEM 'http://127.0.0.1:1/x.dtd'><opml><body/></opml>",
    "laughs": f"<!DOCTYPE opml [<!ENTITY l0 'ha'>{LAUGHS}]><opml><body>&l8;</body></opml>",
    "late-dtd": "<opml><body/></opml><!DOCTYPE opml [<!ENTITY x 'y'>]>",
    "entity-without-dtd": "<opml><body><outline text='&x;' xmlUrl='&x;'/></body></opml>",
    "attributes": "<opml><body><outline " + " ".join(f"a{n}='x'" for n in range(50_000)) + "/>",
    "long-attribute": f"<opml><body><outline text='{'x' * 3_000_000}' xmlUrl='https://a.example/'/>",
    "unclosed": "<opml>" + "<outline text='" * 50_000,
    "ampersands": "<opml><body>" + "&" * 1_000_000,
    "deep": "<opml><body>" + "<outline text='a'>" * 300_000,
    "comments": "<opml>" + "<!--" * 200_000,
    "namespaces": "<opml " + " ".join(f"xmlns:a{n}='urn:{n}'" for n in range(20_000)) + "><body/>",
    "control": "<opml><body><outline text='\x1b]52;c;eA==\x07\u202e' xmlUrl='https://a.example/\x1b'/>",
}


@pytest.mark.parametrize("name", HOSTILE_LISTS)
async def test_a_hostile_list_is_read_or_refused_and_the_next_one_is_read(name: str) -> None:
    async with ParserPool(children=1) as parsers:
        found = await parsers.outlines(HOSTILE_LISTS[name].encode())
        if isinstance(found, ParseFailed):
            assert found.reason.endswith((".", "it."))
        else:
            told = [outline.text for outline in found.outlines] + list(found.problems)
            assert "root:" not in str(found)
            assert all(words.isprintable() for words in told)
        good = await parsers.outlines(
            b"<opml><body><outline xmlUrl='https://a.example/'/></body></opml>"
        )
        assert isinstance(good, OutlineList)
        assert len(good.outlines) == 1


HOSTILE_PAGES = {
    "deep": "<html>" + "<div>" * 300_000,
    "links": "<html><head>" + "<link rel=alternate type=application/rss+xml href=/x>" * 100_000,
    "anchors": "<html><body>" + "<a href=/feed>" * 100_000,
    "attributes": "<html><link " + " ".join(f"a{n}=x" for n in range(50_000)) + ">",
    "long-href": f"<html><link rel=alternate type=application/rss+xml href='{'x' * 5_000_000}'>",
    "comments": "<html>" + "<!--" * 200_000,
    "half-tags": "<html>" + "<a " * 200_000,
    "title": "<html><title>" + "&amp;x" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE_PAGES)
async def test_a_hostile_page_is_looked_through_or_refused(name: str) -> None:
    async with ParserPool(children=1) as parsers:
        body = HOSTILE_PAGES[name].encode()
        found = await parsers.links(body, address=AT, content_type="text/html")
        if isinstance(found, PageLinks):
            assert len(found.named) + len(found.linked) <= 60
        else:
            assert found.reason.startswith(("The page of blog.example", "What blog.example"))


async def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_lists, "SIZE_LIMIT", 1_000)
    file = tmp_path / "subs.opml"
    file.write_text("<opml><body>" + " " * 1_000)
    told = await take_list(Shelf.open(tmp_path / "desk"), file)
    assert isinstance(told, ListRefused)
    assert "larger than" in told.reason


async def test_a_list_of_ten_thousand_feeds_is_taken_in_at_once(tmp_path: Path) -> None:
    file = tmp_path / "subs.opml"
    outlines = "".join(f"<outline xmlUrl='https://a.example/{n}'/>" for n in range(10_000))
    file.write_text(f"<opml><body>{outlines}</body></opml>")
    shelf = Shelf.open(tmp_path / "desk")
    told = await take_list(shelf, file)
    assert isinstance(told, ListTaken)
    assert len(told.added) == len(shelf.feeds()) == 10_000
