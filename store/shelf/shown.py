"""What lists show, in their order: all of it, and what of it each feed has."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import chain


class Shown:
    """Row numbers of the columns, newest first; an order of its own after each change."""

    def __init__(self, rows: Sequence[int], feeds: array[int]) -> None:
        """``feeds`` is the column that tells of each row number whose it is."""
        self.rows = rows
        self._feeds = feeds

    def of(self, feeds: Collection[int]) -> list[int]:
        """The rows of these feeds, newest first; costs what they have, not what the desk has."""
        found = [self._places[feed] for feed in feeds if feed in self._places]
        places = found[0] if len(found) == 1 else sorted(chain.from_iterable(found))
        rows = self.rows
        return [rows[place] for place in places]

    @cached_property
    def _places(self) -> dict[int, list[int]]:
        """Where in the order the rows of each feed stand."""
        feeds = self._feeds
        places: dict[int, list[int]] = {}
        for place, row in enumerate(self.rows):
            places.setdefault(feeds[row], []).append(place)
        return places
