"""The command ``feeds``: list the subscriptions, or write them as a list for other readers."""

from __future__ import annotations

from datetime import datetime

from store.cli.here import Here, Switch
from store.cli.opening import opened
from store.cli.say import say, say_json
from store.model import Feed, FetchState, Value
from store.shelf.shelf import Shelf


class ListedFeed(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A subscription as ``--json`` tells it."""

    number: int
    name: str
    address: str
    site: str
    unread: int
    articles: int
    succeeded: datetime | None
    """When it was last fetched well."""
    error: str
    """Why the last attempt failed, or empty."""


def feeds(*, json: Switch = False, here: Here) -> int:
    """List the feeds.

    Each with its number, unread of all articles, name and address.

    Args:
        json: Tell each feed as one line of JSON.
        here: The folders in use.
    """
    with opened(here) as shelf:
        listed = _listed(shelf)
    for feed in listed:
        if json:
            say_json(feed)
        else:
            counts = f"{feed.unread} of {feed.articles}"
            say(f"{feed.number:>4}  {counts:>14}  {feed.name}  {feed.address}")
            if feed.error:
                say(f"{'':>22}last fetch failed: {feed.error}")
    if not listed and not json:
        say("No feeds yet: wiredesk add URL")
    return 0


def _listed(shelf: Shelf) -> list[ListedFeed]:
    states, counts = shelf.fetch_states(), shelf.columns().counts()
    return [
        _as_listed(feed, states.get(feed.number), counts.get(feed.number, (0, 0)))
        for feed in shelf.feeds()
    ]


def _as_listed(feed: Feed, state: FetchState | None, counts: tuple[int, int]) -> ListedFeed:
    unread, articles = counts
    return ListedFeed(
        number=feed.number,
        name=feed.name,
        address=feed.address,
        site=feed.site,
        unread=unread,
        articles=articles,
        succeeded=state.succeeded if state else None,
        error=state.error if state else "",
    )
