"""A pane of one-line rows with a cursor: what the feed tree and the article list both are.

Rows are drawn when they come into view and only then, so a hundred thousand cost as much as ten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar, Self

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from tui.prompts import chosen_on, hinted
from tui.widgets.lines import column, fit, strip_of, wrapped

_HEADING = 1
"""Lines above the rows that do not scroll."""

_MOST_DRAWN = 1_000
"""So many rows are remembered as they were drawn."""

MISPLACED = ("s", "c")
"""Keys that ask for another key in an article, and mean nothing in a list."""

Part = tuple[str, Style]


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows under a heading, one of them under the cursor."""

    BINDING_GROUP_TITLE = "Lists"
    ALLOW_SELECT = False
    FOOT_LOOK: ClassVar[str] = "error"
    """How the footnote is drawn."""
    SWALLOWED: ClassVar[tuple[str, ...]] = MISPLACED
    """Keys that mean nothing in this kind of list, nor does the key after them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--heading",
        "rows--cursor",
        "rows--bar",
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
    RowList {
        height: 1fr;
        color: $foreground;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 1;
        & > .rows--heading { color: $text-muted; }
        & > .rows--cursor { background: $foreground 8%; }
        & > .rows--bar { color: $text-muted; }
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
        &:focus > .rows--heading { color: $text-accent; text-style: bold reverse; }
        &:focus > .rows--cursor { background: $accent 18%; }
        &:focus > .rows--bar { color: $text-accent; }
        &:ansi > .rows--cursor { background: ansi_default; }
        &:ansi > .rows--dim, &:ansi > .rows--age, &:ansi > .rows--source { text-style: dim; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "down", "Down", show=False, id="list.down", tooltip="Go one row down"),
        Binding("k,up", "up", "Up", show=False, id="list.up", tooltip="Go one row up"),
        Binding("g,home", "top", "Top", show=False, id="list.top", tooltip="Go to the first row"),
        Binding("G,end", "end", "End", show=False, id="list.end", tooltip="Go to the last row"),
        Binding(
            "space,pagedown",
            "page_down",
            "Page down",
            show=False,
            id="list.page_down",
            tooltip="Go one page down",
        ),
        Binding(
            "b,pageup",
            "page_up",
            "Page up",
            show=False,
            id="list.page_up",
            tooltip="Go one page up",
        ),
        Binding(
            "ctrl+d",
            "half_page(1)",
            "Half a page",
            show=False,
            id="list.half_down",
            tooltip="Half a page down",
        ),
        Binding(
            "ctrl+u",
            "half_page(-1)",
            "Half a page back",
            show=False,
            id="list.half_up",
            tooltip="Half a page up",
        ),
        Binding("enter", "open", "open", id="list.open", tooltip="Open the row under the cursor"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """Index of the row that keys act on."""

    @dataclass
    class Misplaced(Message):
        """A key that tags sentences was pressed in a list; the key after it is swallowed."""

        key: str

    def __init__(self) -> None:
        super().__init__()
        self.heading = ""
        self.empty = ""
        self._swallowing = False
        self._focus_is_new = False
        self._drawn: dict[int, Strip] = {}
        """Rows as they were drawn, until all is drawn anew; never the cursor's."""

    # -------------------------------------------------------- what a kind of list answers

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """A row as text in styles, for so many cells."""
        raise NotImplementedError

    def row_reached(self, index: int) -> None:
        """The person moved the cursor to this row."""

    def row_opened(self, index: int) -> None:
        """The person opened this row."""

    def row_picked(self, index: int) -> None:
        """The person clicked on this row with ctrl."""

    def footnote(self, width: int) -> Sequence[str]:
        """Lines under the rows that tell more about the one under the cursor."""
        return ()

    # -------------------------------------------------------- geometry

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        height = self.scrollable_content_region.height
        return max(1, height - _HEADING - len(self._foot))

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _foot(self) -> Sequence[str]:
        return self.footnote(self._width) if self.row_count else ()

    @property
    def _first_row(self) -> int:
        return self.scroll_offset.y

    def _measure(self) -> None:
        size = Size(0, _HEADING + self.row_count + len(self._foot))
        if size.height > self.virtual_size.height and self.show_vertical_scrollbar:
            # A long list that grows moves nothing: to lay the screen out anew would draw all of it.
            self.set_reactive(RowList.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
            self.refresh()
        elif size != self.virtual_size:
            self.virtual_size = size

    def _thumb_at(self, position: float) -> int:
        """Where the scroll bar shows a position, in the eighths of a line that it can draw."""
        return int(position * self.size.height * 8 / max(1, self.virtual_size.height))

    def _refresh_row(self, index: int) -> None:
        y = _HEADING + index - self._first_row
        if y >= _HEADING:
            self.refresh(Region(0, y, self.size.width, 1))

    def _scroll_to_row(self, first: int) -> None:
        if not self.scrollable_content_region.height:
            return  # not laid out: the first resize shows the cursor
        self.scroll_to(y=first, animate=False, immediate=True, force=True)

    def _show_cursor(self) -> None:
        if self.cursor < self._first_row:
            self._scroll_to_row(self.cursor)
        elif self.cursor >= self._first_row + self.page:
            self._scroll_to_row(self.cursor - self.page + 1)

    # -------------------------------------------------------- moving

    def validate_cursor(self, index: int) -> int:
        """The cursor stays on a row."""
        return max(0, min(index, self.row_count - 1))

    def go_to(self, index: int) -> None:
        """Put the cursor on a row and the row in view, as if by hand."""
        before, foot = self.cursor, self._foot
        self.cursor = index
        if self.cursor == before:
            self._show_cursor()
            return
        if foot or self._foot:
            self._measure()
            self.refresh()
        self._show_cursor()
        self.row_reached(self.cursor)

    def place(self, index: int, *, screen_row: int) -> None:
        """Put the cursor on a row that is drawn so many lines under the heading; tells nobody."""
        self._measure()
        self.set_reactive(RowList.cursor, self.validate_cursor(index))
        self._scroll_to_row(self.cursor - screen_row)
        self._show_cursor()
        self.refresh()

    @property
    def screen_row(self) -> int:
        """How many lines under the heading the cursor is drawn."""
        return self.cursor - self._first_row

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows anew, and the heading that counts them."""
        self._refresh_row(before)
        self._refresh_row(after)
        self.refresh(Region(0, 0, self.size.width, _HEADING))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The cursor follows the view, so that no key acts on what is not seen."""
        bar = self.vertical_scrollbar
        if self._thumb_at(new_value) == self._thumb_at(bar.position):
            bar.set_reactive(ScrollBar.position, new_value)  # to draw it again costs as much as all
        super().watch_scroll_y(old_value, new_value)
        if not self.has_focus or not self.row_count:
            return
        last = self._first_row + self.page - 1
        followed = max(self._first_row, min(self.cursor, last))
        if followed != self.cursor:
            self.cursor = followed
            self.row_reached(self.cursor)

    def action_down(self) -> None:
        """Go one row down."""
        self.go_to(self.cursor + 1)

    def action_up(self) -> None:
        """Go one row up."""
        self.go_to(self.cursor - 1)

    def action_top(self) -> None:
        """Go to the first row."""
        self.go_to(0)

    def action_end(self) -> None:
        """Go to the last row."""
        self.go_to(self.row_count - 1)

    def action_page_down(self) -> None:
        """Go one page down."""
        self.go_to(self.cursor + self.page)

    def action_page_up(self) -> None:
        """Go one page up."""
        self.go_to(self.cursor - self.page)

    def action_half_page(self, by: int) -> None:
        """Go half a page down or up."""
        self.go_to(self.cursor + by * max(1, self.page // 2))

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.row_count:
            self.row_opened(self.cursor)

    # -------------------------------------------------------- events

    def on_key(self, event: events.Key) -> None:
        """Swallow a key that tags sentences and the letter after it, however fast they come."""
        self._focus_is_new = False
        if self._swallowing:
            self._swallowing = False
            swallowed = event.is_printable or event.key == "escape"
        else:
            self._swallowing = swallowed = event.key in self.SWALLOWED
            if swallowed:
                self.post_message(self.Misplaced(event.key))
        if swallowed:
            event.stop()
            event.prevent_default()

    def on_focus(self) -> None:
        """Show where keys go from now on."""
        self._focus_is_new = True
        self._show_cursor()
        self.refresh()

    def on_blur(self) -> None:
        """Forget a prefix; look unfocused."""
        self._swallowing = False
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._drawn.clear()
        self._measure()
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Go there with the first click, open with the second; ctrl selects.

        The border at the right is for who drags it.
        """
        if has_border(self) and event.x == self.outer_size.width - 1:
            return
        row = self._first_row + event.y - _HEADING
        if event.y < _HEADING or row >= min(self.row_count, self._first_row + self.page):
            return
        opens = event.chain > 1 or (row == self.cursor and not self._focus_is_new)
        self._focus_is_new = False
        self.go_to(row)
        if event.ctrl:
            self.row_picked(row)
        elif opens:
            self.row_opened(row)

    # -------------------------------------------------------- drawing

    def look(self, part: str) -> Style:
        """Letters and colour of a part of a row, as "dim"; its ground is the row's."""
        style = self.get_component_rich_style(f"rows--{part}")
        return Style(
            color=style.color,
            bold=style.bold or None,
            dim=style.dim or None,
            underline=style.underline or None,
            reverse=style.reverse or None,
        )

    def render_line(self, y: int) -> Strip:
        """One line of the pane: the heading, a row, the footnote or nothing."""
        width, base = self._width, self.rich_style
        if y < _HEADING:
            return self._heading_strip(width, base)
        foot = self._foot
        row = self._first_row + y - _HEADING
        if foot and y >= self.scrollable_content_region.height - len(foot):
            line = foot[y - self.scrollable_content_region.height + len(foot)]
            return strip_of([("  ", base), (line, self.look(self.FOOT_LOOK))], width, base)
        if row < self.row_count:
            return self._row_strip(row, width, base)
        if not self.row_count:
            told = hinted(self.empty, chosen_on(self.app))
            lines = wrapped(told, max(8, width - 4), lines=6)
            if 0 <= y - _HEADING - 1 < len(lines):
                text = lines[y - _HEADING - 1]
                return strip_of([("  ", base), (text, self.look("dim"))], width, base)
        return Strip.blank(width, base)

    def _row_strip(self, row: int, width: int, base: Style) -> Strip:
        if row == self.cursor:
            base = base + Style(
                bgcolor=self.get_component_rich_style("rows--cursor").bgcolor, bold=True
            )
            bar = ("▌" if self.has_focus else "▏", self.look("bar"))
            return strip_of([bar, *self.row_parts(row, width - 1)], width, base)
        return strip_of([(" ", base), *self.row_parts(row, width - 1)], width, base)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines of the pane; rows that only came to stand elsewhere are not made anew."""
        width, drawn = self.outer_size.width, self._drawn
        rows = self._rows_of(crop.line_range)
        strips: list[Strip] = []
        for y, row in zip(crop.line_range, rows, strict=True):
            if len(strips) > y - crop.y:
                continue
            if row is not None and row in drawn:
                strips.append(drawn[row])
                continue
            strips += self._made_anew(y, rows[y - crop.y :], width)
        if crop.column_span != (0, width):
            return [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _made_anew(self, y: int, rows: Sequence[int | None], width: int) -> list[Strip]:
        """The lines from one on as far as none of them is remembered."""
        are_new = (row is None or row not in self._drawn for row in rows)
        height = sum(1 for _ in takewhile(bool, are_new))
        strips = super().render_lines(Region(0, y, width, height))
        if len(self._drawn) > _MOST_DRAWN:
            self._drawn.clear()
        self._drawn.update(
            {row: strip for row, strip in zip(rows, strips, strict=False) if row is not None}
        )
        return strips

    def _rows_of(self, lines: range) -> list[int | None]:
        """Of each line the row, where that looks the same wherever it stands."""
        first, cursor = self._first_row - _HEADING, self.cursor
        rows = range(first + _HEADING, min(first + _HEADING + self.page, self.row_count))
        return [
            row if row in rows and row != cursor else None
            for row in range(first + lines.start, first + lines.stop)
        ]

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw lines anew; without a region all rows are made anew too."""
        if not regions:
            self._drawn.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Make all rows anew: they look otherwise now."""
        self._drawn.clear()
        super().notify_style_update()

    def _heading_strip(self, width: int, base: Style) -> Strip:
        style = self.get_component_rich_style("rows--heading")
        place = f"{self.cursor + 1}/{self.row_count}" if self.row_count > self.page else ""
        title = f" {fit(self.heading, width - len(place) - 3)} "
        room = width - cell_len(title) - 1
        return strip_of(
            [(title, style), (column(place, room, right=True), self.look("dim"))], width, base
        )


def has_border(pane: Widget) -> bool:
    """Whether a line at its right parts it from the next pane."""
    return bool(pane.styles.border_right[0])
