"""The link of what is under the cursor: opened in the browser, or copied."""

from __future__ import annotations

from textual import on, work

from store.desk import DeskError
from tui.screens.desk_screen import DeskScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.feed_tree import FeedTree


class LinkKeys(DeskScreen):
    """The keys ``o`` and ``y`` of the panes."""

    @on(ArticleList.LinkWanted)
    def _link_of_row(self, event: ArticleList.LinkWanted) -> None:
        self.use_link(event.row.feed, event.row.id, event.what)

    @on(FeedTree.LinkWanted)
    def _link_of_feed(self, event: FeedTree.LinkWanted) -> None:
        feed = next((one for one in self._desk.feeds() if one.number == event.feed), None)
        if feed is None:
            return
        if event.what == "copy":
            self.copy_link(feed.address if feed.is_fetched else "", "These pages have no feed.")
        else:
            self._open_link(
                feed.site, f"{feed.name} names no site of its own; y copies its address."
            )

    @work(group="link")
    async def use_link(self, feed: int, article: int, what: str) -> None:
        """Open the page of an article in the browser, or copy where it lies."""
        try:
            address = await self._desk.links.of_article(feed, article)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if what == "copy":
            self.copy_link(address)
        else:
            self._open_link(address)

    def copy_link(self, address: str, without: str = "This article names no address.") -> None:
        """Put an address on the clipboard, by way of the terminal (OSC 52), and say it."""
        if not address:
            self.say(without)
            return
        self.app.copy_to_clipboard(address)
        self.say(f"copied {address}")

    @work(group="link")
    async def _open_link(
        self, address: str, without: str = "This article names no address."
    ) -> None:
        from store.desk.opening import host_shown

        if not address:
            self.say(without)
            return
        self.say(f"opening {host_shown(address)} …")
        try:
            await self._desk.links.open(address)
        except DeskError as error:
            self.say(str(error), error=True)
        else:
            self.say(f"opened in the browser: {host_shown(address)}")
