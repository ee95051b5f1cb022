"""Which listed articles report the same event, and how a list shows one of them for all.

What the worker found is read in the desk's thread; lists are folded by looking rows up, so that
one of a hundred thousand opens as fast as without. Nothing is hidden for good: a folded report is
counted, found and marked like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, filterfalse
from pathlib import Path
from typing import overload

from msgspec.structs import replace

from store.finding.story_file import STORIES, load_stories
from store.model import HeadlineRow
from store.shelf.columns import Columns, Rows
from store.shelf.disk import Signature, signature


class Folding:
    """How one list shows its stories, from when it is begun until the next one is."""

    def __init__(self) -> None:
        self._heads: dict[int, int] = {}
        """By story, the row number that stands for it: it stays, whatever is read meanwhile."""
        self._unfolded: set[int] = set()
        self.last: tuple[Signature | None, Sequence[int], Rows] | None = None
        """What was folded last: the stories as they stood, the order, and what came of it."""

    def begin(self) -> None:
        """Begin another list: all is folded, and the newest unread reports stand for the rest."""
        self._heads.clear()
        self._unfolded.clear()
        self.last = None

    def toggle(self, story: int) -> bool:
        """Show all reports of a story, or one again; whether they are shown now."""
        self.last = None
        if story in self._unfolded:
            self._unfolded.remove(story)
            return False
        self._unfolded.add(story)
        return True

    def is_unfolded(self, story: int) -> bool:
        """Whether all its reports are shown."""
        return story in self._unfolded

    def head(
        self,
        story: int,
        rows: Sequence[int],
        newest: Callable[[int], tuple[bool, int]],
        here: int | None,
    ) -> int:
        """Which of the listed rows of a story stands for it: the greatest by ``newest``.

        The row ``here``, where a person is, comes before it where none stood for it yet.
        """
        chosen = self._heads.get(story)
        if chosen is None or chosen not in rows:
            chosen = here if here in rows and here is not None else max(rows, key=newest)
            self._heads[story] = chosen
        return chosen


class FoldedRows(Rows):
    """Rows of which some stand for a story, and some stand under these."""

    def __init__(
        self,
        rows: Rows,
        order: Sequence[int],
        others: Mapping[int, Sequence[int]],
        unfolded: Collection[int],
    ) -> None:
        """``others`` are the rows for which one stands, ``unfolded`` those that show them."""
        super().__init__(rows.columns, order)
        self._others = others
        self._unfolded = unfolded
        self._under = frozenset(row for head in unfolded for row in others[head])

    @overload
    def __getitem__(self, place: int) -> HeadlineRow: ...

    @overload
    def __getitem__(self, place: slice) -> Rows: ...

    def __getitem__(self, place: int | slice) -> HeadlineRow | Rows:
        if isinstance(place, slice):
            return FoldedRows(self, self.order[place], self._others, self._unfolded)
        number = self.order[place]
        row = self.columns.row(number)
        if (others := self._others.get(number)) is not None:
            return replace(row, others=len(others), unfolded=number in self._unfolded)
        return replace(row, under=True) if number in self._under else row

    def with_folded(self, rows: Sequence[int]) -> list[int]:
        """These rows, and those for which they stand and that are not shown."""
        folded = (
            other
            for row in rows
            if row not in self._unfolded
            for other in self._others.get(row, ())
        )
        return [*rows, *folded]


class Stories:
    """Reports of one event, as the worker told them last."""

    def __init__(self, folder: Path, columns: Columns, *, grouped: bool = True) -> None:
        self._folder = folder
        self._columns = columns
        self._grouped = grouped
        self._state: Signature | None = None
        self._stories: list[tuple[int, ...]] = []
        self._story_of: dict[int, int] = {}
        """By row number; a story's number is its place among the stories."""

    def take_in(self) -> bool:
        """Read what the worker found, if that changed; whether it did. Not for the screen's loop.

        One that cannot be read leaves what was known.
        """
        if not self._grouped:
            return False
        try:
            state = signature(self._folder / STORIES)
        except OSError:
            return False
        if state == self._state:
            return False
        found = [
            tuple(row for one in story if (row := self._columns.index(one.article)) is not None)
            for story in load_stories(self._folder)
        ]
        story_of = {row: number for number, rows in enumerate(found) for row in rows}
        self._state, self._stories, self._story_of = state, found, story_of
        return True

    def story_of(self, article: int) -> int | None:
        """The number of the story that an article belongs to; None: it stands alone."""
        row = self._columns.index(article)
        return None if row is None else self._story_of.get(row)

    def others(self, articles: Collection[int]) -> list[HeadlineRow]:
        """The other reports of what these articles report, as they stand now."""
        told = {story for one in articles if (story := self.story_of(one)) is not None}
        rows = (self._columns.row(row) for story in sorted(told) for row in self._stories[story])
        return [
            row
            for row in rows
            if row.id not in articles and self._columns.index(row.id) is not None
        ]

    def folded(self, rows: Rows, folding: Folding, *, here: int | None = None) -> Rows:
        """The list with one row for each story, and under an unfolded one the others.

        ``here`` is the article where a person is.
        """
        # A mark moves nothing, and comes with each article that is read.
        last = folding.last
        if last is not None and last[0] == self._state and last[1] == rows.order:
            return last[2]
        folded = self._fold(rows, folding, here)
        folding.last = (self._state, rows.order, folded)
        return folded

    def _fold(self, rows: Rows, folding: Folding, here: int | None) -> Rows:
        listed: dict[int, list[int]] = {}
        story_of = self._story_of
        grouped = list(filter(story_of.__contains__, rows.order))
        for row in grouped:
            listed.setdefault(story_of[row], []).append(row)
        several = {story: found for story, found in listed.items() if len(found) > 1}
        if not several:
            return rows
        here_row = None if here is None else self._columns.index(here)
        unread, times = frozenset(self._columns.unread(grouped)), self._columns.times
        others: dict[int, list[int]] = {}
        unfolded: list[int] = []
        for story, found in several.items():
            head = folding.head(story, found, lambda row: (row in unread, times[row]), here_row)
            others[head] = [row for row in found if row != head]
            if folding.is_unfolded(story):
                unfolded.append(head)
        hidden = frozenset(row for some in others.values() for row in some)
        shown: Iterator[int] = filterfalse(hidden.__contains__, rows.order)
        if unfolded:
            under = {head: others[head] for head in unfolded}
            shown = chain.from_iterable((head, *under.get(head, ())) for head in shown)
        return FoldedRows(rows, list(shown), others, frozenset(unfolded))
