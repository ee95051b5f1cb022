"""The headlines of a place, newest first: drawn line by line, however many there are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from store.model import HeadlineRow
from tui.prompts import AGE_CELLS, NO_TITLE, age, count
from tui.widgets.lines import column, fit
from tui.widgets.rows import Part, RowList

_NEARBY = 256
"""How far from its old index an article is looked for before its time is asked."""

_SOURCE_CELLS = 12
_WIDE, _NARROW = 48, 30
"""Widths from which the source, and the age, have a column."""


class ArticleList(RowList):
    """Headlines under a title. A refresh never moves the reader's place."""

    HELP = "## Articles\n**enter** opens the headline under the cursor, **n** the next unread one."
    BINDING_GROUP_TITLE = "Article list"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "next_unread", "next unread", id="list.next_unread", tooltip="Open the next unread"
        ),
        Binding(
            "p",
            "previous_unread",
            "previous unread",
            show=False,
            id="list.previous_unread",
            tooltip="Open the previous unread",
        ),
        Binding("m", "toggle_read", "read", id="list.read", tooltip="Mark as read or unread"),
        Binding("f", "toggle_star", "star", id="list.star", tooltip="Star, or take the star away"),
        Binding(
            "t",
            "toggle_unread_only",
            "unread only",
            id="list.unread_only",
            tooltip="Show unread articles only, or all",
        ),
        Binding("A", "all_read", "all read", id="list.all_read", tooltip="Mark all as read"),
        Binding(
            "r",
            "refresh_feed",
            "refresh feed",
            show=False,
            id="list.refresh",
            tooltip="Fetch the feed of this article",
        ),
        Binding(
            "w",
            "full_text",
            "full text",
            show=False,
            id="list.full_text",
            tooltip="Fetch the full text from its page; once more, the feed's",
        ),
        Binding(
            "o",
            "link('open')",
            "browser",
            show=False,
            id="list.open_link",
            tooltip="Open its page in the browser",
        ),
        Binding(
            "y",
            "link('copy')",
            "copy link",
            show=False,
            id="list.copy_link",
            tooltip="Copy its link",
        ),
        Binding(
            "d",
            "delete",
            "delete",
            show=False,
            id="list.delete",
            tooltip="Delete the article; u brings it back",
        ),
    ]

    @dataclass
    class About(Message):
        """Something happened to one headline."""

        row: HeadlineRow

    class Opened(About):
        """Somebody wants to read it."""

    class Highlighted(About):
        """The cursor came to it."""

    class ReadToggled(About):
        """It shall be read if it was unread, and the other way round."""

    class StarToggled(About):
        """It shall be starred if it was not, and the other way round."""

    class Unwanted(About):
        """It shall be deleted."""

    class FeedWanted(About):
        """Its feed shall be fetched now."""

    @dataclass
    class LinkWanted(About):
        """Its page shall be opened in the browser ("open"), or its link copied ("copy")."""

        what: str

    class PageWanted(About):
        """The text of its page shall be shown instead of the feed's, or the other way round."""

    class UnreadOnlyToggled(Message):
        """The list shall show unread articles only, or all again."""

    class AllRead(Message):
        """Everything in the list shall be read."""

    class NothingUnread(Message):
        """The next unread article was asked for and there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[HeadlineRow] = ()
        self._names: Mapping[int, str] = {}
        self._now = datetime.now(UTC)
        self._here: HeadlineRow | None = None
        self._opened: set[int] = set()

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
    ) -> None:
        """Show these rows, newest first; the cursor stays on its article, on its screen line.

        ``names`` are the feeds of this list: with more than one, rows say where they are from.
        ``fresh`` starts another list than before: on its first unread article, with no memory of
        what was opened.
        """
        old_index, screen_row, here = self.cursor, self.screen_row, self._here
        self._rows, self._names, self._now = rows, names, now
        self.heading, self.empty = title, empty
        if fresh:
            self._opened.clear()
        if fresh or here is None:
            self.place(_first_unread(rows), screen_row=0)
        else:
            self.place(_index_near(rows, here, old_index), screen_row=screen_row)
        self._look_here()
        if self._here is not None and (here is None or here.id != self._here.id):
            self.post_message(self.Highlighted(self._here))

    def follow(self, row: HeadlineRow) -> None:
        """Put the cursor on a row that was opened by other means; nothing if it is not here."""
        index = _index_near(self._rows, row, self.cursor)
        if 0 <= index < len(self._rows) and self._rows[index].id == row.id:
            self._opened.add(row.id)
            self.go_to(index)

    @property
    def highlighted(self) -> HeadlineRow | None:
        """The headline under the cursor."""
        return self._here

    @property
    def opened(self) -> frozenset[int]:
        """Ids of what was opened since the list was shown afresh; ``n`` and ``p`` go there too."""
        return frozenset(self._opened)

    def _look_here(self) -> None:
        self._here = self._rows[self.cursor] if self.cursor < len(self._rows) else None

    # -------------------------------------------------------- rows

    @property
    def row_count(self) -> int:
        """How many headlines there are."""
        return len(self._rows)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        """Unread mark, star, age, source, title, number of claims; fewer when it is narrow."""
        row = self._rows[index]
        dim = self.look("dim")
        badge = f" {count(row.claims)}◆" if row.claims else ""
        left = width - 2 - len(badge) - 1
        yield "●" if not row.read else " ", self.look("mark")
        yield "★" if row.starred else " ", self.look("star")
        if width >= _NARROW:
            left -= AGE_CELLS + 2
            yield column(age(row.at, self._now), AGE_CELLS, right=True) + "  ", self.look("age")
        if width >= _WIDE and len(self._names) > 1:
            left -= _SOURCE_CELLS + 2
            yield column(self._names.get(row.feed, ""), _SOURCE_CELLS) + "  ", self.look("source")
        title = row.title if row.title.strip() else NO_TITLE
        yield column(fit(title, left), left), dim if row.read else self.look("unread")
        yield badge, self.look("badge")

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

    # -------------------------------------------------------- keys

    def action_next_unread(self) -> None:
        """Open the next unread article; after the last one, the first that is still unread."""
        after = range(self.cursor + 1, len(self._rows))
        self._open_first(after, range(len(self._rows)))

    def action_previous_unread(self) -> None:
        """Open the previous unread article; before the first one, the last still unread."""
        before = range(self.cursor - 1, -1, -1)
        self._open_first(before, range(len(self._rows) - 1, -1, -1))

    def _open_first(self, ahead: Iterable[int], around: Iterable[int]) -> None:
        found = self._first(ahead, lambda row: not row.read or row.id in self._opened)
        if found is None:
            found = self._first(around, lambda row: not row.read and row.id not in self._opened)
        if found is None:
            self.post_message(self.NothingUnread())
            return
        self.go_to(found)
        self.row_opened(found)

    def _first(self, indices: Iterable[int], wanted: Callable[[HeadlineRow], bool]) -> int | None:
        return next((index for index in indices if wanted(self._rows[index])), None)

    def action_toggle_read(self) -> None:
        """Ask for the headline to be read or unread."""
        if self._here is not None:
            self.post_message(self.ReadToggled(self._here))

    def action_toggle_star(self) -> None:
        """Ask for the star to be put or taken."""
        if self._here is not None:
            self.post_message(self.StarToggled(self._here))

    def action_delete(self) -> None:
        """Ask for the article to be deleted."""
        if self._here is not None:
            self.post_message(self.Unwanted(self._here))

    def action_refresh_feed(self) -> None:
        """Ask for the feed of this headline to be fetched."""
        if self._here is not None:
            self.post_message(self.FeedWanted(self._here))

    def action_link(self, what: str) -> None:
        """Ask for the page of this headline in the browser, or for its link."""
        if self._here is not None:
            self.post_message(self.LinkWanted(self._here, what))

    def action_full_text(self) -> None:
        """Ask for the text of this headline's page, or for the feed's again."""
        if self._here is not None:
            self.post_message(self.PageWanted(self._here))

    def action_toggle_unread_only(self) -> None:
        """Ask for unread articles only, or for all."""
        self.post_message(self.UnreadOnlyToggled())

    def action_all_read(self) -> None:
        """Ask for everything in the list to be read."""
        if self._rows:
            self.post_message(self.AllRead())


def _first_unread(rows: Sequence[HeadlineRow]) -> int:
    """The first unread near the top, where new articles are; else the top."""
    return next((i for i in range(min(len(rows), _NEARBY)) if not rows[i].read), 0)


def _index_near(rows: Sequence[HeadlineRow], row: HeadlineRow, old_index: int) -> int:
    """Where an article is now; if it is gone, where the one after it is.

    Lists are newest first, so its time finds it without reading them all. Where it stood is
    looked at before, because a publisher may change the time.
    """
    nearby = range(max(0, old_index - _NEARBY), min(len(rows), old_index + _NEARBY + 1))
    for index in sorted(nearby, key=lambda i: abs(i - old_index)):
        if rows[index].id == row.id:
            return index
    age_at = bisect_left(rows, -row.at.timestamp(), key=lambda other: -other.at.timestamp())
    index = age_at
    while index < len(rows) and rows[index].at == row.at:
        if rows[index].id == row.id:
            return index
        index += 1
    # Among those of the same second the place itself tells which came after it.
    return min(max(age_at, min(old_index, index)), len(rows) - 1)
