"""A pane of one-line rows with a cursor that keys move: what most lists are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from tui.prompts import keys_of
from tui.widgets.drawn_rows import HEADING, DrawnRows
from tui.widgets.telling import Telling

MISPLACED = {"tag.signal": "s", "tag.company": "c"}
"""What asks for another key in an article and means nothing in a list: ids and usual keys."""


class RowList(DrawnRows, can_focus=True, inherit_bindings=False):
    """Rows under a heading, one of them under the cursor."""

    BINDING_GROUP_TITLE = "Lists"
    SWALLOWED: ClassVar[Mapping[str, str]] = MISPLACED
    """Commands whose keys mean nothing in this kind of list, nor does the key after them."""

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

    class Misplaced(Telling):
        """A key that tags sentences was pressed in a list; the key after it is swallowed."""

        key: str

    def __init__(self) -> None:
        super().__init__()
        self._swallowing = False
        self._focus_is_new = False

    # -------------------------------------------------------- what a kind of list answers

    def row_reached(self, index: int) -> None:
        """The person moved the cursor to this row."""

    def row_opened(self, index: int) -> None:
        """The person opened this row."""

    def row_picked(self, index: int) -> None:
        """The person clicked on this row with ctrl."""

    # -------------------------------------------------------- geometry

    def _measure(self) -> None:
        size = Size(0, HEADING + self.row_count + len(self._foot))
        if size.height > self.virtual_size.height and self.show_vertical_scrollbar:
            # A long list that grows moves nothing: to lay the screen out anew would draw all of it.
            self.set_reactive(RowList.virtual_size, size)
            self.vertical_scrollbar.window_virtual_size = size.height
        elif size != self.virtual_size:
            self.virtual_size = size
            if not self.size and size.height > self.app.size.height:
                # It is known before the first layout, which else is followed by a second.
                self.set_reactive(Widget.show_vertical_scrollbar, True)

    def _thumb_at(self, position: float) -> int:
        """Where the scroll bar shows a position, in the eighths of a line that it can draw."""
        return int(position * self.size.height * 8 / max(1, self.virtual_size.height))

    def _refresh_row(self, index: int) -> None:
        y = HEADING + index - self._first_row
        if y >= HEADING:
            self._refresh_line(y)

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
            self.draw_changes()
        self._show_cursor()
        self.row_reached(self.cursor)

    def place(self, index: int, *, screen_row: int) -> None:
        """Put the cursor on a row that is drawn so many lines under the heading; tells nobody."""
        self._measure()
        self.set_reactive(RowList.cursor, self.validate_cursor(index))
        self._scroll_to_row(self.cursor - screen_row)
        self._show_cursor()
        self.draw_changes()

    @property
    def screen_row(self) -> int:
        """How many lines under the heading the cursor is drawn."""
        return self.cursor - self._first_row

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows anew, and the heading that counts them."""
        self._refresh_row(before)
        self._refresh_row(after)
        self._refresh_line(0)

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
            self._swallowing = swallowed = self._is_misplaced(event.key)
            if swallowed:
                self.post_message(self.Misplaced(event.key))
        if swallowed:
            event.stop()
            event.prevent_default()

    def _is_misplaced(self, key: str) -> bool:
        """Whether a key tags sentences elsewhere; where a person gave it to a command, it acts."""
        elsewhere = self.SWALLOWED.items()
        if not any(key in keys_of(self.app, command, usual) for command, usual in elsewhere):
            return False
        active = self.screen.active_bindings.get(key)
        return active is None or not active.enabled

    def on_focus(self, event: events.Focus) -> None:
        """Show where keys go from now on."""
        self._focus_is_new = True
        self._show_cursor()
        self._take_focus(event, events.DescendantFocus(self), has_focus=True)

    def on_blur(self, event: events.Blur) -> None:
        """Forget a prefix; look unfocused."""
        self._swallowing = False
        self._take_focus(event, events.DescendantBlur(self), has_focus=False)

    def _take_focus(self, event: events.Event, told: events.Event, *, has_focus: bool) -> None:
        """What Textual does, but to draw all lines anew: two show the focus."""
        event.prevent_default()
        self.has_focus = has_focus
        if self.parent is not None:
            self.parent.post_message(told)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw the heading and the cursor's row anew."""
        self.forget_cursor_looks()
        self._refresh_line(0)
        self._refresh_row(self.cursor)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._forget()
        self._measure()
        self._show_cursor()

    def on_click(self, event: events.Click) -> None:
        """Go there with the first click, open with the second; ctrl selects.

        The border at the right is for who drags it.
        """
        if has_border(self) and event.x == self.outer_size.width - 1:
            return
        row = self._first_row + event.y - HEADING
        if event.y < HEADING or row >= min(self.row_count, self._first_row + self.page):
            return
        opens = event.chain > 1 or (row == self.cursor and not self._focus_is_new)
        self._focus_is_new = False
        self.go_to(row)
        if event.ctrl:
            self.row_picked(row)
        elif opens:
            self.row_opened(row)


def has_border(pane: Widget) -> bool:
    """Whether a line at its right parts it from the next pane."""
    return bool(pane.styles.border_right[0])
