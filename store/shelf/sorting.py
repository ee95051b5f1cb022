"""Lists sorted otherwise than newest first, so quickly that nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import merge
from itertools import chain, compress
from operator import is_not
from typing import Literal, get_args

from store.model import Value
from store.shelf.columns import Columns
from store.shelf.rows import Rows

By = Literal["time", "source", "title"]
WAYS: tuple[By, ...] = get_args(By)
SMALL = 2_000
"""So many titles are sorted while a key is answered."""
_RUN = 2_000
"""So many are sorted at once: a sort lets no other thread in until it is over."""
_LEADING = "\"'“”‘’«»„‚([{#–—-…*· "
"""With these many titles begin, and nobody looks for them there."""


class ListOrder(Value, frozen=True):
    """How a list is sorted."""

    by: By = "time"
    reverse: bool = False
    """Oldest first, or from Z to A."""

    @property
    def next(self) -> ListOrder:
        """The order after this one, around."""
        return ListOrder(WAYS[(WAYS.index(self.by) + 1) % len(WAYS)])

    @property
    def turned(self) -> ListOrder:
        """The other way round."""
        return ListOrder(self.by, not self.reverse)

    @property
    def word(self) -> str:
        """As it is remembered: "title", "-title"."""
        return f"{'-' * self.reverse}{self.by}"

    @classmethod
    def of_word(cls, word: str) -> ListOrder:
        """What was remembered; the usual order if that cannot be read."""
        by = next((by for by in WAYS if by == word.removeprefix("-")), None)
        return cls() if by is None else cls(by, word.startswith("-"))


class Sorting:
    """Sorts lists of a desk; what is needed to sort many titles is kept once it was made."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._titles: list[str] = []
        self._keys: list[str] = []
        self._order: list[int] = []

    def is_ready(self, order: ListOrder, count: int) -> bool:
        """Whether a list of so many can be sorted while a key is answered."""
        return order.by != "title" or count <= SMALL or self._is_close

    def make_ready(self) -> None:
        """Sort all titles, in slices that let another thread draw in between."""
        titles = list(self._columns.titles)
        keys = [title_key(title) for title in titles]
        runs = [
            sorted(range(start, min(start + _RUN, len(keys))), key=keys.__getitem__)
            for start in range(0, len(keys), _RUN)
        ]
        order = list(merge(*runs, key=keys.__getitem__))
        self._titles, self._keys, self._order = titles, keys, order

    def arranged(self, rows: Rows, order: ListOrder, names: Mapping[int, str]) -> Rows:
        """Rows that are newest first in another order; in a feed the newest stay first.

        ``names`` are those of the feeds. Many titles for which nothing is ready stay as they are.
        """
        found: Sequence[int] = rows.order
        if order.by == "source":
            found = self._by_source(found, names)
        elif order.by == "title" and self.is_ready(order, len(found)):
            found = self._by_title(found)
        return Rows(rows.columns, found[::-1] if order.reverse else found)

    def _by_source(self, rows: Sequence[int], names: Mapping[int, str]) -> list[int]:
        feeds = self._columns.feed_numbers
        of_feed: dict[int, list[int]] = {}
        for row in rows:
            of_feed.setdefault(feeds[row], []).append(row)
        in_order = sorted(of_feed, key=lambda feed: (title_key(names.get(feed, "")), feed))
        return list(chain.from_iterable(of_feed[feed] for feed in in_order))

    def _by_title(self, rows: Sequence[int]) -> list[int]:
        titles = self._columns.titles
        if len(rows) <= SMALL:
            return sorted(rows, key=lambda row: title_key(titles[row]))
        self._catch_up()
        wanted = bytearray(len(self._keys))
        for row in rows:
            wanted[row] = 1
        return list(compress(self._order, map(wanted.__getitem__, self._order)))

    @property
    def _is_close(self) -> bool:
        """Whether what was made ready needs little to be right again."""
        count = len(self._columns.titles)
        return len(self._keys) > 0 and count - len(self._keys) <= SMALL

    def _catch_up(self) -> None:
        """Take in titles that came, or were changed, since."""
        titles = self._columns.titles
        new = range(len(self._titles), len(titles))
        changed = compress(range(len(self._titles)), map(is_not, titles, self._titles))
        stale = [*changed, *new]
        if not stale:
            return
        self._titles += [titles[row] for row in new]
        self._keys += [title_key(titles[row]) for row in new]
        for row in stale:
            self._titles[row], self._keys[row] = titles[row], title_key(titles[row])
        self._order = _put_in(self._order, stale, self._keys)


def _put_in(order: Iterable[int], stale: Sequence[int], keys: Sequence[str]) -> list[int]:
    moved = frozenset(stale)
    kept = [row for row in order if row not in moved]
    # Two runs that are in order each: sorting them merges them.
    return sorted(kept + sorted(stale, key=keys.__getitem__), key=keys.__getitem__)


def title_key(title: str) -> str:
    """What a title or a name sorts by: its letters, whatever stands before them."""
    return title.casefold().lstrip(_LEADING)
