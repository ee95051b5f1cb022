"""What is asked of a person about a saved view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Input, Static

from store.desk.views import NAME_LIMIT
from store.errors import DeskError
from store.model import View
from store.query import LIMIT, QueryError
from store.text.clean import clean, guard
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.line_input import LineInput

Keep = Callable[[View], Awaitable[View]]


class Tick(Static, can_focus=True):
    """Something that is so or not."""

    BINDING_GROUP_TITLE = "A box to tick"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", id="view.tick", tooltip="Tick the box, or clear it"),
    ]
    DEFAULT_CSS = """
    Tick { color: $text-muted; }
    Tick:focus { color: $text; text-style: bold; background: $accent 18%; }
    """

    value: reactive[bool] = reactive(False, init=False)

    def __init__(self, says: str, value: bool, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._says = says
        self.set_reactive(Tick.value, value)

    def render(self) -> Content:
        """The box and what it says."""
        return Content(f"{'☑' if self.value else '☐'} {self._says}")

    def action_tick(self) -> None:
        """Make it so, or not."""
        self.value = not self.value

    def on_click(self) -> None:
        """The same by mouse."""
        self.action_tick()


class EditView(Dialog[View | None]):
    """Gives back the view as it was kept, or None for no change."""

    BINDING_GROUP_TITLE = "A view"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="view.cancel", tooltip="Change nothing"),
        Binding(
            "enter", "keep", "save", id="view.save", tooltip="Save the view", priority=True
        ),  # on the box to tick too
    ]
    DEFAULT_CSS = """
    EditView Input { margin-bottom: 1; }
    """

    def __init__(self, title: str, view: View, keep: Keep) -> None:
        """``keep`` stores it, and raises what keeps it from that in a sentence."""
        super().__init__()
        self._title = title
        self._view = view
        self._keep = keep

    def compose(self) -> ComposeResult:
        """Name, query, whether it pins, what is wrong."""
        view = self._view
        with Sheet():
            yield line(self._title, "title")
            yield line("Name", "text")
            yield self._line(view.name, "view-name", NAME_LIMIT)
            yield line("Query", "text")
            yield self._line(view.query, "view-query", LIMIT)
            yield Tick("Keep what is in it, however old it grows", view.pins, id="view-pins")
            yield Problem()
            yield line(
                "‹enter:view.save› saves · tab goes on · "
                "‹space:view.tick› ticks · ‹Esc:view.cancel› leaves",
                "keys",
            )

    def _line(self, says: str, name: str, limit: int) -> Input:
        return LineInput(
            guard(says), id=name, max_length=limit, compact=True, select_on_focus=False
        )

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one(Problem).tell("")

    @work(exclusive=True)
    async def action_keep(self) -> None:
        """Store it, or say why that cannot be."""
        wanted = View(
            id=self._view.id,
            name=clean(self.query_one("#view-name", Input).value, limit=NAME_LIMIT),
            query=clean(self.query_one("#view-query", Input).value, limit=LIMIT),
            pins=self.query_one("#view-pins", Tick).value,
        )
        try:
            self.dismiss(await self._keep(wanted))
        except (DeskError, QueryError) as error:
            self.query_one(Problem).tell(str(error))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
