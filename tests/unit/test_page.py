"""What is found on an article's page, and what is said where nothing can be."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.feeds.parsing.documents import Unreadable
from store.feeds.parsing.page import page
from store.model import ParsedPage
from tests import web_pages
from tests.web_pages import WebPage
from tests.web_words import PARAGRAPHS, TITLE

AT = "https://courier.example/news/plant?id=7"
ALL = web_pages.articles()
BY_NAME = {one.name: one for one in ALL}


def read(html: str, *, content_type: str = "text/html", address: str = AT) -> ParsedPage:
    return page(html.encode(), address=address, content_type=content_type)


def refused(html: str | bytes, *, content_type: str = "text/html") -> str:
    body = html if isinstance(html, bytes) else html.encode()
    with pytest.raises(Unreadable) as said:
        page(body, address=AT, content_type=content_type)
    return str(said.value)


def letters(text: str) -> str:
    return "".join(text.split())


def text_of(found: ParsedPage) -> str:
    return letters(" ".join(block.text for block in found.blocks))


def article(head: str = "", inside: str = "", title: str = TITLE) -> str:
    paragraphs = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><article>"
        f"<h1>{title}</h1>{paragraphs}{inside}</article></body></html>"
    )


@pytest.mark.parametrize("web_page", ALL, ids=lambda one: one.name)
def test_a_page_gives_its_article_and_nothing_that_stands_around_it(web_page: WebPage) -> None:
    found = page(web_page.body, address=web_page.address, content_type="text/html")
    text = text_of(found)
    assert [one for one in web_page.unwanted if letters(one) in text] == []
    missing = [one for one in web_page.wanted if letters(one) not in text]
    assert len(missing) <= web_page.may_miss
    assert found.title == web_page.title
    assert found.blocks[0].text != web_page.title


def test_nearly_all_that_is_found_on_pages_is_wanted_and_nearly_all_that_is_wanted_found() -> None:
    recall, precision = [], []
    for web_page in ALL:
        text = text_of(page(web_page.body, address=web_page.address, content_type="text/html"))
        got = [one for one in map(letters, web_page.wanted) if one in text]
        recall.append(len(got) / len(web_page.wanted))
        precision.append(sum(map(len, got)) / len(text))
    assert sum(recall) / len(recall) >= 0.98
    assert sum(precision) / len(precision) >= 0.95


def test_headings_lists_quotes_tables_code_and_links_of_a_page_stay() -> None:
    rich = BY_NAME["rich"]
    found = page(rich.body, address=rich.address, content_type="text/html")
    kinds = {block.kind for block in found.blocks}
    assert kinds == {"paragraph", "heading", "item", "quote", "row", "code"}
    assert [block.text for block in found.blocks if block.kind == "row"][1] == "2027 | 600"
    links = [link.address for block in found.blocks for link in block.links]
    assert links == ["https://courier.example/report?year=2026"]


def test_a_page_tells_who_wrote_it_where_and_when() -> None:
    found = page(BY_NAME["semantic"].body, address=AT, content_type="text/html")
    assert found.author == "Ida Holmqvist"
    assert found.site == "The Coastal Courier"
    assert found.published == datetime(2026, 11, 20, 7, 30, tzinfo=UTC)
    assert found.language == "en"


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="date" content="2026-11-20">',
        '<meta property="article:published_time" content="99999-11-20"><meta name=date '
        "content='2026-11-20T00:00:00Z'>",
        '<meta itemprop="datePublished" content="2026-11-20T02:00:00+02:00">',
        '<script type="application/ld+json">{"datePublished": "2026-11-20"}</script>',
    ],
)
def test_a_date_is_found_wherever_publishers_write_it(head: str) -> None:
    assert read(article(head)).published == datetime(2026, 11, 20, tzinfo=UTC)


def test_a_date_is_read_as_in_feeds() -> None:
    head = '<meta name="date" content="Fri, 20 Nov 2026 09:00:00 +0100">'
    assert read(article(head)).published == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_page_that_nobody_can_guess_the_date_of_gives_its_text() -> None:
    polish = next(one for one in ALL if one.charset == "iso-8859-2")
    found = page(b"<svg>" + polish.body, address=AT, content_type="text/html")
    assert {block.text for block in found.blocks} >= set(polish.wanted)


def test_a_date_that_nobody_can_have_meant_is_none() -> None:
    assert read(article('<meta name="date" content="0001-01-01T00:00:00+14:00">')).published is None


@pytest.mark.parametrize(
    ("link", "known"),
    [
        ("https://www.courier.example/plant", "https://www.courier.example/plant"),
        ("/plant#top", "https://courier.example/plant"),
        ("https://other.example/plant", AT),
        ("javascript:alert(1)", AT),
        ("", AT),
    ],
)
def test_a_page_is_known_by_an_address_of_its_own_site_only(link: str, known: str) -> None:
    assert read(article(f'<link rel="canonical" href="{link}">')).address == known


def test_links_are_relative_to_what_the_page_names() -> None:
    inside = "<p>The <a href='more.html'>agreement with the town</a> was published in full.</p>"
    found = read(article("<base href='/a/b/'>", inside))
    links = [link.address for block in found.blocks for link in block.links]
    assert links == ["https://courier.example/a/b/more.html"]


def test_the_language_is_told_by_the_page_or_by_what_it_tells_others() -> None:
    told = article().replace("<html>", "<html lang='pt-BR'>")
    assert read(told).language == "pt"
    assert read(article('<meta property="og:locale" content="de_DE">')).language == "de"
    assert not read(article()).language


def test_a_menu_in_the_text_is_left_out_but_an_article_of_links_is_kept() -> None:
    menu = "".join(f"<li><a href='/{n}'>Another story of the day {n}</a></li>" for n in range(5))
    assert "Anotherstory" not in text_of(read(article(inside=f"<ul>{menu}</ul>")))
    links = "".join(
        f"<p><a href='/{n}'>The harbour, part {n}: what the old drawings of the quay tell</a></p>"
        for n in range(12)
    )
    only = f"<html><body><article><h1>Links of the week</h1>{links}</article></body></html>"
    assert "part11" in text_of(read(only))


def test_a_page_that_breaks_off_before_its_end_is_known_as_such() -> None:
    assert not read(article()).partial
    assert read(article(inside="<p>The ferry company, however, has not yet […]</p>")).partial
    paid = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    assert read(article(paid)).partial


# -------------------------------------------------------- what is no article


@pytest.mark.parametrize(
    ("body", "content_type", "named"),
    [
        (b"%PDF-1.7 ...", "application/octet-stream", "PDF"),
        (b"some bytes", "application/pdf", "PDF"),
        (b"ID3....", "", "recording"),
        (b"....", "audio/mpeg; x=y", "recording"),
        (b"....", "video/mp4", "film"),
        (b"\x89PNG....", "text/html", "picture"),
    ],
)
def test_what_is_no_page_is_named(body: bytes, content_type: str, named: str) -> None:
    said = refused(body, content_type=content_type)
    assert named in said
    assert "browser" in said


@pytest.mark.parametrize(
    "feed",
    [
        "<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>",
        '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    ],
)
def test_a_feed_is_said_to_be_one(feed: str) -> None:
    assert "add it as a feed" in refused(feed)


@pytest.mark.parametrize("nothing", ["", " ", "<html></html>", "<p>Not found.</p>", "\0\0", "{}"])
def test_a_page_without_an_article_is_told_in_one_sentence(nothing: str) -> None:
    assert refused(nothing) == (
        "No article text was found on courier.example; it may need a browser or an account."
    )


def test_a_page_that_needs_scripts_says_so() -> None:
    html = "<html><body><div id=root></div><noscript>You need to enable JavaScript to run this app."
    assert "browser only" in refused(html + "</noscript><script>1</script></body></html>")


def test_a_page_that_only_sells_a_subscription_says_so() -> None:
    html = f"<html><body><article><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>Subscribe to continue "
    assert "subscribers only" in refused(html + "reading this story.</p></article></body></html>")


def test_a_page_that_only_asks_about_cookies_says_so() -> None:
    asked = (
        "We and our 812 partners use cookies and process personal data such as addresses to show "
        "advertisements. You may withdraw your consent at any time in our privacy centre. "
    )
    html = f"<html><body><main><h1>Before you continue</h1><p>{asked * 2}</p><p>{asked}</p></main>"
    assert "cookies" in refused(html + "</body></html>")


def test_an_article_about_cookies_is_an_article() -> None:
    about = "<p>The court ruled that cookies need consent, and that partners must be named.</p>"
    assert "cookies" in text_of(read(article(inside=about)))


@pytest.mark.parametrize("label", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_page_is_read_in_the_letters_it_was_written_in(label: str) -> None:
    html = article().replace("Gdańsk", "Zürich").replace("ł", "l")
    found = page(html.encode(label), address=AT, content_type="text/html")
    assert "Zürich" in found.title


def test_terminal_codes_and_foreign_markup_of_a_page_never_arrive() -> None:
    inside = "<p>Red &#27;[31m text \x1b]52;c;AAAA\x07 and [link=x]more[/link] of the harbour.</p>"
    found = read(article(inside=inside, title="A\x1b[2Jtitle &#155;5n of the plant"))
    said = found.title + "".join(block.text for block in found.blocks)
    assert "\x1b" not in said
    assert "\x9b" not in said


STRANGE = (
    b"<", b">", b"&#xD800;", b"<table>", b"<svg>", b"</p>", b"<base href='http://['>", b"\xff\xfe",
    b"<a href='//[x'>", b"<meta charset=utf-7>", b"<!--", b"<script>", b"<pre>", b"\0", b"\x80",
    b"<link rel=canonical href='http://[::1'>", b'"datePublished":"2026-13-45"', b"<html lang=x>",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ALL), st.lists(st.tuples(st.floats(0, 1), st.sampled_from(STRANGE))))
def test_whatever_stands_in_a_page_it_is_read_or_refused(
    web_page: WebPage, strange: list[tuple[float, bytes]]
) -> None:
    body = web_page.body
    for where, written in strange:
        at = int(where * len(body))
        body = body[:at] + written + body[at + len(written) :]
    with suppress(Unreadable):
        page(body, address=AT)
