"""Names and passwords for feeds that ask for them: in a file of their own, and in no other."""

from __future__ import annotations

import msgspec

from store.model import Account
from store.shelf.contents import Record
from store.shelf.disk import PREVIOUS
from store.shelf.errors import not_saved
from store.shelf.records import record_of, value_of
from store.shelf.segments import CREDENTIALS, Segments
from store.shelf.storage import SegmentTable
from store.text.origin import keeps_password


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An account, and the address that it was given for."""

    feed: int
    address: str
    account: Account


class Credentials:
    """Reads and writes accounts, by feed. An old password outlives no change."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody

    def of(self, feed: int, address: str) -> Account | None:
        """Who asks for the feed; nobody once it lies on another server than it was given for."""
        record = self._table.record(feed)
        kept = None if record is None else self._kept(record)
        if kept is None or not keeps_password(kept.address, address):
            return None
        return kept.account

    def keep(self, feed: int, address: str, account: Account | None) -> None:
        """Remember who asks for the feed at that address; None forgets it."""
        with self._custody.writing():
            before = self._table.record(feed)
            if account is None:
                if before is not None:
                    self._table.put({}, without=[feed])
            else:
                kept = _Kept(feed=feed, address=address, account=account)
                self._table.put({feed: record_of(kept)})
            if before is not None:
                self._drop_generation_before()

    def _drop_generation_before(self) -> None:
        path = self._segments.path(CREDENTIALS)
        before = path.with_name(path.name + PREVIOUS)
        try:
            before.unlink(missing_ok=True)
        except OSError as error:
            raise not_saved(error, before) from error

    def _kept(self, record: Record) -> _Kept | None:
        return value_of(record, _Kept, self._custody, f"{CREDENTIALS}.json")

    @property
    def _table(self) -> SegmentTable:
        return self._segments.open(CREDENTIALS).table("accounts")
