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
import zlib
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from types import TracebackType
from typing import TYPE_CHECKING, Self

import aiohttp
from yarl import URL

from store.feeds.web.address import BadHop, host_and_port, host_of, is_public, next_hop, redact
from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.reasons import Trouble, status_reason, trouble
from store.feeds.web.unpack import UnknownPacking, Unpacker
from store.text.clean import clean
from store.version import GENERATOR

if TYPE_CHECKING:
    from aiohappyeyeballs import AddrInfoType

DEADLINE = 30.0
"""Seconds for everything: look-up, redirects, the whole body."""
CONNECT = 10.0
"""Seconds until a host answers at all."""
SILENCE = 15.0
"""Seconds between two pieces of an answer."""
LARGEST = 10 * 1024 * 1024
"""Bytes of a document, unpacked."""
HOPS = 5
"""Redirects followed."""
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
REASON_LIMIT = 500

_READ_AT_ONCE = 64 * 1024
_REDIRECTS = {301, 302, 303, 307, 308}
_DOCUMENTS = {200, 203, 226}


class PrivateAddress(OSError):
    """The host's address is private and nobody permitted it."""


_KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Trouble], ...] = (
    (PrivateAddress, "private"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "no_lookup"),
    (ConnectionRefusedError, "refused"),
    (aiohttp.ClientPayloadError, "cut_short"),
    ((aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionError), "broken_off"),
    (aiohttp.ClientResponseError, "not_http"),
    (zlib.error, "packing"),
    (OSError, "unreachable"),
)
"""In order: the first kind that fits a failure names it."""
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class _Refused(Exception):
    """An answer that is not taken; the message is the reason."""


