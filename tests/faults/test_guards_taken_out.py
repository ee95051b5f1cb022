"""Each guard is needed: with it taken out, the case that it is there for goes wrong."""

from __future__ import annotations

import itertools
import shutil
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from ipaddress import IPv6Network
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import aiohttp
import pytest
from certificates import certificate, downgraded, trust, unproven
from misbehaving import World, a_world
from misbehaving_cases import BY_NAME
from trespassing import TRESPASSES, everything_is_public

from store.feeds.web import address, body, errand, fetch, freshness, unpack
from store.feeds.web.errand import Hop
from store.feeds.web.fetch import Fetcher
from store.feeds.web.unpack import Unpacker

Patch = pytest.MonkeyPatch
TakenOut = Callable[[Patch], None]


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as world:
        yield world


async def see(case: str, world: World, patch: Patch) -> None:
    """Raises AssertionError if the case goes wrong."""
    if case in BY_NAME:
        await BY_NAME[case].run(world)
    else:
        await TRESPASSES[case](world, patch)


def in_fetch(name: str, instead: object) -> TakenOut:
    return lambda patch: patch.setattr(fetch, name, instead, raising=False)


def of_aiohttp(name: str, **otherwise: object) -> TakenOut:
    """Build what aiohttp builds for us with these arguments instead of ours."""
    built = getattr(aiohttp, name)

    def otherwise_built(*args: Any, **ours: Any) -> Any:
        return built(*args, **{**ours, **otherwise})

    return lambda patch: patch.setattr(aiohttp, name, otherwise_built)


@asynccontextmanager
async def no_deadline(_: float) -> AsyncIterator[None]:
    yield


def no_deadline_at_all(patch: Patch) -> None:
    patch.setattr(fetch.asyncio, "timeout", no_deadline)


async def any_size(*args: Any, **kwargs: Any) -> bytes:
    return await body.whole_body(*args, **{**kwargs, "largest": 1 << 40})


async def no_size_declared(*args: Any, **kwargs: Any) -> bytes:
    return await body.whole_body(*args, **{**kwargs, "declared": 0})


def any_hop(here: str, location: str) -> str:
    return urljoin(here, location)


def one_session(patch: Patch) -> None:
    """A session for all, permitted or not."""
    session = Fetcher._session
    patch.setattr(Fetcher, "_session", lambda self, _: session(self, "any"))


def forgetful(patch: Patch) -> None:
    """Forget where a redirect came from."""
    onward = Hop.onward

    def without_memory(self: Hop, location: str, *, permanent: bool) -> Hop:
        hop = onward(self, location, permanent=permanent)
        return Hop(errand=hop.errand, address=hop.address, account=hop.account)

    patch.setattr(Hop, "onward", without_memory)


def of_hop(name: str, instead: Callable[[Hop], object]) -> TakenOut:
    return lambda patch: patch.setattr(Hop, name, property(instead))


def all_packings(patch: Patch) -> None:
    patch.setattr(unpack, "_PACKINGS", dict.fromkeys((*unpack._PACKINGS, "br"), False))


