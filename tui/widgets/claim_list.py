"""The table of claims: a row each, however many; the columns are those that there is room for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.message import Message

from store.claims.table.rows import ClaimRow
from tui.prompts import AGE_CELLS, age
from tui.widgets.article_view import PASTE
from tui.widgets.claim_keys import CLAIM_KEYS
from tui.widgets.drawn_rows import Part
from tui.widgets.lines import column
from tui.widgets.rows import RowList
from tui.widgets.waiting import until_set

_WORDS = {"under_way": "under way"}
_MARKS = {"draft": "·", "adjudicated": "=", "rejected": "✗", "removed": "†"}
_MARK_CELLS = 3
_GAP = 2
_LEAST_QUOTE = 20


class Column(NamedTuple):
    """A column, its width in cells, and from which width of the pane it is shown."""

    name: str
    cells: int
    wide: int
    shown_from: int


COLUMNS = (
    Column("date", AGE_CELLS, AGE_CELLS, 0),
    Column("signal", 11, 14, 0),
    Column("company", 12, 18, 60),
    Column("region", 9, 14, 90),
    Column("status", 10, 10, 120),
    Column("review", 8, 8, 170),
    Column("quote", 0, 0, 0),
    Column("source", 10, 14, 110),
    Column("annotator", 9, 9, 150),
)
_WIDE = 150
"""Cells from which columns are as wide as they like."""
_BADGE_CELLS = 4


def badges(row: ClaimRow) -> str:
    """Flag, note, and that the passage moved (~) or is gone (∅)."""
    moved = {"moved": "~", "fuzzy": "~", "orphan": "∅"}.get(row.anchor, "")
    return moved + ("!" if row.flag else "") + ('"' if row.note else "")


def cell_of(row: ClaimRow, name: str, now: datetime) -> str:
    """What stands in a column."""
    if name == "date":
        return age(row.at, now)
    if name in ("signal", "company", "region"):
        return ", ".join(tag.label for tag in row.values(name))
    if name == "status":
        return "" if row.status == "reported" else _WORDS.get(row.status, row.status)
    if name == "review":
        return "" if row.state == "accepted" else row.state
    if name == "quote":
        return " ".join(row.quote.split())
    return row.by if name == "annotator" else row.source


class ClaimList(RowList):
    """Claims under the heads of their columns; some may be selected."""

    HELP = "## Claims\n**/** filters, **space** selects, keys that tag change what is selected."
    BINDING_GROUP_TITLE = "Claims"
    BINDINGS: ClassVar[list[BindingType]] = CLAIM_KEYS

    @dataclass
    class Asked(Message):
        """A key that does something to claims; the list waits until it is answered."""

        key: str
        character: str | None = None
        answered: asyncio.Event = field(default_factory=asyncio.Event)

    @dataclass
    class Opened(Message):
        """Somebody wants to read the sentence."""

        row: ClaimRow

    @dataclass
    class Reached(Message):
        """Another claim is under the cursor."""

        row: ClaimRow | None
        moved: bool
        """Somebody moved there; else the rows changed."""

    class Selected(Message):
        """More or fewer claims are selected."""

    class OrphansWanted(Message):
        """Only claims that lost their passage, or all again."""

    def __init__(self) -> None:
        super().__init__()
        self.listening = False
        """Every key goes to the screen: a prefix, a picker or a preview waits for it."""
        self.selected: set[str] = set()
        """Ids of the claims that keys act on, if there are any."""
        self._rows: Sequence[ClaimRow] = ()
        self._now = datetime.now(UTC)
        self._sort, self._falling = "date", True
        self._here: ClaimRow | None = None

    # -------------------------------------------------------- what is shown

    def show(
        self,
        rows: Sequence[ClaimRow],
        at: int,
        *,
        sort: str,
        falling: bool,
        empty: str,
        keeps_line: bool = True,
    ) -> None:
        """Show these rows with the cursor on one, on the screen line it had."""
        self._rows, self._now, self.empty = rows, datetime.now(UTC), empty
        self._sort, self._falling = sort, falling
        self._head()
        self.place(at, screen_row=self.screen_row if keeps_line else self.page // 2)
        self._reach(moved=False)

    def _head(self) -> None:
        arrow = "↓" if self._falling else "↑"
        heads = [
            column(one.name + (arrow if one.name == self._sort else ""), cells)
            for one, cells in self._columns(self._width - 1)
        ]
        self.heading = " " * _MARK_CELLS + (" " * _GAP).join(heads)

    def on_resize(self) -> None:
        """Show the columns that there is room for now."""
        self._head()

    @property
    def here(self) -> ClaimRow | None:
        """The claim under the cursor."""
        return self._here

    def chosen(self) -> list[ClaimRow]:
        """The selected claims that are shown: what is out of sight is never acted on."""
        if not self.selected:
            return []
        return [row for row in self._rows if row.id in self.selected]

    def meant(self) -> list[ClaimRow]:
        """What a key acts on: the selected claims, else the one under the cursor."""
        return self.chosen() or ([self._here] if self._here is not None else [])

    def _reach(self, *, moved: bool) -> None:
        before = self._here
        self._here = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        if before is not self._here:
            self.post_message(self.Reached(self._here, moved))

    # -------------------------------------------------------- rows

    @property
    def row_count(self) -> int:
        """How many claims are found."""
        return len(self._rows)

    def _columns(self, width: int) -> list[tuple[Column, int]]:
        shown = [one for one in COLUMNS if width >= one.shown_from]
        cells = [one.wide if width >= _WIDE else one.cells for one in shown]
        taken = _MARK_CELLS + _BADGE_CELLS + sum(cells) + _GAP * (len(cells) - 1)
        quote = max(_LEAST_QUOTE, width - taken)
        return [
            (one, quote if one.name == "quote" else wide)
            for one, wide in zip(shown, cells, strict=True)
        ]

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """Whether it is selected, where it stands, the columns, the badges."""
        row, dim = self._rows[index], self.look("dim")
        standing = row.state in ("accepted", "adjudicated")
        yield "◆" if row.id in self.selected else " ", self.look("star")
        yield _MARKS.get(row.state, " ") + " ", self.look("mark")
        for number, (one, cells) in enumerate(self._columns(width)):
            if number:
                yield " " * _GAP, dim
            look = self.look("unread") if one.name in ("quote", "signal") and standing else dim
            yield column(cell_of(row, one.name, self._now), cells), look
        yield " " + badges(row), self.look("error" if row.anchor == "orphan" else "badge")

    def heading_parts(self, width: int) -> Sequence[Part]:
        """Only the heads of the columns: how many claims there are stands in the first line."""
        return [(f" {self.heading}", self.heading_look)]

    def row_reached(self, index: int) -> None:
        """Tell which claim the cursor came to."""
        self._reach(moved=True)

    def row_opened(self, index: int) -> None:
        """Ask for its article."""
        self.post_message(self.Opened(self._rows[index]))

    # -------------------------------------------------------- keys

    async def on_key(self, event: events.Key) -> None:  # type: ignore[override]
        """Act on our own keys here, one after the other; the rest goes its way."""
        event.prevent_default()  # of the lists, where keys that tag mean nothing
        focused = self.screen.focused
        if focused is not None and focused is not self:
            # Typed ahead: an earlier key took the focus elsewhere.
            event.stop()
            focused.post_message(events.Key(event.key, event.character))
            return
        if self.listening:
            event.stop()
            await self._ask(event.key, event.character)
            return
        active = self.screen.active_bindings.get(event.key)
        if active is not None and active.node is self and active.enabled:
            event.stop()
            await self.app.run_action(active.binding.action, self)

    async def on_paste(self, event: events.Paste) -> None:
        """Hand pasted text to what waits for a name."""
        if self.listening:
            event.stop()
            await self._ask(PASTE, event.text)

    async def _ask(self, key: str, character: str | None = None) -> None:
        asked = self.Asked(key, character)
        if self.screen.post_message(asked):
            await until_set(self, asked.answered)

    async def action_ask(self, key: str) -> None:
        """Ask the screen what this key does."""
        await self._ask(key)

    def action_orphans(self) -> None:
        """Ask for orphans only."""
        self.post_message(self.OrphansWanted())

    def action_select(self) -> None:
        """Select the claim under the cursor, or no longer."""
        if self._here is not None:
            self.selected ^= {self._here.id}
            self.refresh()
            self.post_message(self.Selected())

    def action_extend(self, by: int) -> None:
        """Select the claim under the cursor and the one that the cursor goes to."""
        if self._here is not None:
            self.selected.add(self._here.id)
            self.go_to(self.cursor + by)
            self.selected.add(self._here.id)
            self.refresh()
            self.post_message(self.Selected())

    def action_select_all(self) -> None:
        """Select all that are shown; when they are, none."""
        everything = {row.id for row in self._rows}
        if everything <= self.selected:
            self.selected.clear()
        else:
            self.selected |= everything
        self.refresh()
        self.post_message(self.Selected())

    def action_select_none(self) -> None:
        """Select none."""
        self.selected.clear()
        self.refresh()
        self.post_message(self.Selected())
