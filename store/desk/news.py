"""The half of a desk that reads: its feeds, its articles in lists, and what was found damaged."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
    Callable,
    Collection,
    Coroutine,
    Iterable,
    Mapping,
)
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from store.desk.feed_folders import FeedFolders
from store.desk.lane import Lane
from store.errors import DeskError, NotConnected
from store.feeds.folders import Branch, Path
from store.model import Feed, FetchBegun, FetchState, Noticed, Outcome
from store.settings import Folders
from store.shelf.columns import Columns, Rows
from store.shelf.errors import ShelfError
from store.shelf.shelf import Mark, Shelf
from store.shelf.wishes import Wish

if TYPE_CHECKING:
    from store.desk.adding import Adding
    from store.desk.deleting import Deletion
    from store.desk.finding import Finder
    from store.desk.labels import Labels
    from store.desk.orders import Orders
    from store.desk.views import Views
    from store.desk.watching import Watched

_AT_A_TIME = 1_000
"""Articles that are marked in one go."""


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

    def show_folders(self, folders: Iterable[Path]) -> None:
        """Put what is in these folders into sight until the end, as a feed in them is wanted."""
        self._feed_folders.show(folders)

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

    @property
    def has_watch_words(self) -> bool:
        """Whether anything is watched for; known before it is looked for."""
        try:
            return any(word.on for word in self._shelf.interests.watch_words.all())
        except ShelfError:
            return False

    @cached_property
    def finder(self) -> Finder:
        """Finds articles; claims count, so it is the whole desk that has it."""
        raise NotImplementedError

    @cached_property
    def orders(self) -> Orders:
        """How each list is sorted."""
        from store.desk.orders import Orders

        return Orders(self._lane, self.columns, self.folders)

    async def refresh(
        self, feeds: Collection[int] | None = None, *, due: bool = False
    ) -> AsyncIterator[Outcome | FetchBegun | Noticed]:
        """Fetch these feeds, or all, or all that are due, in the worker process.

        Yields how each went as it is known. Where feeds are not named, it first tells which are
        asked, and in words which are left alone; last, what the person wants to be told of.

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
        The articles in ``keeping`` stay in the list when they are read, or lose star or claims, so
        that nothing moves under the reader's eyes.
        """
        columns = self.columns
        rows = (columns.index(article) for article in keeping)
        order = columns.order(
            feed=feed,
            feeds=feeds,
            unread=unread,
            starred=starred,
            claims=claims,
            since=since,
            among=among,
            keeping=frozenset(row for row in rows if row is not None),
        )
        return Rows(columns, order)

    async def take_in_changes(self) -> bool:
        """Take in what other processes wrote since the last look; say whether that was much."""
        return await self._lane.run(self.columns.refresh)

    def mark(
        self,
        articles: Iterable[tuple[int, int]],
        *,
        read: bool | None = None,
        starred: bool | None = None,
        told: Callable[[int], None] | None = None,
    ) -> Coroutine[None, None, None]:
        """Mark articles, given as (feed, article), read or starred or neither.

        Lists show it from now on; what is returned saves it. Of very many some at a time are
        saved, so that others may use the desk in between; ``told`` hears how many are done. An
        article that is marked anew meanwhile is marked as was asked for last. Who stops waiting,
        as when the window closes, stops none of it: all are saved before the desk is closed.

        Raises:
            DeskError: Not all could be saved; lists show what is on disk again.
        """
        wanted = list(dict.fromkeys(articles))
        wish = Wish(read=read, starred=starred)
        self.columns.anticipate(wish, [article for _, article in wanted])
        return self._save_marks(wish, wanted, told)

    async def _save_marks(
        self, wish: Wish, wanted: list[tuple[int, int]], told: Callable[[int], None] | None
    ) -> None:
        if len(wanted) > _AT_A_TIME:  # what lies in one file is written at once
            wanted.sort(key=lambda one: self.columns.segment_of(one[1]) or "")
        start = 0
        try:
            for start in range(0, len(wanted), _AT_A_TIME):
                left = self._left_of(wish, wanted[start : start + _AT_A_TIME])
                if left and start and told is not None:
                    told(start)
                if left:
                    await self._lane.run(self._save, wish, left)
        except asyncio.CancelledError:
            # Those under way among them: what did not begin yet was called off.
            self._lane.ask(self._save, wish, self._left_of(wish, wanted[start:]))
            raise
        except DeskError:
            with suppress(DeskError):
                await self._lane.run(self.columns.given_up, wish, [one[1] for one in wanted])
            raise

    def _left_of(self, wish: Wish, some: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Mark]:
        """What is still to be saved of marks, without those that others took the place of."""
        left = ((one, self.columns.still_wished(wish, one[1])) for one in some)
        return {
            one: Mark(read=part.read, starred=part.starred)
            for one, part in left
            if part.read is not None or part.starred is not None
        }

    def _save(self, wish: Wish, marks: Mapping[tuple[int, int], Mark]) -> None:
        self._shelf.mark(marks)
        self.columns.settled(wish, [article for _, article in marks])
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
