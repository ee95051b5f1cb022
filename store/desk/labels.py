"""Labels: what a person files articles under, offered again by the name they were last used by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set

from store.desk.lane import Lane
from store.model import Label
from store.shelf.columns import Columns
from store.shelf.shelf import Mark, Shelf
from store.text.clean import clean_line

LABEL_LIMIT = 60
"""Characters of a label."""
MOST_LABELS = 500
"""Offered of a desk; those that were not used for longest are offered no more."""

Articles = Collection[tuple[int, int]]
"""As (feed, article)."""
Worn = Mapping[tuple[int, int], tuple[str, ...]]
"""What articles are filed under."""


def label_of(typed: str) -> str:
    """A label as it is kept: one line; commas and quotes, which part names in queries, go."""
    without = typed.replace(",", " ").replace('"', " ")
    return " ".join(clean_line(without, limit=LABEL_LIMIT).split())


def labels_of(typed: str) -> tuple[str, ...]:
    """Several labels typed in a line, commas between them; each once."""
    named: dict[str, str] = {}
    for label in filter(None, map(label_of, typed.split(","))):
        named.setdefault(label.casefold(), label)
    return tuple(named.values())


class Labels:
    """Puts labels on articles and takes them off; everything in the desk's thread."""

    def __init__(self, lane: Lane, shelf: Shelf, columns: Columns) -> None:
        self._lane = lane
        self._shelf = shelf
        self._columns = columns

    async def offered(self) -> tuple[str, ...]:
        """The labels of this desk, the one that was used last first. Raises DeskError."""
        return await self._lane.run(self._offered)

    async def worn(self, articles: Articles) -> Worn:
        """What these articles are filed under, those that are gone left out. Raises DeskError."""
        return await self._lane.run(self._worn, articles)

    async def change(
        self, articles: Articles, *, put: Iterable[str] = (), take: Iterable[str] = ()
    ) -> Worn:
        """File articles under labels, and under others no more; what they were filed under.

        Raises:
            DeskError: It could not be stored.
        """
        return await self._lane.run(self._change, articles, tuple(put), tuple(take))

    async def put_back(
        self, before: Worn, *, put: Iterable[str] = (), take: Iterable[str] = ()
    ) -> None:
        """Take back what ``change`` did to articles that were filed under ``before``.

        Labels that it did not touch stay, and articles that went meanwhile are left alone.

        Raises:
            DeskError: It could not be stored.
        """
        await self._lane.run(self._put_back, before, _keys(put), _keys(take))

    def _offered(self) -> tuple[str, ...]:
        return tuple(label.name for label in self._shelf.interests.labels.all())

    def _worn(self, articles: Articles) -> Worn:
        found = {(feed, id_): self._shelf.headline(id_, feed) for feed, id_ in sorted(articles)}
        return {key: one.labels for key, one in found.items() if one is not None}

    def _change(self, articles: Articles, put: Sequence[str], take: Sequence[str]) -> Worn:
        before = self._worn(articles)
        self._shelf.mark(dict.fromkeys(before, Mark(label=tuple(put), unlabel=tuple(take))))
        if put:
            offer(self._shelf, put)
        self._columns.refresh()
        return before

    def _put_back(self, before: Worn, put: Set[str], take: Set[str]) -> None:
        marks = {
            key: Mark(
                label=tuple(one for one in before[key] if one.casefold() in take),
                unlabel=tuple(put - _keys(before[key])),
            )
            for key in self._worn(before)
        }
        self._shelf.mark(marks)
        self._columns.refresh()


def _keys(labels: Iterable[str]) -> Set[str]:
    return {one.casefold() for one in labels}


def offer(shelf: Shelf, used: Sequence[str]) -> None:
    """Offer these labels before all others, unless they are. Raises ShelfError."""
    wanted = {name.casefold(): Label(name=name) for name in used}
    offered = shelf.interests.labels.all()
    if [one.name.casefold() for one in offered[: len(wanted)]] == list(wanted):
        return

    def decide(labels: tuple[Label, ...]) -> Sequence[Label]:
        known = {one.name.casefold(): one for one in labels}
        first = [known.get(key, label) for key, label in wanted.items()]
        rest = [one for key, one in known.items() if key not in wanted]
        return [*first, *rest][:MOST_LABELS]

    shelf.interests.labels.change(decide)
