"""How feeds fare, made into rows and facts: found by words, put in order, told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from store.desk.feed_figures import minutes_told
from store.desk.feed_health import (
    FeedHealth,
    rhythm_told,
    told,
    told_next,
    told_status,
    told_validators,
)
from store.desk.feed_statistics import WEEKS
from store.settings import USUAL_MEGABYTES
from tui.prompts import age, ago, ahead, day_and_time
from tui.widgets.feed_detail import Fact
from tui.widgets.feed_health_list import FeedLine

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_FAR = datetime.max.replace(tzinfo=UTC)
_WHY_LINES = 3
_MANY = 10

ORDERS: dict[str, Callable[[FeedHealth], Any] | None] = {
    "trouble first": None,
    "by name": lambda one: one.feed.name.casefold(),
    "longest not fetched first": lambda one: one.state.succeeded or _LONG_AGO,
    "next attempt first": lambda one: (one.due or _LONG_AGO) if one.asks_itself else _FAR,
    "most unread first": lambda one: -one.unread,
    "most articles first": lambda one: -one.articles,
    "longest without news first": lambda one: one.newest or _LONG_AGO,
    "most a week first": lambda one: -one.statistics.week,
    "least read first": lambda one: 2.0 if one.read_share is None else one.read_share,
    "most starred first": lambda one: -one.statistics.starred,
    "most claims first": lambda one: -one.statistics.claimed,
}
"""Orders of the list by what they are called; None is as the desk gives them."""


def arranged(rows: Sequence[FeedHealth], query: str, order: str) -> list[FeedHealth]:
    """Those in which every word of the query is found, in this order."""
    words = query.casefold().split()
    found = [row for row in rows if all(word in _searched(row) for word in words)]
    key = ORDERS[order]
    return found if key is None else sorted(found, key=key)


def _searched(row: FeedHealth) -> str:
    feed = row.feed
    words = [feed.name, feed.title, feed.address, feed.site, *_folders(row), row.fare]
    words += [row.state.error, str(row.state.status or ""), "full text" if feed.full_text else ""]
    return "\n".join(words).casefold()


def line_of(row: FeedHealth, now: datetime) -> FeedLine:
    """A feed as a row."""
    feed, state = row.feed, row.state
    return FeedLine(
        number=feed.number,
        fare={"fine": "", "unfetched": "new"}.get(row.fare, row.fare),
        is_bad=row.fare in ("failing", "gone"),
        name=feed.name,
        folder=", ".join(_folders(row)),
        counts=f"{row.unread}/{row.articles}",
        newest=age(row.newest, now) if row.newest else "",
        week=week_told(row.statistics.week),
        read=share_told(row.read_share),
        starred=str(row.statistics.starred or ""),
        claimed=str(row.statistics.claimed or ""),
        fetched=age(state.succeeded, now) if state.succeeded else "",
        next=told_next(row, lambda at: ahead(at, now), now) if row.asks_itself else "–",
        why=_in_short(row, now) or _settings_told(row),
        has_site=bool(feed.site),
        was_moved=bool(feed.moved_from),
        is_fetched=feed.is_fetched,
    )


def facts_of(row: FeedHealth, now: datetime) -> Iterator[Fact]:
    """All that is known of a feed; what matters most stands first."""
    feed, state = row.feed, row.state
    yield Fact("", " · ".join([feed.name, *_folders(row)]), "title")
    if why := _why(row, now):
        yield Fact("", why, "error" if row.fare in ("failing", "gone") else "text", _WHY_LINES)
    if not feed.is_fetched:
        return
    yield Fact("address", feed.address)
    yield Fact("fetched", " · ".join(_fetched(row, now)))
    yield Fact("interval", " · ".join(_interval(row)))
    yield Fact("limits", " · ".join(_limits(row)))
    yield Fact("articles", " · ".join(_articles(row, now)))
    yield Fact("brings", " · ".join(_brings(row, now)))
    yield Fact("validators", told_validators(state))
    if feed.site:
        yield Fact("site", feed.site)
    if feed.moved_from:
        yield Fact("moved from", ", then ".join(feed.moved_from) + " · U takes it back")


def _why(row: FeedHealth, now: datetime) -> str:
    return told(row, lambda at: day_and_time(at, now))


def _in_short(row: FeedHealth, now: datetime) -> str:
    """What is the matter, where there is little room: what went wrong comes first."""
    return row.state.error if row.fare in ("failing", "gone") else _why(row, now)


def _folders(row: FeedHealth) -> list[str]:
    return ["/".join(path) for path in row.feed.folders]


def _settings_told(row: FeedHealth) -> str:
    """What a person set for the feed, where nothing is the matter with it."""
    feed = row.feed
    told = [f"every {minutes_told(feed.minutes)}"] if feed.minutes else []
    told += ["full text"] if feed.full_text else []
    told += [f"up to {feed.megabytes} MB"] if feed.megabytes else []
    return " · ".join(told)


def _fetched(row: FeedHealth, now: datetime) -> Iterator[str]:
    state = row.state
    if status := told_status(state):
        yield status
    yield f"well {ago(state.succeeded, now)}" if state.succeeded else "never well"
    following = told_next(row, lambda at: ahead(at, now), now)
    yield f"next {following}" if row.asks_itself else following
    if state.failures:
        yield f"failed {'once' if state.failures == 1 else f'{state.failures} times in a row'}"
    if state.tried and state.tried != state.succeeded:
        yield f"last tried {ago(state.tried, now)}"


def _interval(row: FeedHealth) -> Iterator[str]:
    own = "set for this feed" if row.feed.minutes else "as all feeds"
    yield f"every {minutes_told(row.every)}, {own}"
    if row.state.minutes:
        yield f"its publisher says {minutes_told(row.state.minutes)}"
    yield "i changes it"


def _limits(row: FeedHealth) -> Iterator[str]:
    feed = row.feed
    yield f"up to {feed.megabytes or USUAL_MEGABYTES} MB"
    yield "full text of each new article" if feed.full_text else "text as the feed brings it"
    if feed.permit:
        yield f"may be private at {feed.permit}"
    if row.account:
        yield f"asked as {row.account}"


def _brings(row: FeedHealth, now: datetime) -> Iterator[str]:
    figures = row.statistics
    if row.newest:
        yield f"newest {ago(row.newest, now)}"
    yield f"{week_told(figures.week)} a week in {WEEKS} weeks"
    if figures.rhythm:
        yield f"something new {rhythm_told(figures.rhythm)}"
    if row.read_share is not None:
        yield f"{share_told(row.read_share)} read"
    if figures.starred:
        yield f"{figures.starred} starred"
    if figures.claimed:
        yield f"{figures.claimed} with claims"


def week_told(week: float) -> str:
    """Articles a week, with a decimal where they are few."""
    return f"{week:.0f}" if week >= _MANY or not week else f"{week:.1f}"


def share_told(share: float | None) -> str:
    """How much is read, in per cent; nothing where there is nothing."""
    return "" if share is None else f"{share:.0%}"


def _articles(row: FeedHealth, now: datetime) -> Iterator[str]:
    yield f"{row.unread} unread of {row.articles}"
    yield f"on this desk since {day_and_time(row.feed.added, now)}"
