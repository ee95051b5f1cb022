"""All claims of the desk in a table: filtered as one types, sorted, changed in place, exported."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from store.claims.table.rows import ClaimRow
from store.desk import Desk, DeskError
from tui.screens.claim_changing import Changing
from tui.screens.claims_keys import CLAIMS_KEYS
from tui.screens.full_screen import FullScreen
from tui.screens.visit import ORPHANS, Visit
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_detail import ClaimDetail
from tui.widgets.claim_list import ClaimList
from tui.widgets.filter_bar import FilterBar, FilterInput
from tui.widgets.picker import Picked
from tui.widgets.status import Masthead, Progress, Status

LOOK_EVERY = 1.0
"""Seconds between looks at what other processes wrote."""
HINT = (
    "signal: company: region: status: by: feed: since:7d until: review:draft is:moved has:note "
    '· words · "a phrase" · -leaves out'
)
NONE_YET = (
    "No claims yet. Open an article, go to a sentence and press ‹s:tag.signal› and a signal's key."
)
NONE_FOUND = "No claim is found by this filter. ‹/:claims.filter› changes it, Esc clears it."


class ClaimsScreen(FullScreen[ClaimRow | None]):
    """The table; it gives back the claim whose sentence is wanted, or None."""

    BINDING_GROUP_TITLE = "Claims screen"
    AUTO_FOCUS = "ClaimList"
    BINDINGS: ClassVar[list[BindingType]] = CLAIMS_KEYS
    DEFAULT_CSS = """
    ClaimsScreen {
        background: $background;
        & > ClaimList { height: 1fr; }
    }
    """

    def __init__(self, desk: Desk, visit: Visit) -> None:
        super().__init__()
        self._desk = desk
        self._visit = visit
        self._progress: Progress | None = None
        self._is_read = False

    def compose(self) -> ComposeResult:
        """The filter over the table, the claim in full under it."""
        yield Masthead()
        yield FilterBar(HINT)
        yield ClaimList()
        yield ClaimDetail()
        yield Status()

    def on_mount(self) -> None:
        """Show what is known, and read what is new."""
        self._changing = Changing(
            self._desk,
            self._visit.table,
            self._list,
            self.query_one(ClaimDetail),
            self.say,
            order=self._order,
            changed=self._show_anew,
            progress=partial(self._tell_progress, "changing"),
        )
        self._list.selected = self._visit.selected
        self._bar.put(self._visit.query)
        self._find()
        self._read()
        self.set_interval(LOOK_EVERY, self._look)

    @property
    def _list(self) -> ClaimList:
        return self.query_one(ClaimList)

    @property
    def _bar(self) -> FilterBar:
        return self.query_one(FilterBar)

    # -------------------------------------------------------- reading

    @work(group="read", exclusive=True)
    async def _read(self) -> None:
        table, arranged = self._visit.table, self._visit.arranged
        try:
            if await table.take_in(partial(self._tell_progress, "reading")):
                arranged.take(table.rows)
            self._is_read = True
            self._show_anew(())
            if await table.find_again(partial(self._tell_progress, "finding passages again")):
                arranged.take(table.rows)
        except DeskError as error:
            self.say(str(error), error=True)
        self._progress = None
        self._show_anew(())

    @work(group="look", exclusive=True)
    async def _look(self) -> None:
        if not self._is_read or self._changing.is_open or self._progress is not None:
            return
        try:
            if await self._visit.table.take_in():
                self._show_anew(())
        except DeskError as error:
            self.say(str(error), error=True)

    def _tell_progress(self, what: str, done: int, of: int) -> None:
        self._progress = Progress(what, done, of) if done < of else None
        self._tell()

    # -------------------------------------------------------- showing

    def _show_anew(self, touched: Sequence[str]) -> bool:
        """Show the claims as they are now; the cursor goes to the first that a step touched."""
        visit = self._visit
        self._progress = None
        visit.arranged.take(visit.table.rows)
        self._find()
        ids = set(touched)
        for at, row in enumerate(visit.arranged.found):
            if row.id in ids:
                self._list.go_to(at)
                return True
        return False

    def _find(self) -> None:
        self._bar.tell(self._visit.find())
        self._show()

    def _show(self, *, keeps_line: bool = True) -> None:
        visit, arranged = self._visit, self._visit.arranged
        self._list.show(
            arranged.found,
            visit.place(),
            sort=arranged.sort,
            falling=visit.is_falling,
            empty=NONE_FOUND if arranged.total else NONE_YET if self._is_read else "Reading …",
            keeps_line=keeps_line,
        )
        self._tell()

    def _tell(self) -> None:
        arranged = self._visit.arranged
        found, total = len(arranged.found), arranged.total
        told = [f"Claims {found:,}" + (f" of {total:,}" if found != total else "")]
        if count := len(self._list.chosen()):
            told.append(f"{count:,} selected")
        if orphans := arranged.orphans:
            told.append(f"{orphans:,} lost their passage: O")
        self.query_one(Masthead).show(" · ".join(told), progress=self._progress)

    @on(ClaimList.Reached)
    def _reached(self, event: ClaimList.Reached) -> None:
        if event.row is not None and (event.moved or self._visit.here is None):
            self._visit.here, self._visit.at = event.row, self._list.cursor
        if not self._changing.is_open:
            self._changing.rest()

    @on(ClaimList.Selected)
    def _selected(self) -> None:
        self._tell()

    # -------------------------------------------------------- filter and order

    @on(FilterBar.Changed)
    def _filter_typed(self, event: FilterBar.Changed) -> None:
        if event.query == self._visit.query:
            return
        self._visit.query = event.query
        self._find()

    @on(FilterInput.Done)
    def _filter_done(self) -> None:
        self.set_focus(self._list)

    @on(ClaimList.OrphansWanted)
    def _only_orphans(self) -> None:
        if ORPHANS not in self._visit.query and not self._visit.arranged.orphans:
            self.say("every claim has its passage")
        else:
            self._bar.put(self._visit.with_orphans_only)

    def _order(self, sort: str | None) -> str:
        """Put the claims in an order, if one is given; say which they have."""
        if sort is None:
            return self._visit.arranged.sort
        told = self._visit.order(sort)
        self._show(keeps_line=False)
        return told

    # -------------------------------------------------------- keys

    @on(ClaimList.Asked)
    def _asked(self, asked: ClaimList.Asked) -> None:
        self.query_one(Status).acknowledge()
        if asked.key == "/" and not self._changing.is_open:
            self.set_focus(self.query_one(FilterInput))
            asked.answered.set()
        else:
            self._answer(asked)

    @work(group="keys")
    async def _answer(self, asked: ClaimList.Asked) -> None:
        # Not here in the screen's own turn: a change of thousands must not stop it from drawing.
        try:
            key = ArticleView.Asked(asked.key, asked.character, 0, 0, at_rest=False)
            await self._changing.press(key)
        finally:
            self._list.listening = self._changing.is_open
            asked.answered.set()

    @on(Picked)
    async def _picked_by_mouse(self, event: Picked) -> None:
        await self._changing.picked(event)
        self._list.listening = self._changing.is_open

    @on(ClaimList.Opened)
    def _open(self, event: ClaimList.Opened) -> None:
        self._visit.here, self._visit.at = event.row, self._list.cursor
        self.dismiss(event.row)

    def action_back(self) -> None:
        """Take back one layer: the selection, the filter, the table."""
        if self._list.selected:
            self._list.action_select_none()
        elif self._visit.query:
            self._bar.put("")
        else:
            self.dismiss(None)

    def action_leave(self, then: str = "") -> None:
        """Go back to the articles, or on to another of the desk's screens."""
        self._visit.then = then
        self.dismiss(None)

    @work(group="export", exclusive=True)
    async def action_export(self) -> None:
        """Ask where to, and export what the filter finds."""
        from tui.screens.export import ExportDialog

        visit = self._visit
        if mistake := visit.find():
            self.say(f"the filter has a mistake: {mistake}", error=True)
            return
        export = partial(visit.table.export_to, query=visit.query)
        title = f"Export the claims that “{visit.query}” finds" if visit.query else ""
        if said := await self.app.push_screen_wait(ExportDialog(export, title)):
            self.say(said)
