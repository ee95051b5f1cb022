"""A desk full of feeds that misbehave: each is told by itself, the others go on."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path

from feed_server import FeedServer
from misbehaving import FEED, QUICK
from misbehaviour import CASES, SLOW

from store.feeds.web.fetch import Fetcher
from store.model import FeedFailed, Outcome
from store.refresh import refresh
from store.shelf.shelf import Shelf

ARTICLE = (
    b"<rss version='2.0'><channel><title>News</title><item><guid>1</guid><title>Talks</title>"
    b"<description>They talked.</description></item></channel></rss>"
)
TAKEN = [case for case in CASES if case not in SLOW]


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
