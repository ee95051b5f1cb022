"""What the tree holds: the smart places, then every feed, each with what is unread in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta

from store.desk import Desk
from tui.prompts import failure_told
from tui.widgets.feed_tree import Place

TODAY = timedelta(hours=24)


def places_of(desk: Desk, busy: Collection[int]) -> list[Place]:
    """All places of a desk as things stand; ``busy`` are the feeds that are being fetched."""
    feeds = desk.feeds()
    states, now = desk.fetch_states(), datetime.now(UTC)
    counts = desk.columns.counts()
    unread = sum(counts.get(feed.number, (0, 0))[0] for feed in feeds)
    today = len(desk.rows(unread=True, since=now - TODAY))
    return [
        Place("unread", None, "Unread", unread),
        Place("today", None, "Today", today),
        Place("starred", None, "Starred"),
        Place("claims", None, "With claims"),
        Place("all", None, "All"),
        *_views(desk),
        *(
            Place(
                "feed",
                feed.number,
                feed.name,
                counts.get(feed.number, (0, 0))[0],
                error=failure_told(feed, states.get(feed.number), now),
                busy=feed.number in busy,
            )
            for feed in feeds
        ),
    ]


def _views(desk: Desk) -> Iterator[Place]:
    for view in desk.views.all():
        seen = desk.views.sight(view.id)
        unread, mistake = (seen.unread, seen.mistake) if seen is not None else (0, "")
        yield Place("view", None, view.name, unread, error=mistake, view=view.id)
