"""Three panes side by side, two, or one at a time: which are shown, and which has the focus."""

from __future__ import annotations

from textual import events, on
from textual.widget import Widget

from tui.widgets.article_list import ArticleList
from tui.widgets.article_view import ArticleView
from tui.widgets.feed_tree import FeedTree
from tui.widgets.painting import SparingScreen

ZOOMED = "-zoomed"
_ALL_PANES = 140
"""Cells from which on there is room for all of them."""


class Panes(SparingScreen):
    """A screen of feeds, articles and an article; ``app.tcss`` lays it out by its classes."""

    HORIZONTAL_BREAKPOINTS = [
        (0, "-one-pane"),
        (100, "-two-panes"),
        (_ALL_PANES, "-three-panes"),
        (220, "-wide"),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]

    def lay_out_for_terminal(self) -> None:
        """Have the classes of the terminal's size before the first layout, which else is redone."""
        size = self.app.size
        for cells, breakpoints in (
            (size.width, self.HORIZONTAL_BREAKPOINTS),
            (size.height, self.VERTICAL_BREAKPOINTS),
        ):
            self.add_class(max(one for one in breakpoints or () if one[0] <= cells)[1])

    def _panes(self) -> list[Widget]:
        return [self.query_one(FeedTree), self.query_one(ArticleList), self.query_one(ArticleView)]

    def go_to_pane(self, pane: Widget) -> None:
        """Put the focus on a pane, and show it where only some are shown."""
        self._lay_out_for(pane)  # first: a pane that is not shown cannot take the focus
        self.set_focus(pane, scroll_visible=False)

    def _lay_out_for(self, pane: Widget) -> None:
        """Show a pane where some are not; all is styled anew by it, so nowhere else."""
        if self.shows_all:
            return
        for one in self._panes():
            self.set_class(one is pane, f"-at-{type(one).__name__.lower()}")

    @property
    def shows_all(self) -> bool:
        """Whether no pane gives way to another."""
        return self.app.size.width >= _ALL_PANES and not self.has_class(ZOOMED)

    def lay_out_again(self) -> None:
        """Show the pane that has the focus, now that others are shown than before."""
        if (pane := self.focused) in self._panes() and pane is not None:
            self._lay_out_for(pane)

    @on(events.DescendantFocus)
    def _pane_focused(self, event: events.DescendantFocus) -> None:
        if event.widget in self._panes():
            self._lay_out_for(event.widget)

    def action_pane(self, by: int) -> None:
        """Go to the pane at the left or right."""
        panes = self._panes()
        if self.focused in panes:
            at = panes.index(self.focused) + by
            if 0 <= at < len(panes):
                self.go_to_pane(panes[at])

    def action_cycle(self, by: int) -> None:
        """Go to the next pane, around."""
        panes = self._panes()
        if self.focused in panes:
            self.go_to_pane(panes[(panes.index(self.focused) + by) % len(panes)])
