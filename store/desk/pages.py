"""Which text of an article is shown: the feed's, or the one of its page, fetched where needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from store.desk.lane import Lane
from store.errors import DeskError
from store.feeds.page_text import newest_of_feed, newest_of_page
from store.model import Headline, PageFailed, TextVersion, Value
from store.shelf.shelf import Shelf

STALE = timedelta(days=1)
"""A page that was fetched longer ago is fetched anew when its text is asked for."""

Now = Literal["feed", "page", "same", "kept"]


class Turned(Value, frozen=True, kw_only=True):
    """Which text is shown from now on."""

    shows: Now
    """The feed's or the page's; the page's as it was, since nothing new is on it ("same") or it
    could not be fetched ("kept")."""
    partial: bool = False
    """The page itself gives only the beginning."""
    note: str = ""
    """One sentence about why the page was not fetched anew, or empty."""


class ArticlePages:
    """Turns articles from the feed's text to the page's and back."""

    def __init__(
        self, lane: Lane, shelf: Shelf, folder: Path, clock: Callable[[], datetime]
    ) -> None:
        self._lane = lane
        self._shelf = shelf
        self._folder = folder
        self._clock = clock

    async def turn_here(self, feed: int, article: int, shown: int = 0) -> Turned | None:
        """Show the other text, if it is on the desk and fresh; None: the page is to be fetched.

        ``shown`` is the number of the text that the person sees: if the desk shows another one
        by now, as after a fetch, that is the other text.

        Raises:
            DeskError: The article is not on the desk, it has no page, or nothing can be saved.
        """
        return await self._lane.run(self._turn_here, feed, article, shown)

    async def fetch(self, feed: int, article: int) -> Turned:
        """Fetch the page in the worker process and show its text.

        Where that fails, a text that was fetched before is shown, with the reason.

        Raises:
            DeskError: There is no text of the page to be had; all is as it was.
        """
        from store.worker import fetching_page

        before = await self._lane.run(self._headline, feed, article)
        outcome = await fetching_page(self._folder, feed, article)
        if isinstance(outcome, PageFailed):
            return await self._lane.run(self._kept, before, outcome.reason)
        same = before.shows_page and before.version == outcome.version
        return Turned(shows="same" if same else "page", partial=outcome.partial, note=outcome.note)

    def _turn_here(self, feed: int, article: int, shown: int) -> Turned | None:
        headline = self._headline(feed, article)
        versions = self._shelf.versions(article, feed)
        if shown not in (0, headline.version):
            return Turned(shows="page" if headline.shows_page else "feed")
        fed, page = newest_of_feed(versions), newest_of_page(versions)
        if headline.shows_page and fed is not None:
            self._shelf.show_version(article, feed, fed.number)
            return Turned(shows="feed")
        if not headline.shows_page and page is not None and self._is_fresh(page):
            self._shelf.show_version(article, feed, page.number)
            return Turned(shows="page")
        if not headline.address:
            raise DeskError("This article names no page that could be fetched.")
        if self._shelf.read_only:
            raise DeskError("This desk is read-only, so no page can be kept on it.")
        return None

    def _is_fresh(self, page: TextVersion) -> bool:
        return self._clock() - page.taken <= STALE

    def _kept(self, headline: Headline, reason: str) -> Turned:
        """Show what was fetched from the page before; raises DeskError with the reason if none."""
        page = newest_of_page(self._shelf.versions(headline.id, headline.feed))
        if page is None:
            raise DeskError(reason)
        self._shelf.show_version(headline.id, headline.feed, page.number)
        shows: Now = "kept" if headline.shows_page else "page"
        return Turned(shows=shows, note=reason)

    def _headline(self, feed: int, article: int) -> Headline:
        headline = self._shelf.headline(article, feed)
        if headline is None or headline.deleted:
            raise DeskError("The article is not on this desk any more.")
        return headline
