"""The keys of saved views: save a query as one, edit it, move it, remove it; all can be undone."""

from __future__ import annotations

from textual import work

from store.desk import DeskError
from store.model import View
from tui.screens.desk_screen import DeskScreen
from tui.widgets.feed_tree import Place


class ViewKeys(DeskScreen):
    """Views among the places."""

    @work(group="view-dialog", exclusive=True)
    async def save_view(self, query: str) -> None:
        """Ask for a name, and save a query as a view under it."""
        if not query:
            self.say("type what the view shall find, then ‹ctrl+s:find.save› saves it")
            return
        from tui.screens.view_dialogs import EditView

        views = self._desk.views

        async def save(view: View) -> View:
            return await views.save(view.name, view.query, pins=view.pins)

        asked = View(id="", name="", query=query)
        kept = await self.app.push_screen_wait(EditView("Save the query as a view", asked, save))
        if kept is not None:
            self._changed_views(f"view {kept.name} saved")

    @work(group="view-dialog", exclusive=True)
    async def edit_view(self, place: Place) -> None:
        """Ask for another name or query of a view."""
        from tui.screens.view_dialogs import EditView

        views = self._desk.views.all()
        view = next((one for one in views if one.id == place.view), None)
        if view is None:
            self._browsing.show()
            return
        dialog = EditView(f"The view {view.name}", view, self._desk.views.change)
        kept = await self.app.push_screen_wait(dialog)
        if kept is not None and kept != view:
            self._changed_views(f"view {kept.name} changed")

    @work(group="views-changed")
    async def remove_view(self, place: Place) -> None:
        """Remove a view; undo brings it back."""
        try:
            await self._desk.views.remove(place.view)
        except DeskError as error:
            self.say(str(error), error=True)
        else:
            self._changed_views(f"view {place.label} removed")

    @work(group="views-changed")
    async def move_view(self, place: Place, by: int) -> None:
        """Move a view up (-1) or down (1) among the views."""
        try:
            moved = await self._desk.views.move(place.view, by)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if moved:
            self._changed_views(f"view {place.label} moved")
        else:
            self.say(f"{place.label} is the {'first' if by < 0 else 'last'} of the views")

    def _changed_views(self, said: str) -> None:
        self._browsing.remember(said, self._desk.views.take_back_last)
        self._browsing.show()
        self.say(f"{said} · ‹u:list.undo› takes it back" if "removed" in said else said)
