"""What happens by itself to articles that come in: rules, and watch words that are told of."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from store.model import Headline, Noticed, Rule, Value, WatchWord
from store.query import QueryError, Term, unquoted
from store.shelf.articles import Mark, labelled
from store.shelf.shelf import Shelf
from store.text.matching import is_word

MOST_TITLES: Final = 3
"""Of what is told of one rule; nobody reads more in one line."""

Find = Callable[[str, Collection[int]], Collection[int]]
"""Which of these articles a query finds; raises QueryError."""


class Decision(Value, frozen=True, kw_only=True):
    """What is to happen to articles."""

    marks: Mapping[tuple[int, int], Mark] = {}
    """By (feed, article); of those that no rule finds there are none."""
    noticed: tuple[Noticed, ...] = ()


def term_of(word: WatchWord) -> Term:
    """What a watch word looks for: its words as they stand, in that order.

    One word with a star behind it, as ``chip*``, also finds the words that begin so.
    """
    if word.text.endswith("*") and is_word(word.text[:-1]):
        return Term(values=(word.text[:-1],))
    return Term(values=(word.text,), phrase=True)


def query_of(word: WatchWord) -> str:
    """The query that finds what says a watch word."""
    term = term_of(word)
    said = unquoted(term.values[0])
    return f'"{said}"' if term.phrase else said


def mistake_in(rule: Rule, find: Find) -> str:
    """Why a rule does nothing; "" for one that does what it says."""
    try:
        find(rule.query, ())
    except QueryError as error:
        return str(error)
    return ""


def decide(
    rules: Iterable[Rule], words: Iterable[WatchWord], arrived: Sequence[Headline], find: Find
) -> Decision:
    """What rules and watch words make of articles that came in; a broken rule makes nothing."""
    here = {one.id: one for one in arrived}
    marks: dict[int, Mark] = {}
    noticed = []
    for rule in rules:
        if not rule.on:
            continue
        found = _found(rule.query, here, find)
        for one in found:
            marks[one.id] = with_rule(marks.get(one.id), rule)
        if rule.notify and found:
            noticed.append(_noticed(rule.name, found))
    for word in words:
        if word.on and word.notify and (found := _found(query_of(word), here, find)):
            noticed.append(_noticed(word.text, found))
    by_feed = {(here[article].feed, article): mark for article, mark in marks.items()}
    return Decision(marks=by_feed, noticed=tuple(noticed))


def with_rule(mark: Mark | None, rule: Rule, *, once: bool = True) -> Mark:
    """What a rule does to an article, beside what others before it do."""
    before = mark or Mark()
    return Mark(
        read=True if rule.read else before.read,
        starred=True if rule.star else before.starred,
        label=labelled(before.label, rule.labels),
        by_rule=True,
        once=once,
    )


def apply_rule(
    shelf: Shelf, rule: Rule, articles: Iterable[tuple[int, int]], *, dry: bool = False
) -> list[Headline]:
    """Do to articles, given as (feed, article), what a rule says; those it changes, as they were.

    Raises:
        ShelfError: It could not be stored.
    """
    heads = (shelf.headline(article, feed) for feed, article in sorted(articles))
    meant = [one for one in heads if one is not None and changes(rule, one)]
    if not dry:
        mark = with_rule(None, rule, once=False)
        shelf.mark({(one.feed, one.id): mark for one in meant})
    return meant


def changes(rule: Rule, headline: Headline) -> bool:
    """Whether an article is another one after the rule."""
    reads = rule.read and not (headline.read or headline.kept_unread)
    stars = rule.star and not headline.starred
    return reads or stars or labelled(headline.labels, rule.labels) != headline.labels


def rules_at_work(shelf: Shelf) -> tuple[tuple[Rule, ...], tuple[WatchWord, ...]]:
    """Those that something happens by, in order. Raises ShelfError."""
    rules = tuple(rule for rule in shelf.interests.rules.all() if rule.on)
    words = shelf.interests.watch_words.all()
    return rules, tuple(word for word in words if word.on and word.notify)


def follow_rules(shelf: Shelf, find: Find) -> tuple[Noticed, ...]:
    """Do to what came in since the last time what the rules say; what is to be told of it.

    An article bears the mark that rules were there beside what they did, in one write, so that a
    kill between two articles, or after all of them, lets nothing happen twice.

    Raises:
        ShelfError: The desk cannot be read, or nothing more can be stored.
    """
    rules, words = rules_at_work(shelf)
    if not (rules or words):
        return ()
    arrived, passed = shelf.arrivals.new(feed.number for feed in shelf.feeds())
    decision = decide(rules, words, arrived, find)
    shelf.mark(decision.marks)
    shelf.arrivals.remember(passed)
    return decision.noticed


def _found(query: str, here: Mapping[int, Headline], find: Find) -> list[Headline]:
    try:
        found = frozenset(find(query, here.keys()))
    except QueryError:
        return []
    return [one for article, one in here.items() if article in found]


def _noticed(name: str, found: Sequence[Headline]) -> Noticed:
    newest = sorted(found, key=lambda one: one.at, reverse=True)[:MOST_TITLES]
    return Noticed(name=name, articles=len(found), titles=tuple(one.title for one in newest))
