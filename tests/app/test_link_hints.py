"""Links in the text of an article, chosen by letters or by the mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from desks import an_article, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines, screen_text
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk, links
from store.model import Block, hash_of, text_of
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from store.text.prose import blocks_of
from tui.app import WiredeskApp
from tui.widgets.article_view import ArticleView
from tui.widgets.gutter import GUTTER

STORY = ("A title", "It rained.")
HTML = """<p>See <a href="/one">the first</a> and <a href="/two">the second</a> of
them<sup id=fnref1><a href="#fn1">1</a></sup>.</p><p>And 漢字 <a href="/three">宛先</a>.</p>
<ol><li id="fn1">A note at the end. <a href="#fnref1">↩</a></li></ol>"""


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    here = folders().desk
    fill(here, STORY)
    write = an_article(STORY)
    title = Block(kind="title", text=STORY[0])
    blocks = (title, *blocks_of(HTML, base="https://a.example/"))
    version = replace(write.version, number=2, blocks=blocks, hash=hash_of(text_of(blocks)))
    headline = replace(write.headline, version=2, feed_hash=version.hash)
    with closing(Shelf.open(here)) as shelf:
        shelf.take_in(1, lambda _: [replace(write, headline=headline, version=version)])
    monkeypatch.setattr(links, "browser_command", lambda address, *_, **__: [address])
    desk = open_desk()
    yield desk
    desk.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that the browser was started on."""
    found: list[str] = []
    monkeypatch.setattr(links, "_start", found.extend)
    return found


@asynccontextmanager
async def reading(desk: Desk) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("g", "enter")
        await settle(pilot)
        yield pilot


async def test_letters_over_links_open_copy_or_show_where_they_lead(
    desk: Desk, started: list[str]
) -> None:
    async with reading(desk) as pilot:
        await pilot.press("semicolon")
        await settle(pilot)
        text = screen_text(pilot.app)
        assert "fhe first and jhe second" in text
        assert "漢字 k 先" in text
        assert "letters open a link" in screen_lines(pilot.app)[-1]
        await pilot.press("j")
        await settle(pilot)
        assert started == ["https://a.example/two"]
        assert "the first and the second" in screen_text(pilot.app)
        await pilot.press("semicolon", "y", "f")
        await settle(pilot)
        assert pilot.app.clipboard == "https://a.example/one"
        await pilot.press("semicolon", "semicolon", "k")
        await settle(pilot)
        assert "https://a.example/three" in screen_lines(pilot.app)[-1]
        assert started == ["https://a.example/two"]
        await pilot.press("semicolon", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.focused, ArticleView)
        assert "the first and the second" in screen_text(pilot.app)


async def test_a_footnote_is_gone_to_and_come_back_from(desk: Desk, started: list[str]) -> None:
    async with reading(desk) as pilot:
        view = pilot.app.screen.query_one(ArticleView)
        note = len(view.sentences) - 1
        await pilot.press("semicolon", "d")
        await settle(pilot)
        assert view.sentences[view.sentence].block == view.sentences[note].block
        await pilot.press("semicolon", "s")
        await settle(pilot)
        assert view.sentences[view.sentence].block == 1
        assert started == []


async def test_a_click_shows_where_a_link_leads_and_a_second_opens_it(
    desk: Desk, started: list[str]
) -> None:
    async with reading(desk) as pilot:
        offset = (GUTTER + len("See t"), 3)
        await pilot.click(ArticleView, offset=offset)
        await settle(pilot)
        assert "https://a.example/one" in screen_lines(pilot.app)[-1]
        assert started == []
        await pilot.click(ArticleView, offset=offset)
        await settle(pilot)
        assert started == ["https://a.example/one"]


async def test_where_no_link_is_in_view_the_key_says_so(desk: Desk) -> None:
    fill(folders().desk, ("Another", "No link here."), address="https://b.example/")
    async with reading(desk) as pilot:
        view = pilot.app.screen.query_one(ArticleView)
        view.show(None)
        await pilot.press("semicolon")
        await settle(pilot)
        assert "the first" not in screen_text(pilot.app)
