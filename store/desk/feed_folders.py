"""The subscriptions as they are shown: in folders, in order, some folders folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from store.errors import DeskError
from store.feeds.folders import Branch, Path, tree_of
from store.model import Feed
from store.settings import Folders, change_state, load_state
from store.settings_page import SettingsError
from store.shelf.shelf import Shelf


class FeedFolders:
    """Made anew when subscriptions changed, and only then: lists ask for it at every change."""

    def __init__(self, shelf: Shelf, places: Folders) -> None:
        self._shelf = shelf
        self._places = places
        self._made_of: tuple[tuple[Feed, ...], tuple[Path, ...]] | None = None
        self._tree = Branch()
        self._named: tuple[Feed, ...] | None = None
        self._names: Mapping[int, str] = {}
        self.folded = frozenset(load_state(places).folded)
        """The folders whose feeds are out of sight."""

    def tree(self) -> Branch:
        """All feeds in their folders, in order. Raises ShelfError."""
        feeds = self._shelf.feeds()
        order = tuple(one.path for one in self._shelf.interests.folders.all())
        if self._made_of is None or self._made_of[0] is not feeds or self._made_of[1] != order:
            self._tree, self._made_of = tree_of(feeds, order), (feeds, order)
        return self._tree

    def names(self) -> Mapping[int, str]:
        """What each feed is or was called, by number. Raises ShelfError."""
        feeds = self._shelf.feeds()
        if self._named is not feeds:
            known = (*self._shelf.former_feeds(), *feeds)
            self._names, self._named = {feed.number: feed.name for feed in known}, feeds
        return self._names

    def show(self, folders: Iterable[Path]) -> None:
        """Let nothing hide these folders, for this time."""
        for folder in folders:
            self.folded -= {folder[:depth] for depth in range(1, len(folder) + 1)}

    def fold(self, folder: Path, folded: bool) -> None:
        """Put a folder's feeds out of sight, or into it. Raises DeskError."""
        self.folded = self.folded | {folder} if folded else self.folded - {folder}
        kept = tuple(sorted(self.folded))
        try:
            change_state(self._places, lambda state: replace(state, folded=kept))
        except SettingsError as error:
            raise DeskError(str(error)) from error
