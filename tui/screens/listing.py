"""What keys in the lists do to articles: read marks, stars, deleting, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work

from store.desk import DeskError
from store.model import HeadlineRow
from tui.screens.desk_screen import DeskScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.rows import RowList


class Listing(DeskScreen):
    """The keys of lists."""

    @on(ArticleList.ReadToggled)
    async def _toggle_read(self, event: ArticleList.ReadToggled) -> None:
        await self._mark(event.rows, read=any(not row.read for row in event.rows))

    @on(ArticleList.StarToggled)
    async def _toggle_star(self, event: ArticleList.StarToggled) -> None:
        await self._mark(event.rows, starred=any(not row.starred for row in event.rows))

    @on(ArticleList.Unwanted)
    async def _delete(self, event: ArticleList.Unwanted) -> None:
        try:
            said, gone = await self._browsing.delete(event.rows)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        for row in gone:
            self.went(row)
        self.say(said)

    def went(self, row: HeadlineRow) -> None:
        """An article was deleted; where it is shown, it shall be no longer."""

    @on(ArticleList.AllRead)
    @work(group="marks")
    async def _all_read(self) -> None:
        rows = self._browsing.unread_rows()
        if not rows:
            self.say("all of these are read")
            return
        self.say(f"marking {len(rows)} articles read …")
        await self._mark(rows, read=True)

    async def _mark(
        self,
        rows: Sequence[HeadlineRow],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        undoable: bool = True,
    ) -> None:
        try:
            said = await self._browsing.mark(rows, read=read, starred=starred, undoable=undoable)
        except DeskError as error:
            self.say(str(error), error=True)
        else:
            if undoable:
                self.say(said)

    @work(group="marks")
    async def action_undo_mark(self) -> None:
        """Take back the last read mark, star or deletion, or the last "all read"."""
        try:
            self.say(await self._browsing.undo())
        except DeskError as error:
            self.say(str(error), error=True)

    @on(ArticleList.UnreadOnlyToggled)
    def _unread_only(self) -> None:
        self.say(self._browsing.toggle_unread_only())

    @on(RowList.Misplaced)
    def _misplaced(self, event: RowList.Misplaced) -> None:
        self.say(f"{event.key} tags sentences: the focus is in a list, enter opens the article")
