"""Every key, by where it works: read from the bindings, so that it cannot be out of date."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType, Keymap
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from tui.prompts import key_name
from tui.screens.dialog import Dialog, Sheet, line
from tui.widgets.line_input import LineInput

_KEY_CELLS = 16
_LEAST_SAID = 20
"""Cells for what a key does, however narrow the terminal is."""
_NOT_NOW = " · elsewhere or not now"

Source = DOMNode | type[DOMNode]


def key_table(
    sources: Iterable[Source],
    keymap: Keymap | None = None,
    working: Collection[str] | None = None,
) -> list[tuple[str, str, str]]:
    """Where each binding works, its keys, what it does; bindings without an id are left out.

    A binding stands under the title of the class that defines it; bindings of a group share a row.
    ``keymap`` holds the keys that the person chose, by binding id. What is among the ids
    ``working`` comes first, pane by pane, then the rest as what works elsewhere or not now.
    """
    chosen = keymap or {}
    rows: dict[tuple[str, str], tuple[str, str, str]] = {}
    for source in sources:
        kind = source if isinstance(source, type) else type(source)
        for defining in kind.__mro__:
            named = vars(defining).get("BINDING_GROUP_TITLE") or defining.__name__
            for binding in vars(defining).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id and binding.description:
                    keys = _keys(chosen.get(binding.id) or binding.key)
                    says = binding.tooltip or binding.description
                    shared = binding.group
                    if working is not None and binding.id not in working:
                        title = f"{named}{_NOT_NOW}"
                    else:
                        title = named
                    row = rows.get((title, shared.description)) if shared else None
                    if shared and row:
                        keys = f"{row[1].partition('–')[0]}–{keys}"  # from the first to this one
                    if shared:
                        rows[title, shared.description] = (title, keys, shared.description)
                    else:
                        rows.setdefault((title, binding.id), (title, keys, says))
    order = list(dict.fromkeys(title for title, _, _ in rows.values()))
    return sorted(rows.values(), key=lambda row: (_NOT_NOW in row[0], order.index(row[0])))


def sources_of(screen: Screen[Any]) -> list[DOMNode]:
    """What has keys on a screen: first what is focused and around it, then the other panes."""
    around = list(screen.focused.ancestors_with_self) if screen.focused else [screen, screen.app]
    return [*around, *(node for node in screen.walk_children() if node not in around)]


def _keys(keys: str) -> str:
    return " ".join(key_name(key.strip()) for key in keys.split(","))


def working_on(screen: Screen[Any]) -> frozenset[str]:
    """The ids of what works here and now: in the focused pane and around it, if it is possible."""
    active = screen.active_bindings.values()
    return frozenset(one.binding.id for one in active if one.enabled and one.binding.id)


class Help(Dialog[None]):
    """The key table, to scroll through and to search."""

    BINDING_GROUP_TITLE = "Help"

    DEFAULT_CSS = """
    Help {
        & > Sheet { height: 90%; width: 88; }
        VerticalScroll { height: 1fr; scrollbar-size: 0 1; }
        Input { display: none; border: none; height: 1; padding: 0; margin-bottom: 1; }
        &.-finding Input { display: block; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "close", "close", id="help.close", tooltip="Close"),
        Binding("slash", "find", "find", id="help.find", tooltip="Find a key by what it does"),
        Binding("j", "scroll(1)", "Down", show=False, id="help.down", tooltip="Scroll down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="help.up", tooltip="Scroll up"),
        Binding("space", "page(1)", "Page", show=False, id="help.page", tooltip="Scroll one page"),
        Binding("b", "page(-1)", "Back", show=False, id="help.back", tooltip="Scroll back"),
    ]

    def __init__(self, sources: Sequence[Source], working: Collection[str] | None = None) -> None:
        """Tell the keys of these, in this order; first the ids that work, if they are known."""
        super().__init__()
        self._sources = sources
        self._working = working

    def compose(self) -> ComposeResult:
        """Groups of keys under each other."""
        with Sheet():
            yield line("Keys", "title")
            yield LineInput(placeholder="words of what it does, or a key", compact=True)
            yield VerticalScroll(*self._groups(""))
            yield line(
                "‹j:help.down› ‹k:help.up› scroll · ‹/:help.find› find · ‹Esc:help.close› closes",
                "keys",
            )

    def on_mount(self) -> None:
        """Let keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Go back to where one was; while finding, to all keys."""
        if self.has_class("-finding"):
            self.remove_class("-finding")
            self.query_one(Input).value = ""
            self.query_one(VerticalScroll).focus()
        else:
            self.dismiss(None)

    def action_find(self) -> None:
        """Take words to look for."""
        self.add_class("-finding")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _look_for(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _found(self) -> None:
        self.query_one(VerticalScroll).focus()

    @work(exclusive=True)
    async def _show(self, wanted: str) -> None:
        view = self.query_one(VerticalScroll)
        async with view.batch():
            await view.remove_children()
            await view.mount_all(self._groups(wanted))
        view.scroll_home(animate=False)

    def _groups(self, wanted: str) -> list[Widget]:
        by_pane = groupby(self._rows(wanted), key=lambda row: row[0])
        groups: list[Widget] = [_Group(*group) for group in by_pane]
        return groups or [Static(Content("No key here does that; the palette knows all others."))]

    def _rows(self, wanted: str) -> list[tuple[str, str, str]]:
        keymap = getattr(self.app, "chosen_keys", None)
        told = key_table(self._sources, keymap, self._working)
        words = wanted.casefold().split()
        return [row for row in told if row[1] == wanted or _has(row, words)]

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        view = self.query_one(VerticalScroll)
        view.scroll_relative(y=pages * max(1, view.size.height - 1), animate=False)


def _has(row: tuple[str, str, str], words: Iterable[str]) -> bool:
    told = " ".join(row).casefold()
    return all(word in told for word in words)


class _Group(Widget):
    """The keys of one pane under its name; what is long goes on under what was said."""

    DEFAULT_CSS = "_Group { height: auto; margin-bottom: 1; }"

    def __init__(self, title: str, rows: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self._title = title
        self._told = [(keys, says) for _, keys, says in rows]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line for the name and those that every key needs."""
        return 1 + sum(len(lines) for _, lines in self._folded(width))

    def render(self) -> Content:
        """Keys at the left, what they do beside them."""
        lines = [Content.styled(self._title, "bold")]
        for keys, says in self._folded(self.size.width):
            pad = " " * max(1, _KEY_CELLS - cell_len(keys))
            lines.append(Content.assemble("  ", (keys, "$text-accent"), pad, says[0]))
            lines += [Content(" " * (2 + _KEY_CELLS) + more) for more in says[1:]]
        return Content("\n").join(lines)

    def _folded(self, width: int) -> list[tuple[str, list[str]]]:
        room = max(_LEAST_SAID, width - 2 - _KEY_CELLS)
        return [(keys, wrap(says, room) or [""]) for keys, says in self._told]
