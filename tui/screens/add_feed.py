"""Adding feeds by what is typed or pasted: an address, several of them, a page, a file of feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from store.errors import DeskError
from store.feeds.discover import MOST_TYPED, TOO_MANY, addresses_in
from store.model.subscribing import FeedsFound, FoundFeed, ListTaken, Wish
from store.settings import MOST_MEGABYTES
from store.text.clean import guard
from tui.prompts import chosen_on, hinted
from tui.screens.adding_talk import Added, Adds, Result, talk
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.address_line import AddressInput, Question
from tui.widgets.found_feeds import FoundFeeds
from tui.widgets.line_input import LineInput

MOST_TOLD = 5
"""Problems that are shown; the last line says how many more there are."""
_NAME_LIMIT = 500
_TYPING = (
    "Type or paste an address, or the path of an OPML file.  enter adds ·"
    " ‹ctrl+s:add_feed.keep_page› keeps the page itself as an article · Esc leaves"
)


class AddsFeeds(Adds, Protocol):
    """The desk, as far as adding goes."""

    def list_file(self, typed: str) -> Path | None:
        """The list of feeds that was typed by its path; raises DeskError if it is not there."""

    async def take_list(self, file: Path) -> ListTaken:
        """Take a list of feeds in; raises DeskError where that cannot be."""


class AddFeed(Dialog[Added | None]):
    """Adds what is typed and gives back what is new; None if nothing is."""

    BINDING_GROUP_TITLE = "Adding a feed"
    DEFAULT_CSS = """
    AddFeed {
        #doing { color: $text-muted; height: auto; }
        #problem { height: auto; max-height: 8; }
        Question { height: auto; color: $text; margin-top: 1; }
        .account { margin-top: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="add_feed.cancel", tooltip="Add nothing"),
        Binding(
            "ctrl+s", "keep_page", "page", id="add_feed.keep_page",
            tooltip="Keep the page itself as an article",
        ),
    ]  # fmt: skip

    def __init__(self, adds: AddsFeeds, *, text: str = "", error: str = "") -> None:
        """Start with ``text``; ``error`` is the sentence that says why it was not taken before."""
        super().__init__()
        self._adds = adds
        self._text = text
        self._error = error
        self._result = Result()
        self._busy = False
        self._waiting: asyncio.Future[object] | None = None

    def compose(self) -> ComposeResult:
        """Title, the line to type in, what is done, what was wrong, what is asked, keys."""
        with Sheet():
            yield line("Add a feed", "title")
            yield AddressInput(
                self._text, placeholder="example.org/feed.xml", select_on_focus=False
            )
            yield Static("", id="doing", markup=False)
            yield Problem(self._error)
            yield Question("", markup=False)
            yield FoundFeeds()
            yield LineInput(
                placeholder="name", id="name", classes="account", max_length=_NAME_LIMIT
            )
            yield LineInput(
                placeholder="password", id="password", password=True, max_length=_NAME_LIMIT
            )
            yield Static("", id="keys", classes="dialog--keys", markup=False)

    def on_mount(self) -> None:
        """Wait for an address."""
        self._to_typing()
        self.query_one(Problem).display = bool(self._error)

    # -------------------------------------------------------- what is shown

    def told(self, doing: str) -> None:
        """Say what is being done."""
        shown = self.query_one("#doing", Static)
        shown.update(Content(guard(doing)))
        shown.display = bool(doing)

    def _problem(self, said: str) -> None:
        shown = self.query_one(Problem)
        shown.tell(said)
        shown.display = bool(said)

    def _keys(self, keys: str) -> None:
        self.query_one("#keys", Static).update(Content(guard(keys)))

    def _to_typing(self) -> None:
        self._put_away()
        self.told("")
        self._keys(hinted(_TYPING, chosen_on(self.app)))
        self.query_one(AddressInput).focus()

    def _put_away(self) -> None:
        """Show no question."""
        self.query_one(Question).display = False
        self.query_one(FoundFeeds).display = False
        for field in ("#name", "#password"):
            self.query_one(field).display = False

    # -------------------------------------------------------- what is asked

    async def choose(self, found: FeedsFound) -> Sequence[FoundFeed]:
        """Offer the feeds of a page."""
        feeds = self.query_one(FoundFeeds)
        feeds.display = True
        feeds.offer(found.feeds)
        feeds.focus()
        self.told(f"{found.address} has {len(found.feeds)} feeds.")
        self._keys("space or a digit ticks · enter adds what is ticked · Esc leaves it")
        return feeds.wanted if await self._answered(feeds) else ()

    async def permits(self, place: str) -> bool:
        """Ask whether a private host is meant."""
        self.told("")
        self._keys("y fetches it · n, Esc leave it")
        self.query_one(Question).ask(f"{place} is on your private network: fetch it? y/n")
        return bool(await self._answered(self.query_one(Question)))

    async def allows_more(self, reason: str) -> bool:
        """Ask whether a large feed is wanted."""
        self._problem(reason)
        self.told("")
        self._keys("y reads it · n, Esc leave it")
        self.query_one(Question).ask(f"Read up to {MOST_MEGABYTES} MB of it? y/n")
        return bool(await self._answered(self.query_one(Question)))

    async def saves(self, reason: str) -> bool:
        """Ask whether the page itself is wanted."""
        self._problem(reason)
        self.told("")
        self._keys("a keeps the page · n, Esc back to the address")
        self.query_one(Question).ask("No feed here: keep this page as an article? (a)")
        return bool(await self._answered(self.query_one(Question)))

    async def account(self, reason: str) -> tuple[str, str] | None:
        """Ask for a name and a password."""
        self._problem(reason.partition("; give ")[0])
        self.told("")
        self._keys("enter goes on · Esc leaves it")
        name, password = self.query_one("#name", Input), self.query_one("#password", Input)
        name.display = password.display = True
        name.focus()
        if not await self._answered(password):
            return None
        said = (name.value, password.value)
        password.value = ""
        return said

    async def _answered(self, asks: Widget) -> object:
        """What the person answers; nothing where they leave the question."""
        self._waiting = asyncio.get_running_loop().create_future()
        # On a low terminal it may be out of sight, which is known when it is laid out.
        self.call_after_refresh(asks.scroll_visible, animate=False)
        answer = await self._waiting
        # Cancelled it is only when the dialog itself goes, and then nothing is shown any more.
        self._waiting = None
        self._put_away()
        self._keys("Esc stops")
        return answer

    def _answer(self, answer: object) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(answer)

    @on(Question.Answered)
    def _said_yes_or_no(self, event: Question.Answered) -> None:
        self._answer(event.yes)

    @on(FoundFeeds.Chosen)
    def _chose(self) -> None:
        self._answer(True)

    @on(Input.Submitted, "#name")
    def _to_password(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.query_one("#password", Input).focus()

    @on(Input.Submitted, "#password")
    def _account_typed(self, event: Input.Submitted) -> None:
        event.stop()
        self._answer(True)

    # -------------------------------------------------------- adding

    @on(Input.Submitted, "AddressInput")
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self._begin()

    def action_keep_page(self) -> None:
        """Keep the page that was typed as an article, whatever feeds it has."""
        self._begin(article=True)

    def _begin(self, *, article: bool = False) -> None:
        if self._busy:
            return
        if text := self.query_one(AddressInput).value.strip():
            self._add(text, article=article)
        else:
            self._problem("Type or paste an address first.")

    @work(group="adding", exclusive=True)
    async def _add(self, text: str, *, article: bool = False) -> None:
        self._busy = True
        self._result.problems, self._result.left = [], []
        self._problem("")
        self._keys("Esc stops")
        try:
            if not article and (file := self._adds.list_file(text)) is not None:
                await self._take_list(file)
            else:
                wishes = [Wish(address=address, article=article) for address in addresses_in(text)]
                if len(wishes) == MOST_TYPED < len(set(text.split())):
                    self._result.problems.append(TOO_MANY)
                await talk(self._adds, wishes, self, self._result)
        except DeskError as error:
            self._result.problems.append(str(error))
        finally:
            self._busy = False
        if self._result.problems:
            self._mend()
        else:
            self.dismiss(self._result.new)

    async def _take_list(self, file: Path) -> None:
        self.told(f"reading {file.name}")
        taken = await self._adds.take_list(file)
        self._result.taken.append(taken)
        self._result.problems += taken.problems

    def _mend(self) -> None:
        """Say what was not added; what is left of the line is to be mended."""
        problems = self._result.problems
        shown = list(problems[:MOST_TOLD])
        if (more := len(problems) - MOST_TOLD) > 0:
            shown.append(f"So with {more} more.")
        self._to_typing()
        self._problem("\n".join(shown))
        if (new := self._result.new) is not None:
            self.told(new.said)
        if self._result.left:
            field = self.query_one(AddressInput)
            field.value = " ".join(self._result.left)
            field.cursor_position = len(field.value)

    def action_cancel(self) -> None:
        """Leave the question, stop what is done, or go."""
        if self._waiting is not None:
            self._answer(None)
        elif self._busy:
            self.workers.cancel_group(self, "adding")
            self._busy = False
            self._to_typing()
            self._problem("Stopped: nothing more was added.")
        else:
            self.dismiss(self._result.new)
