"""The codebooks that claims were made with, each version once, and the file that is in use."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from store.model import Tag
from store.shelf.disk import replace_file
from store.shelf.errors import not_read, not_saved
from store.shelf.records import key_of, record_of, values_of
from store.shelf.segments import CODEBOOKS, Segments
from store.shelf.storage import SegmentTable

_FILE: Final = "codebooks.json"


class KeptCodebook(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a codebook, and how it came about."""

    id: str
    version: str
    toml: str
    """The whole, as a file that stands alone."""
    source: str = ""
    """The file as the person has it, where that rests on another codebook."""
    at: datetime | None = None
    """When it was kept; None for what was kept before this was noted."""
    said: str = ""
    """What was changed, where it was changed in Wiredesk."""
    undo: str = ""
    """Name of the version that undo leads to; empty for none."""
    redo: str = ""

    @property
    def name(self) -> str:
        """What other versions call it."""
        return f"{self.id}/{self.version}"


class Codebooks:
    """Reads and writes codebooks, and the values that people made up for open dimensions."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody

    def keep(self, codebook: KeptCodebook, *, again: bool = False) -> None:
        """Keep a version; one that is there stays as it is unless it is kept ``again``."""
        with self._custody.writing():
            table = self._table("codebooks")
            key = key_of(codebook.id, codebook.version)
            if again or table.record(key) is None:
                dated = msgspec.structs.replace(codebook, at=codebook.at or datetime.now(UTC))
                table.put({key: record_of(dated)})

    def forget(self, codebook: KeptCodebook) -> None:
        """Let go of a version that never came into use."""
        with self._custody.writing():
            self._table("codebooks").put({}, without=[key_of(codebook.id, codebook.version)])

    def toml(self, id_: str, version: str) -> str | None:
        """The text of a codebook that was kept."""
        record = self._table("codebooks").record(key_of(id_, version))
        return None if record is None else str(record.get("toml", ""))

    def kept(self) -> tuple[KeptCodebook, ...]:
        """All versions, oldest first."""
        records = self._table("codebooks").records()
        found = values_of(records, KeptCodebook, self._custody, _FILE)
        never = datetime.min.replace(tzinfo=UTC)
        return tuple(sorted(found, key=lambda one: one.at or never))

    def replace(self, file: Path, before: str | None, after: str) -> bool:
        """Put a text in a file's place in one step, if it still says what it said before.

        ``before`` is None where there should be no file. False: it says something else by now.
        Raises ShelfError; then the old file stands.
        """
        target = file.resolve()
        with self._custody.writing():
            try:
                there = target.read_bytes() if target.exists() else None
            except OSError as error:
                raise not_read(error, target) from error
            if there != (None if before is None else before.encode()):
                return False
            try:
                mode = None if there is None else stat.S_IMODE(target.stat().st_mode)
                replace_file(target, after.encode(), keep_previous=False)
                if mode is not None:
                    target.chmod(mode)
            except OSError as error:
                raise not_saved(error, target) from error
            return True

    def values(self) -> tuple[Tag, ...]:
        """What people made up for open dimensions, by name."""
        found = values_of(self._table("values").records(), Tag, self._custody, _FILE)
        return tuple(sorted(found, key=lambda tag: (tag.label.casefold(), tag.code)))

    def keep_value(self, tag: Tag) -> None:
        """Remember a value of an open dimension."""
        with self._custody.writing():
            self._table("values").put({key_of(*tag.key): record_of(tag)})

    def _table(self, name: str) -> SegmentTable:
        return self._segments.open(CODEBOOKS).table(name)
