"""Adding the first feed and the next: the welcome and the dialog."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from screen_text import screen_text
from settle import until
from textual import events
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input

from store.desk import DeskError
from store.model.subscribing import (
    Addition,
    ArticleSaved,
    Asking,
    FeedAdded,
    FeedsFound,
    FoundFeed,
    ListTaken,
    NotAdded,
    Wish,
)
from tui.screens.add_feed import AddFeed
from tui.screens.adding_talk import Added
from tui.screens.welcome import Welcome
from tui.widgets.address_line import PASTE_LIMIT, AddressInput


class Host(App[None]):
    """Opens a dialog and keeps what it answers."""

    def __init__(self, dialog: Any) -> None:
        super().__init__()
        self.dialog = dialog
        self.answers: list[object] = []

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.answers.append)


class Desk:
    """Answers wishes by a script: by address, one answer after the other."""

    def __init__(self, **answers: Addition | Sequence[Addition]) -> None:
        self.answers = {
            address: list(said) if isinstance(said, Sequence) else [said]
            for address, said in answers.items()
        }
        self.wishes: list[Wish] = []
        self.files: list[Path] = []
        self.list = ListTaken(file="/x/subs.opml", added=(1, 2))
        self.held: asyncio.Event | None = None
        self.ended = False

    async def add(self, wishes: Sequence[Wish]) -> AsyncIterator[Addition]:
        for wish in wishes:
            self.wishes.append(wish)
            yield Asking(address=wish.address)
            if self.held is not None:
                try:
                    await self.held.wait()
                finally:
                    self.ended = True
            left = self.answers[wish.address]
            yield left.pop(0) if len(left) > 1 else left[0]

    def list_file(self, typed: str) -> Path | None:
        if typed == "/gone.opml":
            raise DeskError("There is no file /gone.opml; check its name.")
        return Path(typed) if typed.endswith(".opml") else None

    async def take_list(self, file: Path) -> ListTaken:
        self.files.append(file)
        return self.list


def added(name: str, number: int = 1) -> FeedAdded:
    return FeedAdded(number=number, name=name, address=f"https://{name}/")


def no(reason: str, **about: Any) -> NotAdded:
    return NotAdded(address="a", reason=reason, **about)


SEVERAL = FeedsFound(
    address="https://page.example/",
    feeds=(
        FoundFeed(address="https://page.example/a", title="All", feed=7),
        FoundFeed(address="https://page.example/b", title="Main", form="rss"),
        FoundFeed(address="https://page.example/c", title="Chips", form="atom"),
        FoundFeed(address="https://page.example/d", title="Said", comments=True),
    ),
)


async def typed(pilot: Pilot[Any], text: str) -> None:
    """Type into the line and press Enter."""
    field = pilot.app.screen.query_one(AddressInput)
    field.value = text
    field.focus()
    await pilot.press("enter")


async def test_what_is_typed_is_added_and_told() -> None:
    desk = Desk(**{"example.org": added("Wire")})
    async with Host(AddFeed(desk)).run_test() as pilot:
        await pilot.press(*"example.org", "enter")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert pilot.app.answers == [Added("added Wire", (1,))]


async def test_a_feed_from_a_private_address_is_told_as_such() -> None:
    feed = FeedAdded(number=1, name="Wire", address="x", permit="10.0.0.1:80")
    async with Host(AddFeed(Desk(**{"10.0.0.1": feed}))).run_test() as pilot:
        await typed(pilot, "10.0.0.1")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert pilot.app.answers == [Added("added Wire from 10.0.0.1:80, which is private", (1,))]


async def test_several_addresses_are_added_one_after_the_other_and_what_fails_is_left() -> None:
    desk = Desk(
        **{"a.example": added("A", 1), "b.example": no("B is down."), "c.example": added("C", 2)}
    )
    async with Host(AddFeed(desk)).run_test() as pilot:
        pilot.app.post_message(events.Paste("a.example\n<b.example>,\nc.example\n"))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "B is down." in screen_text(pilot.app))
        assert "! b.example: B is down." in screen_text(pilot.app)
        assert "added 2 feeds" in screen_text(pilot.app)
        assert pilot.app.screen.query_one(AddressInput).value == "b.example"
        await pilot.press("escape")
        assert pilot.app.answers == [Added("added 2 feeds", (1, 2))]


async def test_of_very_many_pasted_addresses_a_hundred_are_added_and_the_rest_is_told() -> None:
    addresses = [f"feeds{number}.example/{'x' * 60}" for number in range(101)]
    desk = Desk(**{address: added("Wire", n) for n, address in enumerate(addresses, start=1)})
    async with Host(AddFeed(desk)).run_test() as pilot:
        pilot.app.post_message(events.Paste("\n".join(addresses)))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "Only the first 100" in screen_text(pilot.app))
        await pilot.press("escape")
        assert pilot.app.answers == [Added("added 100 feeds", tuple(range(1, 101)))]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_of_several_feeds_the_first_new_one_is_ticked(size: tuple[int, int]) -> None:
    desk = Desk(**{"page.example": SEVERAL, "https://page.example/b": added("Main")})
    async with Host(AddFeed(desk)).run_test(size=size) as pilot:
        await typed(pilot, "page.example")
        await until(pilot, lambda: "4 feeds here" in screen_text(pilot.app))
        text = screen_text(pilot.app)
        assert "here already" in text
        assert "comments" in text
        assert "enter adds what is ticked" in text
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert pilot.app.answers == [Added("added Main", (1,))]
        assert desk.wishes[-1] == Wish(address="https://page.example/b", found_at="page.example")


async def test_on_the_lowest_terminal_what_is_chosen_of_is_in_sight() -> None:
    desk = Desk(**{"page.example": SEVERAL})
    async with Host(AddFeed(desk)).run_test(size=(40, 12)) as pilot:
        await typed(pilot, "page.example")
        await until(pilot, lambda: "☑ Main" in screen_text(pilot.app))


async def test_several_feeds_can_be_ticked_by_digit_and_space() -> None:
    one, two = "https://page.example/c", "https://page.example/d"
    desk = Desk(**{"page.example": SEVERAL, one: added("Chips", 1), two: added("Said", 2)})
    async with Host(AddFeed(desk)).run_test() as pilot:
        await typed(pilot, "page.example")
        await until(pilot, lambda: "4 feeds here" in screen_text(pilot.app))
        await pilot.press("2", "3", "G", "space", "enter")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert pilot.app.answers == [Added("added 2 feeds", (1, 2))]


async def test_escape_leaves_the_choice_and_then_the_dialog() -> None:
    async with Host(AddFeed(Desk(**{"page.example": SEVERAL}))).run_test() as pilot:
        await typed(pilot, "page.example")
        await until(pilot, lambda: "4 feeds here" in screen_text(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "None of its feeds was added." in screen_text(pilot.app))
        assert pilot.app.answers == []
        await pilot.press("escape")
        assert pilot.app.answers == [None]


async def test_a_host_that_turns_out_to_be_private_is_asked_after_once() -> None:
    asks = no("wiki is on a private network.", private="wiki.example:80")
    desk = Desk(**{"wiki.example": [asks, added("Wiki")]})
    async with Host(AddFeed(desk)).run_test() as pilot:
        await typed(pilot, "wiki.example")
        await until(
            pilot, lambda: "on your private network: fetch it? y/n" in screen_text(pilot.app)
        )
        await pilot.press("y")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert desk.wishes[-1].permit == "wiki.example:80"
        assert pilot.app.answers == [Added("added Wiki", (1,))]


async def test_a_private_host_that_is_not_meant_is_left_alone() -> None:
    desk = Desk(**{"wiki.example": no("wiki is private.", private="wiki.example:80")})
    async with Host(AddFeed(desk)).run_test() as pilot:
        await typed(pilot, "wiki.example")
        await until(pilot, lambda: "fetch it? y/n" in screen_text(pilot.app))
        await pilot.press("n")
        await until(pilot, lambda: "! wiki is private." in screen_text(pilot.app))
        assert len(desk.wishes) == 1


@pytest.mark.parametrize(("key", "wished"), [("y", 50), ("n", 0)])
async def test_a_feed_larger_than_usual_is_asked_after(key: str, wished: int) -> None:
    desk = Desk(**{"pods.example": [no("pods sends more than 10 MB.", large=True), added("Pods")]})
    async with Host(AddFeed(desk)).run_test(size=(80, 24)) as pilot:
        await typed(pilot, "pods.example")
        await until(pilot, lambda: "Read up to 50 MB of it? y/n" in screen_text(pilot.app))
        await pilot.press(key)
        if wished:
            await until(pilot, lambda: bool(pilot.app.answers))
            assert pilot.app.answers == [Added("added Pods", (1,))]
        else:
            await until(pilot, lambda: "! pods sends more than 10 MB." in screen_text(pilot.app))
        assert desk.wishes[-1].megabytes == wished


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_name_and_password_are_asked_for_where_they_are_wanted(size: tuple[int, int]) -> None:
    other = "It wants another; give others with “wiredesk add”."
    asked = [no(said, status=401) for said in (other, "It wants a name; give them with …")]
    desk = Desk(**{"own.example": [*asked, added("Own")]})
    async with Host(AddFeed(desk)).run_test(size=size) as pilot:
        await typed(pilot, "own.example")
        await until(pilot, lambda: "It wants another" in screen_text(pilot.app))
        await pilot.press(*"bob", "enter", *"x", "enter")
        await until(pilot, lambda: "It wants a name" in screen_text(pilot.app))
        assert "wiredesk add" not in screen_text(pilot.app)
        pilot.app.screen.query_one("#name", Input).value = ""
        await pilot.press(*"ana", "enter", *"secret")
        assert "secret" not in screen_text(pilot.app)
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert (desk.wishes[-1].name, desk.wishes[-1].password) == ("ana", "secret")
        assert "secret" not in repr(desk.wishes)


async def test_a_page_without_a_feed_can_be_kept_as_an_article() -> None:
    saved = ArticleSaved(feed=1, article=5, title="A page")
    desk = Desk(**{"page.example": [no("It names no feed.", page=True), saved]})
    async with Host(AddFeed(desk)).run_test(size=(80, 24)) as pilot:
        await typed(pilot, "page.example")
        await until(pilot, lambda: "keep this page as an article? (a)" in screen_text(pilot.app))
        assert "It names no feed." in screen_text(pilot.app)
        await pilot.press("a")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert desk.wishes[-1].article
        assert pilot.app.answers == [Added("saved “A page”", (), (1, 5))]


async def test_ctrl_s_keeps_a_page_as_an_article_whatever_feeds_it_has() -> None:
    saved = ArticleSaved(feed=1, article=5, title="A page")
    desk = Desk(**{"page.example": [saved]})
    async with Host(AddFeed(desk)).run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "paste an address first." in screen_text(pilot.app))
        assert "ctrl+s keeps" in screen_text(pilot.app)
        pilot.app.screen.query_one(AddressInput).value = "page.example"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert [wish.article for wish in desk.wishes] == [True]
        assert pilot.app.answers == [Added("saved “A page”", (), (1, 5))]


async def test_what_is_asked_is_shown_and_escape_stops_it() -> None:
    desk = Desk(**{"slow.example": added("Slow")})
    desk.held = asyncio.Event()
    async with Host(AddFeed(desk)).run_test() as pilot:
        await typed(pilot, "slow.example")
        await until(pilot, lambda: "asking slow.example" in screen_text(pilot.app))
        await pilot.press("enter", "escape")
        await until(pilot, lambda: desk.ended)
        assert "Stopped: nothing more was added." in screen_text(pilot.app)
        assert len(desk.wishes) == 1
        await pilot.press("escape")
        assert pilot.app.answers == [None]


async def test_a_file_of_feeds_is_taken_in() -> None:
    desk = Desk()
    async with Host(AddFeed(desk)).run_test() as pilot:
        await typed(pilot, "/x/subs.opml")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert desk.files == [Path("/x/subs.opml")]
        assert pilot.app.answers == [Added("2 new feeds from subs.opml", (1, 2))]


async def test_what_a_file_of_feeds_did_not_bring_is_told_before_the_dialog_goes() -> None:
    desk = Desk()
    problems = tuple(f"line {number}: no address." for number in range(8))
    desk.list = ListTaken(file="/x/subs.opml", added=(1,), there=3, problems=problems)
    async with Host(AddFeed(desk)).run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/x/subs.opml")
        await until(pilot, lambda: "line 0: no address." in screen_text(pilot.app))
        text = screen_text(pilot.app)
        assert "1 new feed from subs.opml, 3 here already" in text
        assert "So with 3 more." in text
        await pilot.press("escape")
        assert pilot.app.answers == [Added("1 new feed from subs.opml, 3 here already", (1,))]


async def test_a_file_that_is_not_there_is_told() -> None:
    async with Host(AddFeed(Desk())).run_test() as pilot:
        await typed(pilot, "/gone.opml")
        await until(pilot, lambda: "There is no file /gone.opml" in screen_text(pilot.app))


async def test_keys_of_the_panes_are_letters_here() -> None:
    async with Host(AddFeed(Desk())).run_test() as pilot:
        await pilot.press(*"q?+")
        assert pilot.app.screen.query_one(AddressInput).value == "q?+"


@pytest.mark.parametrize("keys", [[], ["space", "space"]])
async def test_nothing_typed_is_not_an_answer(keys: Sequence[str]) -> None:
    async with Host(AddFeed(Desk())).run_test() as pilot:
        await pilot.press(*keys, "enter")
        assert pilot.app.answers == []
        await pilot.press("escape")
        assert pilot.app.answers == [None]


async def test_a_refused_address_stays_to_be_mended_under_its_reason() -> None:
    reason = "There is no host named exmaple.org; is it spelt right?"
    desk = Desk(**{"exmaple.org": no(reason), "exmaple.org/": added("Wire")})
    async with Host(AddFeed(desk)).run_test() as pilot:
        await typed(pilot, "exmaple.org")
        await until(pilot, lambda: "no host named" in screen_text(pilot.app))
        await pilot.press("end", "/", "enter")
        await until(pilot, lambda: bool(pilot.app.answers))
        assert desk.wishes[-1].address == "exmaple.org/"


async def test_a_pasted_address_loses_what_a_terminal_would_obey() -> None:
    async with Host(AddFeed(Desk())).run_test() as pilot:
        pilot.app.post_message(events.Paste("https://example.org/\x1b]52;c;AAAA\x07\u202e\x9dfeed"))
        await pilot.pause()
        value = pilot.app.screen.query_one(Input).value
        assert value.startswith("https://example.org/")
        assert value.endswith("feed")
        assert value.isprintable()
        assert "\x1b" not in pilot.app.export_screenshot()


async def test_an_endless_paste_ends() -> None:
    async with Host(AddFeed(Desk())).run_test() as pilot:
        pilot.app.post_message(events.Paste("x" * 100_000))
        await pilot.press("y")
        assert pilot.app.screen.query_one(AddressInput).value == "x" * PASTE_LIMIT


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_reason_full_of_brackets_is_shown_literally(size: tuple[int, int]) -> None:
    dialog = AddFeed(Desk(), text="[/]", error="[/] [$accent]no[/b] \x1b[2J")
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


async def test_the_offers_name_and_press_the_keys_that_were_chosen() -> None:
    class Chosen(FirstRun):
        chosen_keys = {"welcome.add": "ctrl+a", "desk.help": "f1,question_mark"}

    app = Chosen()
    app.set_keymap(app.chosen_keys)
    async with app.run_test(size=(80, 24)) as pilot:
        text = screen_text(app)
        assert " ctrl+a   Add a feed" in text
        assert " d   Open the sample desk" in text
        assert " f1   Help" in text
        app.query_one(Welcome).focus()
        await pilot.click(app.query("Offer").first())
        await pilot.pause()
        assert app.told == ["AddWanted"]
