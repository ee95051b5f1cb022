"""Adding feeds by command: found on pages, asked once, kept only when they can be read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import aclosing, closing
from pathlib import Path
from typing import Any

import pytest
from desks import open_desk
from feed_server import FeedServer
from scripted_web import Call

from store.cli import main
from store.desk.feed_search import asked_for
from store.feeds.moving import moved
from store.model import Account, Feed, FetchState
from store.model.subscribing import (
    Asking,
    FeedAdded,
    FeedsFound,
    FeedThere,
    FoundFeed,
    NotAdded,
    Wish,
)
from store.settings import folders
from store.shelf.errors import ShelfError
from store.shelf.shelf import Shelf

HTML = "text/html; charset=utf-8"


def rss(title: str = "Wire") -> str:
    items = "".join(f"<item><guid>{n}</guid><title>{title} {n}</title></item>" for n in (1, 2))
    return f'<rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'


def page(*heads: str, body: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{''.join(heads)}</head><body>{body}</body></html>"


def alternate(href: str, title: str = "") -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as serving:
        serving.serve("/wire.xml", rss())
        serving.serve("/bees.xml", rss("Bees"))
        yield serving


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = main(words)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return status, said.out, said.err


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]]]:
    status, out, _ = run(capsys, *words, "--json")
    return status, [json.loads(line) for line in out.splitlines()]


def feeds() -> tuple[Feed, ...]:
    with closing(Shelf.open(folders().desk)) as shelf:
        return shelf.feeds()


def state(number: int) -> FetchState:
    with closing(Shelf.open(folders().desk)) as shelf:
        return shelf.fetch_states()[number]


def account(number: int) -> Account | None:
    with closing(Shelf.open(folders().desk)) as shelf:
        return shelf.account(number)


# ---------------------------------------------------------------- found


def test_a_feed_is_asked_for_once_and_its_state_is_kept(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/etag.xml", rss(), etag='"1"')
    status, lines = told(capsys, "add", server.address("/etag.xml"))
    assert (status, lines[-1]["outcome"], lines[-1]["articles"]) == (0, "added", 2)
    assert len(server.asked("/etag.xml")) == 1
    assert (state(1).etag, state(1).failures) == ('"1"', 0)
    assert feeds()[0].permit == server.permit


def test_the_one_feed_that_a_page_names_is_taken(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/news", page(alternate("/wire.xml", "All")), content_type=HTML)
    status, lines = told(capsys, "add", server.address("/news"))
    assert status == 0
    assert [line["outcome"] for line in lines] == ["asking", "asking", "added"]
    assert feeds()[0].address == server.address("/wire.xml")
    assert feeds()[0].permit == server.permit


@pytest.fixture
def several(server: FeedServer) -> str:
    heads = (alternate("/c.xml", "Comments"), alternate("/wire.xml", "All"), alternate("/bees.xml"))
    server.serve("/news", page(*heads), content_type=HTML)
    return server.address("/news")


def test_several_feeds_are_listed_and_none_is_added(
    capsys: pytest.CaptureFixture[str], server: FeedServer, several: str
) -> None:
    run(capsys, "add", server.address("/bees.xml"))
    status, out, err = run(capsys, "add", several)
    assert status == 4
    lines = out.splitlines()
    assert lines[0] == f"  1  All · rss · {server.address('/wire.xml')}"
    assert lines[1] == f"  2  (no title) · rss, feed 1 here · {server.address('/bees.xml')}"
    assert lines[2].startswith("  3  Comments · rss, comments · ")
    assert "--choose N" in err
    assert len(feeds()) == 1
    assert not server.asked("/wire.xml")


@pytest.mark.parametrize(("words", "name"), [(("--first",), "Wire"), (("--choose", "2"), "Bees")])
def test_one_of_several_can_be_chosen(
    capsys: pytest.CaptureFixture[str], several: str, words: tuple[str, ...], name: str
) -> None:
    assert run(capsys, "add", several, *words)[0] == 0
    assert [feed.name for feed in feeds()] == [name]


def test_a_number_that_no_feed_has_is_told(
    capsys: pytest.CaptureFixture[str], several: str
) -> None:
    status, _, err = run(capsys, "add", several, "--choose", "9")
    assert (status, feeds()) == (1, ())
    assert "only 3" in err


def test_links_that_look_like_feeds_are_tried_where_a_page_names_none(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    body = '<a href="/feed.html">no</a><a href="/all/rss.xml">by RSS</a><a href="/x/feed">x</a>'
    server.serve("/news", page(body=body), content_type=HTML)
    server.serve("/all/rss.xml", rss("Linked"))
    assert run(capsys, "add", server.address("/news"))[0] == 0
    assert [feed.address for feed in feeds()] == [server.address("/all/rss.xml")]
    assert len(server.asked("/all/rss.xml")) == 1


def test_few_links_of_a_page_are_looked_behind(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    links = "".join(f'<a href="/{n}/rss.xml">News {n}</a>' for n in range(9))
    server.serve("/news", page(body=links), content_type=HTML)
    assert run(capsys, "add", server.address("/news"))[0] == 1
    asked = [one.path for one in server.requests if one.path.endswith("/rss.xml")]
    assert asked == ["/0/rss.xml", "/1/rss.xml", "/2/rss.xml", "/3/rss.xml", "/rss.xml"]


def test_who_takes_long_is_asked_no_further_place(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.desk.feed_search.PROBING", -1)
    server.serve("/news", page(body='<a href="/all/rss.xml">by RSS</a>'), content_type=HTML)
    assert run(capsys, "add", server.address("/news"))[0] == 1
    assert [one.path for one in server.requests] == ["/news"]


def test_several_links_that_are_feeds_are_offered(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    body = '<a href="/a/feed">a</a><a href="/b/feed">b</a>'
    server.serve("/news", page(body=body), content_type=HTML)
    server.serve("/a/feed", rss("A"))
    server.serve("/b/feed", rss("B"))
    status, out, _ = run(capsys, "add", server.address("/news"))
    assert (status, out.count("\n")) == (4, 2)
    assert run(capsys, "add", server.address("/news"), "--choose", "2")[0] == 0
    assert [feed.name for feed in feeds()] == ["B"]


def test_usual_places_are_asked_one_after_the_other_until_one_is_a_feed(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/", page(), content_type=HTML)
    server.serve("/rss", page(), content_type=HTML)
    server.serve("/feed.xml", rss("Found"))
    assert run(capsys, "add", server.address("/"))[0] == 0
    assert [feed.address for feed in feeds()] == [server.address("/feed.xml")]
    assert not server.asked("/atom.xml")
    assert server.most_at_once == 1


def test_no_redirect_is_followed_from_a_usual_place(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/", page(), content_type=HTML)
    server.redirect("/feed", "/wire.xml")
    status, lines = told(capsys, "add", server.address("/"))
    assert (status, lines[-1]["page"]) == (1, True)
    assert server.address("/feed") in lines[-1]["tried"]
    assert not server.asked("/wire.xml")


def test_a_host_that_has_enough_is_asked_no_more(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/", page(), content_type=HTML)
    server.status("/feed/", 429)
    status, lines = told(capsys, "add", server.address("/"))
    assert status == 1
    assert len(lines[-1]["tried"]) == 1


def test_a_page_whose_feed_is_broken_is_told(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/news", page(alternate("/gone.xml")), content_type=HTML)
    status, _, err = run(capsys, "add", server.address("/news"))
    assert (status, feeds()) == (1, ())
    assert "names a feed that cannot be read" in err
    assert "--article keeps the page itself" in err


def test_a_found_feed_leads_to_no_other_page(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/a", page(alternate("/b")), content_type=HTML)
    server.serve("/b", page(alternate("/wire.xml")), content_type=HTML)
    assert run(capsys, "add", server.address("/a"))[0] == 1
    assert not server.asked("/wire.xml")


# ---------------------------------------------------------------- where it may go


def test_a_page_leads_to_no_other_private_host(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    with FeedServer() as canary:
        canary.serve("/wire.xml", rss())
        heads = (alternate(canary.address("/wire.xml")),)
        server.serve("/news", page(*heads), content_type=HTML)
        status, _, err = run(capsys, "add", server.address("/news"))
        assert (status, feeds()) == (1, ())
        assert "private network" in err
        found = ("--found-at", server.address("/news"))
        assert run(capsys, "add", canary.address("/wire.xml"), *found)[0] == 1
        assert not canary.requests


def test_what_a_page_names_on_its_own_host_may_be_picked(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    found = ("--found-at", server.address("/news"))
    assert run(capsys, "add", server.address("/wire.xml"), *found)[0] == 0
    assert feeds()[0].permit == server.permit


def test_a_feed_that_a_private_page_names_elsewhere_gets_no_permit(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = server.address("/wire.xml").replace("127.0.0.1", "localhost")
    server.serve("/news", page(alternate(elsewhere)), content_type=HTML)
    # Let the other host stand for the open web.
    monkeypatch.setattr("store.feeds.web.sockets.is_public", lambda _: True)
    assert run(capsys, "add", server.address("/news"))[0] == 0
    (feed,) = feeds()
    assert (feed.address, feed.permit) == (elsewhere, "")


def test_a_permit_is_for_the_host_and_port_of_the_address_only(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    words = ("add", server.address("/wire.xml"), "--allow-private")
    status, _, err = run(capsys, *words, "127.0.0.1:1")
    assert (status, feeds()) == (1, ())
    assert f"this address is on {server.permit}" in err
    assert run(capsys, *words, server.permit)[0] == 0


# ---------------------------------------------------------------- moved, there already


def test_where_a_feed_lies_for_good_is_kept(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.redirect("/old.xml", "/wire.xml", status=301)
    assert run(capsys, "add", server.address("/old.xml"))[0] == 0
    (feed,) = feeds()
    assert feed.address == feed.first_address == server.address("/wire.xml")
    assert not feed.moved_from
    status, _, err = run(capsys, "add", server.address("/old.xml"))
    assert (status, len(feeds())) == (1, 1)
    assert "already: feed 1" in err


def test_the_address_that_a_feed_had_before_it_moved_is_known(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    run(capsys, "add", server.address("/wire.xml"))
    with closing(Shelf.open(folders().desk)) as shelf:
        shelf.change_feed(1, lambda feed: moved(feed, server.address("/bees.xml")))
    status, _, err = run(capsys, "add", server.address("/wire.xml"))
    assert (status, len(feeds())) == (1, 1)
    assert "already: feed 1" in err


def test_where_a_feed_only_lies_today_is_not_kept(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.redirect("/today.xml", "/wire.xml", status=302)
    assert run(capsys, "add", server.address("/today.xml"))[0] == 0
    assert feeds()[0].address == server.address("/today.xml")


# ---------------------------------------------------------------- as it is wanted


def test_folders_title_and_settings_are_kept(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    words = ("--folder", "News/ Chips ", "--folder", "All", "--title", "My wire", "--every", "30")
    status, out, err = run(capsys, "add", server.address("/wire.xml"), *words, "--full-text")
    assert (status, err) == (0, "")
    (feed,) = feeds()
    assert feed.folders == (("News", "Chips"), ("All",))
    assert (feed.own_title, feed.title, feed.minutes, feed.full_text) == (
        "My wire",
        "Wire",
        30,
        True,
    )
    assert "Subscribed to My wire" in out


def test_often_is_warned_of(capsys: pytest.CaptureFixture[str], server: FeedServer) -> None:
    status, _, err = run(capsys, "add", server.address("/wire.xml"), "--every", "5")
    assert (status, feeds()[0].minutes) == (0, 5)
    assert "Every 5 minutes is often" in err


def test_a_feed_larger_than_usual_is_added_if_that_is_allowed(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/large.xml", rss("Large").encode().ljust(11 * 1024 * 1024))
    server.serve("/news", page(alternate("/large.xml")), content_type=HTML)
    for address in (server.address("/large.xml"), server.address("/news")):
        status, lines = told(capsys, "add", address)
        assert (status, lines[-1]["outcome"], lines[-1]["large"]) == (1, "not added", True)
        assert "sends more than 10 MB" in lines[-1]["reason"]
    _, _, err = run(capsys, "add", server.address("/large.xml"))
    assert err.endswith(" --megabytes takes up to 50.\n")
    status, _, _ = run(capsys, "add", server.address("/large.xml"), "--megabytes", "11")
    assert (status, feeds()[0].name, feeds()[0].megabytes) == (0, "Large", 11)
    # And so it is fetched from then on.
    assert run(capsys, "fetch", "--feed", "1")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("--megabytes", "51"),
        ("--megabytes", "-1"),
        ("--every", "4"),
        ("--every", "99999999"),
        ("--choose", "-1"),
        ("--choose", "2", "--first"),
        ("b.example", "--title", "One"),
    ],
)
def test_wrong_usage_is_told(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    status, _, err = run(capsys, "add", "a.example", *words)
    assert status == 2
    assert err.endswith("See wiredesk --help.\n")


def test_several_addresses_are_told_one_by_one(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    pasted = f"<{server.address('/wire.xml')}>, {server.address('/gone.xml')}."
    status, out, err = run(capsys, "add", pasted, server.address("/bees.xml"))
    assert status == 1
    assert [feed.name for feed in feeds()] == ["Wire", "Bees"]
    assert out.count(": 2 articles.\n") == 2
    assert err.count("404") == 1
    assert err.startswith(f"wiredesk: {server.address('/gone.xml')}: ")


def test_a_missing_scheme_means_https_and_that_is_told_where_there_is_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, server: FeedServer
) -> None:
    monkeypatch.setattr("store.feeds.web.sockets.is_public", lambda _: True)
    monkeypatch.setattr("store.feeds.web.address.is_private_name", lambda _: False)
    typed = server.address("/wire.xml").removeprefix("http://")
    status, _, err = run(capsys, "add", typed)
    assert status == 1
    assert "type http:// before the address" in err
    assert "http://" not in run(capsys, "add", f"https://{typed}")[2]


# ---------------------------------------------------------------- names and passwords


def locked(call: Call) -> None:
    if call.headers.get("authorization") == "Basic YW5hOnPDqWNyZXQ=":  # ana:sécret
        call.whole(200, {"Content-Type": "application/rss+xml"}, rss().encode())
    else:
        call.whole(401, {"WWW-Authenticate": "Basic realm=x"}, b"no")


def test_a_password_comes_from_the_environment_and_is_never_shown(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answer("/own.xml", locked)
    monkeypatch.setenv("WIREDESK_PASSWORD", "sécret")
    status, out, err = run(capsys, "add", server.address("/own.xml"), "--account", "ana")
    assert status == 0
    assert account(1) == Account(name="ana", password="sécret")
    shown = out + err + run(capsys, "feeds", "--json")[1] + run(capsys, "feeds", "--opml")[1]
    assert "cret" not in shown
    assert run(capsys, "fetch", "--feed", "1")[0] == 0


def test_a_password_is_asked_for_at_a_terminal_only(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    status, _, err = run(capsys, "add", server.address("/wire.xml"), "--account", "ana")
    assert (status, server.requests) == (1, [])
    assert "WIREDESK_PASSWORD" in err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("store.cli.adding.getpass", lambda prompt: "sécret")
    server.answer("/own.xml", locked)
    assert run(capsys, "add", server.address("/own.xml"), "--account", "ana")[0] == 0


def test_another_password_replaces_the_one_that_was_kept_once_it_works(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    with_old = server.address("/wire.xml").replace("//", "//ana:old@")
    assert run(capsys, "add", with_old)[0] == 0
    server.answer("/wire.xml", locked)
    wrong = server.address("/wire.xml").replace("//", "//ana:wrong@")
    assert run(capsys, "add", wrong)[0] == 1
    assert account(1) == Account(name="ana", password="old")
    right = server.address("/wire.xml").replace("//", "//ana:s%C3%A9cret@")
    status, out, _ = run(capsys, "add", right)
    assert status == 0
    assert "Another name and password for Wire" in out
    assert account(1) == Account(name="ana", password="sécret")
    assert len(feeds()) == 1


def test_a_password_is_not_told_to_another_origin(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.serve("/news", page(alternate("https://127.0.0.1:1/x")), content_type=HTML)
    address = server.address("/news").replace("//", "//ana:secret@")
    status, out, err = run(capsys, "add", address)
    assert status == 1
    assert "secret" not in out + err


@pytest.mark.parametrize("typed", ["ana:secret@a b", "ftp://ana:secret@h/", "https://ana:secret@/"])
def test_a_password_in_a_wrong_address_is_not_repeated(
    capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    status, out, err = run(capsys, "add", typed, "--json")
    assert status == 1
    assert "secret" not in out + err


# ---------------------------------------------------------------- stdin, the app's worker


def add_by_stdin(fed: str) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-m", "store.cli", "add", "-", "--json"],
        input=fed.encode(), capture_output=True, timeout=60, check=False, env={**os.environ},
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, lines, done.stderr.decode()


@pytest.mark.parametrize(
    ("wished", "kept"), [(3, 5), (-7, 0), (0, 0), (90, 90), (10**9, 7 * 24 * 60)]
)
def test_a_wish_for_an_interval_is_kept_as_far_as_it_may_be(
    server: FeedServer, wished: int, kept: int
) -> None:
    wish = {"address": server.address("/bees.xml"), "minutes": wished}
    assert add_by_stdin(json.dumps(wish))[0] == 0
    assert feeds()[0].minutes == kept


def test_addresses_and_wishes_come_on_stdin(server: FeedServer) -> None:
    server.answer("/own.xml", locked)
    wish = {
        "address": server.address("/own.xml"),
        "name": "ana",
        "password": "sécret",
        "folders": [["A\x1b[2J", "B"], []],
        "minutes": 10**9,
    }
    status, lines, err = add_by_stdin(f"{server.address('/bees.xml')}\n\n{json.dumps(wish)}\n")
    assert (status, err) == (0, "")
    assert [line["outcome"] for line in lines] == ["asking", "added"] * 2
    assert account(2) == Account(name="ana", password="sécret")
    own = feeds()[1]
    assert own.folders == (("A\ufffd[2J", "B"),)
    assert own.minutes == 7 * 24 * 60


@pytest.mark.parametrize(
    "wrong", ['{"address": 5, "password": "secret"}', '{"address": "h", "pasword": "secret"}', "{"]
)
def test_a_wish_that_is_none_is_told_without_what_is_in_it_and_stops_no_other(
    capsys: pytest.CaptureFixture[str],
    server: FeedServer,
    monkeypatch: pytest.MonkeyPatch,
    wrong: str,
) -> None:
    fed = f"{server.address('/wire.xml')}\n{wrong}\n{server.address('/bees.xml')}\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(fed))
    status, lines = told(capsys, "add", "-")
    assert status == 1
    assert [line["outcome"] for line in lines if line["outcome"] != "asking"] == [
        "not added", "added", "added"
    ]  # fmt: skip
    assert lines[0]["reason"].startswith("Line 2 is no wish to add something")
    assert "secret" not in str(lines)


def test_wishes_tell_nothing_of_themselves() -> None:
    assert "secret" not in repr(Wish(address="https://ana:secret@h/", password="secret"))


def test_a_desk_that_cannot_be_written_is_told_to_who_reads_along(
    capsys: pytest.CaptureFixture[str], server: FeedServer, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_bytes(b"")
    words = ("--desk", str(in_the_way), "add", server.address("/wire.xml"))
    status, lines = told(capsys, *words)
    assert status == 3
    assert lines[-1]["outcome"] == "not added"
    assert lines[-1]["reason"]


def test_name_and_password_of_a_page_are_for_its_own_origin() -> None:
    wish = Wish(address="https://b.example/f", found_at="https://ana:secret@a.example/")
    asked = asked_for(wish)
    assert asked.account_for("https://a.example/f") == Account(name="ana", password="secret")
    for other in ("https://b.example/f", "http://a.example/f", "https://a.example:8443/f"):
        assert asked.account_for(other) is None
    assert "secret" not in repr(asked)


# ---------------------------------------------------------------- sites whose rules are known


def rules(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = tuple(FoundFeed(address=address, title="Known") for address in addresses)
    monkeypatch.setattr("store.desk.feed_search.known_feeds", lambda _: found)


def test_where_a_feed_is_known_to_lie_the_page_is_not_asked(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(monkeypatch, server.address("/wire.xml"))
    assert run(capsys, "add", server.address("/page"))[0] == 0
    assert [feed.name for feed in feeds()] == ["Wire"]
    assert not server.asked("/page")


def test_a_rule_that_no_longer_holds_leads_to_the_page(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(monkeypatch, server.address("/gone.xml"))
    server.serve("/page", page(alternate("/bees.xml")), content_type=HTML)
    assert run(capsys, "add", server.address("/page"))[0] == 0
    assert [feed.name for feed in feeds()] == ["Bees"]


def test_several_feeds_that_are_known_are_offered_unasked(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules(monkeypatch, server.address("/wire.xml"), server.address("/bees.xml"))
    assert run(capsys, "add", server.address("/page"))[0] == 4
    assert not server.requests


# ---------------------------------------------------------------- what happens meanwhile


def test_a_feed_that_another_window_added_meanwhile_is_told(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "add", server.address("/bees.xml"))
    address = server.address("/wire.xml")

    def answered(call: Call) -> None:
        with closing(Shelf.open(folders().desk)) as shelf:
            shelf.add_feed(address, permit=server.permit)
        call.whole(200, {"Content-Type": "application/rss+xml"}, rss().encode())

    server.answer("/wire.xml", answered)
    status, _, err = run(capsys, "add", address)
    assert (status, len(feeds())) == (1, 2)
    assert "already: feed 2" in err


def test_a_feed_whose_articles_cannot_be_stored_is_not_kept(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise ShelfError("The disk is full: make room and do it again.")

    monkeypatch.setattr(Shelf, "take_in", full)
    status, _, err = run(capsys, "add", server.address("/wire.xml"))
    assert status == 3
    assert "The disk is full" in err
    assert feeds() == ()


def test_a_password_stays_with_the_address_that_it_was_typed_for(
    capsys: pytest.CaptureFixture[str], server: FeedServer
) -> None:
    server.redirect("/old.xml", "/wire.xml", status=301)
    address = server.address("/old.xml").replace("//", "//ana:secret@")
    assert run(capsys, "add", address)[0] == 0
    assert feeds()[0].address == server.address("/wire.xml")
    assert account(1) == Account(name="ana", password="secret")


def test_a_feed_with_a_password_is_not_kept_at_another_origin(
    capsys: pytest.CaptureFixture[str], server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Let the other host stand for the open web.
    monkeypatch.setattr("store.feeds.web.sockets.is_public", lambda _: True)
    elsewhere = server.address("/wire.xml").replace("127.0.0.1", "localhost")
    server.redirect("/old.xml", elsewhere, status=301)
    address = server.address("/old.xml")
    assert run(capsys, "add", address.replace("//", "//ana:secret@"))[0] == 0
    assert feeds()[0].address == address
    assert account(1) == Account(name="ana", password="secret")
    assert "authorization" not in server.asked("/wire.xml")[-1].headers


# ---------------------------------------------------------------- by the app


async def test_the_app_adds_through_its_worker(server: FeedServer) -> None:
    server.serve("/news", page(alternate("/wire.xml"), alternate("/bees.xml")), content_type=HTML)
    with closing(open_desk()) as desk:
        for path, kind in (
            ("/wire.xml", FeedAdded),
            ("/wire.xml", FeedThere),
            ("/news", FeedsFound),
            ("/x", NotAdded),
        ):
            told = [one async for one in desk.adding.add([Wish(address=server.address(path))])]
            assert isinstance(told[-1], kind)
        assert [feed.number for feed in desk.feeds()] == [1]


async def test_leaving_the_dialog_ends_the_worker(server: FeedServer) -> None:
    held = server.hold("/held.xml", rss())
    with closing(open_desk()) as desk:
        async with aclosing(desk.adding.add([Wish(address=server.address("/held.xml"))])) as told:
            assert isinstance(await anext(told), Asking)
            assert held.asked.wait(20)
        assert desk.feeds() == ()
