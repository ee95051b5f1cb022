"""The command ``fetch``, for people, for cron, and as the worker that the app reads along."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Collection, Coroutine, Mapping, Sequence
from contextlib import suppress
from typing import Annotated, Any

from cyclopts import Parameter

from store.cli import NO_DESK
from store.cli.here import Here, Switch
from store.cli.opening import writable
from store.cli.say import Progress, complain, say, say_json
from store.model import Feed, FeedFailed, FeedRefreshed, Outcome
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.worker import FetchStopped

TERMINATED = 143
"""128 + SIGTERM, as a shell has it."""


def fetch(
    *,
    feed: Annotated[tuple[int, ...], Parameter(negative="", show_default=False)] = (),
    json: Switch = False,
    here: Here,
) -> int:
    """Fetch all feeds, or those named.

    The exit status is 1 if any of them failed.

    Args:
        feed: Number of a feed, as "wiredesk feeds" lists it; may be given several times.
        json: Tell each outcome as one line of JSON as soon as it is known.
        here: The folders in use.
    """
    try:
        with writable(here) as shelf:
            return until_ended(_fetch(shelf, tuple(dict.fromkeys(feed)), json=json))
    except ShelfError as error:
        if json:
            say_json(FetchStopped(reason=str(error)))
        raise


def until_ended(work: Coroutine[Any, Any, int]) -> int:
    """Run to the end; SIGTERM cancels, so that the parsers' children end with us."""

    async def run() -> int:
        task = asyncio.ensure_future(work)
        with suppress(NotImplementedError):  # Windows ends a process without asking it
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
        return await task

    try:
        return asyncio.run(run())
    except asyncio.CancelledError:
        return TERMINATED


def refreshing(shelf: Shelf, feeds: Sequence[Feed]) -> AsyncIterator[Outcome]:
    """Fetch these feeds and yield how each went, as it is known."""
    from store.refresh import refresh

    return refresh(shelf, feeds)


async def _fetch(shelf: Shelf, asked: Collection[int], *, json: bool) -> int:
    feeds = {feed.number: feed for feed in shelf.feeds()}
    if not asked and not feeds and not json:
        say("No feeds yet: wiredesk add URL")
        return 0
    outcomes: list[Outcome] = [_unknown(number) for number in asked if number not in feeds]
    for failure in outcomes:
        _tell(failure, feeds, json=json)
    chosen = [feed for feed in feeds.values() if not asked or feed.number in asked]
    from store.desk.strays import Strays

    strays = Strays(shelf)
    with Progress(len(chosen), shown=not json) as progress:
        try:
            async for outcome in refreshing(shelf, chosen):
                outcomes.append(outcome)
                if isinstance(outcome, FeedRefreshed):
                    strays.bring_home(outcome.feed)
                progress.erase()
                _tell(outcome, feeds, json=json)
                progress.step(feeds[outcome.feed].name)
        except ShelfError as error:
            if json or str(error) not in {getattr(outcome, "reason", "") for outcome in outcomes}:
                raise
            return NO_DESK  # the feed that met it has told why
    shelf.columns()  # with them up to date, the next window opens at once
    if chosen and not json:
        say(_summary(outcomes))
    return int(any(isinstance(outcome, FeedFailed) for outcome in outcomes))


def _tell(outcome: Outcome, feeds: Mapping[int, Feed], *, json: bool) -> None:
    """Tell one outcome: as JSON always, as words only when it is news."""
    if json:
        say_json(outcome)
    elif isinstance(outcome, FeedFailed):
        feed = feeds.get(outcome.feed)
        complain(f"{feed.name}: {outcome.reason}" if feed else outcome.reason)
    elif isinstance(outcome, FeedRefreshed):
        say(f"{feeds[outcome.feed].name}: {_amounts(outcome.new, outcome.changed)}")


def _summary(outcomes: Sequence[Outcome]) -> str:
    news = [outcome for outcome in outcomes if isinstance(outcome, FeedRefreshed)]
    failed = sum(isinstance(outcome, FeedFailed) for outcome in outcomes)
    amounts = _amounts(sum(one.new for one in news), sum(one.changed for one in news))
    fetched = f"{len(outcomes)} feed{'' if len(outcomes) == 1 else 's'}: {amounts}"
    return f"{fetched}, {failed} failed" if failed else fetched


def _amounts(new: int, changed: int) -> str:
    told = [f"{count} {word}" for count, word in ((new, "new"), (changed, "changed")) if count]
    return ", ".join(told) or "nothing new"


def _unknown(number: int) -> FeedFailed:
    reason = f"There is no feed {number} on this desk; wiredesk feeds lists them."
    return FeedFailed(feed=number, reason=reason)
