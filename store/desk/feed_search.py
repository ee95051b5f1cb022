"""From what somebody typed to a feed that was read: asked once, then looked for politely.

One request after the other, the feeds that a page names first. Where a page names none, links that
look like a feed and the usual places of its own host are tried, and no redirect is followed there.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from urllib.parse import unquote

from msgspec.structs import replace

from store.feeds.discover import known_feeds, usual_feeds
from store.feeds.parsing.children import ParserPool
from store.feeds.web.address import (
    BadAddress,
    TypedAddress,
    host_and_port,
    host_of,
    redact,
    typed_address,
)
from store.feeds.web.answers import Fetched, FetchFailed, ParseFailed
from store.feeds.web.fetch import Fetcher
from store.feeds.web.reasons import Trouble
from store.model import Account, ParsedFeed, Value
from store.model.subscribing import Asking, FeedsFound, FoundFeed, NotAdded, PageLinks, Wish
from store.settings import MOST_MEGABYTES
from store.text.clean import ADDRESS_LIMIT, clean
from store.text.origin import origin

PROBE_DEADLINE = 10.0
"""Seconds for one request to an address where a feed may lie."""
PROBING = 40.0
"""Seconds for all of them."""
MOST_LINKS_TRIED = 4
"""Ordinary links of a page that are looked behind."""

_NAMED = re.compile(r"^[^/?#]*@")
_GIVES_UP = frozenset({401, 403, 429, 503})
"""Whoever answers so wants no more guesses."""
_PLACES_TOLD = 4
_NO_HTTPS: frozenset[Trouble | None] = frozenset({"refused", "no_connection", "tls", "certificate"})
_TYPE_HTTP = "It was asked over https; type http:// before the address if it has none."


class Asked(Value, frozen=True, kw_only=True):
    """An address that a person typed or picked, and what may be said on the way there."""

    wish: Wish
    address: str
    home: str
    """The address that was typed: permit and account are for its host, port and scheme only."""
    permit: str = ""
    account: Account | None = None

    def __repr__(self) -> str:
        """Nothing of it: an address may hold a secret."""
        return "Asked(…)"

    def account_for(self, address: str) -> Account | None:
        """Who asks at this address."""
        return self.account if origin(address) == origin(self.home) else None


class Found(Value, frozen=True, kw_only=True):
    """A feed that was asked for and read."""

    address: str
    answer: Fetched
    parsed: ParsedFeed


Told = Asking | Found | FeedsFound | NotAdded


def asked_for(wish: Wish) -> Asked:
    """What a wish comes down to; who types a private address, allows that host and port.

    Raises:
        BadAddress: It names nothing that can be asked, or allows another host than it names.
    """
    typed = typed_address(wish.address)
    page = typed_address(wish.found_at) if wish.found_at else typed
    place = host_and_port(page.address)
    if wish.permit and wish.permit != place:
        raise BadAddress(f"You allow {wish.permit}, but this address is on {place}.")
    return Asked(
        wish=wish,
        address=typed.address,
        home=page.address,
        permit=page.permit or wish.permit,
        account=_account(page, wish),
    )


def shown(typed: str) -> str:
    """What was typed, without a name and a password, also where no scheme stands before them."""
    return clean(_NAMED.sub("", redact(typed)), limit=ADDRESS_LIMIT)


class FeedSearch:
    """Asks, and looks through what comes for feeds; keeps nothing."""

    def __init__(self, fetcher: Fetcher, prober: Fetcher, parsers: ParserPool) -> None:
        """``prober`` asks where a feed only may lie; it is to follow no redirects."""
        self._fetcher = fetcher
        self._prober = prober
        self._parsers = parsers

    async def search(self, asked: Asked) -> AsyncIterator[Told]:
        """Tell whom it asks; last comes the feed, several to choose of, or why not."""
        known = () if asked.wish.found_at else known_feeds(asked.address)
        if len(known) > 1:
            async for told in self._of_several(asked, known):
                yield told
            return
        for one in known:
            yield Asking(address=one.address)
            found = await self._read(asked, one.address, self._fetcher)
            if isinstance(found, Found):
                yield found
                return
        async for told in self._ask(asked):
            yield told

    async def _ask(self, asked: Asked) -> AsyncIterator[Told]:
        """Ask for what was typed: a feed is taken as it came, a page is looked through."""
        yield Asking(address=asked.address)
        answer = await self._fetch(asked, asked.address, self._fetcher)
        if isinstance(answer, NotAdded):
            yield answer
            return
        found = await self._parse(asked, asked.address, answer)
        page = None
        if isinstance(found, NotAdded) and not asked.wish.found_at:
            page = await self._parsers.links(
                answer.body, address=answer.address, content_type=answer.content_type
            )
        if not isinstance(page, PageLinks):
            yield found
            return
        named = self._of_several(asked, page.named)
        around = self._look_around(asked, answer.address, page)
        async for told in named if page.named else around:
            yield told

    async def _of_several(self, asked: Asked, offered: Sequence[FoundFeed]) -> AsyncIterator[Told]:
        wish = asked.wish
        if wish.choose > len(offered):
            yield _not(asked, f"There is no feed {wish.choose} there, only {len(offered)}.")
            return
        if len(offered) > 1 and not (wish.choose or wish.first):
            yield FeedsFound(address=asked.address, feeds=tuple(offered))
            return
        chosen = offered[max(0, wish.choose - 1)]
        yield Asking(address=chosen.address)
        found = await self._read(asked, chosen.address, self._fetcher)
        if isinstance(found, NotAdded):
            reason = f"{host_of(asked.address)} names a feed that cannot be read. {found.reason}"
            failed, tried = _not(asked, reason), (chosen.address,)
            found = replace(failed, page=True, tried=tried, large=found.large)
        yield found

    async def _look_around(self, asked: Asked, page: str, links: PageLinks) -> AsyncIterator[Told]:
        """A page that names no feed: links that look like one, then where feeds usually lie."""
        clock = asyncio.get_running_loop().time
        until = clock() + PROBING
        tried: dict[str, Found | NotAdded] = {}
        for places, until_first in (
            ([feed.address for feed in links.linked][:MOST_LINKS_TRIED], False),
            (usual_feeds(page), True),
        ):
            for address in places:
                if address in tried or clock() > until:
                    continue
                yield Asking(address=address)
                # Redirects from where somebody guessed lead to start pages and other hosts.
                found = tried[address] = await self._read(asked, address, self._prober)
                if until_first and (isinstance(found, Found) or found.status in _GIVES_UP):
                    break
            good = [found for found in tried.values() if isinstance(found, Found)]
            if good:
                yield _chosen_of(good, asked)
                return
        yield replace(_not(asked, _none_found(page, tuple(tried))), page=True, tried=tuple(tried))

    # ------------------------------------------------------------ asking and reading

    async def _read(self, asked: Asked, address: str, fetcher: Fetcher) -> Found | NotAdded:
        answer = await self._fetch(asked, address, fetcher)
        if isinstance(answer, NotAdded):
            return answer
        return await self._parse(asked, address, answer)

    async def _fetch(self, asked: Asked, address: str, fetcher: Fetcher) -> Fetched | NotAdded:
        answer = await fetcher.fetch(
            address,
            permit=asked.permit,
            account=asked.account_for(address),
            megabytes=asked.wish.megabytes,
        )
        if isinstance(answer, Fetched):
            return answer
        if not isinstance(answer, FetchFailed):
            return _not(asked, f"{host_of(address)} says “unchanged” though nothing was read yet.")
        was_typed = address == asked.address and not asked.wish.found_at
        private = answer.permit_for(address) if was_typed else ""
        large = answer.trouble == "too_large" and asked.wish.megabytes < MOST_MEGABYTES
        guessed = was_typed and answer.trouble in _NO_HTTPS and "://" not in asked.wish.address
        failed = _not(asked, f"{answer.reason} {_TYPE_HTTP}" if guessed else answer.reason)
        return replace(failed, status=answer.status, private=private, large=large)

    async def _parse(self, asked: Asked, address: str, answer: Fetched) -> Found | NotAdded:
        parsed = await self._parsers.parse(
            answer.body, address=answer.address, content_type=answer.content_type
        )
        if isinstance(parsed, ParseFailed):
            return _not(asked, parsed.reason)
        return Found(address=address, answer=answer, parsed=parsed)


def _account(typed: TypedAddress, wish: Wish) -> Account | None:
    if wish.name:
        return Account(name=wish.name, password=wish.password)
    name, _, password = typed.userinfo.partition(":")
    return Account(name=unquote(name), password=unquote(password)) if typed.userinfo else None


def _chosen_of(good: Sequence[Found], asked: Asked) -> Found | FeedsFound:
    if len(good) == 1 or asked.wish.first:
        return good[0]
    if 0 < asked.wish.choose <= len(good):
        return good[asked.wish.choose - 1]
    feeds = [FoundFeed(address=one.address, title=one.parsed.title) for one in good]
    return FeedsFound(address=asked.address, feeds=tuple(feeds))


def _not(asked: Asked, reason: str) -> NotAdded:
    return NotAdded(address=asked.address, reason=reason)


def _none_found(page: str, tried: Sequence[str]) -> str:
    told = f"{host_of(page)} sends a web page that names no feed"
    if not tried:
        return f"{told}."
    places = [re.sub(r"^https?://[^/]*", "", one) for one in tried]
    more = len(places) - _PLACES_TOLD
    looked = ", ".join(places[:_PLACES_TOLD]) + (f" and {more} more places" if more > 0 else "")
    return f"{told}, and there is none at {looked} either."
