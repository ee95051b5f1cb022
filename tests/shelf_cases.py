"""Articles and claims for the tests of the shelf, and what must be true of every desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from store.model import (
    Anchor,
    Article,
    ArticleWrite,
    Block,
    Claim,
    Feed,
    Headline,
    Marking,
    Provenance,
    Source,
    Span,
    Tag,
    Target,
    TextVersion,
    article_id,
    hash_of,
    text_of,
)
from store.shelf.columns import Columns
from store.shelf.shelf import Shelf

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADDRESS = "https://wire.example/feed.xml"


def text_version(title: str, words: str, number: int = 1, source: Source = "feed") -> TextVersion:
    blocks = (Block(kind="title", text=title), Block(kind="paragraph", text=words))
    return TextVersion(
        number=number, blocks=blocks, hash=hash_of(text_of(blocks)), source=source, taken=NOON
    )


def article_write(
    feed: Feed,
    guid: str,
    *,
    title: str = "",
    words: str = "It opens a second plant.",
    number: int = 1,
    source: Source = "feed",
    hours_old: float | None = 0,
    read: bool = False,
) -> ArticleWrite:
    """An article that came in; without an age it bears no date of its own."""
    version = text_version(title or f"Title of {guid}", words, number, source)
    published = None if hours_old is None else NOON - timedelta(hours=hours_old)
    headline = Headline(
        id=article_id(feed.first_address, guid),
        feed=feed.number,
        guid=guid,
        title=title or f"Title of {guid}",
        published=published,
        seen=NOON,
        read=read,
        version=number,
        feed_hash=version.hash,
    )
    return ArticleWrite(headline=headline, version=version)


def take_in(shelf: Shelf, *writes: ArticleWrite) -> None:
    """Take in what is new of the writes, as a refresh does: marks stay, and so do deletions."""

    def decide(known: Mapping[int, Headline]) -> Sequence[ArticleWrite]:
        return [
            write
            if write.headline.id not in known
            else structs.replace(write, headline=_marked_as(write, known[write.headline.id]))
            for write in writes
            if write.headline.id not in known or not known[write.headline.id].deleted
        ]

    if writes:
        shelf.take_in(writes[0].headline.feed, decide)


def _marked_as(write: ArticleWrite, known: Headline) -> Headline:
    return structs.replace(
        write.headline, read=known.read, starred=known.starred, read_version=known.read_version
    )


def claim(article: Article, number: int, *, note: str = "", deleted: bool = False) -> Claim:
    """A claim on the first word of an article's text."""
    text = article.version.text
    span = Span(0, text.index(" "))
    return Claim(
        id=f"urn:uuid:00000000-0000-4000-8000-{number:012d}",
        rev=1,
        target=Target(
            article=article.headline.id,
            feed=article.headline.feed,
            source="Wire",
            address=article.headline.address,
            title=article.headline.title,
            text_hash=article.version.hash,
            version=article.version.number,
        ),
        marking=Marking(
            anchor=Anchor(span=span, exact=text[span.start : span.end]),
            tags=(Tag(dimension="signal", code="hiring", label="hiring"),),
            note=note,
            deleted=deleted,
        ),
        provenance=Provenance(
            creator="ana",
            created=NOON + timedelta(seconds=number),
            modified=NOON,
            generator="wiredesk/0",
            codebook="default",
            codebook_version="1",
        ),
    )


def keep_claims(shelf: Shelf, article: Article, *claims: Claim) -> tuple[Claim, ...]:
    headline = article.headline
    return shelf.change_claims(headline.id, headline.feed, lambda _: claims)


def opened(shelf: Shelf, write: ArticleWrite) -> Article:
    """The article as the shelf has it; it must be there."""
    article = shelf.article(write.headline.id, write.headline.feed)
    assert article is not None, write.headline.guid
    return article


class SmallDesk(NamedTuple):
    """A desk with one feed, three articles (one read) and two claims on the first."""

    shelf: Shelf
    feed: Feed
    writes: tuple[ArticleWrite, ...]

    @property
    def first(self) -> Article:
        return opened(self.shelf, self.writes[0])


def small_desk(folder: Path) -> SmallDesk:
    shelf = Shelf.open(folder)
    feed = shelf.add_feed(ADDRESS)
    writes = tuple(article_write(feed, f"n{i}", hours_old=i, read=i == 2) for i in range(3))
    take_in(shelf, *writes)
    desk = SmallDesk(shelf, feed, writes)
    article = desk.first
    shelf.snapshot(article)
    for number in (1, 2):
        keep_claims(shelf, article, claim(article, number))
    return desk


def rows_of(columns: Columns) -> list[object]:
    """Everything that lists show, newest first; of equal times the order does not matter."""
    rows = [columns.row(i) for i in columns.order()]
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    return [sorted(rows, key=lambda row: (row.at, row.id)), columns.counts()]


def rows_built_anew(folder: Path) -> list[object]:
    """The same, from the segments alone."""
    (folder / "derived" / "columns.msgpack").unlink(missing_ok=True)
    return rows_of(Shelf.open(folder).columns())


def assert_whole(shelf: Shelf) -> None:
    """Every headline has its text, and nothing was found damaged or left over."""
    for feed in shelf.feeds():
        columns = shelf.columns()
        for row in map(columns.row, columns.order(feed=feed.number)):
            article = shelf.article(row.id, feed.number)
            assert article is not None, row.title
            assert article.version.hash == hash_of(article.version.text)
    assert list(shelf.folder.rglob("*.tmp")) == []
    assert shelf.notices() == ()
