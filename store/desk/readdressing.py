"""A feed to which a person gives another address: it stays the feed that it is."""

from __future__ import annotations

from collections.abc import Iterable

from store.errors import DeskError
from store.feeds.moving import readdressed
from store.feeds.web.address import BadAddress, typed_address
from store.model import Feed


def at_address(feed: Feed, typed: str, feeds: Iterable[Feed]) -> Feed:
    """The feed, fetched where the person typed from now on; articles and claims stay its own.

    ``feeds`` are all of the desk. Private hosts are permitted by being typed, as when a feed is
    added. A name and a password are not taken here: they are kept once they have worked.

    Raises:
        DeskError: It is no address, holds a password, or another feed of the desk lies there.
    """
    if typed == feed.address:
        return feed
    if not feed.is_fetched:
        raise DeskError(f"{feed.name} is not fetched: its pages come one by one.")
    try:
        wanted = typed_address(typed)
    except BadAddress as error:
        raise DeskError(str(error)) from None
    if wanted.userinfo:
        raise DeskError(
            "Save the address without its name and password, then add it with both: the feed "
            "takes them."
        )
    if wanted.address == feed.address:
        return feed
    for other in feeds:
        if other.number != feed.number and other.address == wanted.address:
            raise DeskError(f"{other.name} is fetched there already; unsubscribe from one of them.")
    return readdressed(feed, wanted.address, wanted.permit)
