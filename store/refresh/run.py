"""One refresh: what happens to each feed, and how they share hosts, parsers and the shelf."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from http import HTTPStatus

from msgspec.structs import replace

from store.feeds.merge import merge
from store.feeds.moving import is_ripe, noticed, shares_articles
from store.feeds.parsing.children import ParserPool
from store.feeds.schedule import after_failure, after_success, minutes_of
from store.feeds.web.answers import Fetched, FetchFailed, NotModified, ParseFailed
from store.feeds.web.fetch import Fetcher
from store.model import (
    ArticleWrite,
    Feed,
    FeedFailed,
    FeedRefreshed,
    FeedUnchanged,
    Outcome,
    ParsedFeed,
    Value,
    article_id,
)
from store.refresh.full_text import FullText, wanting_pages
from store.refresh.hosts import Hosts, Room, Visit
from store.refresh.ledger import Lease, Ledger
from store.refresh.moves import Move, move
from store.refresh.network import Answer, Network, is_unreached
from store.shelf.errors import ShelfError
from store.shelf.known import Known

_NO_FEED = "Pages that were saved one by one have no feed; w fetches the text of one anew."


class Taken(Value, frozen=True, kw_only=True):
    """What a document brought."""

    writes: tuple[ArticleWrite, ...] = ()
    minutes: int | None = None
    """How often its publisher wants it to be asked for; None: the document was not parsed."""
    is_ours: bool | None = None
    """Whether it lists articles that the feed has had; None: the answer brought no document."""


class Read(Value, frozen=True, kw_only=True):
    """A feed whose document was taken in, and what that brought."""

    feed: Feed
    outcome: FeedRefreshed | FeedUnchanged


class Run:
    """One refresh of many feeds."""

    def __init__(
        self,
        ledger: Ledger,
        network: Network,
        fetcher: Fetcher,
        parsers: ParserPool,
        *,
        parallel: int,
        usual: int,
    ) -> None:
        self._network = network
        self._ledger = ledger
        self._fetcher = fetcher
        self._parsers = parsers
        self._usual = usual
        self._hosts = Hosts()
        self._room = Room(parallel)
        self._enough: dict[str, FetchFailed] = {}
        """By host, why its other feeds are not asked in this run."""
        self._doubtful: list[tuple[Lease, FetchFailed]] = []

    async def outcome(self, feed: Feed) -> Outcome | None:
        """Everything that happens to one feed; None if that hangs on there being a network."""
        if not feed.is_fetched:
            return FeedFailed(feed=feed.number, reason=_NO_FEED)
        try:
            return await self._asked(feed)
        except ShelfError as error:
            self._ledger.broken = error
            return FeedFailed(feed=feed.number, reason=str(error))

    def doubtful(self) -> Iterator[Outcome]:
        """What failed while there may have been no network, once it is clear that there is one."""
        for lease, failure in self._doubtful:
            yield self._failed(lease, failure)
        self._doubtful.clear()

    async def _asked(self, feed: Feed) -> Outcome | None:
        with ExitStack() as held:
            told = await self._document(feed, held)
            if not isinstance(told, Read):
                return told
            # The document and its place are let go by now: each page takes a place of its own.
            return await self._with_pages(told.feed, told.outcome)

    async def _document(self, feed: Feed, held: ExitStack) -> Read | Outcome | None:
        """Ask for the feed's document and take it in; ``held`` gives the feed back in the end."""
        # The place is held until the document is taken in, or they would pile up before the two
        # parsers.
        async with Visit(self._hosts, self._room, feed) as visit:
            await visit.at(feed.address)
            if not await self._network.is_there(feed):
                return None
            held.callback(self._ledger.give_back, feed.number)
            with self._network.asking(feed):
                lease = await self._ledger.lease(feed)
                if lease is None:
                    # Another process asks just now, or did, and stores what it gets.
                    return FeedUnchanged(feed=feed.number)
                answer = self._enough.get(visit.host) or await self._answer(lease, visit)
            await visit.leave_host()
            if isinstance(answer, FetchFailed):
                return self._refused(lease, answer)
            taken = await self._taken(lease, answer)
            if isinstance(taken, FetchFailed):
                return self._failed(lease, taken)
            if taken is None:
                return FeedUnchanged(feed=feed.number)
            return Read(feed=lease.feed, outcome=await self._kept(lease, answer, taken))

    async def _answer(self, lease: Lease, visit: Visit) -> Answer:
        feed, state = lease.feed, lease.state

        async def onward(address: str) -> None:
            # Before it waits for others, who may wait to hear whether there is a network.
            self._network.heard(feed)
            await visit.at(address)

        answer = await self._fetcher.fetch(
            feed.address,
            etag=state.etag,
            modified=state.modified,
            taken_from=state.taken_from,
            permit=feed.permit,
            account=lease.account,
            megabytes=feed.megabytes,
            onward=onward,
        )
        self._network.take(feed, answer)
        if isinstance(answer, FetchFailed) and _is_enough(feed, answer):
            self._enough[visit.host] = answer
        return answer

    async def _taken(
        self, lease: Lease, answer: Fetched | NotModified
    ) -> Taken | FetchFailed | None:
        """Store what came; the reason if it cannot be read, None if nobody wants it any more."""
        feed, state = lease.feed, lease.state
        if isinstance(answer, NotModified):
            return Taken()
        if answer.body_hash == state.body_hash:
            return Taken(is_ours=True)
        parsed = await self._parsers.parse(
            answer.body,
            address=answer.address,
            content_type=answer.content_type,
            seen=await self._ledger.call(self._ledger.shelf.seen_items, feed.number),
        )
        if isinstance(parsed, ParseFailed):
            return FetchFailed(reason=parsed.reason, status=answer.status)
        if state.succeeded is None and await self._is_there(answer.address, feed):
            reason = _already_there(feed, answer.address)
            return FetchFailed(reason=reason, status=answer.status)
        return await self._ledger.store(self._take_in, feed, parsed)

    async def _kept(
        self, lease: Lease, answer: Fetched | NotModified, taken: Taken
    ) -> FeedRefreshed | FeedUnchanged:
        """Note what came of it, and whether the feed lives elsewhere from now on."""
        now = datetime.now(UTC)
        every = minutes_of(lease.feed, self._usual)
        state = after_success(
            lease.state, answer, now, every=every, chance=_chance(), minutes=taken.minutes
        )
        move = await self._moved(lease, answer, taken, now)
        self._ledger.note(replace(state, moving=move.moving))
        number = lease.feed.number
        if not taken.writes:
            return FeedUnchanged(feed=number, moved=move.address, note=move.note)
        new = sum(write.is_new for write in taken.writes)
        changed = sum(write.version.number > 1 for write in taken.writes)
        return FeedRefreshed(
            feed=number, new=new, changed=changed, moved=move.address, note=move.note
        )

    async def _with_pages(
        self, feed: Feed, outcome: FeedRefreshed | FeedUnchanged
    ) -> FeedRefreshed | FeedUnchanged:
        """Fetch the pages that the feed is set to have; it never fails by that."""
        if not feed.full_text:
            return outcome
        pages = FullText(self._ledger, self._fetcher, self._parsers, self._hosts, self._room)
        note = (await pages.fetch_wanted(feed)).note
        return replace(outcome, note=" ".join(filter(None, (outcome.note, note))))

    async def _moved(
        self, lease: Lease, answer: Fetched | NotModified, taken: Taken, now: datetime
    ) -> Move:
        moving = noticed(lease.feed, lease.state.moving, answer.moved, now, is_ours=taken.is_ours)
        if moving is None or not is_ripe(moving, now):
            return Move(moving=moving)
        return await self._ledger.call(move, self._ledger.shelf, lease, moving)

    def _refused(self, lease: Lease, failure: FetchFailed) -> FeedFailed | None:
        if self._network.is_doubted(lease.feed, failure):
            self._doubtful.append((lease, failure))
            return None
        return self._failed(lease, failure)

    def _failed(self, lease: Lease, failure: FetchFailed) -> FeedFailed:
        every = minutes_of(lease.feed, self._usual)
        now = datetime.now(UTC)
        state = after_failure(lease.state, failure, now, every=every, chance=_chance())
        self._ledger.note(state)
        return FeedFailed(feed=state.feed, reason=failure.reason, status=failure.status)

    async def _is_there(self, address: str, feed: Feed) -> bool:
        """Whether the desk has another feed of this address, where redirects led from ``feed``."""
        if address == feed.address:
            return False
        present = await self._ledger.call(self._ledger.shelf.feeds)
        return any(one.address == address and one.number != feed.number for one in present)

    def _take_in(self, feed: Feed, parsed: ParsedFeed) -> Taken | None:
        """Store the articles; None if nobody subscribes to the feed any more."""
        shelf = self._ledger.shelf
        present = shelf.feed(feed.number)
        if present is None:
            return None
        is_ours = False

        def decide(known: Known) -> Sequence[ArticleWrite]:
            nonlocal is_ours
            # Looking at all that is known would read all its texts.
            named = {
                article_id(present.first_address, name)
                for entry in parsed.entries
                for name in (entry.guid, entry.address)
                if name
            }
            listed = (known[one] for one in named if one in known)
            is_ours = bool(parsed.left_out) or shares_articles(parsed, listed)
            now = datetime.now(UTC)
            return wanting_pages(present, merge(present, parsed, known, now, kin=known))

        writes = shelf.take_in(feed.number, decide)
        shelf.keep_seen_items(feed.number, parsed.items)
        named = _as_named_in(parsed, present)
        if named != present:
            self._ledger.rename(named)
        return Taken(writes=tuple(writes), minutes=parsed.minutes, is_ours=is_ours)


def _is_enough(feed: Feed, failure: FetchFailed) -> bool:
    """Whether a host counts requests, or is not there; one's own machines answer for one feed."""
    counts = failure.status == HTTPStatus.TOO_MANY_REQUESTS
    return (counts or is_unreached(failure)) and not feed.permit


def _chance() -> float:
    """Where within the spread of its next time a feed falls, 0 to 1."""
    return random.random()  # noqa: S311 - nothing secret hangs on it


def _already_there(feed: Feed, address: str) -> str:
    return f"{feed.address} leads to {address}, which is on this desk already."


def _as_named_in(parsed: ParsedFeed, feed: Feed) -> Feed:
    """The feed with the title and site that its publisher gives it now."""
    return replace(feed, title=parsed.title or feed.title, site=parsed.site or feed.site)
