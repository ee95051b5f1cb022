"""Headlines and bodies: bodies are written first, so that no headline is without its text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Final, NamedTuple

import msgspec

from store.model import Article, ArticleWrite, Headline, TextVersion
from store.shelf.bodies import Bodies, Placed
from store.shelf.contents import Record
from store.shelf.disk import Signature, signature
from store.shelf.known import Known, body_of, is_tombstone
from store.shelf.records import record_of, value_of, values_of
from store.shelf.segments import KINDS, Segments, segment_name
from store.shelf.storage import SegmentTable

HEADLINES_PER_SEGMENT: Final = 512


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a headline; None leaves it as it is."""

    read: bool | None = None
    starred: bool | None = None
    label: tuple[str, ...] = ()
    """What it is filed under from now on, beside what it is."""
    unlabel: tuple[str, ...] = ()
    """What it is filed under no more, however the letters are written."""
    by_rule: bool = False
    """A rule does so: what the person marked unread stays that."""
    once: bool = False
    """Nothing happens where rules did so before."""


class _Plan(NamedTuple):
    """What is to be written of a feed, decided on a state of it."""

    state: tuple[Signature | None, ...]
    writes: Sequence[ArticleWrite]
    texts: Placed
    headlines: dict[str, dict[int, Record]]
    """By segment."""


class Articles:
    """Reads and writes what came in by the feeds."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody
        self.bodies = Bodies(segments)
        """Where the texts are."""
        self.whereabouts: Callable[[int], str | None] = _unknown
        """A guess at the segment of an article's headline, which saves opening others."""
        self.quoted: Callable[[int, int], Collection[int]] = _none_quoted
        """Which versions of a feed's article claims were made on."""

    def take_in(
        self, feed: int, decide: Callable[[Known], Sequence[ArticleWrite]]
    ) -> Sequence[ArticleWrite]:
        """Write what ``decide`` makes of the known headlines; doing it twice changes nothing.

        ``decide`` runs once more, under the lock, if somebody else changed the feed meanwhile.
        """
        plan = self._plan(feed, decide)
        with ExitStack() as ahead:
            if not self._custody.read_only:
                self.bodies.write_ahead(feed, plan.texts, ahead)
                self._put_ahead(plan.headlines, ahead)
            ahead.enter_context(self._custody.writing())
            if plan.state != self._state(feed):
                plan = self._plan(feed, decide)
            self.bodies.write(feed, plan.texts)
            self.put(plan.headlines)
            return plan.writes

    def known(self, feed: int) -> Known:
        """All that the desk has of a feed now, tombstones too; good as long as nobody writes."""
        return Known(self._segments, self.bodies, feed)

    def headline(self, article: int, feed: int) -> Headline | None:
        """The headline as it stands now; None when the article was deleted."""
        found = self._find(article, feed)
        return None if found is None else self._headline(*found)

    def is_deleted(self, article: int, feed: int) -> bool:
        """Whether only a tombstone is left of the article."""
        return any(
            is_tombstone(record)
            for name in self._likely(feed, (article,))
            if (record := self._segments.open(name).table("articles").record(article)) is not None
        )

    def headlines(self, feed: int) -> Iterator[Headline]:
        """All headlines of a feed as they stand now, deleted ones left out."""
        for name in self._segments.names("heads", feed):
            records = self._segments.open(name).table("articles").records()
            found = values_of(records, Headline, self._custody, f"{name}.json")
            yield from (headline for headline in found if not headline.deleted)

    def records(self, feed: int) -> Iterator[tuple[SegmentTable, Mapping[str, Record]]]:
        """All records of a feed's headlines, tombstones too, with the table they stand in."""
        for name in self._segments.names("heads", feed):
            table = self._segments.open(name).table("articles")
            yield table, table.records()

    def versions(self, article: int, feed: int) -> tuple[TextVersion, ...]:
        """The texts that are kept, newest last."""
        found = self._find(article, feed)
        if found is None:
            return ()
        return self.bodies.versions(feed, article, body_of(found[1]))

    def article(self, article: int, feed: int) -> Article | None:
        """Headline and the text it names as newest; None when either is lost."""
        found = self._find(article, feed)
        if found is None:
            return None
        headline = self._headline(*found)
        versions = self.bodies.versions(feed, article, body_of(found[1]))
        if headline is None or not versions:
            return None
        return _as_shown(headline, versions)

    def each(self, wanted: Iterable[tuple[int, int]]) -> Iterator[Article]:
        """Those of these articles, given as (feed, article), that are not lost, file by file."""
        by_feed: dict[int, list[int]] = {}
        for feed, article in wanted:
            by_feed.setdefault(feed, []).append(article)
        for feed, articles in sorted(by_feed.items()):
            yield from self._each_of(feed, articles)

    def _each_of(self, feed: int, articles: list[int]) -> Iterator[Article]:
        found = []
        for article in sorted(articles, key=lambda one: self.whereabouts(one) or ""):
            if (here := self._find(article, feed)) is not None:
                headline = self._headline(*here)
                if headline is not None:
                    found.append((body_of(here[1]), headline))
        for home, headline in sorted(found, key=lambda one: one[0] or 0):
            if versions := self.bodies.versions(feed, headline.id, home):
                yield _as_shown(headline, versions)

    def mark(self, marks: Mapping[tuple[int, int], Mark]) -> None:
        """Set and unset read marks, stars and labels, by (feed, article); one write a segment."""
        by_feed: dict[int, dict[int, Mark]] = {}
        for (feed, article), mark in marks.items():
            by_feed.setdefault(feed, {})[article] = mark
        for feed, wanted in by_feed.items():
            with self._custody.writing():
                self._mark_feed(feed, wanted)

    def _mark_feed(self, feed: int, wanted: Mapping[int, Mark]) -> None:
        left = dict(wanted)
        for name in self._likely(feed, wanted):
            table = self._segments.open(name).table("articles")
            records = table.records()
            here = [article for article in left if str(article) in records]
            changed = {}
            for article in here:
                before = records[str(article)]
                after = _marked(before, left.pop(article))
                if after != before:
                    changed[article] = after
            if changed:
                table.put(changed)
            if not left:
                return

    def _plan(self, feed: int, decide: Callable[[Known], Sequence[ArticleWrite]]) -> _Plan:
        """All that is to be written, so that nothing is left to be thought about under the lock."""
        state = self._state(feed)
        known = self.known(feed)
        writes = decide(known)
        if any(write.headline.feed != feed for write in writes):
            raise ValueError("a feed takes in its own articles only")
        newest = {write.headline.id: write for write in writes}
        texts = self.bodies.place(
            feed,
            {id_: one for id_, one in newest.items() if not one.headline.deleted},
            known.body,
            is_deleted=known.is_deleted,
            quoted=lambda article: self.quoted(feed, article),
        )
        headlines: dict[str, dict[int, Record]] = {}
        room = self._rooms(feed)
        for article, write in newest.items():
            name = known.segment(article) or next(room)
            home = {"body": texts.homes[article]} if article in texts.homes else {}
            headlines.setdefault(name, {})[article] = record_of(write.headline, **home)
        return _Plan(state, writes, texts, headlines)

    def _state(self, feed: int) -> tuple[Signature | None, ...]:
        """What tells whether anything of a feed changed: its texts, its headlines, its claims."""
        names = (name for kind in KINDS for name in self._segments.names(kind, feed))
        return tuple(signature(self._segments.path(name)) for name in names)

    def put(self, by_segment: Mapping[str, Mapping[int, Record]]) -> None:
        """Write records of headlines, by segment; one whose records are there is left alone."""
        for table, records in self._changing(by_segment):
            table.put(records)

    def _put_ahead(self, by_segment: Mapping[str, Mapping[int, Record]], ahead: ExitStack) -> None:
        for table, records in self._changing(by_segment):
            ahead.enter_context(table.put_ahead(records))

    def _changing(
        self, by_segment: Mapping[str, Mapping[int, Record]]
    ) -> Iterator[tuple[SegmentTable, Mapping[int, Record]]]:
        for name, records in by_segment.items():
            table = self._segments.open(name).table("articles")
            present = table.records()
            if any(present.get(str(article)) != record for article, record in records.items()):
                yield table, records

    def _rooms(self, feed: int) -> Iterator[str]:
        """The segments in which the next new headlines find room, one name a headline."""
        names = self._segments.names("heads", feed)
        number = max(len(names) - 1, 0)
        name = segment_name("heads", feed, number)
        taken = len(self._segments.open(name).table("articles").records())
        while True:
            if taken >= HEADLINES_PER_SEGMENT:
                number, taken = number + 1, 0
                name = segment_name("heads", feed, number)
            taken += 1
            yield name

    def _find(self, article: int, feed: int) -> tuple[str, Record] | None:
        for name in self._likely(feed, (article,)):
            record = self._segments.open(name).table("articles").record(article)
            if record is not None:
                return None if is_tombstone(record) else (name, record)
        return None

    def _likely(self, feed: int, articles: Iterable[int]) -> Iterator[str]:
        """The feed's headline segments, first those that the columns name, then the newest."""
        names = self._segments.names("heads", feed)
        named = {self.whereabouts(article) for article in articles}
        hinted = [name for name in names if name in named]
        yield from hinted
        yield from (name for name in reversed(names) if name not in named)

    def _headline(self, name: str, record: Record) -> Headline | None:
        return value_of(record, Headline, self._custody, f"{name}.json")


