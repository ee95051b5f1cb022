"""A list of headlines as a sequence: a widget draws the few rows it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from store.model import HeadlineRow

if TYPE_CHECKING:
    from store.shelf.columns import Columns


class Rows(Sequence[HeadlineRow]):
    """The rows of the columns in an order; a row is made when it is asked for."""

    def __init__(self, columns: Columns, order: Sequence[int]) -> None:
        self.columns = columns
        self.order = order

    def __len__(self) -> int:
        return len(self.order)

    @overload
    def __getitem__(self, place: int) -> HeadlineRow: ...

    @overload
    def __getitem__(self, place: slice) -> Rows: ...

    def __getitem__(self, place: int | slice) -> HeadlineRow | Rows:
        if isinstance(place, slice):
            return Rows(self.columns, self.order[place])
        return self.columns.row(self.order[place])

    def find(self, article: int) -> int | None:
        """Where an article stands in this order; None if it does not."""
        row = self.columns.index(article)
        try:
            return None if row is None else self.order.index(row)
        except ValueError:
            return None
