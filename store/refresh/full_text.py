"""The text of articles' pages, fetched when a person asks for it or a feed is set to have it.

Pages are asked for as feeds are: public addresses only, save the one host and port that the person
typed for the feed; name and password go to the feed's own origin only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import islice

from msgspec.structs import replace

from store.feeds.page_text import NotWorth, blocks_for, newest_of_feed
from store.feeds.parsing.children import ParserPool
from store.feeds.web.address import host_of
from store.feeds.web.answers import Fetched, FetchFailed, ParseFailed
from store.feeds.web.fetch import Fetcher
from store.feeds.web.onward import Onward
from store.feeds.web.reasons import Trouble
from store.model import (
    Account,
    ArticleWrite,
    Feed,
    Headline,
    PageFailed,
    PageOutcome,
    PageTaken,
    ParsedPage,
    TextVersion,
    Value,
)
from store.refresh.hosts import Hosts, Room, Visit
from store.refresh.ledger import Ledger
from store.shelf.known import Known
from store.shelf.shelf import Shelf
from store.text.origin import origin

TRIES = 3
"""How often a page is asked for by itself before it is left to the person's key."""
MOST_PAGES = 20
"""Of one feed in one refresh; the rest comes with the next ones."""
FAILURES_IN_A_ROW = 3
"""After so many of a feed's pages its others wait for the next refresh."""
_NO_NETWORK: frozenset[Trouble | None] = frozenset({"no_lookup", "unreachable"})
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
_GONE = "The article is not on this desk any more."
_NO_PAGE = "This article has no address of a page that could be fetched."


class PageTally(Value, frozen=True, kw_only=True):
    """What came of the pages that a feed is set to have."""

    taken: int = 0
    failed: int = 0
    reason: str = ""
    """Why the last one failed."""

    @property
    def note(self) -> str:
        """What failed, in a sentence; empty if nothing did."""
        if not self.failed:
            return ""
        pages = "page" if self.taken + self.failed == 1 else "pages"
        return f"No full text of {self.failed} of {self.taken + self.failed} {pages}: {self.reason}"


class FullText:
    """Fetches pages with what a run shares: turns at hosts, places, parsers, the shelf."""

    def __init__(
        self, ledger: Ledger, fetcher: Fetcher, parsers: ParserPool, hosts: Hosts, room: Room
    ) -> None:
        self._ledger = ledger
        self._fetcher = fetcher
        self._parsers = parsers
        self._hosts = hosts
        self._room = room

    async def fetch(self, number: int, article: int) -> PageOutcome:
        """Fetch the page of an article and show its text from now on.

        Raises:
            ShelfError: it cannot be stored.
        """
        shelf = self._ledger.shelf
        feed = await self._ledger.call(shelf.feed, number)
        headline = await self._ledger.call(shelf.headline, article, number)
        if feed is None or headline is None or headline.deleted:
            return PageFailed(feed=number, article=article, reason=_GONE)
        answer = await self.page_of(feed, headline.address)
        if isinstance(answer, FetchFailed | ParseFailed):
            return PageFailed(feed=number, article=article, reason=answer.reason)
        return await self._ledger.call(take_page, shelf, headline, answer)

    async def fetch_wanted(self, feed: Feed) -> PageTally:
        """Fetch the pages that this feed is set to have and are not here, newest first.

        Raises:
            ShelfError: they cannot be stored.
        """
        tally, in_a_row = PageTally(), 0
        for headline in await self._ledger.call(_wanted, self._ledger.shelf, feed.number):
            answer = await self.page_of(feed, headline.address)
            if isinstance(answer, FetchFailed) and answer.trouble in _NO_NETWORK:
                break  # the page has nothing to do with that
            outcome = await self._ledger.call(_settle, self._ledger.shelf, headline, answer)
            if isinstance(outcome, PageTaken):
                tally, in_a_row = replace(tally, taken=tally.taken + 1), 0
                continue
            tally = replace(tally, failed=tally.failed + 1, reason=outcome.reason)
            in_a_row += 1
            if in_a_row == FAILURES_IN_A_ROW:
                break
        return tally

    async def page_of(self, feed: Feed, address: str) -> ParsedPage | FetchFailed | ParseFailed:
        """What the page at an address holds, asked for as the feed may be.

        Who calls holds no place: the page waits for its host first, and then takes one.
        """
        if not address:
            return FetchFailed(reason=_NO_PAGE)
        account = await self._ledger.call(self._ledger.shelf.account, feed.number)
        is_home = origin(address) == origin(feed.address)
        async with Visit(self._hosts, self._room, feed) as visit:
            await visit.at(address)
            return await page_at(
                self._fetcher,
                self._parsers,
                address,
                permit=feed.permit,
                account=account if is_home else None,
                onward=visit.at,
            )


