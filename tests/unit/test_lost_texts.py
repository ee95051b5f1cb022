"""An article whose text was lost gets it back when its feed is fetched, as the screen says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import aclosing, closing

import pytest
from desks import open_desk
from feed_server import FeedServer

from store.desk import Desk, DeskError
from store.model import FeedFailed, FeedRefreshed, FeedUnchanged, FetchBegun, Outcome
from store.model.subscribing import FeedAdded, Wish
from store.settings import folders

ITEMS = "".join(
    f"<item><guid>g{number}</guid><title>Headline {number}</title>"
    f"<description>It will hire in Japan. {number}</description></item>"
    for number in range(2)
)
RSS = f"<rss version='2.0'><channel><title>Top News</title>{ITEMS}</channel></rss>"


@pytest.fixture
def desk() -> Iterator[Desk]:
    with closing(open_desk()) as opened:
        yield opened


async def fetched(desk: Desk) -> Outcome:
    async with aclosing(desk.refresh()) as outcomes:
        (outcome,) = [one async for one in outcomes if not isinstance(one, FetchBegun)]
        return outcome


async def subscribe(desk: Desk, address: str) -> None:
    async with aclosing(desk.adding.add([Wish(address=address)])) as told:
        assert isinstance([one async for one in told][-1], FeedAdded)


async def articles(desk: Desk) -> list[tuple[int, int]]:
    await desk.take_in_changes()
    return [(row.feed, row.id) for row in desk.rows()]


def lose_texts() -> None:
    for path in (folders().desk / "bodies").iterdir():
        path.write_bytes(b"")


@pytest.mark.parametrize("etag", ['"1"', ""])
async def test_a_text_that_was_lost_comes_back_with_the_next_fetch(
    server: FeedServer, desk: Desk, etag: str
) -> None:
    server.serve("/news.xml", RSS, etag=etag)
    await subscribe(desk, server.address("/news.xml"))
    first, second = await articles(desk)
    await desk.mark([first], read=True, starred=True)
    before = await desk.open_article(*first)
    lose_texts()

    with pytest.raises(DeskError, match="r fetches its feed"):
        await desk.open_article(*first)
    assert await fetched(desk) == FeedRefreshed(feed=1, changed=2)
    again = await desk.open_article(*first)
    assert again.article.version.blocks == before.article.version.blocks
    assert (again.article.headline.read, again.article.headline.starred) == (True, True)
    assert (await desk.open_article(*second)).article.version.blocks
    assert await articles(desk) == [first, second]
    assert await fetched(desk) == FeedUnchanged(feed=1)


async def test_what_is_not_in_the_feed_any_more_stays_lost_and_that_is_told(
    server: FeedServer, desk: Desk
) -> None:
    server.serve("/news.xml", RSS)
    await subscribe(desk, server.address("/news.xml"))
    first, second = await articles(desk)
    lose_texts()
    server.serve("/news.xml", RSS.replace("<guid>g0<", "<guid>g2<"))
    assert await fetched(desk) == FeedRefreshed(feed=1, new=1, changed=1)
    told = 0
    for article in (first, second):
        try:
            await desk.open_article(*article)
        except DeskError:
            told += 1
    assert told == 1


async def test_a_feed_that_fails_meanwhile_keeps_its_failures_counted(
    server: FeedServer, desk: Desk
) -> None:
    server.serve("/news.xml", RSS, etag='"1"')
    await subscribe(desk, server.address("/news.xml"))
    first, _ = await articles(desk)
    server.status("/news.xml", 500)
    assert isinstance(await fetched(desk), FeedFailed)
    before = desk.fetch_states()[1]
    lose_texts()
    with pytest.raises(DeskError):
        await desk.open_article(*first)
    after = desk.fetch_states()[1]
    assert (before.etag, after.etag, after.body_hash) == ('"1"', "", "")
    assert (after.failures, after.error, after.succeeded) == (1, before.error, before.succeeded)
