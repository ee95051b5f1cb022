"""What a desk has of one feed, for whoever decides what is to be written next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from store.model import Headline, TextVersion
from store.shelf.bodies import Bodies
from store.shelf.contents import Record
from store.shelf.records import value_of
from store.shelf.segments import Segments


class Known(Mapping[int, Headline]):
    """The headlines of one feed by article id, each made when it is looked at.

    One whose text was lost has no ``feed_hash``, so that the text which comes in counts as new.
    """

    def __init__(self, segments: Segments, bodies: Bodies, feed: int) -> None:
        self._custody = segments.custody
        self._bodies = bodies
        self._feed = feed
        self._places: dict[int, tuple[str, Record]] = {}
        self._by_name: dict[object, list[int]] | None = None
        for name in segments.names("heads", feed):
            for key, record in segments.open(name).table("articles").records().items():
                self._places[int(key)] = (name, record)

    def __getitem__(self, article: int) -> Headline:
        headline = self._headline(article)
        if headline is None:
            raise KeyError(article)
        if headline.deleted:
            return headline
        if any(text.number == headline.version for text in self.versions(article)):
            return headline
        return msgspec.structs.replace(headline, feed_hash="")

    def __contains__(self, article: object) -> bool:
        if not isinstance(article, int) or article not in self._places:
            return False
        return self._headline(article) is not None

    def __iter__(self) -> Iterator[int]:
        return (article for article in self._places if article in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def versions(self, article: int) -> tuple[TextVersion, ...]:
        """The texts that are kept of it, oldest first."""
        return self._bodies.versions(self._feed, article, self.body(article))

    def alike(self, address: str, title: str) -> tuple[int, ...]:
        """Articles of this address or of this title."""
        if self._by_name is None:
            self._by_name = {}
            for article, (_, record) in self._places.items():
                for name in {record.get("address"), record.get("title")} - {None, ""}:
                    self._by_name.setdefault(name, []).append(article)
        names = (name for name in (address, title) if name)
        return tuple(dict.fromkeys(id_ for name in names for id_ in self._by_name.get(name, ())))

    def feed_text(self, article: int) -> str:
        """The newest text that came by the feed; empty when it is not kept."""
        texts = (one.text for one in reversed(self.versions(article)) if one.source == "feed")
        return next(texts, "")

    def segment(self, article: int) -> str | None:
        """The segment that holds the headline."""
        place = self._places.get(article)
        return None if place is None else place[0]

    def is_deleted(self, article: int) -> bool:
        """Whether only a tombstone is left of it."""
        place = self._places.get(article)
        return place is not None and is_tombstone(place[1])

    def body(self, article: int) -> int | None:
        """The number of the segment that holds the text."""
        place = self._places.get(article)
        return None if place is None else body_of(place[1])

    def _headline(self, article: int) -> Headline | None:
        name, record = self._places[article]
        return value_of(record, Headline, self._custody, f"{name}.json")


def body_of(record: Record) -> int | None:
    """The number of the segment with the text, None where something else was written there."""
    body = record.get("body")
    return body if isinstance(body, int) and body >= 0 else None


def is_tombstone(record: Record) -> bool:
    """Whether the record of a headline says that the article was deleted."""
    return record.get("deleted") is True
