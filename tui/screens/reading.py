"""Feeds, articles, and the one being read: this screen hands messages on, and decides nothing.

Dialogs and all that an open article needs are imported when they are: the lists show before.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from store.desk import Desk, DeskError, OpenedArticle
from store.model import HeadlineRow
from tui.prompts import article_meta, chosen_on, keys_of
from tui.screens.automatic import Automatic
from tui.screens.browsing import Browsing
from tui.screens.desk_keys import DESK_KEYS
from tui.screens.feed_tending import FeedTending
from tui.screens.links import LINK_KEYS, LinkKeys
from tui.screens.listing import Listing
from tui.screens.positions import ReadPositions
from tui.screens.reading_ahead import ReadingAhead
from tui.screens.room import Room
from tui.screens.searching import Searching
from tui.screens.visiting import Visiting
from tui.widgets.article_list import ArticleList
from tui.widgets.article_page import Page
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.feed_tree import FeedTree
from tui.widgets.picker import Picked
from tui.widgets.status import Masthead, Status

if TYPE_CHECKING:
    from tui.screens.claims_visit import ClaimsVisit
    from tui.screens.flow import Flow
    from tui.screens.full_text import FullTexts
    from tui.screens.learning import Learning
    from tui.screens.opening import Opening
    from tui.screens.tagging import Tagging

WARM_UP_AFTER = 0.4
"""Seconds for the first paint and the first key, before anything is loaded or fetched."""
LOOK_EVERY = 1.0
"""Seconds between looks at what other processes wrote."""
_DELETED_ELSEWHERE = "Another window deleted this article; ‹u:list.undo› brings it back there."


class ReadingScreen(
    Listing,
    Searching,
    Automatic,
    FeedTending,
    LinkKeys,
    ReadPositions,
    ReadingAhead,
    Room,
    Visiting,
):
    """The desk."""

    BINDING_GROUP_TITLE = "Everywhere"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = DESK_KEYS

    def __init__(self, desk: Desk, notices: tuple[str, ...] = ()) -> None:
        super().__init__(desk)
        self._notices = notices
        self._leaving = False
        self._from_claims: OpenedArticle | None = None

    def compose(self) -> ComposeResult:
        """Panes from left to right, what is said of the sentence under the article."""
        self.lay_out_for_terminal()
        yield Masthead()
        with Horizontal(id="panes"):
            yield FeedTree()
            yield ArticleList()
            with Vertical(id="article"):
                yield ArticleView()
                yield ClaimPanel()
        yield Status()

    def on_mount(self) -> None:
        """Tie the panes to the desk; fetch the feeds that never were, if that is wanted."""
        tree, articles = self.query_one(FeedTree), self.query_one(ArticleList)
        self._browsing = Browsing(self._desk, tree, articles, self.query_one(Masthead))
        self.begin_finding()
        self._browsing.show(fresh=True)
        self._shown_in = self._view
        self._shown_in.measure = self._desk.reading_width
        self._settle()
        notices = [*self._notices, *self._desk.notices()]
        if self._desk.read_only:
            notices.append("This desk is read-only: nothing can be saved.")
        if notices:
            self.say(" ".join(notices), error=True)
        self.set_interval(LOOK_EVERY, self._look)
        wanted = self._desk.fetches_by_itself or self._desk.is_sample
        if wanted and (never := self._browsing.never_fetched()):
            self.fetch(never, after=WARM_UP_AFTER)
        self.begin_automatic()
        self.begin_watching()
        self._warm_up(after=WARM_UP_AFTER)

    @work(group="warm-up")
    async def _warm_up(self, *, after: float = 0) -> None:
        await asyncio.sleep(after)
        self.begin_sorting()
        with suppress(DeskError):
            if await self._browsing.folds.load():
                self._browsing.show()
            await self._desk.warm_up()
            gc.freeze()  # what articles need is there to stay too, see WiredeskApp.on_mount
            self.begin_reading_ahead()
            await self._learning.catch_up()

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

    # -------------------------------------------------------- leaving

    def action_back(self) -> None:
        """Take back one layer; never quits."""
        if self._full_texts.stop():
            self.say("fetching the page stopped")
            return
        if self._flow.review.end("the review ends here"):
            return
        if self.focused is not self._view:
            self.leave_finding()
            return
        if self._tagging.leave_another():
            return
        if self._from_claims is not None:
            self.action_claims()
        else:
            self.go_to_pane(self.query_one(ArticleList))

    def action_leave(self) -> None:
        """Go back from the article; at the top, ask for a second q, then quit."""
        if self.focused is self._view:
            self.action_back()
        elif self.leave_finding():
            return
        elif self._leaving:
            self.app.exit()
        else:
            self._leaving = True
            self.say("‹q:desk.leave› again quits")

    def on_key(self, event: events.Key) -> None:
        """Any key means that an error was seen; any but the one that leaves: not quitting."""
        self.query_one(Status).acknowledge()
        if event.key not in keys_of(self.app, "desk.leave", "q"):
            self._leaving = False

    # -------------------------------------------------------- lists

    @on(FeedTree.Chosen)
    def _choose_place(self, event: FeedTree.Chosen) -> None:
        self._browsing.choose(event.place)
        if event.entered:
            self.go_to_pane(self.query_one(ArticleList))

    @on(ArticleList.Opened)
    async def _open(self, event: ArticleList.Opened) -> None:
        self._flow.review.end()
        await self.open_row(event.row)

    async def open_row(
        self, row: HeadlineRow, *, marks_read: bool = True, whole: bool = False
    ) -> bool:
        """Open an article in its pane, at rest; False when its text cannot be read.

        ``whole`` waits until all is known of it, else that follows when it is ready.
        """
        self._from_claims = None
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

    def _leave_deleted(self) -> None:
        """Let nobody mark what was deleted in another window; what is begun is ended first."""
        shown = self._tagging.opened
        if shown and not self._tagging.is_busy and self._browsing.row(shown) is None:
            self._show_nothing()
            # Where its whole feed went, whoever took the feed away said so.
            if any(feed.number == shown.article.headline.feed for feed in self._desk.feeds()):
                self.say(_DELETED_ELSEWHERE, error=True)

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

    @on(ArticleList.PageWanted)
    def _page_of_row(self, event: ArticleList.PageWanted) -> None:
        self._full_texts.turn(*event.rows)

    def _remember(self) -> None:
        if self._tagging.opened is not None:
            self.keep_position(self._tagging.opened, self._shown_in.sentence)

    async def on_unmount(self) -> None:
        """Remember where the open article was left, and that it was read."""
        if "_opening" in self.__dict__:
            self._remember()
            await self._opening.end()

    def meta(self, opened: OpenedArticle) -> str:
        """What is told under an article's title."""
        headline, done = opened.article.headline, self._flow.told_done(opened)
        now, changed = datetime.now(UTC), opened.changed
        watch, labels = self.watch_words_said(opened), self.labels_of(opened)
        told = (opened.feed, headline, opened.claims, now, done)
        keys = chosen_on(self.app)
        return article_meta(*told, changed=changed, watch=watch, labels=labels, keys=keys)

    @on(ArticleList.NothingUnread)
    def _nothing_unread(self, event: ArticleList.NothingUnread) -> None:
        place = self._browsing.go_on(event.direction)
        if place is not None and self._articles.open_unread(event.direction):
            self.say(f"{self._flow.just_done}on to {place.label}")
            return
        self._view.ready()
        self.say(f"{self._flow.just_done}nothing unread anywhere")

    # -------------------------------------------------------- the article

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

    @on(ArticleView.UnreadWanted)
    def _next_unread(self, event: ArticleView.UnreadWanted) -> None:
        articles = self.query_one(ArticleList)
        if event.direction > 0:
            articles.action_next_unread()
        else:
            articles.action_previous_unread()

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

    @property
    def opened_article(self) -> OpenedArticle | None:
        """The one in its pane."""
        return self._tagging.opened if "_tagging" in self.__dict__ else None

    def labels_changed(self) -> None:
        """Tell under the open article's title what it is filed under now."""
        if (shown := self._tagging.opened) is not None:
            self._view.retitle(self.meta(shown))

    def _claims_changed(self, opened: OpenedArticle) -> None:
        self._view.retitle(self.meta(opened))
        self._browsing.show()
        self._flow.changed(opened)
        self._learn(opened)

    @work(group="learn", exclusive=True)
    async def _learn(self, opened: OpenedArticle) -> None:
        with suppress(DeskError):  # the claim is saved; what it teaches can wait
            await self._learning.learn(opened)

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        try:
            # A fetch shows what comes at its own pace, or it would be shown twice.
            if self.progress is None and await self._desk.take_in_changes():
                self._browsing.show()
                self._settle()
                await self._learning.catch_up()
            self._leave_deleted()
            if self.is_current and await self._desk.codebook_care.follow_others():
                self.say("the codebook was changed elsewhere · an article opened now follows it")
                self._warm_up()
            if notices := await self._desk.later_notices():
                self.say(" ".join(notices), error=True)
        except DeskError as error:
            self.say(str(error), error=True)

    # -------------------------------------------------------- many articles

    def action_review(self) -> None:
        """Walk the suggestions of the listed articles; once more, of all."""
        self._flow.begin_review()

    @property
    def session_began(self) -> datetime:
        """When the first article was opened."""
        return self._flow.since

    async def codebook_left(self, is_changed: bool | None) -> None:
        """Read the article anew by the codebook as it is now."""
        if not is_changed:
            return
        if (shown := self._tagging.opened) is not None:
            self._remember()
            with suppress(DeskError):  # its text went meanwhile: what is shown stays
                number, article = shown.feed.number, shown.article.headline.id
                self.show_article(await self._desk.open_article(number, article))
        self._warm_up()  # what was learned was learned for the codebook before

    # -------------------------------------------------------- the table of claims

    @cached_property
    def _claims_visit(self) -> ClaimsVisit:
        from tui.screens.claims_visit import ClaimsVisit

        return ClaimsVisit(self._desk, self)

    def action_claims(self) -> None:
        """Show all claims in a table, as it was left."""
        self._from_claims = None
        self._claims_visit.begin()

    def company_chosen(self, name: str | None) -> None:
        """Show the claims that name a company."""
        if name:
            self._from_claims = None
            quoted = name.replace('"', "")
            self._claims_visit.begin(f'company:"{quoted}"')

    def show_passage(self, opened: OpenedArticle, sentence: int, nth: int) -> None:
        """Show an article from the table of claims, the cursor on a claim; Esc goes back there."""
        self._remember()
        self._flow.review.end()
        self.show_article(opened)
        self._flow.opened()
        self.go_to_pane(self._view)
        self._view.go_to(sentence, nth)
        self._from_claims = opened

    async def look_at_claims_again(self) -> None:
        """Show what was changed in the table where the open article shows it too."""
        if self._tagging.opened is not None:
            with suppress(DeskError):
                self._tagging.take(await self._desk.look_again(self._tagging.opened))
