"""What stands in a segment file: TinyDB's tables as JSON, one record a line, format told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from store.shelf.errors import not_kept

FORMAT: Final = 1
"""Of the records that this program writes; each carries it as ``format``."""

Record = Mapping[str, Any]
Tables = dict[str, dict[str, Record]]
"""Table name → document id in decimal → record, as TinyDB hands it to a storage."""


class Sound(Mapping[str, Any]):
    """A record that is JSON already, and goes into a file as it is; unpacked if it is looked at."""

    __slots__ = ("_fields", "json")

    def __init__(self, json: bytes) -> None:
        self.json = json
        self._fields: dict[str, Any] | None = None

    def __getitem__(self, name: str) -> Any:
        return self._unpacked[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._unpacked)

    def __len__(self) -> int:
        return len(self._unpacked)

    @property
    def _unpacked(self) -> dict[str, Any]:
        if self._fields is None:
            self._fields = _decode(self.json)
        return self._fields


_ID_DIGITS: Final = 19
_encode = msgspec.json.Encoder().encode
_encode_lines = msgspec.json.Encoder().encode_lines
_decode = msgspec.json.Decoder().decode


class Damaged(Exception):
    """The bytes are not what this program ever wrote; the message says why, in a few words."""


class Newer(Damaged):
    """A record carries a format number of a later version of this program."""


def parse(content: bytes) -> Tables:
    """The tables in a file's bytes. Raises Damaged when they are not whole and sound."""
    if not content or content.isspace():
        raise Damaged("it is empty")
    try:
        tables = _decode(content)
    except msgspec.MsgspecError:
        raise Damaged("it is not whole JSON") from None
    except (RecursionError, ValueError):
        raise Damaged("it is not JSON of ours") from None
    if not isinstance(tables, dict):
        raise Damaged("it holds no tables")
    for table in tables.values():
        if not isinstance(table, dict):
            raise Damaged("a table in it is no table")
        for key, record in table.items():
            _check(key, record)
    return tables


def serialise(tables: Mapping[str, Mapping[str, Record]], known: Tables) -> bytes:
    """The bytes of the tables; records that are not already in ``known`` are checked.

    Raises ShelfError for a record that would not read back as it is: a NaN, a lone surrogate.
    """
    parts = []
    for name, table in tables.items():
        before = known.get(name, {})
        if not all(
            type(record) is Sound or before.get(key) is record or _is_kept(record)
            for key, record in table.items()
        ):
            raise not_kept()
        lines = zip(_lines(list(table)), _records(list(table.values())), strict=True)
        parts.append(
            _encode(name) + b":{\n" + b",\n".join([k + b":" + v for k, v in lines]) + b"\n}"
        )
    return b"{" + b",\n".join(parts) + b"}\n"


def size_of(record: Record) -> int:
    """Bytes that a record takes in a file."""
    return len(record.json if isinstance(record, Sound) else _encode(record))


def _records(records: Sequence[Record]) -> list[bytes]:
    others = iter(_lines([record for record in records if type(record) is not Sound]))
    return [record.json if type(record) is Sound else next(others) for record in records]


def _lines(values: list[Any]) -> list[bytes]:
    """Each value as JSON. One call for all of them: JSON has no line breaks of its own."""
    return _encode_lines(values).splitlines()


def _is_kept(record: Record) -> bool:
    """Whether the record reads back as it is."""
    try:
        return bool(_decode(_encode(record)) == record)
    except (msgspec.MsgspecError, ValueError, TypeError, OverflowError, RecursionError):
        return False


def _check(key: str, record: object) -> None:
    if not (key.isascii() and key.isdigit() and len(key) <= _ID_DIGITS):
        raise Damaged("a record in it has no number")
    if not isinstance(record, dict):
        raise Damaged("a record in it is no record")
    written_as = record.get("format", FORMAT)
    if not isinstance(written_as, int):
        raise Damaged("a record in it has no format number")
    if written_as > FORMAT:
        raise Newer(f"a newer Wiredesk wrote it, in format {written_as}")
