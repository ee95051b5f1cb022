"""Articles that a person deleted: the text goes, a tombstone keeps the feed from bringing it back.

The tombstone is written first, then the text goes; what comes back has its text first. So a kill
leaves a deleted article with its text for a while, and never an article without one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime

import msgspec

from store.model import Headline, TextVersion, hash_of
from store.shelf.articles import Articles
from store.shelf.contents import Record
from store.shelf.custody import Custody
from store.shelf.errors import ShelfError
from store.shelf.known import Known, is_tombstone
from store.shelf.records import record_of


class Deleted(msgspec.Struct, frozen=True, kw_only=True):
    """What brings an article back: the headline with its marks, and all its texts."""

    headline: Headline
    versions: tuple[TextVersion, ...]
    at: datetime
    """When it was deleted."""


class Tombstones:
    """Deletes articles and brings them back."""

    def __init__(self, articles: Articles, custody: Custody) -> None:
        self._articles = articles
        self._custody = custody

    def delete(
        self,
        articles: Iterable[tuple[int, int]],
        *,
        unless: Callable[[Headline], bool] = lambda _: False,
        for_good: bool = False,
    ) -> tuple[Deleted, ...]:
        """Delete articles, given as (feed, article); what is needed to bring them back.

        ``unless`` is asked under the lock; ``for_good`` leaves no text on the disk.
        """
        by_feed: dict[int, list[int]] = {}
        for feed, article in articles:
            by_feed.setdefault(feed, []).append(article)
        deleted: list[Deleted] = []
        for feed, wanted in by_feed.items():
            with self._custody.writing():
                deleted += self._delete(feed, wanted, unless, for_good)
        return tuple(deleted)

    def restore(self, deleted: Iterable[Deleted]) -> None:
        """Bring articles back that nobody else brought back since."""
        by_feed: dict[int, list[Deleted]] = {}
        for one in deleted:
            by_feed.setdefault(one.headline.feed, []).append(one)
        for feed, wanted in by_feed.items():
            with self._custody.writing():
                self._restore(feed, wanted)

    def forget(self, feed: int, before: datetime, listed: Collection[str]) -> None:
        """Let go of tombstones from before then, but of guids whose hashes are listed."""
        with self._custody.writing():
            for table, records in self._articles.records(feed):
                gone = [
                    int(article)
                    for article, record in records.items()
                    if is_tombstone(record)
                    and (at := _deleted_at(record)) is not None
                    and at < before
                    and hash_of(str(record.get("guid"))) not in listed
                ]
                if gone:
                    table.put({}, without=gone)

    def _delete(
        self,
        feed: int,
        wanted: Collection[int],
        unless: Callable[[Headline], bool],
        for_good: bool,
    ) -> list[Deleted]:
        known = self._articles.known(feed)
        deleted: list[Deleted] = []
        now = datetime.now(UTC)
        tombstones: dict[str, dict[int, Record]] = {}
        here = [article for article in wanted if article in known]
        for article in here:
            if known.is_deleted(article) or unless(known[article]):
                continue
            headline, versions = known[article], known.versions(article)
            deleted.append(Deleted(headline=headline, versions=versions, at=now))
            tombstone = msgspec.structs.replace(headline, deleted=True, deleted_at=now)
            _place(known, article, record_of(tombstone, body=known.body(article)), tombstones)
        self._articles.put(tombstones)
        with suppress(ShelfError):  # the tombstones stand; the texts go with the next fetch
            homes = {one.headline.id: known.body(one.headline.id) for one in deleted}
            self._articles.bodies.drop(feed, homes, for_good=for_good)
        return deleted

    def _restore(self, feed: int, wanted: Collection[Deleted]) -> None:
        known = self._articles.known(feed)
        gone = [one for one in wanted if known.is_deleted(one.headline.id)]
        homes = self._articles.bodies.restore(
            feed, {one.headline.id: one.versions for one in gone if one.versions}
        )
        headlines: dict[str, dict[int, Record]] = {}
        for one in gone:
            article = one.headline.id
            home = {"body": homes[article]} if article in homes else {}
            _place(known, article, record_of(one.headline, **home), headlines)
        self._articles.put(headlines)


def _deleted_at(record: Record) -> datetime | None:
    """When an article was deleted; None where that was not noted."""
    try:
        return msgspec.convert(record.get("deleted_at"), datetime | None)
    except msgspec.ValidationError:
        return None


def _place(
    known: Known, article: int, record: Record, by_segment: dict[str, dict[int, Record]]
) -> None:
    name = known.segment(article)
    if name is not None:
        by_segment.setdefault(name, {})[article] = record
