"""What is said back and forth until what somebody typed is on the desk, or it is told why not."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from store.model.subscribing import (
    Addition,
    ArticleSaved,
    Asking,
    FeedAdded,
    FeedsFound,
    FeedThere,
    FoundFeed,
    ListTaken,
    NotAdded,
    Wish,
)
from store.settings import MOST_MEGABYTES
from store.text.clean import clean

_NAMED_LIMIT = 60
"""Characters of an address in a sentence about it."""


class Adds(Protocol):
    """What puts things on the desk."""

    def add(self, wishes: Sequence[Wish]) -> AsyncIterator[Addition]:
        """Do what is wished and tell how it goes."""


class Person(Protocol):
    """Who is asked when there is something to decide."""

    def told(self, doing: str) -> None:
        """See what is being done."""

    async def choose(self, found: FeedsFound) -> Sequence[FoundFeed]:
        """Which of several feeds; none: leave it."""

    async def permits(self, place: str) -> bool:
        """Whether a host and port that turned out to be private may be asked."""

    async def allows_more(self, reason: str) -> bool:
        """Whether a feed that is larger than usual is read all the same."""

    async def saves(self, reason: str) -> bool:
        """Whether a page that has no feed is kept as an article."""

    async def account(self, reason: str) -> tuple[str, str] | None:
        """Name and password for a server that wants them; None: leave it."""


@dataclass(frozen=True)
class Added:
    """What is on the desk now that was not before."""

    said: str
    feeds: tuple[int, ...] = ()
    article: tuple[int, int] | None = None
    """Feed and article of a page that was saved."""


@dataclass
class Result:
    """What came of it all."""

    added: list[FeedAdded] = field(default_factory=list)
    saved: list[ArticleSaved] = field(default_factory=list)
    taken: list[ListTaken] = field(default_factory=list)
    """Files of feeds."""
    problems: list[str] = field(default_factory=list)
    """One sentence for each thing that was not added."""
    left: list[str] = field(default_factory=list)
    """Addresses, as typed, that brought nothing."""

    @property
    def said(self) -> str:
        """What was added, in a few words."""
        said = [f"saved “{one.title}”" for one in self.saved]
        if len(self.added) == 1:
            (feed,) = self.added
            private = f" from {feed.permit}, which is private" if feed.permit else ""
            said.insert(0, f"added {feed.name}{private}")
        elif self.added:
            said.insert(0, f"added {len(self.added)} feeds")
        return " · ".join([*said, *map(_list_told, self.taken)])

    @property
    def new(self) -> Added | None:
        """What is on the desk by it; None if nothing is."""
        feeds = [feed.number for feed in self.added if not feed.updated]
        feeds += [number for taken in self.taken for number in taken.added]
        article = (self.saved[-1].feed, self.saved[-1].article) if self.saved else None
        return Added(self.said, tuple(feeds), article) if self.said else None


def _list_told(taken: ListTaken) -> str:
    """What a file of feeds brought, in a few words."""
    new, here = len(taken.added), taken.there + len(taken.merged)
    said = f"{new} new feed{'' if new == 1 else 's'} from {Path(taken.file).name}"
    return f"{said}, {here} here already" if here else said


async def talk(adds: Adds, wishes: Sequence[Wish], person: Person, result: Result) -> None:
    """Add one thing after the other, asking where there is something to decide."""
    for wish in wishes:
        before = len(result.problems)
        await _one(adds, wish, person, result)
        if len(result.problems) > before:
            result.left.append(wish.address)
            if len(wishes) > 1:
                told = " ".join(result.problems[before:])
                result.problems[before:] = [f"{_named(wish.address)}: {told}"]


def _named(typed: str) -> str:
    """An address as it was typed, without what may be a name and a password in it."""
    return clean(typed.rpartition("@")[2], limit=_NAMED_LIMIT)


async def _one(adds: Adds, wish: Wish, person: Person, result: Result) -> None:
    told: Addition | None = None
    async for told in adds.add([wish]):
        if isinstance(told, Asking):
            person.told(f"asking {told.address}")
    match told:
        case FeedAdded():
            result.added.append(told)
        case ArticleSaved():
            result.saved.append(told)
        case FeedThere():
            result.problems.append(f"{told.name} is on this desk already.")
        case FeedsFound():
            await _chosen(adds, wish, told, person, result)
        case NotAdded():
            await _not_added(adds, wish, told, person, result)
        case _:
            result.problems.append("Adding ended early; try again.")


async def _chosen(
    adds: Adds, wish: Wish, found: FeedsFound, person: Person, result: Result
) -> None:
    chosen = await person.choose(found)
    if not chosen:
        result.problems.append("None of its feeds was added.")
    for feed in chosen:
        page = wish.found_at or wish.address
        await _one(adds, replace(wish, address=feed.address, found_at=page), person, result)


async def _not_added(
    adds: Adds, wish: Wish, told: NotAdded, person: Person, result: Result
) -> None:
    again: Wish | None = None
    if told.private and not wish.permit and await person.permits(told.private):
        again = replace(wish, permit=told.private)
    elif told.status == HTTPStatus.UNAUTHORIZED and (who := await person.account(told.reason)):
        again = replace(wish, name=who[0], password=who[1])
    elif told.large and not wish.megabytes:
        if await person.allows_more(told.reason):
            again = replace(wish, megabytes=MOST_MEGABYTES)
    elif told.page and not wish.article and await person.saves(told.reason):
        again = replace(wish, article=True)
    if again is None:
        result.problems.append(told.reason)
    else:
        await _one(adds, again, person, result)
