"""What every part of the desk's screen stands on: the desk, its panes and the last line."""

from __future__ import annotations

from typing import Protocol

from store.desk import Desk
from tui.screens.browsing import Browsing
from tui.screens.panes import Panes
from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.status import Status


class Say(Protocol):
    """Tells something in the last line of a screen."""

    def __call__(self, text: str, *, error: bool = False) -> None:
        """Tell it; an error stays until the next key."""


class DeskScreen(Panes):
    """A desk in panes; what it can do is told subject by subject by those that build on it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(classes="-at-articlelist")
        self._desk = desk
        self._browsing: Browsing

    @property
    def _view(self) -> ArticleView:
        return self.query_one(ArticleView)

    @property
    def _articles(self) -> ArticleList:
        return self.query_one(ArticleList)

    def say(self, text: str, *, error: bool = False) -> None:
        """Tell something in the last line."""
        self.query_one(Status).say(text, error=error)
