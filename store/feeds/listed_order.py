"""In which order feeds and folders of a list come to stand on a desk. Pure.

The order of a list holds in folders that nothing stood in before; it is noted only where it is not
the one by name, which every desk has by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import chain, pairwise

Path = tuple[str, ...]
"""Names of folders, outermost first."""


def places(rows: Iterable[Sequence[str]], names: Mapping[str, str]) -> dict[str, int]:
    """The places of feeds, by address, so that each row stands as it is given.

    ``rows`` are the addresses in each folder; feeds without a place stand by their ``names``.
    """
    rows = [list(dict.fromkeys(row)) for row in rows]
    placed: set[str] = set()
    joined = {one for row in rows if row != _by_name(row, names) for one in row}
    while joined - placed:
        placed |= joined
        # Who has no place stands behind all who have one, in each of its folders.
        joined = {one for row in rows if not placed.isdisjoint(row) for one in row}
    order = _in_one_row([row for row in rows if not placed.isdisjoint(row)])
    return {address: place for place, address in enumerate(order, start=-len(order))}


def ordered_folders(listed: Iterable[Path], present: Collection[Path]) -> list[Path]:
    """Those of the listed folders that stand otherwise than by name among new neighbours."""
    neighbours: dict[Path, dict[Path, None]] = {}
    for path in listed:
        for depth in range(len(path)):
            neighbours.setdefault(path[:depth], {})[path[: depth + 1]] = None
    held = {path[:depth] for path in present for depth in range(len(path))}
    return [
        one
        for outer, inner in neighbours.items()
        if outer not in held and list(inner) != sorted(inner, key=lambda one: one[-1].casefold())
        for one in inner
    ]


def _by_name(row: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return sorted(row, key=lambda address: names[address].casefold())


def _in_one_row(rows: Sequence[Sequence[str]]) -> list[str]:
    """All of them once, each row in its order; rows that contradict each other by first sight."""
    graph: TopologicalSorter[str] = TopologicalSorter()
    for row in rows:
        for before, after in pairwise(row):
            graph.add(after, before)
    try:
        order = list(graph.static_order())
    except CycleError:
        order = []
    return order or list(dict.fromkeys(chain.from_iterable(rows)))
