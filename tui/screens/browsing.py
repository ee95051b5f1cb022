"""Which articles are listed: the place chosen, what is unread in it, and the marks put on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from store.desk import Desk, OpenedArticle
from store.feeds.folders import branch_at
from store.model import HeadlineRow
from tui.screens.finds import Finds
from tui.screens.places import TODAY, Summary, places_of, summary_of
from tui.screens.running_fetch import RunningFetch
from tui.widgets.article_list import ArticleList
from tui.widgets.feed_tree import FeedTree, Place
from tui.widgets.status import Masthead

if TYPE_CHECKING:
    from store.desk.deleting import Deletion

MOST_WALKED = 5_000
"""Articles that a walk over many looks at; nobody walks further in one go."""
_EMPTY = {
    "unread": "Nothing unread. R fetches, + adds a feed.",
    "today": "Nothing in the last 24 hours. R fetches.",
    "starred": "Nothing starred yet: f stars an article.",
    "claims": "No article with a claim yet: s tags a sentence.",
    "watched": "No article says a watch word. I lists the words.",
    "all": "No articles yet. R fetches, + adds a feed.",
    "search": "Nothing is found.",
    "view": "Nothing that this view looks for.",
    "folder": "No articles in this folder yet. R fetches.",
    "feed": "No articles in this feed yet. r fetches it.",
}
_ALL_READ = "Nothing unread here: t shows all."


@dataclass(frozen=True)
class _Standpoint:
    """Where somebody was before they searched."""

    place: Place
    kept: frozenset[int]
    unread_only: bool
    here: HeadlineRow | None
    screen_row: int


class Browsing:
    """The two lists and the head line, shown from the desk's columns."""

    def __init__(
        self, desk: Desk, tree: FeedTree, articles: ArticleList, masthead: Masthead
    ) -> None:
        self.running = RunningFetch(desk, self.show)
        """The fetch that brings what is listed here."""
        self.finds = Finds(desk)
        """What the lists are narrowed to by queries."""
        self.shown: Callable[[], None] = lambda: None
        """Told whenever the lists were shown as things stand now."""
        self._before_search: _Standpoint | None = None
        self._desk = desk
        self._tree = tree
        self._articles = articles
        self._masthead = masthead
        self._place = Place("unread", None, "Unread")
        self._summary = Summary(None, 0, None)
        self._unread_only = False
        self._kept: set[int] = set()
        self._undo: list[tuple[str, Callable[[], Awaitable[None]]]] = []

    # -------------------------------------------------------- showing

    def show(self, *, fresh: bool = False) -> None:
        """Show both lists as things stand; ``fresh`` begins a list, else the place is kept."""
        places = self._places()
        self._place = next((one for one in places if one.key == self._place.key), places[0])
        self._tree.show(places)
        self._show_articles(fresh=fresh)
        self._summary = summary_of(self._desk)
        self._show_masthead()
        self.shown()

    def _show_articles(self, *, fresh: bool = False) -> None:
        if fresh:
            self._kept.clear()
            self.finds.begin()
        names, feed = self._desk.feed_names(), self._place.feed
        shown = names if feed is None else {feed: names.get(feed, "")}
        unread = " unread" if self._unread_only and self._place.kind != "unread" else ""
        self._articles.show(
            self._rows(),
            shown,
            datetime.now(UTC),
            title=self.finds.title(self._place, self._place.label + unread),
            empty=self.finds.empty(self._place, _ALL_READ if unread else _EMPTY[self._place.kind]),
            fresh=fresh,
            lit=self.finds.lit(self._place),
            said=self.finds.said,
        )

    def _rows(self, *, unread: bool | None = None) -> Sequence[HeadlineRow]:
        kind = self._place.kind
        only_unread = (self._unread_only or kind == "unread") if unread is None else unread
        if not only_unread and (whole := self.finds.as_found(self._place, self._kept)) is not None:
            return whole
        rows = self._desk.rows(
            feed=self._place.feed,
            feeds=self._feeds_of(self._place),
            unread=only_unread,
            starred=kind == "starred",
            claims=kind == "claims",
            since=datetime.now(UTC) - TODAY if kind == "today" else None,
            among=self.finds.among(self._place, self._kept),
            keeping=self._kept if unread is None else frozenset(),
        )
        return self.finds.in_order(self._place, rows)

    def _feeds_of(self, place: Place) -> frozenset[int] | None:
        """The feeds of a folder; None for every other place."""
        if place.kind != "folder":
            return None
        branch = branch_at(self._desk.feed_tree(), place.folder)
        return branch.numbers if branch else frozenset()

    def _places(self) -> list[Place]:
        places = self.finds.with_watched(places_of(self._desk, self.running.busy))
        return self.finds.with_search(places)

    def _show_masthead(self) -> None:
        sample = " · sample desk: nothing on it is kept" if self._desk.is_sample else ""
        self._masthead.show(
            self._place.label + sample,
            unread=self._summary.unread,
            failing=self._summary.failing,
            fetched=self._summary.fetched,
            progress=self.running.progress,
        )

    # -------------------------------------------------------- choosing

    def choose(self, place: Place) -> None:
        """List the articles of another place."""
        if place.key != self._place.key:
            self._place = place
            self.finds.filter.stop()
            self._show_articles(fresh=True)
            self._show_masthead()

    @property
    def place(self) -> Place:
        """What is listed."""
        return self._place

    def show_found(self, *, fresh: bool) -> None:
        """List what the search found: ``fresh`` where it is another one than before."""
        if self._place.kind != "search" and fresh:
            self._before_search = _Standpoint(
                self._place,
                frozenset(self._kept),
                self._unread_only,
                self._articles.highlighted,
                self._articles.screen_row,
            )
            self.finds.filter.stop()
            self._unread_only = False  # who looks for something looks among what was read too
        if fresh:
            self._place = Place("search", None, "")
        self.show(fresh=fresh)
        if fresh:
            self._tree.choose("search")
            self._articles.action_top()

    def end_search(self) -> bool:
        """Go back to the list before the search, as it was; False where no search is listed."""
        before = self._before_search
        self.finds.search.stop()
        if self._place.kind != "search" or before is None:
            return False
        self._place, self._unread_only = before.place, before.unread_only
        self._show_articles(fresh=True)
        self._kept.update(before.kept)
        self.show()
        self._tree.choose_again(self._place)
        if before.here is not None:
            self._articles.return_to(before.here, screen_row=before.screen_row)
        return True

    def go_to_feed(self, number: int) -> None:
        """List a feed's articles."""
        self.show()
        self._tree.choose("feed", number)

    def toggle_unread_only(self) -> str:
        """List unread articles only, or all again; say which."""
        self._unread_only = not self._unread_only
        self._show_articles(fresh=True)
        return "unread only" if self._unread_only else "all, read ones too"

    def row(self, opened: OpenedArticle | None) -> HeadlineRow | None:
        """The row of the open article as it stands now."""
        if opened is None:
            return None
        index = self._desk.columns.index(opened.article.headline.id)
        return None if index is None else self._desk.columns.row(index)

    def listed(self) -> list[HeadlineRow]:
        """What the list holds, newest first; of a very long one the beginning."""
        return list(islice(self._rows(), MOST_WALKED))

    def everything(self) -> list[HeadlineRow]:
        """All articles, newest first; of very many the beginning."""
        return list(islice(self._desk.rows(), MOST_WALKED))

    def follow(self, row: HeadlineRow) -> None:
        """Put the list's cursor on an article that was opened by other means, if it is listed."""
        self._articles.follow(row)

    def unread_rows(self) -> list[HeadlineRow]:
        """What is unread in the list."""
        return list(self._rows(unread=True))

    def never_fetched(self) -> list[int]:
        """Feeds that nobody ever tried to fetch."""
        states = self._desk.fetch_states()
        feeds = (feed for feed in self._desk.feeds() if feed.is_fetched and not feed.paused)
        return [feed.number for feed in feeds if feed.number not in states]

    # -------------------------------------------------------- marking

    async def mark(
        self,
        rows: Sequence[HeadlineRow],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        undoable: bool = True,
    ) -> str:
        """Mark articles and say so; they stay in the list, so that nothing moves."""
        articles = [(row.feed, row.id) for row in rows]
        # Before it is waited for: a list that is begun meanwhile holds what it holds.
        self._kept.update(row.id for row in rows)
        await self._desk.mark(articles, read=read, starred=starred)
        said = _said(len(rows), read, starred)
        if undoable:
            before = [(row, row.read, row.starred) for row in rows]
            self._undo.append((said, lambda: self._mark_back(before)))
        self.show()
        return said

    async def delete(self, rows: Sequence[HeadlineRow]) -> tuple[str, list[HeadlineRow]]:
        """Delete articles; what to say of it, and which are gone."""
        deletion = await self._desk.delete_articles([(row.feed, row.id) for row in rows])
        gone = {deleted.headline.id for deleted in deletion.deleted}
        if gone:
            deleted = f"{len(gone)} articles deleted" if len(gone) > 1 else "deleted"
            self._undo.append((deleted, lambda: self._bring_back(rows[0], deletion)))
        self.show()
        return deletion.said, [row for row in rows if row.id in gone]

    def remember(self, said: str, take_back: Callable[[], Awaitable[None]]) -> None:
        """Let undo take back what was done elsewhere: ``said`` names it."""
        self._undo.append((said, take_back))

    async def undo(self) -> str:
        """Take back the last marking or deletion."""
        if not self._undo:
            return "nothing to undo in the lists"
        # Taken off first: the key may come again before this one is done.
        said, take_back = step = self._undo.pop()
        try:
            await take_back()
        except BaseException:
            self._undo.append(step)
            raise
        self.show()
        return f"took back: {said}"

    async def _bring_back(self, row: HeadlineRow, deletion: Deletion) -> None:
        await self._desk.restore_articles(deletion)
        self.show()
        self._articles.follow(row)

    async def _mark_back(self, before: Sequence[tuple[HeadlineRow, bool, bool]]) -> None:
        for read in (True, False):
            for starred in (True, False):
                rows = [row for row, was, star in before if (was, star) == (read, starred)]
                if rows:
                    articles = [(row.feed, row.id) for row in rows]
                    await self._desk.mark(articles, read=read, starred=starred)


def _said(count: int, read: bool | None, starred: bool | None) -> str:
    what = f"{count} articles " if count > 1 else ""
    if starred is not None:
        return f"{what}starred" if starred else f"{what}star removed"
    return f"{what}marked read" if read else f"{what}marked unread"
