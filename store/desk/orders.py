"""How each list is sorted, remembered from one start to the next."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from store.desk.lane import Lane
from store.errors import DeskError
from store.settings import Folders, change_state, load_state
from store.settings_page import SettingsError
from store.shelf.columns import Columns
from store.shelf.rows import Rows
from store.shelf.sorting import ListOrder, Sorting

__all__ = ["ListOrder", "Orders"]


class Orders:
    """Sorts lists as the person wants each of them."""

    def __init__(self, lane: Lane, columns: Columns, folders: Folders) -> None:
        self._lane = lane
        self._folders = folders
        self._sorting = Sorting(columns)
        self._words = dict(load_state(folders).orders)

    def of(self, place: str) -> ListOrder:
        """How the list of a place is sorted."""
        return ListOrder.of_word(self._words.get(place, ""))

    async def keep(self, place: str, order: ListOrder) -> None:
        """Sort the list of a place so from now on.

        Raises:
            DeskError: It is done, but cannot be remembered.
        """
        self._words.pop(place, None)
        if order != ListOrder():
            self._words[place] = order.word
        words = dict(self._words)
        try:
            await self._lane.run(
                change_state, self._folders, lambda state: replace(state, orders=words)
            )
        except SettingsError as error:
            raise DeskError(str(error)) from error

    def is_ready(self, place: str, count: int) -> bool:
        """Whether the list of a place, of so many, can be sorted while a key is answered."""
        return self._sorting.is_ready(self.of(place), count)

    async def make_ready(self) -> None:
        """Do what sorting very many titles needs done once; it may take a second."""
        await self._lane.run(self._sorting.make_ready)

    def arranged(self, place: str, rows: Rows, names: Mapping[int, str]) -> Rows:
        """What is listed in a place, given newest first, in its order."""
        order = self.of(place)
        return rows if order == ListOrder() else self._sorting.arranged(rows, order, names)
