"""Picking a company, a region or a signal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from screen_text import screen_lines, screen_text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Button

from tui.widgets.picker import QUERY_LIMIT, Option, Picked, Picker

NEAR = (
    Option("org:anthropic", "Anthropic", "the company"),
    Option("org:tsmc", "TSMC", "chips"),
    Option("org:3m", "3M"),
)
ALL = (*NEAR, Option("org:g20", "G20"), Option("org:antofagasta", "Antofagasta", "copper"))


def by_name(query: str) -> Sequence[Option]:
    return [option for option in ALL if query.lower() in option.label.lower()]


class Host(App[None]):
    """A picker below something that would obey every key."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Picker { height: 8; width: 44; }"
    BINDINGS = [Binding(key, "leak", "Leak") for key in ("q", "0", "1", "x", "question_mark", "f5")]

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Message] = []
        self.leaked = 0
        self.queries: list[str] = []

    def compose(self) -> ComposeResult:
        yield Button("article", compact=True)
        yield Picker()

    def action_leak(self) -> None:
        self.leaked += 1

    def choose(self, query: str) -> Sequence[Option]:
        self.queries.append(query)
        return by_name(query)

    @property
    def picker(self) -> Picker:
        return self.query_one(Picker)

    def ask(self, *, creates: bool = True, offered: Sequence[Option] = NEAR) -> None:
        create = (
            (lambda name: None if name == "no" else Option("org:new", name)) if creates else None
        )
        self.picker.open("company", self.choose, offered=offered, create=create)

    def _note(self, message: Message) -> None:
        self.told.append(message)

    on_picked = on_cancelled = _note

    def on_key(self, event: events.Key) -> None:
        """Hand the keys on, as a pane does that asked a question."""
        if self.picker.is_open:
            event.stop()
            event.prevent_default()
            if answer := self.picker.press(event.key, event.character):
                self._note(answer)

    def on_paste(self, event: events.Paste) -> None:
        self.picker.paste(event.text)

    def picked(self) -> list[tuple[str, bool]]:
        return [(m.option.code, m.created) for m in self.told if isinstance(m, Picked)]


async def open_picker(pilot: Any, **how: Any) -> Host:
    app: Host = pilot.app
    app.ask(**how)
    await pilot.pause()
    assert app.picker.is_open
    return app


async def test_it_takes_no_room_until_it_asks() -> None:
    async with Host().run_test() as pilot:
        assert not pilot.app.picker.display
        app = await open_picker(pilot)
        assert app.picker.display
        assert app.picker.is_open


async def test_offered_choices_are_numbered_and_a_digit_picks() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        text = screen_text(app)
        assert "company" in text
        assert "▌1 Anthropic  the company" in text
        assert " 2 TSMC  chips" in text
        await pilot.press("2")
        assert app.picked() == [("org:tsmc", False)]
        assert not app.picker.display


async def test_the_focus_returns_where_it_was() -> None:
    async with Host().run_test() as pilot:
        pilot.app.query_one(Button).focus()
        for key in ("1", "escape"):
            app = await open_picker(pilot)
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.focused, Button)


async def test_letters_search_and_enter_takes_the_first() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"ant")
        assert app.queries == ["a", "an", "ant"]
        assert "Antofagasta" in screen_text(app)
        assert "TSMC" not in screen_text(app)
        await pilot.press("enter")
        assert app.picked() == [("org:anthropic", False)]


async def test_enter_without_typing_takes_the_first_offered() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press("enter")
        assert app.picked() == [("org:anthropic", False)]


async def test_arrows_and_tab_move() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press("down", "tab", "down", "down", "up", "shift+tab", "down", "enter")
        assert app.picked() == [("org:tsmc", False)]


async def test_a_digit_picks_among_what_was_found_too() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"ant", "2")
        assert app.picked() == [("org:antofagasta", False)]


async def test_space_first_makes_digits_text() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press("space")
        assert "1 Anthropic" not in screen_text(app)
        await pilot.press(*"20")
        assert app.queries[-1] == "20"
        assert "G20" in screen_text(app)
        await pilot.press("enter")
        assert app.picked() == [("org:g20", False)]


async def test_a_space_between_words_is_a_space() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"new", "space", *"york")
        assert app.queries[-1] == "new york"


@pytest.mark.parametrize("before", [[], ["space"], ["a"]])
async def test_zero_never_closes_it(before: list[str]) -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press(*before, "0")
        assert app.picker.is_open
        assert not app.told


async def test_a_number_that_is_not_there_does_nothing() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press("9")
        assert app.picker.is_open
        assert not app.told


