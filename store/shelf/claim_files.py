"""Claims and coverage by feed, and the texts that claims were made on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from store.model import Article, Claim, Coverage, TextVersion
from store.shelf.contents import FORMAT, Record
from store.shelf.records import key_of, record_of, value_of, values_of
from store.shelf.segments import Segments, segment_name
from store.shelf.storage import SegmentTable

BYTES_PER_SEGMENT: Final = 256 * 1024
"""A segment that has grown to this takes no new records."""


class ClaimFiles:
    """Reads and writes what people said of articles."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody

    def claims_of(self, article: int, feed: int) -> tuple[Claim, ...]:
        """Every claim on the article, tombstones and drafts included, in order of their making."""
        places = self._places_of(article, feed).values()
        return tuple(sorted((claim for _, _, claim in places), key=_made))

    def claims(self, feed: int | None = None) -> Iterator[Claim]:
        """Every claim of one feed, or of all, removed feeds included."""
        feeds = self._segments.feeds("claims") if feed is None else [feed]
        for number in feeds:
            for name in self._segments.names("claims", number):
                records = self._segments.open(name).table("claims").records()
                yield from values_of(records, Claim, self._custody, f"{name}.json")

    def change_claims(
        self,
        article: int,
        feed: int,
        change: Callable[[tuple[Claim, ...]], Sequence[Claim]],
    ) -> tuple[Claim, ...]:
        """Write what ``change`` makes of the article's claims, by id, and return just that."""
        with self._custody.writing():
            places = self._places_of(article, feed)
            present = tuple(sorted((claim for _, _, claim in places.values()), key=_made))
            changed = tuple(change(present))
            by_segment: dict[str, dict[int, Record]] = {}
            for claim in {claim.id: claim for claim in changed}.values():
                if claim.target.article != article or claim.target.feed != feed:
                    raise ValueError("a claim stays on its article")
                if claim.id in places:
                    name, key, before = places[claim.id]
                    if claim == before:
                        continue
                else:
                    name = self._room(feed)
                    key = self._free_key(name, claim.id)
                by_segment.setdefault(name, {})[key] = record_of(claim)
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
            for name in self._segments.names("claims", feed)
            for record in self._table(name, "coverage").records().values()
            if record.get("article") == article
            and (value := value_of(record, Coverage, self._custody, f"{name}.json")) is not None
        ]
        return tuple(sorted(found, key=lambda coverage: coverage.at))

    def keep_coverage(self, coverage: Coverage) -> None:
        """Add or replace the record of that article, text version and person."""
        key = key_of(coverage.article, coverage.version, coverage.annotator)
        with self._custody.writing():
            for name in self._segments.names("claims", coverage.feed):
                table = self._table(name, "coverage")
                if table.record(key) is not None:
                    table.put({key: record_of(coverage)})
                    return
            name = self._room(coverage.feed)
            self._table(name, "coverage").put({key: record_of(coverage)})

    def snapshot(self, article: Article) -> None:
        """Keep the text that claims are about to be made on; once there, it is never written."""
        with self._custody.writing():
            name = _snapshot_name(article.headline.id, article.version.number)
            table = self._table(name, "snapshots")
            if table.record(1) is None:
                kept = {
                    "format": FORMAT,
                    "article": article.headline.id,
                    "feed": article.headline.feed,
                    "version": msgspec.json.decode(msgspec.json.encode(article.version)),
                }
                table.put({1: kept})

    def snapshot_of(self, article: int, feed: int, version: int) -> TextVersion | None:
        """The text that claims of that version were made on."""
        name = _snapshot_name(article, version)
        record = self._table(name, "snapshots").record(1)
        if record is None or record.get("feed") != feed:
            return None
        return value_of(record.get("version", {}), TextVersion, self._custody, f"{name}.json")

    def _places_of(self, article: int, feed: int) -> dict[str, tuple[str, int, Claim]]:
        """Claim id → segment, key in it, claim."""
        places = {}
        for name in self._segments.names("claims", feed):
            for key, record in self._table(name, "claims").records().items():
                if _article_of(record) == article:
                    claim = value_of(record, Claim, self._custody, f"{name}.json")
                    if claim is not None:
                        places[claim.id] = (name, int(key), claim)
        return places

    def _table(self, name: str, table: str) -> SegmentTable:
        return self._segments.open(name).table(table)

    def _room(self, feed: int) -> str:
        names = self._segments.names("claims", feed)
        if names:
            file = self._segments.open(names[-1]).file
            file.read()
            if file.size < BYTES_PER_SEGMENT:
                return names[-1]
        return segment_name("claims", feed, len(names))

    def _free_key(self, name: str, claim: str) -> int:
        table = self._table(name, "claims")
        key = key_of(claim)
        while (present := table.record(key)) is not None and present.get("id") != claim:
            key += 1
        return key


def _article_of(record: Record) -> object:
    target = record.get("target")
    return target.get("article") if isinstance(target, Mapping) else None


def _made(claim: Claim) -> tuple[object, str]:
    return (claim.provenance.created, claim.id)


def _snapshot_name(article: int, version: int) -> str:
    return f"snapshots/{article}-{version}"
