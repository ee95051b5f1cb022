"""What every dialog looks like: a sheet of paper in the middle of the desk."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from store.text.clean import guard
from tui.prompts import chosen_on, hinted
from tui.screens.full_screen import Answer, may_leave


class Dialog(ModalScreen[Answer]):
    """A sheet over the screen; what stands on it is the dialog's business."""

    BINDING_GROUP_TITLE = "Dialogs"
    # At once, before the field hears of the key: letters typed right after it are for the next.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "go_to_field(1)", "next field", show=False, priority=True,
                id="dialog.next", tooltip="Next field"),
        Binding("shift+tab", "go_to_field(-1)", "field before", show=False, priority=True,
                id="dialog.previous", tooltip="Field before"),
    ]  # fmt: skip

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A field that has a use for the key itself keeps it."""
        if action != "go_to_field" or self.focused is None:
            return True
        wanted = f"{action}({', '.join(map(str, parameters))})"
        mine = {key for key, binding in self._bindings if binding.action == wanted}
        return mine.isdisjoint(self.focused._bindings.key_to_bindings)

    def action_go_to_field(self, by: Literal[1, -1]) -> None:
        """Go to the next field, or to the one before."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Give the answer and go, unless that was done already."""
        return super().dismiss(result) if may_leave(self) else AwaitComplete()


class Sheet(Vertical):
    """The paper."""


def line(text: str, role: str) -> Static:
    """A line of a dialog: title, text, error or keys; whatever it says is shown literally.

    In a line of keys, and there alone, these are told as "‹u:list.undo›".
    """
    kind = _Keys if role == "keys" else Static
    return kind(Content(guard(text)), classes=f"dialog--{role}")


class _Keys(Static):
    """What keys do in a dialog: those that a person or a preset chose."""

    def render(self) -> Content:
        """The line with the keys in force."""
        return Content(hinted(str(self.content), chosen_on(self.app)))


class Problem(Static):
    """The line of a dialog that says why it does not close; nothing at first."""

    def __init__(self, said: str = "") -> None:
        super().__init__(classes="dialog--error", id="problem")
        self.tell(said)

    def tell(self, said: str) -> None:
        """Say what is wrong; whatever it says is shown literally."""
        self.update(Content(f"! {guard(said, lines=True)}" if said else ""))
