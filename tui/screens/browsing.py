"""Which articles are listed: the place chosen, what is unread in it, and the marks put on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from store.desk import Desk, OpenedArticle
from store.feeds.folders import branch_at
from store.model import HeadlineRow
from store.shelf.rows import Rows
from tui.screens.finds import Finds
from tui.screens.list_marks import ArticleKey
from tui.screens.next_place import next_with_unread
from tui.screens.ordering import Ordering
from tui.screens.places import TODAY, Summary, places_of, summary_of
from tui.screens.running_fetch import RunningFetch
from tui.screens.story_marks import StoryMarks
from tui.widgets.article_list import ArticleList, ReadRange
from tui.widgets.feed_tree import FeedTree, Place
from tui.widgets.status import Masthead

MOST_WALKED = 5_000
"""Articles that a walk over many looks at; nobody walks further in one go."""
_FEW = 20
"""Articles that are looked for in a list one by one."""
_EMPTY = {
    "unread": "Nothing unread. ‹R:desk.refresh› fetches, ‹+:desk.add_feed› adds a feed.",
    "today": "Nothing in the last 24 hours. ‹R:desk.refresh› fetches.",
    "starred": "Nothing starred yet: ‹f:list.star› stars an article.",
    "claims": "No article with a claim yet: ‹s:tag.signal› tags a sentence.",
    "watched": "No article says a watch word. ‹I:desk.interests› lists the words.",
    "all": "No articles yet. ‹R:desk.refresh› fetches, ‹+:desk.add_feed› adds a feed.",
    "search": "Nothing is found.",
    "view": "Nothing that this view looks for.",
    "folder": "No articles in this folder yet. ‹R:desk.refresh› fetches.",
    "feed": "No articles in this feed yet. ‹r:list.refresh› fetches it.",
}
_COMING = "The first articles are being fetched."
_ALL_READ = "Nothing unread here: ‹t:list.unread_only› shows all."


@dataclass(frozen=True)
class _Standpoint:
    """Where somebody was before they searched."""

    place: Place
    kept: frozenset[int]
    unread_only: bool
    here: HeadlineRow | None
    screen_row: int


class Browsing(StoryMarks):
    """The two lists and the head line, shown from the desk's columns."""

    def __init__(
        self, desk: Desk, tree: FeedTree, articles: ArticleList, masthead: Masthead
    ) -> None:
        super().__init__(desk, articles)
        self.running = RunningFetch(desk, self.show)
        """The fetch that brings what is listed here."""
        self.finds = Finds(desk)
        """What the lists are narrowed to by queries."""
        self.ordering = Ordering(desk)
        self._before_search: _Standpoint | None = None
        self._tree = tree
        self._masthead = masthead
        self._place = Place("unread", None, "Unread")
        self._summary = Summary(None, 0, None)
        self._unread_only = False
        self._places_seen: list[Place] = []

    # -------------------------------------------------------- showing

    def show(self, *, fresh: bool = False) -> None:
        """Show both lists as things stand; ``fresh`` begins a list, else the place is kept."""
        self._show_places()
        self._show_articles(fresh=fresh)
        self._show_summary()

    def show_marks(self, articles: Sequence[ArticleKey]) -> None:
        """The same where articles were marked: if none of them comes or goes, no row does."""
        few = len(articles) <= _FEW
        if few and all(one in self._kept and self._is_listed(one) for _, one in articles):
            self._show_places()
            self._articles.show_marks()
            self._show_summary()
        else:
            self.show()

    def _is_listed(self, article: int) -> bool:
        return self._listed.find(article) is not None

    def _show_places(self) -> None:
        places = self._places()
        self._place = next((one for one in places if one.key == self._place.key), places[0])
        self._tree.show(places)

    def _show_summary(self) -> None:
        self._summary = summary_of(self._desk)
        self._show_masthead()
        self.shown()

    def _show_articles(self, *, fresh: bool = False) -> None:
        if fresh:
            self._kept.clear()
            self.finds.begin()
            self.folds.begin()
        names, feed = self._desk.feed_names(), self._place.feed
        shown = names if feed is None else {feed: names.get(feed, "")}
        unread = " unread" if self._unread_only and self._place.kind != "unread" else ""
        here = None if fresh else self._articles.highlighted
        self._listed = self.folds.folded(self._place.kind, self._rows(), here)
        self._articles.show(
            self._listed,
            shown,
            datetime.now(UTC),
            title=self.finds.title(self._place, self._place.label + unread)
            + self.ordering.told(self._place),
            empty=self.finds.empty(self._place, self._told_of_nothing(bool(unread))),
            fresh=fresh,
            lit=self.finds.lit(self._place),
            said=self.finds.said,
            find=self._listed.find,
        )

    def _told_of_nothing(self, only_unread: bool) -> str:
        if self.running.brings_first and not len(self._desk.columns):
            return _COMING
        return _ALL_READ if only_unread else _EMPTY[self._place.kind]

    def _rows(self) -> Rows:
        kind = self._place.kind
        only_unread = self._unread_only or kind == "unread"
        if not only_unread and (whole := self.finds.as_found(self._place, self._kept)) is not None:
            return whole
        rows = self._desk.rows(
            feed=self._place.feed,
            feeds=self.feeds_of(self._place),
            unread=only_unread,
            starred=kind == "starred",
            claims=kind == "claims",
            since=datetime.now(UTC) - TODAY if kind == "today" else None,
            among=self.finds.among(self._place, self._kept),
            keeping=self._kept,
        )
        if kind == "search":
            return self.finds.in_order(self._place, rows)
        return self.ordering.arranged(self._place, rows)

    def feeds_of(self, place: Place) -> frozenset[int] | None:
        """The feeds of a folder; None for every other place."""
        if place.kind != "folder":
            return None
        branch = branch_at(self._desk.feed_tree(), place.folder)
        return branch.numbers if branch else frozenset()

    def _places(self) -> list[Place]:
        self._places_seen = self.finds.with_watched(places_of(self._desk, self.running.busy))
        return self.finds.with_search(self._places_seen)

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
            self._show_answer()
        else:
            self.show()

    def _show_answer(self) -> None:
        """Show the search that was just answered: nothing else on the desk changed by it."""
        places = self.finds.with_search(self._places_seen)
        self._place = next((one for one in places if one.kind == "search"), self._place)
        self._tree.show(places)
        self._show_articles(fresh=True)
        self._show_masthead()
        self._tree.choose("search")
        self._articles.action_top()

    def end_search(self) -> bool:
        """Go back to the list before the search, as it was; False where no search is listed."""
        before = self._before_search
        if self._place.kind != "search" or before is None:
            self.finds.search.stop()
            return False
        self._place, self._unread_only = before.place, before.unread_only
        self._tree.choose_again(self._place)  # before the row of the search is taken away
        self.finds.search.stop()
        self._show_articles(fresh=True)
        self._kept |= before.kept
        self.show()
        if before.here is not None:
            self._articles.return_to(before.here, screen_row=before.screen_row)
        return True

    def go_to_feed(self, number: int) -> None:
        """List a feed's articles."""
        folders = next((one.folders for one in self._desk.feeds() if one.number == number), ())
        self._desk.show_folders(folders[:1])
        self.show()
        self._tree.choose("feed", number)

    def toggle_unread_only(self) -> str:
        """List unread articles only, or all again; say which."""
        self._unread_only = not self._unread_only
        self._show_articles(fresh=True)
        return "unread only" if self._unread_only else "all, read ones too"

    async def sort(self, *, reverse: bool) -> str:
        """List in the next order, or this one turned around; say which.

        Raises:
            DeskError: It is done, but cannot be remembered.
        """
        try:
            return await self.ordering.turn(self._place, reverse=reverse)
        finally:
            self.show()

    def go_on(self, direction: int) -> Place | None:
        """List the next place that has unread articles; None if there is none."""
        place = next_with_unread(self._places(), self._place, direction)
        if place is not None:
            self.choose(place)
            self._tree.choose_again(place)
        return place

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

    def unread_listed(self, where: ReadRange, index: int) -> list[tuple[int, int]]:
        """Feed and article of what is unread in the list, or above or below one of its rows."""
        order = self._listed.order
        among = {"all": order, "above": order[:index], "below": order[index + 1 :]}[where]
        columns = self._desk.columns
        return columns.articles(columns.unread(self.folds.with_folded(self._listed, among)))

    def never_fetched(self) -> list[int]:
        """Feeds that nobody ever tried to fetch."""
        states = self._desk.fetch_states()
        feeds = (feed for feed in self._desk.feeds() if feed.is_fetched and not feed.paused)
        return [feed.number for feed in feeds if feed.number not in states]
