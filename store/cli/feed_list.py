"""The subscriptions and how each of them fares, one after the other, in words or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from store.cli.opening import opened
from store.cli.say import say, say_json
from store.desk.feed_health import Fare, FeedHealth, health_of_all, told, told_next
from store.model import Value, is_failing
from store.settings import USUAL_MINUTES, Folders, fetch_minutes
from store.settings_page import SettingsError
from store.shelf.shelf import Shelf

_INDENT = " " * 22
_HEADINGS = "  no      newest  a week   read  stars  claims  fares      name"


class ListedFeed(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A subscription as ``--json`` tells it."""

    number: int
    name: str
    address: str
    site: str
    folders: tuple[tuple[str, ...], ...]
    unread: int
    articles: int
    fare: Fare
    """What is the matter, in a word."""
    told: str
    """The same in a sentence or two; empty where nothing is."""
    succeeded: datetime | None
    """When it was last fetched well."""
    tried: datetime | None
    """When that was last attempted."""
    error: str
    """Why the last attempt failed, or empty."""
    failures: int
    """In a row."""
    failing_since: datetime | None
    status: int
    """Of the last HTTP answer, 0 if there was none."""
    next: datetime | None
    """When it is asked again by itself; none: as soon as anything is, or never (``automatic``)."""
    automatic: bool
    """Whether it is fetched without being asked for by name."""
    paused: bool
    gone: bool
    """Its server said that it is gone for good (410)."""
    moved_from: tuple[str, ...]
    """Addresses that it had before its publisher moved it, oldest first."""
    moving_to: str
    """Where its server says that it moved for good, which is not believed yet."""
    minutes: int
    """Between two fetches, as the person set it; 0: as often as the others."""
    megabytes: int
    """Most of its document, as the person set it; 0: the usual."""
    full_text: bool
    keep_days: int
    """How long its articles are kept, as the person set it; 0: as for all feeds."""
    keep_articles: int
    account: str
    """The name that it is asked under; its password is told nowhere."""
    newest: datetime | None
    """By when its newest article sorts."""
    week: float
    """Articles a week, on average of the last 8 weeks."""
    read: float | None
    """Share of its articles that is read, from 0 to 1; none where there are none."""
    starred: int
    claimed: int
    """Articles with claims."""


def list_feeds(here: Folders, *, failing: bool, stats: bool, json: bool) -> int:
    """Tell every feed, or those that fail; or what each brings."""
    with opened(here) as shelf:
        found, now = listed(shelf, here)
    chosen = [one for one in found if not failing or is_failing(one.feed, one.state)]
    if stats and chosen and not json:
        say(_HEADINGS)
    for health in chosen:
        if json:
            say_json(as_listed(health))
        else:
            for line in [_figures(health)] if stats else _lines(health, now):
                say(line)
    if not chosen and not json:
        say("No feed fails." if found else "No feeds yet: wiredesk add URL")
    return 0


def listed(shelf: Shelf, here: Folders) -> tuple[list[FeedHealth], datetime]:
    """How every feed fares, in the order in which they were added, and as of when."""
    try:
        usual = fetch_minutes(here)
    except SettingsError:  # a mistake there keeps no list from anybody
        usual = USUAL_MINUTES
    now = datetime.now(UTC)
    found = health_of_all(shelf, shelf.columns(), usual=usual, now=now)
    return sorted(found, key=lambda health: health.feed.number), now


def as_listed(health: FeedHealth) -> ListedFeed:
    """The same for programs."""
    feed, state = health.feed, health.state
    return ListedFeed(
        number=feed.number,
        name=feed.name,
        address=feed.address,
        site=feed.site,
        folders=feed.folders,
        unread=health.unread,
        articles=health.articles,
        fare=health.fare,
        told=told(health, _when),
        succeeded=state.succeeded,
        tried=state.tried,
        error=state.error,
        failures=state.failures,
        failing_since=state.failing_since,
        status=state.status,
        next=health.due if health.asks_itself else None,
        automatic=health.asks_itself,
        paused=feed.paused,
        gone=state.gone,
        moved_from=feed.moved_from,
        moving_to=state.moving.address if state.moving else "",
        minutes=feed.minutes,
        megabytes=feed.megabytes,
        full_text=feed.full_text,
        keep_days=feed.keep_days,
        keep_articles=feed.keep_articles,
        account=health.account,
        newest=health.newest,
        week=round(health.statistics.week, 2),
        read=None if health.read_share is None else round(health.read_share, 4),
        starred=health.statistics.starred,
        claimed=health.statistics.claimed,
    )


def _lines(health: FeedHealth, now: datetime) -> Iterator[str]:
    counts = f"{health.unread} of {health.articles}"
    yield f"{health.feed.number:>4}  {counts:>14}  {health.feed.name}  {health.feed.address}"
    if said := told(health, _when):
        yield f"{_INDENT}{said}"
    if health.fare == "failing":
        yield f"{_INDENT}Next attempt: {told_next(health, _when, now)}."


def _figures(health: FeedHealth) -> str:
    figures, share = health.statistics, health.read_share
    newest = f"{health.newest.astimezone():%Y-%m-%d}" if health.newest else "-"
    read = "-" if share is None else f"{share:.0%}"
    return (
        f"{health.feed.number:>4}  {newest:>10}  {figures.week:>6.1f}  {read:>5}"
        f"  {figures.starred:>5}  {figures.claimed:>6}  {health.fare:<9}  {health.feed.name}"
    )


def _when(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
