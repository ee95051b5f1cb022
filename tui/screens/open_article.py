"""The article in its pane: opened, shown, and what keys on it ask for.

All that an open article needs is imported when one is: the lists show before.
"""

from __future__ import annotations

from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from textual import on, work

from store.desk import DeskError, OpenedArticle
from store.model import HeadlineRow
from tui.prompts import article_meta, chosen_on
from tui.screens.links import LINK_KEYS, LinkKeys
from tui.screens.listing import Listing
from tui.screens.positions import ReadPositions
from tui.screens.reading_ahead import ReadingAhead
from tui.screens.searching import Searching
from tui.screens.visiting import Visiting
from tui.widgets.article_list import ArticleList
from tui.widgets.article_page import Page
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.picker import Picked
from tui.widgets.status import Status

if TYPE_CHECKING:
    from tui.screens.flow import Flow
    from tui.screens.full_text import FullTexts
    from tui.screens.learning import Learning
    from tui.screens.opening import Opening
    from tui.screens.tagging import Tagging


class OpenArticle(Listing, Searching, LinkKeys, ReadPositions, ReadingAhead, Visiting):
    """A desk with an article open."""

    _shown_in: ArticleView
    """Its pane; at the end, when no pane can be asked for any more, too."""

    @cached_property
    def _tagging(self) -> Tagging:
        from tui.screens.tagging import Tagging

        panel = self.query_one(ClaimPanel)
        return Tagging(self._desk, self._view, panel, self.say, self._claims_changed)

    @cached_property
    def _opening(self) -> Opening:
        from tui.screens.opening import Opening

        return Opening(self._desk, self._tagging, self._view, self)

    @cached_property
    def _flow(self) -> Flow:
        from tui.screens.flow import Flow

        return Flow(self._desk, self._tagging, self._browsing, self)

    @cached_property
    def _learning(self) -> Learning:
        from tui.screens.learning import Learning

        return Learning(self._desk, self._view, self._tagging, self.say)

    @cached_property
    def _full_texts(self) -> FullTexts:
        from tui.screens.full_text import FullTexts

        return FullTexts(self._desk, self._tagging, self._view, self)

    # -------------------------------------------------------- opening

    async def open_row(
        self, row: HeadlineRow, *, marks_read: bool = True, whole: bool = False
    ) -> bool:
        """Open an article in its pane, at rest; False when its text cannot be read.

        ``whole`` waits until all is known of it, else that follows when it is ready.
        """
        self._remember()
        self._view.expect()
        self.go_to_pane(self._view)
        try:
            # To paint the list's cursor first would keep the article from being painted at once.
            with nullcontext() if whole else self.app.batch_update():
                opened = await self._opening.open(row, whole=whole)
        except DeskError as error:
            self.cannot_open(error)
            return False
        self._flow.opened()
        if marks_read and (not row.read or opened.changed is not None):
            self._opening.mark_read(row)
        return True

    def cannot_open(self, error: DeskError) -> None:
        """Tell why, with no article in the pane."""
        self._show_nothing()
        self.say(str(error), error=True)
        self.go_to_pane(self.query_one(ArticleList))

    async def mark_opened(self, row: HeadlineRow) -> None:
        """Mark an article read that was opened."""
        await self._mark([row], read=True, undoable=False)

    def went(self, row: HeadlineRow) -> None:
        """Show no longer what was deleted."""
        shown = self._tagging.opened
        if shown is not None and shown.article.headline.id == row.id:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self._opening.stop()
        self._view.show(None)
        self._tagging.close()

    def show_article(self, opened: OpenedArticle) -> None:
        """Show an article where it was left."""
        self._opening.stop()
        version = opened.article.version
        page = Page(version.blocks, opened.sentences, self.meta(opened))
        sentence = self.position_in(opened)
        self._view.show(page, sentence=min(sentence, max(0, len(opened.sentences) - 1)))
        self._view.light(self.lights(version.text))
        self._tagging.open(opened)

    def show_other_text(self, opened: OpenedArticle, sentence: int) -> None:
        """Show another text of the open article, the cursor on a sentence."""
        self.keep_position(opened, sentence)
        self.show_article(opened)

    def _remember(self) -> None:
        if self._tagging.opened is not None:
            self.keep_position(self._tagging.opened, self._shown_in.sentence)

    def meta(self, opened: OpenedArticle) -> str:
        """What is told under an article's title."""
        headline, done = opened.article.headline, self._flow.told_done(opened)
        now, changed = datetime.now(UTC), opened.changed
        watch, labels = self.watch_words_said(opened), self.labels_of(opened)
        told = (opened.feed, headline, opened.claims, now, done)
        keys = chosen_on(self.app)
        return article_meta(*told, changed=changed, watch=watch, labels=labels, keys=keys)

    @property
    def opened_article(self) -> OpenedArticle | None:
        """The one in its pane."""
        return self._tagging.opened if "_tagging" in self.__dict__ else None

    def labels_changed(self) -> None:
        """Tell under the open article's title what it is filed under now."""
        if (shown := self._tagging.opened) is not None:
            self._view.retitle(self.meta(shown))

    # -------------------------------------------------------- its keys

    @on(ArticleView.KeyTaken)
    def _key_taken(self) -> None:
        self.query_one(Status).acknowledge()

    @on(ArticleView.Asked)
    async def _answer(self, asked: ArticleView.Asked) -> None:
        self.query_one(Status).acknowledge()
        try:
            self._flow.pressed(asked.key)
            await self._tagging.press(asked)
        finally:
            asked.answered.set()

    @on(ArticleView.Moved)
    def _moved(self) -> None:
        self._tagging.moved()
        self._learning.moved()
        self._flow.moved()

    @on(ArticleView.Dragged)
    def _dragged(self, event: ArticleView.Dragged) -> None:
        self._tagging.dragged(event.start, event.end)

    @on(ArticleView.NoFurtherStop)
    def _no_further_stop(self, event: ArticleView.NoFurtherStop) -> None:
        try:
            self._flow.no_further_stop(event.direction)
        finally:
            event.answered.set()

    @on(ArticleView.ArticleKey)
    async def _article_key(self, event: ArticleView.ArticleKey) -> None:
        row = self._browsing.row(self._tagging.opened)
        if row is None:
            return
        if event.what in LINK_KEYS:
            self.use_selected(row.feed, row.id, event.what)
        elif event.what == "changes" and self._tagging.opened is not None:
            self.show_changes(self._tagging.opened.article.headline)
        elif event.what == "labels":
            self.label([row])
        elif event.what == "page":
            self._full_texts.turn(row)
        elif event.what == "read":
            await self._mark([row], read=not row.read)
        else:
            await self._mark([row], starred=not row.starred)

    @on(Picked)
    async def _picked_by_mouse(self, event: Picked) -> None:
        await self._tagging.picked(event)

    @on(ArticleList.PageWanted)
    def _page_of_row(self, event: ArticleList.PageWanted) -> None:
        self._full_texts.turn(*event.rows)

    # -------------------------------------------------------- its claims

    def _claims_changed(self, opened: OpenedArticle) -> None:
        self._view.retitle(self.meta(opened))
        self._browsing.show()
        self._flow.changed(opened)
        self._learn(opened)

    @work(group="learn", exclusive=True)
    async def _learn(self, opened: OpenedArticle) -> None:
        with suppress(DeskError):  # the claim is saved; what it teaches can wait
            await self._learning.learn(opened)
