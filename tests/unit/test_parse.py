"""What a reader sees of feeds as publishers write them, well or badly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from feed_documents import AT, SAMPLES, atom, item, parsed, rss, sample, text

from store.feeds.parsing.children import ParserPool
from store.feeds.parsing.parse import MOST_ENTRIES, Unreadable, parse
from store.feeds.web.answers import ParseFailed
from store.model import Block, Link, ParsedEntry, ParsedFeed, Span


def test_an_rss_feed_reads_as_its_publisher_meant() -> None:
    feed = sample("rss2.xml")
    assert (feed.title, feed.site, feed.language) == (
        "Harbour & Rail Gazette",
        "https://gazette.example/",
        "en",
    )
    first, permalink, bare = feed.entries
    assert first == ParsedEntry(
        guid="gazette-4711",
        address="https://gazette.example/2026/kolvik",
        title="Second berth for Kolvik approved",
        author="Ines Aaltonen",
        published=datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
        language="en",
        blocks=(
            Block(
                kind="paragraph",
                text="The port of Kolvik may build a second berth, the harbour board said on "
                "Monday.",
            ),
            Block(kind="item", text="Cost: 120 million", marker="•"),
            Block(kind="item", text="Opening: 2029", marker="•"),
            Block(
                kind="paragraph",
                text="More in the minutes.",
                links=(Link(span=Span(8, 19), address="https://gazette.example/2026/board"),),
            ),
        ),
        teaser=True,
    )
    assert permalink.guid == permalink.address == "https://gazette.example/2026/permalink"
    assert permalink.published == datetime(2026, 11, 22, tzinfo=UTC)
    assert (bare.guid, bare.address, bare.title, bare.published) == ("", "", "", None)
    assert text(bare) == "An entry with neither title, link, guid nor date."


def test_an_author_written_as_rss_has_it_is_told_by_name() -> None:
    author = "<author>policy@wiredesk.example (Calvin R. Boone)</author>"
    (entry,) = parsed(rss(f"<item><title>A</title>{author}</item>")).entries
    assert entry.author == "Calvin R. Boone"


def test_an_atom_feed_reads_as_its_publisher_meant() -> None:
    feed = sample("atom.xml")
    assert (feed.title, feed.site, feed.language) == (
        "Das Labor",
        "https://lab.example/journal/",
        "de",
    )
    first, second = feed.entries
    assert first.title == "1 < 2 & 3 > 2"
    assert first.guid == "12"
    assert first.address == "https://lab.example/journal/12"
    assert first.author == "Redaktion"
    assert first.published == datetime(2026, 11, 21, 4, 30, tzinfo=UTC)
    assert first.updated == datetime(2026, 11, 22, 10, tzinfo=UTC)
    assert first.language == "de"
    block, recording = first.blocks
    assert block.text == "Der Aufbau steht in diesem Plan."
    assert (recording.kind, recording.text) == ("media", "Audio")
    assert [link.address for link in block.links] == ["https://static.lab.example/12/plan.html"]
    assert second.author == "Zoé, Amir"
    assert second.language == "fr"
    assert second.published is None
    assert [block.text for block in second.blocks] == ["Deux < trois.", "Nouveau paragraphe."]


def test_an_rdf_feed_reads_as_its_publisher_meant() -> None:
    (entry,) = sample("rdf.xml").entries
    assert entry.address == "https://old.example/1"
    assert entry.guid == "https://old.example/1"
    assert entry.author == "M. Dupont"
    assert entry.published or entry.updated == datetime(2026, 11, 20, 11, tzinfo=UTC)
    assert text(entry) == "RSS 1.0 is alive."


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    feed = sample("broken.xml")
    assert feed.title == "Broken & well"
    first = feed.entries[0]
    assert first.title == "An ampersand & nothing closed here"
    assert first.address == "https://broken.example/?a=1&b=2"
    assert text(first) == "Bare HTML inside"


def test_an_empty_feed_is_a_feed() -> None:
    assert parsed(rss("")) == ParsedFeed(title="News")
    assert parsed("<feed xmlns='http://www.w3.org/2005/Atom'/>") == ParsedFeed()


@pytest.mark.parametrize(
    "document",
    [
        '<?xml version="1.0"?><rss><channel><title>Bro<item><title>x</ti',
        "<rss version='2.0'><channel><title>News</title><item><title>x</ti",
        "<rss version='2.0'><channel><title>News</title>",
        "<feed xmlns='http://www.w3.org/2005/Atom",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><ent",
        "<rss version='2.0'><channel><title>News</channel></title></rss>",
    ],
)
def test_a_feed_that_is_cut_off_before_its_first_entry_is_told(document: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parsed(document)
    assert str(refused.value) == (
        "What h.example sends is cut off or broken XML: try again later, or ask its publisher."
    )


def test_a_feed_that_is_cut_off_later_keeps_the_entries_that_came_whole() -> None:
    cut = "<rss version='2.0'><channel><item><title>Whole</title></item><item><title>x</ti"
    assert [entry.title for entry in parsed(cut).entries] == ["Whole"]


def test_an_empty_feed_below_an_empty_line_is_a_feed() -> None:
    assert parsed("\n<?xml version='1.0'?>" + rss("")) == ParsedFeed(title="News")


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("<!DOCTYPE html><html><body>Hello</body></html>", "a web page, not a feed"),
        ("\ufeff <!-- hi --><HTML lang=en>", "a web page, not a feed"),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "a web page"),
        ("<opml version='2.0'><body/></opml>", "OPML"),
        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "site map"),
        ("<note>Hello</note>", "not a feed"),
        ("%PDF-1.7", "not a feed"),
        ("plain words", "not a feed"),
        ("\x00\x01\x02", "not a feed"),
        ("/etc/passwd", "not a feed"),
        ("http://127.0.0.1/feed.xml", "not a feed"),
        ("<!-- " * 1000, "not a feed"),
    ],
)
def test_what_is_no_feed_is_told_by_its_name(document: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        parsed(document)
    told = str(refused.value)
    assert told.startswith("What h.example sends is ")
    assert told.endswith(".")


def test_the_longest_text_of_an_entry_is_its_text() -> None:
    short_content = item(
        "<description>The whole article stands in the description.</description>"
        "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>Short."
        "</content:encoded>"
    )
    assert text(short_content) == "The whole article stands in the description."


def test_content_that_is_no_text_is_not_shown() -> None:
    entry = atom(
        "<title>Picture</title><summary>A picture.</summary>"
        f"<content type='image/png'>{'iVBORw0KGgo' * 20}</content>"
    )
    assert text(entry) == "A picture."


def test_a_plain_text_that_looks_like_markup_stays_text() -> None:
    entry = atom("<title>x</title><content type='text'>if a &lt;b&gt; c then d</content>")
    assert text(entry) == "if a <b> c then d"


def test_fields_have_an_end() -> None:
    entry = item(
        f"<title>{'t' * 5000}</title><guid>{'g' * 9000}</guid><link>https://a/{'l' * 9000}</link>"
        f"<description>{'d' * 2_000_000}</description>"
    )
    assert len(entry.title) == 1000
    assert len(entry.guid) == 4096
    assert entry.address == ""
    assert len(text(entry)) == 1_000_000


def test_a_feed_of_ten_thousand_entries_gives_its_first_thousand() -> None:
    feed = parsed(rss("".join(f"<item><title>{n}</title></item>" for n in range(10_000))))
    assert [entry.title for entry in feed.entries] == [str(n) for n in range(MOST_ENTRIES)]


def test_entries_that_are_left_out_cost_no_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    whole = feedparser.parse
    monkeypatch.setattr(
        feedparser, "parse", lambda it, **told: read.append(len(it.getvalue())) or whole(it, **told)
    )
    many = rss("".join(f"<item><guid>{n}</guid></item>" for n in range(3 * MOST_ENTRIES)))
    assert [entry.guid for entry in parsed(many).entries] == [str(n) for n in range(MOST_ENTRIES)]
    assert read[0] < len(many) / 2


def test_entities_from_outside_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret words")
    document = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">'
        f'<!ENTITY % y SYSTEM "file://{secret}"> %y;]>'
        + rss("<item><title>see &x; here</title></item>")
    )
    assert "secret words" not in repr(parsed(document))


@pytest.fixture
async def parsers() -> AsyncIterator[ParserPool]:
    async with ParserPool() as parsers:
        yield parsers


async def test_the_child_reads_what_the_parent_would(parsers: ParserPool) -> None:
    for name in ("rss2.xml", "atom.xml", "rdf.xml", "broken.xml"):
        body = (SAMPLES / name).read_bytes()
        assert await parsers.parse(body, address=AT) == parse(body, address=AT)


async def test_a_web_page_is_told_across_the_pipe(parsers: ParserPool) -> None:
    answer = await parsers.parse(b"<html>", address=AT, content_type="text/html")
    assert isinstance(answer, ParseFailed)
    assert "is a web page, not a feed." in answer.reason


async def test_an_empty_document_is_no_feed(parsers: ParserPool) -> None:
    assert isinstance(await parsers.parse(b"", address=AT), ParseFailed)


async def test_the_content_type_crosses_the_pipe(parsers: ParserPool) -> None:
    body = rss("<item><title>Новости</title></item>").encode("koi8-r")
    feed = await parsers.parse(body, address=AT, content_type="text/xml; charset=koi8-r")
    assert isinstance(feed, ParsedFeed)
    assert feed.entries[0].title == "Новости"
