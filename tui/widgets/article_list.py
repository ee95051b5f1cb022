"""The headlines of a place: drawn line by line, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Literal

from msgspec.structs import replace
from textual.binding import BindingType
from textual.message import Message

from store.model import HeadlineRow
from tui.widgets.article_row import Lit, RowLook, Said
from tui.widgets.drawn_rows import Part
from tui.widgets.list_keys import LIST_KEYS
from tui.widgets.list_place import Find, first_unread, index_near, index_of
from tui.widgets.rows import RowList

_NEAR = 20
"""Rows in which an article is looked for that may be wanted next."""

ReadRange = Literal["all", "above", "below"]


class ArticleList(RowList):
    """Headlines under a title. A refresh never moves the reader's place."""

    HELP = (
        "## Articles\n**enter** opens the headline under the cursor, **n** the next unread one.\n\n"
        "● unread · ★ starred · ≡ full text from its page · ≠ changed after it was read · "
        "3◆ claims on it · +3 other reports of the same event"
    )
    BINDING_GROUP_TITLE = "Article list"
    BINDINGS: ClassVar[list[BindingType]] = LIST_KEYS

    @dataclass
    class About(Message):
        """Something happened to one headline."""

        row: HeadlineRow

    class Opened(About):
        """Somebody wants to read it."""

    class Highlighted(About):
        """The cursor came to it."""

    class FeedWanted(About):
        """Its feed shall be fetched now."""

    class StoryToggled(About):
        """The other reports of its event shall be shown under it, or no longer."""

    class OthersWanted(Message):
        """What was done to an article shall be done to the other reports of its event."""

    @dataclass
    class AboutSome(Message):
        """Something shall happen to what is selected, else to what is under the cursor."""

        rows: Sequence[HeadlineRow]

    class ReadToggled(AboutSome):
        """They shall be read if one of them was unread, and the other way round."""

    class StarToggled(AboutSome):
        """They shall be starred if one of them was not, and the other way round."""

    class Unwanted(AboutSome):
        """They shall be deleted."""

    class PageWanted(AboutSome):
        """The text of the page shall be shown instead of the feed's, or the other way round."""

    class LabelsWanted(AboutSome):
        """Labels shall be put on them, or taken off."""

    @dataclass
    class LinkWanted(AboutSome):
        """Pages shall be opened ("open", "open_all"), or links copied or articles handed on."""

        what: str

    class UnreadOnlyToggled(Message):
        """The list shall show unread articles only, or all again."""

    @dataclass
    class AllRead(Message):
        """Everything in the list, or above or below its cursor, shall be read."""

        where: ReadRange = "all"
        index: int = 0
        """Where the cursor is."""

    @dataclass
    class OrderWanted(Message):
        """The list shall be sorted in the next way, or the other way round."""

        reverse: bool

    @dataclass
    class NothingUnread(Message):
        """The next unread article, or the previous one, was asked for and there is none."""

        direction: int = 1

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[HeadlineRow] = ()
        self._look = RowLook({}, datetime.now(UTC), self.look)
        self._title = ""
        self._find: Find | None = None
        self._here: HeadlineRow | None = None
        self._opened: set[int] = set()
        self._picked: dict[int, int] = {}
        """Ids of selected articles, and where each was seen last."""

    # -------------------------------------------------------- what is shown

    def show(
        self,
        rows: Sequence[HeadlineRow],
        names: Mapping[int, str],
        now: datetime,
        *,
        title: str,
        empty: str = "Nothing here.",
        fresh: bool = False,
        lit: Lit | None = None,
        find: Find | None = None,
        said: Said | None = None,
    ) -> None:
        """Show these rows; the cursor stays on its article, on its screen line.

        ``names`` are the feeds of this list: with more than one, rows say where they are from.
        ``fresh`` starts another list than before: on its first unread article, with no memory of
        what was opened or selected. ``lit`` tells of a title which passages light up. ``find``
        tells where an article is; without it the rows must be newest first. ``said`` tells which
        watch words an article says.
        """
        old_index, screen_row, here = self.cursor, self.screen_row, self._here
        if fresh:
            self._opened.clear()
            self._picked.clear()
        picked = self._picked_rows()
        self._rows, self._title, self.empty, self._find = rows, title, empty, find
        places = ((row.id, index_of(rows, row, index, find)) for index, row in picked)
        self._picked = {article: index for article, index in places if index is not None}
        self._look = RowLook(names, now, self.look, lit, bool(self._picked), said)
        self._retitle()
        if fresh or here is None:
            self.place(first_unread(rows), screen_row=0)
        else:
            self.place(index_near(rows, here, old_index, find), screen_row=screen_row)
        self._look_here()
        if self._here is not None and (here is None or here.id != self._here.id):
            self.post_message(self.Highlighted(self._here))

    def show_marks(self) -> None:
        """Show the rows as they are marked now; they are the same as before."""
        self._look_here()
        self.draw_changes()

    def follow(self, row: HeadlineRow) -> None:
        """Put the cursor on a row that was opened by other means; nothing if it is not here."""
        index = index_of(self._rows, row, self.cursor, self._find)
        if index is not None:
            self._opened.add(row.id)
            self.go_to(index)

    def return_to(self, row: HeadlineRow, *, screen_row: int) -> None:
        """Put the cursor on an article, or where it stood, so many lines under the heading."""
        index = index_near(self._rows, row, self.cursor, self._find)
        self.place(index, screen_row=screen_row)
        self._look_here()
        if self._here is not None:
            self.post_message(self.Highlighted(self._here))

    @property
    def highlighted(self) -> HeadlineRow | None:
        """The headline under the cursor."""
        return self._here

    @property
    def upcoming(self) -> HeadlineRow | None:
        """What ``n`` opens next, where it is near."""
        near = range(self.cursor + 1, min(self.cursor + 1 + _NEAR, len(self._rows)))
        found = self._first(near, self._is_unread)
        return None if found is None else self._rows[found]

    @property
    def selected(self) -> list[HeadlineRow]:
        """What keys act on: the selected rows in their order, else the one under the cursor."""
        if self._picked:
            return [row for _, row in self._picked_rows()]
        return [] if self._here is None else [self._here]

    @property
    def has_selection(self) -> bool:
        """Whether any row is selected."""
        return bool(self._picked)

    @property
    def opened(self) -> frozenset[int]:
        """Ids of what was opened since the list was shown afresh; ``n`` and ``p`` go there too."""
        return frozenset(self._opened)

    def _look_here(self) -> None:
        self._here = self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def _picked_rows(self) -> list[tuple[int, HeadlineRow]]:
        return [(index, self._rows[index]) for index in sorted(self._picked.values())]

    def _retitle(self) -> None:
        many = f" · {len(self._picked)} selected" if self._picked else ""
        self.heading = self._title + many

    # -------------------------------------------------------- rows

    @property
    def row_count(self) -> int:
        """How many headlines there are."""
        return len(self._rows)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """A headline as ``RowLook`` shows it."""
        row = self._rows[index]
        return self._look.parts(row, width, is_picked=row.id in self._picked)

    def row_reached(self, index: int) -> None:
        """Tell which headline the cursor came to."""
        self._look_here()
        if self._here is not None:
            self.post_message(self.Highlighted(self._here))

    def row_opened(self, index: int) -> None:
        """Ask for the article."""
        row = self._rows[index]
        self._opened.add(row.id)
        self.post_message(self.Opened(row))

    def row_picked(self, index: int) -> None:
        """Select a row, or no longer."""
        article = self._rows[index].id
        if self._picked.pop(article, None) is None:
            self._picked[article] = index
        self._show_picked()

    def _show_picked(self) -> None:
        shared = self._look
        self._look = replace(shared, picks=bool(self._picked))
        self._retitle()
        self.refresh_bindings()
        self.draw_changes()

    # -------------------------------------------------------- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a selection can be given up; else the key means what it means everywhere."""
        return action != "unpick" or self.has_selection

    def action_pick(self) -> None:
        """Select the row under the cursor, or no longer, and go down."""
        if self._rows:
            self.row_picked(self.cursor)
            self.action_down()

    def action_unpick(self) -> None:
        """Select nothing any more."""
        self._picked.clear()
        self._show_picked()

    def action_next_unread(self) -> None:
        """Open the next unread article; after the last one, the first that is still unread."""
        after = range(self.cursor + 1, len(self._rows))
        self._open_first(after, range(len(self._rows)), 1)

    def action_previous_unread(self) -> None:
        """Open the previous unread article; before the first one, the last still unread."""
        before = range(self.cursor - 1, -1, -1)
        self._open_first(before, range(len(self._rows) - 1, -1, -1), -1)

    def open_unread(self, direction: int) -> bool:
        """Open the first unread article of a list that one comes to, or the last one.

        False if there is none.
        """
        indices = range(len(self._rows))
        found = self._first(indices if direction > 0 else reversed(indices), self._is_unread)
        if found is not None:
            self._go_and_open(found)
        return found is not None

    def _open_first(self, ahead: Iterable[int], around: Iterable[int], direction: int) -> None:
        found = self._first(ahead, lambda row: not row.read or row.id in self._opened)
        if found is None:
            found = self._first(around, self._is_unread)
        if found is None:
            self.post_message(self.NothingUnread(direction))
        else:
            self._go_and_open(found)

    def _is_unread(self, row: HeadlineRow) -> bool:
        return not row.read and row.id not in self._opened

    def _go_and_open(self, index: int) -> None:
        self.go_to(index)
        self.row_opened(index)

    def _first(self, indices: Iterable[int], wanted: Callable[[HeadlineRow], bool]) -> int | None:
        return next((index for index in indices if wanted(self._rows[index])), None)

    def _ask(self, message: Callable[[Sequence[HeadlineRow]], Message]) -> None:
        if rows := self.selected:
            self.post_message(message(rows))

    def action_toggle_read(self) -> None:
        """Ask for the headlines to be read or unread."""
        self._ask(self.ReadToggled)

    def action_toggle_star(self) -> None:
        """Ask for stars to be put or taken."""
        self._ask(self.StarToggled)

    def action_delete(self) -> None:
        """Ask for the articles to be deleted."""
        self._ask(self.Unwanted)

    def action_label(self) -> None:
        """Ask for labels."""
        self._ask(self.LabelsWanted)

    def action_full_text(self) -> None:
        """Ask for the text of these headlines' pages, or for the feed's again."""
        self._ask(self.PageWanted)

    def action_link(self, what: str) -> None:
        """Ask for pages in the browser, or for links, or for articles to be handed on."""
        self._ask(lambda rows: self.LinkWanted(rows, what))

    def action_story(self) -> None:
        """Ask for the other reports of this event, or for one row again."""
        if self._here is not None:
            self.post_message(self.StoryToggled(self._here))

    def action_others(self) -> None:
        """Ask for the other reports to be marked too."""
        self.post_message(self.OthersWanted())

    def action_refresh_feed(self) -> None:
        """Ask for the feed of this headline to be fetched."""
        if self._here is not None:
            self.post_message(self.FeedWanted(self._here))

    def action_toggle_unread_only(self) -> None:
        """Ask for unread articles only, or for all."""
        self.post_message(self.UnreadOnlyToggled())

    def action_order(self, reverse: bool) -> None:
        """Ask for the next order, or for this one the other way round."""
        self.post_message(self.OrderWanted(reverse))

    def action_all_read(self, where: ReadRange) -> None:
        """Ask for everything, or all above or below the cursor, to be read."""
        if self._rows:
            self.post_message(self.AllRead(where, self.cursor))
