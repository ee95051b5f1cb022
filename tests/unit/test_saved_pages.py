"""Single pages kept as articles: by address, once, and beside what feeds bring."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from feed_server import FeedServer
from msgspec.structs import replace
from web_pages import articles
from web_words import PARAGRAPHS

from store.cli import main
from store.feeds.choosing import due_feeds
from store.feeds.parsing.children import ParserPool
from store.feeds.web.fetch import Fetcher
from store.model import (
    SAVED_PAGES,
    Article,
    ArticleWrite,
    Block,
    FeedFailed,
    Headline,
    ParsedPage,
    TextVersion,
)
from store.model.subscribing import ArticleSaved, NotAdded
from store.refresh import refresh
from store.refresh.saved_pages import keep_page, save_page
from store.shelf.shelf import Shelf

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = next(one for one in articles() if one.name == "semantic")
AT = "https://courier.example/plant?id=7"
OTHER = "https://other.example/a"


@pytest.fixture
async def tools() -> AsyncIterator[tuple[Fetcher, ParserPool]]:
    async with Fetcher() as fetcher, ParserPool() as parsers:
        yield fetcher, parsers


def found(*texts: str, address: str = AT, title: str = "A plant") -> ParsedPage:
    blocks = tuple(Block(kind="paragraph", text=one) for one in texts or PARAGRAPHS)
    return ParsedPage(
        address=address, title=title, author="Ida", published=NOW.replace(year=2020), blocks=blocks
    )


def article(shelf: Shelf, saved: ArticleSaved) -> Article:
    there = shelf.article(saved.article, saved.feed)
    assert there is not None
    return there


async def test_a_page_is_fetched_and_kept_as_an_article_of_saved_pages(
    shelf: Shelf, server: FeedServer, tools: tuple[Fetcher, ParserPool]
) -> None:
    server.serve("/a", PAGE.html, content_type="text/html")
    typed = server.address("/a?utm_source=x&id=2")
    saved = await save_page(shelf, *tools, typed, permit=server.permit)
    assert isinstance(saved, ArticleSaved)
    there = article(shelf, saved)
    assert saved.title == there.headline.title == PAGE.title
    assert there.headline.address == server.address("/a?id=2")
    assert [block.text for block in there.version.blocks[1:]] == list(PARAGRAPHS)
    (feed,) = shelf.feeds()
    assert (feed.name, feed.address, feed.permit) == ("Saved pages", SAVED_PAGES, "")


async def test_a_private_page_is_fetched_only_where_its_address_was_typed(
    shelf: Shelf, server: FeedServer, tools: tuple[Fetcher, ParserPool]
) -> None:
    server.serve("/a", PAGE.html, content_type="text/html")
    refused = await save_page(shelf, *tools, server.address("/a"))
    assert isinstance(refused, NotAdded)
    assert "private" in refused.reason
    assert refused.private == server.permit
    assert not server.requests
    assert not shelf.feeds()


async def test_a_redirect_to_a_private_page_asks_for_no_permit(
    shelf: Shelf, server: FeedServer, tools: tuple[Fetcher, ParserPool]
) -> None:
    server.redirect("/a", f"http://localhost:{server.port}/b")
    refused = await save_page(shelf, *tools, server.address("/a"), permit=server.permit)
    assert isinstance(refused, NotAdded)
    assert "private" in refused.reason
    assert refused.private == ""


async def test_a_feed_or_nothing_at_an_address_is_told_and_nothing_is_kept(
    shelf: Shelf, server: FeedServer, tools: tuple[Fetcher, ParserPool]
) -> None:
    server.serve("/feed", "<rss version='2.0'><channel><title>x</title></channel></rss>")
    server.status("/gone", 410)
    feed = await save_page(shelf, *tools, server.address("/feed"), permit=server.permit)
    gone = await save_page(shelf, *tools, server.address("/gone"), permit=server.permit)
    assert isinstance(feed, NotAdded)
    assert isinstance(gone, NotAdded)
    assert "add it as a feed" in feed.reason
    assert gone.status == 410
    assert not shelf.feeds()


def test_what_the_page_tells_of_itself_is_kept(shelf: Shelf) -> None:
    headline = article(shelf, keep_page(shelf, found(), AT, NOW)).headline
    assert (headline.author, headline.published) == ("Ida", NOW.replace(year=2020))
    assert headline.at == NOW  # it stands where new articles stand, however old it is
    assert not headline.read


def test_saving_a_page_twice_does_not_double_it(shelf: Shelf) -> None:
    first = keep_page(shelf, found(), AT, NOW)
    again = keep_page(shelf, found(address=AT + "&utm_source=mail"), AT, NOW)
    assert (again.feed, again.article) == (first.feed, first.article)
    assert "was here already" in again.said
    changed = keep_page(shelf, found("Quite another text."), AT, NOW)
    assert "its text now" in changed.said
    assert article(shelf, changed).version.blocks[1].text == "Quite another text."
    assert len(list(shelf.headlines(first.feed))) == len(shelf.feeds()) == 1


def test_two_pages_are_two_articles_of_one_feed(shelf: Shelf) -> None:
    one = keep_page(shelf, found(), AT, NOW)
    other = keep_page(shelf, found(address=AT + "8"), AT + "8", NOW)
    assert one.feed == other.feed
    assert one.article != other.article


def test_a_saved_page_that_was_deleted_can_be_saved_again(shelf: Shelf) -> None:
    saved = keep_page(shelf, found(), AT, NOW)
    shelf.delete_articles([(saved.feed, saved.article)])
    again = keep_page(shelf, found("It is back."), AT, NOW)
    there = article(shelf, again)
    assert again.article == saved.article
    assert there.version.blocks[1].text == "It is back."


def test_a_page_that_a_feed_brought_is_told_where_it_is_and_gets_its_text(shelf: Shelf) -> None:
    keep_page(shelf, found(address=OTHER), OTHER, NOW)
    shelf.add_feed("https://other.example/feed")
    feed = shelf.add_feed("https://courier.example/feed")
    blocks = (Block(kind="title", text="A plant"), Block(kind="paragraph", text="A short text."))
    text = TextVersion(number=1, blocks=blocks, hash="h", taken=NOW)
    known = Headline(
        id=5, feed=feed.number, guid="g", address=AT + "&utm_medium=rss", title="A plant", seen=NOW
    )
    shelf.take_in(feed.number, lambda _: [ArticleWrite(headline=known, version=text)])
    saved = keep_page(shelf, found(), AT, NOW)
    assert (saved.feed, saved.article) == (feed.number, 5)
    assert saved.said == f"It is an article of {feed.name}, and has its full text now."
    assert article(shelf, saved).version.source == "page"
    less = keep_page(shelf, found("Short."), AT, NOW)
    assert "gives more text" in less.said
    assert len(list(shelf.headlines(1))) == 1


def test_saved_pages_are_never_fetched(shelf: Shelf) -> None:
    keep_page(shelf, found(), AT, NOW)
    assert not due_feeds(shelf.feeds(), {}, NOW, usual=60).feeds
    assert not shelf.feeds()[0].is_fetched


async def test_who_fetches_them_by_name_is_told_what_does_it(shelf: Shelf) -> None:
    keep_page(shelf, found(), AT, NOW)
    (outcome,) = [one async for one in refresh(shelf, shelf.feeds())]
    assert isinstance(outcome, FeedFailed)
    assert "w fetches the text of one anew" in outcome.reason
    assert not shelf.fetch_states()


def test_after_unsubscribing_saved_pages_come_back_with_the_next_one(shelf: Shelf) -> None:
    first = keep_page(shelf, found(), AT, NOW)
    shelf.remove_feed(first.feed)
    again = keep_page(shelf, found(address=AT + "9"), AT + "9", NOW)
    assert again.feed == first.feed
    assert shelf.feeds()[0] == replace(shelf.feeds()[0], title="Saved pages")


# -------------------------------------------------------- by command


def test_add_article_saves_a_page_and_says_so(
    tmp_path: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.serve("/a", PAGE.html, content_type="text/html")
    add = ["--desk", str(tmp_path / "desk"), "add", "--article", server.address("/a")]
    assert main(add) == 0
    assert capsys.readouterr().out == f"Saved “{PAGE.title}” as an article.\n"
    assert main([*add, "--json"]) == 0
    assert '"outcome":"saved"' in capsys.readouterr().out


def test_add_article_says_in_one_line_what_is_wrong(
    tmp_path: Path, server: FeedServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.serve("/a", "<html><body>Nothing.</body></html>", content_type="text/html")
    desk = ["--desk", str(tmp_path / "desk")]
    assert main([*desk, "add", "--article", server.address("/a")]) == 1
    assert main([*desk, "add", "--article", "ftp://h.example/a"]) == 1
    said = capsys.readouterr()
    assert not said.out
    assert len(said.err.splitlines()) == 2
    assert "No article text was found" in said.err
