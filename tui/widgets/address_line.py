"""What is typed and asked while feeds are added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from store.text.clean import ADDRESS_LIMIT, clean, guard
from tui.widgets.line_input import LineInput

PASTE_LIMIT = 16 * ADDRESS_LIMIT
"""Characters; a hundred addresses fit, or one that is as long as any may be."""


class AddressInput(LineInput):
    """A line to type or paste into; what a terminal must not receive never gets in."""

    def validate_value(self, value: str) -> str:
        """Clean what was typed or pasted."""
        return clean(value, limit=PASTE_LIMIT)

    def _on_paste(self, event: events.Paste) -> None:
        """Take all lines of a paste, one address after the other; Input takes only the first."""
        if event.text:
            self.insert_text_at_cursor(" ".join(event.text.split()))
        event.stop()
        event.prevent_default()


class Question(Static, can_focus=True):
    """Something to be answered by a key."""

    BINDING_GROUP_TITLE = "A question while adding"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,a", "answer(True)", "yes", id="add_feed.yes", tooltip="Do what is asked"),
        Binding("n", "answer(False)", "no", id="add_feed.no", tooltip="Do not"),
    ]

    @dataclass
    class Answered(Message):
        """A key was pressed."""

        yes: bool

    def ask(self, question: str) -> None:
        """Show the question; whatever it says is shown literally."""
        self.update(Content(guard(question)))
        self.display = True
        self.focus()

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.post_message(self.Answered(yes))
