"""Labels on the desk's screen: articles of the list, or the one that is open, are filed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work

from store.desk import Desk, DeskError, OpenedArticle
from store.model import HeadlineRow
from tui.screens.list_marks import UndoStep
from tui.screens.story_keys import StoryKeys
from tui.widgets.article_list import ArticleList

if TYPE_CHECKING:
    from store.desk.labels import Worn
    from tui.screens.label_dialog import Filing


class _Step(NamedTuple):
    """Labels of an open article were changed."""

    article: tuple[int, int]
    after: str
    """What undo would take back in the article, if it were not for the labels."""
    step: UndoStep


class Labelling(StoryKeys):
    """The key ``'`` of lists and of the article."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._filed: dict[tuple[int, int], tuple[str, ...]] = {}
        """Labels of articles that were filed here, as they are now."""
        self._steps: list[_Step] = []
        """What was filed while an article was open, the last thing last."""

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
        take_back = partial(self._unlabel, before, filing)
        step = self._browsing.remember(f"labels {told}", take_back)
        if (opened := self.opened_article) is not None and _key_of(opened) in before:
            last = _last_act(opened, self._desk.annotator)
            self._steps.append(_Step(_key_of(opened), last, step))
        with suppress(DeskError):
            await self._show_labels(before)
        return f"labels {told}"

    async def _unlabel(self, before: Worn, filing: Filing) -> None:
        await self._desk.labels.put_back(before, put=filing.put, take=filing.take)
        await self._show_labels(before)

    @property
    def opened_article(self) -> OpenedArticle | None:
        """The article that is open."""
        return None

    async def unlabel(self, opened: OpenedArticle) -> str:
        """Take back the labels of an open article, if they were put or taken last in it.

        What to say of it; nothing where another step is the last. Raises DeskError.
        """
        here = (_key_of(opened), _last_act(opened, self._desk.annotator))
        for filed in reversed(self._steps):
            if (filed.article, filed.after) == here and self._browsing.can_take_back(filed.step):
                return await self._browsing.take_back(filed.step)
        return ""

    def labels_of(self, opened: OpenedArticle) -> tuple[str, ...]:
        """What an open article is filed under, also where that changed since it was opened."""
        headline = opened.article.headline
        return self._filed.get((headline.feed, headline.id), headline.labels)

    async def _show_labels(self, changed: Worn) -> None:
        self._filed |= await self._desk.labels.worn(changed.keys())
        self.labels_changed()

    def labels_changed(self) -> None:
        """Labels of articles were changed; what shows them shall show that."""


def _key_of(opened: OpenedArticle) -> tuple[int, int]:
    headline = opened.article.headline
    return headline.feed, headline.id


def _last_act(opened: OpenedArticle, annotator: str) -> str:
    """The operation on claims that undo would take back; "" for none."""
    from store.claims.marking.history import stacks_of

    of_claims = (step for claim in opened.claims for step in claim.history)
    of_coverage = (step for said in opened.coverage for step in said.history)
    undo = stacks_of((*of_claims, *of_coverage), annotator).undo
    return undo[-1].id if undo else ""
