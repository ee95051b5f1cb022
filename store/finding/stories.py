"""Finds the reports of one event in several feeds, by fingerprints, as articles come in.

Articles are compared with those of the days around them that share a stretch of their fingerprint
(locality-sensitive hashing over MinHash: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
chapter 3). So a desk of a hundred thousand costs as much for each article as a small one. Reports
of one feed are never one story: its second one tells what is new. Worker process only.
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Final, NamedTuple, TypeVar

from store.finding.minhash import copied, digest_of, stretches_of
from store.finding.story_file import Compared, Print, Report, Story, load_compared, save_compared
from store.shelf.columns import Columns
from store.shelf.shelf import Shelf
from store.shelf.whole_reading import WholeReading
from store.text import fingerprint

T = TypeVar("T")
WINDOW: Final = 4 * 24 * 3600
"""Seconds between the first report of an event and the last that is taken for one of it."""
KEPT: Final = 10 * 24 * 3600
"""Seconds for which fingerprints are kept; what comes in dated earlier is compared with itself."""
_MOST_IN_BUCKET: Final = 24
"""Articles that share one stretch; what more share is no story, but what feeds say every day."""
_MOST_COMPARED: Final = 12
"""Articles that one is compared with: those that share most with it."""
_STEP: Final = 500
"""Articles that are looked at in one step."""


def grouped(shelf: Shelf) -> Iterator[None]:
    """Find the stories of what came in since the last time, in steps of some tenths of a second.

    What is found counts from the last step on; ended earlier, it is looked for again.

    Raises:
        ShelfError: The desk cannot be read.
    """
    columns = shelf.columns()
    columns.refresh()
    before = load_compared(shelf.folder)
    compared = frozenset(array("q", before.looked_at))
    ids = columns.ids
    fresh = {ids[i] for i in columns.order()} - compared
    if not fresh:
        return
    prints: list[Print] = []
    for some in _in_steps(_prints_of(shelf.whole, columns, fresh)):
        prints += some
        yield
    stories = Grouping(story for story in before.stories if _is_here(columns, story))
    for _ in _in_steps(_sweep(columns, before.prints, prints, stories)):
        yield
    looked_at = array("q", (one for one in compared if columns.index(one) is not None))
    looked_at.extend(fresh)
    everything = [*before.prints, *prints]
    newest = max((one.at for one in everything), default=0)
    kept = [one for one in everything if one.at >= newest - KEPT]
    after = Compared(stories.all(), looked_at.tobytes(), kept)
    save_compared(shelf.folder, after, time.time_ns())


def _in_steps(all_of_them: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(all_of_them, _STEP)):
        yield some


def _is_here(columns: Columns, story: Story) -> bool:
    return sum(columns.index(report.article) is not None for report in story) > 1


class Grouping:
    """Which reports are of one event."""

    def __init__(self, stories: Iterable[Story]) -> None:
        self._stories = dict(enumerate(stories))
        self._story_of = {
            report.article: number for number, story in self._stories.items() for report in story
        }

    def all(self) -> list[Story]:
        """All stories, each in the order of its times."""
        by_time = attrgetter("at", "article")
        return [tuple(sorted(story, key=by_time)) for story in self._stories.values()]

    def join(self, report: Report, alike: Sequence[tuple[float, Report]]) -> None:
        """Put a report with those that are like it, the likest first, where they take it.

        One that is like a few of many only is of another event: a story would grow on and on.
        """
        similar = {other.article for _, other in alike}
        for _, other in alike:
            here, there = self._story_of.get(report.article), self._story_of.get(other.article)
            if here is not None and there is not None:
                continue
            if here is not None:
                self._take(here, other)
            elif there is None:
                self._begin(report, other)
            elif 2 * sum(one.article in similar for one in self._stories[there]) >= len(
                self._stories[there]
            ):
                self._take(there, report)

    def _begin(self, one: Report, other: Report) -> None:
        number = len(self._stories)
        self._stories[number] = (one, other)
        self._story_of[one.article] = self._story_of[other.article] = number

    def _take(self, number: int, report: Report) -> None:
        story = self._stories[number]
        times = [report.at, *(one.at for one in story)]
        if max(times) - min(times) <= WINDOW and all(one.feed != report.feed for one in story):
            self._stories[number] = (*story, report)
            self._story_of[report.article] = number


# ------------------------------------------------------------ fingerprints


def _prints_of(whole: WholeReading, columns: Columns, fresh: Collection[int]) -> Iterator[Print]:
    """Fingerprints of articles, read file by file, as they lie on the disk."""
    names = dict.fromkeys(filter(None, map(columns.segment_of, fresh)))
    for name in sorted(names):
        _, heads = whole.heads(name)
        for head, text in whole.with_texts(head for head in heads if head.id in fresh):
            beginning = fingerprint.beginning_of([head.title, *(text or "").split("\n")])
            at = head.time // 1_000_000
            yield Print(head.id, head.feed, at, digest_of(beginning), beginning.known)


# ------------------------------------------------------------ comparing


class _Candidate(NamedTuple):
    """An article among those of the days around."""

    place: int
    """In the order of times."""
    printed: Print
    is_fresh: bool
    """Whether it was compared with nothing yet."""
    title: fingerprint.Words
    stretches: tuple[bytes, ...]

    @property
    def report(self) -> fingerprint.Report:
        """The article as it is compared."""
        printed = self.printed
        return fingerprint.report_with(self.title, printed.known, is_long=bool(printed.digest))


class _Candidates:
    """Makes candidates of articles, where they can be like a fresh one at all."""

    def __init__(self, columns: Columns, fresh: Sequence[Print]) -> None:
        self._columns = columns
        self._fresh = frozenset(one.article for one in fresh)
        self._wanted: set[bytes] | None = None

    def look_for(self, fresh: Iterable[Print]) -> Iterator[None]:
        """Leave out from now on what shares no stretch with any of these: of many, nearly all."""
        self._wanted = set()
        for printed in fresh:
            title = self._title(printed)
            if title is not None:
                self._wanted.update(stretches_of(printed.digest, title.all))
            yield

    def candidate(self, place: int, printed: Print) -> _Candidate | None:
        """The article, None where it is gone or like nothing."""
        title = self._title(printed)
        if title is None:
            return None
        stretches = tuple(stretches_of(printed.digest, title.all))
        if self._wanted is not None:
            stretches = tuple(filter(self._wanted.__contains__, stretches))
        if not stretches:
            return None
        return _Candidate(place, printed, printed.article in self._fresh, title, stretches)

    def _title(self, printed: Print) -> fingerprint.Words | None:
        row = self._columns.index(printed.article)
        return None if row is None else fingerprint.words_of_title(self._columns.titles[row])


class _Around:
    """The articles of the days before one, found by the stretches that they share with it."""

    def __init__(self) -> None:
        self._held: deque[_Candidate] = deque()
        self._by_place: dict[int, _Candidate] = {}
        self._fresh: set[int] = set()
        self._buckets: dict[bytes, list[int]] = {}

    def let_go(self, before: int) -> None:
        """Forget those of a time before this."""
        while self._held and self._held[0].printed.at < before:
            gone = self._held.popleft()
            del self._by_place[gone.place]
            self._fresh.discard(gone.place)
            for stretch in gone.stretches:
                bucket = self._buckets[stretch]
                if bucket[0] == gone.place:
                    bucket.pop(0)
                if not bucket:
                    del self._buckets[stretch]

    def add(self, candidate: _Candidate) -> None:
        """Let later ones find it."""
        self._held.append(candidate)
        self._by_place[candidate.place] = candidate
        if candidate.is_fresh:
            self._fresh.add(candidate.place)
        for stretch in candidate.stretches:
            bucket = self._buckets.setdefault(stretch, [])
            bucket.append(candidate.place)
            if len(bucket) > _MOST_IN_BUCKET:
                bucket.pop(0)

    def like(self, candidate: _Candidate) -> list[_Candidate]:
        """Those that share most with it and are of other feeds; one of both is fresh."""
        places: Iterable[int] = chain.from_iterable(
            self._buckets.get(one, ()) for one in candidate.stretches
        )
        if not candidate.is_fresh:
            places = filter(self._fresh.__contains__, places)
        found = (self._by_place[place] for place, _ in Counter(places).most_common())
        likely = (one for one in found if one.printed.feed != candidate.printed.feed)
        return list(islice(likely, _MOST_COMPARED))


def _sweep(
    columns: Columns, old: Sequence[Print], fresh: Sequence[Print], stories: Grouping
) -> Iterator[None]:
    """Compare each article with those of the days before it, where one of both is fresh."""
    candidates = _Candidates(columns, fresh)
    if len(fresh) < len(old):
        yield from candidates.look_for(fresh)
    times = sorted(one.at for one in fresh)
    ordered = sorted((*old, *fresh), key=lambda one: (one.at, one.feed, one.article))
    around = _Around()
    for place, printed in enumerate(ordered):
        nearby = bisect_right(times, printed.at + WINDOW) - bisect_left(times, printed.at - WINDOW)
        candidate = candidates.candidate(place, printed) if nearby else None
        yield
        if candidate is None:
            continue
        around.let_go(printed.at - WINDOW)
        alike = [
            (sure, _reported(one.printed))
            for one in around.like(candidate)
            if (sure := _likeness(one, candidate))
        ]
        stories.join(_reported(printed), sorted(alike, key=_surest))
        around.add(candidate)


def _surest(alike: tuple[float, Report]) -> tuple[float, int]:
    sure, report = alike
    return -sure, report.article


def _likeness(one: _Candidate, other: _Candidate) -> float:
    same = copied(one.printed.digest, other.printed.digest)
    return fingerprint.likeness(one.report, other.report, same)


def _reported(printed: Print) -> Report:
    return Report(printed.article, printed.feed, printed.at)
