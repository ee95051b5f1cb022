"""Which articles are old enough to go, why others stay, and how they go, where somebody set so.

An article goes when it is older than the days, or beyond the number, that its feed or the settings
keep. Unread ones are kept twice as long, as other readers do. Never goes what work rests on: a
claim of anybody, a draft too, a record of having read it, a star, a label, a place in a saved view
that pins. A tombstone keeps the feed from bringing back what went. What lies here of feeds that
were unsubscribed goes by the settings alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec.structs import replace

from store.model import Feed, Headline, HeadlineRow, Value
from store.settings import Settings
from store.shelf.shelf import Shelf

Reason = Literal["unread", "starred", "labelled", "claims", "covered", "pinned"]
"""Why an article stays that is old enough to go."""
UNREAD_FACTOR: Final = 2
"""How many times longer unread articles are kept."""
TOMBSTONES_KEPT: Final = timedelta(days=180)
"""How long a feed is kept from bringing an article back after its documents listed it last."""
STEP: Final = 64
"""Articles that go while the desk is locked once."""

Pinned = Callable[[Collection[int]], Collection[int]]
"""Which of some articles are in a saved view that pins."""


class Leaving(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What would become of the articles of a feed."""

    feed: int
    name: str
    subscribed: bool
    days: int
    """How long articles are kept; 0: for ever."""
    articles: int
    """How many are kept; 0: all."""
    going: tuple[int, ...]
    """Ids of those that go, the newest first."""
    unread: tuple[int, ...]
    """Those of them that are unread."""
    staying: dict[Reason, int]
    """How many stay that are as old, by the reason."""


def leaving(shelf: Shelf, settings: Settings, now: datetime, pinned: Pinned) -> Iterator[Leaving]:
    """What goes and what stays, feed by feed; nothing of feeds whose articles are all kept.

    Of feeds that were unsubscribed only those are told that have anything to go or to stay.

    Raises:
        ShelfError: The desk cannot be read.
    """
    columns = shelf.columns()
    columns.refresh()
    limited = {feed.number: feed for feed in shelf.feeds() if any(limits(feed, settings))}
    listed: dict[int, list[int]] = {number: [] for number in limited}
    for row in columns.order(feeds=frozenset(limited)) if limited else ():
        listed[columns.feed_numbers[row]].append(row)
    for number, feed in limited.items():
        rows = map(columns.row, listed[number])
        late = dict(_overdue(shelf, rows, *limits(feed, settings), now))
        yield _plan(shelf, feed, limits(feed, settings), late, pinned)
    for feed in shelf.former_feeds() if any(kept_of_former(settings)) else ():
        # Lists show little of them, and columns know no more than that.
        newest = sorted(shelf.headlines(feed.number), key=lambda one: one.at, reverse=True)
        late = dict(_overdue(shelf, newest, *kept_of_former(settings), now))
        if late:
            plan = _plan(shelf, feed, kept_of_former(settings), late, pinned)
            yield replace(plan, subscribed=False)


def _plan(
    shelf: Shelf,
    feed: Feed,
    kept: tuple[int, int],
    late: Mapping[int, Headline | None],
    pinned: Pinned,
) -> Leaving:
    going: list[Headline] = []
    staying: Counter[Reason] = Counter()
    safe = frozenset(pinned(late))
    for headline in late.values():
        if headline is None:
            staying["unread"] += 1
        elif (reason := why_it_stays(shelf, headline, safe)) is not None:
            staying[reason] += 1
        else:
            going.append(headline)
    days, articles = kept
    return Leaving(
        feed=feed.number,
        name=feed.name,
        subscribed=True,
        days=days,
        articles=articles,
        going=tuple(one.id for one in going),
        unread=tuple(one.id for one in going if not one.read),
        staying=dict(sorted(staying.items())),
    )


def is_wanted(shelf: Shelf, settings: Settings) -> bool:
    """Whether anything here has a limit. Raises ShelfError."""
    former = bool(shelf.former_feeds()) and any(kept_of_former(settings))
    return former or any(any(limits(feed, settings)) for feed in shelf.feeds())


def limits(feed: Feed, settings: Settings) -> tuple[int, int]:
    """Days and number of articles that are kept of a feed: its own, else those of the settings."""
    if feed.keep_days or feed.keep_articles:
        return feed.keep_days, feed.keep_articles
    return settings.keep_days, settings.keep_articles


def kept_of_former(settings: Settings) -> tuple[int, int]:
    """Days and number of articles that are kept of a feed that was unsubscribed."""
    return settings.keep_days, settings.keep_articles


def _overdue(
    shelf: Shelf,
    newest: Iterable[HeadlineRow | Headline],
    days: int,
    articles: int,
    now: datetime,
) -> Iterator[tuple[int, Headline | None]]:
    """Articles of a feed that are beyond its limits; None for one that goes later, as unread."""
    for place, row in enumerate(newest):
        if not (_is_beyond(place, articles) or _is_older(row.at, days, now)):
            continue
        headline = shelf.headline(row.id, row.feed)
        if headline is None:
            continue
        # What comes in late is as old as it is on this desk.
        since = max(headline.at, headline.seen)
        factor = 1 if headline.read else UNREAD_FACTOR
        if _is_beyond(place, factor * articles) or _is_older(since, factor * days, now):
            yield headline.id, headline
        elif _is_beyond(place, articles) or _is_older(since, days, now):
            yield headline.id, None


def _is_beyond(place: int, articles: int) -> bool:
    return 0 < articles <= place


def _is_older(at: datetime, days: int, now: datetime) -> bool:
    return days > 0 and at < now - timedelta(days=days)


def why_it_stays(shelf: Shelf, headline: Headline, pinned: Collection[int] = ()) -> Reason | None:
    """What keeps an article that is old enough to go; None: nothing does."""
    if headline.starred:
        return "starred"
    if headline.labels:
        return "labelled"
    if headline.id in pinned:
        return "pinned"
    claims = shelf.claims_of(headline.id, headline.feed)
    if any(not claim.marking.deleted for claim in claims):
        return "claims"
    coverage = shelf.coverage_of(headline.id, headline.feed)
    return "covered" if any(one.state != "opened" for one in coverage) else None


def let_go(shelf: Shelf, plan: Leaving) -> Iterator[int]:
    """Let the articles of a feed go in steps, each under the desk's lock; yields how many went.

    What got a star, a label or a claim since it was planned, or was marked unread, stays.

    Raises:
        ShelfError: They cannot be deleted.
    """
    unread = frozenset(plan.unread)

    def stays(headline: Headline) -> bool:
        kept = not headline.read and headline.id not in unread
        return kept or why_it_stays(shelf, headline) is not None

    for begin in range(0, len(plan.going), STEP):
        some = [(plan.feed, article) for article in plan.going[begin : begin + STEP]]
        yield len(shelf.delete_articles(some, unless=stays, for_good=True))


def forget_tombstones(shelf: Shelf, now: datetime) -> None:
    """Let go of tombstones of articles that no feed lists any more, and that went long ago.

    Raises:
        ShelfError: They cannot be removed.
    """
    for feed in (*shelf.feeds(), *shelf.former_feeds()):
        shelf.forget_tombstones(feed.number, before=now - TOMBSTONES_KEPT)
