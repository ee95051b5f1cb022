"""Which articles of a parsed feed are new or changed: pure, from what is known and what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from store.feeds.identity import identified, known_as
from store.feeds.renamed import Kin, former
from store.feeds.texts import version_of
from store.model import (
    ArticleWrite,
    Feed,
    Headline,
    ParsedEntry,
    ParsedFeed,
    article_id,
)

MOST_SILENT_CHANGES = 24
"""Texts in a row that change while the publisher names no new date: a clock, an advert in it.

As ``reader`` counts (https://reader.readthedocs.io): a new date starts the count anew.
"""
AHEAD = timedelta(days=1)
"""Dates later than this from now are told as the publisher says, and not sorted by."""
BEHIND = timedelta(days=2)
"""What comes in so long after its date is sorted by when it came in, or nobody would see it.

Not at the first import of a feed, which would stand above all others.
"""
_TICK = timedelta(microseconds=1)


def merge(
    feed: Feed,
    parsed: ParsedFeed,
    known: Mapping[int, Headline],
    now: datetime,
    kin: Kin | None = None,
) -> tuple[ArticleWrite, ...]:
    """What is to be stored of a feed, oldest first; nothing for what is known and unchanged.

    ``known`` are the feed's headlines by article id; ``kin`` tells which of them may be an
    article that comes under another guid.
    """
    first_import = not known
    if first_import:
        known, kin = {}, None  # which are asked sooner
    writes: list[ArticleWrite] = []
    entries = tuple(identified(feed, parsed.entries, known))
    named = {article_id(feed.first_address, guid) for guid, _ in entries}
    for guid, entry in entries:
        number = article_id(feed.first_address, guid)
        before = known_as(number, known)
        if before is None and kin is not None:
            before = former(entry, kin, known, named, parsed.left_out)
            if before is not None:
                named.add(before.id)
                writes.append(_forward(before, number, guid, entry, now))
        if before is None:
            write = _new(feed, guid, entry, now, parsed.language)
            writes.append(write if first_import else _late(write, now))
        elif (changed := _changed(before, entry, now, parsed.language)) is not None:
            writes.append(changed)
    # Feeds list the newest first: turned round, entries without a date keep that order too.
    writes.reverse()
    writes.sort(key=lambda write: write.headline.at)
    return tuple(_ticking(writes, now))


def _ticking(writes: Sequence[ArticleWrite], now: datetime) -> Iterator[ArticleWrite]:
    """What came in at once was seen one after the other, so that lists keep the feed's order."""
    at = now
    for write in writes:
        if write.is_new:
            yield replace(write, headline=replace(write.headline, seen=at))
            at += _TICK
        else:
            yield write


def _forward(
    before: Headline, number: int, guid: str, entry: ParsedEntry, now: datetime
) -> ArticleWrite:
    """A tombstone under the new guid that leads to the article, which stays what it is."""
    headline = Headline(
        id=number,
        feed=before.feed,
        guid=guid,
        title=before.title,
        seen=now,
        deleted=True,
        same_as=before.id,
    )
    return ArticleWrite(headline=headline, version=version_of(entry, 1, now, ""))


def _new(feed: Feed, guid: str, entry: ParsedEntry, now: datetime, language: str) -> ArticleWrite:
    version = version_of(entry, 1, now, language)
    published = entry.published or entry.updated
    headline = Headline(
        id=article_id(feed.first_address, guid),
        feed=feed.number,
        guid=guid,
        address=entry.address,
        title=version.blocks[0].text,
        author=entry.author,
        categories=entry.categories,
        published=published,
        updated=entry.updated,
        seen=now,
        by_seen=published is not None and published > now + AHEAD,
        teaser=entry.teaser,
        feed_hash=version.hash,
    )
    return ArticleWrite(headline=headline, version=version)


def _late(write: ArticleWrite, now: datetime) -> ArticleWrite:
    """The same of a feed that was known before: what comes in late is not sorted far below."""
    published = write.headline.published
    if published is None or published >= now - BEHIND:
        return write
    return replace(write, headline=replace(write.headline, by_seen=True))


def _changed(
    before: Headline, entry: ParsedEntry, now: datetime, language: str
) -> ArticleWrite | None:
    """The new state of a known article; its marks, its first date and first sight stay."""
    if before.deleted:
        return None
    version = version_of(entry, before.newest + 1, now, language)
    was_lost = not before.feed_hash  # the desk has the headline, and its text no more
    is_silent = entry.updated in (None, before.updated) and not was_lost
    too_often = is_silent and before.silent_changes >= MOST_SILENT_CHANGES
    if version.hash == before.feed_hash or too_often:
        return None
    stays = before.shows_page and not was_lost
    headline = replace(
        before,
        address=entry.address or before.address,
        title=version.blocks[0].text,
        author=entry.author or before.author,
        categories=entry.categories or before.categories,
        updated=entry.updated or before.updated,
        teaser=entry.teaser,
        version=before.version if stays else version.number,
        last_version=version.number if stays else 0,
        shows_page=stays,
        feed_hash=version.hash,
        silent_changes=before.silent_changes + 1 if is_silent else 0,
    )
    return ArticleWrite(headline=headline, version=version)
