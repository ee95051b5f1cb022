"""Every binding id of the program: what ``[keys]`` in settings.toml may name."""

from __future__ import annotations

from textual.binding import Binding
from textual.dom import DOMNode

from tui.app import WiredeskApp
from tui.screens.add_feed import AddFeed
from tui.screens.export import ExportDialog
from tui.screens.help import Help, key_table
from tui.screens.reading import ReadingScreen
from tui.screens.welcome import Welcome
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.feed_tree import FeedTree

PANES: tuple[type[DOMNode], ...] = (
    ReadingScreen,
    FeedTree,
    ArticleList,
    ArticleView,
    Welcome,
    AddFeed,
    ExportDialog,
    Help,
    WiredeskApp,
)
"""Whatever has keys, in the order that people meet it."""


def binding_ids() -> frozenset[str]:
    """The ids that a person can give other keys."""
    return frozenset(
        binding.id
        for pane in PANES
        for defining in pane.__mro__
        for binding in vars(defining).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
    )


def keys_of_all_panes() -> list[tuple[str, str, str]]:
    """Where each key works, the key, what it does: for the README and whoever prints it."""
    return key_table(PANES)
