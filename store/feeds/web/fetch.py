"""One feed's bytes over HTTP, from hosts that are slow, broken or hostile.

The only module that knows aiohttp. Limits and their reasons: one deadline over redirects and body
because a byte now and then trips no time-out per read; own unpacking because a client that unpacks
whole reads is a client that a bomb fills; addresses checked where the socket is made because names
and literal addresses both come by there.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Self

import aiohttp
from yarl import URL

from store.feeds.web.address import host_of, redact
from store.feeds.web.answers import Fetched, FetchFailed, NotModified, Wants
from store.feeds.web.asking import conditional, own_headers
from store.feeds.web.body import MEGABYTE, whole_body
from store.feeds.web.errand import Errand, Hop
from store.feeds.web.freshness import fresh_seconds, wait_seconds
from store.feeds.web.onward import Onward, off_the_clock
from store.feeds.web.reasons import Refusal, Refused, Trouble, status_reason, trouble
from store.feeds.web.sockets import PrivateAddress, public_socket
from store.model import Account
from store.settings import MOST_MEGABYTES, USUAL_MEGABYTES
from store.text.clean import clean

DEADLINE = 30.0
"""Seconds for everything: look-up, redirects, the whole body."""
CONNECT = 10.0
"""Seconds until a name is looked up, and again until its host answers at all."""
SILENCE = 15.0
"""Seconds between two pieces of an answer."""
LARGEST = USUAL_MEGABYTES * MEGABYTE
"""Bytes of a document, unpacked, where the person set nothing else."""
HARD_TOP = MOST_MEGABYTES * MEGABYTE
"""Bytes of a document that no setting goes beyond."""
HOPS = 5
"""Redirects followed."""
REASON_LIMIT = 500

_READ_AT_ONCE = 64 * 1024
_KEPT_OPEN = 5.0
"""Seconds; five hundred hosts are more sockets than a system gives."""
_PERMANENT = {301, 308}
_REDIRECTS = {301, 302, 303, 307, 308}
_DOCUMENTS = {200, 203, 226}

_KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Trouble], ...] = (
    (PrivateAddress, "private"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "no_lookup"),
    (ConnectionRefusedError, "refused"),
    (aiohttp.ClientPayloadError, "cut_short"),
    ((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionError), "broken_off"),
    (aiohttp.ClientResponseError, "not_http"),
    (OSError, "unreachable"),
)
"""In order: the first kind that fits a failure names it."""
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class _Resolver(aiohttp.ThreadedResolver):
    """The system's name look-up, given up in time: without a network it may take a minute."""

    def __init__(self, patience: float) -> None:
        super().__init__()
        self._patience = patience

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[aiohttp.abc.ResolveResult]:
        try:
            async with asyncio.timeout(self._patience):
                return await super().resolve(host, port, family)
        except TimeoutError:
            raise socket.gaierror(socket.EAI_AGAIN, "no answer in time") from None


class Fetcher:
    """Fetches documents; one for a whole refresh, so that connections are shared.

    ``agent`` is what the person wants the program to call itself; empty: what it is called.
    Proxies of the environment are not used: behind one, no address could be checked.
    """

    def __init__(
        self,
        *,
        deadline: float = DEADLINE,
        connect: float = CONNECT,
        silence: float = SILENCE,
        largest: int = LARGEST,
        hops: int = HOPS,
        agent: str = "",
    ) -> None:
        self._deadline = deadline
        self._connect = connect
        self._silence = silence
        self._largest = largest
        self._hops = hops
        self._agent = agent
        self._sessions: dict[str, aiohttp.ClientSession] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._sessions.clear()
        await self._open.aclose()

    async def fetch(
        self,
        address: str,
        *,
        etag: str = "",
        modified: str = "",
        taken_from: str = "",
        permit: str = "",
        account: Account | None = None,
        megabytes: int = 0,
        wants: Wants = "feed",
        onward: Onward | None = None,
    ) -> Fetched | NotModified | FetchFailed:
        """Ask for a document. Never raises for what the world does.

        Args:
            address: http or https, without credentials.
            etag: A validator, sent back verbatim; with one the request is conditional.
            modified: The other one.
            taken_from: Where the validators came from, and only go; empty: ``address``.
            permit: The one "host:port" that may be private.
            account: Who asks; told to the origin of ``address`` only.
            megabytes: The most that is taken; 0: ``LARGEST``. Never above ``HARD_TOP``.
            wants: What the request accepts, and what a reason calls it.
            onward: Awaited before another host is asked, beside the deadline.
        """
        errand = Errand(
            address=address,
            validators=conditional(etag, modified),
            validated=taken_from or address,
            permit=permit,
            account=account,
            largest=min(megabytes * MEGABYTE, HARD_TOP) if megabytes > 0 else self._largest,
            wants=wants,
        )
        try:
            async with asyncio.timeout(self._deadline) as clock:
                return await self._follow(errand.first, clock, onward)
        except Refused as refused:
            return _failed(refused, wants)
        except TimeoutError:
            return _failed(Refused("late", host_of(address), f"{self._deadline:g}"), wants)

    async def _follow(
        self, hop: Hop, clock: asyncio.Timeout, onward: Onward | None
    ) -> Fetched | NotModified | FetchFailed:
        for _ in range(self._hops + 1):
            answer = await self._ask(hop)
            if not isinstance(answer, Hop):
                return answer
            if onward is not None and answer.host != hop.host:
                await off_the_clock(onward, answer.address, clock)
            hop = answer
        raise Refused("redirects", host_of(hop.errand.address), str(self._hops))

    async def _ask(self, hop: Hop) -> Fetched | NotModified | FetchFailed | Hop:
        """One request: what came, or the one to make next."""
        session = self._session(hop.permit)
        try:
            # Already encoded: a signed address must go out exactly as it is written.
            async with session.get(
                URL(hop.address, encoded=True), headers=hop.headers, allow_redirects=False
            ) as response:
                location = response.headers.get("Location", "")
                if response.status in _REDIRECTS and location:
                    return hop.onward(location, permanent=response.status in _PERMANENT)
                return await _taken(hop, response)
        except aiohttp.ConnectionTimeoutError:
            raise Refused("no_connection", hop.host, f"{self._connect:g}") from None
        except aiohttp.SocketTimeoutError:
            raise Refused("silent", hop.host, f"{self._silence:g}") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _why(hop.host, error) from None

    def _session(self, permit: str) -> aiohttp.ClientSession:
        """The session for public addresses, or the one of a permit.

        They never share a connection: a pooled one is used again without asking for its address.
        """
        if permit not in self._sessions:
            checked = None if permit else public_socket
            connector = aiohttp.TCPConnector(
                limit=0,
                keepalive_timeout=_KEPT_OPEN,
                socket_factory=checked,
                resolver=_Resolver(self._connect),
            )
            session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers=own_headers(self._agent),
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=self._connect, sock_read=self._silence
                ),
            )
            self._open.push_async_callback(session.close)
            self._sessions[permit] = session
        return self._sessions[permit]


