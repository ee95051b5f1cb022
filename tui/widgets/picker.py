"""Choosing one value among many by number or by name, without leaving the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from store.text.clean import clean
from tui.widgets.lines import column, fit, strip_of

QUERY_LIMIT = 200
"""Characters of a query; no label is longer."""

_LAST_DIGIT = 9
_HINTS_FROM_HEIGHT = 5


class Choice(Protocol):
    """What can be picked."""

    @property
    def code(self) -> str:
        """What is stored."""

    @property
    def label(self) -> str:
        """How it reads."""

    @property
    def hint(self) -> str:
        """What tells it from others of that name; may be empty."""


@dataclass(frozen=True)
class Option:
    """A choice, plainly."""

    code: str
    label: str
    hint: str = ""


class Picker(Widget, can_focus=True):
    """A question with numbered answers. Only a pick, or Esc, closes it; it waits for ever."""

    HELP = "## Picking\nA digit picks. Letters search. **space** first makes digits text."
    BINDING_GROUP_TITLE = "Picking"
    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "picker--title",
        "picker--query",
        "picker--caret",
        "picker--number",
        "picker--label",
        "picker--hint",
        "picker--cursor",
        "picker--refusal",
    }

    DEFAULT_CSS = """
    Picker {
        display: none;
        height: 10;
        color: $foreground;
        background: $surface;
        &.-open { display: block; }
        & > .picker--title { color: $text-accent; text-style: bold; }
        & > .picker--query { color: $text; text-style: bold; }
        & > .picker--caret { color: $text; text-style: reverse; }
        & > .picker--number { color: $text-accent; text-style: bold; }
        & > .picker--label { color: $text; }
        & > .picker--hint { color: $text-muted; }
        & > .picker--cursor { background: $foreground 8%; }
        & > .picker--refusal { color: $text-error; }
        &:focus > .picker--cursor { background: $accent 25%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take", id="picker.take", tooltip="Take the row under the cursor"),
        Binding("down,tab", "down", "down", show=False, id="picker.down", tooltip="One row down"),
        Binding("up,shift+tab", "up", "up", show=False, id="picker.up", tooltip="One row up"),
        Binding(
            "backspace",
            "rub_out",
            "rub out",
            show=False,
            id="picker.rub_out",
            tooltip="Take back a letter; with none left, close",
        ),
        Binding(
            "escape",
            "back",
            "cancel",
            id="picker.back",
            tooltip="Clear what was typed; with nothing typed, close",
        ),
    ]

    @dataclass
    class Picked(Message):
        """A value was chosen."""

        option: Choice
        created: bool
        """It did not exist before."""

    class Cancelled(Message):
        """The question was left unanswered."""

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._choose: Callable[[str], Sequence[Choice]] = lambda _query: ()
        self._create: Callable[[str], Choice | None] | None = None
        self._offered: Sequence[Choice] = ()
        self._choices: Sequence[Choice] = ()
        self._query = ""
        self._refusal = ""
        self._cursor: int | None = None
        self._digits_pick = True
        self._focused_before: Widget | None = None

    # -------------------------------------------------------- asking

    def open(
        self,
        title: str,
        choose: Callable[[str], Sequence[Choice]],
        *,
        offered: Sequence[Choice] = (),
        create: Callable[[str], Choice | None] | None = None,
    ) -> None:
        """Ask: ``offered`` stands before anything is typed, ``choose`` answers what is typed.

        ``create`` makes a value of words that name none, or returns None when it will not.
        """
        if not self.is_open:
            self._focused_before = self.screen.focused
        self._title, self._choose, self._create, self._offered = title, choose, create, offered
        self._digits_pick = True
        self.add_class("-open")
        self._ask("")
        self.focus(scroll_visible=False)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.has_class("-open")

    def _ask(self, query: str) -> None:
        self._query = clean(query, limit=QUERY_LIMIT).lstrip()
        wanted = self._query.strip()
        self._choices = tuple(self._choose(wanted) if wanted else self._offered)
        self._cursor = 0 if self._choices else None
        self._refusal = ""
        self.refresh()

    def _close(self) -> None:
        self.remove_class("-open")
        before, self._focused_before = self._focused_before, None
        if before is not None and before.is_attached and self.screen.focused in (self, None):
            self.screen.set_focus(before, scroll_visible=False)

    def _pick(self, row: int) -> None:
        if row < len(self._choices):
            self._answer(self._choices[row], created=False)
        elif self._create is not None:
            made = self._create(self._query.strip())
            if made is None:
                self._refusal = f"“{self._query.strip()}” cannot be created"
                self.refresh()
            else:
                self._answer(made, created=True)

    def _answer(self, option: Choice, *, created: bool) -> None:
        self._close()
        self.post_message(self.Picked(option, created))

    @property
    def _row_count(self) -> int:
        creates = self._create is not None and bool(self._query.strip())
        return len(self._choices) + int(creates)

    # -------------------------------------------------------- keys

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every letter is for the query: no pane behind it offers its keys meanwhile."""
        return character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Pick by digit, type the rest; what means nothing here must mean nothing elsewhere."""
        active = self.screen.active_bindings.get(event.key)
        if active is not None and active.node is self:
            return
        event.stop()
        event.prevent_default()
        if not event.is_printable or event.character is None:
            return
        if self._digits_pick and event.character in "0123456789":
            row = int(event.character) - 1
            if 0 <= row < len(self._choices):
                self._pick(row)
        elif event.character == " " and not self._query:
            self._digits_pick = False
            self.refresh()
        else:
            self._ask(self._query + event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text as typed."""
        event.stop()
        self._ask(self._query + event.text)

    def action_take(self) -> None:
        """Take the row under the cursor."""
        if self._cursor is not None:
            self._pick(self._cursor)

    def action_down(self) -> None:
        """Go one row down."""
        if self._row_count:
            self._cursor = 0 if self._cursor is None else min(self._cursor + 1, self._row_count - 1)
            self.refresh()

    def action_up(self) -> None:
        """Go one row up."""
        if self._cursor is not None:
            self._cursor = max(self._cursor - 1, 0)
            self.refresh()

    def action_rub_out(self) -> None:
        """Take back a letter; with none left, close."""
        if self._query:
            self._ask(self._query[:-1])
        else:
            self._cancel()

    def action_back(self) -> None:
        """Clear what was typed; with nothing typed, close."""
        if self._query:
            self._ask("")
        else:
            self._cancel()

    def _cancel(self) -> None:
        self._close()
        self.post_message(self.Cancelled())

    def on_click(self, event: events.Click) -> None:
        """Pick what is clicked."""
        row = self._first_row + event.y - 1
        if 1 <= event.y <= self._room and row < self._row_count:
            self._pick(row)

    # -------------------------------------------------------- drawing

    @property
    def _room(self) -> int:
        height = self.size.height
        return max(1, height - 1 - (height >= _HINTS_FROM_HEIGHT))

    @property
    def _first_row(self) -> int:
        return max(0, (self._cursor or 0) - self._room + 1)

    def _look(self, part: str) -> Style:
        style = self.get_component_rich_style(f"picker--{part}")
        return Style(color=style.color, bold=style.bold, reverse=style.reverse)

    def render_line(self, y: int) -> Strip:
        """The question, the rows, and what keys do."""
        width, base = self.size.width, self.rich_style
        row = self._first_row + y - 1
        parts: Iterable[tuple[str, Style]] = ()
        if y == 0:
            parts = self._question(width)
        elif y > self._room:
            parts = [(" ", base), (fit(self._hint, width - 2), self._look("hint"))]
        elif row < self._row_count:
            if row == self._cursor:
                base = base + Style(bgcolor=self.get_component_rich_style("picker--cursor").bgcolor)
            parts = self._row(row, width)
        elif y == 1 and self._query:
            parts = [("   nothing by that name", self._look("hint"))]
        return strip_of(parts, width, base)

    def _question(self, width: int) -> Iterable[tuple[str, Style]]:
        title = fit(self._title, width // 2)
        yield f" {title}  ", self._look("title")
        # The end of what was typed is what one looks at, so the beginning gives way.
        room = max(1, width - cell_len(title) - 6)
        query = self._query
        while cell_len(query) > room:
            query = query[1:]
        yield query, self._look("query")
        yield " ", self._look("caret")

    def _row(self, row: int, width: int) -> Iterable[tuple[str, Style]]:
        bar = "▌" if row == self._cursor else " "
        yield bar, self._look("title")
        if row >= len(self._choices):
            yield "+ ", self._look("number")
            yield f"create “{fit(self._query.strip(), width - 14)}”", self._look("label")
            return
        choice = self._choices[row]
        number = str(row + 1) if self._digits_pick and row < _LAST_DIGIT else " "
        yield f"{number} ", self._look("number")
        room = width - 4
        label = fit(choice.label, room)
        yield label, self._look("label")
        room -= cell_len(label) + 2
        if choice.hint and room > 0:
            yield "  " + column(choice.hint, room), self._look("hint")

    @property
    def _hint(self) -> str:
        if self._refusal:
            return self._refusal
        if self._query:
            return "enter take · ↓ more · Esc clear"
        if not self._digits_pick:
            return "digits are text now · Esc cancel"
        numbered = f"1-{min(len(self._choices), _LAST_DIGIT)} pick · " if self._choices else ""
        return f"{numbered}type to find · space digits as text · Esc cancel"
