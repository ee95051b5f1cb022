"""The first and the last line of the screen."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pytest
from headlines import NOW
from screen_text import screen_lines
from settle import until
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button

from tui.widgets import status
from tui.widgets.status import Masthead, Progress, Status


class Host(App[None]):
    """Both lines, with something to focus between them."""

    def compose(self) -> ComposeResult:
        yield Masthead(clock=lambda: NOW)
        yield Button("article")
        yield Status()

    @property
    def status(self) -> Status:
        return self.query_one(Status)

    def first(self) -> str:
        return screen_lines(self)[0]


def last(app: Host) -> str:
    row = app.status.region.y
    return screen_lines(app)[row].strip()


async def test_what_happened_stands_at_the_right_end() -> None:
    async with Host().run_test(size=(60, 10)) as pilot:
        pilot.app.status.say("saved")
        await pilot.pause()
        line = screen_lines(pilot.app)[pilot.app.status.region.y]
        assert line.endswith("saved")
        assert len(line) == 59


async def test_an_error_stays_in_front_until_a_key_was_pressed() -> None:
    async with Host().run_test(size=(90, 10)) as pilot:
        app = pilot.app
        app.status.say("The disk is full; nothing was saved.", error=True)
        app.status.say("3 new")
        await pilot.pause()
        assert last(app).endswith("! The disk is full; nothing was saved.")
        app.status.acknowledge()
        await pilot.pause()
        assert last(app).endswith("3 new")


class Hinted(Host):
    """With keys to hint at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, "nothing", f"does {key}", tooltip="Nothing") for key in "abcdefgh"
    ]

    def action_nothing(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize("width", [40, 80, 100])
async def test_a_long_message_stands_off_the_hints_and_tells_that_there_is_more(width: int) -> None:
    async with Hinted().run_test(size=(width, 10)) as pilot:
        app = pilot.app
        app.query_one(Button).focus()
        app.status.say("added Private news from a host on your private network: " + "more " * 30)
        await pilot.pause()
        line = screen_lines(app)[app.status.region.y]
        hints, _, message = line.partition("   added Private news")
        assert hints.startswith(" a does a")
        assert message.endswith("…")
        assert len(hints) <= width // 2


async def test_a_message_fades_and_an_error_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "LINGER", 0.05)
    async with Host().run_test(size=(90, 10)) as pilot:
        app = pilot.app
        app.status.say("Policy Wire was not found.", error=True)
        app.status.say("saved")
        await until(pilot, lambda: app.status.said == "Policy Wire was not found.")
        app.status.acknowledge()
        await until(pilot, lambda: app.status.said == "")


async def test_a_later_message_is_not_faded_by_the_earlier_ones_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with Host().run_test(size=(90, 10)) as pilot:
        app = pilot.app
        monkeypatch.setattr(status, "LINGER", 0.05)
        app.status.say("first")
        monkeypatch.setattr(status, "LINGER", 60.0)
        app.status.say("second")
        await pilot.pause(0.1)
        assert app.status.said == "second"


async def test_a_long_error_is_folded_to_its_end_and_gives_its_lines_back() -> None:
    said = "Policy Wire: the server did not answer within 20 seconds; press r to ask it again."
    async with Host().run_test(size=(50, 10)) as pilot:
        app = pilot.app
        app.status.say(said, error=True)
        await pilot.pause()
        lines = screen_lines(app)[app.status.region.y :][: app.status.region.height]
        assert " ".join(line.strip() for line in lines) == f"! {said}"
        await pilot.resize_terminal(100, 10)
        await until(pilot, lambda: app.status.region.height == 1)
        assert last(app) == f"! {said}"
        await pilot.resize_terminal(50, 10)
        app.status.acknowledge()
        await until(pilot, lambda: app.status.region.height == 1)


@pytest.mark.parametrize("width", [20, 40, 80])
async def test_an_endless_error_takes_three_lines_and_says_there_is_more(width: int) -> None:
    async with Host().run_test(size=(width, 10)) as pilot:
        app = pilot.app
        app.status.say("[/] the server \x1b[2J said " + "no " * 160, error=True)
        await pilot.pause()
        lines = screen_lines(app)[app.status.region.y :][: app.status.region.height]
        assert lines[0].startswith(" ! [/] the server"[: width - 3])
        assert len(lines) == 3
        assert lines[-1].endswith("…")
        assert "\x1b" not in app.export_screenshot()


async def test_the_masthead_tells_place_and_state() -> None:
    async with Host().run_test(size=(100, 10)) as pilot:
        app = pilot.app
        app.query_one(Masthead).show(
            "Unread", unread=12, review=3, fetched=NOW - timedelta(minutes=2)
        )
        await pilot.pause()
        assert app.first().startswith(" Wiredesk  Unread")
        assert app.first().endswith("12 unread · 3 to review · fetched 2 min ago")


async def test_progress_takes_the_place_of_the_last_fetch() -> None:
    async with Host().run_test(size=(100, 10)) as pilot:
        app = pilot.app
        app.query_one(Masthead).show(
            "Unread", unread=12, fetched=NOW, progress=Progress("fetching", 3, 12)
        )
        await pilot.pause()
        assert app.first().endswith("12 unread · fetching 3/12")


@pytest.mark.parametrize("width", [80, 44, 30, 12])
async def test_a_narrow_masthead_keeps_place_and_progress(width: int) -> None:
    async with Host().run_test(size=(width, 10)) as pilot:
        app = pilot.app
        app.query_one(Masthead).show(
            "[/] 漢字の\x1b[2Jニュース " * 9,
            unread=12,
            review=3,
            progress=Progress("fetching", 3, 12),
        )
        await pilot.pause()
        if width >= 30:
            assert app.first().endswith("fetching 3/12")
            assert "[/]" in app.first()
        assert "\x1b" not in app.export_screenshot()
