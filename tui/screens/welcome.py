"""What stands in place of the panes when there is no feed yet."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tui.prompts import chosen_on, key_name

_PITCH = "Read the news by keyboard, and turn what it says into claims you can count."

_GAP = 4
"""Cells around a key."""


class Offer(Static):
    """Something to begin with; clicking it is as good as its key."""

    def __init__(self, command: str, key: str, what: str, hint: str) -> None:
        """``key`` is the usual one of the command."""
        super().__init__()
        self._command, self._key = command, key
        self._what, self._hint = what, hint

    def on_mount(self) -> None:
        """Tell the key that the person chose, or the usual one."""
        chosen = chosen_on(self.app).get(self._command, "")
        self._key = chosen.partition(",")[0].strip() or self._key
        name = key_name(self._key)
        self.update(
            Content.assemble(
                (f" {name} ", "$text-accent bold"),
                f"  {self._what}\n",
                " " * (cell_len(name) + _GAP),
                (self._hint, "dim"),
            )
        )

    def on_click(self) -> None:
        """Press the key."""
        self.app.simulate_key(self._key)


class Welcome(Widget, can_focus=True):
    """One line about the program, and three ways on."""

    BINDING_GROUP_TITLE = "First start"

    DEFAULT_CSS = """
    Welcome {
        align: center middle;
        background: $background;
        & > Vertical { width: 70; max-width: 100%; height: auto; padding: 0 2; }
        .welcome--name { color: $text-accent; text-style: bold; }
        .welcome--pitch { color: $text; margin-bottom: 1; }
        Offer { color: $text; height: auto; margin-top: 1; }
        Offer:hover { background: $foreground 8%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "add", "add a feed", id="welcome.add", tooltip="Add a feed by its address"),
        Binding("d", "sample", "sample desk", id="welcome.sample", tooltip="Open the sample desk"),
    ]

    class AddWanted(Message):
        """Somebody has an address."""

    class SampleWanted(Message):
        """Somebody wants to try before subscribing to anything."""

    def compose(self) -> ComposeResult:
        """Name, pitch, offers."""
        with Vertical():
            yield Static(Content("Wiredesk"), classes="welcome--name")
            yield Static(Content(_PITCH), classes="welcome--pitch")
            yield Offer(
                "welcome.add",
                "plus",
                "Add a feed",
                "the address of a feed or page, or the path of an OPML file",
            )
            yield Offer(
                "welcome.sample",
                "d",
                "Open the sample desk",
                "made-up news to try the keys on; works offline",
            )
            yield Offer("desk.help", "question_mark", "Help", "every key, by where it works")

    def action_add(self) -> None:
        """Ask for the dialog that takes an address."""
        self.post_message(self.AddWanted())

    def action_sample(self) -> None:
        """Ask for the sample desk."""
        self.post_message(self.SampleWanted())
