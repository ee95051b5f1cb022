"""All that is known of one feed, under the list of feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.lines import column, strip_of, wrapped

_LABEL_CELLS = 12


@dataclass(frozen=True)
class Fact:
    """One thing about a feed; without a label it runs over the whole line."""

    label: str
    text: str
    look: str = "text"
    """"title", "text" or "error"."""
    lines: int = 1
    """At most so many."""


class FeedDetail(Widget):
    """Facts under one another; those that there is no room for are left out at the end."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "detail--title",
        "detail--text",
        "detail--label",
        "detail--error",
    }

    DEFAULT_CSS = """
    FeedDetail {
        height: 12;
        color: $foreground;
        background: $surface;
        & > .detail--title { color: $text-accent; text-style: bold; }
        & > .detail--text { color: $text; }
        & > .detail--label { color: $text-muted; }
        & > .detail--error { color: $text-error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._facts: Sequence[Fact] = ()

    def show(self, facts: Sequence[Fact]) -> None:
        """Show these, from the top."""
        self._facts = facts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A fact, or what of it did not fit on the line above."""
        width, base = self.size.width, self.rich_style
        lines = [line for fact in self._facts for line in self._lines(fact, width - 2)]
        parts = lines[y] if y < len(lines) else []
        return strip_of([(" ", base), *parts], width, base)

    def _lines(self, fact: Fact, width: int) -> list[list[tuple[str, Style]]]:
        look = self._look(fact.look)
        cells = _LABEL_CELLS if fact.label else 0
        told = wrapped(fact.text, max(8, width - cells), lines=fact.lines)
        labels = [column(fact.label if not n else "", cells) for n in range(len(told))]
        muted = self._look("label")
        return [[(label, muted), (text, look)] for label, text in zip(labels, told, strict=True)]

    def _look(self, part: str) -> Style:
        style = self.get_component_rich_style(f"detail--{part}")
        return Style(color=style.color, bold=style.bold)
