"""Lists whose lines are made anew when something changed, while the cursor stays where it was."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from tui.widgets.rows import RowList

L = TypeVar("L")


class LineList(RowList, Generic[L]):
    """Rows that stand for lines of one kind; how they are drawn a subclass says."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[L] = ()

    def line_id(self, line: L) -> Hashable:
        """What tells a line's thing from every other, whatever is said of it now."""
        raise NotImplementedError

    def show(self, lines: Sequence[L], *, at: Hashable = None) -> None:
        """Show these; the cursor goes to the thing named, else it stays on its own."""
        here, screen_row = self.line_here, self.screen_row
        wanted = self.line_id(here) if at is None and here is not None else at
        self._lines = lines
        ids = [self.line_id(line) for line in lines]
        row = ids.index(wanted) if wanted in ids else self.cursor
        self.place(row, screen_row=screen_row)
        self.refresh_bindings()
        self.refresh()

    @property
    def line_here(self) -> L | None:
        """The line under the cursor."""
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    @property
    def row_count(self) -> int:
        """How many there are."""
        return len(self._lines)
