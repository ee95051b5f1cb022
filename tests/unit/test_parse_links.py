"""Links and guids of a feed mean what the publisher meant."""

from __future__ import annotations

import pytest
from feed_documents import item, parsed, rss


@pytest.mark.parametrize(
    ("link", "leads_to"),
    [
        ("https://a.example/x?a=1&amp;b=2", "https://a.example/x?a=1&b=2"),
        ("www.a.example/x", "https://www.a.example/x"),
        ("a.example/x", "https://a.example/x"),
        ("//a.example/x", "https://a.example/x"),
        ("/x", "https://site.example/x"),
        ("x.html", "https://site.example/blog/x.html"),
        (" https://a.example/x\n", "https://a.example/x"),
        ("https://alice:secret@a.example/", "https://a.example/"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://a.example/\x9d\u202e", "https://a.example/%C2%9D%E2%80%AE"),
        ("", ""),
    ],
)
def test_links_lead_where_the_publisher_meant(link: str, leads_to: str) -> None:
    entry = item(f"<link>{link}</link>", channel="<link>https://site.example/blog/</link>")
    assert entry.address == leads_to


def test_links_without_a_site_count_from_the_feed() -> None:
    assert item("<link>/x</link>").address == "https://h.example/x"
    assert item("<link>x</link>").address == "https://h.example/feeds/x"


def test_links_in_a_text_count_from_the_article() -> None:
    entry = item(
        "<link>https://a.example/2026/one/</link>"
        "<description>&lt;p&gt;&lt;a href='two.html'&gt;Two&lt;/a&gt;&lt;/p&gt;</description>"
    )
    assert entry.blocks[0].links[0].address == "https://a.example/2026/one/two.html"


def test_xml_base_holds_for_its_own_element_only() -> None:
    feed = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom'>"
        "<entry xml:base='https://other.example/a/'><title>1</title><link href='x'/></entry>"
        "<entry><title>2</title><link href='x'/></entry></feed>"
    )
    assert [entry.address for entry in feed.entries] == [
        "https://other.example/a/x",
        "https://h.example/feeds/x",
    ]


@pytest.mark.parametrize(
    ("guid", "address"),
    [
        ("<guid>https://a.example/1</guid>", "https://a.example/1"),
        ("<guid isPermaLink='true'>https://a.example/1</guid>", "https://a.example/1"),
        ("<guid isPermaLink='false'>https://a.example/1</guid>", ""),
        ("<guid>17</guid>", ""),
        ("<guid>https://a.example/1</guid><link>https://b.example/</link>", "https://b.example/"),
    ],
)
def test_a_guid_is_a_link_only_if_it_may_be_one(guid: str, address: str) -> None:
    assert item(guid).address == address


def test_a_guid_does_not_depend_on_where_the_feed_lies() -> None:
    for inside in ("<guid>17</guid>", "<guid isPermaLink='true'>a/b</guid>"):
        here = parsed(rss(f"<item>{inside}</item>"), address="http://a.example/feed")
        there = parsed(rss(f"<item>{inside}</item>"), address="https://b.example/x/feed")
        assert here.entries[0].guid == there.entries[0].guid in {"17", "a/b"}
