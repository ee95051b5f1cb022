"""What ``fetch`` does: one round over the feeds, or one after the other until it is stopped."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime

from store.cli import FAILED, NO_DESK
from store.cli.fetch_words import left_alone, nothing_due, summary, tell, tell_begun, tell_noticed
from store.cli.opening import tell_notices
from store.cli.running import followed
from store.cli.say import Progress, Refused, complain, say, say_json
from store.desk.strays import Strays
from store.feeds.choosing import Choice, all_feeds, due_feeds
from store.feeds.web.fetch import Fetcher
from store.model import Feed, FeedFailed, FeedRefreshed, Outcome
from store.refresh import NoNetwork, refresh
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.worker import FetchStopped

LONGEST_PAUSE = 60.0
"""Seconds after which a watch looks again, so that it notices new feeds and other settings."""
SHORTEST_PAUSE = 20.0
"""Seconds between two rounds: what becomes due meanwhile is asked together."""
PATIENCE = 600.0
"""The longest pause, in seconds, while there is no network or nothing can be stored."""
SAVING = 3600.0
"""Seconds between two savings of what makes the next window open at once."""


@dataclass(frozen=True)
class Options:
    """Which feeds somebody wants to be asked, and how it is told."""

    named: tuple[int, ...] = ()
    """By number; none: all, or those that are due."""
    everything: bool = False
    """Whether also those that are not due are asked."""
    json: bool = False


class Round:
    """One go over the feeds of a desk."""

    def __init__(self, shelf: Shelf, options: Options, *, usual: int, agent: str = "") -> None:
        """Prepare one go.

        ``usual`` is the interval of feeds that have none of their own, in minutes; ``agent`` what
        publishers are told that the program is called.
        """
        self._since = datetime.now(UTC)
        self.feeds = {feed.number: feed for feed in shelf.feeds()}
        self.outcomes: list[Outcome] = []
        """How feeds fared up to now."""
        self._shelf = shelf
        self._options = options
        self._usual = usual
        self._agent = agent
        self._strays = Strays(shelf)

    def named(self) -> Choice:
        """The feeds that were named, due or not."""
        return Choice(feeds=tuple(self._wanted()))

    def everything(self) -> Choice:
        """All that can be asked without being a burden."""
        states, now = self._shelf.fetch_states(), datetime.now(UTC)
        return all_feeds(self._wanted(), states, now, usual=self._usual)

    def due(self) -> Choice:
        """Those that are due; only of those that were named, if any were."""
        states, now = self._shelf.fetch_states(), datetime.now(UTC)
        return due_feeds(self._wanted(), states, now, usual=self._usual)

    def refuse_unknown(self) -> None:
        """Tell of each number that no feed has."""
        for number in self._options.named:
            if number not in self.feeds:
                self.outcomes.append(_unknown(number))
                tell(self.outcomes[-1], self.feeds, json=self._options.json)

    async def fetch(self, feeds: Sequence[Feed], told: Callable[[Outcome], None]) -> None:
        """Ask these feeds; ``told`` gets each outcome when it is on disk.

        Raises:
            ShelfError: Nothing more can be stored.
            NoNetwork: No host could be reached.
        """
        running = refresh(
            self._shelf,
            feeds,
            usual=self._usual,
            since=self._since,
            fetcher=Fetcher(agent=self._agent),
        )
        async with aclosing(running):
            async for outcome in running:
                self.outcomes.append(outcome)
                if isinstance(outcome, FeedRefreshed):
                    self._strays.bring_home(outcome.feed)
                told(outcome)

    @property
    def has_feeds(self) -> bool:
        """Whether there are any but pages that were saved one by one."""
        return any(feed.is_fetched for feed in self.feeds.values())

    @property
    def has_news(self) -> bool:
        """Whether any feed brought something."""
        return any(isinstance(outcome, FeedRefreshed) for outcome in self.outcomes)

    @property
    def failed(self) -> bool:
        """Whether any feed could not be read."""
        return any(isinstance(outcome, FeedFailed) for outcome in self.outcomes)

    def has_told(self, error: ShelfError) -> bool:
        """Whether a feed has told just this."""
        return str(error) in {getattr(outcome, "reason", "") for outcome in self.outcomes}

    def _wanted(self) -> list[Feed]:
        named = self._options.named
        return [feed for feed in self.feeds.values() if not named or feed.number in named]


async def once(shelf: Shelf, options: Options, *, usual: int, agent: str = "") -> int:
    """Ask the feeds that are wanted, and return the exit status.

    Raises:
        ShelfError: Nothing more can be stored, and no feed has told why.
    """
    round_ = Round(shelf, options, usual=usual, agent=agent)
    if not (options.named or round_.has_feeds or options.json):
        say("No feeds yet: wiredesk add URL")
    round_.refuse_unknown()
    choice, note = _chosen(round_, options)
    if options.json and round_.feeds and not options.named:
        tell_begun(choice, note)
    with Progress(len(choice.feeds), shown=not options.json) as progress:

        def told(outcome: Outcome) -> None:
            progress.erase()
            tell(outcome, round_.feeds, json=options.json)
            progress.step(round_.feeds[outcome.feed].name)

        try:
            await round_.fetch(choice.feeds, told)
        except NoNetwork as error:
            progress.erase()
            _tell_stop(str(error), offline=True, json=options.json)
            return FAILED
        except ShelfError as error:
            if options.json or not round_.has_told(error):
                raise
            return NO_DESK
    if round_.has_news:
        tell_noticed(await followed(shelf), json=options.json)
    if not options.json:
        for line in (summary(round_.outcomes) if choice.feeds else "", note):
            if line:
                say(line)
        if options.everything and note:
            say("--feed N asks one all the same.")
    return FAILED if round_.failed else 0


def _chosen(round_: Round, options: Options) -> tuple[Choice, str]:
    """Who is asked, and a sentence about who is not."""
    if options.named:
        return round_.named(), ""
    if not (round_.has_feeds or options.json):
        return Choice(), ""
    if options.everything:
        choice = round_.everything()
        return choice, left_alone(choice)
    choice = round_.due()
    return choice, "" if choice.feeds else nothing_due(choice, datetime.now(UTC))


class Watch:
    """Asks what is due, again and again, through bad times too."""

    def __init__(
        self, shelf: Shelf, options: Options, minutes: Callable[[], int], *, agent: str = ""
    ) -> None:
        """``minutes`` gives the usual interval; it is asked anew for each round."""
        self._shelf = shelf
        self._options = options
        self._minutes = minutes
        self._agent = agent
        self._trouble: type[Exception] | None = None
        """What stops fetching at the moment; it is told once, however long it lasts."""
        self._pause = SHORTEST_PAUSE
        self._is_first = True
        self._has_news = False
        self._saved = time.monotonic()

    async def go_on(self) -> None:
        """Do so until cancelled."""
        while True:
            pause = await self.round()
            await asyncio.sleep(pause)

    async def round(self) -> float:
        """Ask once what is due, and return the seconds until the next look."""
        round_ = Round(self._shelf, self._options, usual=self._minutes(), agent=self._agent)
        try:
            everything = self._is_first and self._options.everything
            choice = round_.everything() if everything else round_.due()
            if choice.feeds and self._options.json:
                tell_begun(choice, "")
            if choice.feeds:
                await round_.fetch(choice.feeds, lambda outcome: self._tell(outcome, round_))
            self._is_first = False
            if round_.has_news:
                tell_noticed(await followed(self._shelf), json=self._options.json)
            self._end_trouble()
            self._open_windows_quickly()
            self._pause = _until_next(round_.due())
        except (NoNetwork, ShelfError) as error:
            self._meet(error, has_told=isinstance(error, ShelfError) and round_.has_told(error))
        tell_notices(self._shelf)
        return self._pause

    def _tell(self, outcome: Outcome, round_: Round) -> None:
        self._has_news = self._has_news or isinstance(outcome, FeedRefreshed)
        if self._trouble is not None and isinstance(outcome, FeedFailed):
            return  # it is the old trouble, or will be told when that is over
        try:
            tell(outcome, round_.feeds, json=self._options.json)
        except Refused as error:
            if self._options.json:
                raise  # who reads along is gone
            complain(str(error))  # from now on nothing is written there

    def _meet(self, error: Exception, *, has_told: bool) -> None:
        """Tell a trouble when it begins, and be patient."""
        is_new = self._trouble is not type(error)
        if is_new and not has_told:
            _tell_stop(str(error), offline=isinstance(error, NoNetwork), json=self._options.json)
        self._trouble = type(error)
        self._pause = LONGEST_PAUSE if is_new else min(2 * self._pause, PATIENCE)

    def _end_trouble(self) -> None:
        if self._trouble is not None:
            self._trouble = None
            complain("Fetching goes on.")

    def _open_windows_quickly(self) -> None:
        """Save now and then what a window would have to find out when it opens."""
        if self._has_news and time.monotonic() - self._saved > SAVING:
            columns = self._shelf.columns()
            columns.refresh()
            columns.save()
            self._has_news, self._saved = False, time.monotonic()


def _until_next(choice: Choice) -> float:
    """Seconds until something is due, within bounds."""
    if choice.feeds:
        return SHORTEST_PAUSE
    if choice.next_due is None:
        return LONGEST_PAUSE
    seconds = (choice.next_due - datetime.now(UTC)).total_seconds()
    return min(max(seconds, SHORTEST_PAUSE), LONGEST_PAUSE)


def _tell_stop(reason: str, *, offline: bool, json: bool) -> None:
    if json:
        say_json(FetchStopped(reason=reason, offline=offline))
    else:
        complain(reason)


def _unknown(number: int) -> FeedFailed:
    reason = f"There is no feed {number} on this desk; wiredesk feeds lists them."
    return FeedFailed(feed=number, reason=reason)
