"""Feeds, one a row: what is the matter with each, how much of it is there, when it was fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message

from tui.widgets.drawn_rows import Part
from tui.widgets.line_list import LineList
from tui.widgets.lines import column, fit

_FARE_CELLS = 9
_NEXT_CELLS = 9
_FOLDER_CELLS = 16
_NAME_LEAST, _NAME_MOST = 12, 32
_NEXT_FROM, _FOLDER_FROM = 130, 150


class _Figure(NamedTuple):
    field: str
    heading: str
    cells: int
    from_width: int
    """Of the list, in cells; in a narrower one it is left out."""


_FIGURES = (
    _Figure("counts", "unread", 11, 0),
    _Figure("newest", "news", 6, 50),
    _Figure("week", "a week", 8, 60),
    _Figure("read", "read", 6, 70),
    _Figure("starred", "★", 5, 90),
    _Figure("claimed", "claims", 8, 90),
    _Figure("fetched", "fetched", 9, 100),
)


@dataclass(frozen=True)
class FeedLine:
    """A feed as the list draws it."""

    number: int
    fare: str
    """What is the matter in a word, as "failing"; empty where nothing is."""
    is_bad: bool
    name: str
    folder: str = ""
    counts: str = ""
    """Unread and all, as "3/120"."""
    newest: str = ""
    """How long ago its newest article came."""
    week: str = ""
    """Articles a week."""
    read: str = ""
    """How much of it is read, in per cent."""
    starred: str = ""
    claimed: str = ""
    fetched: str = ""
    """How long ago that last went well."""
    next: str = ""
    why: str = ""
    has_site: bool = False
    was_moved: bool = False
    is_fetched: bool = True


class FeedHealthList(LineList[FeedLine]):
    """Every feed that the filter lets through."""

    BINDING_GROUP_TITLE = "Feeds screen"
    SWALLOWED: ClassVar[Mapping[str, str]] = {}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "ask('edit')", "edit", id="care.edit",
                tooltip="Edit its name, folders and all that is set for it"),
        Binding("D", "ask('leave')", "unsubscribe", id="care.leave_feed",
                tooltip="Unsubscribe from it"),
        Binding("r", "ask('refresh')", "fetch", id="care.refresh", tooltip="Fetch this feed now"),
        Binding("i", "ask('interval')", "interval", id="care.interval",
                tooltip="How often it may be fetched"),
        Binding("P", "ask('pause')", "pause", id="care.pause",
                tooltip="Fetch it by name only, or by itself again"),
        Binding("w", "ask('full_text')", "full text", id="care.full_text",
                tooltip="Fetch the full text with each new article, or no longer"),
        Binding("c", "ask('cap')", "cap", id="care.cap", tooltip="How large it may be, in MB"),
        Binding("U", "ask('move_back')", "move back", id="care.move_back",
                tooltip="Take back its last move to another address"),
        Binding("o", "ask('open')", "Site", show=False, id="care.open_link",
                tooltip="Open its site in the browser"),
        Binding("y", "ask('copy')", "Copy", show=False, id="care.copy_link",
                tooltip="Copy its address"),
    ]  # fmt: skip

    @dataclass
    class Asked(Message):
        """Something is to happen to the feed under the cursor."""

        what: str
        line: FeedLine

    class Reached(Message):
        """The cursor came to another feed."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = "Feeds"

    def line_id(self, line: FeedLine) -> int:
        """The feed's number."""
        return line.number

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """What is the matter, name, counts, times, and why; fewer when it is narrow."""
        line = self._lines[index]
        dim, age = self.look("dim"), self.look("age")
        yield column(line.fare, _FARE_CELLS - 1) + " ", self.look("error" if line.is_bad else "dim")
        figures = [one for one in _FIGURES if width >= one.from_width]
        room = width - _FARE_CELLS - sum(one.cells for one in figures) - 2
        name = _name_cells(room)
        yield column(line.name, name), self.look("unread")
        for one in figures:
            yield column(getattr(line, one.field), one.cells, right=True), dim
        yield "  ", dim
        room -= name
        if width >= _NEXT_FROM:
            yield column(line.next, _NEXT_CELLS) + "  ", age
            room -= _NEXT_CELLS + 2
        if width >= _FOLDER_FROM:
            yield column(line.folder, _FOLDER_CELLS) + "  ", self.look("source")
            room -= _FOLDER_CELLS + 2
        if room > 0:
            yield column(line.why, room), dim

    def heading_parts(self, width: int) -> Sequence[Part]:
        """What the list is, and over each column what it tells."""
        figures = [one for one in _FIGURES if width - 1 >= one.from_width]
        room = width - 1 - _FARE_CELLS - sum(one.cells for one in figures) - 2
        told = "".join(column(one.heading, one.cells, right=True) for one in figures)
        title = f" {fit(self.heading, max(0, 1 + _FARE_CELLS + _name_cells(room) - 3))} "
        blank = 1 + _FARE_CELLS + _name_cells(room) - cell_len(title)
        dim = self.look("dim")
        return [(title, self.heading_look), (" " * blank, Style()), (told, dim)]

    def row_reached(self, index: int) -> None:
        """Other rows, other keys, and another page."""
        self.refresh_bindings()
        self.post_message(self.Reached())

    def row_opened(self, index: int) -> None:
        """Ask for its articles."""
        self.post_message(self.Asked("articles", self._lines[index]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what was moved can be moved back, and saved pages are not fetched."""
        if action != "ask":
            return True
        line, what = self.line_here, parameters[0]
        if line is None:
            return False
        if what in ("open", "copy"):
            return line.has_site if what == "open" else line.is_fetched
        if what in ("articles", "edit", "leave"):
            return True
        return line.is_fetched and (what != "move_back" or line.was_moved)

    def action_ask(self, what: str) -> None:
        """Ask the screen to do it."""
        if line := self.line_here:
            self.post_message(self.Asked(what, line))


def _name_cells(room: int) -> int:
    """How wide the names are, where so many cells are left for them and for what is the matter."""
    return max(_NAME_LEAST, min(_NAME_MOST, room // 2 if room > _NAME_MOST else room))
