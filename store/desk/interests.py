"""Rules and watch words as a screen takes care of them: listed, changed, tried and applied."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from msgspec.structs import replace

from store.desk.labels import labels_of, offer
from store.desk.lane import Lane
from store.desk.list_changes import (
    ListChange,
    TakeBack,
    changed,
    nothing_to_take_back,
    taken_back,
)
from store.errors import DeskError
from store.model import Headline, Rule, Value, WatchWord
from store.query import LIMIT
from store.shelf.columns import Columns
from store.shelf.interests import OrderedTable
from store.shelf.shelf import Mark, Shelf
from store.text.clean import clean_line
from store.text.matching import is_word

if TYPE_CHECKING:
    from store.desk.finding import Finder

NAME_LIMIT = 60
WORD_LIMIT = 100
MOST_WORDS = 100
"""Of watch words: each costs a look into the index when articles come in."""
ARTICLES_A_TURN = 64
"""Marked, at least, before whatever else the desk has to do gets its turn."""

T = TypeVar("T", Rule, WatchWord)


class Found(Value, frozen=True, kw_only=True):
    """What a query finds on the desk as it is."""

    rows: tuple[int, ...]
    """Row numbers of the columns."""
    unread: int
    behind: int = 0
    """Articles that the search index does not know yet."""


class Applied(Value, frozen=True, kw_only=True):
    """What a rule did to articles that were there, and what takes it back."""

    rule: Rule
    found: int
    before: tuple[Headline, ...] = ()
    """The articles that it changed, as they were."""


class Care:
    """Looks after the rules and watch words of a desk, in the person's order."""

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        columns: Columns,
        finder: Callable[[], Finder],
        clock: Callable[[], datetime],
    ) -> None:
        self._lane = lane
        self._shelf = shelf
        self._columns = columns
        self._finder = finder
        self._clock = clock
        self.take_back_last: TakeBack = nothing_to_take_back
        """Takes back what was done to rules and watch words last, and nothing that others did."""

    # ------------------------------------------------------------ as they are

    async def rules(self) -> tuple[Rule, ...]:
        """All rules, in order. Raises DeskError."""
        return await self._lane.run(self._shelf.interests.rules.all)

    async def words(self) -> tuple[WatchWord, ...]:
        """All watch words, in order. Raises DeskError."""
        return await self._lane.run(self._shelf.interests.watch_words.all)

    async def found(self, query: str) -> Found:
        """What a query finds, and how much of that is unread.

        Raises:
            QueryError: It cannot be meant.
            DeskError: The desk or its index cannot be read.
        """
        found = await self._finder().find(query)
        unread = await self._lane.run(self._columns.unread_among, found.rows)
        return Found(rows=tuple(found.rows), unread=unread, behind=found.behind)

    # ------------------------------------------------------------ changing them

    async def keep_rule(self, rule: Rule) -> Rule:
        """Put a rule in the place of the one with its id, else behind the others.

        Raises:
            QueryError: Its query cannot be meant.
            DeskError: It has no name, no query or nothing to do, or it could not be stored.
        """
        kept = rule_typed(rule)
        await self._finder().find(kept.query)

        def decide(rules: tuple[Rule, ...]) -> Sequence[Rule]:
            if any(one.id != kept.id and _same(one.name, kept.name) for one in rules):
                raise DeskError(f"There is a rule called {kept.name} already: type another name.")
            if all(one.id != kept.id for one in rules):
                return [*rules, kept]
            return [kept if one.id == kept.id else one for one in rules]

        await self.change_rules(decide)
        if kept.labels:
            await self._lane.run(offer, self._shelf, kept.labels)
        return kept

    async def keep_word(self, word: WatchWord, *, instead: str = "") -> WatchWord:
        """Put a watch word in the place of another one, else behind the others.

        Raises:
            DeskError: It says nothing or is there already, or it could not be stored.
        """
        kept = replace(word, text=word_of(word.text))

        def decide(words: tuple[WatchWord, ...]) -> Sequence[WatchWord]:
            others = [one for one in words if one.text != instead]
            if any(_same(one.text, kept.text) for one in others):
                raise DeskError(f"“{kept.text}” is a watch word already.")
            if len(others) == len(words):
                if len(words) >= MOST_WORDS:
                    raise DeskError(f"There are {MOST_WORDS} watch words: delete one before.")
                return [*words, kept]
            return [kept if one.text == instead else one for one in words]

        await self.change_words(decide)
        return kept

    async def change_rules(self, decide: Callable[[tuple[Rule, ...]], Sequence[Rule]]) -> None:
        """Keep what is made of the rules. Raises DeskError."""
        done = await self._lane.run(self._change, self._shelf.interests.rules, decide)

        async def take_back() -> None:
            await self.change_rules(lambda rules: taken_back(done, rules, name_of))

        self.take_back_last = take_back

    async def change_words(
        self, decide: Callable[[tuple[WatchWord, ...]], Sequence[WatchWord]]
    ) -> None:
        """Keep what is made of the watch words. Raises DeskError."""
        done = await self._lane.run(self._change, self._shelf.interests.watch_words, decide)

        async def take_back() -> None:
            await self.change_words(lambda words: taken_back(done, words, name_of))

        self.take_back_last = take_back

    def _change(
        self, table: OrderedTable[T], decide: Callable[[tuple[T, ...]], Sequence[T]]
    ) -> ListChange[T]:
        from store.finding.rules import rules_at_work

        worked = any(rules_at_work(self._shelf))
        done = changed(table, decide)
        if not worked and any(rules_at_work(self._shelf)):
            # What came in while nothing was at work is not caught up with.
            self._shelf.arrivals.begin(self._clock())
        return done

    # ------------------------------------------------------------ what is there

    async def apply(self, rule: Rule) -> Applied:
        """Do to every article that is there what a rule says, some feeds a turn.

        Raises:
            QueryError: Its query cannot be meant.
            DeskError: It could not be stored; what was changed until then stays changed.
        """
        rows = (await self._finder().find(rule.query)).rows
        articles = await self._lane.run(self._articles, rows)
        before: list[Headline] = []
        for turn in in_turns(articles):
            before += await self._lane.run(self._apply, rule, turn)
        await self._lane.run(self._columns.refresh)
        return Applied(rule=rule, found=len(rows), before=tuple(before))

    def _articles(self, rows: Collection[int]) -> list[tuple[int, int]]:
        """Feed and article of rows, as they lie on disk: each file is written once."""
        return sorted((row.feed, row.id) for row in map(self._columns.row, rows))

    def _apply(self, rule: Rule, articles: Sequence[tuple[int, int]]) -> list[Headline]:
        from store.finding.rules import apply_rule

        return apply_rule(self._shelf, rule, articles)

    async def take_back(self, applied: Applied) -> None:
        """Have the articles marked as they were before a rule was applied. Raises DeskError."""
        before = {(one.feed, one.id): one for one in applied.before}
        for turn in in_turns(sorted(before)):
            await self._lane.run(self._take_back, applied.rule, [before[key] for key in turn])
        await self._lane.run(self._columns.refresh)

    def _take_back(self, rule: Rule, before: Sequence[Headline]) -> None:
        present = [one for one in before if self._shelf.headline(one.id, one.feed) is not None]
        self._shelf.mark({(one.feed, one.id): _as_before(one, rule) for one in present})


