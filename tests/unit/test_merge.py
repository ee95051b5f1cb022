"""What a refresh makes of the articles that a desk has and those that a feed names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.feeds.merge import MOST_SILENT_CHANGES, merge
from store.model import (
    ArticleWrite,
    Block,
    Feed,
    Headline,
    ParsedEntry,
    ParsedFeed,
    article_id,
    hash_of,
    text_of,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = Feed(
    number=3,
    address="https://new.example/feed",
    first_address="https://old.example/feed",
    added=NOW,
)


def entry(guid: str = "", text: str = "Some text.", **fields: object) -> ParsedEntry:
    blocks = (Block(kind="paragraph", text=text),) if text else ()
    return ParsedEntry(guid=guid, **{"title": "A title", "blocks": blocks, **fields})


def merged(
    *entries: ParsedEntry, known: Mapping[int, Headline] | None = None, now: datetime = NOW
) -> tuple[ArticleWrite, ...]:
    return merge(FEED, ParsedFeed(entries=entries, language="en"), known or {}, now)


def after(*rounds: tuple[ParsedEntry, ...]) -> dict[int, Headline]:
    """The headlines of a desk after these documents came one after the other."""
    known: dict[int, Headline] = {}
    for at, entries in enumerate(rounds):
        for write in merged(*entries, known=known, now=NOW + at * HOUR):
            known[write.headline.id] = write.headline
    return known


def guids(known: Mapping[int, Headline]) -> set[str]:
    return {headline.guid for headline in known.values()}


def test_a_new_article_is_stored_whole() -> None:
    published = NOW - HOUR
    (write,) = merged(
        entry(
            "12",
            "First.",
            address="https://new.example/12",
            author="Ada",
            published=published,
            language="de",
            teaser=True,
        )
    )
    assert write.version.blocks == (
        Block(kind="title", text="A title"),
        Block(kind="paragraph", text="First."),
    )
    assert write.version.text == "A title\nFirst."
    assert write.version.hash == hash_of("A title\nFirst.")
    assert (write.version.number, write.version.language, write.version.source) == (1, "de", "feed")
    assert write.headline == Headline(
        id=article_id("https://old.example/feed", "12"),
        feed=3,
        guid="12",
        address="https://new.example/12",
        title="A title",
        author="Ada",
        published=published,
        seen=NOW,
        teaser=True,
        feed_hash=write.version.hash,
    )


def test_an_empty_feed_changes_nothing() -> None:
    assert merged() == ()
    assert merged(known=after((entry("1"),))) == ()


def test_an_article_that_is_known_is_not_stored_again() -> None:
    one = entry("1", published=NOW - HOUR)
    known = after((one,))
    assert merged(one, known=known, now=NOW + HOUR) == ()
    assert merged(replace(one, author="Bob", teaser=True), known=known) == ()


def test_a_changed_article_gets_a_version_and_keeps_its_marks() -> None:
    known = after((entry("1", "Old.", published=NOW - HOUR),))
    (number,) = known
    known[number] = replace(known[number], read=True, starred=True)
    (write,) = merged(
        entry("1", "New.", published=NOW, author="Eve"), known=known, now=NOW + 2 * HOUR
    )
    assert write.version.number == 2
    assert write.version.text == "A title\nNew."
    assert write.version.taken == NOW + 2 * HOUR
    assert write.headline.read
    assert write.headline.starred
    assert write.headline.seen == NOW
    assert write.headline.published == NOW - HOUR
    assert write.headline.version == 2
    assert write.headline.feed_hash == write.version.hash
    assert write.headline.author == "Eve"


def test_a_changed_title_is_a_change() -> None:
    (write,) = merged(entry("1", title="Other"), known=after((entry("1"),)))
    assert write.headline.title == "Other"
    assert write.version.blocks[0] == Block(kind="title", text="Other")


def test_a_page_that_was_fetched_counts_as_a_version_but_is_not_compared_with() -> None:
    known = after((entry("1"),))
    (number,) = known
    known[number] = replace(known[number], version=2)
    assert merged(entry("1"), known=known) == ()
    (write,) = merged(entry("1", "Changed."), known=known)
    assert write.version.number == 3


def test_a_text_that_changes_at_every_look_is_left_alone_in_the_end() -> None:
    known = after(*((entry("1", f"It is {hour} o'clock."),) for hour in range(40)))
    assert [headline.version for headline in known.values()] == [MOST_SILENT_CHANGES + 1] == [25]
    (write,) = merged(entry("1", "News.", updated=NOW), known=known)
    assert write.version.number == MOST_SILENT_CHANGES + 2


def test_changes_that_the_publisher_dates_are_all_taken_in_and_start_the_count_anew() -> None:
    dated = ((entry("1", f"Text {hour}.", updated=NOW + hour * HOUR),) for hour in range(40))
    known = after(*dated)
    (headline,) = known.values()
    assert (headline.version, headline.silent_changes) == (40, 0)
    known = after(
        *((entry("1", f"It is {hour} o'clock."),) for hour in range(20)),
        (entry("1", "Corrected.", updated=NOW),),
        *((entry("1", f"It was {hour} o'clock.", updated=NOW),) for hour in range(40)),
    )
    assert [one.version for one in known.values()] == [20 + 1 + MOST_SILENT_CHANGES]


def test_pages_that_were_fetched_do_not_count_as_changes_of_the_feed() -> None:
    known = after((entry("1"),))
    (number,) = known
    known[number] = replace(known[number], version=90, shows_page=True)
    (write,) = merged(entry("1", "Changed."), known=known)
    assert (write.headline.version, write.headline.newest) == (90, 91)
    assert write.headline.silent_changes == 1


def test_without_a_guid_the_link_is_the_identity() -> None:
    first = entry("", "One.", address="https://a.example/1")
    known = after((first,), (replace(first, title="Better title"),))
    assert guids(known) == {"https://a.example/1"}
    assert [headline.version for headline in known.values()] == [2]


def test_without_guid_and_link_the_text_is_the_identity() -> None:
    known = after((entry("", "One."), entry("", "Two.")), (entry("", "Two."), entry("", "One.")))
    assert guids(known) == {hash_of("A title\nOne."), hash_of("A title\nTwo.")}


def test_a_guid_twice_in_a_document_loses_no_article() -> None:
    one = entry("same", "One.", address="https://a.example/1")
    two = entry("same", "Two.", address="https://a.example/2")
    known = after((one, two))
    assert guids(known) == {"same", "same https://a.example/2"}
    assert merged(one, two, known=known) == ()
    assert merged(two, one, known=known) == ()


def test_one_guid_for_all_articles_mixes_none_of_them_up() -> None:
    articles = [
        entry("same", f"Text {number}.", address=f"https://a.example/{number}")
        for number in range(6)
    ]
    # The feed shows three at a time, newest first, until only one is left.
    rounds = [tuple(reversed(articles[at : at + 3])) for at in range(6)]
    known = after(*rounds)
    assert {headline.address for headline in known.values()} == {a.address for a in articles}
    assert all(headline.version == 1 for headline in known.values())


def test_one_link_for_all_articles_mixes_none_of_them_up() -> None:
    home = "https://a.example/"
    articles = [entry("", f"Text {number}.", address=home) for number in range(5)]
    known = after(*(tuple(reversed(articles[at : at + 3])) for at in range(3)))
    assert len(known) == 5
    assert all(headline.version == 1 for headline in known.values())


def test_the_same_entry_twice_is_one_article() -> None:
    assert len(merged(entry("1"), entry("1"))) == 1
    assert len(merged(entry(""), entry(""))) == 1


def test_equal_guids_of_two_feeds_are_two_articles() -> None:
    other = replace(FEED, number=4, first_address="https://other.example/feed")
    (mine,) = merged(entry("1"))
    (theirs,) = merge(other, ParsedFeed(entries=(entry("1"),)), {}, NOW)
    assert mine.headline.id != theirs.headline.id


def test_a_feed_that_moved_keeps_its_articles() -> None:
    moved = replace(FEED, address="https://elsewhere.example/feed")
    assert merge(moved, ParsedFeed(entries=(entry("1"),)), after((entry("1"),)), NOW) == ()


def test_two_guids_on_one_number_are_two_articles() -> None:
    number = article_id(FEED.first_address, "1")
    (write,) = merged(entry("other"))
    impostor = replace(write.headline, id=number)
    (stored,) = merged(entry("1"), known={number: impostor})
    assert stored.headline.id != number
    assert stored.version.number == 1


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short text.", "Short text."),
        ("word " * 40, "word " * 15 + "word…"),
        ("汉" * 200, "汉" * 80 + "…"),
        ("", "Untitled"),
    ],
)
def test_a_missing_title_is_the_first_words_of_the_text(text: str, title: str) -> None:
    (write,) = merged(entry("1", text, title=""))
    assert write.headline.title == title
    assert write.version.blocks[0] == Block(kind="title", text=title)


def test_an_article_without_text_has_its_title() -> None:
    (write,) = merged(entry("1", ""))
    assert write.version.text == "A title"


def test_the_update_stands_in_for_a_missing_publication() -> None:
    (write,) = merged(entry("1", updated=NOW - HOUR))
    assert write.headline.published == NOW - HOUR
    assert write.headline.updated == NOW - HOUR


def test_a_date_in_the_future_is_told_and_not_sorted_by() -> None:
    (tomorrow,) = merged(entry("1", published=NOW + timedelta(days=1)))
    absurd = NOW + timedelta(days=9000)
    (later,) = merged(entry("1", published=absurd))
    assert tomorrow.headline.at == tomorrow.headline.published == NOW + timedelta(days=1)
    assert (later.headline.published, later.headline.at) == (absurd, NOW)


def test_what_comes_in_long_after_its_date_is_not_lost_below() -> None:
    known = after((entry("1", published=NOW - 99 * HOUR),))
    assert [headline.at for headline in known.values()] == [NOW - 99 * HOUR]
    later = NOW + HOUR
    (write,) = merged(entry("2", published=NOW - 99 * HOUR), known=known, now=later)
    assert (write.headline.published, write.headline.at) == (NOW - 99 * HOUR, later)
    (write,) = merged(entry("2", published=NOW - 40 * HOUR), known=known, now=later)
    assert write.headline.at == NOW - 40 * HOUR


def test_what_comes_in_at_once_keeps_the_order_of_the_feed() -> None:
    known = after((entry("above"), entry("middle"), entry("below")))
    newest_first = sorted(known.values(), key=lambda one: one.at, reverse=True)
    assert [one.guid for one in newest_first] == ["above", "middle", "below"]


def test_a_change_brings_no_deleted_article_back() -> None:
    known = after((entry("1"),))
    (number,) = known
    known[number] = replace(known[number], deleted=True)
    assert merged(entry("1", "Another text.", updated=NOW), known=known) == ()


def test_the_oldest_article_is_stored_first() -> None:
    writes = merged(
        entry("new", published=NOW - HOUR),
        entry("undated, above"),
        entry("undated, below"),
        entry("old", published=NOW - 2 * HOUR),
    )
    assert [write.headline.guid for write in writes] == [
        "old",
        "new",
        "undated, below",
        "undated, above",
    ]


def test_the_feeds_language_is_the_articles_unless_it_says_otherwise() -> None:
    one, two = merged(entry("1", language="ja"), entry("2"))
    assert {one.version.language, two.version.language} == {"ja", "en"}


ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from(["", "a", "b", "c"]),
        st.sampled_from(["", "One.", "Two.", "Three."]),
        address=st.sampled_from(["", "https://a.example/1", "https://a.example/2"]),
        title=st.sampled_from(["", "T"]),
        published=st.sampled_from([None, NOW - HOUR, NOW + 99 * HOUR]),
    ),
    max_size=8,
)


@given(st.lists(ENTRIES, max_size=4))
def test_whatever_comes_merging_it_twice_changes_nothing(rounds: list[list[ParsedEntry]]) -> None:
    known: dict[int, Headline] = {}
    for entries in rounds:
        for write in merged(*entries, known=known):
            assert write.version.hash == hash_of(text_of(write.version.blocks))
            known[write.headline.id] = write.headline
        assert merged(*entries, known=known) == ()


@given(ENTRIES)
def test_no_article_is_written_twice_in_one_go(entries: list[ParsedEntry]) -> None:
    writes = merged(*entries)
    assert len({write.headline.id for write in writes}) == len(writes)
    assert list(writes) == sorted(writes, key=lambda write: write.headline.at)


def test_categories_come_with_an_article_and_stay_where_a_new_text_names_none() -> None:
    (known,) = after((entry("a", categories=("Chips",)),)).values()
    assert known.categories == ("Chips",)
    labelled = {known.id: replace(known, labels=("to quote",))}
    (write,) = merged(entry("a", "Another text."), known=labelled)
    assert write.headline.categories == ("Chips",)
    assert write.headline.labels == ("to quote",)