async def test_enter_never_creates_unless_the_row_was_gone_to() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"Foo", "enter", "enter", "1")
        assert not app.told
        assert "+ create “Foo”" in screen_text(app)
        await pilot.press("down", "enter")
        assert app.picked() == [("org:new", True)]


async def test_what_alone_is_left_to_do_is_said() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"Foo")
        assert "↓ and enter create it" in screen_text(app)
        await pilot.press("down")
        assert "enter creates it" in screen_text(app)


async def test_a_digit_that_picks_nothing_says_how_it_becomes_text() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"Level 3".replace(" ", ""))
        assert "no row 3 · Esc, space: digits are text" in screen_text(app)
        await pilot.press("escape", "space", *"Level3")
        assert "+ create “Level3”" in screen_text(app)


async def test_the_create_row_stands_last_below_what_was_found() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"ant")
        rows = [line for line in screen_lines(app) if "Ant" in line or "create" in line]
        assert "create" in rows[-1]
        await pilot.press("down", "down", "enter")
        assert app.picked() == [("org:new", True)]


async def test_what_will_not_be_created_is_said_and_nothing_closes() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"no", "down", "enter")
        assert app.picker.is_open
        assert "“no” cannot be created" in screen_text(app)


async def test_a_closed_list_offers_no_creation() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot, creates=False)
        await pilot.press(*"zzz", "down", "enter")
        assert not app.told
        assert "create" not in screen_text(app)
        assert "nothing by that name" in screen_text(app)


async def test_escape_clears_then_cancels() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press("a", "escape")
        assert app.picker.is_open
        await pilot.press("escape")
        assert [type(m).__name__ for m in app.told] == ["Cancelled"]
        assert not app.picker.is_open


async def test_backspace_rubs_out_then_cancels() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"an", "backspace")
        assert app.queries[-1] == "a"
        await pilot.press("backspace")
        assert app.picker.is_open
        await pilot.press("backspace")
        assert [type(m).__name__ for m in app.told] == ["Cancelled"]


async def test_asking_again_starts_afresh() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press("space", *"zz")
        app.picker.open("region", by_name, offered=[Option("JP", "Japan")])
        await pilot.pause()
        assert "▌1 Japan" in screen_text(app)
        assert "company" not in screen_text(app)
        await pilot.press("1")
        assert app.picked() == [("JP", False)]


async def test_no_key_reaches_what_is_behind() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        await pilot.press("f5", "question_mark", "q", "0", "x", "left", "ctrl+y")
        assert app.leaked == 0
        assert app.picker.is_open
        await pilot.press("escape", "escape", "q")
        assert app.leaked == 1


async def test_nothing_offered_waits_for_letters() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot, offered=())
        await pilot.press("enter", "down", "up", "1", "0")
        assert not app.told
        await pilot.press(*"tsmc", "enter")
        assert app.picked() == [("org:tsmc", False)]


async def test_pasted_text_is_cleaned_and_bounded() -> None:
    async with Host().run_test() as pilot:
        app = await open_picker(pilot)
        app.post_message(events.Paste("ant\x1b]0;x\x07\u202e\nhropic" + "y" * 5000))
        await pilot.pause()
        query = app.queries[-1]
        assert query.startswith("ant")
        assert query.isprintable()
        assert len(query) <= QUERY_LIMIT


async def test_a_row_can_be_clicked() -> None:
    async with Host().run_test(size=(60, 14)) as pilot:
        app = await open_picker(pilot)
        await pilot.click(Picker, offset=(6, 2))
        assert app.picked() == [("org:tsmc", False)]


@pytest.mark.parametrize(("width", "height"), [(30, 6), (30, 10), (100, 7)])
async def test_many_choices_scroll_in_little_room(width: int, height: int) -> None:
    many = [Option(f"c{n}", f"Choice {n} " + "漢" * 40, "hint") for n in range(40)]
    async with Host().run_test(size=(110, 24)) as pilot:
        app: Host = pilot.app
        app.picker.styles.width, app.picker.styles.height = width, height
        await open_picker(pilot, offered=many)
        await pilot.press(*["down"] * 20)
        assert any(line.startswith("▌  Choice 20") for line in screen_lines(app))
        await pilot.press("enter")
        assert app.picked() == [("c20", False)]


async def test_a_long_query_shows_its_end() -> None:
    async with Host().run_test(size=(60, 12)) as pilot:
        app = await open_picker(pilot)
        await pilot.press(*"abcdefghij" * 5, *"END")
        assert "END" in screen_text(app)
