"""What is asked before many pages are opened, which program gets an article, and what it said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.desk.pipes import Said
from store.text.clean import guard
from tui.screens.codebook_dialogs import ReadSheet
from tui.screens.dialog import Dialog, Sheet, line

PICKS = "123456789abcdefghiklmnoprstuvwxyz"
"""Keys of programs, in their order; j and q are for who scrolls and leaves."""


class OpenMany(Dialog[bool]):
    """Gives back whether so many pages shall be opened."""

    BINDING_GROUP_TITLE = "Opening many pages"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="open_many.yes", tooltip="Open them all"),
        Binding("n,escape", "answer(False)", "no", id="open_many.no", tooltip="Open none"),
    ]

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        """The question."""
        with Sheet():
            yield line(f"Open {self._count} pages in the browser?", "title")
            yield line("‹y:open_many.yes› opens them all · ‹n:open_many.no› leaves it", "keys")

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)


class ChoosePipe(Dialog[str]):
    """Gives back the name of the program that is to get an article; "" for none."""

    BINDING_GROUP_TITLE = "A program for an article"
    DEFAULT_CSS = """
    ChoosePipe VerticalScroll { height: auto; max-height: 16; scrollbar-size: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "cancel", id="pipe.cancel", tooltip="Give it to none"),
    ]

    def __init__(self, programs: Sequence[tuple[str, str]], count: int) -> None:
        """``programs`` are names and commands; ``count`` is how many articles they get."""
        super().__init__()
        self._programs = programs[: len(PICKS)]
        self._count = count

    def compose(self) -> ComposeResult:
        """A line a program, each with its key."""
        what = "the article" if self._count == 1 else f"{self._count} articles"
        with Sheet():
            yield line(f"Give {what} to", "title")
            with VerticalScroll():
                for key, (name, command) in zip(PICKS, self._programs, strict=False):
                    yield Static(
                        Content.assemble(
                            (f"{key} ", "$text-accent bold"),
                            (guard(name), "bold"),
                            (f"  {guard(command)}", "$text-muted"),
                        )
                    )
            yield line("a key chooses · ‹Esc:pipe.cancel› leaves it", "keys")

    def on_key(self, event: events.Key) -> None:
        """Choose by its key."""
        at = PICKS.find(event.character) if event.character else -1
        if 0 <= at < len(self._programs):
            event.stop()
            self.dismiss(self._programs[at][0])

    def action_cancel(self) -> None:
        """Choose none."""
        self.dismiss("")


class OutputSheet(ReadSheet):
    """All that a program said, to scroll through."""

    BINDING_GROUP_TITLE = "What a program said"

    def __init__(self, said: Said) -> None:
        text = guard(said.output, lines=True) or "Nothing."
        super().__init__(f"{said.name} said (status {said.status})", lambda: Static(Content(text)))
