"""Labels on the desk's screen: articles of the list, or the one that is open, are filed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from store.desk import Desk, DeskError, OpenedArticle
from store.model import HeadlineRow
from tui.screens.story_keys import StoryKeys
from tui.widgets.article_list import ArticleList

if TYPE_CHECKING:
    from store.desk.labels import Worn
    from tui.screens.label_dialog import Filing


class Labelling(StoryKeys):
    """The key ``'`` of lists and of the article."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._filed: dict[tuple[int, int], tuple[str, ...]] = {}
        """Labels of articles that were filed here, as they are now."""

    @on(ArticleList.LabelsWanted)
    def _label_rows(self, event: ArticleList.LabelsWanted) -> None:
        self.label(event.rows)

    @work(group="labels", exclusive=True)
    async def label(self, rows: Sequence[HeadlineRow]) -> None:
        """Ask for the labels of articles, and file them."""
        from tui.screens.label_dialog import LabelDialog

        if not rows:
            return
        articles = [(row.feed, row.id) for row in rows]
        try:
            worn = await self._desk.labels.worn(articles)
            offered = await self._desk.labels.offered()
            title = rows[0].title if len(rows) == 1 else f"{len(rows)} articles"
            dialog = LabelDialog(f"Labels of {title}", tuple(worn.values()), offered)
            filing = await self.app.push_screen_wait(dialog)
            if filing is None:
                return
            said = await self._file(rows, filing)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        self.say(said + self.offered(rows, lambda others: self._file(others, filing)))

    async def _file(self, rows: Sequence[HeadlineRow], filing: Filing) -> str:
        articles = [(row.feed, row.id) for row in rows]
        before = await self._desk.labels.change(articles, put=filing.put, take=filing.take)
        told = " · ".join(
            [*(f"+ {one}" for one in filing.put), *(f"- {one}" for one in filing.take)]
        )
        self._browsing.remember(f"labels {told}", partial(self._unlabel, before, filing))
        with suppress(DeskError):
            await self._show_labels(before)
        return f"labels {told}"

    async def _unlabel(self, before: Worn, filing: Filing) -> None:
        await self._desk.labels.put_back(before, put=filing.put, take=filing.take)
        await self._show_labels(before)

    def labels_of(self, opened: OpenedArticle) -> tuple[str, ...]:
        """What an open article is filed under, also where that changed since it was opened."""
        headline = opened.article.headline
        return self._filed.get((headline.feed, headline.id), headline.labels)

    async def _show_labels(self, changed: Worn) -> None:
        self._filed |= await self._desk.labels.worn(changed.keys())
        self.labels_changed()

    def labels_changed(self) -> None:
        """Labels of articles were changed; what shows them shall show that."""
