"""What a reader sees of servers that behave, and of those that do not."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from feed_server import FeedServer

from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.fetch import Fetcher

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


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


async def test_a_validator_that_is_no_text_is_not_kept(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED, etag='"\xe9"', modified="Tue, 03 Nov 2026 10:00:00 GMT")
    answer = await fetched(server, "/feed.xml")
    assert isinstance(answer, Fetched)
    assert answer.etag == ""
    assert answer.modified == "Tue, 03 Nov 2026 10:00:00 GMT"


async def test_an_unchanged_feed_costs_no_body(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED, etag='"1"', modified="yesterday, as they say")
    answer = await fetched(server, "/feed.xml", etag='"1"', modified="yesterday, as they say")
    assert answer == NotModified(etag='"1"', modified="yesterday, as they say")
    sent = server.requests[0].headers
    assert sent["if-none-match"] == '"1"'
    assert sent["if-modified-since"] == "yesterday, as they say"


async def test_unchanged_without_having_asked_is_a_failure(server: FeedServer) -> None:
    server.answer("/feed.xml", lambda call: call.head(304, {}))
    assert "unchanged" in await reason(server, "/feed.xml")


async def test_a_request_says_who_asks_and_nothing_about_the_person(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED, headers={"Set-Cookie": "id=7; Path=/"})
    async with Fetcher() as fetcher:
        for _ in range(2):
            await fetcher.fetch(server.address("/feed.xml"), permit=server.permit)
    sent = server.requests[1].headers
    assert set(sent) == {"host", "user-agent", "accept", "accept-encoding"}
    assert sent["user-agent"].startswith("wiredesk/")
    assert sent["accept-encoding"] == "gzip, deflate"
    assert sent["accept"].startswith("application/atom+xml, application/rss+xml")


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


async def test_five_redirects_are_followed_and_six_are_not(server: FeedServer) -> None:
    for hop in range(6):
        server.redirect(f"/{hop}", f"/{hop + 1}")
    server.serve("/6", FEED)
    assert isinstance(await fetched(server, "/1"), Fetched)
    assert "more than 5 times" in await reason(server, "/0")


async def test_a_redirect_in_a_circle_is_given_up(server: FeedServer) -> None:
    server.redirect("/feed.xml", "/feed.xml")
    server.redirect("/a", "/b")
    server.redirect("/b", "/a")
    assert "in a circle" in await reason(server, "/feed.xml")
    assert "in a circle" in await reason(server, "/a")
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("file:///etc/passwd", "file:"),
        ("javascript:alert(1)", "javascript:"),
        ("http://alice:secret@127.0.0.1/x", "password"),
        ("http://[::1", "written wrongly"),
    ],
)
async def test_a_redirect_out_of_the_web_is_not_followed(
    server: FeedServer, target: str, says: str
) -> None:
    server.redirect("/feed.xml", target)
    told = await reason(server, "/feed.xml")
    assert says in told
    assert "secret" not in told


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "name and a password"),
        (403, "refuses"),
        (404, "nothing at this address"),
        (410, "for good"),
        (418, "418"),
        (429, "less often"),
        (500, "fault of its own (500)"),
        (503, "out of service"),
        (206, "206"),
        (301, "301"),
    ],
)
async def test_each_refusal_is_said_in_one_sentence(
    server: FeedServer, status: int, says: str
) -> None:
    server.status("/feed.xml", status)
    answer = await fetched(server, "/feed.xml")
    assert isinstance(answer, FetchFailed)
    assert says in answer.reason
    assert answer.status == status
    assert "127.0.0.1" in answer.reason


@pytest.mark.parametrize(
    ("wait", "says"),
    [
        ("30", "in a minute"),
        ("600", "in 10 minutes"),
        ("999999999999", "in 24 hours"),
        ("-5", "later"),
        ("soon", "later"),
        ("Sat, 01 Jan 2000 00:00:00 GMT", "later"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "in 24 hours"),
    ],
)
async def test_a_busy_server_says_when_to_come_back(
    server: FeedServer, wait: str, says: str
) -> None:
    server.status("/feed.xml", 429, {"Retry-After": wait})
    assert (await reason(server, "/feed.xml")).endswith(f"try again {says}.")


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


async def test_an_empty_answer_is_not_an_empty_feed(server: FeedServer) -> None:
    server.serve("/feed.xml", b" \r\n\t")
    server.serve("/nothing.xml", b"")
    assert "empty answer" in await reason(server, "/feed.xml")
    assert "empty answer" in await reason(server, "/nothing.xml")


async def test_an_answer_that_says_it_has_no_content_is_no_feed(server: FeedServer) -> None:
    server.answer("/feed.xml", lambda call: call.head(204, {}))
    assert "204" in await reason(server, "/feed.xml")


async def test_a_feed_that_stops_halfway_is_not_taken(server: FeedServer) -> None:
    server.break_off("/feed.xml", FEED, declared=len(FEED) + 1)
    assert "in the middle" in await reason(server, "/feed.xml")


async def test_a_server_that_hangs_up_is_said_so(server: FeedServer) -> None:
    server.reset("/reset.xml")
    server.raw("/closed.xml", b"")
    assert "broke off the connection" in await reason(server, "/reset.xml")
    assert "broke off the connection" in await reason(server, "/closed.xml")


async def test_what_is_not_http_is_said_so(server: FeedServer) -> None:
    server.raw("/feed.xml", b"220 mail.example ESMTP \x1b]0;owned\x07\r\n")
    told = await reason(server, "/feed.xml")
    assert "proper HTTP" in told
    assert "owned" not in told


async def test_https_to_a_port_without_it_is_said_so(server: FeedServer) -> None:
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(f"https://{server.permit}/feed.xml", permit=server.permit)
    assert isinstance(answer, FetchFailed)
    assert "https" in answer.reason


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """What a server has that signed its certificate itself."""
    if not shutil.which("openssl"):
        pytest.skip("the certificate is made with openssl")
    files = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=x"]
    subprocess.run([*made, "-keyout", files[0], "-out", files[1]], check=True, capture_output=True)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(files[1], files[0])
    return tls


async def test_a_host_that_cannot_prove_who_it_is_gets_no_request(
    self_signed: ssl.SSLContext,
) -> None:
    with FeedServer(tls=self_signed) as server:
        server.serve("/feed.xml", FEED)
        assert "cannot prove who it is: self" in await reason(server, "/feed.xml")
        assert not server.requests


async def test_a_private_address_that_nobody_typed_is_not_asked(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED)
    async with Fetcher() as fetcher:
        for host in ("127.0.0.1", "localhost", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]"):
            answer = await fetcher.fetch(f"http://{host}:{server.port}/feed.xml")
            assert isinstance(answer, FetchFailed)
            assert "private network" in answer.reason
    assert not server.requests


@pytest.mark.parametrize("host", ["127.1", "0x7f.1", "0x7f000001", "2130706433", "0177.0.0.1"])
async def test_an_old_spelling_of_a_private_address_is_not_asked(
    server: FeedServer, host: str
) -> None:
    server.serve("/feed.xml", FEED)
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(f"http://{host}:{server.port}/feed.xml")
    assert isinstance(answer, FetchFailed)
    assert not server.requests


async def test_a_permit_is_for_one_host_and_port(server: FeedServer) -> None:
    with FeedServer() as other:
        other.serve("/feed.xml", FEED)
        server.redirect("/feed.xml", other.address("/feed.xml"))
        assert "private network" in await reason(server, "/feed.xml")
        assert not other.requests


async def test_an_open_connection_is_no_permit(server: FeedServer) -> None:
    server.serve("/feed.xml", FEED)
    address = server.address("/feed.xml")
    async with Fetcher() as fetcher:
        assert isinstance(await fetcher.fetch(address, permit=server.permit), Fetched)
        assert isinstance(await fetcher.fetch(address), FetchFailed)
    assert len(server.requests) == 1


async def test_a_name_with_a_private_address_behind_it_is_not_asked(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.serve("/feed.xml", FEED)
    behind = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [behind])
    async with Fetcher() as fetcher:
        answer = await fetcher.fetch(f"http://rebound.example:{server.port}/feed.xml")
    assert isinstance(answer, FetchFailed)
    assert "rebound.example is on a private network" in answer.reason
    assert not server.requests
