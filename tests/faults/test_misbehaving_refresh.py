"""A desk full of feeds that misbehave: each is told by itself, the others go on."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from feed_server import RSS, FeedServer
from misbehaving import FEED, QUICK
from misbehaving_cases import CASES, SLOW

from store.feeds.web.fetch import Fetcher
from store.model import FeedFailed, FeedRefreshed, Outcome
from store.refresh import refresh
from store.shelf.shelf import Shelf

ARTICLE = (
    b"<rss version='2.0'><channel><title>News</title><item><guid>1</guid><title>Talks</title>"
    b"<description>They talked.</description></item></channel></rss>"
)
SPOILT = (
    b"<rss version='2.0'><channel><title>N</title><item><guid>1</guid>"
    b"<title>\x1b]0;owned\x07Talks &#27;[2J</title><description>caf\xe9</description></item>"
    b"</channel></rss>"
)
PAGE = b"<!DOCTYPE html><html><head><title>Log in</title></head><body>Welcome.</body></html>"
TAKEN = [case for case in CASES if case not in SLOW]


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        (PAGE, "text/html", "a web page"),
        (PAGE, RSS, "a web page"),
        (b'{"error": "no"}', "application/json", "JSON"),
        (b"/etc/passwd", RSS, "not a feed"),
        (b"http://127.0.0.1:1/feed.xml", RSS, "not a feed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png", "not a feed"),
        (b"%PDF-1.7", "application/pdf", "not a feed"),
        (b"Too many connections.", "text/plain", "not a feed"),
        (ARTICLE, "text/html", ""),
        (ARTICLE, "application/octet-stream", ""),
        (ARTICLE, "text/xml; charset=no-such-thing", ""),
        (ARTICLE, 'text/xml; charset="utf-16"', ""),
        (SPOILT, "text/xml; charset=us-ascii", ""),
        (b"\n\nWarning: mysql_connect()\n" + ARTICLE, RSS, ""),
    ],
)
async def test_the_body_decides_whether_it_is_a_feed(
    shelf: Shelf, body: bytes, content_type: str, says: str
) -> None:
    with FeedServer() as server:
        server.redirect("/old.xml", FEED, status=302)
        server.serve(FEED, body, content_type=content_type)
        feed = shelf.add_feed(server.address("/old.xml"), permit=server.permit)
        (outcome,) = [one async for one in refresh(shelf, [feed])]
    if says:
        assert isinstance(outcome, FeedFailed), outcome
        assert says in outcome.reason
        assert not list(shelf.headlines(feed.number))
    else:
        assert isinstance(outcome, FeedRefreshed), outcome
        (headline,) = shelf.headlines(feed.number)
        assert "Talks" in headline.title
        assert headline.title.isprintable()


async def test_no_feed_keeps_the_others_from_their_articles(tmp_path: Path) -> None:
    outcomes: dict[int, Outcome] = {}
    with ExitStack() as open_, closing(Shelf.open(tmp_path / "desk")) as shelf:
        feeds = []
        for case in TAKEN:
            server = open_.enter_context(FeedServer())
            case.script(server)
            server.serve("/good.xml", ARTICLE)
            feeds.append(shelf.add_feed(server.address(FEED), permit=server.permit))
        good = [shelf.add_feed(server.address("/good.xml"), permit=server.permit)]
        async with Fetcher(**QUICK) as fetcher:
            async for outcome in refresh(shelf, [*feeds, *good], fetcher=fetcher):
                outcomes[outcome.feed] = outcome
        states = shelf.fetch_states()
        columns = shelf.columns()
        columns.refresh()
        assert [columns.row(index).title for index in columns.order()] == ["Talks"]
    told = {
        case.name: outcome.reason
        for case, feed in zip(TAKEN, feeds, strict=True)
        if isinstance(outcome := outcomes[feed.number], FeedFailed)
    }
    assert set(told) == {case.name for case in TAKEN if case.says}
    for case, feed in zip(TAKEN, feeds, strict=True):
        if case.says:
            assert case.says in told[case.name]
            assert states[feed.number].error == told[case.name]
            assert states[feed.number].failing_since is not None
    kept = b"".join(file.read_bytes() for file in (tmp_path / "desk").rglob("*") if file.is_file())
    assert b"secret" not in kept
    assert b"owned" not in kept
