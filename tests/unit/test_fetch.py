"""What a reader sees of servers that behave; those that do not stand in tests/faults."""

from __future__ import annotations

import socket
import threading

import pytest
from feed_server import FeedServer

from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.fetch import Fetcher

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>"


async def fetched(
    server: FeedServer, path: str, *, etag: str = "", modified: str = "", **limits: float
) -> Fetched | NotModified | FetchFailed:
    async with Fetcher(**limits) as fetcher:
        return await fetcher.fetch(
            server.address(path), etag=etag, modified=modified, permit=server.permit
        )


async def reason(server: FeedServer, path: str, **limits: float) -> str:
    """The one sentence about a fetch that failed."""
    answer = await fetched(server, path, **limits)
    assert isinstance(answer, FetchFailed), answer
    assert answer.reason.endswith(".")
    assert len(answer.reason.splitlines()) == 1
    return answer.reason


async def test_a_feed_arrives_with_what_vouches_for_it(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED, etag='W/"v-1"', modified="Tue, 03 Nov 2026 10:00:00 GMT")
    answer = await fetched(server, "/feed.xml")
    assert isinstance(answer, Fetched)
    assert answer.body == FEED
    assert answer.etag == 'W/"v-1"'
    assert answer.modified == "Tue, 03 Nov 2026 10:00:00 GMT"
    assert answer.content_type == "application/rss+xml"
    assert answer.address == server.address("/feed.xml")


async def test_an_unchanged_feed_costs_no_body(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED, etag='"1"', modified="yesterday, as they say")
    answer = await fetched(server, "/feed.xml", etag='"1"', modified="yesterday, as they say")
    assert answer == NotModified(etag='"1"', modified="yesterday, as they say")
    sent = server.requests[0].headers
    assert sent["if-none-match"] == '"1"'
    assert sent["if-modified-since"] == "yesterday, as they say"


async def test_an_unchanged_feed_may_bring_another_validator(server: FeedServer) -> None:
    server.raw("/feed.xml", b'HTTP/1.1 304 Not Modified\r\nETag: "2"\r\n\r\n')
    answer = await fetched(server, "/feed.xml", etag='"1"', modified="yesterday")
    assert answer == NotModified(etag='"2"', modified="yesterday")


@pytest.mark.parametrize("packing", ["gzip", "deflate", "raw-deflate"])
@pytest.mark.parametrize("size", [1, 65_536, 300_000])
async def test_packed_feeds_are_unpacked(server: FeedServer, packing: str, size: int) -> None:
    body = FEED + b"<!--" + b"x" * size + b"-->"
    server.serve_packed("/feed.xml", body, packing=packing)
    answer = await fetched(server, "/feed.xml")
    assert isinstance(answer, Fetched)
    assert answer.body == body


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed_to_where_the_feed_is(server: FeedServer, status: int) -> None:
    server.redirect("/old/feed", "../new/feed.xml?a=%7Eb", status=status)
    server.serve("/new/feed.xml", FEED)
    answer = await fetched(server, "/old/feed")
    assert isinstance(answer, Fetched)
    assert answer.address == server.address("/new/feed.xml?a=%7Eb")


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [
        ((301,), True),
        ((308, 301, 308), True),
        ((302,), False),
        ((301, 302), False),
        ((307, 308), False),
        ((), False),
    ],
)
@pytest.mark.parametrize("unchanged", [False, True])
async def test_a_feed_has_moved_if_each_redirect_is_permanent(
    server: FeedServer, *, statuses: tuple[int, ...], moved: bool, unchanged: bool
) -> None:
    for hop, status in enumerate(statuses):
        server.redirect(f"/{hop}", f"/{hop + 1}", status=status)
    end = f"/{len(statuses)}"
    server.serve(end, FEED, etag='"1"')
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(
            server.address("/0"),
            etag='"1"' if unchanged else "",
            taken_from=server.address(end),
            permit=server.permit,
        )
    assert isinstance(answer, NotModified if unchanged else Fetched)
    assert answer.moved == (server.address(end) if moved else "")


