"""Which articles say a watch word, in their title or anywhere in their text, and which word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING

from store.desk.lane import Lane
from store.model import Span, Value, WatchWord
from store.query import QueryError, Term
from store.shelf.columns import Columns
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.desk.finding import Finder

LOOK = "watch"
"""How a watch word is lit."""
_MOST_KEPT = 4_096
"""Titles whose watch words are remembered: some screens full."""

PATIENCE = 60.0
"""Seconds between two looks while no article came: read marks change nothing, and texts seldom."""
CATCHING_UP = 5.0
"""Seconds between two looks while articles come in, or the index is behind: it is being built."""
SHARE = 0.1
"""Of the time of the desk's thread, at most so much goes into looking again and again."""

Lit = list[tuple[Span, str]]


class _Hits(Value, frozen=True, kw_only=True):
    """The articles that say a word."""

    rows: frozenset[int] = frozenset()
    """Row numbers of the columns."""
    behind: int = 0
    """Articles that the search index does not know yet."""


class Watched:
    """What the watch words of a desk find; looked up in the desk's thread, word by word."""

    def __init__(
        self, lane: Lane, shelf: Shelf, columns: Columns, finder: Callable[[], Finder]
    ) -> None:
        self._lane = lane
        self._shelf = shelf
        self._columns = columns
        self._finder = finder
        self._words: tuple[WatchWord, ...] = ()
        self._terms: tuple[Term, ...] = ()
        self._hits: dict[str, _Hits] = {}
        self._state = (-1, -1)
        self._looked = float("-inf")
        self._took = 0.0
        self._rows: frozenset[int] = frozenset()
        self._looking = False
        self._counted: tuple[object, int] = (None, 0)
        self._lit_line = lru_cache(_MOST_KEPT)(self._light)

    # ------------------------------------------------------------ what is known

    @property
    def words(self) -> tuple[WatchWord, ...]:
        """The words that are lit, as of the last look."""
        return self._words

    @property
    def rows(self) -> frozenset[int]:
        """Row numbers of the articles that say any of them, as of the last look."""
        return self._rows

    @property
    def unread(self) -> int:
        """How many of these are unread."""
        if not self._rows:
            return 0
        state = (self._columns.generation, self._rows)
        if self._counted[0] != state:
            self._counted = (state, self._columns.unread_among(self._rows))
        return self._counted[1]

    def said_by(self, article: int) -> tuple[str, ...]:
        """The words that an article says, in the person's order, as of the last look."""
        row = self._columns.index(article) if self._rows else None
        if row is None or row not in self._rows:
            return ()
        return tuple(word.text for word in self._words if row in self._hits[word.text].rows)

    def lit(self, line: str) -> Lit:
        """Where a line says a watch word. Quick: titles are remembered."""
        return self._lit_line(line) if self._terms else []

    def lit_in(self, text: str) -> Lit:
        """The same for a text that is not looked at again and again."""
        return self._light(text) if self._terms else []

    def words_in(self, text: str) -> tuple[str, ...]:
        """Which watch words a text says, whatever the index knows."""
        from store.text.matching import matches

        pairs = zip(self._words, self._terms, strict=True)
        return tuple(word.text for word, term in pairs if matches(text, (term,)))

    def _light(self, text: str) -> Lit:
        from store.text.matching import matches

        return [(span, LOOK) for span in matches(text, self._terms)]

    # ------------------------------------------------------------ looking

    @property
    def is_stale(self) -> bool:
        """Whether it is time to look again."""
        generation, articles = self._now()
        since = monotonic() - self._looked
        if since < max(CATCHING_UP, self._took / SHARE):
            return False
        is_behind = any(hits.behind for hits in self._hits.values())
        if is_behind or articles != self._state[1] or self._are_others:
            return True
        return generation != self._state[0] and since >= PATIENCE

    @property
    def _are_others(self) -> bool:
        """Whether another window changed the words; only a file's date is read if none did."""
        try:
            return self._read_words() != self._words
        except ShelfError:  # who looks again tells of it
            return False

    def _now(self) -> tuple[int, int]:
        return self._columns.generation, len(self._columns)

    async def look(self, changed: Callable[[], None]) -> None:
        """Look again at every word, in turns; ``changed`` is called if anything is found anew.

        Raises:
            DeskError: The desk or its index cannot be read.
        """
        if self._looking:
            return
        self._looking = True
        try:
            differs = self._take_words(await self._lane.run(self._read_words))
            self._state, self._looked = self._now(), monotonic()
            hits = {word.text: await self._find(word) for word in self._words}
            self._took = monotonic() - self._looked
            if self._take_hits(hits) or differs:
                changed()
        finally:
            self._looking = False

    def _read_words(self) -> tuple[WatchWord, ...]:
        return tuple(word for word in self._shelf.interests.watch_words.all() if word.on)

    def _take_words(self, words: Sequence[WatchWord]) -> bool:
        if tuple(words) == self._words:
            return False
        from store.finding.rules import term_of

        self._words = tuple(words)
        self._terms = tuple(map(term_of, words))
        self._hits = {word.text: self._hits.get(word.text, _Hits()) for word in words}
        self._lit_line.cache_clear()
        return True

    def _take_hits(self, hits: dict[str, _Hits]) -> bool:
        before = {text: one.rows for text, one in self._hits.items()}
        found = {text: one.rows for text, one in hits.items()}
        self._hits = hits
        self._rows = frozenset().union(*found.values())
        return found != before

    async def _find(self, word: WatchWord) -> _Hits:
        from store.finding.rules import query_of

        try:
            found = await self._finder().find(query_of(word))
        except QueryError:  # what somebody wrote into the file finds nothing
            return _Hits()
        return _Hits(rows=frozenset(found.rows), behind=found.behind)
