"""Fetching feeds and adding them, while one goes on reading."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from functools import partial

from textual import on, work

from store.desk import DeskError
from store.model import HeadlineRow
from tui.screens.desk_screen import DeskScreen, Say
from tui.screens.welcome import Welcome
from tui.widgets.article_list import ArticleList
from tui.widgets.feed_tree import FeedTree
from tui.widgets.status import Progress, Status


class Fetching(DeskScreen):
    """The keys of feeds."""

    def _settle(self) -> None:
        """Show the panes, or what to begin with where there is no feed."""
        first_run = not (self._desk.feeds() or len(self._desk.columns))
        self.set_class(first_run, "-first-run")
        if first_run:
            self.set_focus(self._welcome())
        elif self.focused is None or isinstance(self.focused, Welcome):
            self.go_to_pane(self.query_one(ArticleList))

    def _welcome(self) -> Welcome:
        """What to begin with; made for who begins, since others would wait for it."""
        if found := self.query(Welcome):
            return found.first()
        welcome = Welcome()
        self.mount(welcome, before=self.query_one(Status))
        return welcome

    @on(FeedTree.RefreshFeed)
    def _refresh_one(self, event: FeedTree.RefreshFeed) -> None:
        self.fetch([event.feed])

    @on(ArticleList.FeedWanted)
    def _refresh_feed_of(self, event: ArticleList.FeedWanted) -> None:
        self.fetch([event.row.feed])

    def action_refresh_all(self) -> None:
        """Fetch every feed; pressed while fetching, stop."""
        self.refresh_all(self.say)

    def refresh_all(self, say: Say) -> None:
        """The same, told on whichever screen is seen."""
        if self.progress is not None and not self._browsing.running.is_quiet:
            self.workers.cancel_group(self, "refresh")
            self.workers.cancel_group(self, "add")
            say("fetching stopped")
            return
        if not self._desk.feeds():
            say("no feeds yet: ‹+:desk.add_feed› adds one")
            return
        self.fetch(None, say)

    def action_feeds(self) -> None:
        """Show how each feed fares; this screen goes on fetching behind it."""
        from tui.screens.feeds import FeedsScreen

        self.app.push_screen(FeedsScreen(self._desk, self), self._feed_wanted)

    def _feed_wanted(self, number: int | None) -> None:
        if number:
            self._browsing.go_to_feed(number)
            self.go_to_pane(self.query_one(ArticleList))

    @property
    def progress(self) -> Progress | None:
        """How far a running fetch is."""
        return self._browsing.running.progress

    @work(group="refresh", exclusive=True)
    async def fetch(
        self, feeds: list[int] | None, say: Say | None = None, *, after: float = 0
    ) -> None:
        """Fetch these feeds, or all, in so many seconds, and say what that brought."""
        say = say or self.say
        if after:
            await asyncio.sleep(after)
        try:
            said, failed = await self._browsing.running.fetch(feeds)
            say(said, error=failed)
        except DeskError as error:
            say(str(error), error=True)

    @on(Welcome.AddWanted)
    def action_add_feed(self) -> None:
        """Ask for an address, subscribe and fetch."""
        self._add_feed()

    @work(group="add", exclusive=True)
    async def _add_feed(self) -> None:
        from tui.screens.add_feed import AddFeed

        before = self.focused
        added = await self.app.push_screen_wait(AddFeed(self._desk.adding))
        await self._desk.take_in_changes()
        self._browsing.show()
        self._settle()
        if added is None:
            return
        self.say(added.said)
        if added.feeds:
            self._browsing.remember(added.said, partial(self._unsubscribe, added.feeds))
        if self.focused not in (before, self.query_one(ArticleList)):
            return
        if added.article is not None:
            await self._open_saved(*added.article)
        elif len(added.feeds) == 1:
            self._browsing.go_to_feed(added.feeds[0])
            self.go_to_pane(self.query_one(ArticleList))

    async def _unsubscribe(self, feeds: Collection[int]) -> None:
        """Take back that feeds were added."""
        await self._desk.adding.take_back(feeds)
        await self._desk.take_in_changes()
        self._settle()

    async def _open_saved(self, feed: int, article: int) -> None:
        self._browsing.go_to_feed(feed)
        index = self._desk.columns.index(article)
        if index is not None:
            await self.open_row(self._desk.columns.row(index))

    async def open_row(self, row: HeadlineRow, *, marks_read: bool = True) -> bool:
        """Open an article in its pane; False when its text cannot be read."""
        raise NotImplementedError
