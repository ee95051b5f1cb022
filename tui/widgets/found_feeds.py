"""The feeds that a page has, to tick those that are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from store.model.subscribing import FoundFeed
from tui.widgets.checklist import Checklist, Passage

_FORMS = {"rss": "RSS", "atom": "Atom", "json": "JSON", "": "feed"}


class FoundFeeds(Checklist):
    """Feeds with a tick each, their address below; at first only the likeliest is ticked."""

    BINDING_GROUP_TITLE = "Feeds found on a page"
    DEFAULT_CSS = "FoundFeeds { height: 9; max-height: 50vh; margin-top: 1; }"
    FOOT_LOOK: ClassVar[str] = "dim"

    def offer(self, feeds: Sequence[FoundFeed]) -> None:
        """Show these; the first that is not on the desk is ticked."""
        self._feeds = feeds
        new = [index for index, feed in enumerate(feeds) if not feed.feed]
        self._off = set(range(len(feeds))) - set(new[:1])
        passages = [Passage(feed.title or feed.address, _said(feed)) for feed in feeds]
        self.show(passages, heading=f"{len(feeds)} feeds here")
        self.go_to(new[0] if new else 0)

    @property
    def wanted(self) -> list[FoundFeed]:
        """Those that are ticked, or the one under the cursor if none is."""
        return [self._feeds[index] for index in self.chosen or [self.cursor]]

    def footnote(self, width: int) -> Sequence[str]:
        """Where the feed under the cursor lies."""
        return [self._feeds[self.cursor].address]


def _said(feed: FoundFeed) -> str:
    said = [_FORMS[feed.form]]
    said += ["comments"] if feed.comments else []
    said += ["here already"] if feed.feed else []
    return " · ".join(said)
