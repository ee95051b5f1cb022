"""How each feed fares, decided from what its last fetches left behind, and said in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Literal, get_args

from store.desk.feed_statistics import FeedStatistics, statistics_of
from store.feeds.schedule import due_at, minutes_of
from store.model import Feed, FetchState, Value
from store.shelf.columns import Columns
from store.shelf.shelf import Shelf

Fare = Literal["failing", "gone", "paused", "unfetched", "silent", "fine"]
FARES: tuple[Fare, ...] = get_args(Fare)
"""In the order in which they want to be looked at."""
SILENT_AFTER = timedelta(days=60)
"""A feed that answers well and brought nothing for so long may have moved without a word."""
RHYTHMS_MISSED = 3
"""Or for so many times as long as it usually takes it, but for less than a week never."""
NOT_SILENT_BEFORE = timedelta(days=7)

When = Callable[[datetime], str]
"""How a time is told: "3 days ago", "20 Nov 09:30"."""


class FeedHealth(Value, frozen=True, kw_only=True):
    """A feed and how it fares."""

    feed: Feed
    state: FetchState
    fare: Fare
    unread: int = 0
    articles: int = 0
    newest: datetime | None = None
    """By when its newest article sorts."""
    due: datetime | None = None
    """When it is asked again if it ``asks_itself``; None: as soon as anything is."""
    every: int = 0
    """Minutes between two fetches that the person wants of it."""
    account: str = ""
    """The name that it is asked under, where its server wants one."""
    statistics: FeedStatistics = FeedStatistics()

    @property
    def read_share(self) -> float | None:
        """How much of it was read, from 0 to 1; None where there is nothing."""
        return 1 - self.unread / self.articles if self.articles else None

    @property
    def asks_itself(self) -> bool:
        """Whether it is fetched without being asked for by name."""
        return self.feed.is_fetched and not self.feed.paused and not self.state.gone


def health_of_all(shelf: Shelf, columns: Columns, *, usual: int, now: datetime) -> list[FeedHealth]:
    """Every feed, those first that want to be looked at; ``usual`` minutes between two fetches.

    Raises:
        ShelfError: The desk cannot be read.
    """
    feeds = shelf.feeds()
    return healths(
        feeds,
        shelf.fetch_states(),
        columns.counts(),
        columns.newest(),
        usual=usual,
        now=now,
        statistics=statistics_of(columns, [feed.number for feed in feeds], now),
        account=lambda feed: account.name if (account := shelf.account(feed.number)) else "",
    )


def healths(
    feeds: Iterable[Feed],
    states: dict[int, FetchState],
    counts: dict[int, tuple[int, int]],
    newest: dict[int, datetime],
    *,
    usual: int,
    now: datetime,
    statistics: Mapping[int, FeedStatistics] | None = None,
    account: Callable[[Feed], str] = lambda _feed: "",
) -> list[FeedHealth]:
    """How these feeds fare, those first that want to be looked at."""
    found = []
    for feed in feeds:
        state = states.get(feed.number) or FetchState(feed=feed.number)
        figures = (statistics or {}).get(feed.number) or FeedStatistics()
        unread, articles = counts.get(feed.number, (0, 0))
        found.append(
            FeedHealth(
                feed=feed,
                state=state,
                fare=fare_of(feed, state, newest.get(feed.number), now, rhythm=figures.rhythm),
                unread=unread,
                articles=articles,
                newest=newest.get(feed.number),
                due=due_at(feed, state, usual=usual),
                every=minutes_of(feed, usual),
                account=account(feed),
                statistics=figures,
            )
        )
    return sorted(found, key=lambda one: (FARES.index(one.fare), one.feed.name.casefold()))


def fare_of(
    feed: Feed,
    state: FetchState,
    newest: datetime | None,
    now: datetime,
    *,
    rhythm: timedelta | None = None,
) -> Fare:
    """What is the matter with a feed, if anything is; ``rhythm`` is how long news usually take."""
    if not feed.is_fetched:
        return "fine"
    if state.gone:
        return "gone"
    if feed.paused:
        return "paused"
    if state.failures:
        return "failing"
    if state.tried is None:
        return "unfetched"
    return "silent" if now - (newest or feed.added) > _patience(rhythm) else "fine"


def _patience(rhythm: timedelta | None) -> timedelta:
    """How long nothing new is nothing to tell of."""
    if rhythm is None:
        return SILENT_AFTER
    return min(SILENT_AFTER, max(NOT_SILENT_BEFORE, RHYTHMS_MISSED * rhythm))


def told(health: FeedHealth, when: When) -> str:
    """What is the matter, in a sentence or two; "" where nothing is."""
    return " ".join(_sentences(health, when))


def _sentences(health: FeedHealth, when: When) -> Iterator[str]:
    feed, state = health.feed, health.state
    if not feed.is_fetched:
        yield "Pages that were saved one by one; there is nothing to fetch."
    elif health.fare == "gone":
        since = f" since {when(state.failing_since)}" if state.failing_since else ""
        yield f"No longer fetched by itself{since}: {state.error}"
    elif health.fare == "paused":
        yield "Paused: fetched only when it is asked for by name."
        if state.failures:
            yield _failing(state, when)
    elif health.fare == "failing":
        yield _failing(state, when)
    elif health.fare == "unfetched":
        yield "Not fetched yet."
    elif health.fare == "silent":
        since = f"since {when(health.newest)}" if health.newest else "yet"
        yield f"Answers well, but nothing new came {since}."
        if rhythm := health.statistics.rhythm:
            yield f"It usually brings something {rhythm_told(rhythm)}."
    if state.not_before is not None and health.fare == "failing":
        yield f"Its server wants no request before {when(state.not_before)}."
    if state.moving is not None:
        yield f"Its server says that it moved to {state.moving.address} for good."


def rhythm_told(rhythm: timedelta) -> str:
    """How often something comes: "every day", "every 5 days"."""
    days = max(1, round(rhythm / timedelta(days=1)))
    return "every day" if days == 1 else f"every {days} days"


def _failing(state: FetchState, when: When) -> str:
    since = state.failing_since
    if since is None:
        return state.error
    return f"Fails since {when(since)}: {state.error}"


def told_next(health: FeedHealth, when: When, now: datetime) -> str:
    """When it is asked again by itself, in a few words."""
    if not health.asks_itself:
        return "never by itself"
    return "soon" if health.due is None or health.due <= now else when(health.due)


def told_validators(state: FetchState) -> str:
    """How an unchanged feed is recognised: what its server gave for it."""
    given = [name for name, value in (("ETag", state.etag), ("date", state.modified)) if value]
    if given:
        return f"yes ({' and '.join(given)})"
    return "no: the whole document comes each time" if state.succeeded else "not known yet"


def told_status(state: FetchState) -> str:
    """The last HTTP status with its name; "" if there was none."""
    if not state.status:
        return ""
    try:
        return f"{state.status} {HTTPStatus(state.status).phrase}"
    except ValueError:
        return str(state.status)
