"""The sample's server: how it answers readers and browsers, and that it goes without a trace."""

from __future__ import annotations

import socket
import warnings
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from store.sample.server import SampleServer
from store.sample.stories import PLACEHOLDER

NOW = datetime(2031, 3, 4, 5, 6, 7, tzinfo=UTC)


def plain(fragment: str) -> str:
    element = html.fragment_fromstring(fragment, create_parent="div")
    return " ".join(" ".join(map(str, element.itertext())).split())


def get(address: str, method: str = "GET", **headers: str) -> tuple[int, HTTPMessage, bytes]:
    where = urlsplit(address)
    connection = HTTPConnection(where.netloc, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, where.path, headers=named)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def test_every_feed_is_served_as_what_it_is() -> None:
    with SampleServer(now=NOW) as server:
        assert len(server.addresses) == 5
        for address, issue in zip(server.addresses, server.issues, strict=True):
            assert urlsplit(address).netloc == server.permit
            status, headers, body = get(address)
            assert status == 200
            assert headers["Content-Type"] == issue.media_type
            assert body == issue.xml.encode()
            assert PLACEHOLDER.encode() not in body
            root = etree.fromstring(body)
            expected = "application/rss+xml" if root.tag == "rss" else "application/atom+xml"
            assert issue.media_type == expected


def test_no_link_of_the_sample_leads_nowhere() -> None:
    with SampleServer() as server:
        home = f"http://{server.permit}"
        to_see, seen = [f"{home}/", *server.addresses], set[str]()
        while to_see:
            address = to_see.pop()
            if address in seen:
                continue
            seen.add(address)
            status, headers, body = get(address)
            assert status == 200, address
            if headers["Content-Type"].startswith("text/html"):
                page = html.fromstring(body.decode())
                hrefs = [element.get("href") for element in page.iter()]
                found = [urljoin(address, href) for href in hrefs if href is not None]
                to_see += [link for link in found if link.startswith(home)]
                assert all(link.startswith(home) for link in found)
        pages = {f"{home}{story.path}" for issue in server.issues for story in issue.stories}
        assert pages <= seen


def test_a_page_has_the_whole_article_and_names_its_feed() -> None:
    with SampleServer() as server:
        for issue in server.issues:
            for story in issue.stories:
                _, headers, body = get(f"http://{server.permit}{story.path}")
                assert headers["Content-Type"] == "text/html; charset=utf-8"
                page = html.fromstring(body.decode())
                assert page.findtext(".//h1") == story.title
                article = page.find(".//article")
                assert article is not None
                text = " ".join(map(str, article.itertext()))
                assert plain(story.html) in " ".join(text.split())
                assert page.xpath("//link[@rel='alternate']/@href") == [issue.path]


def test_a_known_etag_is_answered_with_304_and_no_body() -> None:
    with SampleServer() as server:
        address = server.addresses[0]
        _, headers, _ = get(address)
        tag = headers["ETag"]
        for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            status, again, body = get(address, If_None_Match=sent)
            assert (status, body, again["ETag"]) == (304, b"", tag)


def test_an_etag_that_is_not_known_decides_alone() -> None:
    with SampleServer() as server:
        _, headers, _ = get(server.addresses[0])
        status, _, body = get(
            server.addresses[0],
            If_None_Match='"old"',
            If_Modified_Since=headers["Last-Modified"],
        )
        assert status == 200
        assert body


def test_last_modified_comes_back_as_304_and_an_older_or_broken_date_does_not() -> None:
    with SampleServer() as server:
        address = server.addresses[1]
        _, headers, _ = get(address)
        stamp = headers["Last-Modified"]
        assert get(address, If_Modified_Since=stamp)[0] == 304
        assert get(address, If_Modified_Since="Sat, 01 Jan 2000 00:00:00 GMT")[0] == 200
        for broken in ("yesterday", "", "Sat, 99 Foo 2000"):
            assert get(address, If_Modified_Since=broken)[0] == 200


def test_a_head_request_gets_the_length_and_no_body() -> None:
    with SampleServer() as server:
        status, headers, body = get(server.addresses[0], method="HEAD")
        assert (status, body) == (200, b"")
        assert int(headers["Content-Length"]) == len(server.issues[0].xml.encode())


@pytest.mark.parametrize("path", ["/nothing", "/feeds/../server.py", "/articles/"])
def test_an_unknown_path_is_not_found(path: str) -> None:
    with SampleServer() as server:
        assert get(f"http://{server.permit}{path}")[0] == 404


def test_stopping_closes_the_port_and_a_second_stop_does_nothing() -> None:
    server = SampleServer()
    assert server.addresses == ()
    assert server.permit == ""
    server.start()
    host, port = server.permit.split(":")
    server.start()
    assert server.permit == f"{host}:{port}"
    server.stop()
    server.stop()
    assert server.addresses == ()
    with pytest.raises(OSError), socket.create_connection((host, int(port)), timeout=5):  # noqa: PT011
        pass


def test_a_silent_connection_does_not_hold_up_stopping() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        server = SampleServer()
        server.start()
        host, port = server.permit.split(":")
        with socket.create_connection((host, int(port)), timeout=5) as silent:
            get(server.addresses[0])  # By now the silent one was taken up as well.
            server.stop()
            assert silent.recv(1) == b""


def test_two_servers_run_side_by_side() -> None:
    with SampleServer() as one, SampleServer() as other:
        assert one.permit != other.permit
        assert get(one.addresses[0])[2] != get(other.addresses[0])[2]


def test_the_server_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with SampleServer() as server:
        get(server.addresses[0])
        get(f"http://{server.permit}/nothing")
        where = server.permit.split(":")
        with socket.create_connection((where[0], int(where[1])), timeout=5) as rude:
            rude.sendall(b"\x16\x03\x01 not http\r\n\r\n")
            rude.recv(1000)
    assert capfd.readouterr() == ("", "")
