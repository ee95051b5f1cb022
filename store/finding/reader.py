"""Reads the search index: which articles say something, newest first or best first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Final, Literal

from store.finding import search_file
from store.finding.search_file import Damaged, telling
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf

By = Literal["newest", "relevance"]

WORDS_NAMED: Final = 256
"""A beginning of more words is looked for as such, which is slower from the newest on."""
WEIGHED: Final = 5_000
"""Articles that are ranked by how well they fit, which costs as much as all their words."""
FEW_WORDS: Final = 16
_FIRST, _AT_ONCE = 200, 5_000
"""Articles that are taken from SQLite at first, and at the most: each time twice as many."""
_WEIGHTS: Final = "8.0, 4.0, 1.0"
"""What a word counts in title, author and text (bm25)."""
_FOUND: Final = (
    "SELECT rows.article FROM texts JOIN rows ON rows.id = texts.rowid"
    " WHERE texts MATCH ? AND texts.rowid >= ? AND rows.article IS NOT NULL"
)
_ORDER: Final = {
    "newest": " ORDER BY texts.rowid DESC",
    "relevance": f" ORDER BY bm25(texts, {_WEIGHTS}), texts.rowid DESC",
}
_BEYOND: Final = "SELECT 1 FROM texts WHERE texts MATCH ? LIMIT 1 OFFSET ?"
_EARLIEST: Final = -(1 << 62)


class Reader:
    """The index as one reader sees it, for one thread at a time."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._path = search_file.path_of(shelf.folder)
        self._inode = 0
        self._database: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database, self._inode = None, 0

    def state(self) -> tuple[int, int]:
        """Another one when the index changed since; it must be looked at, and is not stored."""
        database = self._opened()
        if database is None:
            return 0, 0
        with telling(self._path):
            (version,) = database.execute("PRAGMA data_version").fetchone()
        return self._inode, version

    def count(self) -> int:
        """How many articles are in the index."""
        database = self._opened()
        if database is None:
            return 0
        with telling(self._path):
            (count,) = database.execute("SELECT count(article) FROM rows").fetchone()
        return int(count)

    def articles(
        self, expression: str, *, by: By = "newest", since: int = 0
    ) -> Iterator[list[int]]:
        """Articles that the expression of FTS5 finds, some at a time, in their order.

        ``since`` is in microseconds, 0: ever. Raises Damaged, ShelfError.
        """
        database = self._opened()
        if database is None:
            return
        earliest = search_file.first_id(since) if since else _EARLIEST
        some = _FIRST
        with telling(self._path), closing(database.cursor()) as cursor:
            cursor.execute(_FOUND + _ORDER[by], (expression, earliest))
            while found := cursor.fetchmany(some):
                yield [article for (article,) in found]
                some = min(2 * some, _AT_ONCE)

    def finds_many(self, expression: str) -> bool:
        """Whether more articles say it than are weighed one against the other."""
        database = self._opened()
        if database is None:
            return False
        with telling(self._path):
            return database.execute(_BEYOND, (expression, WEIGHED)).fetchone() is not None

    def words(self, beginning: str, most: int = WORDS_NAMED) -> Sequence[str]:
        """The words of all texts that begin so; none when they are too many, or too long."""
        database = self._opened()
        if database is None or len(beginning) >= search_file.LONGEST_WORD:
            return ()
        with telling(self._path):
            found = database.execute(
                "SELECT word FROM words WHERE word >= ? AND word < ? LIMIT ?",
                (beginning, f"{beginning}\U0010ffff", most + 1),
            ).fetchall()
        words = [word for (word,) in found]
        is_whole = all(len(word) < search_file.LONGEST_WORD for word in words)
        return words if is_whole and len(words) <= most else ()

    def few_words(self, beginning: str) -> Sequence[str]:
        """The same as long as they are so few that all of what they find comes quicker so."""
        return self.words(beginning, FEW_WORDS)

    def _opened(self) -> sqlite3.Connection | None:
        """The file as it lies there now: a worker may have made it anew."""
        inode = search_file.inode_of(self._path)
        if self._database is None or inode != self._inode:
            self.close()
            self._database = search_file.to_read(self._shelf.folder)
            self._inode = inode if self._database is not None else 0
        return self._database

    def let_go_of(self, damage: Damaged) -> None:
        """Take a damaged index out of the way, so that a worker makes it anew."""
        self.close()
        if not self._shelf.read_only:
            try:
                with self._shelf.writing():
                    search_file.remove(self._path, damage.inode)
            except ShelfError:
                return  # who finds next comes here again