GUARDS: dict[str, tuple[TakenOut, tuple[str, ...]]] = {
    "the deadline": (
        no_deadline_at_all,
        ("drips its body", "drips after redirects"),
    ),
    "the patience with silence": (
        of_aiohttp("ClientTimeout", sock_read=None),
        ("says nothing", "stalls in its body"),
    ),
    "the most bytes": (
        in_fetch("whole_body", any_size),
        ("sends a bomb", "sends a bomb in deflate", "declares too large a body"),
    ),
    "the most bytes as they come": (
        lambda patch: patch.setattr(body, "len", lambda of: 0, raising=False),
        ("sends padding without end",),
    ),
    "the look at the declared size": (
        in_fetch("whole_body", no_size_declared),
        ("declares too large a body",),
    ),
    "the end of a packet": (
        lambda patch: patch.setattr(Unpacker, "complete", True),
        ("cuts its packet short",),
    ),
    "the list of packings": (all_packings, ("packs as br",)),
    "the own unpacking": (of_aiohttp("ClientSession", auto_decompress=True), ("packs bare",)),
    "the most redirects": (in_fetch("range", lambda _: itertools.count()), ("sends on six times",)),
    "the memory of redirects": (forgetful, ("sends in a circle",)),
    "the look at redirects": (
        lambda patch: patch.setattr(errand, "next_hop", any_hop),
        ("sends on to file:///etc/", "sends a password along", "sends on to 2 of no host"),
    ),
    "the look at addresses": (
        everything_is_public,
        (
            *("redirect to 127.0.0.1", "redirect to 127.1", "redirect to [::ffff:7f00:1]"),
            *("redirect to 0x7f000001", "redirect to ①②⑦.0.0.1", "redirect to localhost"),
            *("ask 127.0.0.1", "ask [::ffff:7f00:1]", "a name that is rebound"),
            *("a permit for another port", "a permit by another name", "an open connection"),
        ),
    ),
    "the look into other addresses": (
        lambda patch: patch.setattr(address, "_wrapped", lambda _: None),
        ("redirect to [2002:7f00:1::]",),
    ),
    "the look at what is given out": (
        lambda patch: patch.setattr(address, "_GLOBAL_UNICAST", IPv6Network("::/0")),
        ("redirect to [fec0::1]",),
    ),
    "the look at the letters of a validator": (
        in_fetch("_header", lambda response, name: response.headers.get(name, "")),
        ("a validator that is no text",),
    ),
    "the look at the permit": (
        of_hop("permit", lambda hop: hop.errand.permit),
        ("redirect to 127.0.0.1", "a permit for another port", "a permit by another name"),
    ),
    "the sessions apart": (one_session, ("an open connection",)),
    "the empty cookie jar": (
        lambda patch: patch.setattr(
            aiohttp, "DummyCookieJar", partial(aiohttp.CookieJar, unsafe=True)
        ),
        ("a cookie",),
    ),
    "the origin of an account": (
        lambda patch: patch.setattr(errand, "origin", lambda _: ""),
        ("a password that goes elsewhere",),
    ),
    "the address of a validator": (
        of_hop("validators", lambda hop: hop.errand.validators),
        ("a validator that goes elsewhere",),
    ),
    "the deafness to proxies": (
        of_aiohttp("ClientSession", trust_env=True),
        ("a proxy of the environment",),
    ),
    "the longest wait": (
        lambda patch: patch.setattr(freshness, "LONGEST_WAIT", timedelta.max),
        ("wants to be forgotten",),
    ),
}


@pytest.mark.parametrize(
    ("guard", "case"), [(guard, case) for guard, (_, cases) in GUARDS.items() for case in cases]
)
async def test_a_case_goes_wrong_without(
    guard: str, case: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_out, _ = GUARDS[guard]
    take_out(monkeypatch)
    # A warning is an error here, and one comes where a socket tries an address that no test may.
    with pytest.raises((AssertionError, UserWarning)):
        await see(case, world, monkeypatch)


async def most_held(world: World) -> int:
    """Most bytes that a bomb of 64 MB had us hold."""
    tracemalloc.start()
    try:
        await BY_NAME["sends a bomb"].run(world)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_a_bomb_is_noticed_while_it_is_small(world: World) -> None:
    assert await most_held(world) < 2_000_000


async def test_a_bomb_is_noticed_too_late_without_small_steps(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpack, "STEP", 1 << 30)
    assert await most_held(world) > 5_000_000


needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="certificates need openssl")


@needs_openssl
async def test_anybody_is_believed_without_the_look_at_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_aiohttp("TCPConnector", ssl=False)(monkeypatch)
    with pytest.raises(AssertionError):
        await unproven(certificate(tmp_path, "IP:127.0.0.1"))


@needs_openssl
async def test_https_is_left_without_the_look_at_redirects(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = certificate(tmp_path, "IP:127.0.0.1")
    trust(monkeypatch, made)
    monkeypatch.setattr(errand, "next_hop", any_hop)
    with pytest.raises(AssertionError):
        await downgraded(world, made)
