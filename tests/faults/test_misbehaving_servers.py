"""What a reader sees of servers that hold up, fill up or mislead, one case after another."""

from __future__ import annotations

import gzip
import random
import socket
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from misbehaving import FEED, GOOD, Case, World, a_world
from misbehaving_cases import CASES
from scripted_web import Call

from store.feeds.web.answers import Fetched, FetchFailed
from store.feeds.web.fetch import HARD_TOP, Fetcher


@pytest.fixture
def world() -> Iterator[World]:
    with a_world() as world:
        yield world


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_a_server_that(case: Case, world: World) -> None:
    await case.run(world)


MANGLED = (
    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(GOOD), GOOD),
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nCache-Control: max-age=60\r\n"
    b"Expires: 0\r\nDate: Sun, 02 Nov 2014 08:00:00 GMT\r\n\r\n5\r\n<rss/\r\n1\r\n>\r\n0\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: Sun, 02 Nov 2014 08:00:00 GMT\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(GOOD),
)
PIECES = (b"\r\n", b"\0", b"\xff", b":", b" ", b"9", b"[", b"\t", b"HTTP/1.1 ", b"\x80\xfe", b"")


async def test_a_mangled_answer_is_taken_or_refused_in_one_sentence(world: World) -> None:
    chance = random.Random(4711)
    async with Fetcher(deadline=5, silence=2) as fetcher:
        for turn in range(200):
            answer = bytearray(chance.choice(MANGLED))
            for _ in range(chance.randint(1, 5)):
                at = chance.randrange(len(answer))
                answer[at : at + chance.choice((0, 1, 1, 8))] = chance.choice(PIECES)
            world.server.raw(f"/{turn}", bytes(answer))
            address = world.server.address(f"/{turn}")
            came = await fetcher.fetch(address, etag='"1"', permit=world.server.permit)
            if isinstance(came, FetchFailed):
                assert came.reason.isprintable()
                assert came.reason.endswith(".")


async def test_a_feed_of_just_the_limit_is_taken(world: World) -> None:
    world.server.serve(FEED, GOOD.ljust(10_000))
    assert isinstance(await world.fetched(largest=10_000), Fetched)
    assert "too large" in await world.reason(largest=9_999)


async def test_a_feed_may_have_a_limit_of_its_own_up_to_a_hard_top(world: World) -> None:
    world.server.serve("/2.xml", GOOD.ljust(2_000_000))
    world.server.serve("/huge.xml", GOOD, headers={"Content-Length": str(HARD_TOP + 1)})
    async with Fetcher(largest=1_000) as fetcher:
        for path, megabytes, says in (
            ("/2.xml", 0, "more than 0.000954 MB"),
            ("/2.xml", 1, "more than 1 MB"),
            ("/2.xml", 2, ""),
            ("/huge.xml", 9_999, "more than 50 MB"),
        ):
            answer = await fetcher.fetch(
                world.server.address(path), permit=world.server.permit, megabytes=megabytes
            )
            assert says in getattr(answer, "reason", "")
            assert isinstance(answer, Fetched) == (not says)


async def test_a_redirects_own_body_is_not_read(world: World) -> None:
    def huge(call: Call) -> None:
        call.head(302, {"Location": "/target.xml", "Connection": "close"})
        call.hang_up()
        while not call.server.closing.is_set():
            call.write(bytes(65536))

    world.server.answer(FEED, huge)
    world.server.serve("/target.xml", GOOD)
    tracemalloc.start()
    try:
        assert isinstance(await world.fetched(), Fetched)
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()


async def test_a_host_that_begins_https_and_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        permit = f"127.0.0.1:{mute.getsockname()[1]}"
        async with Fetcher(connect=0.2, deadline=5) as fetcher:
            answer = await fetcher.fetch(f"https://{permit}/feed.xml", permit=permit)
    assert isinstance(answer, FetchFailed)
    assert "did not answer within 0.2 s" in answer.reason


async def test_a_host_that_does_not_take_the_connection_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full, ExitStack() as waiting:
        place = full.getsockname()
        # The system queues one or two connections that nobody takes, and ignores the others.
        for _ in range(4):
            one = waiting.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(place)
        permit = f"127.0.0.1:{place[1]}"
        async with Fetcher(connect=0.2, deadline=5) as fetcher:
            answer = await fetcher.fetch(f"http://{permit}/feed.xml", permit=permit)
    assert isinstance(answer, FetchFailed)
    assert "did not answer within 0.2 s" in answer.reason
