"""Fetching feeds and adding them, while one goes on reading."""

from __future__ import annotations

from textual import on, work

from store.desk import DeskError
from tui.screens.desk_screen import DeskScreen
from tui.screens.welcome import Welcome
from tui.widgets.article_list import ArticleList
from tui.widgets.feed_tree import FeedTree


class Fetching(DeskScreen):
    """The keys of feeds."""

    def _settle(self) -> None:
        """Show the panes, or what to begin with where there is no feed."""
        if self._browsing.is_adding:
            return
        first_run = not self._desk.feeds()
        self.set_class(first_run, "-first-run")
        if first_run:
            self.set_focus(self.query_one(Welcome))
        elif self.focused is None or isinstance(self.focused, Welcome):
            self.go_to_pane(self.query_one(ArticleList))

    @on(FeedTree.RefreshFeed)
    def _refresh_one(self, event: FeedTree.RefreshFeed) -> None:
        self._fetch([event.feed])

    @on(ArticleList.FeedWanted)
    def _refresh_feed_of(self, event: ArticleList.FeedWanted) -> None:
        self._fetch([event.row.feed])

    def action_refresh_all(self) -> None:
        """Fetch every feed; pressed while fetching, stop."""
        if self._browsing.progress is not None:
            self.workers.cancel_group(self, "refresh")
            self.workers.cancel_group(self, "add")
            self.say("fetching stopped")
            return
        if not self._desk.feeds():
            self.say("no feeds yet: + adds one")
            return
        self._fetch(None)

    @work(group="refresh", exclusive=True)
    async def _fetch(self, feeds: list[int] | None) -> None:
        try:
            said, failed = await self._browsing.fetch(feeds)
            self.say(said, error=failed)
        except DeskError as error:
            self.say(str(error), error=True)

    @on(Welcome.AddWanted)
    def action_add_feed(self) -> None:
        """Ask for an address, subscribe and fetch."""
        self._add_feed()

    @work(group="add", exclusive=True)
    async def _add_feed(self) -> None:
        from tui.screens.add_feed import AddFeed

        before = self.focused
        typed, problem = "", ""
        while answer := await self.app.push_screen_wait(AddFeed(text=typed, error=problem)):
            typed = answer
            self.say("fetching what is there · R stops it")
            try:
                feed = await self._browsing.add_feed(typed)
            except DeskError as error:
                problem = str(error)
                self._settle()
                continue
            self._settle()
            self.say(f"added {feed.name}")
            if self.focused in (before, self.query_one(ArticleList)):
                self._browsing.go_to_feed(feed.number)
                self.go_to_pane(self.query_one(ArticleList))
            return
