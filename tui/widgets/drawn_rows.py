"""Rows under a heading, drawn line by line: a row is made when it comes into view, and only then.

So a hundred thousand cost as much as ten, and what looks as before is not drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import ClassVar, Self

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Region
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.prompts import chosen_on, hinted
from tui.widgets.lines import column, fit, strip_of, wrapped
from tui.widgets.parts import PartsAsDrawn

HEADING = 1
"""Lines above the rows that do not scroll."""

_MOST_DRAWN = 1_000
"""So many lines are remembered as they were drawn."""

Part = tuple[str, Style]

Line = tuple[Style, tuple[Part, ...]]
"""All that a line of the pane looks like: its ground, and what stands on it."""


class DrawnRows(PartsAsDrawn, ScrollView, inherit_bindings=False):
    """Rows, one of them under the cursor; whoever puts keys to it says what they do."""

    ALLOW_SELECT = False
    FOOT_LOOK: ClassVar[str] = "error"
    """How the footnote is drawn."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--heading",
        "rows--heading-blurred",
        "rows--cursor",
        "rows--cursor-blurred",
        "rows--bar",
        "rows--bar-blurred",
        "rows--unread",
        "rows--mark",
        "rows--star",
        "rows--dim",
        "rows--age",
        "rows--source",
        "rows--badge",
        "rows--error",
        "rows--picked",
        "rows--hit",
        "rows--watch",
    }

    DEFAULT_CSS = """
    DrawnRows {
        height: 1fr;
        color: $foreground;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 1;
        & > .rows--heading { color: $text-accent; text-style: bold reverse; }
        & > .rows--heading-blurred { color: $text-muted; }
        & > .rows--cursor { background: $accent 18%; }
        & > .rows--cursor-blurred { background: $foreground 8%; }
        & > .rows--bar { color: $text-accent; }
        & > .rows--bar-blurred { color: $text-muted; }
        & > .rows--unread { color: $text; }
        & > .rows--mark { color: $text-accent; }
        & > .rows--star { color: $text-warning; }
        & > .rows--dim { color: $text-muted; }
        & > .rows--age { color: $text-muted; }
        & > .rows--source { color: $text-muted; }
        & > .rows--badge { color: $text-accent; }
        & > .rows--error { color: $text-error; }
        & > .rows--picked { color: $text-accent; text-style: bold; }
        & > .rows--hit { color: $text-warning; text-style: bold reverse; }
        & > .rows--watch { color: $text-warning; text-style: bold underline; }
        &:ansi > .rows--cursor, &:ansi > .rows--cursor-blurred { background: ansi_default; }
        &:ansi > .rows--dim, &:ansi > .rows--age, &:ansi > .rows--source { text-style: dim; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the row that keys act on."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = ""
        self.empty = ""
        self._looks: dict[str, Style] = {}
        self._ground: Style | None = None
        self._rows_drawn: dict[int, Line] = {}
        """Rows as they look, until they may look otherwise; never the cursor's."""
        self._strips: dict[Line, Strip] = {}
        """Lines as they were drawn, wherever they stand."""
        self._frame: object = None
        """What was around the lines when they were drawn."""
        self._seen: dict[int, Line] = {}
        """What each line of the pane was drawn as last."""

    # -------------------------------------------------------- what a kind of list answers

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """A row as text in styles, for so many cells."""
        raise NotImplementedError

    def footnote(self, width: int) -> Sequence[str]:
        """Lines under the rows that tell more about the one under the cursor."""
        return ()

    def heading_parts(self, width: int) -> Sequence[Part]:
        """The heading, and where in the list the cursor is."""
        place = f"{self.cursor + 1}/{self.row_count}" if self.row_count > self.page else ""
        title = f" {fit(self.heading, width - len(place) - 3)} "
        room = width - cell_len(title) - 1
        return [(title, self.heading_look), (column(place, room, right=True), self.look("dim"))]

    # -------------------------------------------------------- geometry

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self._height - HEADING - len(self._foot))

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    @property
    def _foot(self) -> Sequence[str]:
        return self.footnote(self._width) if self.row_count else ()

    @property
    def _first_row(self) -> int:
        return self.scroll_offset.y

    # -------------------------------------------------------- looks

    def look(self, part: str) -> Style:
        """Letters and colour of a part of a row, as "dim"; its ground is the row's."""
        if part not in self._looks:
            style = self.get_component_rich_style(f"rows--{part}")
            self._looks[part] = Style(
                color=style.color,
                bold=style.bold or None,
                dim=style.dim or None,
                underline=style.underline or None,
                reverse=style.reverse or None,
            )
        return self._looks[part]

    @property
    def heading_look(self) -> Style:
        """How the heading is drawn, its ground too."""
        if "=heading" not in self._looks:
            self._looks["=heading"] = self.get_component_rich_style(
                f"rows--{self.in_focus('heading')}"
            )
        return self._looks["=heading"]

    def forget_cursor_looks(self) -> None:
        """Ask anew for the looks of the heading and the cursor, which tell of the focus."""
        for look in ("=heading", "=cursor"):
            self._looks.pop(look, None)

    @property
    def _usual_ground(self) -> Style:
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    @property
    def _cursor_ground(self) -> Style:
        if "=cursor" not in self._looks:
            name = f"rows--{self.in_focus('cursor')}"
            ground = self.get_component_rich_style(name).bgcolor
            self._looks["=cursor"] = self._usual_ground + Style(bgcolor=ground, bold=True)
        return self._looks["=cursor"]

    def notify_style_update(self) -> None:
        """Draw all lines anew: the theme, the focus or the size of the window changed."""
        self._forget()
        super().notify_style_update()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw lines anew; without a region, all that look otherwise than before."""
        if not regions:
            is_as_before = self._forget()
            if is_as_before and repaint and not layout and not recompose:
                self.draw_changes()
                return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _forget(self) -> bool:
        """Ask for all looks anew; whether what was drawn may be handed out again."""
        self._looks.clear()
        self._ground = None
        self._rows_drawn.clear()
        if self._frame == (frame := self._framed()):
            return True
        self._frame = frame
        self._strips.clear()
        self._seen.clear()
        return False

    def _framed(self) -> object:
        """All that a strip shows beside its line."""
        styles, app = self.styles, self.app
        around = (styles.border, styles.outline, styles.padding, styles.opacity, styles.tint)
        return self.outer_size, self.background_colors, around, app.theme, app.ansi_color

    def draw_changes(self) -> None:
        """Draw the lines anew that look otherwise than they were drawn; rows may be others."""
        self._rows_drawn.clear()
        if not self.is_attached:
            return
        width, foot = self._width, self._foot
        for y in range(self._height):
            if self._seen.get(y) != self._line(y, width, foot):
                self._refresh_line(y)

    def _refresh_line(self, y: int) -> None:
        self.refresh(Region(0, y, self.size.width, 1))

    # -------------------------------------------------------- lines

    def _line(self, y: int, width: int, foot: Sequence[str]) -> Line:
        """One line of the pane: the heading, a row, the footnote or nothing."""
        base = self._usual_ground
        if y < HEADING:
            return base, tuple(self.heading_parts(width))
        row, from_below = self._first_row + y - HEADING, self._height - y
        if 0 < from_below <= len(foot):
            return base, (("  ", base), (foot[-from_below], self.look(self.FOOT_LOOK)))
        if row < self.row_count:
            return self._row(row, width)
        return base, tuple(self._told_of_nothing(y - HEADING - 1, width))

    def _row(self, row: int, width: int) -> Line:
        if row == self.cursor:
            bar = ("▌" if self.has_focus else "▏", self.look(self.in_focus("bar")))
            return self._cursor_ground, (bar, *self.row_parts(row, width - 1))
        if row not in self._rows_drawn:
            if len(self._rows_drawn) > _MOST_DRAWN:
                self._rows_drawn.clear()
            base = self._usual_ground
            self._rows_drawn[row] = base, ((" ", base), *self.row_parts(row, width - 1))
        return self._rows_drawn[row]

    def _told_of_nothing(self, number: int, width: int) -> Iterable[Part]:
        if self.row_count or number < 0:
            return
        lines = wrapped(hinted(self.empty, chosen_on(self.app)), max(8, width - 4), lines=6)
        if number < len(lines):
            yield "  ", self._usual_ground
            yield lines[number], self.look("dim")

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        width = self._width
        base, parts = self._line(y, width, self._foot)
        return strip_of(parts, width, base)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the pane; what was drawn before is not made anew, wherever it stood."""
        width, within, foot = self.outer_size.width, self._width, self._foot
        lines = [self._line(y, within, foot) for y in crop.line_range]
        self._seen |= zip(crop.line_range, lines, strict=True)
        strips: list[Strip] = []
        while len(strips) < len(lines):
            left = lines[len(strips) :]
            if (strip := self._strips.get(left[0])) is not None:
                strips.append(strip)
            else:
                strips += self._made_anew(crop.y + len(strips), left)
        if crop.column_span != (0, width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _made_anew(self, y: int, lines: Sequence[Line]) -> list[Strip]:
        """The lines from one on as far as none of them is remembered."""
        height = sum(1 for _ in takewhile(lambda line: line not in self._strips, lines))
        strips = super().render_lines(Region(0, y, self.outer_size.width, height))
        if len(self._strips) > _MOST_DRAWN:
            self._strips.clear()
        self._strips |= zip(lines, strips, strict=False)
        return strips
