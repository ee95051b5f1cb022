"""How the panes share the room: borders that are dragged with the mouse, and one pane alone."""

from __future__ import annotations

import asyncio

from msgspec.structs import replace
from textual import events, work
from textual.widget import Widget

from store.settings import State, change_state, load_state
from store.settings_page import SettingsError
from tui.screens.desk_screen import DeskScreen
from tui.screens.panes import ZOOMED
from tui.widgets.article_list import ArticleList
from tui.widgets.feed_tree import FeedTree
from tui.widgets.rows import has_border

LEAST_TREE, LEAST_LIST, LEAST_ARTICLE = 12, 20, 30
"""Cells; narrower, a pane tells nothing."""
_USUAL_TREE, _USUAL_LIST = 34, 46
"""What app.tcss gives them at most, and at least."""
_DOUBLE = 2


class Room(DeskScreen):
    """A desk whose panes can be made wider, and one of them as wide as the screen."""

    _held: Widget | None = None
    _widths: State | None = None

    @property
    def _wanted(self) -> State:
        if self._widths is None:
            self._widths = load_state(self._desk.folders)
        return self._widths

    def action_zoom(self) -> None:
        """Show the pane in focus alone, or all of them again."""
        if self.has_class("-one-pane"):
            self.say("there is room for one pane only")
            return
        self.toggle_class(ZOOMED)
        self.lay_out_again()
        self._share()
        if self.has_class(ZOOMED):
            self.say("this pane alone · the same key brings the others back")

    def on_resize(self) -> None:
        """Keep every pane wide enough to be read."""
        self.lay_out_again()
        self.call_after_refresh(self._share)

    def _lay_out_for(self, pane: Widget) -> None:
        super()._lay_out_for(pane)
        if not self.shows_all:
            self._share()

    # -------------------------------------------------------- borders

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a border."""
        pane = self._with_border_at(event)
        if pane is not None:
            event.stop()
            self._held = pane
            self.app.capture_mouse(pane)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw it along."""
        if self._held is not None:
            event.stop()
            self._widen(self._held, int(event.screen_x) - self._held.region.x + 1)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it, and remember."""
        if self._held is not None:
            event.stop()
            self._let_go()

    def on_click(self, event: events.Click) -> None:
        """Two clicks on a border put it back where it stands by itself."""
        if event.chain >= _DOUBLE and (pane := self._with_border_at(event)) is not None:
            self._widen(pane, 0)
            self._remember_widths()

    def on_app_blur(self) -> None:
        """Hold on to nothing when the terminal is left."""
        self._let_go()

    def _let_go(self) -> None:
        if self._held is not None:
            self._held = None
            self.app.capture_mouse(None)
            self._remember_widths()

    def _with_border_at(self, event: events.MouseEvent) -> Widget | None:
        """The pane whose right border lies under the mouse."""
        for pane in (self.query_one(FeedTree), self.query_one(ArticleList)):
            region = pane.region
            on_it = (
                event.screen_x == region.right - 1 and region.y <= event.screen_y < region.bottom
            )
            if on_it and pane.display and has_border(pane):
                return pane
        return None

    def _widen(self, pane: Widget, width: int) -> None:
        field = "tree_width" if isinstance(pane, FeedTree) else "list_width"
        self._widths = replace(self._wanted, **{field: max(0, width)})
        self._share()

    def _share(self) -> None:
        """Give each pane the width that was wanted, as far as the screen goes."""
        tree, articles = self.query_one(FeedTree), self.query_one(ArticleList)
        for_tree, for_list = self._shares(self.size.width)
        _give(tree, for_tree)
        _give(articles, for_list)

    def _shares(self, total: int) -> tuple[int, int]:
        """Cells for feeds and articles; 0 where they get what they get by themselves."""
        wanted = self._wanted
        alone = self.has_class(ZOOMED) or self.has_class("-one-pane")
        if alone or self.has_class("-two-panes", "-at-feedtree"):
            return 0, 0
        with_tree = self.has_class("-three-panes") or self.has_class("-wide")
        return shares(total, wanted.tree_width, wanted.list_width, with_tree=with_tree)

    @work(group="room", exclusive=True)
    async def _remember_widths(self) -> None:
        wanted = self._wanted
        tree, articles = wanted.tree_width, wanted.list_width
        try:
            await asyncio.to_thread(
                change_state,
                self._desk.folders,
                lambda state: replace(state, tree_width=tree, list_width=articles),
            )
        except SettingsError as error:
            self.say(str(error), error=True)


def shares(total: int, tree: int, articles: int, *, with_tree: bool) -> tuple[int, int]:
    """How wide feeds and articles get where somebody wants so much; 0 as they stand by themselves.

    All in cells. The article keeps what it needs, and so does every other pane.
    """
    beside = _USUAL_LIST if articles == 0 else LEAST_LIST
    if tree:
        tree = max(LEAST_TREE, min(tree, total - beside - LEAST_ARTICLE))
    if articles:
        left = total - ((tree or _USUAL_TREE) if with_tree else 0)
        articles = max(LEAST_LIST, min(articles, left - LEAST_ARTICLE))
    return (tree if with_tree else 0), articles


def _give(pane: Widget, width: int) -> None:
    if width:
        pane.styles.width, pane.styles.max_width = width, width
    elif pane.styles.inline.has_rule("width"):
        pane.styles.width = pane.styles.max_width = None
