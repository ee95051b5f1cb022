"""What somebody changed in an ordered list, taken back in the list as others left it meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from msgspec.structs import asdict, replace

from store.model import FolderPlace, Label, Rule, Value, View, WatchWord
from store.shelf.interests import OrderedTable

T = TypeVar("T", View, Rule, WatchWord, Label, FolderPlace)

TakeBack = Callable[[], Awaitable[None]]
"""Takes a change back; raises DeskError."""


async def nothing_to_take_back() -> None:
    """What takes back the last change before there is one."""


class ListChange(Value, Generic[T], frozen=True):
    """A list before and after a change."""

    before: tuple[T, ...]
    after: tuple[T, ...]


def changed(
    table: OrderedTable[T], decide: Callable[[tuple[T, ...]], Sequence[T]]
) -> ListChange[T]:
    """Have a list as ``decide`` makes it, in one write, and tell what it was. Raises ShelfError."""
    before: tuple[T, ...] = ()

    def noting(present: tuple[T, ...]) -> Sequence[T]:
        nonlocal before
        before = present
        return decide(present)

    after = table.change(noting)
    return ListChange(before, after)


def taken_back(
    change: ListChange[T], now: Sequence[T], name_of: Callable[[T], str]
) -> tuple[T, ...]:
    """The list without the change; what differs from ``after`` is somebody else's, and stays.

    ``name_of`` tells one from every other.
    """
    before = {name_of(one): one for one in change.before}
    after = {name_of(one): one for one in change.after}
    kept = {name_of(one): one for one in now if name_of(one) in before or name_of(one) not in after}
    for name in before.keys() & after.keys() & kept.keys():
        kept[name] = _as_before(before[name], after[name], kept[name])
    order = _order_before(list(before), list(after), list(kept))
    at = 0
    for name in before:
        if name in order:
            at = order.index(name) + 1
        elif name not in after:
            order.insert(at, name)
            at += 1
    return tuple(kept.get(name) or before[name] for name in order)


def _as_before(before: T, after: T, now: T) -> T:
    """With the fields that were changed as they were."""
    said = asdict(after)
    return replace(now, **{name: was for name, was in asdict(before).items() if said[name] != was})


def _order_before(before: list[str], after: list[str], now: list[str]) -> list[str]:
    """Names as they stand; those that the change moved stand among each other as before it."""
    moved = [name for name in before if name in after and name in now]
    if moved == [name for name in after if name in moved]:
        return now
    places = iter(moved)
    return [next(places) if name in moved else name for name in now]
