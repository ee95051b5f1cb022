"""Asking before something that cannot be taken back with one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui.screens.dialog import Dialog, Sheet, line


class Confirm(Dialog[bool]):
    """A question that only ``y`` answers with yes."""

    BINDING_GROUP_TITLE = "Questions"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="confirm.yes", tooltip="Do it"),
        Binding("n,escape", "answer(False)", "no", id="confirm.no", tooltip="Leave it as it is"),
    ]

    def __init__(self, question: str, *, consequence: str = "") -> None:
        """``question`` names the thing; ``consequence`` says what becomes of it."""
        super().__init__()
        self._question = question
        self._consequence = consequence

    def compose(self) -> ComposeResult:
        """The question, what follows from it, keys."""
        with Sheet():
            yield line(self._question, "title")
            if self._consequence:
                yield line(self._consequence, "text")
            yield line("y yes · n no", "keys")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)
