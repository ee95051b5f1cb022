"""Articles are at hand before they are opened: the one that the cursor rests on, and the next."""

from __future__ import annotations

import asyncio

from textual import on

from store.model import HeadlineRow
from tui.screens.desk_screen import DeskScreen
from tui.widgets.article_list import ArticleList

AT_REST = 0.1
"""Seconds without a move: what a key that is held down passes by is not read."""


class ReadingAhead(DeskScreen):
    """Has read what is about to be opened."""

    _at_rest: asyncio.TimerHandle | None = None
    _is_reading_ahead = False

    def begin_reading_ahead(self) -> None:
        """Read ahead from now on: nothing that it takes shall be loaded before the first key."""
        self._is_reading_ahead = True
        self.read_ahead(self._articles.highlighted)

    @on(ArticleList.Highlighted)
    def _came_to(self, event: ArticleList.Highlighted) -> None:
        if self._at_rest is not None:
            self._at_rest.cancel()
        loop = asyncio.get_running_loop()
        self._at_rest = loop.call_later(AT_REST, self.read_ahead, event.row)

    def read_ahead(self, row: HeadlineRow | None) -> None:
        """Read an article that may be opened next."""
        if row is not None and self._is_reading_ahead:
            self._desk.read_ahead(row.feed, row.id)
