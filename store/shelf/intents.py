"""What is about to be done to many files: logged before it begins, so that a kill leaves no half.

An intent names the operation, the claims with the state they were seen in, and the change. It is
dropped when all is done; one that is found at a start is carried out to its end, as often as it
takes: a claim that has the operation in its history is done, one that moved on is left alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from store.model import Value
from store.shelf.records import key_of, record_of, values_of
from store.shelf.segments import Segments
from store.shelf.storage import SegmentTable

INTENTS: Final = "intents"


class Meant(NamedTuple):
    """A claim that is to change, as it was when that was decided."""

    segment: str
    claim: str
    rev: int


class Intent(Value, frozen=True, kw_only=True):
    """One operation on many claims."""

    operation: str
    at: datetime
    by: str
    change: dict[str, Any]
    """What is done to each; the shelf does not look into it."""
    claims: tuple[Meant, ...]


class Intents:
    """Reads and writes the log."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments

    def log(self, intent: Intent) -> None:
        """Keep an intent; when this returns it is on disk."""
        self._table.put({key_of(intent.operation): record_of(intent)})

    def done(self, intent: Intent) -> None:
        """Drop an intent that was carried out."""
        self._table.put({}, without=[key_of(intent.operation)])

    def open(self) -> tuple[Intent, ...]:
        """Those that were begun and, as far as anybody knows, not carried out; oldest first."""
        if not self._segments.path(INTENTS).exists():
            return ()
        records = self._table.records()
        found = values_of(records, Intent, self._segments.custody, f"{INTENTS}.json")
        return tuple(sorted(found, key=lambda intent: (intent.at, intent.operation)))

    @property
    def _table(self) -> SegmentTable:
        return self._segments.open(INTENTS).table("intents")
