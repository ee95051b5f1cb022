"""Passages in a dialog, one a row: to choose one of, or to tick those that are meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.drawn_rows import Part
from tui.widgets.lines import column, fit
from tui.widgets.rows import RowList

_DIGITS = 9
_CHIPS = Binding.Group("Tick or clear that row")


@dataclass(frozen=True)
class Passage:
    """A row: some words of a text, and what is said of them."""

    words: str
    said: str
    source: str = ""
    """Where it stands, if not here."""


class Passages(RowList):
    """Rows of passages, what is said of each at the right."""

    BINDING_GROUP_TITLE = "Passages"
    DEFAULT_CSS = "Passages { height: 1fr; min-height: 3; background: $surface; }"

    @dataclass
    class Reached(Message):
        """The cursor came to a row."""

        index: int

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a row."""

        index: int

    def __init__(self) -> None:
        super().__init__()
        self.passages: list[Passage] = []

    def show(self, passages: Iterable[Passage], *, heading: str) -> None:
        """Show these; the cursor stays on its row."""
        self.passages, self.heading = list(passages), heading
        self.place(self.cursor, screen_row=self.screen_row)

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self.passages)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """The words, cut where they have to be, and what is said of them."""
        passage = self.passages[index]
        said = fit(" · ".join(one for one in (passage.said, passage.source) if one), width // 2)
        room = width - cell_len(said) - 2
        yield column(fit(passage.words, room), room) + " ", self.look("unread")
        yield said, self.look("dim")

    def row_reached(self, index: int) -> None:
        """Tell the dialog, which shows the passage whole."""
        self.post_message(self.Reached(index))

    def row_opened(self, index: int) -> None:
        """Tell the dialog which one was chosen."""
        self.post_message(self.Chosen(index))


class Checklist(Passages):
    """Passages with a tick each; digits and space switch it."""

    BINDING_GROUP_TITLE = "Passages to tick"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="check.tick", tooltip="Tick or clear this row"),
        *(
            Binding(
                str(number),
                f"tick({number})",
                f"Row {number}",
                show=False,
                id=f"check.row_{number}",
                group=_CHIPS,
                tooltip=f"Tick or clear row {number}",
            )
            for number in range(1, 10)
        ),
    ]

    @dataclass
    class Ticked(Message):
        """A row was ticked or cleared."""

    def __init__(self) -> None:
        super().__init__()
        self._off: set[int] = set()

    @property
    def chosen(self) -> Sequence[int]:
        """The rows that are ticked."""
        return [index for index in range(self.row_count) if index not in self._off]

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """Its digit and its tick go before the row."""
        tick = "☐" if index in self._off else "☑"
        digit = str(index + 1) if index < _DIGITS else " "
        yield f"{digit} ", self.look("mark")
        yield f"{tick} ", self.look("dim" if index in self._off else "unread")
        yield from super().row_parts(index, width - 4)

    def action_tick(self, number: int = 0) -> None:
        """Tick or clear a row; without a number the one under the cursor, and go on."""
        index = number - 1 if number else self.cursor
        if not 0 <= index < self.row_count:
            return
        self._off ^= {index}
        self.refresh()
        if not number:
            self.go_to(self.cursor + 1)
        self.post_message(self.Ticked())
