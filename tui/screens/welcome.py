"""What stands in place of the panes when there is no feed yet."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

_PITCH = "Read the news by keyboard, and turn what it says into claims you can count."


class Offer(Static):
    """Something to begin with; clicking it is as good as its key."""

    def __init__(self, key: str, what: str, hint: str) -> None:
        super().__init__(
            Content.assemble(
                (f" {key} ", "$text-accent bold"), f"  {what}\n", " " * 5, (hint, "dim")
            )
        )
        self._key = key

    def on_click(self) -> None:
        """Press the key."""
        self.app.simulate_key({"+": "plus", "?": "question_mark"}.get(self._key, self._key))


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
                "+", "Add a feed", "the address of a feed or page, or the path of an OPML file"
            )
            yield Offer(
                "d", "Open the sample desk", "made-up news to try the keys on; works offline"
            )
            yield Offer("?", "Help", "every key, by where it works")

    def action_add(self) -> None:
        """Ask for the dialog that takes an address."""
        self.post_message(self.AddWanted())

    def action_sample(self) -> None:
        """Ask for the sample desk."""
        self.post_message(self.SampleWanted())