def in_turns(articles: Sequence[tuple[int, int]]) -> Iterator[Sequence[tuple[int, int]]]:
    """Articles, sorted, in turns of whole feeds."""
    turn: list[tuple[int, int]] = []
    for _feed, ids in groupby(articles, key=lambda one: one[0]):
        turn += ids
        if len(turn) >= ARTICLES_A_TURN:
            yield turn
            turn = []
    if turn:
        yield turn


def rule_typed(rule: Rule) -> Rule:
    """A rule as it is kept.

    Raises:
        DeskError: It has no name, no query, or nothing to do.
    """
    name, query = _line(rule.name, NAME_LIMIT), _line(rule.query, LIMIT)
    if not query:
        raise DeskError("A rule needs a query: type what it shall find.")
    if not name:
        raise DeskError("A rule needs a name: type one.")
    labels = labels_of(",".join(rule.labels))
    if not (rule.star or rule.read or rule.notify or labels):
        raise DeskError("A rule needs something to do: star, mark read, label or tell.")
    return replace(rule, id=rule.id or uuid4().hex, name=name, query=query, labels=labels)


def word_of(typed: str) -> str:
    """A watch word as it is kept: one line without quotes.

    Raises:
        DeskError: No letter and no digit is in it, or a star that would find nothing.
    """
    word = _line(typed.replace('"', " "), WORD_LIMIT)
    if not any(map(str.isalnum, word)):
        raise DeskError("A watch word needs a letter or a digit: type a word or several.")
    if "*" in word and not is_word(word.removesuffix("*")):
        raise DeskError("The star of a watch word goes behind a word that stands alone, as chip*.")
    return word


def name_of(one: Rule | WatchWord) -> str:
    """What tells a rule or a watch word from every other."""
    return one.id if isinstance(one, Rule) else one.text


def rearranged(ones: tuple[T, ...], what: str, id_: str) -> Sequence[T]:
    """The same, one of them in another way: "switch"ed on or off, "delete"d, one "up" or "down"."""
    if what == "switch":
        return [replace(one, on=not one.on) if name_of(one) == id_ else one for one in ones]
    if what == "delete":
        return [one for one in ones if name_of(one) != id_]
    order = list(ones)
    at = next((place for place, one in enumerate(order) if name_of(one) == id_), None)
    by = -1 if what == "up" else 1
    if at is not None and 0 <= at + by < len(order):
        order.insert(at + by, order.pop(at))
    return order


def _as_before(before: Headline, rule: Rule) -> Mark:
    """What takes a rule off an article, and leaves what else was done to it meanwhile."""
    were = {one.casefold() for one in before.labels}
    return Mark(
        read=False if rule.read and not (before.read or before.kept_unread) else None,
        starred=False if rule.star and not before.starred else None,
        unlabel=tuple(one for one in rule.labels if one.casefold() not in were),
    )


def _line(typed: str, limit: int) -> str:
    return " ".join(clean_line(typed, limit=limit).split())


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
