"""The commands ``add`` and ``feeds``: subscribe, and list the subscriptions."""

from __future__ import annotations

from datetime import datetime

from store.cli.fetching import refreshing, until_ended
from store.cli.here import Here, Switch
from store.cli.opening import opened, writable
from store.cli.say import Refused, complain, say, say_json
from store.model import Feed, FeedFailed, FetchState, Value
from store.shelf.errors import AlreadySubscribed
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


def add(url: str, /, *, json: Switch = False, here: Here) -> int:
    """Subscribe to a feed and fetch it.

    What cannot be read as a feed is not kept.

    Args:
        url: Address of the feed; https:// is added where no scheme is given.
        json: Tell the new feed as one line of JSON.
        here: The folders in use.
    """
    from store.feeds.web.address import BadAddress, typed_address

    try:
        typed = typed_address(url)
    except BadAddress as error:
        raise Refused(str(error)) from error
    if typed.userinfo:
        complain("Name and password are left out: only feeds that need none can be read.")
    with writable(here, make=True) as shelf:
        try:
            feed = shelf.add_feed(typed.address, permit=typed.permit)
        except AlreadySubscribed as error:
            raise Refused(str(error)) from error
        status = _first_fetch(shelf, feed)
        if status == 0:
            _tell_added(shelf, feed.number, json=json)
        return status


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


def _first_fetch(shelf: Shelf, feed: Feed) -> int:
    """Fetch a new feed; unless it can be read, the subscription is taken back."""
    kept = False
    try:
        status = until_ended(_read_once(shelf, feed))
        kept = status == 0
        return status
    finally:
        if not kept:
            shelf.remove_feed(feed.number)


async def _read_once(shelf: Shelf, feed: Feed) -> int:
    async for outcome in refreshing(shelf, [feed]):
        if isinstance(outcome, FeedFailed):
            raise Refused(outcome.reason)
    return 0


def _tell_added(shelf: Shelf, number: int, *, json: bool) -> None:
    feed = next(feed for feed in _listed(shelf) if feed.number == number)
    if json:
        say_json(feed)
    else:
        articles = f"{feed.articles} article{'' if feed.articles == 1 else 's'}"
        say(f"Subscribed to {feed.name} as feed {number}: {articles}.")


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
