"""The half of a desk that reads: its feeds, its articles in lists, and what was found damaged."""

from __future__ import annotations

from bisect import insort
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from store.desk.feed_folders import FeedFolders
from store.desk.lane import Lane
from store.errors import DeskError, NotConnected
from store.feeds.folders import Branch, Path
from store.model import Feed, FetchBegun, FetchState, Outcome
from store.settings import Folders
from store.shelf.columns import Columns, Rows
from store.shelf.shelf import Mark, Shelf

if TYPE_CHECKING:
    from store.desk.adding import Adding
    from store.desk.deleting import Deletion
    from store.desk.labels import Labels
    from store.desk.views import Views
    from store.desk.watching import Watched


class NewsDesk:
    """Feeds and articles of a desk; nothing here knows of claims."""

    def __init__(self, shelf: Shelf, folders: Folders) -> None:
        self.folders = folders
        self.columns: Columns = shelf.columns()
        self._shelf = shelf
        self._lane = Lane()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be saved here."""
        return self._shelf.read_only

    def notices(self) -> tuple[str, ...]:
        """What was found damaged and set aside, here or while nobody looked; each told once."""
        untold = self._shelf.untold()
        if untold:
            self._shelf.forget_untold(untold)
        return tuple(dict.fromkeys((*untold, *self._shelf.notices())))

    async def later_notices(self) -> tuple[str, ...]:
        """The same, for what is found while the desk is open."""
        return await self._lane.run(self.notices)

    def feeds(self) -> tuple[Feed, ...]:
        """The subscriptions, in the order they were made."""
        return self._shelf.feeds()

    def feed_names(self) -> Mapping[int, str]:
        """What each feed is called, also those that were unsubscribed from."""
        return self._feed_folders.names()

    def feed_tree(self) -> Branch:
        """The subscriptions in their folders, in order."""
        return self._feed_folders.tree()

    def folded(self) -> frozenset[Path]:
        """The folders whose feeds are out of sight."""
        return self._feed_folders.folded

    async def fold(self, folder: Path, *, folded: bool) -> None:
        """Put the feeds of a folder out of sight, or into it; remembered from start to start.

        Raises:
            DeskError: It cannot be remembered; it is so until the end all the same.
        """
        await self._lane.run(self._feed_folders.fold, folder, folded)

    @cached_property
    def _feed_folders(self) -> FeedFolders:
        return FeedFolders(self._shelf, self.folders)

    def fetch_states(self) -> Mapping[int, FetchState]:
        """How the last attempts went, by feed number."""
        return self._shelf.fetch_states()

    @cached_property
    def adding(self) -> Adding:
        """Subscribes, and takes lists of feeds in."""
        from store.desk.adding import Adding

        return Adding(self._lane, self._shelf, self.folders.desk)

    @cached_property
    def views(self) -> Views:
        """Saved views: what each finds, and how much of that is unread."""
        from store.desk.views import Views

        return Views(self._lane, self._shelf, self.columns, lambda: self.finder)

    @cached_property
    def labels(self) -> Labels:
        """What the person files articles under."""
        from store.desk.labels import Labels

        return Labels(self._lane, self._shelf, self.columns)

    @cached_property
    def watched(self) -> Watched:
        """Which articles say a watch word."""
        from store.desk.watching import Watched

        return Watched(self._lane, self._shelf, self.columns, lambda: self.finder)

    async def refresh(
        self, feeds: Collection[int] | None = None, *, due: bool = False
    ) -> AsyncIterator[Outcome | FetchBegun]:
        """Fetch these feeds, or all, or all that are due, in the worker process.

        Yields how each went as it is known. Where feeds are not named, it first tells which are
        asked, and in words which are left alone.

        Raises:
            NotConnected: No host could be reached; those feeds are as they were.
            DeskError: The worker had to stop, as when the disk is full.
        """
        from store.worker import FetchStopped, fetching

        if feeds is not None and not feeds:
            return
        async for line in fetching(self.folders.desk, feeds, due=due):
            if isinstance(line, FetchStopped):
                raise NotConnected(line.reason) if line.offline else DeskError(line.reason)
            yield line

    def rows(
        self,
        *,
        feed: int | None = None,
        feeds: frozenset[int] | None = None,
        unread: bool = False,
        starred: bool = False,
        claims: bool = False,
        since: datetime | None = None,
        among: Collection[int] | None = None,
        keeping: Collection[int] = (),
    ) -> Rows:
        """Headlines, newest first, that meet every condition given.

        ``among`` are row numbers of the columns, as a query finds them.
        The articles in ``keeping`` stay in the list when they are read or lose their star, so
        that nothing moves under the reader's eyes.
        """
        columns = self.columns
        order = columns.order(
            feed=feed,
            feeds=feeds,
            unread=unread,
            starred=starred,
            claims=claims,
            since=since,
            among=among,
        )
        for article in keeping:
            index = columns.index(article)
            if index is None:
                continue
            row = columns.row(index)
            left = (unread and row.read) or (starred and not row.starred)
            elsewhere = feed not in (None, row.feed) or not (feeds is None or row.feed in feeds)
            left = left and not elsewhere and (among is None or index in among)
            if left and (since is None or row.at >= since):
                insort(order, index, key=lambda i: -columns.row(i).at.timestamp())
        return Rows(columns, order)

    async def take_in_changes(self) -> bool:
        """Take in what other processes wrote since the last look; say whether that was much."""
        return await self._lane.run(self.columns.refresh)

    async def mark(
        self,
        articles: Iterable[tuple[int, int]],
        *,
        read: bool | None = None,
        starred: bool | None = None,
    ) -> None:
        """Mark articles, given as (feed, article), read or starred or neither."""
        marks = dict.fromkeys(articles, Mark(read=read, starred=starred))
        await self._lane.run(self._mark, marks)

    def _mark(self, marks: Mapping[tuple[int, int], Mark]) -> None:
        self._shelf.mark(marks)
        self.columns.refresh()

    async def delete_articles(self, articles: Iterable[tuple[int, int]]) -> Deletion:
        """Delete articles, given as (feed, article); those with a star or with claims stay.

        Raises:
            DeskError: They could not be deleted.
        """
        from store.desk.deleting import delete

        deletion = await self._lane.run(delete, self._shelf, tuple(articles))
        await self.take_in_changes()
        return deletion

    async def restore_articles(self, deletion: Deletion) -> None:
        """Bring back what was deleted.

        Raises:
            DeskError: It could not be brought back.
        """
        await self._lane.run(self._shelf.restore_articles, deletion.deleted)
        await self.take_in_changes()