def _as_shown(headline: Headline, versions: Sequence[TextVersion]) -> Article:
    current = (one for one in versions if one.number == headline.version)
    return Article(headline=headline, version=next(current, versions[-1]))


def _unknown(_: int) -> None:
    """The guess of a desk whose columns were not opened."""


def _none_quoted(_feed: int, _article: int) -> Collection[int]:
    """What a desk without claims knows."""
    return ()


def _marked(record: Record, mark: Mark) -> Record:
    if mark.once and record.get("ruled"):
        return record
    changed = dict(record)
    if mark.by_rule:
        changed["ruled"] = True
    _set(changed, "starred", mark.starred)
    if not (mark.by_rule and record.get("kept_unread")):
        _mark_read(changed, mark)
    if mark.label or mark.unlabel:
        labels = labelled(record.get("labels", ()), mark.label, mark.unlabel)
        _set(changed, "labels", list(labels))
    return changed


def _mark_read(record: dict[str, Any], mark: Mark) -> None:
    if mark.read is None:
        return
    _set(record, "read", mark.read)
    _set(record, "kept_unread", not mark.read)
    # Which text was read tells later whether it changed since.
    newest = max(record.get("version", 1), record.get("last_version", 0))
    _set(record, "read_version", newest if mark.read else 0)


def _set(record: dict[str, Any], field: str, wanted: object) -> None:
    """Put a field, or leave it out where it says nothing; None changes nothing."""
    if wanted:
        record[field] = wanted
    elif wanted is not None:
        record.pop(field, None)


def labelled(
    before: Iterable[str], added: Iterable[str], taken: Iterable[str] = ()
) -> tuple[str, ...]:
    """Labels with some taken off and others added; of one name, the first spelling stays."""
    gone = {label.casefold() for label in taken}
    kept = {label.casefold(): label for label in before if label.casefold() not in gone}
    for label in added:
        kept.setdefault(label.casefold(), label)
    return tuple(kept.values())
