"""What is asked of a person about how a feed is fetched."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.desk.feed_figures import minutes_told, typed_megabytes, typed_minutes
from store.errors import DeskError
from store.settings import MODEST_MINUTES, MOST_MEGABYTES
from store.text.clean import clean, guard
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.line_input import LineInput

NUMBER_LIMIT = 40


class AskNumber(Dialog[int | None]):
    """Gives back what a typed line means, or None for no change."""

    BINDING_GROUP_TITLE = "A feed's setting"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="care_dialog.cancel", tooltip="Change nothing"),
    ]

    def __init__(
        self,
        title: str,
        says: str,
        typed: str,
        *,
        read: Callable[[str], int],
        warn: Callable[[int], str] = lambda _number: "",
    ) -> None:
        """``read`` says what is meant, or raises DeskError; ``warn`` what to think of before."""
        super().__init__()
        self._title = title
        self._says = says
        self._typed = typed
        self._read = read
        self._warn = warn

    def compose(self) -> ComposeResult:
        """What it is about, the line, what is wrong with it."""
        with Sheet():
            yield line(self._title, "title")
            yield line(self._says, "text")
            yield LineInput(guard(self._typed), max_length=NUMBER_LIMIT, placeholder="the usual")
            yield Problem()
            yield line("enter saves · empty: the usual · ‹Esc:care_dialog.cancel› leaves", "keys")

    def _meant(self) -> int:
        return self._read(clean(self.query_one(Input).value, limit=NUMBER_LIMIT))

    @on(Input.Changed)
    def _think(self) -> None:
        try:
            warning = self._warn(self._meant())
        except DeskError:
            warning = ""  # half a word is no mistake yet
        self.query_one(Problem).tell(warning)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self.dismiss(self._meant())
        except DeskError as error:
            self.query_one(Problem).tell(str(error))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def ask_interval(name: str, minutes: int, usual: int) -> AskNumber:
    """How often a feed may be fetched."""
    return AskNumber(
        f"How often to fetch {name}",
        f"At most once in so long, as 90, 2h or 1d; all feeds: {minutes_told(usual)}. Where its"
        " publisher asks for longer, that counts.",
        str(minutes or ""),
        read=typed_minutes,
        warn=_often,
    )


def ask_cap(name: str, megabytes: int) -> AskNumber:
    """How large a feed may be."""
    return AskNumber(
        f"How large {name} may be",
        f"In megabytes when unpacked, up to {MOST_MEGABYTES}; larger is not read.",
        str(megabytes or ""),
        read=typed_megabytes,
    )


def _often(minutes: int) -> str:
    if 0 < minutes < MODEST_MINUTES:
        return f"Less than {MODEST_MINUTES} min: many publishers turn away who asks that often."
    return ""
