"""Keeps the search index up with the desk, whoever changed it. Worker process only."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import closing
from hashlib import blake2b
from typing import Final, NamedTuple

from store.finding import search_file
from store.finding.search_file import Damaged, writing
from store.shelf.disk import Signature
from store.shelf.shelf import Shelf
from store.shelf.whole_reading import HeadRead, WholeReading
from store.text.matching import SHORTEST_BEGINNING, folded

LETTERS_A_STEP: Final = 4_000_000
"""Of text that is taken in at once: some 0.1 s of work, and as many bytes of memory, twice."""
WORDS_HELD: Final = 200_000
_MOST_DEAD: Final = 0.3
"""Share of dead rows from which on the index is made anew."""
_FEW: Final = 1_000
"""Dead rows that nobody minds."""


class Progress(NamedTuple):
    """How far it is, in files of headlines."""

    done: int
    total: int


def indexed(shelf: Shelf) -> Iterator[Progress]:
    """Bring the index up to date, step by step; ending early loses the step at hand only.

    An index that is damaged is made anew.

    Raises:
        ShelfError: The desk cannot be read, or the index not be written.
    """
    path = search_file.path_of(shelf.folder)
    if shelf.read_only:
        return
    for is_last in (False, True):
        try:
            yield from _brought_up(shelf)
        except Damaged as damage:
            with shelf.writing():
                search_file.remove(path, damage.inode)
            if is_last:  # pragma: no cover - a disk that damages what was written just now
                raise search_file.beyond_use(path) from damage
        else:
            return


def _brought_up(shelf: Shelf) -> Iterator[Progress]:
    database = search_file.to_write(shelf.folder)
    with closing(database), search_file.telling(search_file.path_of(shelf.folder)):
        yield from Index(database, shelf.whole).steps()
        search_file.tidy(database)


class _Row(NamedTuple):
    """An article that is to be found."""

    id: int
    title: str
    author: str
    body: str


class Index:
    """The index while it is written."""

    def __init__(self, database: sqlite3.Connection, whole: WholeReading) -> None:
        self._database = database
        self._whole = whole
        self._next: dict[int, int] = {}
        """By first id of a second: the next one that is free."""
        self._words: set[str] = set()
        """Words that are in the list."""
        self._rows: list[_Row] = []
        self._letters = 0

    def steps(self) -> Iterator[Progress]:
        """Take in what changed, and tell after each step how far it is."""
        stale = deque(self._stale())
        total = len(stale)
        if self._is_mostly_dead():
            with writing(self._database):
                self._forget_all()
                stale = deque(self._stale())
                while stale:
                    self._take_some(stale)
        while stale:
            with writing(self._database):
                self._take_some(stale)
            yield Progress(total - len(stale), total)

    def _stale(self) -> list[tuple[str, Signature | None]]:
        """Segments that are not as they were when they were taken in, new ones and gone ones."""
        known = {
            name: Signature(*state)
            for name, *state in self._database.execute(
                "SELECT name, modified, size, inode FROM segments"
            )
        }
        now = self._whole.states()
        changed = [(name, state) for name, state in now.items() if known.get(name) != state]
        return [*changed, *((name, None) for name in known if name not in now)]

    def _take_some(self, stale: deque[tuple[str, Signature | None]]) -> None:
        """Take in segments until enough letters were read."""
        taken = 0
        while stale and taken < LETTERS_A_STEP:
            name, state = stale.popleft()
            if state is None:
                self._drop_segment(name)
            else:
                taken += self._take_segment(name, state)
        self._write()

    def _take_segment(self, name: str, looked: Signature) -> int:
        """Take in what is new in a segment; the letters that were read for it."""
        number, known = self._segment(name)
        if known == looked:
            return 0  # another worker was here
        state, heads = self._whole.heads(name)
        there = {
            article: (id_, made)
            for article, id_, made in self._database.execute(
                "SELECT article, id, made FROM rows WHERE segment = ?", (number,)
            )
        }
        present = {head.id for head in heads}
        self._bury(id_ for article, (id_, _) in there.items() if article not in present)
        made_of = {head.id: _made_of(head) for head in heads}
        new = [head for head in heads if there.get(head.id, (0, 0))[1] != made_of[head.id]]
        read = 0
        for head, text in self._whole.with_texts(new):
            id_, before = there.get(head.id, (0, 0))
            made = made_of[head.id] if text is not None else -made_of[head.id]
            if made == before:
                continue  # its text is still lost
            self._bury([id_] if before else [])
            read += self._add(head, text or "", number, made)
            if self._letters >= LETTERS_A_STEP:
                self._write()
        self._database.execute(
            "UPDATE segments SET modified = ?, size = ?, inode = ? WHERE id = ?",
            (*(state or looked), number),
        )
        return read

    def _add(self, head: HeadRead, text: str, segment: int, made: int) -> int:
        id_ = self._free_id(head.time)
        # It may stand in another segment, too, after one was repaired.
        self._database.execute(
            "UPDATE rows SET article = NULL, segment = NULL WHERE article = ?", (head.id,)
        )
        self._database.execute(
            "INSERT INTO rows VALUES (?, ?, ?, ?)", (id_, head.id, segment, made)
        )
        self._rows.append(_Row(id_, folded(head.title), folded(head.author), folded(text)))
        length = len(head.title) + len(text)
        self._letters += length
        return length

    def _write(self) -> None:
        """Put the rows into the index: in order, or SQLite would sort them by many merges."""
        if not self._rows:
            return
        self._rows.sort()
        self._database.executemany(
            "INSERT INTO texts (rowid, title, author, body) VALUES (?, ?, ?, ?)", self._rows
        )
        words: set[str] = set()
        for row in self._rows:
            words.update(row.title.split(), row.author.split(), row.body.split())
        listed = {word[: search_file.LONGEST_WORD] for word in words}
        new = {word for word in listed if len(word) >= SHORTEST_BEGINNING} - self._words
        self._database.executemany(
            "INSERT OR IGNORE INTO words VALUES (?)", [(word,) for word in sorted(new)]
        )
        if len(self._words) > WORDS_HELD:
            self._words.clear()
        self._words |= new
        self._rows, self._letters = [], 0

    def _free_id(self, time: int) -> int:
        first = search_file.first_id(time)
        id_ = self._next.get(first, first)
        while self._database.execute("SELECT 1 FROM rows WHERE id = ?", (id_,)).fetchone():
            id_ += 1
        self._next[first] = id_ + 1
        return id_

    def _segment(self, name: str) -> tuple[int, Signature | None]:
        """The number of a segment in the index, and the state in which it was taken in."""
        self._database.execute("INSERT OR IGNORE INTO segments (name) VALUES (?)", (name,))
        number, *state = self._database.execute(
            "SELECT id, modified, size, inode FROM segments WHERE name = ?", (name,)
        ).fetchone()
        return number, None if state[0] is None else Signature(*state)

    def _drop_segment(self, name: str) -> None:
        number, _ = self._segment(name)
        self._database.execute(
            "UPDATE rows SET article = NULL, segment = NULL WHERE segment = ?", (number,)
        )
        self._database.execute("DELETE FROM segments WHERE id = ?", (number,))

    def _bury(self, ids: Iterable[int]) -> None:
        self._database.executemany(
            "UPDATE rows SET article = NULL, segment = NULL WHERE id = ?", [(id_,) for id_ in ids]
        )

    def _is_mostly_dead(self) -> bool:
        count, alive = self._database.execute(
            "SELECT count(*), count(article) FROM rows"
        ).fetchone()
        return bool(count - alive > max(_FEW, _MOST_DEAD * count))

    def _forget_all(self) -> None:
        """Begin anew, in a transaction: until it is over, readers find what they found before."""
        self._database.execute("INSERT INTO texts (texts) VALUES ('delete-all')")
        for table in ("rows", "segments", "words"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours


def _made_of(head: HeadRead) -> int:
    """What a row was made of, as a number above 0; below, that number of one whose text is lost."""
    parts = (head.title, head.author, head.time, head.version, head.feed_hash)
    said = "\0".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=7).digest(), "big") + 1
