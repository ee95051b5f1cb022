"""The sample desk: what its feeds hold, how fresh they look, and how its server answers."""

from __future__ import annotations

import re
import socket
import warnings
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPMessage
from importlib.resources import files
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from store.sample.server import SampleServer
from store.sample.stories import FEEDS, PLACEHOLDER, Story, issues, redated

NOW = datetime(2031, 3, 4, 5, 6, 7, tzinfo=UTC)
HOME = "http://127.0.0.1:4711"
DATES = re.compile(r"<(?:pubDate|lastBuildDate|published|updated)>([^<]+)</")


def stories() -> list[Story]:
    return [story for issue in issues(HOME, NOW) for story in issue.stories]


def words(story: Story) -> str:
    return " ".join(
        html.fragment_fromstring(story.html, create_parent="div").text_content().split()
    )


def dates(xml: str) -> list[datetime]:
    return [
        datetime.fromisoformat(text) if text[0].isdigit() else parsedate_to_datetime(text)
        for text in DATES.findall(xml)
    ]


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


# ---------------------------------------------------------------- what there is to read


def test_five_feeds_hold_some_forty_articles_and_no_title_or_page_twice() -> None:
    found = stories()
    assert [issue.title for issue in issues(HOME, NOW)] == [
        "Top News",
        "Chip Weekly",
        "Policy Wire",
        "Deals",
        "Asia Pacific Desk",
    ]
    assert len(found) >= 34
    assert len({story.title for story in found}) == len(found)
    assert len({story.path for story in found}) == len(found)


def test_the_first_article_is_the_newest_and_the_one_the_tour_starts_with() -> None:
    first = max(stories(), key=lambda story: story.published)
    assert first.title == "Anthropic’s hiring push points to Australia and Japan"
    assert words(first).startswith(
        "The AI lab is recruiting for data centre roles in Australia and Japan. "
        "It gives the company a foothold in two markets that have made AI infrastructure"
        " a national priority. Rivals have announced similar sites."
    )


@pytest.mark.parametrize("name", FEEDS)
def test_every_entry_has_title_guid_author_category_date_and_a_page_of_its_own(name: str) -> None:
    root = etree.fromstring(files("store.sample").joinpath("feeds", f"{name}.xml").read_bytes())
    entries = [*root.iter("item"), *root.iter("{*}entry")]
    assert entries
    for entry in entries:
        parts = {etree.QName(child).localname for child in entry}
        assert parts >= {"title", "link", "category"}
        assert parts & {"guid", "id"}
        assert parts & {"author", "creator"}
        assert parts & {"pubDate", "published"}
    guids = [
        e.text for entry in entries for e in entry if etree.QName(e).localname in ("guid", "id")
    ]
    assert len(set(guids)) == len(entries)


@pytest.mark.parametrize("name", FEEDS)
def test_the_day_names_in_the_feed_files_are_true(name: str) -> None:
    xml = files("store.sample").joinpath("feeds", f"{name}.xml").read_text("utf-8")
    for text in DATES.findall(xml):
        if not text[0].isdigit():
            assert parsedate_to_datetime(text).strftime("%a") == text[:3], text


def test_teasers_end_in_continue_reading_and_their_pages_go_on() -> None:
    teasers = [story for story in stories() if story.teaser]
    assert len(teasers) >= 5
    told = "\n".join(issue.xml for issue in issues(HOME, NOW))
    assert told.count("Continue reading") == len(teasers)
    for story in teasers:
        assert "Continue reading" not in story.html
        assert story.html.count("<p>") >= 4
        opening = words(story)[:60]
        assert opening in told, "the page opens with the teaser"


def test_one_article_is_long_and_several_are_not_in_english() -> None:
    found = stories()
    assert max(len(words(story).split()) for story in found) >= 1200
    languages = {story.language.partition("-")[0] for story in found}
    assert languages >= {"en", "de", "ja", "ko", "zh", "ar"}


@pytest.mark.parametrize("tag", ["ol", "ul/li/ul", "blockquote", "table", "pre", "h2", "a", "em"])
def test_every_kind_of_block_occurs(tag: str) -> None:
    pages = [html.fragment_fromstring(story.html, create_parent="div") for story in stories()]
    assert any(page.findall(f".//{tag}") for page in pages)


@pytest.mark.parametrize(
    ("signal", "trigger"),
    [
        ("funding", "Series D"),
        ("listing", "filed to go public"),
        ("merger_acquisition", "agreed to acquire"),
        ("divestment", "divestment"),
        ("partnership", "joint venture"),
        ("contract", "won a contract"),
        ("product", "has launched"),
        ("expansion", "second fab"),
        ("closure", "halted construction"),
        ("capex", "is to invest"),
        ("hiring", "recruiting"),
        ("layoffs", "layoffs"),
        ("leadership", "chief executive"),
        ("results", "reported revenue"),
        ("rating", "upgraded"),
        ("regulation", "passed a bill"),
        ("approval", "has approved"),
        ("trade_controls", "Entity List"),
        ("legal", "lawsuit"),
        ("subsidy", "grant"),
        ("energy", "power purchase agreement"),
        ("incident", "outage"),
        ("supply_unrest", "strike"),
        ("research", "prototype"),
    ],
)
def test_every_signal_of_the_codebook_has_an_article(signal: str, trigger: str) -> None:
    assert any(trigger in words(story) for story in stories()), signal


# ---------------------------------------------------------------- fresh dates


def test_the_newest_article_is_25_minutes_old_and_none_lies_ahead() -> None:
    told = [date for issue in issues(HOME, NOW) for date in dates(issue.xml)]
    assert max(told) == NOW - timedelta(minutes=25)


def test_order_and_distances_stay_when_dates_move() -> None:
    early = [date for issue in issues(HOME, NOW) for date in dates(issue.xml)]
    late = [date for issue in issues(HOME, NOW + timedelta(days=99)) for date in dates(issue.xml)]
    assert {after - before for before, after in zip(early, late, strict=True)} == {
        timedelta(days=99)
    }


@given(
    at=st.integers(0, 3_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    days=st.integers(-3000, 3000),
    form=st.sampled_from(["%a, %d %b %Y %H:%M:%S -0500", "%Y-%m-%dT%H:%M:%S+09:00"]),
)
def test_a_date_keeps_its_form_and_its_zone(at: datetime, days: int, form: str) -> None:
    xml = f"<pubDate>{at.strftime(form)}</pubDate><title>2026-11-22</title>"
    moved = f"<pubDate>{(at + timedelta(days=days)).strftime(form)}</pubDate>"
    assert redated(xml, timedelta(days=days)) == moved + "<title>2026-11-22</title>"


# ---------------------------------------------------------------- the server


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
                text = " ".join("".join(article.itertext()).split())
                assert words(story) in text
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
