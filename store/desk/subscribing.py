"""Subscribing to what somebody typed: ask once, look for feeds, take in what came.

Nothing is kept before it was read as a feed: what ends this early leaves nothing behind, or a
feed that is simply due.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from store.desk.feed_search import PROBE_DEADLINE, Asked, FeedSearch, Found, asked_for, shown
from store.desk.strays import Strays
from store.feeds.parsing.children import ParserPool
from store.feeds.web.address import BadAddress, host_and_port
from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.fetch import Fetcher
from store.model import Account, Feed, FeedFailed, ParsedFeed
from store.model.subscribing import (
    DEEPEST,
    Addition,
    ArticleSaved,
    Asking,
    FeedAdded,
    FeedsFound,
    FeedThere,
    FoundFeed,
    NotAdded,
    Wish,
)
from store.refresh import refresh
from store.refresh.saved_pages import save_page
from store.settings import FEWEST_MINUTES, MOST_MEGABYTES, MOST_MINUTES
from store.shelf.errors import AlreadySubscribed, ShelfError
from store.shelf.shelf import Shelf
from store.shelf.subscriptions import new_feed
from store.text.clean import TITLE_LIMIT, clean_line
from store.text.origin import origin


async def additions(
    shelf: Shelf, wishes: Iterable[Wish], *, agent: str = "", deadline: float = PROBE_DEADLINE
) -> AsyncIterator[Addition]:
    """Do what is wished, one after the other, and tell how each went.

    ``agent`` is what publishers are told that the program is called.

    Raises:
        ShelfError: Nothing can be stored.
    """
    async with (
        Fetcher(agent=agent) as fetcher,
        Fetcher(agent=agent, hops=0, deadline=deadline) as prober,
        ParserPool() as parsers,
    ):
        subscriber = Subscriber(shelf, FeedSearch(fetcher, prober, parsers))
        for wish in wishes:
            if wish.article:
                yield Asking(address=shown(wish.address))
                yield await _saved(shelf, fetcher, parsers, wish)
                continue
            async for told in subscriber.add(wish):
                yield told


async def _saved(shelf: Shelf, fetcher: Fetcher, parsers: ParserPool, wish: Wish) -> Addition:
    """Keep the page itself as an article."""
    try:
        asked = asked_for(wish)
    except BadAddress as error:
        return NotAdded(address=shown(wish.address), reason=str(error))
    told = await save_page(
        shelf, fetcher, parsers, asked.address, permit=asked.permit, account=asked.account
    )
    if isinstance(told, ArticleSaved):
        Strays(shelf).bring_home(told.feed, told.article)
    return told


class Subscriber:
    """Puts on the desk what a search finds."""

    def __init__(self, shelf: Shelf, search: FeedSearch) -> None:
        self._shelf = shelf
        self._search = search

    async def add(self, wish: Wish) -> AsyncIterator[Addition]:
        """Do one thing that was wished; the last that is told is what came of it."""
        try:
            asked = asked_for(wish)
        except BadAddress as error:
            yield NotAdded(address=shown(wish.address), reason=str(error))
            return
        there = self._there(asked.address)
        if there is not None and not asked.account:
            yield _there(there)
            return
        async for told in self._search.search(asked):
            if isinstance(told, Found):
                yield await self._take(asked, told)
            elif isinstance(told, FeedsFound):
                yield replace(told, feeds=tuple(map(self._marked, told.feeds)))
            else:
                yield told

    def _there(self, *addresses: str) -> Feed | None:
        """The feed that has, or had before it moved, one of these addresses."""
        for feed in self._shelf.feeds():
            if {feed.address, *feed.moved_from} & set(addresses):
                return feed
        return None

    def _marked(self, found: FoundFeed) -> FoundFeed:
        there = self._there(found.address)
        return replace(found, feed=there.number if there else 0)

    async def _take(self, asked: Asked, found: Found) -> Addition:
        """Put a feed that was read on the desk; its document is not asked for again."""
        address = found.answer.moved or found.address
        account = asked.account_for(found.address)
        if account and origin(address) != origin(found.address):
            address = found.address  # the password is for this one only
        there = self._there(found.address, address, found.answer.address)
        if there is not None:
            return await self._updated(there, account, found)

        def decide(present: Sequence[Feed]) -> Sequence[Feed]:
            for feed in present:
                if feed.address == address:
                    raise AlreadySubscribed(feed)
            return [_wanted(asked, address, found.parsed)]

        try:
            (feed,) = self._shelf.change_feeds(decide)
        except AlreadySubscribed as error:
            return _there(error.feed)
        if account:
            self._shelf.keep_account(feed.number, account)
        try:
            await self._take_in(feed, found)
        except ShelfError:
            with suppress(ShelfError):
                self._shelf.remove_feed(feed.number)
            raise
        return self._added(feed.number)

    async def _take_in(self, feed: Feed, found: Found) -> None:
        given = _GivenAnswer(feed.address, replace(found.answer, moved=""))
        read = _GivenFeed(found.answer.body, found.parsed)
        async for outcome in refresh(self._shelf, [feed], fetcher=given, parsers=read):
            if isinstance(outcome, FeedFailed):
                raise ShelfError(outcome.reason)
        Strays(self._shelf).bring_home(feed.number)

    async def _updated(self, feed: Feed, account: Account | None, found: Found) -> Addition:
        """A feed that is there; another name and password were seen to work, and are kept."""
        if account is None or account == self._shelf.account(feed.number):
            return _there(feed)
        self._shelf.keep_account(feed.number, account)
        await self._take_in(feed, found)
        return replace(self._added(feed.number), updated=True)

    def _added(self, number: int) -> FeedAdded:
        feed = next(one for one in self._shelf.feeds() if one.number == number)
        columns = self._shelf.columns()
        columns.refresh()
        unread, articles = columns.counts().get(number, (0, 0))
        return FeedAdded(
            number=number,
            name=feed.name,
            address=feed.address,
            site=feed.site,
            unread=unread,
            articles=articles,
            permit=feed.permit,
        )


class _GivenAnswer(Fetcher):
    """Has asked for one address already; asks for others as usual."""

    def __init__(self, address: str, answer: Fetched) -> None:
        super().__init__()
        self._given = (address, answer)

    async def fetch(self, address: str, **asked: Any) -> Fetched | NotModified | FetchFailed:
        """What came before, for the address that it came from."""
        given, answer = self._given
        return answer if address == given else await super().fetch(address, **asked)


class _GivenFeed(ParserPool):
    """Has read one document already; reads others as usual."""

    def __init__(self, body: bytes, parsed: ParsedFeed) -> None:
        super().__init__()
        self._given = (body, parsed)

    async def parse(self, body: bytes, **told: Any) -> Any:
        """What was read before, for the document that it was read from."""
        given, parsed = self._given
        return parsed if body is given else await super().parse(body, **told)


def _wanted(asked: Asked, address: str, parsed: ParsedFeed) -> Feed:
    wish = asked.wish
    return replace(
        new_feed(address, permit=asked.permit if asked.permit == host_and_port(address) else ""),
        title=parsed.title,
        site=parsed.site,
        own_title=clean_line(wish.own_title, limit=TITLE_LIMIT),
        folders=tuple(path for told in wish.folders if (path := _path(told))),
        minutes=min(max(wish.minutes, FEWEST_MINUTES), MOST_MINUTES) if wish.minutes > 0 else 0,
        megabytes=min(max(wish.megabytes, 0), MOST_MEGABYTES),
        full_text=wish.full_text,
    )


def _path(told: Sequence[str]) -> tuple[str, ...]:
    names = (clean_line(name, limit=TITLE_LIMIT) for name in told)
    return tuple(name for name in names if name)[:DEEPEST]


def _there(feed: Feed) -> FeedThere:
    return FeedThere(number=feed.number, name=feed.name, address=feed.address)