class Fetcher:
    """Fetches feeds; one for a whole refresh, so that connections are shared.

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
    ) -> None:
        self._deadline = deadline
        self._connect = connect
        self._silence = silence
        self._largest = largest
        self._hops = hops
        self._sessions: dict[str, aiohttp.ClientSession] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sessions.clear()
        await self._open.aclose()

    async def fetch(
        self, address: str, *, etag: str = "", modified: str = "", permit: str = ""
    ) -> Fetched | NotModified | FetchFailed:
        """Ask for a feed, conditionally if validators are given (sent back verbatim).

        ``permit`` is the one "host:port" that may be private. Never raises for what the world does.
        """
        asked = _conditional(etag, modified)
        try:
            async with asyncio.timeout(self._deadline):
                return await self._follow(address, asked, permit)
        except _Refused as refused:
            return _failed(str(refused))
        except TimeoutError:
            return _failed(trouble("late", host_of(address), f"{self._deadline:g}"))

    async def _follow(
        self, address: str, asked: dict[str, str], permit: str
    ) -> Fetched | NotModified | FetchFailed:
        host = host_of(address)
        for _ in range(self._hops + 1):
            answer = await self._ask(address, asked, permit)
            if not isinstance(answer, str):
                return answer
            try:
                address = next_hop(address, answer)
            except BadHop as bad:
                raise _Refused(trouble("bad_redirect", host, str(bad))) from None
        raise _Refused(trouble("redirects", host, str(self._hops)))

    async def _ask(
        self, address: str, asked: dict[str, str], permit: str
    ) -> Fetched | NotModified | FetchFailed | str:
        """One request: what came, or the Location it points to."""
        host = host_of(address)
        session = self._session(permit if permit and host_and_port(address) == permit else "")
        try:
            # Already encoded: a signed address must go out exactly as it is written.
            async with session.get(
                URL(address, encoded=True), headers=asked, allow_redirects=False
            ) as response:
                location = response.headers.get("Location", "")
                if response.status in _REDIRECTS and location:
                    return location
                return await self._taken(address, response, asked)
        except aiohttp.ConnectionTimeoutError:
            raise _Refused(trouble("no_connection", host, f"{self._connect:g}")) from None
        except aiohttp.SocketTimeoutError:
            raise _Refused(trouble("silent", host, f"{self._silence:g}")) from None
        except (aiohttp.ClientError, OSError, ValueError, zlib.error) as error:
            raise _Refused(_why(host, error)) from None

    def _session(self, permit: str) -> aiohttp.ClientSession:
        """The session for public addresses, or the one of a permit.

        They never share a connection: a pooled one is used again without asking for its address.
        """
        if permit not in self._sessions:
            checked = None if permit else _public_socket
            connector = aiohttp.TCPConnector(limit=0, socket_factory=checked)
            session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                headers=_own_headers(),
                timeout=aiohttp.ClientTimeout(
                    total=None, sock_connect=self._connect, sock_read=self._silence
                ),
            )
            self._open.push_async_callback(session.close)
            self._sessions[permit] = session
        return self._sessions[permit]

    async def _taken(
        self, address: str, response: aiohttp.ClientResponse, asked: dict[str, str]
    ) -> Fetched | NotModified | FetchFailed:
        etag = _header(response, "ETag")
        modified = _header(response, "Last-Modified")
        if response.status == HTTPStatus.NOT_MODIFIED and asked:
            return NotModified(
                etag=etag or asked.get("If-None-Match", ""),
                modified=modified or asked.get("If-Modified-Since", ""),
            )
        if response.status not in _DOCUMENTS:
            reason = status_reason(
                response.status,
                host_of(address),
                retry_after=_header(response, "Retry-After"),
                now=datetime.now(UTC),
            )
            return _failed(reason, status=response.status)
        body = await self._body(host_of(address), response)
        return Fetched(
            address=address,
            body=body,
            body_hash=sha256(body).hexdigest(),
            content_type=_header(response, "Content-Type"),
            etag=etag,
            modified=modified,
        )

    async def _body(self, host: str, response: aiohttp.ClientResponse) -> bytes:
        if (response.content_length or 0) > self._largest:
            raise _Refused(self._too_large(host))
        unpacker = _unpacker(host, response)
        document = bytearray()
        async for received in response.content.iter_chunked(_READ_AT_ONCE):
            for piece in unpacker.pieces(received):
                document += piece
                if len(document) > self._largest:
                    raise _Refused(self._too_large(host))
        if document and not unpacker.complete:
            raise _Refused(trouble("cut_short", host))
        if not document.strip():
            raise _Refused(trouble("empty", host))
        return bytes(document)

    def _too_large(self, host: str) -> str:
        megabytes = self._largest / (1024 * 1024)
        return trouble("too_large", host, f"{megabytes:.3g}")


def _own_headers() -> dict[str, str]:
    """Who asks and for what: nothing about the person or the machine."""
    return {
        "User-Agent": f"{GENERATOR} (Wiredesk feed reader)",
        "Accept": ACCEPT,
        "Accept-Encoding": "gzip, deflate",
    }


def _header(response: aiohttp.ClientResponse, name: str) -> str:
    """A header verbatim, or "" where its bytes are no text that could be kept and sent back."""
    value = response.headers.get(name, "")
    return value if value.isprintable() else ""


def _conditional(etag: str, modified: str) -> dict[str, str]:
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    return {name: value for name, value in asked.items() if value}


def _public_socket(address: AddrInfoType) -> socket.socket:
    """A socket for a public address only; every connection is made here, also to literals."""
    family, kind, protocol, _, target = address
    if not is_public(str(target[0])):
        raise PrivateAddress("a private address")
    return socket.socket(family, kind, protocol)


def _unpacker(host: str, response: aiohttp.ClientResponse) -> Unpacker:
    try:
        return Unpacker(_header(response, "Content-Encoding"))
    except UnknownPacking:
        raise _Refused(trouble("unasked_packing", host)) from None


def _why(host: str, error: Exception) -> str:
    """The sentence for a failed connection; it repeats nothing that the other side wrote."""
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return trouble("certificate", host, cause.verify_message)
    if isinstance(cause, socket.gaierror) and cause.errno in _NO_SUCH_NAME:
        return trouble("no_name", host)
    for kinds, kind in _KINDS:
        if isinstance(cause, kinds):
            return trouble(kind, host)
    return trouble("unreadable", host)


def _cause(error: Exception) -> BaseException:
    """What aiohttp wraps: its own kinds of connection error tell less than the system's."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return error.certificate_error
    if isinstance(error, aiohttp.ClientConnectorError):
        return error.os_error
    return error


def _failed(reason: str, *, status: int = 0) -> FetchFailed:
    return FetchFailed(reason=clean(redact(reason), limit=REASON_LIMIT), status=status)
