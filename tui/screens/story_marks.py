"""What keys do to all reports of an event that a list holds."""

from __future__ import annotations

from collections.abc import Sequence

from store.desk import Desk
from store.model import HeadlineRow
from store.shelf.rows import Rows
from tui.screens.folds import Folds
from tui.screens.list_marks import ListMarks
from tui.widgets.article_list import ArticleList


class StoryMarks(ListMarks):
    """Lists of which some rows stand for several."""

    def __init__(self, desk: Desk, articles: ArticleList) -> None:
        super().__init__(desk, articles)
        self.folds = Folds(desk)
        """Which of the listed articles stand for several."""
        self._listed = Rows(desk.columns, ())

    def toggle_story(self, row: HeadlineRow) -> str:
        """Show the other reports of an event under a row, or no longer; what to say."""
        said = self.folds.toggle(row)
        self.show()
        return said

    async def mark_others(
        self, rows: Sequence[HeadlineRow], *, read: bool | None, starred: bool | None
    ) -> str:
        """Mark articles that need not be listed, and that are not because of it; say so."""
        listed = frozenset(self.folds.with_folded(self._listed, self._listed.order))
        index = self._desk.columns.index
        strangers = {row.id for row in rows if index(row.id) not in listed} - self._kept
        try:
            return await self.mark(rows, read=read, starred=starred)
        finally:
            self._kept -= strangers
            self.show()
