"""Where one reads on when a list has nothing unread any more, and what its order is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.widgets.feed_tree import Place

if TYPE_CHECKING:
    from store.desk.orders import ListOrder

_ORDERS = {
    ("time", False): "",
    ("time", True): "oldest first",
    ("source", False): "by source",
    ("source", True): "by source, Z to A",
    ("title", False): "by title",
    ("title", True): "by title, Z to A",
}


def next_with_unread(places: Sequence[Place], here: Place, direction: int) -> Place | None:
    """The next place in the tree that has unread articles, around; None if there is none.

    From a feed that is a feed, from a folder a folder, while there is one; else a feed or folder.
    """
    at = next((i for i, place in enumerate(places) if place.key == here.key), 0)
    ahead = [*places[at + 1 :], *places[:at]]
    if direction < 0:
        ahead.reverse()
    for kinds in ((here.kind,), ("feed", "folder")):
        if kinds[0] in ("feed", "folder", "view"):
            for place in ahead:
                if place.kind in kinds and place.unread:
                    return place
    return None


def place_word(place: Place) -> str:
    """By what a place is remembered."""
    word = "/".join((place.kind, *place.folder)) if place.kind == "folder" else place.kind
    return f"{word} {place.view or place.feed or ''}".strip()


def order_told(order: ListOrder) -> str:
    """How a list is sorted, in words; "" for the usual order."""
    return _ORDERS[order.by, order.reverse]
