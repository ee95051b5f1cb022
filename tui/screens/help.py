"""Every key, by where it works: read from the bindings, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType, Keymap
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets import Static

from tui.prompts import key_name
from tui.screens.dialog import Dialog, Sheet, line

_KEY_CELLS = 16

Source = DOMNode | type[DOMNode]


def key_table(
    sources: Iterable[Source], keymap: Keymap | None = None
) -> list[tuple[str, str, str]]:
    """Where each binding works, its keys, what it does; bindings without an id are left out.

    A binding stands under the title of the class that defines it; bindings of a group share a row.
    ``keymap`` holds the keys that the person chose, by binding id.
    """
    chosen = keymap or {}
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    for source in sources:
        kind = source if isinstance(source, type) else type(source)
        for defining in kind.__mro__:
            title = vars(defining).get("BINDING_GROUP_TITLE") or defining.__name__
            for binding in vars(defining).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id and binding.description:
                    keys = _keys(chosen.get(binding.id) or binding.key)
                    says = binding.tooltip or binding.description
                    shared = binding.group
                    row = rows.get((title, shared.description)) if shared else None
                    if shared and row:
                        keys = f"{row[1].partition('–')[0]}–{keys}"  # from the first to this one
                    if shared:
                        rows[title, shared.description] = (title, keys, shared.description)
                    else:
                        rows.setdefault((title, binding.id), (title, keys, says))
    order = list(dict.fromkeys(title for title, _, _ in rows.values()))
    return sorted(rows.values(), key=lambda row: order.index(row[0]))


def sources_of(screen: Screen[Any]) -> list[DOMNode]:
    """What has keys on a screen: first what is focused and around it, then the other panes."""
    around = list(screen.focused.ancestors_with_self) if screen.focused else [screen, screen.app]
    return [*around, *(node for node in screen.walk_children() if node not in around)]


def _keys(keys: str) -> str:
    return " ".join(key_name(key.strip()) for key in keys.split(","))


class Help(Dialog[None]):
    """The key table, to scroll through."""

    BINDING_GROUP_TITLE = "Help"

    DEFAULT_CSS = """
    Help {
        & > Sheet { height: 90%; }
        VerticalScroll { height: 1fr; scrollbar-size: 0 1; }
        .help--group { height: auto; margin-bottom: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "close", "close", id="help.close", tooltip="Close"),
        Binding("j", "scroll(1)", "Down", show=False, id="help.down", tooltip="Scroll down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="help.up", tooltip="Scroll up"),
        Binding("space", "page(1)", "Page", show=False, id="help.page", tooltip="Scroll one page"),
        Binding("b", "page(-1)", "Back", show=False, id="help.back", tooltip="Scroll back"),
    ]

    def __init__(self, sources: Sequence[Source]) -> None:
        """Tell the keys of these, in this order."""
        super().__init__()
        self._sources = sources

    def compose(self) -> ComposeResult:
        """Groups of keys under each other."""
        told = key_table(self._sources, getattr(self.app, "chosen_keys", None))
        with Sheet():
            yield line("Keys", "title")
            with VerticalScroll():
                for title, rows in groupby(told, key=lambda row: row[0]):
                    yield Static(_group(title, rows), classes="help--group")
            yield line("j k scroll · Esc closes", "keys")

    def action_close(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        view = self.query_one(VerticalScroll)
        view.scroll_relative(y=pages * max(1, view.size.height - 1), animate=False)


def _group(title: str, rows: Iterable[tuple[str, str, str]]) -> Content:
    lines = [Content.assemble((title, "bold"))]
    for _, keys, says in rows:
        pad = " " * max(1, _KEY_CELLS - len(keys))
        lines.append(Content.assemble("  ", (keys, "$text-accent"), pad, says))
    return Content("\n").join(lines)
