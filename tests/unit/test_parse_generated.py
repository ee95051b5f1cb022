"""A corpus made by rule: every form of feed, in every charset, with every oddity of publishers."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

import pytest
from feed_documents import AT, parsed

from store.feeds.parsing.parse import parse

WORDS = {
    "utf-8": "Zoë — Новости 東京 🎉",
    "utf-8-sig": "Zoë — Новости 東京 🎉",
    "utf-16": "Zoë — Новости 東京 🎉",
    "utf-32": "Zoë — Новости 東京 🎉",
    "iso-8859-1": "Zoë, Café",
    "iso-8859-2": "Žluťoučký kůň",
    "iso-8859-15": "Zoë 5 €",
    "windows-1251": "Новости порта",
    "windows-1252": "Zoë – “Café”",
    "koi8-r": "Новости порта",
    "shift_jis": "東京の新工場",
    "euc-jp": "東京の新工場",
    "iso-2022-jp": "東京の新工場",
    "gb18030": "北京新闻",
    "big5": "台北新聞",
    "euc-kr": "서울 뉴스",
}
"""What is written in a charset."""


def _rss2(title: str, html: str, odd: str) -> str:
    return (
        f"<rss version='2.0'><channel><title>{title}</title>{odd}<item><guid>1</guid>"
        f"<title>{title}</title>{odd}<description>{escape(html)}</description></item>"
        "<item><guid>2</guid><title>Two</title></item></channel></rss>"
    )


def _rss1(title: str, html: str, odd: str) -> str:
    return (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        f"xmlns='http://purl.org/rss/1.0/'><channel><title>{title}</title>{odd}</channel>"
        f"<item rdf:about='1'><title>{title}</title><link>https://a.example/1</link>{odd}"
        f"<description>{escape(html)}</description></item>"
        "<item rdf:about='2'><title>Two</title><link>https://a.example/2</link></item></rdf:RDF>"
    )


def _atom(title: str, html: str, odd: str) -> str:
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{title}</title>{odd}<entry><id>1</id>"
        f"<title>{title}</title>{odd}<content type='html'>{escape(html)}</content></entry>"
        "<entry><id>2</id><title>Two</title></entry></feed>"
    )


def _atom03(title: str, html: str, odd: str) -> str:
    return (
        f"<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>{title}</title>{odd}<entry>"
        f"<id>1</id><title>{title}</title>{odd}<content type='text/html' mode='escaped'>"
        f"{escape(html)}</content></entry><entry><id>2</id><title>Two</title></entry></feed>"
    )


def _cdf(title: str, html: str, odd: str) -> str:
    return (
        f"<Channel HREF='https://a.example/'><TITLE>{title}</TITLE>{odd}"
        f"<Item HREF='https://a.example/1'><TITLE>{title}</TITLE>{odd}"
        f"<ABSTRACT>{escape(html)}</ABSTRACT></Item>"
        "<Item HREF='https://a.example/2'><TITLE>Two</TITLE></Item></Channel>"
    )


def _json(title: str, html: str, odd: str) -> str:
    first = {"id": "1", "title": title, "content_html": html, "_odd": odd}
    told = {"version": "https://jsonfeed.org/version/1.1", "title": title, "_odd": odd}
    return json.dumps({**told, "items": [first, {"id": "2", "title": "Two"}]}, ensure_ascii=False)


FORMS: dict[str, Callable[[str, str, str], str]] = {
    "rss 2.0": _rss2,
    "rss 1.0": _rss1,
    "atom 1.0": _atom,
    "atom 0.3": _atom03,
    "cdf": _cdf,
    "json": _json,
}
ODDITIES = {
    "nothing": "",
    "a comment that holds tags": "<!-- </item></entry><item> -->",
    "an instruction": "<?php echo '</item>' ?>",
    "a namespace nobody declared": "<dc:rights>x</dc:rights>",
    "a bare ampersand": "<category>A & B</category>",
    "a letter by name": "<category>&nbsp;&hellip;</category>",
    "an impossible letter": "<category>&#0;&#xD800;&#99999999;</category>",
    "a control character": "<category>\x0b</category>",
    "an attribute without quotes": "<category domain=x>y</category>",
    "an element never closed": "<category>",
    "an empty element of everything": "<link/><guid/><pubDate/><author/><enclosure/><id/>",
    "a deep nest": "<x>" * 200 + "</x>" * 200,
    "a long word": f"<category>{'x' * 100_000}</category>",
    "relative links": "<link>../up</link><link href='?q=1' rel='alternate'/>",
    "hostile links": "<link>javascript:alert(1)</link><enclosure url='file:///etc/passwd'/>",
    "dates that are none": "<pubDate>99</pubDate><updated>soon</updated><LASTMOD>-1</LASTMOD>",
}
BREAKS_XML = {
    "a namespace nobody declared",
    "a bare ampersand",
    "an attribute without quotes",
    "an element never closed",
}
"""What makes the XML broken: then only the beginning is sure to be read."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("charset", WORDS)
def test_every_form_is_read_in_every_charset(form: str, charset: str) -> None:
    words = WORDS[charset]
    name = charset.removesuffix("-sig")
    declared = "" if form == "json" else f"<?xml version='1.0' encoding='{name}'?>\n"
    document = declared + FORMS[form](words, f"<p>{words}</p>", "")
    for content_type in (f"text/xml; charset={name}", "text/html"):
        if form == "json" and content_type == "text/html" and "utf" not in charset:
            continue  # JSON has no way to tell its charset
        feed = parsed(document.encode(charset), content_type=content_type)
        assert feed.title == words
        assert [entry.title for entry in feed.entries] == [words, "Two"]
        assert [block.text for block in feed.entries[0].blocks] == [words]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("oddity", ODDITIES)
def test_every_form_is_read_with_every_oddity(form: str, oddity: str) -> None:
    document = FORMS[form]("Harbour", "<p>The port <b>grows</b>.</p>", ODDITIES[oddity])
    feed = parsed(document)
    assert feed.title.startswith("Harbour")
    first = feed.entries[0]
    assert first.title.startswith("Harbour")
    if form == "json" or oddity not in BREAKS_XML:
        assert "The port grows." in [block.text for block in first.blocks]
        assert feed.entries[1].title == "Two"
    rest = parse(document.encode(), address=AT, seen=feed.items)
    assert len(rest.entries) + len(rest.left_out) == len(feed.entries)
