"""The waiting that every test of the screen leans on."""

from __future__ import annotations

import asyncio

import pytest
from settle import settle, until
from textual import work
from textual.app import App, ComposeResult
from textual.widgets import Label


class Busy(App[None]):
    """Shows what its workers did."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()

    def compose(self) -> ComposeResult:
        yield Label("nothing yet", markup=False)

    @work(group="reading", exclusive=True)
    async def read(self, words: str) -> None:
        await self.let_go.wait()
        self.query_one(Label).update(words)
        if words == "first":
            self.read("second")

    def shown(self) -> str:
        return str(self.query_one(Label).content)


async def test_settling_waits_for_workers_and_for_those_they_start() -> None:
    async with Busy().run_test() as pilot:
        app = pilot.app
        app.read("first")
        asyncio.get_running_loop().call_later(0.05, app.let_go.set)
        await settle(pilot)
        assert app.shown() == "second"


async def test_a_cancelled_worker_has_settled() -> None:
    async with Busy().run_test() as pilot:
        pilot.app.read("never shown")
        pilot.app.workers.cancel_all()
        await settle(pilot)
        assert pilot.app.shown() == "nothing yet"


async def test_what_never_settles_is_named_instead_of_hanging() -> None:
    async with Busy().run_test() as pilot:
        pilot.app.read("never shown")
        with pytest.raises(AssertionError, match=r"still busy: .*read"):
            await settle(pilot, within=0.2)


async def test_a_worker_that_waits_for_a_person_may_stand() -> None:
    async with Busy().run_test() as pilot:
        pilot.app.read("never shown")
        await settle(pilot, standing=["reading"], within=5)
        assert pilot.app.shown() == "nothing yet"


async def test_a_condition_is_awaited_and_a_vain_one_is_told() -> None:
    async with Busy().run_test() as pilot:
        app = pilot.app
        app.read("said")
        asyncio.get_running_loop().call_later(0.05, app.let_go.set)
        await until(pilot, lambda: app.shown() == "said")
        with pytest.raises(AssertionError, match="never held"):
            await until(pilot, lambda: app.shown() == "unsaid", within=0.1)
