"""Feeds, articles, and the one being read: this screen hands messages on, and decides nothing.

Dialogs and all that an open article needs are imported when they are: the lists show before.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from datetime import datetime
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from store.desk import Desk, DeskError
from tui.prompts import keys_of
from tui.screens.automatic import Automatic
from tui.screens.browsing import Browsing
from tui.screens.claims_way import ClaimsWay
from tui.screens.desk_keys import DESK_KEYS
from tui.screens.feed_tending import FeedTending
from tui.screens.room import Room
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.feed_tree import FeedTree
from tui.widgets.status import Masthead, Status

WARM_UP_AFTER = 0.4
"""Seconds for the first paint and the first key, before anything is loaded or fetched."""
LOOK_EVERY = 1.0
"""Seconds between looks at what other processes wrote."""
_DELETED_ELSEWHERE = "Another window deleted this article; ‹u:list.undo› brings it back there."


class ReadingScreen(ClaimsWay, Automatic, FeedTending, Room):
    """The desk."""

    BINDING_GROUP_TITLE = "Everywhere"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = DESK_KEYS

    def __init__(self, desk: Desk, notices: tuple[str, ...] = ()) -> None:
        super().__init__(desk)
        self._notices = notices
        self._leaving = False

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
        wanted = self._desk.fetches_by_itself or self._desk.is_sample
        never = self._browsing.never_fetched() if wanted else []
        self._browsing.running.brings_first = bool(never)
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
        if never:
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

    async def on_unmount(self) -> None:
        """Remember where the open article was left, and that it was read."""
        if "_opening" in self.__dict__:
            self._remember()
            await self._opening.end()

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

    @on(ArticleList.NothingUnread)
    def _nothing_unread(self, event: ArticleList.NothingUnread) -> None:
        place = self._browsing.go_on(event.direction)
        if place is not None and self._articles.open_unread(event.direction):
            self.say(f"{self._flow.just_done}on to {place.label}")
            return
        self._view.ready()
        self.say(f"{self._flow.just_done}nothing unread anywhere")

    @on(ArticleView.UnreadWanted)
    def _next_unread(self, event: ArticleView.UnreadWanted) -> None:
        articles = self.query_one(ArticleList)
        if event.direction > 0:
            articles.action_next_unread()
        else:
            articles.action_previous_unread()

    def action_review(self) -> None:
        """Walk the suggestions of the listed articles; once more, of all."""
        self._flow.begin_review()

    @property
    def session_began(self) -> datetime:
        """When the first article was opened."""
        return self._flow.since

    # -------------------------------------------------------- what others did

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

    def _leave_deleted(self) -> None:
        """Let nobody mark what was deleted in another window; what is begun is ended first."""
        shown = self._tagging.opened
        if shown and not self._tagging.is_busy and self._browsing.row(shown) is None:
            self._show_nothing()
            # Where its whole feed went, whoever took the feed away said so.
            if any(feed.number == shown.article.headline.feed for feed in self._desk.feeds()):
                self.say(_DELETED_ELSEWHERE, error=True)

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
