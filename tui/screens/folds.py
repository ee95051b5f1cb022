"""Lists in which one row stands for all reports of an event."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from store.desk import Desk
from store.model import HeadlineRow
from store.shelf.rows import Rows

if TYPE_CHECKING:
    from store.desk.stories import Folding, Stories

_WHOLE = {"search"}
"""What was looked for is shown row by row, as it was found."""


class Folds:
    """Folds the list that is shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stories: Stories | None = None
        self._folding: Folding | None = None

    async def load(self) -> bool:
        """Learn which articles report the same event; whether any do.

        Raises:
            DeskError: The desk cannot be read.
        """
        from store.desk.stories import Folding

        self._stories, self._folding = self._desk.stories, Folding()
        return await self._desk.take_in_stories()

    def begin(self) -> None:
        """Begin another list."""
        if self._folding is not None:
            self._folding.begin()

    def folded(self, kind: str, rows: Rows, here: HeadlineRow | None) -> Rows:
        """The rows of a place of that kind, one for each event; ``here`` is under the cursor."""
        if self._stories is None or self._folding is None or kind in _WHOLE:
            return rows
        return self._stories.folded(rows, self._folding, here=None if here is None else here.id)

    def toggle(self, row: HeadlineRow) -> str:
        """Unfold the story of a row, or fold it; what to say of it."""
        if self._stories is None or self._folding is None or not (row.others or row.under):
            return "no other report of it is listed"
        story = self._stories.story_of(row.id)
        if story is None:
            return "no other report of it is listed"
        return (
            "‹=:list.story› folds them again"
            if self._folding.toggle(story)
            else "‹=:list.story› unfolds them"
        )

    def with_folded(self, listed: Rows, rows: Sequence[int]) -> Sequence[int]:
        """Row numbers of a folded list, and those of the reports that are folded into them."""
        if self._stories is None:
            return rows
        from store.desk.stories import FoldedRows

        return listed.with_folded(rows) if isinstance(listed, FoldedRows) else rows

    def others(self, articles: Collection[int]) -> list[HeadlineRow]:
        """Other reports of what these articles report, wherever they are listed."""
        return [] if self._stories is None else self._stories.others(articles)
