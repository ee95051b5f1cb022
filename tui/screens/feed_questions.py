"""What is asked before a folder is called otherwise, and before a subscription ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from store.desk.feed_care import FeedCare, FolderThere
from store.desk.unsubscribing import Leaving
from store.errors import DeskError
from store.feeds.folders import Path, folders_of, path_told, typed_path
from store.model import Feed
from store.text.clean import clean, guard
from tui.screens.dialog import Dialog, Problem, Sheet, line
from tui.widgets.folder_suggester import FolderSuggester
from tui.widgets.line_input import LineInput

_LIMIT = 5_000
_MOST_NAMED = 5


class RenameFolder(Dialog[Path | None]):
    """Gives back the path that the folder has now, or None for no change."""

    BINDING_GROUP_TITLE = "A folder"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "cancel", id="folder.cancel", tooltip="Change nothing"),
    ]

    def __init__(self, folder: Path, feeds: Sequence[Feed], care: FeedCare) -> None:
        super().__init__()
        self._folder = folder
        self._folders = [path_told(path) for path in folders_of(feeds)]
        self._care = care
        self._confirmed: Path | None = None
        self.said = ""
        """What was done."""

    def compose(self) -> ComposeResult:
        """The path, to be typed otherwise."""
        told = path_told(self._folder)
        with Sheet():
            yield line(f"The folder {told}", "title")
            yield line("Another name, or a path as Tech/Chips to put it elsewhere.", "text")
            yield LineInput(
                guard(told), max_length=_LIMIT, suggester=FolderSuggester(self._folders)
            )
            yield Problem()
            yield line("enter saves · ‹Esc:folder.cancel› leaves", "keys")

    @on(Input.Submitted)
    @work(group="write", exclusive=True)
    async def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        name = typed_path(clean(event.value, limit=_LIMIT))
        try:
            merge = name == self._confirmed
            self.said = await self._care.rename_folder(self._folder, name, merge=merge)
        except FolderThere as there:
            self._confirmed = name
            self.query_one(Problem).tell(f"{there} Enter again puts both together.")
        except DeskError as error:
            self.query_one(Problem).tell(str(error))
        else:
            self.dismiss(name if name != self._folder else None)

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)


class Unsubscribe(Dialog[bool]):
    """Gives back whether the subscriptions shall end."""

    BINDING_GROUP_TITLE = "Unsubscribing"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="unsubscribe.yes", tooltip="Unsubscribe"),
        Binding("n,escape", "answer(False)", "no", id="unsubscribe.no", tooltip="Do not"),
    ]

    def __init__(self, what: Leaving) -> None:
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        """What goes and what stays."""
        feeds = self._what.feeds
        with Sheet():
            yield line(f"Unsubscribe from {self._what.name}?", "title")
            if len(feeds) > 1:
                named = ", ".join(feed.name for feed in feeds[:_MOST_NAMED])
                more = f" and {len(feeds) - _MOST_NAMED} more" if len(feeds) > _MOST_NAMED else ""
                yield line(f"{named}{more}.", "text")
            yield line(self._what.told, "text")
            yield line(
                "‹y:unsubscribe.yes› unsubscribes, ‹u:list.undo› brings it all back · "
                "‹n:unsubscribe.no› leaves it",
                "keys",
            )

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)
