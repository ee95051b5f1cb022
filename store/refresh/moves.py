"""A feed whose server says that it lives elsewhere for good: followed at once, moved late."""

from __future__ import annotations

from msgspec.structs import replace

from store.feeds.moving import is_safe, moved
from store.model import Feed, Moving, Value
from store.refresh.ledger import Lease
from store.shelf.shelf import Shelf


class Move(Value, frozen=True, kw_only=True):
    """What became of a redirect that was seen often enough."""

    moving: Moving | None
    """What is still to be watched; None once the feed was moved."""
    address: str = ""
    """Its new address, if it was."""
    note: str = ""
    """Why it was not, in one sentence."""


def move(shelf: Shelf, lease: Lease, moving: Moving) -> Move:
    """Change the feed's address, or say once why that cannot be.

    Raises:
        ShelfError: it cannot be stored.
    """
    feed, target = lease.feed, moving.address
    if (twin := _twin(shelf, feed, target)) is not None:
        return Move(moving=replace(moving, told=True), note=_subscribed_twice(feed, twin))
    if not is_safe(feed, target, has_account=lease.account is not None):
        return Move(moving=replace(moving, told=True), note=_unsafe(feed, target))
    present = shelf.feed(feed.number)
    if present is None or present.address != feed.address:
        return Move(moving=None)  # unsubscribed, or given another address, while it was fetched
    shelf.change_feed(feed.number, lambda present: _as_agreed(present, feed, target))
    return Move(moving=None, address=target)


def _twin(shelf: Shelf, feed: Feed, address: str) -> Feed | None:
    others = (one for one in shelf.feeds() if one.number != feed.number)
    return next((one for one in others if one.address == address), None)


def _as_agreed(present: Feed, before: Feed, target: str) -> Feed:
    """Moved, unless somebody gave it another address while it was fetched."""
    return moved(present, target) if present.address == before.address else present


def _subscribed_twice(feed: Feed, twin: Feed) -> str:
    return (
        f"{feed.address} has moved for good to {twin.address}, which is feed {twin.number} of this "
        "desk; unsubscribe from one of the two."
    )


def _unsafe(feed: Feed, target: str) -> str:
    return (
        f"{feed.address} has moved for good to {target}, where its name and password, or its "
        "encryption, would be given away; add it there by hand if you trust the place."
    )
