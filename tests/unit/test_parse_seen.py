"""What a feed brought before is not parsed again, and that changes nothing of what comes of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

import pytest
from feed_documents import AT, SAMPLES, rss
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from store.feeds.merge import merge
from store.feeds.parsing import parse as parsing
from store.feeds.parsing.children import ParserPool
from store.feeds.parsing.entries import MOST_ENTRIES
from store.feeds.parsing.items import items_of
from store.feeds.parsing.parse import parse
from store.model import Feed, Headline, ParsedFeed, SeenItem, hash_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FEED = Feed(number=1, address=AT, first_address=AT, added=NOW)
HEAD = "<title>News</title><link>https://a.example/</link>"


def story(number: int, words: str = "Words.") -> str:
    return (
        f"<item><title>Story {number}</title><guid>g{number}</guid>"
        f"<description>{words}</description></item>"
    )


def news(*items: str, channel: str = HEAD) -> bytes:
    return rss("\n  ".join(items), channel=channel).encode()


def titles(feed: ParsedFeed) -> list[str]:
    return [entry.title for entry in feed.entries]


def again(before: bytes, after: bytes, *, address: str = AT) -> ParsedFeed:
    """What the second document gives once the first was taken in."""
    return parse(after, address=address, seen=parse(before, address=AT).items)


OLD = news(story(1), story(2), story(3))


def test_only_what_is_new_is_parsed() -> None:
    feed = again(OLD, news(story(4), story(1), story(2), story(3)))
    assert (feed.title, feed.site) == ("News", "https://a.example/")
    assert titles(feed) == ["Story 4"]
    assert set(feed.left_out) == {hash_of("g1"), hash_of("g2"), hash_of("g3")}
    assert [item.name for item in feed.items] == [hash_of(f"g{n}") for n in (4, 1, 2, 3)]


def test_what_changed_is_parsed_and_what_is_gone_is_not_missed() -> None:
    assert titles(again(OLD, news(story(1), story(3, "Other words.")))) == ["Story 3"]


def test_a_document_that_brings_nothing_new_is_a_feed_all_the_same() -> None:
    feed = again(OLD, OLD.replace(b"\n", b"\n\n"))
    assert (feed.title, titles(feed)) == ("News", [])
    assert (
        again(OLD, news(*map(story, (1, 2, 3, 4)))).items
        == parse(news(*map(story, (1, 2, 3, 4))), address=AT).items
    )


@pytest.mark.parametrize(
    "around",
    [
        "<lastBuildDate>Mon, 23 Nov 2026 09:30:00 GMT</lastBuildDate>",
        "<pubDate>Mon, 23 Nov 2026 09:30:00 GMT</pubDate>",
        "<!-- made in 0.31 seconds -->",
        "\n\n",
    ],
)
def test_a_new_date_of_the_feed_lets_nothing_be_parsed_again(around: str) -> None:
    assert titles(again(OLD, news(story(1), story(4), channel=HEAD + around))) == ["Story 4"]


@pytest.mark.parametrize(
    "channel",
    [
        HEAD.replace("a.example", "b.example"),
        HEAD + "<language>fr</language>",
        HEAD.replace("<title>", "<title xml:base='https://c.example/'>"),
    ],
)
def test_where_the_feed_itself_changed_all_of_it_is_parsed(channel: str) -> None:
    feed = again(OLD, news(story(1), story(4), channel=channel))
    assert titles(feed) == ["Story 1", "Story 4"]
    assert not feed.left_out


def test_a_feed_that_moved_is_parsed_whole() -> None:
    feed = again(OLD, OLD, address="https://elsewhere.example/feed")
    assert len(feed.entries) == 3


def test_items_that_another_version_of_the_parser_made_are_parsed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = parse(OLD, address=AT).items
    monkeypatch.setattr("store.feeds.parsing.items.VERSION", 99)
    assert len(parse(OLD, address=AT, seen=seen).entries) == 3


def test_an_entry_that_shares_its_guid_with_a_known_one_brings_that_one_along() -> None:
    twin = story(4).replace("g4", "g2")
    feed = again(OLD, news(twin, story(1), story(2), story(3)))
    assert titles(feed) == ["Story 4", "Story 1", "Story 2", "Story 3"]


@pytest.mark.parametrize(
    "document",
    [
        news(story(1), story(2)).replace(b"<rss", b"<!DOCTYPE rss><rss"),
        news(story(1), story(2)).replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY x "y">]><rss'),
        news(story(1), story(1, "Other.")),
        news(story(1), "<item><title>Nameless</title></item>"),
        news(story(1), "<item><title>Not & well</title><guid>g</guid></item>"),
        news(story(1), "<item><title>Not closed</title><guid>g</guid>"),
        news(story(1), "</item>"),
        news(story(1), "<item/>"),
        news(story(1), "<x:item xmlns:x='urn:x'><guid>g7</guid></x:item>"),
        news(story(1), "<item a='<'><guid>g</guid></item>"),
        news(story(1), "<!-- never closed"),
        news(),
        news(*map(story, range(MOST_ENTRIES + 1))),
    ],
)
def test_what_is_not_plain_is_parsed_whole_each_time(document: bytes) -> None:
    feed = parse(document, address=AT)
    assert feed.items == ()
    assert parse(document, address=AT, seen=parse(OLD, address=AT).items) == feed


@pytest.mark.parametrize(
    "inside",
    [
        "<![CDATA[</item><item>]]>",
        "<!-- </item> --><?php </item> ?>",
        "&lt;/item&gt;",
        "<item xmlns='urn:x'>inner</item>",
        "<entry xmlns='urn:x' a='1 > 2'/>",
    ],
)
def test_tags_that_are_none_cut_nothing(inside: str) -> None:
    items = items_of(news(story(1), story(2, inside), story(3)).decode(), address=AT)
    assert items is not None
    assert [items.text[span.start : span.end] for span in items.spans] == [
        story(1),
        story(2, inside),
        story(3),
    ]


def test_where_nothing_new_can_be_read_all_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    from store.feeds.parsing import entries

    seen = parse(OLD, address=AT).items

    def author(told: object) -> str:
        assert told.get("title") != "Story 4"
        return ""

    monkeypatch.setattr(entries, "_author", author)
    feed = parse(news(story(4), story(1), story(2)), address=AT, seen=seen)
    assert titles(feed) == ["Story 1", "Story 2"]
    assert (feed.items, feed.left_out) == ((), ())


@pytest.mark.parametrize("name", ["rss2.xml", "atom.xml", "rdf.xml", "rss091.xml", "atom03.xml"])
def test_known_items_are_left_out_in_every_kind_of_feed(name: str) -> None:
    body = (SAMPLES / name).read_bytes()
    # Entries without a name are never left out.
    body = re.sub(rb"<item>\s*<description>.*?</item>", b"", body, flags=re.DOTALL)
    feed = parse(body, address=AT)
    rest = parse(body, address=AT, seen=feed.items)
    assert not rest.entries
    assert len(rest.left_out) == len(feed.entries) > 0
    assert replace(rest, entries=feed.entries, left_out=()) == feed


@pytest.mark.parametrize(
    "piece", ["<!--", "<![CDATA[", "<?", "<item ", "<item '", '<item "<', "</item"]
)
def test_hostile_documents_are_looked_through_once(piece: str) -> None:
    text = f"<rss>{piece * 300_000}"
    assert items_of(text, address=AT) is None or not items_of(text, address=AT).spans


async def test_what_is_known_crosses_the_pipe() -> None:
    async with ParserPool() as parsers:
        many = news(*map(story, range(MOST_ENTRIES)))
        first = await parsers.parse(many, address=AT)
        assert isinstance(first, ParsedFeed)
        rest = await parsers.parse(many, address=AT, seen=first.items)
        assert isinstance(rest, ParsedFeed)
        assert len(rest.left_out) == MOST_ENTRIES


NAMES = [f"<guid isPermaLink='false'>g{number}</guid>" for number in range(6)]
NAMES += ["<link>https://a.example/1</link>"]
VARIANTS = st.sampled_from(["One."] * 7 + ["Two <b>three</b>.", "A & B", None])
ODD = st.sampled_from(
    [
        "<item><title>Nameless</title></item>",
        "<item><guid>g1</guid><link>/twin</link><title>Twin</title></item>",
        "<item><guid>g1</guid><title>Twin & broken</title></item>",
        "<item><guid>g9</guid><description><![CDATA[</item><item>]]></description></item>",
        "<item><guid>g8</guid><title>&#27;[31m</title><pubDate>1 Jan 2040</pubDate></item>",
        "<item><guid>https://a.example/1</guid><link>/2</link></item>",
        "<item/>",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Documents of one feed: most have items that others have, some have odd ones."""
    variants = draw(st.lists(VARIANTS, min_size=len(NAMES), max_size=len(NAMES)))
    items = [
        f"<item>{name}<title>A</title><description>{escape(words)}</description></item>"
        for name, words in zip(NAMES, variants, strict=True)
        if words is not None
    ]
    if draw(st.integers(0, 3)) == 3:
        items.insert(draw(st.integers(0, len(items))), draw(ODD))
    language = draw(st.sampled_from(["", "", "", "", "", "", "<language>de</language>"]))
    return news(*items, channel=HEAD + language)


@settings(max_examples=150)
@given(st.lists(documents(), min_size=2, max_size=5))
def test_the_same_comes_of_a_feed_as_if_each_document_was_parsed_whole(
    several: list[bytes],
) -> None:
    known: dict[int, Headline] = {}
    seen: tuple[SeenItem, ...] = ()
    now = NOW
    for body in several:
        now += timedelta(hours=1)
        whole, rest = parse(body, address=AT), parse(body, address=AT, seen=seen)
        assert (rest.title, rest.language, rest.items) == (whole.title, whole.language, whole.items)
        writes = merge(FEED, whole, known, now)
        assert merge(FEED, rest, known, now) == writes
        known |= {write.headline.id: write.headline for write in writes}
        # The shelf tells only of what it has.
        names = {hash_of(headline.guid) for headline in known.values()}
        seen = tuple(item for item in rest.items if item.name in names)


def test_a_feed_of_which_little_is_new_takes_a_fraction_of_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []

    def counted(text: str, address: str) -> object:
        read.append(text.count("<item>"))
        return original(text, address)

    original = parsing._read
    monkeypatch.setattr(parsing, "_read", counted)
    again(news(*map(story, range(60))), news(*map(story, range(62))))
    assert read == [60, 2]
