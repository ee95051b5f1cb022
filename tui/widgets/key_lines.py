"""The keys that work and what they do, as lines: on a sentence, in word mode, in a legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len
from textual.content import Content

from tui.widgets.lines import column

if TYPE_CHECKING:
    from store.claims.marking.focus import Focus

DIGITS = 9
_LEGEND_CELLS = 18
_LEGEND_ROWS = 9
"""More would leave too little of the article; labels are cut before."""
_AROUND_LABEL = 4


class Keyed(Protocol):
    """What a key stands for in a legend."""

    @property
    def key(self) -> str:
        """The key; empty for none."""

    @property
    def label(self) -> str:
        """How it reads."""


@dataclass(frozen=True)
class Entry:
    """A key and what it stands for, plainly."""

    key: str
    label: str


def keys_line(focus: Focus, room: int) -> Content:
    """The keys that work on this sentence, and what they do to it."""
    last = min(len(focus.chips), DIGITS)
    digits = [(f"1-{last}" if last > 1 else "1", "tick")] if last else []
    keys = {
        "plain": [
            *(("s", "signal"), ("c", "company"), ("r", "region"), *digits),
            *((".", "repeat"), ("v", "words"), ("enter", "next ?")),
        ],
        "suggested": [
            *(("enter", "keep"), ("x", "reject"), ("s c r", "change"), *digits),
            *(("] [", "edges"), ("v", "words")),
        ],
        "draft": [
            *(("s", "signal"), ("c r", "add"), *digits, ("x", "remove")),
            *(("] [", "edges"), ("enter", "keep")),
        ],
        "claim": [
            *(("s c r", "change"), *digits, ("x", "remove"), ("] [", "edges")),
            *(("a i", "details"), ("u", "undo"), ("&", "another")),
        ],
    }[focus.kind]
    if focus.kind == "draft" and not focus.has_signal:
        keys.remove(("enter", "keep"))
    if focus.unsaved:
        keys = [("enter", "keep"), *(key for key in keys if key[0] != "enter")]
    return hints(keys, room)


WORD_KEYS = (
    ("h l", "word"),
    ("w b", "more"),
    ("] [ } {", "ends"),
    ("s c r 1-9 .", "claim"),
    ("enter", "quote"),
    ("Esc", "leave"),
)
"""What keys do in word mode."""


def hints(keys: Iterable[tuple[str, str]], room: int) -> Content:
    """Keys and what they do, as many as there is room for."""
    dot = Content.styled(" · ", "$text-muted")
    line = Content("")
    for press, does in keys:
        part = Content.assemble((press, "$text-accent"), " ", (does, "$text-muted"))
        longer = Content.assemble(line, dot, part) if line.cell_length else part
        if longer.cell_length > room:
            break
        line = longer
    return line


def legend(entries: Sequence[Keyed], room: int) -> Content:
    """All that keys stand for, column by column."""
    longest = max((cell_len(entry.label) for entry in entries), default=0)
    cells = longest + _AROUND_LABEL
    if -(-len(entries) // max(1, room // cells)) > _LEGEND_ROWS:
        cells = _LEGEND_CELLS
    rows = -(-len(entries) // max(1, room // cells))
    lines = []
    for row in range(rows):
        parts = []
        for entry in entries[row::rows]:
            label = column(entry.label, cells - 3)
            parts += [
                Content.styled(f"{entry.key or ' '} ", "bold $text-accent"),
                Content(label + " "),
            ]
        lines.append(Content("").join(parts))
    return Content("\n").join(lines)
