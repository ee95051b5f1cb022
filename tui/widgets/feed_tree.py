"""Where articles are looked for: the smart places, then folders and feeds with what is unread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from msgspec import Struct
from textual import events
from textual.binding import Binding, BindingType

from tui.prompts import chosen_on, count, hinted
from tui.widgets.drawn_rows import Part
from tui.widgets.lines import column, wrapped
from tui.widgets.rows import RowList
from tui.widgets.telling import Telling

PlaceKind = Literal[
    "unread", "today", "starred", "claims", "watched", "all", "search", "view", "folder", "feed"
]

_ERROR_LINES = 6
_MARK_CELLS = 2
"""Of the mark for trouble or work, before everything else."""
_DEEPEST_SHOWN = 4
"""Folders in folders that are drawn further in; names are read also in a narrow tree."""


class Place(Struct, frozen=True):
    """One row of the tree: a list of articles to look at."""

    kind: PlaceKind
    feed: int | None
    """Number of the feed, when it is one."""
    label: str
    unread: int = 0
    error: str = ""
    """Why the last fetch failed, in one sentence; empty when it did not."""
    busy: bool = False
    """It is being fetched now."""
    view: str = ""
    """Id of the saved view, when it is one."""
    folder: tuple[str, ...] = ()
    """Path of the folder that it is, or that the feed stands in; outermost name first."""
    amount: int = 0
    """How many articles are in it, where it is not the unread ones that count."""
    folded: bool = False
    """It is a folder whose feeds are out of sight."""

    @property
    def indent(self) -> int:
        """How many cells further in than the smart places it is drawn."""
        depth = min(len(self.folder), _DEEPEST_SHOWN)
        if self.kind == "folder":
            return 2 * (depth - 1)
        return max(1, 2 * depth) if self.kind == "feed" else 0

    @property
    def key(self) -> tuple[PlaceKind, int | None, str, tuple[str, ...]]:
        """What stays the same when counts and names change."""
        return (self.kind, self.feed, self.view, self.folder)


class FeedTree(RowList):
    """Smart places, folders and feeds; moving the cursor chooses."""

    HELP = (
        "## Feeds\nMoving chooses what the list shows; a folder shows what all its feeds have."
        " **!** marks a feed that failed, or a folded folder with one."
    )
    BINDING_GROUP_TITLE = "Feeds"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "refresh_feed", "refresh feed", id="feeds.refresh", tooltip="Fetch this feed"),
        Binding(
            "o",
            "link('open')",
            "site",
            show=False,
            id="feeds.open_link",
            tooltip="Open the feed's site in the browser",
        ),
        Binding(
            "y",
            "link('copy')",
            "copy address",
            show=False,
            id="feeds.copy_link",
            tooltip="Copy the feed's address",
        ),
        Binding("e", "ask('edit')", "edit", id="feeds.edit",
                tooltip="Edit the feed, rename the folder"),
        Binding("D", "ask('leave')", "Unsubscribe", show=False, id="feeds.leave",
                tooltip="Unsubscribe from the feed, or from all in the folder"),
        Binding("equals_sign", "fold", "fold", show=False, id="feeds.fold",
                tooltip="Fold the folder, or show its feeds again"),
        Binding("left_curly_bracket", "ask('up')", "Move up", show=False, id="feeds.move_up",
                tooltip="Move the feed or folder up among its neighbours"),
        Binding("right_curly_bracket", "ask('down')", "Move down", show=False,
                id="feeds.move_down",
                tooltip="Move the feed or folder down among its neighbours"),
    ]  # fmt: skip

    class Chosen(Telling):
        """The cursor came to a place, or it was entered."""

        place: Place
        entered: bool = False
        """By Enter or a second click: the person wants to go on to its articles."""

    class RefreshFeed(Telling):
        """This feed shall be fetched now."""

        feed: int

    class Asked(Telling):
        """Something is to happen to a feed or folder: "edit", "leave", "up", "down"."""

        what: str
        place: Place

    class Folded(Telling):
        """A folder is to be folded, or shown again."""

        folder: tuple[str, ...]
        folded: bool

    class LinkWanted(Telling):
        """Its site shall be opened in the browser ("open"), or its address copied ("copy")."""

        feed: int
        what: str

    def __init__(self) -> None:
        super().__init__()
        self.heading = "Feeds"
        self._places: Sequence[Place] = ()
        self._has_folders = False

    def show(self, places: Sequence[Place]) -> None:
        """Show these places; the cursor stays on its own, or goes to the one that takes its row."""
        here, screen_row = self.place_here, self.screen_row
        if here and places == self._places:
            return
        self._places = places
        self._has_folders = any(place.kind == "folder" for place in places)
        index = self._index_of(here) if here else 0
        self.place(self.cursor if index is None else index, screen_row=screen_row)
        self.refresh_bindings()
        if here and (now_here := self.place_here) and now_here.key != here.key:
            self.post_message(self.Chosen(now_here))

    @property
    def place_here(self) -> Place | None:
        """The place under the cursor."""
        return self._places[self.cursor] if self.cursor < len(self._places) else None

    def choose(self, kind: PlaceKind, feed: int | None = None) -> bool:
        """Go to a place as if by hand; False when it is not there."""
        wanted = (kind, feed)
        found = [i for i, place in enumerate(self._places) if (place.kind, place.feed) == wanted]
        if found:
            self.go_to(found[0])
        return bool(found)

    def choose_again(self, place: Place) -> None:
        """Go back to a place, if it is still there."""
        if (index := self._index_of(place)) is not None:
            self.go_to(index)

    def choose_folder(self, folder: tuple[str, ...]) -> bool:
        """Go to a folder as if by hand; False when it is not there."""
        wanted = Place("folder", None, "", folder=folder)
        if (index := self._index_of(wanted)) is not None:
            self.go_to(index)
        return index is not None

    def _index_of(self, wanted: Place) -> int | None:
        """Where a place stands; for what is in a folded folder the folder, for a feed elsewhere.

        A feed that was moved to another folder is gone to there.
        """
        rows = {place.key: row for row, place in enumerate(self._places)}
        if wanted.key in rows:
            return rows[wanted.key]
        if wanted.feed is not None:
            for row, place in enumerate(self._places):
                if place.feed == wanted.feed:
                    return row
        for depth in range(len(wanted.folder), 0, -1):
            outer = rows.get(("folder", None, "", wanted.folder[:depth]))
            if outer is not None and self._places[outer].folded:
                return outer
        return None

    # -------------------------------------------------------- rows

    @property
    def row_count(self) -> int:
        """How many places there are."""
        return len(self._places)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """A mark for trouble or work, the name, and how much is unread."""
        place = self._places[index]
        told = count(place.unread or place.amount)
        number = f" {told} " if place.unread or place.amount else " "
        label = place.label
        if place.kind == "folder":
            label = f"{'▸' if place.folded else '▾'} {label}"
        # Beside folders a feed of the top stands where they do; without any, apart from the lists.
        at_top = place.kind == "feed" and not place.folder and self._has_folders
        indent = 0 if at_top else place.indent
        room = max(0, width - _MARK_CELLS - indent - len(number))
        if place.busy:
            yield "↻ ", self.look("mark")
        else:
            yield "! " if place.error else "  ", self.look("error")
        weight = "unread" if place.unread else "dim"
        yield " " * indent + column(label, room), self.look(weight)
        yield number, self.look("age")

    def row_reached(self, index: int) -> None:
        """Tell which place it is."""
        self.refresh_bindings()
        self.post_message(self.Chosen(self._places[index]))

    def row_opened(self, index: int) -> None:
        """Tell that its articles are wanted."""
        self.post_message(self.Chosen(self._places[index], entered=True))

    def footnote(self, width: int) -> Sequence[str]:
        """Why the feed under the cursor failed."""
        place = self.place_here
        told = hinted(place.error, chosen_on(self.app)) if place else ""
        return wrapped(told, width - 3, lines=_ERROR_LINES)

    # -------------------------------------------------------- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a feed can be refreshed alone, and has a site; only what was made can be changed."""
        place = self.place_here
        if action in ("refresh_feed", "link"):
            return place is not None and place.feed is not None
        if action == "ask":
            return place is not None and place.kind in ("feed", "folder", "view")
        if action == "fold":
            return place is not None and bool(place.folder)
        return True

    def action_ask(self, what: str) -> None:
        """Ask for the feed, folder or view under the cursor to be changed."""
        if place := self.place_here:
            self.post_message(self.Asked(what, place))

    def action_fold(self) -> None:
        """Ask for the folder to be folded or shown, or for the one that the feed stands in."""
        if (place := self.place_here) and place.folder:
            self.post_message(self.Folded(place.folder, not place.folded))

    def on_click(self, event: events.Click) -> None:
        """Fold with a click on a folder's mark; all other clicks are as in every list."""
        row = self._first_row + event.y - 1
        if event.y < 1 or not 0 <= row < len(self._places):
            return
        place = self._places[row]
        mark = 1 + _MARK_CELLS + place.indent
        if place.kind == "folder" and mark <= event.x <= mark + 1:
            event.prevent_default()
            self.go_to(row)
            self.post_message(self.Folded(place.folder, not place.folded))

    def action_refresh_feed(self) -> None:
        """Ask for the feed under the cursor to be fetched."""
        if (place := self.place_here) and place.feed is not None:
            self.post_message(self.RefreshFeed(place.feed))

    def action_link(self, what: str) -> None:
        """Ask for the site of the feed under the cursor, or for its address."""
        if (place := self.place_here) and place.feed is not None:
            self.post_message(self.LinkWanted(place.feed, what))