async def test_a_part_of_the_news_is_taken_as_such(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED, status=226)
    answer = await fetched(server, "/feed.xml")
    assert isinstance(answer, Fetched)
    assert answer.status == 226


async def test_what_is_said_of_a_page_calls_it_a_page(server: FeedServer) -> None:
    server.status("/gone", 410)
    server.serve("/empty", b"")
    async with Fetcher() as fetcher:
        for path, says in (("/gone", "taken this page down"), ("/empty", "instead of a page")):
            answer = await fetcher.fetch(server.address(path), permit=server.permit, wants="page")
            assert isinstance(answer, FetchFailed)
            assert says in answer.reason


@pytest.mark.parametrize(
    ("wait", "says", "seconds"),
    [
        ("30", "in a minute", 30),
        ("600", "in 10 minutes", 600),
        ("999999999999", "in 24 hours", 86_400),
        ("-5", "later", 0),
        ("soon", "later", 0),
        ("Sat, 01 Jan 2000 00:00:00 GMT", "later", 0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "in 24 hours", 86_400),
    ],
)
async def test_a_busy_server_says_when_to_come_back(
    server: FeedServer, wait: str, says: str, seconds: int
) -> None:
    server.status("/feed.xml", 429, {"Retry-After": wait})
    answer = await fetched(server, "/feed.xml")
    assert isinstance(answer, FetchFailed)
    assert answer.reason.endswith(f"try again {says}.")
    assert answer.wait == seconds


async def test_when_to_come_back_is_reckoned_by_the_servers_own_clock(server: FeedServer) -> None:
    dates = {
        "Retry-After": "Sun, 02 Nov 2014 08:30:00 GMT",
        "Date": "Sun, 02 Nov 2014 08:00:00 GMT",
    }
    server.status("/feed.xml", 503, dates)
    assert "try again in 30 minutes" in await reason(server, "/feed.xml")


async def test_a_server_says_how_long_a_feed_stays_new(server: FeedServer) -> None:
    stays = {"Cache-Control": "public, max-age=3600", "Age": "600"}
    server.serve("/feed.xml", FEED, etag='"1"', headers=stays)
    answer = await fetched(server, "/feed.xml")
    assert isinstance(answer, Fetched)
    assert answer.fresh == 3000
    server.answer("/feed.xml", lambda call: call.head(304, stays))
    again = await fetched(server, "/feed.xml", etag='"1"')
    assert isinstance(again, NotModified)
    assert again.fresh == 3000


async def test_a_dead_host_is_said_in_one_sentence() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        permit = f"127.0.0.1:{unused.getsockname()[1]}"
        async with Fetcher() as fetcher:
            answer = await fetcher.fetch(f"http://{permit}/feed.xml", permit=permit)
    assert isinstance(answer, FetchFailed)
    assert "refuses the connection" in answer.reason


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), "no host named nowhere.example"),
        (socket.gaierror(socket.EAI_AGAIN, "no"), "could not be looked up"),
    ],
)
async def test_a_name_that_is_not_found_is_said_so(
    monkeypatch: pytest.MonkeyPatch, trouble: OSError, says: str
) -> None:
    def nothing(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch("https://nowhere.example/feed.xml")
    assert isinstance(answer, FetchFailed)
    assert says in answer.reason


async def test_https_to_a_port_without_it_is_said_so(server: FeedServer) -> None:
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(f"https://{server.permit}/feed.xml", permit=server.permit)
    assert isinstance(answer, FetchFailed)
    assert "https" in answer.reason


async def test_a_name_that_nobody_looks_up_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given_up = threading.Event()

    def nothing(*_: object, **__: object) -> None:
        given_up.wait(10)
        raise socket.gaierror(socket.EAI_NONAME, "no")

    monkeypatch.setattr(socket, "getaddrinfo", nothing)
    try:
        async with Fetcher(connect=0.1, deadline=5) as fetcher:
            answer = await fetcher.fetch("https://nowhere.example/feed.xml")
    finally:
        given_up.set()
    assert isinstance(answer, FetchFailed)
    assert answer.trouble == "no_lookup"
