"""How each feed fares: since when it fails and why, when it is asked again, what is set for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from store.desk import Desk, DeskError
from store.desk.feed_health import FeedHealth
from store.model import Feed, is_failing
from tui.screens.feed_dialogs import AskNumber, ask_cap, ask_interval
from tui.screens.feed_lines import ORDERS, arranged, facts_of, line_of
from tui.screens.feeds_keys import FEEDS_KEYS
from tui.screens.fetching import Fetching
from tui.screens.full_screen import FullScreen
from tui.screens.links import NO_SITE, copy_link, open_link
from tui.widgets.feed_detail import FeedDetail
from tui.widgets.feed_health_list import FeedHealthList, FeedLine
from tui.widgets.filter_bar import FilterBar, FilterInput
from tui.widgets.status import Masthead, Status

LOOK_EVERY = 1.0
"""Seconds between looks at what was fetched or changed meanwhile."""
HINT = "any words of name, address, folder or trouble · failing · paused · silent · 404"
NO_FEEDS = "No feeds yet. ‹Esc:care.leave› goes back to the desk, ‹+:desk.add_feed› adds one there."
NONE_FOUND = "No feed is found by these words. ‹/:care.find› changes them, Esc clears them."


class FeedsScreen(FullScreen[int]):
    """Gives back the number of the feed whose articles are wanted, or nothing."""

    BINDING_GROUP_TITLE = "Feeds screen"
    AUTO_FOCUS = "FeedHealthList"
    BINDINGS: ClassVar[list[BindingType]] = FEEDS_KEYS
    DEFAULT_CSS = """
    FeedsScreen {
        background: $background;
        & > FeedHealthList { height: 1fr; }
        &.-low > FeedDetail { height: 9; max-height: 40%; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    def __init__(self, desk: Desk, fetching: Fetching) -> None:
        """``fetching`` is the desk's own screen, which goes on fetching when this one is left."""
        super().__init__()
        self._desk = desk
        self._fetching = fetching
        self._rows: Sequence[FeedHealth] = ()
        self._order = next(iter(ORDERS))

    def compose(self) -> ComposeResult:
        """The words to find by, the list, and all of the feed under the cursor."""
        yield Masthead()
        yield FilterBar(HINT)
        yield FeedHealthList()
        yield FeedDetail()
        yield Status()

    def on_mount(self) -> None:
        """Fill the list, and keep it up to date."""
        self._show_masthead()
        self._load()
        self.set_interval(LOOK_EVERY, self._look)

    @property
    def _list(self) -> FeedHealthList:
        return self.query_one(FeedHealthList)

    # -------------------------------------------------------- showing

    @work(group="load", exclusive=True)
    async def _load(self) -> None:
        try:
            self._rows = await self._desk.feed_care.rows()
        except DeskError as error:
            self.say(str(error), error=True)
        self._show()

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        self._show_masthead()
        try:
            if await self._desk.feed_care.has_news():
                self._rows = await self._desk.feed_care.rows()
                self._show()
        except DeskError as error:
            self.say(str(error), error=True)

    def _show(self) -> None:
        now = datetime.now(UTC)
        found = arranged(self._rows, self.query_one(FilterBar).query_text, self._order)
        self._list.empty = NONE_FOUND if self._rows else NO_FEEDS
        self._list.heading = f"Feeds {len(found)} · {self._order}"
        self._list.show([line_of(row, now) for row in found])
        self._show_detail()
        self._show_masthead()

    def _show_masthead(self) -> None:
        failing = sum(is_failing(row.feed, row.state) for row in self._rows)
        silent = sum(row.fare == "silent" for row in self._rows)
        told = f" · {silent} silent" if silent else ""
        self.query_one(Masthead).show(
            f"How each feed fares{told}", failing=failing, progress=self._fetching.progress
        )

    @on(FeedHealthList.Reached)
    def _show_detail(self) -> None:
        row = self._row_of(self._list.line_here)
        facts = facts_of(row, datetime.now(UTC)) if row else ()
        self.query_one(FeedDetail).show(tuple(facts))

    def _row_of(self, line: FeedLine | None) -> FeedHealth | None:
        number = line.number if line else 0
        return next((row for row in self._rows if row.feed.number == number), None)

    # -------------------------------------------------------- finding

    @on(FilterBar.Changed)
    def _narrow(self) -> None:
        self._show()

    @on(FilterInput.Done)
    def _to_the_list(self) -> None:
        self.set_focus(self._list)

    def action_find(self) -> None:
        """Type what to look for."""
        self.set_focus(self.query_one(FilterInput))

    def action_order(self) -> None:
        """Put the feeds in the next order."""
        orders = list(ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._show()
        self.say(self._order)

    def action_leave(self) -> None:
        """Show all feeds again, then leave."""
        bar = self.query_one(FilterBar)
        if bar.query_text:
            bar.put("")
        else:
            self.dismiss(0)

    # -------------------------------------------------------- fetching

    def action_refresh_all(self) -> None:
        """Fetch every feed; pressed while fetching, stop."""
        self._fetching.refresh_all(self.say)
        self._show_masthead()

    # -------------------------------------------------------- changing

    @on(FeedHealthList.Asked)
    def _answer(self, event: FeedHealthList.Asked) -> None:
        row = self._row_of(event.line)
        if row is None:
            return
        feed, care = row.feed, self._desk.feed_care
        match event.what:
            case "edit":
                self._edit(feed)
            case "leave":
                self._leave(feed)
            case "articles":
                self.dismiss(feed.number)
            case "refresh":
                self._fetching.fetch([feed.number], self.say)
                self._show_masthead()
            case "open":
                self._open_site(feed.site)
            case "copy":
                copy_link(self.app, feed.address, self.say)
            case "pause":
                self._change(care.switch_paused(feed.number))
            case "full_text":
                self._change(care.switch_full_text(feed.number))
            case "move_back":
                self._change(care.move_back(feed.number))
            case "interval":
                dialog = ask_interval(feed.name, feed.minutes, care.usual)
                self._ask(dialog, lambda minutes: care.set_minutes(feed.number, minutes))
            case "cap":
                dialog = ask_cap(feed.name, feed.megabytes)
                self._ask(dialog, lambda most: care.set_megabytes(feed.number, most))

    @work(group="link")
    async def _open_site(self, site: str) -> None:
        await open_link(self._desk, site, self.say, NO_SITE)

    @work(group="ask")
    async def _ask(self, dialog: AskNumber, change: Callable[[int], Awaitable[str]]) -> None:
        if (number := await self.app.push_screen_wait(dialog)) is not None:
            self._change(change(number))

    @work(group="ask")
    async def _edit(self, feed: Feed) -> None:
        from tui.screens.feed_form import edit_feed

        form = edit_feed(feed, self._desk.feeds(), self._desk.feed_care)
        if said := await self.app.push_screen_wait(form):
            self.say(said)
            self._load()

    @work(group="ask")
    async def _leave(self, feed: Feed) -> None:
        from tui.screens.feed_questions import Unsubscribe

        care = self._desk.feed_care
        try:
            what = await care.leaving([feed.number])
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if await self.app.push_screen_wait(Unsubscribe(what)):
            self._change(care.unsubscribe([feed.number]))

    def action_undo(self) -> None:
        """Take the last change back."""
        self._change(self._desk.feed_care.undo())

    @work(group="change")
    async def _change(self, change: Awaitable[str]) -> None:
        try:
            self.say(await change)
        except DeskError as error:
            self.say(str(error), error=True)
        self._load()