async def _taken(hop: Hop, response: aiohttp.ClientResponse) -> Fetched | NotModified | FetchFailed:
    etag = _header(response, "ETag")
    modified = _header(response, "Last-Modified")
    if response.status == HTTPStatus.NOT_MODIFIED and hop.validators:
        return NotModified(
            etag=etag or hop.validators.get("If-None-Match", ""),
            modified=modified or hop.validators.get("If-Modified-Since", ""),
            moved=hop.moved,
            fresh=fresh_seconds(_clocks(response), now=datetime.now(UTC)),
        )
    if response.status not in _DOCUMENTS:
        return _unwelcome(hop, response)
    body = await whole_body(
        response.content.iter_chunked(_READ_AT_ONCE),
        packing=_header(response, "Content-Encoding"),
        declared=response.content_length or 0,
        largest=hop.errand.largest,
        host=hop.host,
    )
    return Fetched(
        address=hop.address,
        body=body,
        body_hash=sha256(body).hexdigest(),
        content_type=_header(response, "Content-Type"),
        etag=etag,
        modified=modified,
        status=response.status,
        moved=hop.moved,
        fresh=fresh_seconds(_clocks(response), now=datetime.now(UTC)),
    )


def _unwelcome(hop: Hop, response: aiohttp.ClientResponse) -> FetchFailed:
    refusal = Refusal(
        status=response.status,
        host=hop.host,
        wait=wait_seconds(_clocks(response), now=datetime.now(UTC)),
        account_sent=hop.account is not None,
        account_kept_back=hop.account is None and hop.errand.account is not None,
        schemes=", ".join(response.headers.getall("WWW-Authenticate", [])),
        challenged=_header(response, "cf-mitigated").lower() == "challenge",
    )
    reason = _shown(status_reason(refusal, hop.errand.wants))
    return FetchFailed(reason=reason, status=refusal.status, wait=refusal.wait)


def _clocks(response: aiohttp.ClientResponse) -> dict[str, str]:
    """What the server says about times; of a field that came several times, all its values."""
    fields = ("Age", "Cache-Control", "Date", "Expires", "Retry-After")
    return {name: ", ".join(response.headers.getall(name, [])) for name in fields}


def _header(response: aiohttp.ClientResponse, name: str) -> str:
    """A header verbatim, or "" where its bytes are no text that could be kept and sent back."""
    value = response.headers.get(name, "")
    return value if value.isprintable() else ""


def _why(host: str, error: Exception) -> Refused:
    """The reason of a failed connection; it repeats nothing that the other side wrote."""
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Refused("certificate", host, cause.verify_message)
    if isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_NAME:
        return Refused("no_name", host)
    for kinds, kind in _KINDS:
        if isinstance(cause, kinds):
            return Refused(kind, host)
    return Refused("unreadable", host)


def _cause(error: Exception) -> BaseException:
    """What aiohttp wraps: its own kinds of connection error tell less than the system's."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return error.certificate_error
    if isinstance(error, aiohttp.ClientConnectorError):
        return error.os_error
    return error


def _failed(refused: Refused, wants: Wants) -> FetchFailed:
    told = trouble(refused.kind, refused.host, refused.detail, wants)
    return FetchFailed(reason=_shown(told), trouble=refused.kind)


def _shown(reason: str) -> str:
    return clean(redact(reason), limit=REASON_LIMIT)
