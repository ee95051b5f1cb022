"""Asking for the address of a feed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.text.clean import ADDRESS_LIMIT, clean
from tui.screens.dialog import Dialog, Problem, Sheet, line


class AddressInput(Input):
    """A line to type or paste into; what a terminal must not receive never gets in."""

    def validate_value(self, value: str) -> str:
        """Clean what was typed or pasted."""
        return clean(value, limit=ADDRESS_LIMIT)


class AddFeed(Dialog[str | None]):
    """Gives back what was typed, or None. Whether it is an address, the desk decides."""

    BINDING_GROUP_TITLE = "Adding a feed"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="add_feed.cancel", tooltip="Add nothing"),
    ]

    def __init__(self, *, text: str = "", error: str = "") -> None:
        """Start with ``text``; ``error`` is the sentence that says why it was not taken before."""
        super().__init__()
        self._text = text
        self._error = error

    def compose(self) -> ComposeResult:
        """Title, the line to type in, what was wrong with it, keys."""
        with Sheet():
            yield line("Add a feed", "title")
            yield AddressInput(
                self._text, placeholder="example.org/feed.xml", select_on_focus=False
            )
            yield Problem(self._error)
            yield line("Type or paste its address.  enter adds it · Esc leaves", "keys")

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        if address := event.value.strip():
            self.dismiss(address)
        else:
            self.query_one(Problem).tell("Type or paste an address first.")

    def action_cancel(self) -> None:
        """Add nothing."""
        self.dismiss(None)
