"""The keys that work and what they do, as lines: on a sentence, in word mode, in a legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.cells import cell_len
from textual.content import Content

from tui.prompts import hinted
from tui.widgets.lines import column

if TYPE_CHECKING:
    from store.claims.marking.focus import Focus

DIGITS = 9
_LEGEND_CELLS = 18
_LEGEND_ROWS = 9
"""More would leave too little of the article; labels are cut before."""
_AROUND_LABEL = 4
_SIGNAL, _COMPANY, _REGION = "‹s:tag.signal›", "‹c:tag.company›", "‹r:tag.region›"
_KEEP, _REMOVE, _WORDS = "‹enter:tag.keep›", "‹x:tag.remove›", "‹v:tag.words›"
_EDGES = "‹]:tag.end_right› ‹[:tag.end_left›"


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


def keys_line(focus: Focus, room: int, chosen: Mapping[str, str] | None = None) -> Content:
    """The keys that work on this sentence, and what they do to it; ``chosen`` are those by id."""
    last = min(len(focus.chips), DIGITS)
    digits = [(f"1-{last}" if last > 1 else "1", "tick")] if last else []
    pick = f"{_SIGNAL} {_COMPANY} {_REGION}"
    keys = {
        "plain": [
            *((_SIGNAL, "signal"), (_COMPANY, "company"), (_REGION, "region"), *digits),
            *(("‹.:tag.repeat›", "repeat"), (_WORDS, "words"), (_KEEP, "next ?")),
        ],
        "suggested": [
            *((_KEEP, "keep"), (_REMOVE, "reject"), (pick, "change"), *digits),
            *((_EDGES, "edges"), (_WORDS, "words")),
        ],
        "draft": [
            *((_SIGNAL, "signal"), (f"{_COMPANY} {_REGION}", "add"), *digits),
            *((_REMOVE, "remove"), (_EDGES, "edges"), (_KEEP, "keep")),
        ],
        "claim": [
            *((pick, "change"), *digits, (_REMOVE, "remove"), (_EDGES, "edges")),
            *(("‹a:tag.status› ‹i:tag.note›", "details"), ("‹u:tag.undo›", "undo")),
            ("‹&:tag.another›", "another"),
        ],
    }[focus.kind]
    if focus.kind == "draft" and not focus.has_signal:
        keys.remove((_KEEP, "keep"))
    if focus.unsaved:
        keys = [(_KEEP, "keep"), *(key for key in keys if key[0] != _KEEP)]
    return hints(((hinted(press, chosen or {}), does) for press, does in keys), room)


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
