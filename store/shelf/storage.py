"""TinyDB on files that a kill, a full disk or a second program does not harm.

Each file is stock TinyDB JSON: ``TinyDB(path)`` opens it. What differs is how it is written
(`store.shelf.disk`), that a read costs a stat when nothing changed, and that a damaged file is
set aside instead of being taken for a new one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from store.shelf.contents import Damaged, Newer, Record, Tables, parse, serialise
from store.shelf.custody import Custody
from store.shelf.disk import (
    PREVIOUS,
    Ahead,
    Signature,
    read_whole,
    replace_file,
    signature,
    write_ahead,
)
from store.shelf.errors import ShelfError, not_read, not_saved


class _Held(NamedTuple):
    signature: Signature | None
    tables: Tables


class _Ready(NamedTuple):
    tables: Tables
    content: bytes
    ahead: Ahead


class SegmentStorage(Storage):
    """One file, its newest content in memory. Reading needs no lock and works in any thread."""

    def __init__(
        self, path: Path, custody: Custody, *, name: str = "", quiet: bool = False
    ) -> None:
        """Open the file at ``path``, which need not exist.

        ``name`` announces changes to other running copies; a ``quiet`` file need not outlive a
        power cut, and its damage is not told.
        """
        self.custody = custody
        self._path = path.resolve() if path.is_symlink() else path
        self._name = name
        self._quiet = quiet
        self._held: _Held | None = None
        self._batch: tuple[int, Tables] | None = None
        self._ready: _Ready | None = None

    def read(self) -> Tables:
        """All tables. Records in them belong to the storage: replace them, never change them."""
        if self._batch is not None and self._batch[0] == threading.get_ident():
            return dict(self._batch[1])
        held = self._held
        try:
            found = signature(self._path)
            if held is None or held.signature != found:
                held = self._held = self._load()
        except OSError as error:
            raise not_read(error, self._path) from error
        return dict(held.tables)

    def write(self, data: Mapping[str, Mapping[str, Record]]) -> None:
        """Save all tables; when this returns they are on disk.

        Raises ShelfError; then file and memory are what they were.
        """
        tables = {name: dict(table) for name, table in data.items()}
        if self._batch is not None and self._batch[0] == threading.get_ident():
            self._batch = (self._batch[0], tables)
            return
        with self.custody.writing():
            ready = self._ready
            if ready is not None and _are_same(ready.tables, tables):
                state = self._replace(ready.content, ahead=ready.ahead)
            else:
                state = self._replace(serialise(tables, self.read()))
            self._held = _Held(state, tables)

    @contextmanager
    def written_ahead(self, tables: Tables) -> Iterator[None]:
        """Flush all tables beside the file: if they are what is written within, that is quick.

        Needs no lock. A failure is left to the writing itself.
        """
        content = serialise(tables, self.read())
        try:
            ahead = write_ahead(self._path, content)
        except OSError:
            yield
            return
        self._ready = _Ready(tables, content, ahead)
        try:
            yield
        finally:
            self._ready = None
            with suppress(OSError):
                ahead.temporary.unlink(missing_ok=True)

    @property
    def size(self) -> int:
        """Bytes of the file as last read or written."""
        held = self._held
        return held.signature.size if held is not None and held.signature is not None else 0

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """Let all changes made within, of whatever tables, reach the disk as one."""
        with self.custody.writing():
            before = self.read()
            self._batch = (threading.get_ident(), before)
            try:
                yield
                after = self._batch[1]
            finally:
                self._batch = None
            if after is not before:
                self.write(after)

    def _replace(
        self, content: bytes, *, keep_previous: bool = True, ahead: Ahead | None = None
    ) -> Signature:
        try:
            if self._name:
                self.custody.generation.announce(self._name)
            return replace_file(
                self._path,
                content,
                keep_previous=keep_previous and not self._quiet,
                durable=not self._quiet,
                ahead=ahead,
            )
        except OSError as error:
            raise not_saved(error, self._path) from error

    def _load(self) -> _Held:
        try:
            return self._sound(self._path)
        except Damaged as damage:
            if self.custody.read_only:
                return self._previous_unrepaired(damage)
        with self.custody.writing():
            return self._repaired()

    def _sound(self, path: Path) -> _Held:
        found = read_whole(path)
        if found is None:
            if path == self._path and self._previous.exists():
                raise Damaged("it is missing")
            return _Held(None, {})
        content, state = found
        return _Held(state, parse(content))

    @property
    def _previous(self) -> Path:
        return self._path.with_name(self._path.name + PREVIOUS)

    def _previous_unrepaired(self, reason: Damaged) -> _Held:
        """A read-only desk shows the generation before and leaves everything as it is."""
        state = signature(self._path)
        try:
            before = self._sound(self._previous)
        except Damaged:
            before = _Held(None, {})
        instead = "what it held before its last change is shown instead"
        if before.signature is None:
            instead = "nothing of it can be shown"
        self.custody.notice(f"{self._path} {_said_of(reason)}: {instead}.", self._path)
        return _Held(state, before.tables)

    def _repaired(self) -> _Held:
        """Set the damaged file aside and open the generation before."""
        try:
            return self._sound(self._path)
        except Damaged as damage:
            reason: Damaged = damage
        instead = "what it held before its last change is used instead"
        try:
            before = self._sound(self._previous)
        except Damaged as damage:
            self._refuse_if_newer(reason)
            self._set_aside(self._previous, damage)
            before = _Held(None, {})
        if before.signature is None:
            self._refuse_if_newer(reason)
            instead = "it starts empty"
        tables = before.tables
        content = serialise(tables, tables)
        aside = self._set_aside(self._path, reason)
        if not self._quiet:
            kept = f" and is kept as {aside.name}" if aside is not None else ""
            sentence = f"{self._path} {_said_of(reason)}{kept}; {instead}."
            # Before the file is replaced: after that nobody finds out any more.
            self.custody.notice_for_good(sentence, self._path)
        return _Held(self._replace(content, keep_previous=False), tables)

    def _refuse_if_newer(self, reason: Damaged) -> None:
        """What a newer version wrote is whole: with no older state it is left to that version."""
        if isinstance(reason, Newer):
            raise ShelfError(
                f"{self._path} cannot be opened because {reason}: install the newer version."
            )

    def _set_aside(self, path: Path, reason: Damaged) -> Path | None:
        """Give the file a second name that nothing overwrites; the first is replaced later."""
        kind = "newer" if isinstance(reason, Newer) else "damaged"
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        aside = path.with_name(f"{path.name}.{kind}-{stamp}")
        try:
            aside.hardlink_to(path)
        except FileNotFoundError:
            return None
        except OSError:
            path.rename(aside)
        return aside


def _are_same(some: Tables, others: Tables) -> bool:
    """Whether the tables hold the very same records."""
    return some.keys() == others.keys() and all(
        table.keys() == others[name].keys()
        and all(record is others[name][key] for key, record in table.items())
        for name, table in some.items()
    )


def _said_of(reason: Damaged) -> str:
    """What is the matter with a file: that a newer version wrote it is no damage."""
    newer = isinstance(reason, Newer)
    return "was written by a newer Wiredesk" if newer else f"is damaged ({reason})"


class SegmentTable(Table):
    """A table whose every change holds the desk's lock, and that takes many records at once."""

    def __init__(
        self, storage: SegmentStorage, name: str, cache_size: int = 0, persist_empty: bool = False
    ) -> None:
        """No query cache: it would outlive what another process wrote."""
        self._file = storage
        super().__init__(storage, name, cache_size=cache_size, persist_empty=persist_empty)

    def put(self, records: Mapping[int, Record], *, without: Iterable[int] = ()) -> None:
        """Insert or replace records by id, and drop others, in one rewrite of the file."""

        def change(table: dict[int, Record]) -> None:
            for gone in without:
                table.pop(gone, None)
            table.update(records)

        self._update_table(change)

    def put_ahead(
        self, records: Mapping[int, Record], *, without: Iterable[int] = ()
    ) -> AbstractContextManager[None]:
        """Write what ``put`` within is going to put in place, which needs no lock yet."""
        tables = self._file.read()
        gone = {str(key) for key in without}
        kept = {key: one for key, one in tables.get(self.name, {}).items() if key not in gone}
        return self._file.written_ahead(
            {**tables, self.name: {**kept, **{str(key): one for key, one in records.items()}}}
        )

    def record(self, key: int) -> Record | None:
        """The record of that id, not copied: for reading only."""
        return self.records().get(str(key))

    def records(self) -> dict[str, Record]:
        """All records by id in decimal, not copied: for reading only."""
        return self._file.read().get(self.name, {})

    def _update_table(self, updater: Callable[[dict[int, Record]], None]) -> None:
        with self._file.custody.writing():
            super()._update_table(updater)


class Segment(TinyDB):
    """One file of the desk as a TinyDB."""

    table_class: type[Table] = SegmentTable

    def __init__(
        self, path: Path, custody: Custody, *, name: str = "", quiet: bool = False
    ) -> None:
        """Arguments as for `SegmentStorage`."""
        super().__init__(path, custody, name=name, quiet=quiet, storage=SegmentStorage)

    @property
    def file(self) -> SegmentStorage:
        """Where the tables lie."""
        storage = self.storage
        assert isinstance(storage, SegmentStorage)  # noqa: S101 - says to the type checker what we passed
        return storage

    def table(self, name: str, **options: Any) -> SegmentTable:
        """The table of that name."""
        table = super().table(name, **options)
        assert isinstance(table, SegmentTable)  # noqa: S101 - says to the type checker what we set
        return table
