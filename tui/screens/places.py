"""What the tree holds: the smart places, views, then folders and feeds with what is unread."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from store.desk import Desk
from store.feeds.folders import Branch, Path
from store.model import Feed, FetchState, is_failing
from tui.prompts import failure_told
from tui.widgets.feed_tree import Place

TODAY = timedelta(hours=24)
_MOST_NAMED = 3
"""Feeds that are told by name when several in a folded folder fail."""


class Summary(NamedTuple):
    """What the head line says of all feeds."""

    unread: int | None
    """None where there is no feed."""
    failing: int
    fetched: datetime | None
    """When anything was last asked."""


def summary_of(desk: Desk) -> Summary:
    """All feeds in short, as things stand."""
    feeds, states = desk.feeds(), desk.fetch_states()
    counts = desk.columns.counts()
    tried = (state.tried for feed in feeds if (state := states.get(feed.number)))
    return Summary(
        unread=sum(unread for unread, _ in counts.values()) if feeds or counts else None,
        failing=sum(is_failing(feed, states.get(feed.number)) for feed in feeds),
        fetched=max(filter(None, tried), default=None),
    )


def places_of(desk: Desk, busy: Collection[int]) -> list[Place]:
    """All places of a desk as things stand; ``busy`` are the feeds that are being fetched."""
    now, counts = datetime.now(UTC), desk.columns.counts()
    unread = sum(unread for unread, _ in counts.values())
    today = len(desk.rows(unread=True, since=now - TODAY))
    standing = _Standing(counts, desk.fetch_states(), now, busy, desk.folded())
    return [
        Place("unread", None, "Unread", unread),
        Place("today", None, "Today", today),
        Place("starred", None, "Starred", amount=desk.columns.starred()),
        Place("claims", None, "With claims", amount=desk.columns.claimed()),
        Place("all", None, "All", amount=len(desk.columns)),
        *_views(desk),
        *standing.places(desk.feed_tree()),
    ]


def _views(desk: Desk) -> Iterator[Place]:
    for view in desk.views.all():
        seen = desk.views.sight(view.id)
        unread, mistake = (seen.unread, seen.mistake) if seen is not None else (0, "")
        yield Place("view", None, view.name, unread, error=mistake, view=view.id)


class _Standing:
    """The state of things that rows of folders and feeds tell of."""

    def __init__(
        self,
        counts: Mapping[int, tuple[int, int]],
        states: Mapping[int, FetchState],
        now: datetime,
        busy: Collection[int],
        folded: Collection[Path],
    ) -> None:
        self._counts = counts
        self._states = states
        self._now = now
        self._busy = busy
        self._folded = folded

    def places(self, branch: Branch) -> Iterator[Place]:
        """What stands in a folder: its folders with all that is in them, then its feeds."""
        for folder in branch.folders:
            is_folded = folder.path in self._folded
            yield self._folder(folder, is_folded)
            if not is_folded:
                yield from self.places(folder)
        for feed in branch.feeds:
            unread, _ = self._counts.get(feed.number, (0, 0))
            error = failure_told(feed, self._states.get(feed.number), self._now)
            busy = feed.number in self._busy
            yield Place("feed", feed.number, feed.name, unread, error, busy, "", branch.path)

    def _folder(self, folder: Branch, is_folded: bool) -> Place:
        unread = sum(self._counts.get(number, (0, 0))[0] for number in folder.numbers)
        return Place(
            "folder",
            None,
            folder.path[-1],
            unread,
            error=_failing_told(self._failing(folder)) if is_folded else "",
            busy=is_folded and not folder.numbers.isdisjoint(self._busy),
            folder=folder.path,
            folded=is_folded,
        )

    def _failing(self, folder: Branch) -> list[str]:
        feeds = {feed.number: feed for feed in _feeds_in(folder)}.values()
        return [feed.name for feed in feeds if is_failing(feed, self._states.get(feed.number))]


def _feeds_in(folder: Branch) -> Iterator[Feed]:
    yield from folder.feeds
    for inner in folder.folders:
        yield from _feeds_in(inner)


def _failing_told(names: list[str]) -> str:
    if not names:
        return ""
    told = ", ".join(names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    them = "it" if len(names) == 1 else "them"
    return f"{told}{more} cannot be fetched; ‹=:feeds.fold› shows {them}."
