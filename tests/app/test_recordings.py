"""A podcast's recording stands below the text, can be opened and copied, and is not offered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import pytest
from desks import HIRING_PUSH, an_article, fill, open_desk
from msgspec.structs import replace
from screen_text import screen_lines
from settle import settle
from textual.pilot import Pilot

from store.desk import Desk
from store.model import Block, Link, Span, hash_of, text_of
from store.settings import Settings, folders
from store.shelf.shelf import Shelf
from tui.app import WiredeskApp

LINE = "Audio · 24 MB · 41 min"
AT = "https://cdn.example/12.mp3"


@pytest.fixture
def desk() -> Iterator[Desk]:
    here = folders().desk
    fill(here, HIRING_PUSH)
    write = an_article(HIRING_PUSH)
    link = Link(span=Span(0, len(LINE)), address=f"{AT}?utm_source=rss")
    blocks = (*write.version.blocks, Block(kind="media", text=LINE, links=(link,)))
    version = replace(write.version, blocks=blocks, hash=hash_of(text_of(blocks)))
    with closing(Shelf.open(here)) as shelf:
        shelf.take_in(1, lambda _: [replace(write, version=version)])
    desk = open_desk()
    yield desk
    desk.close()


@asynccontextmanager
async def at_the_recording(desk: Desk, size: tuple[int, int]) -> AsyncIterator[Pilot[Any]]:
    app = WiredeskApp(desk, Settings(annotator="ana"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        for key in ("g", "enter", "G"):
            await pilot.press(key)
            await settle(pilot)
        yield pilot


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_a_recording_is_a_line_that_o_opens_and_y_copies(
    desk: Desk, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    async with at_the_recording(desk, size) as pilot:
        (drawn,) = [line for line in screen_lines(pilot.app) if LINE in line]
        assert f"▌    ▸ {LINE}" in drawn
        await pilot.press("y")
        await settle(pilot)
        assert pilot.app.clipboard == AT
        await pilot.press("o")
        await settle(pilot)
        assert (
            "cdn.example" in screen_lines(pilot.app)[-1]
            or "no browser" in screen_lines(pilot.app)[-1]
        )
        await pilot.press("k", "y")
        await settle(pilot)
        assert pilot.app.clipboard != AT


async def test_a_recording_is_no_passage_that_is_suggested(desk: Desk) -> None:
    async with at_the_recording(desk, (160, 45)) as pilot:
        (drawn,) = [line for line in screen_lines(pilot.app) if LINE in line]
        assert "?" not in drawn
