"""What a picker offers, and how it is answered."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct
from textual.message import Message

from tui.widgets.telling import Telling

__all__ = ["Answer", "Cancelled", "Choice", "Option", "Picked"]


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


class Option(Struct, frozen=True):
    """A choice, plainly."""

    code: str
    label: str
    hint: str = ""


class Picked(Telling):
    """A value was chosen."""

    option: Choice
    created: bool
    """It did not exist before."""


class Cancelled(Message):
    """The question was left unanswered."""


Answer = Picked | Cancelled
