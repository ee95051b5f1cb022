"""What comes in is shown at a pace that leaves the keys their time."""

from __future__ import annotations

import asyncio

import pytest

from tui.screens.pacing import Paced

NEVER = 3_600.0
"""Seconds: longer than any test."""


class Window:
    """Counts what is shown."""

    def __init__(self) -> None:
        self.news = 0
        self.shown: list[int] = []
        self.drawn = asyncio.Event()

    async def show(self) -> None:
        self.shown.append(self.news)
        self.drawn.set()


async def test_the_first_is_shown_at_once_and_the_others_together_at_the_end() -> None:
    window = Window()
    async with Paced(window.show, apart=NEVER) as paced:
        for _ in range(500):
            window.news += 1
            paced.later()
            await window.drawn.wait()
    assert window.shown == [1, 500]


async def test_what_comes_after_a_pause_is_shown_without_waiting_for_more() -> None:
    window = Window()
    async with Paced(window.show, apart=0) as paced:
        for _ in range(3):
            window.drawn.clear()
            window.news += 1
            paced.later()
            await window.drawn.wait()
        assert window.shown == [1, 2, 3]


async def test_what_came_before_a_failure_is_shown() -> None:
    window = Window()

    async def fetch() -> None:
        async with Paced(window.show, apart=NEVER):
            window.news = 1
            raise OSError("the worker is gone")

    with pytest.raises(OSError, match="the worker is gone"):
        await fetch()
    assert window.shown == [1]


async def test_a_desk_that_cannot_be_read_is_told() -> None:
    tried = asyncio.Event()

    async def show() -> None:
        tried.set()
        raise OSError("no desk")

    async def fetch() -> None:
        async with Paced(show, apart=NEVER) as paced:
            paced.later()
            await tried.wait()

    with pytest.raises(OSError, match="no desk"):
        await fetch()
