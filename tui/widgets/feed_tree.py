"""Where articles are looked for: the smart places, then every feed with what is unread in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.message import Message

from tui.prompts import count
from tui.widgets.lines import column, wrapped
from tui.widgets.rows import Part, RowList

PlaceKind = Literal[
    "unread", "today", "starred", "claims", "watched", "all", "search", "view", "folder", "feed"
]

_ERROR_LINES = 6


@dataclass(frozen=True)
class Place:
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

    @property
    def key(self) -> tuple[PlaceKind, int | None, str, tuple[str, ...]]:
        """What stays the same when counts and names change."""
        return (self.kind, self.feed, self.view, self.folder)


class FeedTree(RowList):
    """Smart places and feeds; moving the cursor chooses."""

    HELP = "## Feeds\nMoving chooses what the list shows. **!** marks a feed that failed."
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
    ]

    @dataclass
    class Chosen(Message):
        """The cursor came to a place, or it was entered."""

        place: Place
        entered: bool = False
        """By Enter or a second click: the person wants to go on to its articles."""

    @dataclass
    class RefreshFeed(Message):
        """This feed shall be fetched now."""

        feed: int

    @dataclass
    class LinkWanted(Message):
        """Its site shall be opened in the browser ("open"), or its address copied ("copy")."""

        feed: int
        what: str

    def __init__(self) -> None:
        super().__init__()
        self.heading = "Feeds"
        self._places: Sequence[Place] = ()

    def show(self, places: Sequence[Place]) -> None:
        """Show these places; the cursor stays on its own, or goes to the one that takes its row."""
        here, screen_row = self.place_here, self.screen_row
        self._places = places
        index = self._index_of(here) if here else 0
        self.place(self.cursor if index is None else index, screen_row=screen_row)
        self.refresh_bindings()
        if here and index is None and (now_here := self.place_here):
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

    def _index_of(self, wanted: Place) -> int | None:
        keys = [place.key for place in self._places]
        return keys.index(wanted.key) if wanted.key in keys else None

    # -------------------------------------------------------- rows

    @property
    def row_count(self) -> int:
        """How many places there are."""
        return len(self._places)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """A mark for trouble or work, the name, and how much is unread."""
        place = self._places[index]
        number = f" {count(place.unread)} " if place.unread else " "
        indent = 1 if place.kind == "feed" else 0
        room = max(0, width - 2 - indent - len(number))
        if place.busy:
            yield "↻ ", self.look("mark")
        else:
            yield "! " if place.error else "  ", self.look("error")
        weight = "unread" if place.unread else "dim"
        yield " " * indent + column(place.label, room), self.look(weight)
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
        return wrapped(place.error, width - 3, lines=_ERROR_LINES) if place else ()

    # -------------------------------------------------------- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a feed can be refreshed alone, and has a site."""
        if action in ("refresh_feed", "link"):
            return self.place_here is not None and self.place_here.feed is not None
        return True

    def action_refresh_feed(self) -> None:
        """Ask for the feed under the cursor to be fetched."""
        if (place := self.place_here) and place.feed is not None:
            self.post_message(self.RefreshFeed(place.feed))

    def action_link(self, what: str) -> None:
        """Ask for the site of the feed under the cursor, or for its address."""
        if (place := self.place_here) and place.feed is not None:
            self.post_message(self.LinkWanted(place.feed, what))
