"""A desk's feeds, looked after by a person: how they fare, how often and how they are fetched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from msgspec.structs import replace

from store.desk.feed_health import FeedHealth, health_of_all
from store.desk.lane import Lane
from store.errors import DeskError
from store.feeds.moving import moved_back
from store.feeds.schedule import is_due
from store.model import Feed, Value
from store.settings import FEWEST_MINUTES, MOST_MEGABYTES, MOST_MINUTES, Settings
from store.shelf.columns import Columns
from store.shelf.shelf import Shelf

_MINUTES_A_UNIT = {"m": 1, "min": 1, "h": 60, "d": 24 * 60}

Setting = Literal["minutes", "megabytes", "full_text", "paused"]


class _Change(Value, frozen=True, kw_only=True):
    """What undo puts back: one setting of one feed."""

    said: str
    feed: int
    setting: Setting
    before: Any


class FeedCare:
    """Reads how feeds fare and changes their settings; every such change can be taken back.

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
        self._undo: list[_Change] = []
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
        now, states = self._clock(), self._shelf.fetch_states()
        return [
            feed.number
            for feed in self._shelf.feeds()
            if is_due(feed, states.get(feed.number), now, usual=self.usual)
        ]

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

    async def undo(self) -> str:
        """Take the last change back; say which."""
        return await self._lane.run(self._take_back)

    def _move_back(self, number: int) -> str:
        feed = self._present(number)
        if not feed.moved_from:
            raise DeskError("This feed was never moved by its publisher.")
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
        before = getattr(feed, setting)
        self._put(number, setting, value)
        said = f"{feed.name}: {said}"
        self._undo.append(_Change(said=said, feed=number, setting=setting, before=before))
        return said

    def _take_back(self) -> str:
        if not self._undo:
            return "nothing to undo among the feeds"
        last = self._undo[-1]
        self._put(last.feed, last.setting, last.before)
        self._undo.pop()
        return f"took back: {last.said}"

    def _put(self, number: int, setting: Setting, value: Any) -> None:
        self._shelf.change_feed(number, lambda feed: replace(feed, **{setting: value}))

    def _present(self, number: int) -> Feed:
        feed = self._shelf.feed(number)
        if feed is None:
            raise DeskError("This feed is no longer on the desk: it was unsubscribed elsewhere.")
        return feed


_FULL_TEXT = ("text as the feed brings it", "full text fetched with each new article")
_PAUSED = ("fetched by itself again", "paused, r fetches it all the same")


def typed_minutes(typed: str) -> int:
    """What "90", "2h", "1 d" or nothing mean, in minutes; nothing is 0, as often as the others.

    Raises:
        DeskError: It is no time, or too short or too long a one.
    """
    text = typed.strip().lower()
    if not text:
        return 0
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz ")
    unit = text[len(number) :].strip() or "m"
    if not (number.isascii() and number.isdigit() and unit in _MINUTES_A_UNIT):
        raise DeskError("Type minutes, or a number with h or d, as 90, 2h or 1d; empty: the usual.")
    minutes = int(number[:9]) * _MINUTES_A_UNIT[unit]
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise DeskError(
            f"Between {FEWEST_MINUTES} minutes and {minutes_told(MOST_MINUTES)}: publishers turn "
            "away who asks more often."
        )
    return minutes


def typed_megabytes(typed: str) -> int:
    """What "20" or nothing mean, in MB; nothing is 0, the usual.

    Raises:
        DeskError: It is no whole number, or too large a one.
    """
    text = typed.strip().lower().removesuffix("mb").strip()
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_MEGABYTES):
        raise DeskError(f"Type whole megabytes from 1 to {MOST_MEGABYTES}; empty: the usual.")
    return int(text)


def minutes_told(minutes: int) -> str:
    """A length of time in the largest unit that tells it whole: "90 min", "2 h", "1 day"."""
    if minutes and not minutes % (24 * 60):
        days = minutes // (24 * 60)
        return "1 day" if days == 1 else f"{days} days"
    return f"{minutes // 60} h" if minutes and not minutes % 60 else f"{minutes} min"
