"""Feeds are unsubscribed from and come back; articles that work rests on stay in the lists."""

from __future__ import annotations

from collections.abc import Collection

from store.model import Account, Feed, Value
from store.shelf.columns import Columns
from store.shelf.shelf import Shelf
from store.text.amounts import amount


class Leaving(Value, frozen=True, kw_only=True):
    """What unsubscribing would mean."""

    feeds: tuple[Feed, ...]
    articles: int = 0
    """How many leave the lists."""
    staying: int = 0
    """How many stay in them, as they bear claims, a star or a label."""

    @property
    def name(self) -> str:
        """What is left, in short."""
        return self.feeds[0].name if len(self.feeds) == 1 else amount(len(self.feeds), "feed")

    @property
    def told(self) -> str:
        """What goes and what stays, in sentences."""
        told = [f"{counted(self.articles, 'leave')} the lists."]
        if self.staying:
            stay = counted(self.staying, "stay")
            told.append(f"{stay}, with claims, stars or labels: in Starred, With claims and All.")
        return " ".join(told)


class Left(Value, frozen=True, kw_only=True):
    """What brings the feeds back as they were."""

    feeds: tuple[Feed, ...]
    accounts: tuple[tuple[int, Account], ...] = ()
    """Who asked for which; kept nowhere else."""


def leaving(shelf: Shelf, columns: Columns, numbers: Collection[int]) -> Leaving:
    """What unsubscribing from these feeds would mean; those that are not here are left out.

    Raises:
        ShelfError: The desk cannot be read.
    """
    columns.refresh()
    feeds = tuple(feed for feed in shelf.feeds() if feed.number in numbers)
    counts = columns.counts()
    every = sum(counts.get(feed.number, (0, 0))[1] for feed in feeds)
    staying = columns.outliving(frozenset(feed.number for feed in feeds))
    return Leaving(feeds=feeds, articles=every - staying, staying=staying)


def unsubscribe(shelf: Shelf, numbers: Collection[int]) -> Left:
    """End these subscriptions; nothing that was read or said is deleted.

    Raises:
        ShelfError: One of them is not here, or it cannot be stored.
    """
    accounts = [(number, account) for number in numbers if (account := shelf.account(number))]
    return Left(feeds=shelf.remove_feeds(numbers), accounts=tuple(accounts))


def bring_back(shelf: Shelf, left: Left) -> None:
    """Subscribe again, with all articles, names and passwords.

    Raises:
        ShelfError: Another feed has one of the addresses, or it cannot be stored.
    """
    back = {feed.number for feed in shelf.bring_back_feeds([one.number for one in left.feeds])}
    for number, account in left.accounts:
        if number in back:
            shelf.keep_account(number, account)


def counted(articles: int, verb: str) -> str:
    """How many articles do something: "1 article stays", "12 articles stay"."""
    return f"{amount(articles, 'article')} {verb}{'s' if articles == 1 else ''}"
