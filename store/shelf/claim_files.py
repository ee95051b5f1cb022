"""Claims and coverage by feed, and the texts that claims were made on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from store.model import Article, Claim, Coverage, TextVersion
from store.shelf.contents import Record, size_of
from store.shelf.records import key_of, record_of, value_of, values_of
from store.shelf.segments import Segments, segment_name
from store.shelf.storage import SegmentTable

BYTES_PER_SEGMENT: Final = 256 * 1024
"""A segment that has grown to this takes no new records."""


class _Snapshot(msgspec.Struct):
    article: int
    feed: int
    version: TextVersion


class ClaimFiles:
    """Reads and writes what people said of articles."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody
        self.telling_of: Callable[[int, list[str]], list[str]] = lambda _article, names: names
        """Which segments are to be looked into for an article, where somebody keeps account."""

    def claims_of(self, article: int, feed: int) -> tuple[Claim, ...]:
        """Every claim on the article, tombstones and drafts included, in order of their making."""
        places = self._places_on({article}, feed).values()
        return tuple(sorted((self._as_today(claim) for _, _, claim in places), key=_made))

    def claims(self, feed: int | None = None) -> Iterator[Claim]:
        """Every claim of one feed, or of all, removed feeds included."""
        feeds = self._segments.feeds("claims") if feed is None else [feed]
        for number in feeds:
            for name in self._segments.names("claims", number):
                records = self._segments.open(name).table("claims").records()
                yield from map(
                    self._as_today, values_of(records, Claim, self._custody, f"{name}.json")
                )

    def _as_today(self, claim: Claim) -> Claim:
        reads_as = self._segments.claims_as
        return claim if reads_as is None else reads_as(claim)

    def change_claims(
        self,
        article: int,
        feed: int,
        change: Callable[[tuple[Claim, ...]], Sequence[Claim]],
    ) -> tuple[Claim, ...]:
        """Write what ``change`` makes of the article's claims, by id, and return just that."""
        return self.change_claims_on({article}, feed, change)

    def change_claims_on(
        self,
        articles: Collection[int],
        feed: int,
        change: Callable[[tuple[Claim, ...]], Sequence[Claim]],
    ) -> tuple[Claim, ...]:
        """The same for several articles of a feed, each file of which is written once."""
        with self._custody.writing():
            places = self._places_on(articles, feed)
            present = tuple(sorted((claim for _, _, claim in places.values()), key=_made))
            changed = tuple(change(present))
            by_segment: dict[str, dict[int, Record]] = {}
            room = _Room(self._segments, feed)
            for claim in {claim.id: claim for claim in changed}.values():
                if claim.target.article not in articles or claim.target.feed != feed:
                    raise ValueError("a claim stays on its article")
                if claim.id in places:
                    name, key, before = places[claim.id]
                    if claim == before:
                        continue
                    record = record_of(claim)
                else:
                    record = record_of(claim)
                    name = room.find(record)
                    key = self._free_key(name, claim.id)
                by_segment.setdefault(name, {})[key] = record
            for name, records in by_segment.items():
                self._table(name, "claims").put(records)
            return changed

    def coverage(self, feed: int | None = None) -> Iterator[Coverage]:
        """Who read which article and what came of it."""
        feeds = self._segments.feeds("claims") if feed is None else [feed]
        for number in feeds:
            for name in self._segments.names("claims", number):
                records = self._table(name, "coverage").records()
                yield from values_of(records, Coverage, self._custody, f"{name}.json")

    def coverage_of(self, article: int, feed: int) -> tuple[Coverage, ...]:
        """The same for one article, oldest first."""
        found = [
            value
            for name in self._names(article, feed)
            for record in self._table(name, "coverage").records().values()
            if record.get("article") == article
            and (value := value_of(record, Coverage, self._custody, f"{name}.json")) is not None
        ]
        return tuple(sorted(found, key=lambda coverage: coverage.at))

    def keep_coverage(self, coverage: Coverage) -> None:
        """Add or replace the record of that article, text version and person."""
        key = key_of(coverage.article, coverage.version, coverage.annotator)
        with self._custody.writing():
            for name in self._names(coverage.article, coverage.feed):
                table = self._table(name, "coverage")
                if table.record(key) is not None:
                    table.put({key: record_of(coverage)})
                    return
            record = record_of(coverage)
            name = _Room(self._segments, coverage.feed).find(record)
            self._table(name, "coverage").put({key: record})

    def versions_quoted(self, feed: int, article: int) -> frozenset[int]:
        """Which versions of an article's text claims that stand were made on."""
        claims = self.claims_of(article, feed)
        return frozenset(claim.target.version for claim in claims if not claim.marking.deleted)

    def snapshot(self, article: Article) -> None:
        """Keep the text that claims are about to be made on; once there, it is never written."""
        kept = _Snapshot(article.headline.id, article.headline.feed, article.version)
        with self._custody.writing():
            for name in _snapshot_names(kept.article, kept.version.number, kept.version.hash):
                present = self._snapshot(name)
                if present is None:
                    self._table(name, "snapshots").put({1: record_of(kept)})
                    return
                if present.version.hash == kept.version.hash:
                    return

    def snapshot_of(
        self, article: int, feed: int, version: int, text_hash: str
    ) -> TextVersion | None:
        """The text that claims of that version were made on, the one of that hash if given."""
        for name in _snapshot_names(article, version, text_hash):
            kept = self._snapshot(name)
            if kept is None or kept.feed != feed:
                continue
            if text_hash in {"", kept.version.hash}:
                return kept.version
        return None

    def _snapshot(self, name: str) -> _Snapshot | None:
        record = self._table(name, "snapshots").record(1)
        return None if record is None else value_of(record, _Snapshot, self._custody, name)

    def _places_on(self, articles: Collection[int], feed: int) -> dict[str, tuple[str, int, Claim]]:
        """Claim id → segment, key in it, claim."""
        places = {}
        names = {name: None for article in articles for name in self._names(article, feed)}
        for name in names:
            for key, record in self._table(name, "claims").records().items():
                if _article_of(record) in articles:
                    claim = value_of(record, Claim, self._custody, f"{name}.json")
                    if claim is not None:
                        places[claim.id] = (name, int(key), claim)
        return places

    def _names(self, article: int, feed: int) -> list[str]:
        """The feed's segments that may tell of the article, oldest first."""
        return self.telling_of(article, self._segments.names("claims", feed))

    def _table(self, name: str, table: str) -> SegmentTable:
        return self._segments.open(name).table(table)

    def _free_key(self, name: str, claim: str) -> int:
        table = self._table(name, "claims")
        key = key_of(claim)
        while (present := table.record(key)) is not None and present.get("id") != claim:
            key += 1
        return key


class _Room:
    """The segment of a feed that takes the next new records."""

    def __init__(self, segments: Segments, feed: int) -> None:
        self._feed = feed
        names = segments.names("claims", feed)
        self._number = max(len(names) - 1, 0)
        file = segments.open(segment_name("claims", feed, self._number)).file
        file.read()
        self._used = file.size

    def find(self, record: Record) -> str:
        """The name of a segment that has room for the record."""
        if self._used >= BYTES_PER_SEGMENT:
            self._number, self._used = self._number + 1, 0
        self._used += size_of(record)
        return segment_name("claims", self._feed, self._number)


def _article_of(record: Record) -> object:
    target = record.get("target")
    return target.get("article") if isinstance(target, Mapping) else None


def _made(claim: Claim) -> tuple[object, str]:
    return (claim.provenance.created, claim.id)


def _snapshot_names(article: int, version: int, text_hash: str) -> Iterator[str]:
    """Where the text is, and where it is when another text was called by the same number.

    That happens when damage cost the headlines, and the article came in anew.
    """
    yield f"snapshots/{article}-{version}"
    if text_hash:
        yield f"snapshots/{article}-{version}-{text_hash[:12]}"
