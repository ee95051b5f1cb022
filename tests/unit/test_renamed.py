"""An article whose publisher gives it another guid stays the article that was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from store.feeds.merge import merge
from store.model import ArticleWrite, Block, Feed, Headline, ParsedEntry, ParsedFeed, hash_of
from store.shelf.shelf import Mark, Shelf

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG = " ".join(f"word{number}" for number in range(120))
PAGE = "https://wire.example/fab"


class Wire:
    """A feed on a desk, document by document."""

    def __init__(self, folder: Path) -> None:
        self.shelf = Shelf.open(folder)
        self.feed: Feed = self.shelf.add_feed("https://wire.example/feed.xml")
        self.at = NOW

    def brings(self, *entries: ParsedEntry, left_out: Sequence[str] = ()) -> Sequence[ArticleWrite]:
        self.at += HOUR
        parsed = ParsedFeed(entries=entries, left_out=tuple(map(hash_of, left_out)))
        return self.shelf.take_in(
            self.feed.number, lambda known: merge(self.feed, parsed, known, self.at, kin=known)
        )

    @property
    def headlines(self) -> list[Headline]:
        return list(self.shelf.headlines(self.feed.number))

    @property
    def shown(self) -> int:
        columns = self.shelf.columns()
        columns.refresh()
        return len(columns)


@pytest.fixture
def wire(tmp_path: Path) -> Wire:
    return Wire(tmp_path / "desk")


def entry(guid: str, text: str = LONG, **fields: object) -> ParsedEntry:
    told = {"title": "A fab in Kumano", "address": PAGE, "published": NOW, **fields}
    return ParsedEntry(guid=guid, blocks=(Block(kind="paragraph", text=text),), **told)


def test_it_stays_read_and_starred_and_is_there_once(wire: Wire) -> None:
    wire.brings(entry("?p=1"))
    (before,) = wire.headlines
    wire.shelf.mark({(1, before.id): Mark(read=True, starred=True)})
    wire.brings(entry("urn:1"))
    (after,) = wire.headlines
    assert (after.id, after.read, after.starred) == (before.id, True, True)
    assert wire.shown == 1
    assert wire.brings(entry("urn:1")) == ()


def test_its_text_goes_on_changing_under_the_new_guid_and_the_old(wire: Wire) -> None:
    wire.brings(entry("?p=1"))
    wire.brings(entry("urn:1", f"{LONG} more"))
    (headline,) = wire.headlines
    assert headline.version == 2
    wire.brings(entry("urn:1", "Quite another text."))
    wire.brings(entry("?p=1", "Back again."))
    (headline,) = wire.headlines
    assert headline.version == 4


def test_its_guid_may_change_twice(wire: Wire) -> None:
    for guid in ("?p=1", "urn:1", "tag:1"):
        wire.brings(entry(guid))
    assert len(wire.headlines) == wire.shown == 1


def test_a_new_address_with_the_same_title_and_date_will_do(wire: Wire) -> None:
    wire.brings(entry("?p=1"))
    wire.brings(entry("urn:1", address="https://new.example/fab"))
    assert len(wire.headlines) == 1


def test_what_was_deleted_stays_deleted(wire: Wire) -> None:
    wire.brings(entry("?p=1"))
    wire.shelf.delete_articles([(1, wire.headlines[0].id)])
    wire.brings(entry("urn:1"))
    assert wire.headlines == []
    assert wire.shown == 0


FALSE_FRIENDS = {
    "a weekly column": entry("2", published=NOW + 168 * HOUR, address="https://wire.example/2"),
    "a page for every day": entry("2", published=NOW + 24 * HOUR),
    "a live ticker": entry("2", " ".join(f"other{number}" for number in range(120))),
    "a short report": entry("2", "Sunny, 22 degrees."),
    "a headline of another day": entry(
        "2", published=None, address="https://wire.example/2", title="A fab in Kumano"
    ),
    "another title and page at that time": entry("2", title="Other", address="https://a.example/"),
}


@pytest.mark.parametrize("other", FALSE_FRIENDS)
def test_what_only_looks_like_it_is_another_article(wire: Wire, other: str) -> None:
    wire.brings(entry("1", "Sunny, 21 degrees." if "short" in other else LONG))
    wire.brings(FALSE_FRIENDS[other])
    assert len(wire.headlines) == 2


def test_two_that_are_in_the_feed_together_are_two(wire: Wire) -> None:
    wire.brings(entry("1"))
    wire.brings(entry("2"), entry("1"))
    assert len(wire.headlines) == 2
    wire.brings(entry("3"), left_out=["1", "2"])
    assert len(wire.headlines) == 3


def test_one_article_is_not_two_others_before(wire: Wire) -> None:
    wire.brings(entry("1"))
    wire.brings(entry("2"), entry("3"))
    assert len(wire.headlines) == 2


def test_an_article_without_date_is_known_by_its_page_and_its_words(wire: Wire) -> None:
    wire.brings(entry("1", published=None), entry("9", published=None, address="", title="T"))
    wire.brings(entry("2", published=None, title="A better title"))
    wire.brings(entry("8", published=None, address="", title="T"))
    assert sorted(one.title for one in wire.headlines) == ["A better title", "T", "T"]


def test_what_only_follows_readers_in_a_link_makes_no_other_article(wire: Wire) -> None:
    for campaign in ("?utm_campaign=monday", "?utm_campaign=tuesday", ""):
        wire.brings(entry("", published=None, address=f"{PAGE}{campaign}"))
    assert len(wire.headlines) == wire.shown == 1
    wire.brings(entry("", published=None, address=f"{PAGE}?id=2"))
    assert len(wire.headlines) == 2


def test_a_text_that_is_lost_makes_no_two_articles_one(wire: Wire) -> None:
    wire.brings(entry("1"))
    for path in (wire.shelf.folder / "bodies").iterdir():
        path.unlink()
    wire.brings(entry("2", f"{LONG} more"))
    assert len(wire.headlines) == 2


def test_a_trail_that_leads_nowhere_ends_in_a_new_article(wire: Wire) -> None:
    wire.brings(entry("1"))
    wire.brings(entry("2"))
    known: dict[int, Headline] = {}

    def look(there: object) -> tuple[ArticleWrite, ...]:
        known.update({key: there[key] for key in there})  # type: ignore[index, attr-defined]
        return ()

    wire.shelf.take_in(1, look)
    forwards = {key: one for key, one in known.items() if one.same_as}
    assert len(forwards) == 1
    parsed = ParsedFeed(entries=(entry("2"),))
    (write,) = merge(wire.feed, parsed, forwards, NOW)
    assert write.is_new
    assert replace(write.headline, by_seen=False).guid == "2"
