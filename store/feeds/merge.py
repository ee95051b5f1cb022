"""Which articles of a parsed feed are new or changed: pure, from what is known and what came.

Identity is the guid, else the link, else a hash of the text, always within one feed: publishers
copy each other's guids, use one for all their articles, or change the text under one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from store.model import (
    ArticleWrite,
    Block,
    Feed,
    Headline,
    ParsedEntry,
    ParsedFeed,
    TextVersion,
    article_id,
    hash_of,
    text_of,
)

MOST_SILENT_CHANGES = 24
"""Texts that change while the publisher names no new date: a clock or an advert in the text."""
FIRST_WORDS = 80
"""Characters of the text that stand for a missing title."""
UNTITLED = "Untitled"
_AHEAD = timedelta(days=1)


def merge(
    feed: Feed, parsed: ParsedFeed, known: Mapping[int, Headline], now: datetime
) -> tuple[ArticleWrite, ...]:
    """What is to be stored of a feed, oldest first; nothing for what is known and unchanged.

    ``known`` are the feed's headlines by article id.
    """
    writes: list[ArticleWrite] = []
    for guid, entry in _identified(feed, parsed.entries, known):
        before = known.get(article_id(feed.first_address, guid))
        if before is None:
            writes.append(_new(feed, guid, entry, now, parsed.language))
        elif (changed := _changed(before, entry, now, parsed.language)) is not None:
            writes.append(changed)
    # Feeds list the newest first: turned round, entries without a date keep that order too.
    writes.reverse()
    return tuple(sorted(writes, key=lambda write: write.headline.at))


def _identified(
    feed: Feed, entries: Sequence[ParsedEntry], known: Mapping[int, Headline]
) -> Iterator[tuple[str, ParsedEntry]]:
    """Each entry with the guid that it goes by in this feed; repetitions are left out."""
    once: dict[str, ParsedEntry] = {}
    sharing: dict[str, list[ParsedEntry]] = {}
    for entry in entries:
        if once.setdefault(_fuller_guid(entry), entry) is entry:
            sharing.setdefault(_guid(entry), []).append(entry)
    keepers = {guid: _keeper(feed, guid, group, known) for guid, group in sharing.items()}
    for fuller, entry in once.items():
        guid = _guid(entry)
        name = guid if keepers[guid] is entry else fuller
        yield (f"{name} {_hash(entry)}" if _collides(feed, name, known) else name), entry


def _guid(entry: ParsedEntry) -> str:
    return entry.guid or entry.address or _hash(entry)


def _fuller_guid(entry: ParsedEntry) -> str:
    """What an entry goes by where its guid, or for want of one its link, is another's already."""
    if entry.guid and entry.address:
        return f"{entry.guid} {entry.address}"
    return f"{_guid(entry)} {_hash(entry)}"


def _keeper(
    feed: Feed, guid: str, group: Sequence[ParsedEntry], known: Mapping[int, Headline]
) -> ParsedEntry | None:
    """Which of the entries that share a guid goes by it: the article that did so before.

    None of them, if that article is no longer in the document: it would get another's text.
    """
    before = known.get(article_id(feed.first_address, guid))
    strangers = [
        entry for entry in group if article_id(feed.first_address, _fuller_guid(entry)) not in known
    ]
    if before is None or len(group) == 1:
        return next(iter(strangers), None)
    best = max(strangers, key=lambda entry: _likeness(entry, before), default=None)
    return best if best is not None and any(_likeness(best, before)) else None


def _likeness(entry: ParsedEntry, before: Headline) -> tuple[bool, bool]:
    """How far an entry is the article that was known: by its text, by its page."""
    same_page = bool(entry.guid) and entry.address == before.address
    return _hash(entry) == before.feed_hash, same_page


def _collides(feed: Feed, guid: str, known: Mapping[int, Headline]) -> bool:
    """Whether two guids of a feed fall on one 53-bit id."""
    before = known.get(article_id(feed.first_address, guid))
    return before is not None and before.guid != guid


def _new(feed: Feed, guid: str, entry: ParsedEntry, now: datetime, language: str) -> ArticleWrite:
    version = _version(entry, 1, now, language)
    headline = Headline(
        id=article_id(feed.first_address, guid),
        feed=feed.number,
        guid=guid,
        address=entry.address,
        title=version.blocks[0].text,
        author=entry.author,
        published=_credible(entry.published or entry.updated, now),
        updated=_credible(entry.updated, now),
        seen=now,
        teaser=entry.teaser,
        feed_hash=version.hash,
    )
    return ArticleWrite(headline=headline, version=version)


def _changed(
    before: Headline, entry: ParsedEntry, now: datetime, language: str
) -> ArticleWrite | None:
    """The new state of a known article; its marks, its first date and first sight stay."""
    version = _version(entry, before.newest + 1, now, language)
    updated = _credible(entry.updated, now)
    silent = updated is None or updated == before.updated
    was_lost = not before.feed_hash  # the desk has the headline, and its text no more
    too_often = silent and before.version >= MOST_SILENT_CHANGES and not was_lost
    if version.hash == before.feed_hash or too_often:
        return None
    stays = before.shows_page and not was_lost
    headline = replace(
        before,
        address=entry.address or before.address,
        title=version.blocks[0].text,
        author=entry.author or before.author,
        updated=updated or before.updated,
        teaser=entry.teaser,
        version=before.version if stays else version.number,
        last_version=version.number if stays else 0,
        shows_page=stays,
        feed_hash=version.hash,
    )
    return ArticleWrite(headline=headline, version=version)


def _version(entry: ParsedEntry, number: int, now: datetime, language: str) -> TextVersion:
    blocks = _blocks(entry)
    return TextVersion(
        number=number,
        blocks=blocks,
        hash=hash_of(text_of(blocks)),
        language=entry.language or language,
        taken=now,
    )


def _blocks(entry: ParsedEntry) -> tuple[Block, ...]:
    return (Block(kind="title", text=entry.title or _first_words(entry)), *entry.blocks)


def _first_words(entry: ParsedEntry) -> str:
    for block in entry.blocks:
        words = " ".join(block.text.split())
        if len(words) > FIRST_WORDS:
            start = words[:FIRST_WORDS]
            # Text without spaces, as in Chinese, is cut where it is long enough.
            return (start.rpartition(" ")[0] or start) + "…"
        if words:
            return words
    return UNTITLED


def _credible(at: datetime | None, now: datetime) -> datetime | None:
    """A date that may be true; one from the future would stand above all others for years."""
    return at if at is None or at <= now + _AHEAD else None


def _hash(entry: ParsedEntry) -> str:
    return hash_of(text_of(_blocks(entry)))
