"""Links of what is under the cursor or selected: opened, copied, handed on."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from textual import on, work
from textual.app import App

from store.desk import Desk, DeskError
from tui.screens.desk_screen import Say
from tui.screens.piping import Piping
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.drawn_article import DrawnArticle
from tui.widgets.feed_tree import FeedTree

NO_ADDRESS = "This article names no address."
NO_SITE = "This feed names no site of its own; y copies its address."
LINK_KEYS = frozenset({"open", "open_all", "copy", "markdown", "pipe"})
"""What keys do with links, and with articles as a whole."""
MANY = 10
"""More pages are opened only after a question."""
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


def copy_link(
    app: App[Any], address: str, say: Say, without: str = NO_ADDRESS, *, many: int = 1
) -> None:
    """Put an address on the clipboard, by way of the terminal (OSC 52), and say it.

    ``many`` are as many, one a line.
    """
    if not address:
        say(without)
        return
    app.copy_to_clipboard(address)
    say(f"copied {many} links" if many > 1 else f"copied {address}")


class LinkKeys(Piping):
    """The keys ``o O y Y |`` of the panes."""

    @on(ArticleList.LinkWanted)
    def _links_of_rows(self, event: ArticleList.LinkWanted) -> None:
        row = self._articles.highlighted
        if event.what == "open" and row is not None:
            self.use_link(row.feed, row.id, event.what)
        else:
            self.use_links([(row.feed, row.id) for row in event.rows], event.what)

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
    async def use_links(self, articles: Sequence[tuple[int, int]], what: str) -> None:
        """Open the pages of articles, copy where they lie, or give them to a program."""
        if what == "pipe":
            self.pipe(articles)
            return
        try:
            links = await self._desk.links.of_articles(articles)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if what == "open_all":
            await self._open_all([link.address for link in links if link.address])
            return
        lines = [link.markdown if what == "markdown" else link.address for link in links]
        lines = [line for line in lines if line]
        copy_link(self.app, "\n".join(lines), self.say, many=len(lines))

    async def _open_all(self, addresses: Sequence[str]) -> None:
        if not addresses:
            self.say(NO_ADDRESS)
            return
        if len(addresses) > MANY:
            from tui.screens.link_dialogs import OpenMany

            if not await self.app.push_screen_wait(OpenMany(len(addresses))):
                return
        if len(addresses) == 1:
            await open_link(self._desk, addresses[0], self.say)
            return
        self.say(f"opening {len(addresses)} pages …")
        open_one = self._desk.links.open
        ends = await asyncio.gather(*map(open_one, addresses), return_exceptions=True)
        failures = [str(end) for end in ends if isinstance(end, BaseException)]
        if failures:
            opened = len(addresses) - len(failures)
            self.say(f"{opened} of {len(addresses)} opened · {failures[0]}", error=True)
        else:
            self.say(f"{len(addresses)} pages opened in the browser")

    def use_selected(self, feed: int, article: int, what: str) -> None:
        """Do in an article what lists do: to it, or with ``O`` to all that is selected there."""
        rows = self._articles.selected if self._articles.has_selection else []
        if what in ("open", "copy"):
            self.use_link(feed, article, what)
        elif what == "open_all" and rows:
            self.use_links([(row.feed, row.id) for row in rows], what)
        else:
            self.use_links([(feed, article)], what)

    @on(ArticleView.Hinting)
    def _hinting(self, event: ArticleView.Hinting) -> None:
        self.say(event.told)

    @on(ArticleView.LinkChosen)
    @work(group="link")
    async def _link_in_text(self, event: ArticleView.LinkChosen) -> None:
        address = self._desk.links.shared(event.address)
        if event.purpose == "copy":
            copy_link(self.app, address, self.say)
        elif event.purpose == "open":
            await open_link(self._desk, address, self.say)
        else:
            self.say(f"{address} · a second click opens it")

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
