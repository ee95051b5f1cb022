"""The claims of a whole desk, file by file: for who reads them all, or changes many at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, Literal, TypeVar

import msgspec

from store.model import Claim
from store.shelf.contents import FORMAT
from store.shelf.disk import Signature, read_whole, signature
from store.shelf.errors import not_read
from store.shelf.records import record_of, value_of, values_of
from store.shelf.segments import Segments

V = TypeVar("V", bound=msgspec.Struct)


class ClaimSegments:
    """Files of claims by name. What a caller reads of a claim is its own business."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody

    def states(self) -> dict[str, Signature]:
        """Every file that there is, oldest feed first, and the state it is in."""
        found: dict[str, Signature] = {}
        for feed in self._segments.feeds("claims"):
            found |= self.states_of(feed)
        return found

    def states_of(self, feed: int) -> dict[str, Signature]:
        """The files of one feed, oldest first, and the state each is in."""
        found = {}
        for name in self._segments.names("claims", feed):
            if (state := signature(self._segments.path(name))) is not None:
                found[name] = state
        return found

    def read(
        self, name: str, kind: type[V], *, table: Literal["claims", "coverage"] = "claims"
    ) -> list[V]:
        """The claims in a file, or its coverage records, as far as ``kind`` tells of them.

        A sound file is decoded at once and only so far; what is wrong with another is noticed.
        ``kind`` has a field ``format``.
        """
        path = self._segments.path(name)
        try:
            found = read_whole(path)
        except OSError as error:
            raise not_read(error, path) from error
        if found is not None:
            try:
                tables = _decoder(kind, table).decode(found[0])
                claims: list[V] = list(tables.records.values())
            except (msgspec.MsgspecError, RecursionError, ValueError):
                claims = []
            if claims and all(getattr(one, "format", FORMAT) <= FORMAT for one in claims):
                return claims
        records = self._segments.open(name).table(table).records()
        return values_of(records, kind, self._custody, f"{name}.json")

    def change(
        self, name: str, ids: Collection[str], change: Callable[[Claim], Claim | None]
    ) -> list[Claim]:
        """Write what ``change`` makes of these claims of a file, in one step; return just that.

        ``change`` runs under the desk's lock and returns None for a claim that stays.
        """
        with self._custody.writing():
            table = self._segments.open(name).table("claims")
            changed, records = [], {}
            for key, record in table.records().items():
                if record.get("id") not in ids:
                    continue
                claim = value_of(record, Claim, self._custody, f"{name}.json")
                if claim is None or (new := change(claim)) is None or new == claim:
                    continue
                changed.append(new)
                records[int(key)] = record_of(new)
            if records:
                table.put(records)
            return changed

    def some(self, name: str, ids: Collection[str]) -> list[Claim]:
        """These claims of a file, as they are written."""
        records = self._segments.open(name).table("claims").records()
        wanted = {key: one for key, one in records.items() if one.get("id") in ids}
        return values_of(wanted, Claim, self._custody, f"{name}.json")

    def drop(self, name: str, ids: Collection[str]) -> None:
        """Forget these claims of a file, in one step: they are kept in another one."""
        with self._custody.writing():
            table = self._segments.open(name).table("claims")
            gone = [int(key) for key, record in table.records().items() if record.get("id") in ids]
            if gone:
                table.put({}, without=gone)


@cache
def _decoder(kind: type[msgspec.Struct], table: str) -> msgspec.json.Decoder[Any]:
    """Reads a file's bytes and skips what is not asked for."""
    records: Any = dict[str, kind]  # type: ignore[valid-type]
    empty: Any = msgspec.field(default_factory=dict, name=table)
    return msgspec.json.Decoder(msgspec.defstruct("TableRead", [("records", records, empty)]))
