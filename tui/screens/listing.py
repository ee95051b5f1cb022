"""What keys in the lists do to articles: read marks, stars, deleting, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work

from store.desk import DeskError
from store.model import HeadlineRow
from tui.prompts import key_name
from tui.screens.story_keys import StoryKeys
from tui.widgets.article_list import ArticleList
from tui.widgets.rows import RowList


class Listing(StoryKeys):
    """The keys of lists."""

    _is_sorting = False

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
    async def _all_read(self, event: ArticleList.AllRead) -> None:
        unread = self._browsing.unread_listed(event.where, event.index)
        if not unread:
            where = "here" if event.where == "all" else event.where
            self.say(f"nothing is unread {where}")
            return
        many = len(unread)
        self.say(f"marking {many} articles read …")
        try:
            said = await self._browsing.mark_read(
                unread, lambda done: self.say(f"saving the marks … {done} of {many}")
            )
        except DeskError as error:
            self.say(str(error), error=True)
        else:
            if said:
                self.say(f"{said} · ‹u:list.undo› takes that back")

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
                self.say(said + self._others_offered(rows, read, starred))
            elif offer := self._others_offered(rows, read, starred):
                self.say(offer.removeprefix(" · "))

    def _others_offered(
        self, rows: Sequence[HeadlineRow], read: bool | None, starred: bool | None
    ) -> str:
        """Offer to mark the other reports of these too."""

        def lacks(row: HeadlineRow) -> bool:
            return read not in (None, row.read) or starred not in (None, row.starred)

        async def again(others: list[HeadlineRow]) -> str:
            return await self._browsing.mark_others(others, read=read, starred=starred)

        return self.offered(rows, again, lacks=lacks)

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

    @on(ArticleList.OrderWanted)
    @work(group="order", exclusive=True)
    async def _sort(self, event: ArticleList.OrderWanted) -> None:
        if self._browsing.place.kind == "search":
            self.say(
                "what is found keeps its order · ‹/:desk.search› then "
                "‹ctrl+o:find.order› changes it"
            )
            return
        try:
            self.say(await self._browsing.sort(reverse=event.reverse))
        except DeskError as error:
            self.say(str(error), error=True)

    def begin_sorting(self) -> None:
        """From now on sort also what takes long, in the desk's thread; the cursor stays."""
        ordering = self._browsing.ordering
        ordering.wanted = self._sort_many
        if ordering.waits:
            self._sort_many()

    def _sort_many(self) -> None:
        if not self._is_sorting:
            self._is_sorting = True
            self._make_ready()

    @work(group="sort-many")
    async def _make_ready(self) -> None:
        try:
            await self._browsing.ordering.make_ready()
        finally:
            self._is_sorting = False
        self._browsing.show()

    @on(RowList.Misplaced)
    def _misplaced(self, event: RowList.Misplaced) -> None:
        key = key_name(event.key)
        self.say(
            f"{key} tags sentences: the focus is in a list, ‹enter:list.open› opens the article"
        )
