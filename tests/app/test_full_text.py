"""The key ``w``: what a person sees while a page is fetched and when its text is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from desks import HIRING_PUSH, QUIET, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_text
from settle import settle, until
from textual.pilot import Pilot

from store import worker
from store.model import ArticleWrite, Block, PageFailed, PageOutcome, PageTaken
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp
from tui.widgets.article_view import ArticleView

MORE = "Nobody else was there to see it."
PAGE = (
    *(Block(kind="paragraph", text=text) for text in ("A first paragraph.", *HIRING_PUSH[1:])),
    Block(kind="paragraph", text=MORE),
)


class Web:
    """Stands for the worker process: takes the page in, when it is let."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.reason = ""
        self.asked = 0
        self.ended_early = False

    async def fetching_page(self, _: object, feed: int, article: int) -> PageOutcome:
        self.asked += 1
        try:
            await self.may_answer.wait()
        except asyncio.CancelledError:
            self.ended_early = True
            raise
        if self.reason:
            return PageFailed(feed=feed, article=article, reason=self.reason)
        shelf = Shelf.open(folders().desk)
        headline = shelf.headline(article, feed)
        assert headline is not None
        blocks = (Block(kind="title", text=headline.title), *PAGE)
        number = shelf.take_page(article, feed, blocks, taken=headline.seen)
        shelf.close()
        return PageTaken(feed=feed, article=article, version=number)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    made = Web()
    monkeypatch.setattr(worker, "fetching_page", made.fetching_page)
    return made


@asynccontextmanager
async def running(size: tuple[int, int] = (160, 45)) -> AsyncIterator[Pilot[Any]]:
    fill(folders().desk, HIRING_PUSH, QUIET)
    desk = open_desk()
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        yield pilot
    desk.close()


def sees(pilot: Pilot[Any], text: str) -> bool:
    return text in screen_text(pilot.app)


async def test_w_shows_the_full_text_and_w_again_the_feeds(web: Web) -> None:
    async with running() as pilot:
        await pilot.press("enter", "w")
        await settle(pilot)
        assert sees(pilot, MORE)
        assert sees(pilot, "full text")
        await pilot.press("w")
        await settle(pilot)
        assert not sees(pilot, MORE)
        assert sees(pilot, "the feed's text")
        assert web.asked == 1


async def test_a_page_that_has_no_other_text_and_cannot_be_asked_says_why(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.desk.pages.newest_of_feed", lambda _: None)  # a saved page
    async with running((100, 30)) as pilot:
        await pilot.press("enter", "w")
        await settle(pilot)
        web.reason = "news.example is on a private network; the address itself must be typed."
        await pilot.press("w")
        await settle(pilot)
        assert sees(pilot, MORE)
        assert sees(pilot, "the text as it was · news.example is on a private network")
        assert sees(pilot, "must be typed.")


async def test_the_cursor_stays_on_its_sentence_and_claims_are_found_again(web: Web) -> None:
    async with running() as pilot:
        await pilot.press("enter", "j", "j", "s", "h")
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert sees(pilot, "full text · 1 claim found again")
        view = pilot.app.screen.query_one(ArticleView)
        assert view.sentence == 3, "one more paragraph stands above it"


async def test_a_page_that_cannot_be_had_is_told_and_the_article_stays(web: Web) -> None:
    web.reason = "h.example has nothing at this address (404)."
    async with running() as pilot:
        await pilot.press("enter", "w")
        await settle(pilot)
        assert sees(pilot, web.reason)
        assert sees(pilot, HIRING_PUSH[2])


async def test_what_takes_long_is_said_and_esc_stops_it(web: Web) -> None:
    web.may_answer.clear()
    async with running() as pilot:
        await pilot.press("enter", "w")
        await until(pilot, lambda: sees(pilot, "fetching the page · Esc stops it"))
        await pilot.press("escape")
        await settle(pilot)
        assert sees(pilot, "fetching the page stopped")
        assert web.ended_early
        assert sees(pilot, HIRING_PUSH[2])


async def test_what_is_being_said_is_not_lost_when_the_text_comes(web: Web) -> None:
    web.may_answer.clear()
    async with running() as pilot:
        await pilot.press("enter", "j", "w")
        await until(pilot, lambda: web.asked == 1)
        await pilot.press("s")
        web.may_answer.set()
        await settle(pilot)
        assert sees(pilot, "full text is here · w shows it")
        assert not sees(pilot, MORE)
        await pilot.press("h")
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert sees(pilot, MORE)
        assert sees(pilot, "1 claim found again")
        assert web.asked == 1


async def test_in_the_list_w_fetches_and_leaves_one_where_one_is(web: Web) -> None:
    async with running() as pilot:
        await pilot.press("w")
        await settle(pilot)
        assert sees(pilot, "full text of “Anthropic’s hiring push points")
        await pilot.press("enter")
        await settle(pilot)
        assert sees(pilot, MORE)


async def test_another_article_opened_meanwhile_is_not_touched(web: Web) -> None:
    web.may_answer.clear()
    async with running() as pilot:
        await pilot.press("enter", "w")
        await until(pilot, lambda: web.asked == 1)
        await pilot.press("n")
        await until(pilot, lambda: sees(pilot, QUIET[1]))
        web.may_answer.set()
        await settle(pilot)
        assert sees(pilot, QUIET[1])
        assert not sees(pilot, MORE)
        assert sees(pilot, "full text of “Anthropic’s hiring")


async def test_a_teaser_says_that_w_fetches_the_rest(web: Web) -> None:
    async with running(size=(80, 24)) as pilot:
        shelf = Shelf.open(folders().desk)
        (first, *_) = sorted(shelf.headlines(1), key=lambda one: one.at, reverse=True)
        there = shelf.article(first.id, 1)
        assert there is not None
        write = ArticleWrite(headline=replace(first, teaser=True), version=there.version)
        shelf.take_in(1, lambda _: [write])
        shelf.close()
        await pilot.press("enter")
        await settle(pilot)
        assert sees(pilot, "teaser · w fetches the rest")
        await pilot.press("w")
        await settle(pilot)
        assert sees(pilot, "text of its page")
        assert not sees(pilot, "teaser · w")
