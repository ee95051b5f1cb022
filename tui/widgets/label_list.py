"""Labels to tick, narrowed by what is typed above them; the last row makes a new one of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.style import Style
from textual.message import Message

from tui.widgets.drawn_rows import Part
from tui.widgets.lines import column
from tui.widgets.rows import RowList

_TICKS = {"all": "☑ ", "some": "◪ ", "none": "☐ "}


@dataclass(frozen=True)
class LabelLine:
    """A label as the list draws it."""

    name: str
    on: str
    """On how many of the articles it is: "all", "some" or "none"."""
    is_new: bool = False


class LabelList(RowList, can_focus=False):
    """It never takes the focus: the line above hands it the keys."""

    DEFAULT_CSS = """
    LabelList { height: 9; margin-top: 1; background: $surface; }
    """

    class Ticked(Message):
        """The row under the cursor was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[LabelLine] = []
        self.heading = "Labels"
        self.empty = "No label yet: type one."

    def show(self, lines: list[LabelLine], *, heading: str) -> None:
        """Show these; the cursor stays on its label if it is there, else it goes to the top."""
        here = self.line_here
        names = [line.name for line in lines]
        self._lines, self.heading = lines, heading
        self.place(names.index(here.name) if here and here.name in names else 0, screen_row=0)

    @property
    def line_here(self) -> LabelLine | None:
        """The label under the cursor."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self._lines)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """Its tick and its name."""
        line = self._lines[index]
        if line.is_new:
            yield "+ ", self.look("mark")
            yield column(f"new label “{line.name}”", width - 2), self.look("unread")
            return
        look: Style = self.look("dim" if line.on == "none" else "unread")
        yield _TICKS[line.on], look
        yield column(line.name, width - 2), look

    def row_opened(self, index: int) -> None:
        """Tick what is clicked."""
        self.post_message(self.Ticked())
