"""How a headline reads in a line: which columns there are for a width, and what lights up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from store.model import HeadlineRow, Span
from tui.prompts import AGE_CELLS, NO_TITLE, age, count
from tui.widgets.drawn_rows import Part
from tui.widgets.lines import column, fit, plain

Lit = Callable[[str], Sequence[tuple[Span, str]]]
"""Which passages of a title are lit up, and how: "hit" or "watch"."""

Said = Callable[[HeadlineRow], Sequence[str]]
"""Which watch words an article says, in its title or its text."""

_WIDE, _NARROW = 48, 30
"""Widths from which the source, and the age, have a column."""
_UNDER = "└ "
"""Before the title of a report that stands under another one of the same event."""
_SOURCE_CELLS = range(12, 27)
_CODE_POINTS_A_CELL = 4
_SAID_FROM, _SAID_CELLS = 60, 20
"""The width from which a watch word is told, and how much of it; below, only that there is one."""


class RowLook(Struct, frozen=True):
    """What all rows of a list share."""

    names: Mapping[int, str]
    """The feeds of this list: with more than one, rows say where they are from."""
    now: datetime
    look: Callable[[str], Style]
    lit: Lit | None = None
    picks: bool = False
    """Whether any row is selected, which takes a column."""
    said: Said | None = None

    def parts(self, row: HeadlineRow, width: int, *, is_picked: bool = False) -> Iterator[Part]:
        """Selected, unread, starred, age, source, title, badges; fewer when it is narrow."""
        badge, word = badges(row), self._word(row, width)
        left = width - 3 - len(badge) - cell_len(word)
        if self.picks:
            left -= 2
            yield "✓ " if is_picked else "  ", self.look("picked")
        yield "●" if not row.read else " ", self.look("mark")
        yield "★" if row.starred else " ", self.look("star")
        if width >= _NARROW:
            left -= AGE_CELLS + 2
            yield column(age(row.at, self.now), AGE_CELLS, right=True) + "  ", self.look("age")
        if width >= _WIDE and len(self.names) > 1:
            cells = source_cells(width)
            left -= cells + 2
            yield column(self.names.get(row.feed, ""), cells) + "  ", self.look("source")
        if row.under:
            left -= len(_UNDER)
            yield _UNDER, self.look("dim")
        yield from self._title(row, max(0, left))
        yield word, self.look("watch")
        yield badge, self.look("badge")

    def _word(self, row: HeadlineRow, width: int) -> str:
        """The first watch word that an article says, with a space before it."""
        words = self.said(row) if self.said is not None else ()
        if not words:
            return ""
        more = f" +{len(words) - 1}" if len(words) > 1 else ""
        return f" †{fit(words[0], _SAID_CELLS)}{more}" if width >= _SAID_FROM else " †"

    def _title(self, row: HeadlineRow, cells: int) -> Iterator[Part]:
        title = row.title if row.title.strip() else NO_TITLE
        shown = fit(title, cells)
        usual = self.look("dim" if row.read else "unread")
        at = 0
        for span, kind in self._lit(title, shown, cells):
            yield shown[at : span.start], usual
            yield shown[span.start : span.end], self.look(kind)
            at = span.end
        yield shown[at:] + " " * (cells - cell_len(shown)), usual

    def _lit(self, title: str, shown: str, cells: int) -> Iterable[tuple[Span, str]]:
        """What is lit of what is shown, in its order, each letter once."""
        if self.lit is None or not shown:
            return
        whole = plain(title[: cells * _CODE_POINTS_A_CELL + 1])
        end = at = 0
        end = len(shown) if shown == whole else len(shown) - 1
        for span, kind in sorted(self.lit(whole), key=lambda one: one[0]):
            start, stop = max(span.start, at), min(span.end, end)
            if start < stop:
                yield Span(start, stop), kind
                at = stop


def badges(row: HeadlineRow) -> str:
    """What there is to know of an article beside its title, with a space before it.

    "+3" reports of the same event are folded into it, "-3" stand under it; "≡" its full text is
    shown, "≠" its publisher changed it after it was read, "3◆" claims.
    """
    told = "≡" * row.full_text + "≠" * row.changed
    told += f"{count(row.claims)}◆" if row.claims else ""
    if row.others:
        told = f"{'-' if row.unfolded else '+'}{count(row.others)}{' ' * bool(told)}{told}"
    return f" {told}" if told else ""


def source_cells(width: int) -> int:
    """How wide the names of feeds stand: a sixth of what there is, within reason."""
    return min(max((width - 10) // 6, _SOURCE_CELLS[0]), _SOURCE_CELLS[-1])
