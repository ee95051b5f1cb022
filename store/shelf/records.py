"""Values become records and records values; a record is what stands in a file, format told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from typing import TypeVar

import msgspec

from store.model import ID_BITS
from store.shelf.contents import FORMAT, Record, Sound
from store.shelf.custody import Custody
from store.shelf.errors import not_kept

V = TypeVar("V", bound=msgspec.Struct)

_encode = msgspec.json.Encoder().encode
_decoder = cache(msgspec.json.Decoder)
_FORMAT = _encode({"format": FORMAT})


def record_of(value: msgspec.Struct, **fields: int | None) -> Record:
    """The value as JSON has it, with its format number and fields of our own, which it has not.

    Raises ShelfError for a value that JSON would not give back equal.
    """
    try:
        encoded = _encode(value)
        if _decoder(type(value)).decode(encoded) != value:
            raise not_kept()
    except (msgspec.MsgspecError, ValueError) as error:
        raise not_kept() from error
    own = _encode({"format": FORMAT, **fields}) if fields else _FORMAT
    return Sound(own if encoded == b"{}" else own[:-1] + b"," + encoded[1:])


def value_of(record: Record, kind: type[V], custody: Custody, file: str) -> V | None:
    """The value in a record; one that is not of that kind is noticed, left alone, and None."""
    try:
        return msgspec.convert(record, kind)
    except msgspec.ValidationError as error:
        path = custody.folder / file
        custody.notice(f"A record in {path} cannot be read and is left out: {error}.", path)
        return None


def values_of(records: Mapping[str, Record], kind: type[V], custody: Custody, file: str) -> list[V]:
    """All values in a table that are of that kind."""
    found = (value_of(record, kind, custody, file) for record in records.values())
    return [value for value in found if value is not None]


def key_of(*parts: object) -> int:
    """A document id derived from what names a record, so that writers need not agree on it."""
    name = "\0".join(str(part) for part in parts)
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - ID_BITS)
