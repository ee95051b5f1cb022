"""Asking which of the others shall stand for a code or a company that is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult

from store.claims.lexicon import Choice
from tui.screens.dialog import Dialog, Sheet, line
from tui.widgets.picker import Picked, Picker


class MergeDialog(Dialog[str]):
    """Gives back the id of what was picked; empty for none."""

    BINDING_GROUP_TITLE = "Merging"
    DEFAULT_CSS = "MergeDialog Picker { height: 12; margin-top: 1; }"
    AUTO_FOCUS = ""

    def __init__(self, name: str, says: str, choose: Callable[[str], Sequence[Choice]]) -> None:
        """``says`` is what merging does; ``choose`` finds others by what is typed."""
        super().__init__()
        self._title = f"Merge {name} into …"
        self._says = says
        self._choose = choose

    def compose(self) -> ComposeResult:
        """What merging does, and the picker."""
        with Sheet():
            yield line(self._title, "title")
            yield line(self._says, "text")
            yield Picker()

    def on_mount(self) -> None:
        """Ask."""
        self.query_one(Picker).open("into", self._choose)

    def on_key(self, event: events.Key) -> None:
        """Every key is the picker's."""
        event.stop()
        event.prevent_default()
        answer = self.query_one(Picker).press(event.key, event.character)
        if answer is not None:
            self.dismiss(answer.option.code if isinstance(answer, Picked) else "")

    @on(Picked)
    def _picked_by_mouse(self, event: Picked) -> None:
        self.dismiss(event.option.code)
