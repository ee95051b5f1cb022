"""Views, rules, watch words, labels, the order of folders: short lists, each kept whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Generic, TypeVar

import msgspec

from store.model import FolderPlace, Label, Rule, View, WatchWord
from store.shelf.contents import Record
from store.shelf.records import record_of, values_of
from store.shelf.segments import INTERESTS, Segments

V = TypeVar("V", bound=msgspec.Struct)
_FILE: Final = "interests.json"


class OrderedTable(Generic[V]):
    """Values of one kind in the order that a person gave them."""

    def __init__(self, segments: Segments, name: str, kind: type[V]) -> None:
        self._segments = segments
        self._name = name
        self._kind = kind

    def all(self) -> tuple[V, ...]:
        """All of them, in order. Raises ShelfError."""
        records = self._segments.open(INTERESTS).table(self._name).records()
        ordered = {key: records[key] for key in sorted(records, key=int)}
        return tuple(values_of(ordered, self._kind, self._segments.custody, _FILE))

    @property
    def is_whole(self) -> bool:
        """Whether all of them can be read. Raises ShelfError."""
        return not self._unread(self._segments.open(INTERESTS).table(self._name).records())

    def change(self, decide: Callable[[tuple[V, ...]], Sequence[V]]) -> tuple[V, ...]:
        """Put what ``decide`` makes of them as they stand in their place, in one write.

        It runs under the desk's lock and must be quick. Returns what is kept now. Raises
        ShelfError; then they are as they were. What cannot be read here stays behind the others.
        """
        with self._segments.custody.writing():
            table = self._segments.open(INTERESTS).table(self._name)
            kept = tuple(decide(self.all()))
            unread = self._unread(table.records())
            ones = [*map(record_of, kept), *unread]
            records = dict(enumerate(ones, start=1))
            gone = {int(key) for key in table.records()} - records.keys()
            table.put(records, without=gone)
            return kept

    def _unread(self, records: Mapping[str, Record]) -> list[Record]:
        """Records that cannot be read here: whoever wrote them may read them again."""
        return [records[key] for key in sorted(records, key=int) if not self._is_read(records[key])]

    def _is_read(self, record: Record) -> bool:
        try:
            msgspec.convert(record, self._kind)
        except msgspec.ValidationError:
            return False
        return True


class Interests:
    """What the person of this desk looks for again and again."""

    def __init__(self, segments: Segments) -> None:
        self.views: OrderedTable[View] = OrderedTable(segments, "views", View)
        self.rules: OrderedTable[Rule] = OrderedTable(segments, "rules", Rule)
        self.watch_words: OrderedTable[WatchWord] = OrderedTable(segments, "watch_words", WatchWord)
        self.folders: OrderedTable[FolderPlace] = OrderedTable(segments, "folders", FolderPlace)
        self.labels: OrderedTable[Label] = OrderedTable(segments, "labels", Label)
