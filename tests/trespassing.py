"""Ways into the private network and to what a reader keeps to itself, and how each must end."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import pytest
from feed_server import FeedServer
from misbehaving import FEED, GOOD, QUICK, World

from store.feeds.web import sockets
from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.fetch import Fetcher
from store.model import Account

SPELLINGS = (
    *("127.0.0.1", "127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1", "017700000001"),
    *("127.0.0.1.", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
    *("①②⑦.0.0.1", "127。0。0。1", "0.0.0.0", "0"),
)
"""What leads to this machine."""
ELSEWHERE = (
    *("[::1]", "[::]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]"),
    *("[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[fe80::1]", "[fc00::1]", "[ff02::1]", "[fec0::1]"),
    *("10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0x0a000001", "224.0.0.1"),
)
"""What leads to other places of the private network, or would where a translator stands."""

Patch = pytest.MonkeyPatch
Trespass = Callable[[World, Patch], Awaitable[None]]
TRESPASSES: dict[str, Trespass] = {}


def trespass(name: str) -> Callable[[Trespass], Trespass]:
    def named(run: Trespass) -> Trespass:
        TRESPASSES[name] = run
        return run

    return named


def told(answer: object, words: str) -> None:
    assert isinstance(answer, FetchFailed), answer
    assert words in answer.reason, answer.reason


def everything_is_public(patch: Patch) -> None:
    """Let loopback stand for the open web."""
    patch.setattr(sockets, "is_public", lambda _: True)


def names_lead_to(patch: Patch, *ips: str) -> None:
    """Let every name have these addresses."""

    def looked_up(_host: str, port: int, *_: object, **__: object) -> Sequence[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    patch.setattr(socket, "getaddrinfo", looked_up)


def redirect_to(host: str) -> Trespass:
    async def run(world: World, _: Patch) -> None:
        target = f"http://{host}:{world.canary.port}{FEED}".encode()
        world.server.raw(FEED, b"HTTP/1.1 302 Found\r\nLocation: %s\r\n\r\n" % target)
        told(await world.fetched(), "private network")
        world.check()

    return run


def first_address(host: str) -> Trespass:
    async def run(world: World, _: Patch) -> None:
        async with Fetcher(**QUICK) as fetcher:
            answer = await fetcher.fetch(f"http://{host}:{world.canary.port}{FEED}")
        assert isinstance(answer, FetchFailed), answer
        world.check()

    return run


TRESPASSES |= {f"redirect to {host}": redirect_to(host) for host in (*SPELLINGS, *ELSEWHERE)}
TRESPASSES |= {
    f"ask {host}": first_address(host)
    for host in ("127.0.0.1", "localhost", "[::ffff:7f00:1]", "127.1", "0x7f000001", "0177.0.0.1")
}


@trespass("an open connection")
async def an_open_connection(world: World, _: Patch) -> None:
    world.server.serve(FEED, GOOD)
    address = world.server.address(FEED)
    async with Fetcher(**QUICK) as fetcher:
        assert isinstance(await fetcher.fetch(address, permit=world.server.permit), Fetched)
        told(await fetcher.fetch(address), "private network")
    assert len(world.server.requests) == 1


@trespass("a name that is rebound")
async def a_name_that_is_rebound(world: World, patch: Patch) -> None:
    names_lead_to(patch, "127.0.0.1")
    async with Fetcher(**QUICK) as fetcher:
        answer = await fetcher.fetch(f"http://rebound.example:{world.canary.port}{FEED}")
    told(answer, "rebound.example is on a private network")
    world.check()


@trespass("a name with private addresses among public ones")
async def a_mixed_name(world: World, patch: Patch) -> None:
    judged: list[str] = []
    patch.setattr(sockets, "is_public", lambda ip: bool(judged.append(ip)) or ip == "127.0.0.1")
    names_lead_to(patch, "127.0.0.2", "127.0.0.1")
    world.server.serve(FEED, GOOD)
    async with Fetcher(**QUICK) as fetcher:
        answer = await fetcher.fetch(f"http://mixed.example:{world.server.port}{FEED}")
    assert isinstance(answer, Fetched), answer
    assert judged == ["127.0.0.2", "127.0.0.1"]


@trespass("a permit for another port")
async def a_permit_for_another_port(world: World, _: Patch) -> None:
    async with Fetcher(**QUICK) as fetcher:
        answer = await fetcher.fetch(world.canary.address(FEED), permit=world.server.permit)
    told(answer, "private network")
    world.check()


@trespass("a permit by another name")
async def a_permit_by_another_name(world: World, _: Patch) -> None:
    async with Fetcher(**QUICK) as fetcher:
        told(
            await fetcher.fetch(
                f"http://localhost:{world.canary.port}{FEED}", permit=world.canary.permit
            ),
            "localhost is on a private network",
        )
    world.check()


@trespass("a proxy of the environment")
async def a_proxy_of_the_environment(world: World, patch: Patch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        patch.setenv(name, world.canary.address(""))
    patch.delenv("no_proxy", raising=False)
    world.server.serve(FEED, GOOD)
    assert isinstance(await world.fetched(), Fetched)
    world.check()


# ---------------------------------------------------------------- what a reader keeps to itself

ADA = Account(name="Ada", password="Grüße:7")
BASIC = "Basic QWRhOkdyw7zDn2U6Nw=="


@trespass("a cookie")
async def a_cookie(world: World, _: Patch) -> None:
    world.server.serve(FEED, GOOD, headers={"Set-Cookie": "id=7; Path=/"})
    async with Fetcher(**QUICK) as fetcher:
        for _again in range(2):
            await fetcher.fetch(world.server.address(FEED), permit=world.server.permit)
    assert [sent for one in world.server.requests for sent in one.headers if "cookie" in sent] == []


@trespass("a password that goes elsewhere")
async def a_password_that_goes_elsewhere(world: World, patch: Patch) -> None:
    everything_is_public(patch)
    with FeedServer() as other:
        world.server.redirect(FEED, "/moved.xml")
        world.server.redirect("/moved.xml", other.address("/away.xml"))
        other.redirect("/away.xml", world.server.address("/back.xml"))
        world.server.serve("/back.xml", GOOD)
        async with Fetcher(**QUICK) as fetcher:
            answer = await fetcher.fetch(world.server.address(FEED), account=ADA)
        assert isinstance(answer, Fetched), answer
        said = {one.path: one.headers.get("authorization") for one in other.requests}
    said |= {one.path: one.headers.get("authorization") for one in world.server.requests}
    assert said == {FEED: BASIC, "/moved.xml": BASIC, "/away.xml": None, "/back.xml": None}


@trespass("a password that another host wants")
async def a_password_that_another_host_wants(world: World, patch: Patch) -> None:
    everything_is_public(patch)
    world.server.redirect(FEED, world.canary.address("/closed.xml"))
    world.canary.status("/closed.xml", 401)
    async with Fetcher(**QUICK) as fetcher:
        answer = await fetcher.fetch(world.server.address(FEED), account=ADA)
    told(answer, "those given are only for the host that sent us there")
    assert "authorization" not in world.canary.requests[0].headers


@trespass("a validator that goes elsewhere")
async def a_validator_that_goes_elsewhere(world: World, _: Patch) -> None:
    world.server.redirect(FEED, "/other.xml")
    world.server.serve("/other.xml", GOOD, etag='"1"')
    async with Fetcher(**QUICK) as fetcher:
        ask = partial(
            fetcher.fetch, world.server.address(FEED), etag='"1"', permit=world.server.permit
        )
        assert isinstance(await ask(), Fetched)
        taken_from = world.server.address("/other.xml")
        assert isinstance(await ask(taken_from=taken_from), NotModified)
    asked = [(one.path, "if-none-match" in one.headers) for one in world.server.requests]
    assert asked == [(FEED, True), ("/other.xml", False), (FEED, False), ("/other.xml", True)]


@trespass("a validator that is no text")
async def a_validator_that_is_no_text(world: World, _: Patch) -> None:
    world.server.raw(
        FEED,
        b'HTTP/1.1 200 OK\r\nContent-Length: %d\r\nETag: "\xff\xfe"\r\n'
        b"Last-Modified: \x1b[2J\r\n\r\n%s" % (len(GOOD), GOOD),
    )
    answer = await world.fetched()
    if isinstance(answer, Fetched):
        assert (answer.etag, answer.modified) == ("", "")
    else:
        told(answer, "proper HTTP")


@trespass("a validator that brings a header along")
async def a_validator_that_brings_a_header_along(world: World, _: Patch) -> None:
    world.server.serve(FEED, GOOD)
    async with Fetcher(**QUICK) as fetcher:
        answer = await fetcher.fetch(
            world.server.address(FEED), etag='"1"\r\nX-Evil: 1', permit=world.server.permit
        )
    assert isinstance(answer, FetchFailed | Fetched)
    assert all("x-evil" not in one.headers for one in world.server.requests)


@trespass("an answer that holds the next one")
async def an_answer_that_holds_the_next_one(world: World, _: Patch) -> None:
    forged = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
    world.server.answer(FEED, lambda call: call.write(head % (len(GOOD), GOOD) + forged))
    world.server.serve("/next.xml", GOOD)
    async with Fetcher(**QUICK) as fetcher:
        for path in (FEED, "/next.xml"):
            answer = await fetcher.fetch(world.server.address(path), permit=world.server.permit)
            assert isinstance(answer, FetchFailed) or answer.body == GOOD, answer
