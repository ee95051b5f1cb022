"""A desk's feeds, looked after by a person: how they fare, how and where they are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, Literal

from msgspec.structs import asdict, replace

from store.desk.feed_figures import minutes_told
from store.desk.feed_health import FeedHealth, health_of_all
from store.desk.feed_steps import GONE, FeedStep, FeedSteps
from store.desk.lane import Lane
from store.desk.readdressing import at_address
from store.desk.unsubscribing import Leaving, bring_back, counted, leaving, unsubscribe
from store.errors import DeskError
from store.feeds.choosing import due_feeds
from store.feeds.folders import (
    Branch,
    Path,
    branch_at,
    feed_moved,
    folder_moved,
    path_told,
    renamed,
    tree_of,
)
from store.feeds.moving import moved_back
from store.model import Feed, FolderPlace, Value
from store.settings import Settings
from store.shelf.columns import Columns
from store.shelf.shelf import Shelf

Setting = Literal["minutes", "megabytes", "full_text", "paused"]


class FeedSettings(Value, frozen=True, kw_only=True):
    """All that a person can set for a feed; the same names as in ``Feed``."""

    own_title: str = ""
    folders: tuple[Path, ...] = ()
    minutes: int = 0
    megabytes: int = 0
    full_text: bool = False
    paused: bool = False
    keep_days: int = 0
    keep_articles: int = 0

    @classmethod
    def of(cls, feed: Feed) -> FeedSettings:
        """What is set for it now."""
        said = asdict(feed)
        return cls(**{name: said[name] for name in cls.__struct_fields__})


class FolderThere(DeskError):
    """A folder of the name wanted is there already; the two can be put together."""


class FeedCare:
    """Reads how feeds fare and changes what is set for them; every change can be taken back.

    Every method may raise DeskError.
    """

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        columns: Columns,
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        self.usual = settings.minutes
        """Minutes between two fetches of a feed for which the person set no other."""
        self._lane = lane
        self._shelf = shelf
        self._columns = columns
        self._clock = clock
        self._steps = FeedSteps(shelf)
        self._read_at = -1
        """The desk's generation when the rows were read."""

    async def rows(self) -> list[FeedHealth]:
        """How every feed fares, those first that want to be looked at."""
        return await self._lane.run(self._rows)

    async def has_news(self) -> bool:
        """Whether anything was written to the desk since the rows were read; costs one look."""
        return await self._lane.run(lambda: self._shelf.generation() != self._read_at)

    def _rows(self) -> list[FeedHealth]:
        self._read_at = self._shelf.generation()
        return health_of_all(self._shelf, self._columns, usual=self.usual, now=self._clock())

    async def due(self) -> list[int]:
        """The feeds that may be asked now without anybody asking for them."""
        return await self._lane.run(self._due)

    def _due(self) -> list[int]:
        feeds, states = self._shelf.feeds(), self._shelf.fetch_states()
        chosen = due_feeds(feeds, states, self._clock(), usual=self.usual)
        return [feed.number for feed in chosen.feeds]

    # ------------------------------------------------------------ changes

    async def set_minutes(self, feed: int, minutes: int) -> str:
        """Ask the feed no more often than this, 0 for as often as the others; say what was done."""
        told = f"every {minutes_told(minutes)}" if minutes else "as often as the others"
        return await self._lane.run(self._set, feed, "minutes", minutes, f"fetched {told}")

    async def set_megabytes(self, feed: int, megabytes: int) -> str:
        """Take no more than this of its document, 0 for the usual; say what was done."""
        told = f"up to {megabytes} MB" if megabytes else "up to the usual size"
        return await self._lane.run(self._set, feed, "megabytes", megabytes, f"read {told}")

    async def switch_full_text(self, feed: int) -> str:
        """Fetch the page of each new article with it, or no longer; say what was done."""
        return await self._lane.run(self._switch, feed, "full_text", _FULL_TEXT)

    async def switch_paused(self, feed: int) -> str:
        """Fetch it only when it is asked for by name, or by itself again; say what was done."""
        return await self._lane.run(self._switch, feed, "paused", _PAUSED)

    async def move_back(self, feed: int) -> str:
        """Give it the address that it had before its publisher moved it; say what was done.

        It is not moved to the same place again, and fetched anew where it is.
        """
        return await self._lane.run(self._move_back, feed)

    async def edit(self, feed: int, settings: FeedSettings, address: str | None = None) -> str:
        """Set all of this for a feed, in one step; say what was done.

        ``address`` is what was typed as the one where it is fetched; None: where it is now.
        """
        return await self._lane.run(self._edit, feed, settings, address)

    # ------------------------------------------------------------ places

    async def move_feed(self, feed: int, folder: Path, by: int) -> str:
        """Let a feed go up (-1) or down (1) among its neighbours in a folder."""
        return await self._lane.run(self._move_feed, feed, folder, by)

    async def move_folder(self, folder: Path, by: int) -> str:
        """Let a folder go up (-1) or down (1) among its neighbours."""
        return await self._lane.run(self._move_folder, folder, by)

    async def rename_folder(self, folder: Path, name: Path, *, merge: bool = False) -> str:
        """Call a folder otherwise, or put it into another, with all that stands in it.

        Raises:
            FolderThere: There is one of that name, and ``merge`` does not say that it is meant.
        """
        return await self._lane.run(self._rename_folder, folder, name, merge)

    # ------------------------------------------------------------ leaving

    async def leaving(self, feeds: Collection[int]) -> Leaving:
        """What unsubscribing from these feeds would mean."""
        return await self._lane.run(leaving, self._shelf, self._columns, feeds)

    async def unsubscribe(self, feeds: Collection[int]) -> str:
        """Unsubscribe from these feeds, in one step; say what was done."""
        return await self._lane.run(self._unsubscribe, feeds)

    # ------------------------------------------------------------ taking back

    @property
    def last_step(self) -> FeedStep | None:
        """What was done last and not taken back."""
        return self._steps.last

    async def undo(self, step: FeedStep | None = None) -> str:
        """Take that step back, or the last one; say which."""
        return await self._lane.run(self._take_back, step)

    def _take_back(self, step: FeedStep | None) -> str:
        said = self._steps.undo(step)
        self._columns.refresh()
        return said

    def _edit(self, number: int, wanted: FeedSettings, typed: str | None) -> str:
        feed = self._present(number)
        there = feed if typed is None else at_address(feed, typed, self._shelf.feeds())
        own = "" if wanted.own_title == feed.title else wanted.own_title
        changed = replace(there, **{**asdict(wanted), "own_title": own})
        if changed == feed:
            return f"{feed.name}: nothing changed"
        if changed.folders != feed.folders:
            changed = replace(changed, place=0)  # among other neighbours it has no place yet
        return self._steps.change(f"{changed.name}: saved", [changed])

    def _tree(self) -> Branch:
        order = [one.path for one in self._shelf.interests.folders.all()]
        return tree_of(self._shelf.feeds(), order)

    def _move_feed(self, number: int, folder: Path, by: int) -> str:
        feed = self._present(number)
        if (moved := feed_moved(self._tree(), folder, number, by)) is None:
            return f"{feed.name} stands {'first' if by < 0 else 'last'} here"
        return self._steps.change(f"{feed.name} moved {_way(by)}", moved)

    def _move_folder(self, folder: Path, by: int) -> str:
        if (moved := folder_moved(self._tree(), folder, by)) is None:
            return f"{folder[-1]} stands {'first' if by < 0 else 'last'} here"
        places = tuple(FolderPlace(path=path) for path in moved)
        folders = self._shelf.interests.folders
        before = folders.all()
        folders.change(lambda _now: places)
        said = f"{folder[-1]} moved {_way(by)}"

        def put_back() -> None:
            folders.change(lambda _now: before)

        return self._steps.remember(said, put_back)

    def _rename_folder(self, folder: Path, name: Path, merge: bool) -> str:
        if not name:
            raise DeskError("A folder needs a name; e on a feed takes it out of its folder.")
        if name == folder:
            return f"{folder[-1]}: nothing changed"
        tree = self._tree()
        if branch_at(tree, folder) is None:
            raise DeskError(f"There is no folder {path_told(folder)} any more.")
        is_there = branch_at(tree, name) is not None and name[: len(folder)] != folder
        if is_there and not merge:
            raise FolderThere(f"There is a folder {path_told(name)} already.")
        said = f"{path_told(folder)} is {'part of ' if is_there else ''}{path_told(name)} now"
        return self._steps.change(said, lambda feeds: renamed(feeds, folder, name))

    def _unsubscribe(self, numbers: Collection[int]) -> str:
        what = leaving(self._shelf, self._columns, numbers)
        if not what.feeds:
            raise DeskError(GONE)
        left = unsubscribe(self._shelf, [feed.number for feed in what.feeds])
        self._columns.refresh()
        staying = f" · {counted(what.staying, 'stay')}" if what.staying else ""
        self._steps.remember(
            f"unsubscribed from {what.name}", lambda: bring_back(self._shelf, left)
        )
        return f"unsubscribed from {what.name}{staying} · u takes it back"

    def _move_back(self, number: int) -> str:
        feed = self._present(number)
        if not feed.moved_from:
            raise DeskError("This feed was never moved to another address.")
        for other in self._shelf.feeds():
            if other.address == feed.moved_from[-1]:
                raise DeskError(f"{other.name} has that address now; unsubscribe from it first.")
        back = self._shelf.change_feed(number, lambda now: moved_back(now) if now == feed else now)
        self._shelf.forget_validators(number)
        return f"{back.name} is fetched at {back.address} again"

    def _switch(self, feed: int, setting: Setting, told: tuple[str, str]) -> str:
        on = not getattr(self._present(feed), setting)
        return self._set(feed, setting, on, told[on])

    def _set(self, number: int, setting: Setting, value: Any, said: str) -> str:
        feed = self._present(number)
        if not feed.is_fetched:
            raise DeskError(f"{feed.name} is not fetched: its pages come one by one.")
        return self._steps.change(f"{feed.name}: {said}", [replace(feed, **{setting: value})])

    def _present(self, number: int) -> Feed:
        feed = self._shelf.feed(number)
        if feed is None:
            raise DeskError(GONE)
        return feed


def _way(by: int) -> str:
    return "up" if by < 0 else "down"


_FULL_TEXT = ("text as the feed brings it", "full text fetched with each new article")
_PAUSED = ("fetched by itself again", "paused, r fetches it all the same")
