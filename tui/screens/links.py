"""The link of what is under the cursor: opened in the browser, or copied."""

from __future__ import annotations

from typing import Any

from textual import on, work
from textual.app import App

from store.desk import Desk, DeskError
from tui.screens.desk_screen import DeskScreen, Say
from tui.widgets.article_list import ArticleList
from tui.widgets.drawn_article import DrawnArticle
from tui.widgets.feed_tree import FeedTree

NO_ADDRESS = "This article names no address."
NO_SITE = "This feed names no site of its own; y copies its address."
NO_FEED = "These pages have no feed."


async def open_link(desk: Desk, address: str, say: Say, without: str = NO_ADDRESS) -> None:
    """Open an address in the browser, and say which host that is."""
    from store.desk.links import host_shown

    if not address:
        say(without)
        return
    say(f"opening {host_shown(address)} …")
    try:
        await desk.links.open(address)
    except DeskError as error:
        say(str(error), error=True)
    else:
        say(f"opened in the browser: {host_shown(address)}")


def copy_link(app: App[Any], address: str, say: Say, without: str = NO_ADDRESS) -> None:
    """Put an address on the clipboard, by way of the terminal (OSC 52), and say it."""
    if not address:
        say(without)
        return
    app.copy_to_clipboard(address)
    say(f"copied {address}")


class LinkKeys(DeskScreen):
    """The keys ``o`` and ``y`` of the panes."""

    @on(ArticleList.LinkWanted)
    def _link_of_row(self, event: ArticleList.LinkWanted) -> None:
        row = self._articles.highlighted or event.rows[0]
        self.use_link(row.feed, row.id, event.what)

    @on(FeedTree.LinkWanted)
    @work(group="link")
    async def _link_of_feed(self, event: FeedTree.LinkWanted) -> None:
        feed = next((one for one in self._desk.feeds() if one.number == event.feed), None)
        if feed is None:
            return
        if event.what == "copy":
            copy_link(self.app, feed.address if feed.is_fetched else "", self.say, NO_FEED)
        else:
            without = NO_SITE if feed.is_fetched else NO_FEED
            await open_link(self._desk, feed.site, self.say, without)

    @work(group="link")
    async def use_link(self, feed: int, article: int, what: str) -> None:
        """Open the page of an article in the browser, or copy where it lies.

        On the line of a recording or file it is that one that is meant.
        """
        pane = self.focused
        media = pane.media_address if isinstance(pane, DrawnArticle) else ""
        try:
            of_article = self._desk.links.of_article
            address = self._desk.links.shared(media) if media else await of_article(feed, article)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if what == "copy":
            copy_link(self.app, address, self.say)
        else:
            await open_link(self._desk, address, self.say)
