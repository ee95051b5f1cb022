"""Marks put on what is listed, shown at once, saved then, and taken back step by step."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from store.desk import Desk
from store.model import HeadlineRow
from tui.widgets.article_list import ArticleList

if TYPE_CHECKING:
    from store.desk.deleting import Deletion

ArticleKey = tuple[int, int]
"""Feed and article."""
UndoStep = tuple[str, Callable[[], Awaitable[None]]]
"""What was done, and what takes it back."""
Told = Callable[[int], None]
"""Told how many articles are done."""

_NOTHING = "nothing to undo in the lists"


class ListMarks:
    """What the keys of lists do to articles, and how it is taken back."""

    def __init__(self, desk: Desk, articles: ArticleList) -> None:
        self._desk = desk
        self._articles = articles
        self._kept: set[int] = set()
        """Ids of articles that stay in the list, whatever becomes of them."""
        self._undo: list[UndoStep] = []
        self.shown: Callable[[], None] = lambda: None
        """Told whenever the lists show things as they stand now."""

    def show(self, *, fresh: bool = False) -> None:
        """Show the lists as things stand."""
        raise NotImplementedError

    def show_marks(self, articles: Sequence[ArticleKey]) -> None:
        """Show the lists after these articles were marked, and nothing else happened."""
        raise NotImplementedError

    async def mark(
        self,
        rows: Sequence[HeadlineRow],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        undoable: bool = True,
    ) -> str:
        """Mark articles and say so; they stay in the list, so that nothing moves."""
        # Before it is waited for: a list that is begun meanwhile holds what it holds.
        self._kept.update(row.id for row in rows)
        said = _said(len(rows), read, starred)
        # What was not marked is left as others have it by then.
        before = [
            (row, None if read is None else row.read, None if starred is None else row.starred)
            for row in rows
        ]
        saving = self._put([(row.feed, row.id) for row in rows], read=read, starred=starred)
        if undoable:
            await self._step(said, saving, lambda: self._mark_back(before))
        else:
            await saving
        return said

    async def mark_read(self, unread: Sequence[ArticleKey], told: Told) -> str:
        """Mark very many articles read, all of them unread before, in one step.

        Says so, or nothing if it was taken back before all was saved.
        """
        self._kept.update(article for _, article in unread)
        said = _said(len(unread), True, None)
        stands = await self._step(
            said,
            self._put(unread, read=True, told=told),
            lambda: self._put(unread, read=False, told=told),
        )
        return said if stands else ""

    async def _step(
        self, said: str, doing: Awaitable[None], take_back: Callable[[], Awaitable[None]]
    ) -> bool:
        """Do what undo takes back, from the beginning on; whether it was not taken back yet."""
        step = (said, take_back)
        self._undo.append(step)
        try:
            await doing
        except BaseException:
            if step in self._undo:
                self._undo.remove(step)
            raise
        return step in self._undo

    async def _put(
        self,
        articles: Sequence[ArticleKey],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        told: Told | None = None,
    ) -> None:
        """Show marks at once, then save them; what could not be saved is shown no longer."""
        saving = self._desk.mark(articles, read=read, starred=starred, told=told)
        self.show_marks(articles)
        shown = self._desk.columns.changes
        try:
            await saving
        finally:
            if self._desk.columns.changes != shown:
                self.show()
            else:
                self.shown()

    async def _mark_back(
        self, before: Iterable[tuple[HeadlineRow, bool | None, bool | None]]
    ) -> None:
        alike: dict[tuple[bool | None, bool | None], list[ArticleKey]] = {}
        for row, *was in before:
            alike.setdefault((was[0], was[1]), []).append((row.feed, row.id))
        for (read, starred), articles in alike.items():
            await self._put(articles, read=read, starred=starred)

    async def delete(self, rows: Sequence[HeadlineRow]) -> tuple[str, list[HeadlineRow]]:
        """Delete articles; what to say of it, and which are gone."""
        deletion = await self._desk.delete_articles([(row.feed, row.id) for row in rows])
        gone = {deleted.headline.id for deleted in deletion.deleted}
        if gone:
            said = f"{len(gone)} articles deleted" if len(gone) > 1 else "deleted"
            self._undo.append((said, lambda: self._bring_back(rows[0], deletion)))
        self.show()
        return deletion.said, [row for row in rows if row.id in gone]

    async def _bring_back(self, row: HeadlineRow, deletion: Deletion) -> None:
        await self._desk.restore_articles(deletion)
        self.show()
        self._articles.follow(row)

    def remember(self, said: str, take_back: Callable[[], Awaitable[None]]) -> UndoStep:
        """Let undo take back what was done elsewhere: ``said`` names it."""
        self._undo.append((said, take_back))
        return self._undo[-1]

    async def undo(self) -> str:
        """Take back the last step."""
        return await self.take_back(self._undo[-1]) if self._undo else _NOTHING

    async def take_back(self, step: UndoStep) -> str:
        """Take back a step, which need not be the last one; what to say of it."""
        if step not in self._undo:
            return _NOTHING
        # Taken off first: the key may come again before this one is done.
        self._undo.remove(step)
        said, act = step
        try:
            await act()
        except BaseException:
            self._undo.append(step)
            raise
        self.show()
        return f"took back: {said}"

    def can_take_back(self, step: UndoStep) -> bool:
        """Whether nobody took it back yet."""
        return step in self._undo


def _said(count: int, read: bool | None, starred: bool | None) -> str:
    what = f"{count} articles " if count > 1 else ""
    if starred is not None:
        return f"{what}starred" if starred else f"{what}star removed"
    return f"{what}marked read" if read else f"{what}marked unread"
