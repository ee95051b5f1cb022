"""What a picker offers, and how it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from textual.message import Message

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


@dataclass(frozen=True)
class Option:
    """A choice, plainly."""

    code: str
    label: str
    hint: str = ""


@dataclass
class Picked(Message):
    """A value was chosen."""

    option: Choice
    created: bool
    """It did not exist before."""


class Cancelled(Message):
    """The question was left unanswered."""


Answer = Picked | Cancelled
