"""How the work goes: this session, today, this week, ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from store.desk import Desk, DeskError
from store.desk.progress import Progress
from store.text.clean import guard
from tui.prompts import seconds
from tui.screens.dialog import Dialog, Sheet, line

_STRETCHES = ("this session", "today", "7 days", "ever")
_NAME_CELLS, _CELLS = 22, 13


class ProgressDialog(Dialog[None]):
    """Counts the claims' histories and shows what comes of it."""

    BINDING_GROUP_TITLE = "Progress"

    DEFAULT_CSS = """
    ProgressDialog > Sheet { width: 80; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,W", "close", "close", id="progress.close", tooltip="Close"),
    ]

    def __init__(self, desk: Desk, session: datetime) -> None:
        """``session`` is when it began."""
        super().__init__()
        self._desk = desk
        self._session = session

    def compose(self) -> ComposeResult:
        """A table, once it is counted."""
        with Sheet():
            yield line(f"How the work of {self._desk.annotator} goes", "title")
            yield Static(Content("counting …"), id="table", markup=False)
            yield line("‹Esc:progress.close› closes", "keys")

    def on_mount(self) -> None:
        """Count."""
        self._count()

    @work(group="count", exclusive=True)
    async def _count(self) -> None:
        now = self._desk.now()
        today = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            counted = await self._desk.progress(self._session, today, now - timedelta(days=7), None)
        except DeskError as error:
            shown = Content(guard(str(error)))
        else:
            shown = Content(table(counted))
        self.query_one("#table", Static).update(shown)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def table(counted: Sequence[Progress]) -> str:
    """The figures under each other, a column for each stretch of time."""
    rows = [
        ("", list(_STRETCHES)),
        ("claims", [str(one.claims) for one in counted]),
        ("articles", [str(one.articles) for one in counted]),
        ("… with nothing found", [str(one.nothing_found) for one in counted]),
        ("a claim took", [_pace(one) for one in counted]),
        ("suggestions kept", [str(one.accepted) for one in counted]),
        ("… changed", [str(one.changed) for one in counted]),
        ("… rejected", [str(one.rejected) for one in counted]),
        ("accept rate", [_rate(one) for one in counted]),
    ]
    return "\n".join(
        f"{name:<{_NAME_CELLS}}" + "".join(f"{cell:>{_CELLS}}" for cell in cells)
        for name, cells in rows
    )


def _pace(progress: Progress) -> str:
    return "·" if progress.seconds_a_claim is None else seconds(progress.seconds_a_claim)


def _rate(progress: Progress) -> str:
    return "·" if progress.accept_rate is None else f"{progress.accept_rate:.0%}"
