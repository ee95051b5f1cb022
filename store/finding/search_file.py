"""The file of the search index: SQLite FTS5 without the texts themselves, which the desk has.

It is derived: it may be deleted at any time, and one that is damaged or of another form is made
anew. One worker writes at a time, in short transactions; readers see the state before or after.
See https://www.sqlite.org/fts5.html#contentless_tables and https://www.sqlite.org/wal.html.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from store.shelf.disk import make_file
from store.shelf.errors import ShelfError

FORM: Final = 1
"""Of the tables and of how words are cut; another one is made anew."""
PATIENCE: Final = 60.0
"""Seconds that a writer waits for another one, who writes for a second or two at a time."""
READERS_PATIENCE: Final = 2.0
LONGEST_WORD: Final = 40
"""Letters; of a longer word the list of words has the beginning."""
_TICKS: Final = 4
"""Bits of a row's id that tell articles of one second apart; where they are not enough, the ids
of the next seconds serve."""
_FILE: Final = Path("derived") / "search.db"
_BESIDE: Final = ("", "-wal", "-shm", "-journal")
_CACHE_KB: Final = 8_000
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_TABLES: Final = (
    # The id of a row grows with the article's time. Without article it is dead: its words are
    # still in the index, where only who has the old text could take them out.
    "CREATE TABLE rows"
    " (id INTEGER PRIMARY KEY, article INTEGER UNIQUE, segment INTEGER, made INTEGER)",
    "CREATE INDEX rows_of_segment ON rows (segment)",
    "CREATE TABLE segments (id INTEGER PRIMARY KEY, name TEXT UNIQUE, modified, size, inode)",
    "CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE texts USING fts5(title, author, body, content='', tokenize='ascii')",
    f"PRAGMA user_version = {FORM}",
)


class Damaged(Exception):
    """The file cannot be used; the inode of the one that was looked at, to be removed."""

    def __init__(self, inode: int) -> None:
        super().__init__()
        self.inode = inode


def first_id(time: int) -> int:
    """The lowest id of a row for an article of that time, in microseconds since 1970."""
    return (time // 1_000_000) << _TICKS


def path_of(folder: Path) -> Path:
    """Where the index of the desk in that folder lies."""
    return folder / _FILE


def inode_of(path: Path) -> int:
    """Which file lies there now; 0: none."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def to_write(folder: Path) -> sqlite3.Connection:
    """Open the index, or lay one out. Raises Damaged, ShelfError."""
    path = path_of(folder)
    with telling(path):
        try:
            make_file(path)
        except OSError as error:
            raise _refused(path, error.strerror or str(error)) from error
        database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            _lay_out(database, path)
        except BaseException:
            database.close()
            raise
        return database


def _lay_out(database: sqlite3.Connection, path: Path) -> None:
    database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    with writing(database):
        (form,) = database.execute("PRAGMA user_version").fetchone()
        if form == FORM:
            return
        if database.execute("SELECT 1 FROM sqlite_schema").fetchone():
            raise Damaged(inode_of(path))
        for statement in _TABLES:
            database.execute(statement)


def to_read(folder: Path) -> sqlite3.Connection | None:
    """Open the index, where there is one of our form. Raises Damaged, ShelfError."""
    path = path_of(folder)
    if not path.exists():
        return None
    with telling(path):
        try:
            return _to_read(path, "mode=ro")
        except sqlite3.OperationalError:
            # A folder that cannot be written has no room for what readers and writers share.
            return _to_read(path, "mode=ro&immutable=1")


def _to_read(path: Path, how: str) -> sqlite3.Connection | None:
    database = sqlite3.connect(
        f"{path.as_uri()}?{how}",
        uri=True,
        timeout=READERS_PATIENCE,
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        (form,) = database.execute("PRAGMA user_version").fetchone()
    except BaseException:
        database.close()
        raise
    if form != FORM:
        database.close()
        return None
    database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    return database


@contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """One transaction: all of it is kept, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            database.execute("ROLLBACK")
        raise


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """What SQLite cannot do as Damaged, or as one sentence of a ShelfError."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGED:
            raise Damaged(inode_of(path)) from error
        raise _refused(path, str(error)) from error


def remove(path: Path, inode: int) -> None:
    """Remove a damaged index, if it is still that one; to be called under the desk's lock."""
    if inode_of(path) not in {0, inode}:
        return
    for suffix in _BESIDE:
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def tidy(database: sqlite3.Connection) -> None:
    """Close, with all that was written in the one file where nobody else has it open."""
    with closing(database), suppress(sqlite3.Error):
        # A reader that was stopped in the middle keeps nobody from ending.
        database.execute("PRAGMA busy_timeout = 500")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def beyond_use(path: Path) -> ShelfError:
    """The error of an index that is damaged as soon as it is made."""
    return _refused(path, "what is written to it comes back damaged")


def _refused(path: Path, why: str) -> ShelfError:
    return ShelfError(
        f"The search index {path} cannot be kept up: {why}. What is on the desk is safe;"
        " see that the disk has room and can be written."
    )
