"""Finds articles: what a query asks for, answered by the index, the columns and the claims."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING, Final

from store.finding.claim_facts import ClaimFacts
from store.finding.conditions import Conditions, conditions, parsed
from store.finding.head_facts import HeadFacts
from store.finding.reader import By, Reader
from store.finding.said import Said, said
from store.finding.search_file import Damaged
from store.model import Company, Feed, Value
from store.query import Term
from store.shelf.column_file import moment
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf
from store.shelf.shown import newest_first

if TYPE_CHECKING:
    from store.claims.codebook import Codebook
    from store.claims.table.vocabulary import Vocabulary

__all__ = ["By", "Found", "Search"]

KEPT: Final = 32
"""Answers of the index that are kept: saved views ask the same again after each mark."""
_MOST_TIED: Final = 4_000
"""Articles of one second that are looked at before the first of them are told."""


class Found(Value, frozen=True, kw_only=True):
    """What a query finds."""

    rows: tuple[int, ...]
    """Row numbers of the columns, in order."""
    terms: tuple[Term, ...]
    """What was asked for; ``store.text.matching.matches`` finds its words in a text."""
    behind: int = 0
    """How many articles are not in the index yet, and are found by no word."""
    more: bool = False
    """Whether there may be more than the limit that was given."""


class Search:
    """Finds articles on a desk, in one thread. Raises ShelfError, and QueryError as it says."""

    def __init__(
        self,
        shelf: Shelf,
        *,
        codebook: Callable[[], Codebook],
        companies: Callable[[], Mapping[str, Company]],
        clock: Callable[[], datetime],
        only: str = "",
    ) -> None:
        """``codebook`` and ``companies`` give those in use; ``only`` whose claims are seen."""
        self._shelf = shelf
        self._columns = shelf.columns()
        self._reader = Reader(shelf)
        self._clock = clock
        self._facts = Facts(shelf, codebook, companies, only)
        self._kept: dict[str, array[int]] = {}
        self._kept_of: tuple[object, ...] = ()
        self._counted: tuple[tuple[int, int], int] | None = None
        """How many articles that state of the index has."""

    def close(self) -> None:
        """Let go of the index."""
        self._reader.close()

    def find(self, text: str, *, by: By = "newest", limit: int | None = None) -> Found:
        """The articles that a query finds, or the first of them.

        Raises:
            QueryError: It cannot be meant.
        """
        terms = parsed(text, self._facts.dimensions)
        asked, also = said(terms), self._conditions(terms)
        try:
            rows = self._rows(asked, also, by, limit)
            behind = self._behind() if asked.wanted or asked.unwanted else 0
        except Damaged as damage:
            self._reader.let_go_of(damage)
            rows, behind = [], len(self._columns)
        more = limit is not None and len(rows) >= limit
        return Found(rows=tuple(rows), terms=terms, behind=behind, more=more)

    def preparing(self, text: str) -> Iterator[None]:
        """Find all that ``find`` will need from the index, a few thousand articles a step.

        So other queries can be answered in between. Raises QueryError.
        """
        asked = said(parsed(text, self._facts.dimensions))
        try:
            words = self._reader.few_words
            yield from self._gathered(asked.expression(words) or asked.left_out(words))
        except (Damaged, ShelfError):
            return  # who finds meets it again, and tells

    def which(self, text: str, articles: Collection[int]) -> frozenset[int]:
        """Which of these articles a query finds. Raises QueryError."""
        terms = parsed(text, self._facts.dimensions)
        asked, also = said(terms), self._conditions(terms)
        index, ids = self._columns.index, self._columns.ids
        rows = [row for article in articles if (row := index(article)) is not None]
        rows = list(_passing(rows, also))
        if not rows or not (asked.wanted or asked.unwanted):
            return frozenset(ids[row] for row in rows)
        try:
            found = set(self._rows(asked, also, "newest", None))
        except Damaged as damage:
            self._reader.let_go_of(damage)
            return frozenset()
        return frozenset(ids[row] for row in rows if row in found)

    def behind(self) -> int:
        """Roughly how many articles are not in the index yet."""
        try:
            return self._behind()
        except Damaged as damage:
            self._reader.let_go_of(damage)
            return len(self._columns)

    def _conditions(self, terms: Iterable[Term]) -> Conditions:
        self._facts.begin()
        return conditions(terms, self._columns, self._feeds, self._facts, self._clock())

    def _feeds(self, field: str) -> tuple[Feed, ...]:
        """What stays of feeds that were unsubscribed is found by their names, in no folder."""
        feeds = tuple(self._shelf.feeds())
        return feeds if field == "folder" else (*feeds, *self._shelf.former_feeds())

    def _rows(self, asked: Said, also: Conditions, by: By, limit: int | None) -> list[int]:
        without = frozenset[int]()
        if asked.wanted:
            rows = self._saying(asked, also, by, limit)
        else:
            rows = iter(self._columns.order(since=moment(also.since) if also.since else None))
            if left_out := asked.left_out(self._reader.few_words):
                without = frozenset(self._answer(left_out))
        if without:
            rows = (row for row in rows if row not in without)
        passing, times = _passing(rows, also), self._columns.times
        listed = list(islice(passing, limit))
        if by == "relevance":
            return listed
        if limit and len(listed) == limit:
            # Ids of the index tell seconds apart, no more: which of one second come first is
            # known when all of them are.
            last = times[listed[-1]]
            listed += islice(takewhile(lambda row: times[row] >= last, passing), _MOST_TIED)
            return newest_first(listed, times)[:limit]
        return newest_first(listed, times)

    def _saying(self, asked: Said, also: Conditions, by: By, limit: int | None) -> Iterator[int]:
        """Rows in the order of the index, as they are asked for."""
        if by == "newest" and limit is None:
            return iter(self._answer(asked.expression(self._reader.few_words)))
        expression = asked.expression(self._reader.words)
        if by == "relevance" and self._reader.finds_many(expression):
            # What so many say sets none apart; a title that says it does.
            titles = asked.in_titles(self._reader.words)
            both = chain(
                self._found(titles, since=also.since), self._found(expression, since=also.since)
            )
            return _once(both)
        return self._found(expression, by=by, since=also.since)

    def _found(self, expression: str, *, by: By = "newest", since: int = 0) -> Iterator[int]:
        found = self._reader.articles(expression, by=by, since=since)
        return chain.from_iterable(map(self._columns.rows_of, found))

    def _answer(self, expression: str) -> list[int]:
        """All rows that an expression finds; asked again, it is there."""
        for _ in self._gathered(expression):
            pass
        return self._columns.shown_among(self._kept.get(expression, ()))

    def _gathered(self, expression: str) -> Iterator[None]:
        """Have the answer to an expression among those that are kept."""
        state = (self._reader.state(), len(self._columns.ids))
        if state != self._kept_of:
            self._kept, self._kept_of = {}, state
        if not expression or expression in self._kept:
            return
        rows = array("i")
        for articles in self._reader.articles(expression):
            rows.extend(self._columns.known_rows(articles))
            yield
        if state == self._kept_of:
            if len(self._kept) >= KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[expression] = rows

    def _behind(self) -> int:
        """Roughly: articles of feeds that were removed are in the index, too."""
        state = self._reader.state()
        if self._counted is None or self._counted[0] != state:
            self._counted = (state, self._reader.count())
        return max(0, len(self._columns) - self._counted[1])


def _passing(rows: Iterable[int], also: Conditions) -> Iterator[int]:
    found = iter(rows)
    for test in also.tests:
        found = filter(test, found)
    return found


def _once(rows: Iterable[int]) -> Iterator[int]:
    seen = set[int]()
    for row in rows:
        if row not in seen:
            seen.add(row)
            yield row


class Facts:
    """What is known of articles beyond the columns, read when a query asks for it."""

    def __init__(
        self,
        shelf: Shelf,
        codebook: Callable[[], Codebook],
        companies: Callable[[], Mapping[str, Company]],
        only: str,
    ) -> None:
        self._codebook = codebook
        self._companies = companies
        self._only = only
        self._heads = HeadFacts(shelf.whole)
        self._claims = ClaimFacts(shelf.claim_segments)
        self._vocabulary: Vocabulary | None = None
        self._spoken_of: tuple[object, ...] = ()
        """What the vocabulary was made of."""
        self._are_heads_fresh = self._are_claims_fresh = False

    def begin(self) -> None:
        """From now on look again whether something changed."""
        self._are_heads_fresh = self._are_claims_fresh = False

    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the codebook and those in use, by id."""
        return self._spoken().dimension_ids

    def tagged(self, typed: str) -> frozenset[int]:
        """The articles that are filed under it."""
        return self._read().tagged(typed)

    def having(self, what: str) -> frozenset[int]:
        """The articles that have notes, labels, full text, changes since they were read."""
        if what == "notes":
            return self.noted("")
        heads = self._read()
        if what == "labels":
            return heads.labelled()
        return heads.with_full_text() if what == "fulltext" else heads.changed()

    def noted(self, typed: str) -> frozenset[int]:
        """The articles with words that begin so in a note; with any note for no words."""
        self._spoken()
        return self._claims.noted(typed)

    def saying(self, dimension: str, typed: str) -> frozenset[int]:
        """The articles with claims of a value. Raises QueryError."""
        vocabulary = self._spoken()
        wanted = typed.casefold()
        if wanted == "any":
            return self._claims.saying(dimension, None)
        return self._claims.saying(dimension, vocabulary.codes(dimension, typed))

    def _read(self) -> HeadFacts:
        if not self._are_heads_fresh:
            self._heads.refresh()
            self._are_heads_fresh = True
        return self._heads

    def _spoken(self) -> Vocabulary:
        """The names in use today."""
        from store.claims.codebook.merged import merged_codes
        from store.claims.table.vocabulary import Vocabulary

        if self._vocabulary is None or not self._are_claims_fresh:
            codebook, companies = self._codebook(), self._companies()
            changed = self._claims.refresh(merged_codes(codebook), only=self._only)
            self._are_claims_fresh = True
            if changed or self._spoken_of != (codebook, companies):
                self._vocabulary = None
                self._spoken_of = (codebook, companies)
            if self._vocabulary is None:
                self._vocabulary = Vocabulary(codebook, companies, [self._claims.values()])
        return self._vocabulary
