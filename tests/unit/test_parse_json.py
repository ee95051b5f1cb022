"""A feed in JSON reads as one in XML does."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from feed_documents import parsed, sample
from hypothesis import given
from hypothesis import strategies as st

from store.feeds.parsing.documents import Unreadable
from store.feeds.parsing.entries import MOST_ENTRIES
from store.model import Block, Link, ParsedEntry, ParsedFeed, Span

VERSION = "https://jsonfeed.org/version/1.1"


def feed(*items: object, **fields: object) -> ParsedFeed:
    return parsed(json.dumps({"version": VERSION, "items": items, **fields}))


def entry(**fields: object) -> ParsedEntry:
    (only,) = feed(fields).entries
    return only


def test_a_json_feed_reads_as_its_publisher_meant() -> None:
    told = sample("json_feed.json")
    assert (told.title, told.site, told.language, told.minutes) == (
        "Tide Tables <Weekly>",
        "https://tide.example/",
        "en",
        0,
    )
    first, second, third = told.entries
    assert first == ParsedEntry(
        guid="12345678901234567890",
        address="https://tide.example/2026/spring-tide",
        title="Spring tide <b>closes</b> the lock",
        author="Ines Aaltonen, Zoé",
        published=datetime(2026, 11, 23, 7, 30, tzinfo=UTC),
        updated=datetime(2026, 11, 23, 10, tzinfo=UTC),
        language="en",
        blocks=(
            Block(kind="paragraph", text="The lock at Kolvik stays shut."),
            Block(
                kind="paragraph",
                text="See the map.",
                links=(Link(span=Span(4, 11), address="https://tide.example/2026/map"),),
            ),
            Block(
                kind="media",
                text="Audio: The tide on air · 24 MB · 41 min",
                links=(Link(span=Span(0, 39), address="https://cdn.example/tide.mp3?token=1"),),
            ),
        ),
        teaser=True,
    )
    assert (second.guid, second.address) == ("second", "https://elsewhere.example/story")
    assert (second.author, second.language) == ("M. Dupont", "fr")
    assert [block.text for block in second.blocks] == ["1 < 2 & 3 > 2", "New paragraph."]
    assert (third.guid, third.author) == ("", "Desk of Tides")
    assert [block.text for block in third.blocks] == ["Only a summary."]


@pytest.mark.parametrize("content_type", ["", "text/html", "application/xml", "text/plain"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_document_decides_and_not_its_label(content_type: str, charset: str) -> None:
    document = json.dumps({"version": VERSION, "title": "Größe", "items": []}, ensure_ascii=False)
    assert parsed(document.encode(charset), content_type=content_type).title == "Größe"


def test_a_json_feed_of_the_first_version_is_read() -> None:
    told = feed(
        {"id": "1", "title": "A"},
        version="https://jsonfeed.org/version/1",
        author={"name": "Ines"},
    )
    assert told.entries[0].author == "Ines"


def test_a_json_feed_that_tells_no_version_is_read() -> None:
    told = parsed('{"home_page_url": "https://a.example/", "items": [{"id": "1"}]}')
    assert told.entries[0].guid == "1"


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [{"id"', "broken JSON"),
        ("{" * 100_000, "broken JSON"),
        ('{"a":' * 100_000, "broken JSON"),
        ('{"items": [], "name": "something else"}', "JSON, but not a feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": {}}', "JSON, but not a feed"),
        ("[]", "not a feed"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": [1, null]}', "No entry"),
    ],
)
def test_json_that_cannot_be_read_is_told_in_a_sentence(document: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        parsed(document)
    assert "h.example" in str(refused.value)


def test_a_field_of_a_wrong_type_is_as_good_as_missing() -> None:
    told = entry(
        id=["a"], url=5, title={"x": 1}, authors="Ines", attachments={}, date_published=True
    )
    assert told == ParsedEntry(guid="", address="https://h.example/feeds/5", teaser=True)


def test_numbers_without_end_are_text() -> None:
    told = parsed(f'{{"version": "{VERSION}", "items": [{{"id": {"9" * 10_000}, "size": NaN}}]}}')
    assert told.entries[0].guid == "9" * 4096


def test_nothing_in_a_json_feed_commands_the_terminal() -> None:
    evil = "a\x1b]52;c;\x07\ud800\u202eb"
    told = entry(
        id=evil, title=evil, authors=[{"name": evil}], url=f"https://a.example/{evil}",
        content_text=evil, attachments=[{"url": "https://a.example/x", "title": evil}],
    )  # fmt: skip
    texts = [told.guid, told.title, told.author, told.address, *(b.text for b in told.blocks)]
    assert len(texts) == 6
    for text in texts:
        assert text.isprintable(), text


def test_a_json_feed_of_many_items_gives_its_first_thousand() -> None:
    told = feed(*({"id": str(number)} for number in range(MOST_ENTRIES + 1)))
    assert [one.guid for one in told.entries] == [str(number) for number in range(MOST_ENTRIES)]


_FIELDS = (
    "id url external_url title content_html content_text summary date_published date_modified "
    "authors author name attachments mime_type size_in_bytes duration_in_seconds language"
)
FIELDS = st.sampled_from(_FIELDS.split())
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=12,
)


@given(st.lists(ANYTHING, max_size=4), st.dictionaries(FIELDS, ANYTHING, max_size=4))
def test_no_json_breaks_the_reader(items: list[object], fields: dict[str, object]) -> None:
    try:
        told = feed(*items, **fields)
    except Unreadable:
        return
    assert len(told.entries) <= len(items)
