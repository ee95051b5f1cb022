"""What is asked of a person about a saved view."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Checkbox, Input

from store.desk.views import NAME_LIMIT
from store.errors import DeskError
from store.model import View
from store.query import LIMIT, QueryError
from store.text.clean import clean, guard
from tui.screens.dialog import Dialog, Problem, Sheet, line

Keep = Callable[[View], Awaitable[View]]


class EditView(Dialog[View | None]):
    """Gives back the view as it was kept, or None for no change."""

    BINDING_GROUP_TITLE = "A view"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="view.cancel", tooltip="Change nothing"),
        Binding("ctrl+s", "keep", "save", show=False, id="view.save", tooltip="Save the view"),
    ]
    DEFAULT_CSS = """
    EditView Checkbox { background: transparent; border: none; padding: 0; margin-top: 1; }
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
            yield Input(guard(view.name), id="view-name", max_length=NAME_LIMIT, compact=True)
            yield line("Query", "text")
            yield Input(guard(view.query), id="view-query", max_length=LIMIT, compact=True)
            yield Checkbox(
                "Keep what is in it, however old it grows", view.pins, id="view-pins", compact=True
            )
            yield Problem()
            yield line("enter saves · tab goes on · space ticks · Esc leaves", "keys")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

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
            pins=self.query_one("#view-pins", Checkbox).value,
        )
        try:
            self.dismiss(await self._keep(wanted))
        except (DeskError, QueryError) as error:
            self.query_one(Problem).tell(str(error))

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
