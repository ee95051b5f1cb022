"""The dimensions of a codebook and their codes, one a row: key, label, how often they are used."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.drawn_rows import Part
from tui.widgets.line_list import LineList
from tui.widgets.lines import column

_KEY_CELLS = 4
_COUNT_CELLS = 7
_RECENT_CELLS = 6
_ROLES = frozenset({"growth", "money", "people", "rules", "risk", "other"})


@dataclass(frozen=True)
class CodeLine:
    """A dimension, or one of its codes, as the list draws it."""

    dimension: str
    code: str
    """Empty for the dimension itself."""
    label: str
    key: str = ""
    colour: str = "other"
    claims: int | None = None
    """None until they are counted."""
    recent: int = 0
    gone: str = ""
    """Why nothing offers it any more, as "retired"."""
    kind: str = ""
    """Of a dimension: whether it is closed, open or one of regions."""

    @property
    def place(self) -> tuple[str, str]:
        """What tells it from every other row."""
        return (self.dimension, self.code)


class CodeList(LineList[CodeLine]):
    """Everything that claims can say, in the order that pickers have it."""

    BINDING_GROUP_TITLE = "Codes"

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{role}" for role in _ROLES}

    DEFAULT_CSS = """
    CodeList {
        & > .rows--growth { color: $signal-growth; text-style: bold; }
        & > .rows--money { color: $signal-money; text-style: bold; }
        & > .rows--people { color: $signal-people; text-style: bold; }
        & > .rows--rules { color: $signal-rules; text-style: bold; }
        & > .rows--risk { color: $signal-risk; text-style: bold; }
        & > .rows--other { color: $signal-other; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "ask('change')", "edit", id="codes.edit", tooltip="Change it"),
        Binding("a", "ask('add')", "add", id="codes.add", tooltip="Add a code here"),
        Binding(
            "x", "ask('retire')", "retire", id="codes.retire",
            tooltip="Retire it, so that nothing offers it; once more brings it back",
        ),
        Binding("M", "ask('merge')", "merge", id="codes.merge", tooltip="Merge it into another"),
        Binding(
            "J", "ask('down')", "Move down", show=False, id="codes.move_down",
            tooltip="Move it one place down",
        ),
        Binding(
            "K", "ask('up')", "Move up", show=False, id="codes.move_up",
            tooltip="Move it one place up",
        ),
    ]  # fmt: skip

    @dataclass
    class Asked(Message):
        """Something is to happen to the row under the cursor."""

        what: str
        line: CodeLine

    @dataclass
    class Reached(Message):
        """The cursor stands on this row now."""

        line: CodeLine

    @dataclass
    class Opened(Message):
        """The person wants to read on the page of this row."""

        line: CodeLine

    def line_id(self, line: CodeLine) -> tuple[str, str]:
        """The code's place in the codebook."""
        return line.place

    def show(self, lines: Sequence[CodeLine], *, at: Hashable = None) -> None:
        """Show these, and the page of the row under the cursor."""
        super().show(lines, at=at)
        if line := self.line_here:
            self.post_message(self.Reached(line))

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """Key, label, what became of it, claims in all and of the last 30 days."""
        line = self._lines[index]
        room = max(4, width - _KEY_CELLS - _COUNT_CELLS - _RECENT_CELLS - 1)
        if not line.code:
            key = f"t {line.key}" if line.key else ""
            yield column(line.label, room), self.look("mark")
            yield column(key, _KEY_CELLS), self.look("dim")
        else:
            dimmed = bool(line.gone)
            yield column(f"  {line.key}", _KEY_CELLS), self.look("dim" if dimmed else line.colour)
            told = f"{line.label} · {line.gone}" if line.gone else line.label
            yield column(told, room), self.look("dim" if dimmed else "unread")
        counted = "…" if line.claims is None else str(line.claims or "")
        yield column(counted, _COUNT_CELLS, right=True), self.look("badge")
        recent = str(line.recent) if line.recent else ""
        yield column(recent, _RECENT_CELLS, right=True), self.look("dim")

    def row_reached(self, index: int) -> None:
        """Other rows, other keys, another page."""
        self.refresh_bindings()
        self.post_message(self.Reached(self._lines[index]))

    def row_opened(self, index: int) -> None:
        """Go and read on its page."""
        self.post_message(self.Opened(self._lines[index]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dimension is no code; codes are added to closed ones only."""
        line = self.line_here
        if action != "ask":
            return True
        if line is None:
            return False
        if parameters == ("add",):
            return line.kind == "closed"
        if parameters == ("change",):
            return True
        if parameters == ("retire",):
            return bool(line.code) and line.gone in ("", "retired")
        return bool(line.code) and not line.gone

    def action_ask(self, what: str) -> None:
        """Ask the screen to do it."""
        if line := self.line_here:
            self.post_message(self.Asked(what, line))
