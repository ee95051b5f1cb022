"""Screens over the desk: left once, however fast the keys that leave them were typed."""

from __future__ import annotations

from typing import TypeVar

from textual import events, on
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from tui.widgets.status import Status

Answer = TypeVar("Answer")


def may_leave(screen: Screen[Answer]) -> bool:
    """Whether it is the screen on top: leaving takes off that one, whichever it is by then."""
    return screen.is_active


class FullScreen(Screen[Answer]):
    """A screen over the desk that ends with an answer; what is said after it comes too late.

    Its last line is a ``Status``.
    """

    def say(self, text: str, *, error: bool = False) -> None:
        """Tell something in the last line."""
        self.query_one(Status).say(text, error=error)

    def action_help(self) -> None:
        """Show every key that works here."""
        from tui.screens.help import Help, sources_of, working_on

        self.app.push_screen(Help(sources_of(self), working_on(self)))

    @on(events.Key)
    def _error_was_seen(self) -> None:
        """Any key means that an error was seen."""
        self.query_one(Status).acknowledge()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give the answer and go, unless that was done already."""
        return super().dismiss(result) if may_leave(self) else AwaitComplete()