async def page_at(
    fetcher: Fetcher,
    parsers: ParserPool,
    address: str,
    *,
    permit: str = "",
    account: Account | None = None,
    onward: Onward | None = None,
) -> ParsedPage | FetchFailed | ParseFailed:
    """The article on the page at an address, or why there is none."""
    answer = await fetcher.fetch(
        address, permit=permit, account=account, wants="page", onward=onward
    )
    if isinstance(answer, FetchFailed):
        return answer
    if not isinstance(answer, Fetched):
        return FetchFailed(reason=f"{host_of(address)} sent no page; try again later.")
    return await parsers.page(answer.body, address=answer.address, content_type=answer.content_type)


async def fetch_page(shelf: Shelf, feed: int, article: int, *, agent: str = "") -> PageOutcome:
    """Fetch the page of one article and show its text from now on.

    ``agent`` is what its publisher is told that the program is called.

    Raises:
        ShelfError: it cannot be stored.
    """
    ledger = Ledger(shelf)
    try:
        async with Fetcher(agent=agent) as fetcher, ParserPool() as parsers:
            return await FullText(ledger, fetcher, parsers, Hosts(), Room(1)).fetch(feed, article)
    finally:
        ledger.close()


def wanting_pages(feed: Feed, writes: tuple[ArticleWrite, ...]) -> tuple[ArticleWrite, ...]:
    """What a refresh stores, the pages of it to be fetched too if the feed is set to that."""
    if not feed.full_text:
        return writes
    return tuple(
        replace(write, headline=replace(write.headline, page_tries=TRIES))
        if write.headline.address and not write.headline.deleted
        else write
        for write in writes
    )


def take_page(shelf: Shelf, headline: Headline, page: ParsedPage) -> PageOutcome:
    """Keep the text of an article's page, if it is worth it.

    Raises:
        ShelfError: it cannot be stored, or the article went meanwhile.
    """
    feed, article = headline.feed, headline.id
    fed = newest_of_feed(shelf.versions(article, feed))
    try:
        blocks = blocks_for(page, fed)
    except NotWorth as reason:
        return PageFailed(feed=feed, article=article, reason=str(reason))
    language = page.language or (fed.language if fed else "")
    number = shelf.take_page(article, feed, blocks, language=language, taken=datetime.now(UTC))
    return PageTaken(feed=feed, article=article, version=number, partial=page.partial)


def _wanted(shelf: Shelf, feed: int) -> Sequence[Headline]:
    """The articles whose pages are to be fetched now, newest first."""
    wanted = (one for one in shelf.headlines(feed) if one.page_tries and not one.deleted)
    return tuple(islice(sorted(wanted, key=lambda one: one.at, reverse=True), MOST_PAGES))


def _settle(
    shelf: Shelf, headline: Headline, answer: ParsedPage | FetchFailed | ParseFailed
) -> PageOutcome:
    """Keep what came, and how often the page is still to be asked for."""
    if isinstance(answer, ParsedPage):
        outcome = take_page(shelf, headline, answer)
        left = 0
    else:
        outcome = PageFailed(feed=headline.feed, article=headline.id, reason=answer.reason)
        left = headline.page_tries - 1 if _may_pass(answer) else 0
    if isinstance(outcome, PageFailed):
        shelf.take_in(headline.feed, lambda known: tuple(_left(known, headline.id, left)))
    return outcome


def _may_pass(failure: FetchFailed | ParseFailed) -> bool:
    """Whether the page may well be there the next time."""
    if isinstance(failure, ParseFailed):
        return False
    final = HTTPStatus.BAD_REQUEST <= failure.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return not final or failure.status in _PASSING


def _left(known: Known, article: int, tries: int) -> Iterator[ArticleWrite]:
    before = known.get(article)
    if before is None or before.deleted:
        return
    shown: Mapping[int, TextVersion] = {one.number: one for one in known.versions(article)}
    if before.version in shown:
        headline = replace(before, page_tries=tries)
        yield ArticleWrite(headline=headline, version=shown[before.version])
