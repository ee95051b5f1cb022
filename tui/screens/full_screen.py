"""Screens that are left once, however fast the keys that leave them were typed."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import Screen

Answer = TypeVar("Answer")


def may_leave(screen: Screen[Answer]) -> bool:
    """Whether it is the screen on top: leaving takes off that one, whichever it is by then."""
    return screen.is_active


class FullScreen(Screen[Answer]):
    """A screen over the desk that ends with an answer; what is said after it comes too late."""

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give the answer and go, unless that was done already."""
        return super().dismiss(result) if may_leave(self) else AwaitComplete()
