"""The keys that change what stands in the tree: feeds and folders, edited, moved, folded, left."""

from __future__ import annotations

from collections.abc import Awaitable, Collection
from functools import partial

from textual import on, work

from store.desk import DeskError
from store.desk.feed_steps import FeedStep
from store.model import Feed
from tui.screens.fetching import Fetching
from tui.screens.view_keys import ViewKeys
from tui.widgets.feed_tree import FeedTree, Place

_STEPS = {"up": -1, "down": 1}


class FeedTending(Fetching, ViewKeys):
    """Feeds and folders, and the views that stand above them."""

    @on(FeedTree.Folded)
    @work(group="fold")
    async def _fold(self, event: FeedTree.Folded) -> None:
        try:
            await self._desk.fold(event.folder, folded=event.folded)
        except DeskError as error:
            self.say(str(error), error=True)
        self._browsing.show()

    @on(FeedTree.Asked)
    def _tend(self, event: FeedTree.Asked) -> None:
        place = event.place
        if event.what in _STEPS:
            self._move(place, _STEPS[event.what])
        elif place.kind == "view":
            if event.what == "edit":
                self.edit_view(place)
            else:
                self.remove_view(place)
        elif event.what == "edit":
            self._edit(place)
        else:
            self._leave(place)

    def _move(self, place: Place, by: int) -> None:
        care = self._desk.feed_care
        if place.kind == "view":
            self.move_view(place, by)
        elif place.feed is not None:
            self.tend(care.move_feed(place.feed, place.folder, by))
        else:
            self.tend(care.move_folder(place.folder, by))

    @work(group="tend-dialog", exclusive=True)
    async def _edit(self, place: Place) -> None:
        from tui.screens.feed_form import edit_feed
        from tui.screens.feed_questions import RenameFolder

        care, feeds = self._desk.feed_care, self._desk.feeds()
        feed, before = self._feed(place.feed), care.last_step
        if place.kind == "folder":
            dialog = RenameFolder(place.folder, feeds, care)
            if folder := await self.app.push_screen_wait(dialog):
                self._tended(dialog.said, before)
                self.query_one(FeedTree).choose_folder(folder)
        elif feed is not None:
            said = await self.app.push_screen_wait(edit_feed(feed, feeds, care))
            if said:
                self._tended(said, before)

    @work(group="tend-dialog", exclusive=True)
    async def _leave(self, place: Place) -> None:
        from tui.screens.feed_questions import Unsubscribe

        care = self._desk.feed_care
        try:
            what = await care.leaving(self._numbers(place))
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if not what.feeds:
            return
        if await self.app.push_screen_wait(Unsubscribe(what)):
            self.tend(care.unsubscribe([feed.number for feed in what.feeds]))

    def _numbers(self, place: Place) -> Collection[int]:
        if place.feed is not None:
            return (place.feed,)
        return self._browsing.feeds_of(place) or ()

    def _feed(self, number: int | None) -> Feed | None:
        return next((feed for feed in self._desk.feeds() if feed.number == number), None)

    @work(group="tend")
    async def tend(self, change: Awaitable[str]) -> None:
        """Do something to feeds, say it, and let undo take it back."""
        before = self._desk.feed_care.last_step
        try:
            said = await change
        except DeskError as error:
            self.say(str(error), error=True)
            return
        self._tended(said, before)

    def _tended(self, said: str, before: FeedStep | None) -> None:
        step = self._desk.feed_care.last_step
        if step is not None and step is not before:
            self._browsing.remember(step.said, partial(self._taken_back, step))
        self._browsing.show()
        self._settle()
        self.say(said)

    async def _taken_back(self, step: FeedStep) -> None:
        await self._desk.feed_care.undo(step)
        self._browsing.show()
        self._settle()
