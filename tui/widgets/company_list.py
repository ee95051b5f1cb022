"""Companies, one a row: names, what registers call them, and how many claims name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.drawn_rows import Part
from tui.widgets.line_list import LineList
from tui.widgets.lines import column, wrapped

_CLAIMS_CELLS = 7
_NAME_SHARE = 0.34
_NAME_MOST = 34
_IDENTIFIERS_FROM = 70
_IDENTIFIERS_CELLS = 24
_NAMES_LINES = 4


@dataclass(frozen=True)
class CompanyLine:
    """A company as the list draws it; ``under`` another one it was merged into that."""

    id: str
    name: str
    names: str = ""
    identifiers: str = ""
    claims: int = 0
    source: str = ""
    under: str = ""


class CompanyList(LineList[CompanyLine]):
    """Every company that the filter lets through."""

    BINDING_GROUP_TITLE = "Companies"
    FOOT_LOOK = "dim"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "ask('describe')", "edit", id="companies.edit", tooltip="Change its names"),
        Binding("M", "ask('merge')", "merge", id="companies.merge", tooltip="Merge into another"),
        Binding(
            "S", "ask('split')", "split", id="companies.split", tooltip="Split off other names"
        ),
        Binding("x", "ask('part')", "part", id="companies.part", tooltip="Take a merge back"),
    ]

    @dataclass
    class Asked(Message):
        """Something is to happen to the company under the cursor."""

        what: str
        line: CompanyLine

    def __init__(self) -> None:
        super().__init__()
        self.heading = "Companies"

    def line_id(self, line: CompanyLine) -> str:
        """The company's id."""
        return line.id

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """Claims, name, identifiers where there is room, other names."""
        line = self._lines[index]
        claims = str(line.claims) if line.claims else ""
        yield column(claims, _CLAIMS_CELLS - 2, right=True) + "  ", self.look("badge")
        room = width - _CLAIMS_CELLS
        cells = min(_NAME_MOST, int(room * _NAME_SHARE) if room > _NAME_MOST else room)
        name = f"↳ {line.name}" if line.under else line.name
        yield column(name, cells) + "  ", self.look("dim" if line.under else "unread")
        room -= cells + 2
        if width >= _IDENTIFIERS_FROM:
            yield column(line.identifiers, _IDENTIFIERS_CELLS) + "  ", self.look("source")
            room -= _IDENTIFIERS_CELLS + 2
        if room > 0:
            yield column("merged" if line.under else line.names, room), self.look("dim")

    def row_reached(self, index: int) -> None:
        """Other rows, other keys."""
        self.refresh_bindings()

    def row_opened(self, index: int) -> None:
        """Ask for the claims that name it."""
        self.post_message(self.Asked("claims", self._lines[index]))

    def footnote(self, width: int) -> Sequence[str]:
        """All that is known of the company under the cursor."""
        line = self.line_here
        if line is None:
            return ()
        told = [line.id, line.source, line.identifiers, line.names]
        return wrapped(" · ".join(one for one in told if one), width - 3, lines=_NAMES_LINES)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a merged record can be parted; the rest is for those that stand."""
        if action != "ask":
            return True
        line = self.line_here
        return line is not None and bool(line.under) == (parameters == ("part",))

    def action_ask(self, what: str) -> None:
        """Ask the screen to do it."""
        if line := self.line_here:
            self.post_message(self.Asked(what, line))
