"""The line in which a filter is typed, and the one under it that says what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from store.query import LIMIT
from store.text.clean import clean, guard
from tui.widgets.line_input import LineInput


class FilterInput(LineInput):
    """What is typed counts at once."""

    BINDING_GROUP_TITLE = "Filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "done", "to the claims", id="filter.done", tooltip="Go to the rows"),
        Binding("escape", "clear", "clear", id="filter.clear", tooltip="Clear the filter and go"),
    ]

    @dataclass
    class Done(Message):
        """The rows are wanted; ``cleared`` says without a filter."""

        cleared: bool = False

    def action_done(self) -> None:
        """Go to what is found."""
        self.post_message(self.Done())

    def action_clear(self) -> None:
        """Find all again."""
        self.value = ""
        self.post_message(self.Done(cleared=True))


class FilterBar(Vertical):
    """A filter in words."""

    DEFAULT_CSS: ClassVar[str] = """
    FilterBar {
        height: auto;
        & > FilterInput {
            height: 1;
            border: none;
            padding: 0 1;
            background: $surface;
            color: $text-muted;
            &:focus { color: $text; border: none; }
        }
        & > #filter-told { height: auto; max-height: 2; padding: 0 1; display: none;
                           color: $text-muted; }
        &.-typing > #filter-told, &.-wrong > #filter-told { display: block; }
        &.-wrong > #filter-told { color: $text-error; }
    }
    """

    @dataclass
    class Changed(Message):
        """The filter says something else now."""

        query: str

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The line, and what is told of it."""
        yield FilterInput(placeholder="/ filters", max_length=LIMIT, select_on_focus=False)
        yield Static(Content(self._hint), id="filter-told")

    @property
    def query_text(self) -> str:
        """What is typed."""
        return self.query_one(FilterInput).value

    def put(self, query: str) -> None:
        """Type this, in place of what is there."""
        self.query_one(FilterInput).value = query
        self.query_one(FilterInput).cursor_position = len(query)

    def tell(self, mistake: str) -> None:
        """Say what is wrong with it; "" for nothing."""
        self.set_class(bool(mistake), "-wrong")
        told = f"! {guard(mistake)}" if mistake else self._hint
        self.query_one("#filter-told", Static).update(Content(told))

    @on(events.DescendantFocus)
    def _typing(self) -> None:
        self.add_class("-typing")

    @on(events.DescendantBlur)
    def _typed(self) -> None:
        self.remove_class("-typing")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(clean(event.value, limit=LIMIT)))
