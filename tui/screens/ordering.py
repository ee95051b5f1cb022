"""How the list of each place is sorted, what that is called, and what has to be got ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from store.desk import Desk
from store.shelf.rows import Rows
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


class Ordering:
    """Sorts what is listed as the person wants it there."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._waiting: Place | None = None
        self.wanted: Callable[[], None] = lambda: None
        """Told when more is listed than can be sorted at once as is wanted."""

    def arranged(self, place: Place, rows: Rows) -> Rows:
        """Rows that are newest first, in the order of the place, or as they are until it is ready.

        What was looked for has an order of its own.
        """
        self._waiting = None
        if place.kind == "search":
            return rows
        orders, word = self._desk.orders, place_word(place)
        if not orders.is_ready(word, len(rows)):
            self._waiting = place
            self.wanted()
            return rows
        return orders.arranged(word, rows, self._desk.feed_names())

    @property
    def waits(self) -> bool:
        """Whether what is listed is not in its order yet."""
        return self._waiting is not None

    async def make_ready(self) -> None:
        """Do what sorting very many needs; it may take a second."""
        await self._desk.orders.make_ready()

    async def turn(self, place: Place, *, reverse: bool) -> str:
        """Take the next order for a place, or this one turned around; what it is called.

        Raises:
            DeskError: It is done, but cannot be remembered.
        """
        orders, word = self._desk.orders, place_word(place)
        order = orders.of(word)
        order = order.turned if reverse else order.next
        await orders.keep(word, order)
        return order_told(order) or "newest first"

    def told(self, place: Place) -> str:
        """What stands behind the name of a list; nothing for the usual order."""
        if place.kind == "search":
            return ""
        told = order_told(self._desk.orders.of(place_word(place)))
        return f" · {told}" if told else ""


def place_word(place: Place) -> str:
    """By what a place is remembered."""
    word = "/".join((place.kind, *place.folder)) if place.kind == "folder" else place.kind
    return f"{word} {place.view or place.feed or ''}".strip()


def order_told(order: ListOrder) -> str:
    """How a list is sorted, in words; "" for the usual order."""
    return _ORDERS[order.by, order.reverse]
