"""What a web page says of feeds, as the parsing child reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.parsing.documents import Unreadable
from store.feeds.parsing.links import MOST_LINKED, MOST_NAMED, links_of
from store.model.subscribing import FoundFeed, PageLinks

AT = "https://blog.example/news/today"


def links(head: str, body: str = "", *, address: str = AT) -> PageLinks:
    page = (
        f"<!DOCTYPE html><html><head><title>A  blog</title>{head}</head><body>{body}</body></html>"
    )
    return links_of(page.encode(), address=address, content_type="text/html")


def named(head: str, *, address: str = AT) -> list[str]:
    return [feed.address for feed in links(head, address=address).named]


def alternate(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


def test_the_feeds_that_a_page_names_are_found_with_title_and_form() -> None:
    found = links(
        alternate("/rss", "All &amp; more")
        + alternate("atom.xml", "Atom", "application/atom+xml")
        + alternate("https://other.example/f.json", "", "application/feed+json; charset=utf-8")
    )
    assert found.title == "A blog"
    assert found.named == (
        FoundFeed(address="https://blog.example/rss", title="All & more", form="rss"),
        FoundFeed(address="https://blog.example/news/atom.xml", title="Atom", form="atom"),
        FoundFeed(address="https://other.example/f.json", form="json"),
    )


def test_addresses_count_from_the_base_of_the_page() -> None:
    assert named('<base href="/sub/">' + alternate("f")) == ["https://blog.example/sub/f"]
    assert named('<base href="https://cdn.example/x/">' + alternate("f")) == [
        "https://cdn.example/x/f"
    ]
    assert named('<base href="javascript:x">' + alternate("f")) == ["https://blog.example/news/f"]


def test_feeds_of_comments_come_last() -> None:
    head = alternate("/comments/feed/", "Comments") + alternate("/feed/", "News")
    assert named(head) == ["https://blog.example/feed/", "https://blog.example/comments/feed/"]


@pytest.mark.parametrize(
    "head",
    [
        alternate("/wp-json/wp/v2/posts/1", kind="application/json"),
        alternate("/?rest_route=/x", kind="application/json"),
        alternate("/oembed?u=x", kind="application/json+oembed"),
        alternate("/sitemap.xml", kind="application/xml"),
        alternate("/de/", kind="text/html"),
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="stylesheet" type="application/rss+xml" href="/x">',
        alternate("javascript:alert(1)"),
        alternate("file:///etc/passwd"),
        alternate(""),
        alternate("#x"),
        alternate("x" * 5_000),
        "<link>",
    ],
)
def test_what_only_looks_like_a_feed_is_left_out(head: str) -> None:
    assert named(head) == []


def test_a_password_in_a_link_is_dropped() -> None:
    assert named(alternate("https://ana:secret@blog.example/f")) == ["https://blog.example/f"]


def test_an_https_page_leads_back_to_no_http_on_its_own_host() -> None:
    assert named(alternate("http://blog.example/f")) == ["https://blog.example/f"]
    assert named(alternate("http://other.example/f")) == ["http://other.example/f"]


def test_each_feed_is_told_once() -> None:
    assert len(named(alternate("/f", "A") + alternate("/f", "B"))) == 1


def test_links_that_end_as_feeds_do_are_a_second_choice() -> None:
    body = (
        '<a href="/feed/">By <b>RSS</b></a><a href="/x.html">x</a><a href="/a.rss" title="T"></a>'
        '<a href="/?feed=rss2">q</a><a href="mailto:feed@x.example">m</a><a href="http://[x/feed">'
    )
    linked = links("", body).linked
    assert [(feed.address, feed.title) for feed in linked] == [
        ("https://blog.example/feed/", "By RSS"),
        ("https://blog.example/a.rss", "T"),
        ("https://blog.example/?feed=rss2", "q"),
    ]


def test_a_page_full_of_feeds_is_cut() -> None:
    many = "".join(alternate(f"/{n}") for n in range(1_000))
    body = "".join(f'<a href="/{n}/feed">x</a>' for n in range(1_000))
    found = links(many, body)
    assert (len(found.named), len(found.linked)) == (MOST_NAMED, MOST_LINKED)


def test_titles_are_clean_and_in_the_letters_of_the_page() -> None:
    page = '<meta charset="windows-1251"><title>Новости</title>' + alternate("/f", "Всё\x1b[2J")
    found = links_of(page.encode("cp1251", "replace"), address=AT)
    assert found.title == "Новости"
    assert found.named[0].title.startswith("Всё")
    assert found.named[0].title.isprintable()


@pytest.mark.parametrize("body", [b"", b"{}", b"\x00\x01", b"<rss></rss>", b"%PDF-1.7"])
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable, match=r"blog\.example"):
        links_of(body, address=AT)


@given(st.text(alphabet="<>abase=\"'/ lnkref&;#x0!-\n"))
def test_any_page_is_read(page: str) -> None:
    found = links_of(b"<html>" + page.encode(), address=AT, content_type="text/html")
    assert all(feed.address.startswith("http") for feed in (*found.named, *found.linked))
