"""Where an export goes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.desk import DeskError, ExportExists
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.line_input import LineInput


class Export(Protocol):
    """Writes claims to a file and says what was written."""

    async def __call__(self, file: Path, *, replace: bool = False) -> str:
        """Raise ExportExists or DeskError where that cannot be."""


class ExportDialog(Dialog[str]):
    """Takes a file's name, writes the export there, and gives back what to say of it."""

    BINDING_GROUP_TITLE = "Exporting"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="export.cancel", tooltip="Export nothing"),
    ]

    def __init__(self, export: Export, title: str = "") -> None:
        """``export`` writes to a file; ``title`` says what, if not all claims."""
        super().__init__()
        self._export = export
        self._title = title or "Export the claims as JSON"
        self._may_replace = ""

    def compose(self) -> ComposeResult:
        """The file's name, ready to be changed."""
        with Sheet():
            yield line(self._title, "title")
            name = f"wiredesk-claims-{datetime.now(UTC):%Y-%m-%d}.json"
            yield LineInput(str(Path.home() / name), select_on_focus=False)
            yield Problem()
            yield line("enter writes the file · ‹Esc:export.cancel› leaves", "keys")

    @on(Input.Submitted)
    @work(group="write", exclusive=True)
    async def _write(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        if not typed:
            self.query_one(Problem).tell("Type the name of a file first.")
            return
        try:
            said = await self._export(Path(typed), replace=typed == self._may_replace)
        except ExportExists as error:
            self._may_replace = typed
            self.query_one(Problem).tell(f"{error} Enter again replaces it.")
        except DeskError as error:
            self.query_one(Problem).tell(str(error))
        else:
            self.dismiss(said)

    def action_cancel(self) -> None:
        """Write nothing."""
        self.dismiss("")
