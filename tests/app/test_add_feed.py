"""Adding the first feed and the next: the welcome and the dialog."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from screen_text import screen_text
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.widgets import Input

from store.text.clean import ADDRESS_LIMIT
from tui.screens.add_feed import AddFeed
from tui.screens.welcome import Welcome


class Host(App[None]):
    """Opens a dialog and keeps what it answers."""

    def __init__(self, dialog: Any) -> None:
        super().__init__()
        self.dialog = dialog
        self.answers: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.answers.append)


async def test_what_is_typed_is_given_back_as_it_is() -> None:
    async with Host(AddFeed()).run_test() as pilot:
        await pilot.press(*"example.org", "enter")
        assert pilot.app.answers == ["example.org"]


async def test_keys_of_the_panes_are_letters_here() -> None:
    async with Host(AddFeed()).run_test() as pilot:
        await pilot.press("space", *"q?+", "space", "enter")
        assert pilot.app.answers == ["q?+"]


@pytest.mark.parametrize("typed", [[], ["space", "space"]])
async def test_nothing_typed_is_not_an_answer(typed: Sequence[str]) -> None:
    async with Host(AddFeed()).run_test() as pilot:
        await pilot.press(*typed, "enter")
        assert pilot.app.answers == []
        await pilot.press("escape")
        assert pilot.app.answers == [None]


async def test_a_refused_address_stays_to_be_mended_under_its_reason() -> None:
    reason = "The server exmaple.org was not found; is the address spelt right?"
    async with Host(AddFeed(text="exmaple.org", error=reason)).run_test() as pilot:
        text = screen_text(pilot.app)
        assert "exmaple.org" in text
        assert "was not found" in text
        await pilot.press("end", "/", "enter")
        assert pilot.app.answers == ["exmaple.org/"]


async def test_a_pasted_address_loses_what_a_terminal_would_obey() -> None:
    async with Host(AddFeed()).run_test() as pilot:
        pilot.app.post_message(events.Paste("https://example.org/\x1b]52;c;AAAA\x07\u202e\x9dfeed"))
        await pilot.pause()
        value = pilot.app.screen.query_one(Input).value
        assert value.startswith("https://example.org/")
        assert value.endswith("feed")
        assert value.isprintable()
        assert "\x1b" not in pilot.app.export_screenshot()


async def test_an_endless_paste_ends() -> None:
    async with Host(AddFeed()).run_test() as pilot:
        pilot.app.post_message(events.Paste("x" * 100_000))
        await pilot.press("y", "enter")
        assert pilot.app.answers == ["x" * ADDRESS_LIMIT]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_reason_full_of_brackets_is_shown_literally(size: tuple[int, int]) -> None:
    dialog = AddFeed(text="[/]", error="[/] [$accent]no[/b] \x1b[2J")
    async with Host(dialog).run_test(size=size, notifications=True) as pilot:
        assert "[/] [$accent]no[/b]" in screen_text(pilot.app)
        assert "\x1b" not in pilot.app.export_screenshot()


class FirstRun(App[None]):
    """The welcome alone."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.helped = 0

    BINDINGS = [("question_mark", "help", "Help")]

    def compose(self) -> ComposeResult:
        yield Welcome()

    def action_help(self) -> None:
        self.helped += 1

    def _note(self, message: Message) -> None:
        self.told.append(type(message).__name__)

    on_welcome_add_wanted = on_welcome_sample_wanted = _note


@pytest.mark.parametrize("size", [(160, 45), (80, 24), (40, 16)])
async def test_the_first_start_says_what_this_is_and_what_to_press(size: tuple[int, int]) -> None:
    async with FirstRun().run_test(size=size) as pilot:
        text = screen_text(pilot.app)
        for words in (
            "Wiredesk",
            "Add a feed",
            "Open the sample desk",
            "Help",
            " + ",
            " d ",
            " ? ",
        ):
            assert words in text


async def test_the_welcome_keys() -> None:
    async with FirstRun().run_test() as pilot:
        pilot.app.query_one(Welcome).focus()
        await pilot.press("+", "d", "?")
        assert pilot.app.told == ["AddWanted", "SampleWanted"]
        assert pilot.app.helped == 1


async def test_the_offers_can_be_clicked() -> None:
    async with FirstRun().run_test() as pilot:
        pilot.app.query_one(Welcome).focus()
        for offer in pilot.app.query("Offer"):
            await pilot.click(offer)
        await pilot.pause()
        assert pilot.app.told == ["AddWanted", "SampleWanted"]
        assert pilot.app.helped == 1
