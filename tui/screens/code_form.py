"""A form to fill in by keyboard: one field under the other, saved as a whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from store.desk import DeskError
from store.text.clean import guard
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.line_input import LineInput, act_at_once

_LEAST_LINES, _MOST_LINES = 2, 6
_AIRY = 30
"""Lines of a terminal from which fields stand apart."""

Value = str | tuple[str, ...]
Save = Callable[[Mapping[str, Value]], Awaitable[str]]
"""Takes what was typed, by field, and says what was saved; raises DeskError if it cannot be."""


@dataclass(frozen=True)
class Field:
    """One thing to fill in."""

    name: str
    label: str
    kind: Literal["line", "text", "lines", "choice"]
    value: Value = ""
    options: tuple[tuple[str, str], ...] = ()
    """Of a choice: values, and the style that each is shown in."""
    hint: str = ""


class OneOf(Widget, can_focus=True):
    """A few words of which one is chosen, with the arrows or with space."""

    BINDING_GROUP_TITLE = "A choice in a form"

    DEFAULT_CSS = """
    OneOf { height: 1; width: 1fr; }
    OneOf:focus { background: $foreground 8%; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "choose(1)", "Next", show=False, id="choice.next",
                tooltip="Choose the next"),
        Binding("left,h", "choose(-1)", "Previous", show=False, id="choice.previous",
                tooltip="Choose the one before"),
    ]  # fmt: skip

    class Changed(Message):
        """Another one was chosen."""

    def __init__(self, options: Sequence[tuple[str, str]], chosen: str, *, name: str) -> None:
        super().__init__(name=name)
        self._options = options
        words = [word for word, _ in options]
        self._at = words.index(chosen) if chosen in words else 0

    @property
    def chosen(self) -> str:
        """The word that is chosen."""
        return self._options[self._at][0]

    def action_choose(self, by: int) -> None:
        """Choose another."""
        self._at = (self._at + by) % len(self._options)
        self.post_message(self.Changed())
        self.refresh()

    def render(self) -> Content:
        """All of them, the chosen one marked also without colour."""
        parts: list[Content] = []
        for at, (word, style) in enumerate(self._options):
            is_chosen = at == self._at
            look = f"{style} bold reverse" if is_chosen else style
            parts.append(Content.assemble((f" {'●' if is_chosen else '○'} {word} ", look)))
        return Content(" ").join(parts)


class CodeForm(Dialog[str]):
    """Gives back what was saved, in words; nothing if nothing was."""

    BINDING_GROUP_TITLE = "A form of the codebook"

    DEFAULT_CSS = """
    CodeForm {
        & > Sheet { width: 96; height: 90%; padding: 0 2; }
        VerticalScroll { height: 1fr; scrollbar-size: 0 1; }
        .form--row { height: auto; margin-bottom: 1; }
        .form--row.-hinted { margin-bottom: 0; }
        .form--label { width: 12; color: $text-muted; }
        .form--hint { margin-left: 12; margin-bottom: 1; color: $text-muted; }
        Input, TextArea { border: none; padding: 0 1; background: $foreground 6%; width: 1fr; }
        Input { height: 1; }
        Input:focus, TextArea:focus { background: $foreground 12%; border: none; }
        #problem { margin-top: 0; height: auto; max-height: 3; }
        .dialog--keys { margin-top: 0; }
    }
    CodeForm.-narrow {
        & > Sheet { padding: 0 1; height: 100%; }
        .form--row { margin-bottom: 0; }
        .form--hint { margin: 0 0 0 12; }
    }
    """

    KIND: ClassVar[str] = "code_form"
    """How the ids of its keys begin."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="code_form.save", tooltip="Save", priority=True),
        Binding("escape", "cancel", "leave", id="code_form.cancel", tooltip="Change nothing"),
        Binding("enter", "end_line", "next field", show=False, id="code_form.end_line",
                tooltip="From a line to the next field", priority=True),
    ]  # fmt: skip

    def __init__(self, title: str, fields: Sequence[Field], save: Save) -> None:
        super().__init__()
        self._title = title
        self._fields = fields
        self._save = save
        self._leaving = False

    def compose(self) -> ComposeResult:
        """The fields, to be gone through with Tab."""
        with Sheet():
            yield line(self._title, "title")
            with VerticalScroll(can_focus=False):
                for field in self._fields:
                    hinted = " -hinted" if field.hint else ""
                    with Horizontal(classes=f"form--row{hinted}"):
                        yield Static(Content(field.label), classes="form--label")
                        yield _input_of(field)
                    if field.hint:
                        yield Static(Content(guard(field.hint)), classes="form--hint")
            yield Problem()
            yield line(
                f"‹ctrl+s:{self.KIND}.save› saves · Tab next field · "
                f"‹Esc:{self.KIND}.cancel› leaves",
                "keys",
            )

    def on_mount(self) -> None:
        """Begin at the first field."""
        self.query(".form--row > Input, .form--row > TextArea, .form--row > OneOf").first().focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave out what is only air where there is little room."""
        self.set_class(event.size.height < _AIRY, "-narrow")

    @property
    def typed(self) -> dict[str, Value]:
        """What stands in the fields."""
        return {field.name: self._value_of(field) for field in self._fields}

    def _value_of(self, field: Field) -> Value:
        for widget in self.query(".form--row > *"):
            if widget.name != field.name:
                continue
            if isinstance(widget, Input):
                return widget.value.strip()
            if isinstance(widget, OneOf):
                return widget.chosen
            if isinstance(widget, TextArea):
                if field.kind == "text":
                    return widget.text.strip()
                return tuple(one.strip() for one in widget.text.splitlines() if one.strip())
        return field.value

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a line is ended by Enter; a text has lines of its own."""
        if action == "end_line":
            return isinstance(self.focused, Input)
        return super().check_action(action, parameters)

    def action_end_line(self) -> None:
        """Go to the next field."""
        self.focus_next()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(OneOf.Changed)
    def _changed(self) -> None:
        self._leaving = False

    async def action_save(self) -> None:
        """Save what was typed, or say what is wrong with it."""
        self._save_all()

    @work(group="write", exclusive=True)
    async def _save_all(self) -> None:
        try:
            said = await self._save(self.typed)
        except DeskError as error:
            self.query_one(Problem).tell(str(error))
        else:
            self.dismiss(said)

    def action_cancel(self) -> None:
        """Leave; what was typed is given up only at the second time."""
        was_changed = self.typed != {field.name: _settled(field) for field in self._fields}
        if was_changed and not self._leaving:
            self._leaving = True
            self.query_one(Problem).tell("Not saved: ctrl+s saves, Esc again gives it up.")
        else:
            self.dismiss("")


class TextInput(TextArea):
    """Several lines, whose keys act in their order too."""

    async def _on_key(self, event: events.Key) -> None:
        await act_at_once(self, event)


def _input_of(field: Field) -> Widget:
    if field.kind == "choice":
        return OneOf(field.options, str(field.value), name=field.name)
    if field.kind == "line":
        return LineInput(guard(str(field.value)), name=field.name, select_on_focus=False)
    text = field.value if isinstance(field.value, str) else "\n".join(field.value)
    area = TextInput(guard(text, lines=True), name=field.name, show_line_numbers=False,
                    soft_wrap=True, compact=True)  # fmt: skip
    shown = max(_LEAST_LINES, min(_MOST_LINES, text.count("\n") + 2))
    area.styles.height = shown
    return area


def _settled(field: Field) -> Value:
    """A field's value as it would be read if nobody touched it."""
    return field.value.strip() if isinstance(field.value, str) else field.value
