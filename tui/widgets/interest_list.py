"""Watch words and rules, one a row, each group under its name."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.prompts import chosen_on, hinted
from tui.widgets.drawn_rows import Part
from tui.widgets.line_list import LineList
from tui.widgets.lines import column, fit, wrapped

Group = Literal["word", "rule"]

_NAME_SHARE = 0.4
_NAME_MOST = 36
_MOST = 120
"""Cells of a row: figures farther away from their name would be hard to follow."""
_FOUND_CELLS = 20
_FOUND_FROM = 60
_MISTAKE_LINES = 3


@dataclass(frozen=True)
class InterestLine:
    """A watch word or a rule as the list draws it; without a name, the head of its group."""

    group: Group
    id: str = ""
    name: str = ""
    on: bool = True
    does: str = ""
    """What happens by it, in a few words."""
    query: str = ""
    found: str = ""
    """How many articles it finds."""
    mistake: str = ""
    """Why it does nothing."""

    @property
    def is_head(self) -> bool:
        """Whether it is the head of its group."""
        return not self.id


_HEADS: dict[Group, str] = {
    "word": "Watch words · lit wherever they stand",
    "rule": "Rules · done to articles that come in",
}
_NONE: dict[Group, str] = {
    "word": "none yet: ‹a:interests.add› adds one, as export controls or chip*",
    "rule": "none yet: ‹a:interests.add› adds one, a query and what to do",
}


class InterestList(LineList[InterestLine]):
    """What somebody looks for again and again."""

    BINDING_GROUP_TITLE = "Watch words and rules"
    FOOT_LOOK = "dim"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "ask('add')", "add", id="interests.add",
                tooltip="Add a watch word, or a rule, to the group under the cursor"),
        Binding("e", "ask('edit')", "edit", id="interests.edit", tooltip="Change it"),
        Binding("x", "ask('switch')", "on/off", id="interests.switch",
                tooltip="Switch it on or off"),
        Binding("d", "ask('delete')", "delete", id="interests.delete", tooltip="Delete it"),
        Binding("p", "ask('apply')", "apply", id="interests.apply",
                tooltip="Apply the rule to the articles that are there"),
        Binding("J", "ask('down')", "Move down", show=False, id="interests.move_down",
                tooltip="Move it one place down"),
        Binding("K", "ask('up')", "Move up", show=False, id="interests.move_up",
                tooltip="Move it one place up"),
    ]  # fmt: skip

    @dataclass
    class Asked(Message):
        """Something is to happen to the row under the cursor."""

        what: str
        line: InterestLine

    def __init__(self) -> None:
        super().__init__()
        self.heading = "Watch words and rules"

    def line_id(self, line: InterestLine) -> Hashable:
        """The group, and what tells it from others there."""
        return line.group, line.id

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """A head; or whether it is on, its name, what it does, how much it finds."""
        line = self._lines[index]
        if line.is_head:
            said = _HEADS[line.group]
            is_empty = index + 1 >= len(self._lines) or self._lines[index + 1].is_head
            yield column(said, min(width, len(said) + 2)), self.look("mark")
            none = hinted(_NONE[line.group], chosen_on(self.app)) if is_empty else ""
            yield column(none, width), self.look("dim")
            return
        usual = self.look("unread" if line.on and not line.mistake else "dim")
        yield "! " if line.mistake else "  ", self.look("error")
        yield "☑ " if line.on else "☐ ", usual
        width = min(width, _MOST)
        found = line.found if width >= _FOUND_FROM else ""
        room = max(0, width - 4 - (_FOUND_CELLS if found else 0))
        cells = min(_NAME_MOST, int(room * _NAME_SHARE))
        yield column(fit(line.name, cells), cells) + "  ", usual
        rest = max(0, room - cells - 2)
        said = " · ".join(one for one in (line.does, line.query) if one)
        yield column(fit(said, rest), rest), self.look("dim")
        if found:
            yield column(found, _FOUND_CELLS, right=True), self.look("age")

    def footnote(self, width: int) -> Sequence[str]:
        """What is wrong with the rule under the cursor, or all of it where that is cut off."""
        line = self.line_here
        if line is None or line.is_head:
            return ()
        said = line.mistake or " · ".join(filter(None, (line.does, line.query, line.found)))
        return wrapped(said, width - 3, lines=_MISTAKE_LINES)

    def row_reached(self, index: int) -> None:
        """Other rows, other keys."""
        self.refresh_bindings()

    def row_opened(self, index: int) -> None:
        """Change it; on a head, add one."""
        line = self._lines[index]
        self.post_message(self.Asked("add" if line.is_head else "edit", line))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A head can only get another row; only rules are applied."""
        line = self.line_here
        if action != "ask" or parameters == ("add",):
            return True
        if line is None or line.is_head:
            return False
        return parameters != ("apply",) or line.group == "rule"

    def action_ask(self, what: str) -> None:
        """Ask the screen to do it."""
        if line := self.line_here:
            self.post_message(self.Asked(what, line))
