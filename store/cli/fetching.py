"""The command ``fetch``, for people, for cron, and as the worker that the app reads along."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from cyclopts import Parameter

from store.cli import USAGE
from store.cli.here import Here, Switch
from store.cli.opening import writable
from store.cli.say import complain, say_json
from store.model import Feed, Outcome
from store.settings import MODEST_MINUTES, USUAL_MINUTES, Folders, fetch_agent, fetch_minutes
from store.settings_page import SettingsError
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.worker import FetchStopped

if TYPE_CHECKING:
    from store.cli.fetch_rounds import Wish

BY_SIGNAL = 128
"""Added to a signal's number, it is the exit status of what the signal ended, as a shell has it."""
COLLECTED_AFTER = 100_000
"""Objects made and not freed; of a feed they are some thousands."""
T = TypeVar("T")

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


def fetch(
    *,
    all_: Annotated[bool, Parameter(name="--all", negative="", show_default=False)] = False,
    feed: Annotated[tuple[int, ...], Parameter(negative="", show_default=False)] = (),
    watch: Switch = False,
    json: Switch = False,
    here: Here,
) -> int:
    """Fetch the feeds that are due.

    The exit status is 1 if any of them failed, or if there is no network.

    Args:
        all_: Fetch also those that are not due; those asked a moment ago are left alone.
        feed: Number of a feed to fetch in any case, as "wiredesk feeds" lists it; may be given
            several times.
        watch: Go on until stopped, and fetch each feed when it is due.
        json: Tell each outcome as one line of JSON as soon as it is known.
        here: The folders in use.
    """
    if all_ and feed:
        complain("Say either --all or --feed. See wiredesk fetch --help.")
        return USAGE
    from store.cli.fetch_rounds import Wish, once

    wish = Wish(named=tuple(dict.fromkeys(feed)), everything=all_, json=json)
    minutes = _Minutes(here)
    try:
        with writable(here) as shelf:
            if watch:
                return _watched(shelf, wish, minutes, agent_of(here))
            return until_ended(once(shelf, wish, usual=minutes(), agent=agent_of(here)))
    except ShelfError as error:
        if json:
            say_json(FetchStopped(reason=str(error)))
        raise


def until_ended(work: Coroutine[Any, Any, int]) -> int:
    """Run to the end; SIGTERM and SIGHUP cancel, so that the parsers' children end with us."""
    ended_by: list[int] = []
    try:
        with _few_collections():
            return asyncio.run(_cancelled_by(work, _ENDING, ended_by))
    except asyncio.CancelledError:
        return BY_SIGNAL + ended_by[0] if ended_by else BY_SIGNAL


def refreshing(shelf: Shelf, feeds: Sequence[Feed]) -> AsyncIterator[Outcome]:
    """Fetch these feeds and yield how each went, as it is known."""
    from store.refresh import refresh

    return refresh(shelf, feeds)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Look for rings of garbage seldom: articles leave none, and the search is a quarter of it."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECTED_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def _cancelled_by(
    work: Coroutine[Any, Any, T], signals: Sequence[int], ended_by: list[int]
) -> T:
    """Do the work, unless one of the signals comes, which is noted; who ignores one, still does."""
    task = asyncio.ensure_future(work)

    def end(number: int) -> None:
        ended_by.append(number)
        task.cancel()

    loop = asyncio.get_running_loop()
    for number in signals:
        if signal.getsignal(number) is not signal.SIG_IGN:
            with suppress(NotImplementedError):  # Windows ends a process without asking it
                loop.add_signal_handler(number, end, number)
    return await task


def agent_of(here: Folders) -> str:
    """What the settings want publishers to be told; a mistake in it is told, and stops nothing."""
    try:
        return fetch_agent(here)
    except SettingsError as error:
        if "fetch.agent" in str(error):  # what else is wrong, others tell
            complain(f"{error} Publishers are told the usual name until then.")
        return ""


def _watched(shelf: Shelf, wish: Wish, minutes: _Minutes, agent: str) -> int:
    """Watch until a signal ends it, which is how a watch ends well."""
    from store.cli.fetch_rounds import Watch

    if sys.stderr.isatty() and minutes() < MODEST_MINUTES:
        complain(
            f"Publishers ask readers to wait {MODEST_MINUTES} minutes and more between two "
            "fetches; raise minutes under [fetch] in settings.toml."
        )
    ended_by: list[int] = []
    watch = Watch(shelf, wish, minutes, agent=agent)
    try:
        asyncio.run(_cancelled_by(watch.go_on(), (*_ENDING, signal.SIGINT), ended_by))
    except asyncio.CancelledError:
        pass
    return 0


class _Minutes:
    """The usual interval as the settings say; a mistake in them is told, and stops nothing."""

    def __init__(self, here: Folders) -> None:
        self._here = here
        self._told = ""

    def __call__(self) -> int:
        """In minutes."""
        try:
            return fetch_minutes(self._here)
        except SettingsError as error:
            if str(error) != self._told:
                self._told = str(error)
                complain(f"{error} Feeds are fetched every {USUAL_MINUTES} minutes until then.")
            return USUAL_MINUTES
