"""Full text from articles' pages: fetched by hand or with a feed, and never instead of better."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from feed_server import FeedServer
from msgspec.structs import replace
from web_words import PARAGRAPHS, TITLE

from store.feeds.page_text import NotWorth, blocks_for, newest_of_page
from store.model import (
    Account,
    Block,
    Feed,
    FeedRefreshed,
    FeedUnchanged,
    Headline,
    PageFailed,
    PageTaken,
    ParsedPage,
    TextVersion,
)
from store.refresh import full_text, refresh
from store.refresh.full_text import FullText, fetch_page
from store.shelf.shelf import Shelf

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
HTML = "text/html; charset=utf-8"


def story(text: str = TEXT) -> str:
    return f"<html><head><title>{TITLE}</title></head><body><article>{text}</article></body></html>"


def rss(*items: tuple[str, str], text: str = "A plant is built. Continue reading") -> str:
    written = "".join(
        f"<item><guid>{link}{title}</guid><link>{link}</link><title>{title}</title>"
        f"<description><![CDATA[{text}]]></description></item>"
        for title, link in items
    )
    return f"<rss version='2.0'><channel><title>News</title>{written}</channel></rss>"


async def subscribed(
    shelf: Shelf, server: FeedServer, *paths: str, full: bool = False, **feed: str
) -> Feed:
    """A feed with an article for each path, fetched."""
    items = [(f"Story {path}", path and server.address(path)) for path in paths]
    server.serve("/feed", rss(*items, **feed))
    added = shelf.add_feed(server.address("/feed"), permit=server.permit)
    shelf.change_feed(added.number, lambda feed: replace(feed, full_text=full))
    await fetched(shelf, added)
    return shelf.feeds()[0]


async def fetched(shelf: Shelf, feed: Feed) -> FeedRefreshed | FeedUnchanged:
    found = [one async for one in refresh(shelf, [shelf.feed(feed.number) or feed])]
    assert isinstance(found[0], FeedRefreshed | FeedUnchanged)
    return found[0]


def headline(shelf: Shelf, feed: Feed, title: str = "") -> Headline:
    return next(one for one in shelf.headlines(feed.number) if title in one.title)


def texts(shelf: Shelf, feed: Feed, title: str = "") -> list[str]:
    shown = shelf.article(headline(shelf, feed, title).id, feed.number)
    assert shown is not None
    return [block.text for block in shown.version.blocks]


async def pressed(shelf: Shelf, feed: Feed, title: str = "") -> PageTaken | PageFailed:
    return await fetch_page(shelf, feed.number, headline(shelf, feed, title).id)


# -------------------------------------------------------- by hand


async def test_the_page_of_an_article_becomes_its_text(shelf: Shelf, server: FeedServer) -> None:
    feed = await subscribed(shelf, server, "/story")
    server.serve("/story", story(), content_type=HTML)
    outcome = await pressed(shelf, feed)
    assert isinstance(outcome, PageTaken)
    assert texts(shelf, feed) == ["Story /story", *PARAGRAPHS]
    shown = shelf.article(outcome.article, feed.number)
    assert shown is not None
    assert (shown.version.number, shown.version.source) == (outcome.version, "page")


async def test_nothing_that_a_page_names_is_fetched_with_it(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server, "/story")
    named = (
        "<img src='/pixel.gif'><iframe src='/frame'></iframe><script src='/tell.js'></script>"
        "<link rel='prefetch' href='/next'><meta http-equiv='refresh' content='0;url=/refreshed'>"
        "<link rel='amphtml' href='/amp'><link rel='canonical' href='/canonical'>"
        "<img srcset='/a.png 1x, /b.png 2x'><video poster='/c.png' src='/d.mp4'></video>"
    )
    server.serve("/story", story(named + TEXT), content_type=HTML)
    assert isinstance(await pressed(shelf, feed), PageTaken)
    assert [request.path for request in server.requests] == ["/feed", "/story"]


async def test_what_the_feed_brings_later_does_not_hide_the_page(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server, "/story")
    server.serve("/story", story(), content_type=HTML)
    await pressed(shelf, feed)
    link = server.address("/story")
    server.serve("/feed", rss(("Story /story", link), text="Now it says more. Read more"))
    assert isinstance(await fetched(shelf, feed), FeedRefreshed)
    assert texts(shelf, feed) == ["Story /story", *PARAGRAPHS]


async def test_the_same_page_again_is_no_further_text(shelf: Shelf, server: FeedServer) -> None:
    feed = await subscribed(shelf, server, "/story")
    server.serve("/story", story(), content_type=HTML)
    assert await pressed(shelf, feed) == await pressed(shelf, feed)


async def test_a_page_that_gives_less_than_the_feed_is_not_taken(
    shelf: Shelf, server: FeedServer
) -> None:
    feed = await subscribed(shelf, server, "/story", text=TEXT)
    server.serve("/story", story("".join(f"<p>{one}</p>" for one in PARAGRAPHS[:3])))
    outcome = await pressed(shelf, feed)
    assert isinstance(outcome, PageFailed)
    assert "less text than the feed" in outcome.reason
    assert len(texts(shelf, feed)) == len(PARAGRAPHS) + 1


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (("status", 404), "404"),
        (("status", 403), "browser"),
        (("serve", "%PDF-1.4"), "PDF"),
        (("serve", "<html><body>Hello.</body></html>"), "No article text"),
        (("serve", rss()), "add it as a feed"),
        (("redirect", "http://169.254.169.254/latest"), "private"),
        (("redirect", "file:///etc/passwd"), "sends the reader on to"),
    ],
)
async def test_a_page_that_cannot_be_read_leaves_the_article_as_it_was(
    shelf: Shelf, server: FeedServer, answer: tuple[str, str | int], named: str
) -> None:
    feed = await subscribed(shelf, server, "/story")
    getattr(server, answer[0])("/story", answer[1])
    before = headline(shelf, feed)
    outcome = await pressed(shelf, feed)
    assert isinstance(outcome, PageFailed)
    assert named in outcome.reason
    assert "\n" not in outcome.reason
    assert headline(shelf, feed) == before


async def test_an_article_without_an_address_says_so(shelf: Shelf, server: FeedServer) -> None:
    feed = await subscribed(shelf, server, "")
    outcome = await pressed(shelf, feed)
    assert isinstance(outcome, PageFailed)
    assert "no address" in outcome.reason


async def test_an_article_that_went_meanwhile_says_so(shelf: Shelf, server: FeedServer) -> None:
    feed = await subscribed(shelf, server, "/story")
    assert isinstance(await fetch_page(shelf, feed.number, 12), PageFailed)
    assert isinstance(await fetch_page(shelf, 77, headline(shelf, feed).id), PageFailed)


async def test_only_the_port_that_was_typed_for_the_feed_may_be_private(
    shelf: Shelf, server: FeedServer
) -> None:
    with FeedServer() as other:
        other.serve("/secret", story(), content_type=HTML)
        server.serve("/feed", rss(("Elsewhere", other.address("/secret"))))
        feed = shelf.add_feed(server.address("/feed"), permit=server.permit)
        await fetched(shelf, feed)
        outcome = await pressed(shelf, feed)
        assert isinstance(outcome, PageFailed)
        assert "private" in outcome.reason
        assert not other.requests


async def test_name_and_password_go_to_the_feeds_own_origin_only(
    shelf: Shelf, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Let the other host stand for the open web.
    monkeypatch.setattr("store.feeds.web.sockets.is_public", lambda _: True)
    elsewhere = server.address("/away").replace("127.0.0.1", "localhost")
    items = [("Story at home", server.address("/story")), ("Story away", elsewhere)]
    feed = await subscribed(shelf, server)
    server.serve("/feed", rss(*items))
    await fetched(shelf, feed)
    shelf.keep_account(feed.number, Account(name="ida", password="secret"))
    for path, said in (("/story", True), ("/away", False)):
        server.serve(path, story(), content_type=HTML)
        assert isinstance(await pressed(shelf, feed, "home" if said else "away"), PageTaken)
        assert ("authorization" in server.asked(path)[-1].headers) == said


# -------------------------------------------------------- with the feed


async def test_a_feed_set_to_it_brings_the_full_text_of_new_articles(
    shelf: Shelf, server: FeedServer
) -> None:
    for path in ("/a", "/b"):
        server.serve(path, story(), content_type=HTML)
    feed = await subscribed(shelf, server, "/a", "/b", full=True)
    assert texts(shelf, feed, "/a")[1:] == list(PARAGRAPHS)
    assert texts(shelf, feed, "/b")[1:] == list(PARAGRAPHS)
    asked = len(server.requests)
    await fetched(shelf, feed)
    assert len(server.requests) == asked + 1  # the feed alone


async def test_without_being_set_to_it_no_page_is_fetched(shelf: Shelf, server: FeedServer) -> None:
    await subscribed(shelf, server, "/a")
    assert [request.path for request in server.requests] == ["/feed"]


async def test_a_page_that_fails_is_tried_with_the_next_refreshes_and_then_left(
    shelf: Shelf, server: FeedServer
) -> None:
    server.status("/a", 500)
    feed = await subscribed(shelf, server, "/a", full=True)
    notes = [(await fetched(shelf, feed)).note for _ in range(full_text.TRIES)]
    assert [bool(note) for note in notes] == [True] * (full_text.TRIES - 1) + [False]
    assert notes[0].startswith("No full text of 1 of 1 page: 127.0.0.1")
    asked = [request.path for request in server.requests]
    assert asked.count("/a") == full_text.TRIES
    assert shelf.fetch_states()[feed.number].failures == 0
    server.serve("/a", story(), content_type=HTML)
    assert isinstance(await pressed(shelf, feed), PageTaken)  # w still may


async def test_a_page_that_is_no_page_is_asked_for_once(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/a", "%PDF-1.4", content_type="application/pdf")
    feed = await subscribed(shelf, server, "/a", full=True)
    await fetched(shelf, feed)
    assert [request.path for request in server.requests].count("/a") == 1


async def test_many_pages_come_with_several_refreshes(
    shelf: Shelf, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text, "MOST_PAGES", 2)
    for path in "/a", "/b", "/c":
        server.serve(path, story(), content_type=HTML)
    feed = await subscribed(shelf, server, "/a", "/b", "/c", full=True)
    shown = [one.shows_page for one in shelf.headlines(feed.number)]
    assert sorted(shown) == [False, True, True]
    await fetched(shelf, feed)
    assert all(one.shows_page for one in shelf.headlines(feed.number))


async def test_a_host_that_fails_again_and_again_is_left_alone_for_now(
    shelf: Shelf, server: FeedServer
) -> None:
    paths = [f"/{number}" for number in range(6)]
    for path in paths:
        server.status(path, 503)
    await subscribed(shelf, server, *paths, full=True)
    assert len(server.requests) == 1 + full_text.FAILURES_IN_A_ROW


async def test_a_changed_article_of_such_a_feed_has_its_page_fetched_again(
    shelf: Shelf, server: FeedServer
) -> None:
    server.serve("/a", story(), content_type=HTML)
    feed = await subscribed(shelf, server, "/a", full=True)
    server.serve("/a", story(TEXT + "<p>And the mayor was pleased with it, she said.</p>"))
    link = server.address("/a")
    server.serve("/feed", rss(("Story /a", link), text="Other words by now. Read more"))
    await fetched(shelf, feed)
    assert texts(shelf, feed)[-1] == "And the mayor was pleased with it, she said."


async def test_pages_that_wait_for_a_network_lose_no_try(shelf: Shelf, server: FeedServer) -> None:
    server.serve("/feed", rss(("Story", "https://nowhere.invalid/a")))
    feed = shelf.add_feed(server.address("/feed"), permit=server.permit)
    shelf.change_feed(feed.number, lambda feed: replace(feed, full_text=True))

    class NoNetwork(FullText):
        async def page_of(self, feed: Feed, address: str):  # type: ignore[no-untyped-def]
            from store.feeds.web.answers import FetchFailed

            return FetchFailed(reason="There is no network.", trouble="no_lookup")

    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr("store.refresh.run.FullText", NoNetwork)
    try:
        assert not (await fetched(shelf, feed)).note
    finally:
        monkeypatch.undo()
    assert headline(shelf, feed).page_tries == full_text.TRIES


# -------------------------------------------------------- pure


def version(number: int, *texts: str, source: str = "feed", kind: str = "paragraph") -> TextVersion:
    title, *rest = texts
    blocks = (Block(kind="title", text=title), *(Block(kind=kind, text=one) for one in rest))  # type: ignore[arg-type]
    return TextVersion(number=number, blocks=blocks, hash="", source=source, taken=NOW)  # type: ignore[arg-type]


def found(*texts: str, title: str = "The page's title") -> ParsedPage:
    blocks = tuple(Block(kind="paragraph", text=one) for one in texts)
    return ParsedPage(address="https://h.example/a", title=title, blocks=blocks)


def test_the_title_stays_the_feeds_unless_it_gave_none() -> None:
    assert blocks_for(found("Words."), version(1, "The feed's title"))[0].text == "The feed's title"
    assert blocks_for(found("Words."), version(1, "Untitled"))[0].text == "The page's title"
    assert blocks_for(found("Words."), None)[0].text == "The page's title"
    assert blocks_for(found("Words.", title=""), None)[0].text == "Untitled"


def test_recordings_that_came_with_the_article_stay_below_its_text() -> None:
    fed = version(1, "Title", "Episode: https://h.example/a.mp3", kind="media")
    assert [one.kind for one in blocks_for(found("Words."), fed)] == ["title", "paragraph", "media"]


def test_as_much_text_as_the_feed_gives_is_enough() -> None:
    fed = version(1, "Title", "x" * 100)
    assert blocks_for(found("y" * 96), fed)
    with pytest.raises(NotWorth, match=r"h\.example gives less text"):
        blocks_for(found("y" * 90), fed)


def test_the_page_that_was_fetched_last_is_the_newest() -> None:
    first = version(2, "T", source="page")
    later = replace(version(3, "T", source="page"), taken=NOW.replace(hour=13))
    assert newest_of_page((first, version(4, "T"), later)) == later
    assert newest_of_page((version(1, "T"),)) is None
