"""What every dialog looks like: a sheet of paper in the middle of the desk."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from store.text.clean import guard
from tui.screens.full_screen import Answer, may_leave


class Dialog(ModalScreen[Answer]):
    """A sheet over the screen; what stands on it is the dialog's business."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > Sheet {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            overflow-y: auto;  /* on a low terminal what is in use comes into sight */
            scrollbar-size-vertical: 1;
            padding: 1 2;
            color: $foreground;
            background: $surface;
            border: round $accent;
        }
        .dialog--title { color: $text-accent; text-style: bold; margin-bottom: 1; }
        .dialog--text { color: $text; }
        .dialog--error { color: $text-error; margin-top: 1; }
        .dialog--keys { color: $text-muted; margin-top: 1; }
    }
    """

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give the answer and go, unless that was done already."""
        return super().dismiss(result) if may_leave(self) else AwaitComplete()


class Sheet(Vertical):
    """The paper."""


def line(text: str, role: str) -> Static:
    """A line of a dialog: title, text, error or keys; whatever it says is shown literally."""
    return Static(Content(guard(text)), classes=f"dialog--{role}")


class Problem(Static):
    """The line of a dialog that says why it does not close; nothing at first."""

    def __init__(self, said: str = "") -> None:
        super().__init__(classes="dialog--error", id="problem")
        self.tell(said)

    def tell(self, said: str) -> None:
        """Say what is wrong; whatever it says is shown literally."""
        self.update(Content(f"! {guard(said, lines=True)}" if said else ""))
