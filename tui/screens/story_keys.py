"""Keys that unfold the reports of an event, and do to all of them what was done to one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence

from textual import on, work

from store.desk import DeskError
from store.model import HeadlineRow
from tui.screens.desk_screen import DeskScreen
from tui.widgets.article_list import ArticleList

Again = Callable[[list[HeadlineRow]], Awaitable[str]]
"""Does the same to other articles, as one step, and says what it did."""


class StoryKeys(DeskScreen):
    """Stories in the list."""

    _again: tuple[list[HeadlineRow], Again] | None = None

    @on(ArticleList.StoryToggled)
    def _toggle_story(self, event: ArticleList.StoryToggled) -> None:
        self.say(self._browsing.toggle_story(event.row))

    def offered(
        self,
        rows: Sequence[HeadlineRow],
        again: Again,
        *,
        lacks: Callable[[HeadlineRow], bool] = lambda _: True,
    ) -> str:
        """Offer to do to the other reports what was just done to these; what to say of it.

        ``lacks`` tells to which there is anything to do. Empty where there is none.
        """
        others = [row for row in self._browsing.folds.others(_ids(rows)) if lacks(row)]
        self._again = (others, again) if others else None
        if not others:
            return ""
        if len(others) == 1:
            return " · another report: ‹*:list.others› in the list marks it"
        return f" · {len(others)} other reports: ‹*:list.others› in the list marks them"

    @on(ArticleList.OthersWanted)
    @work(group="marks")
    async def _mark_others(self) -> None:
        if self._again is None:
            self.say("mark one report first: ‹*:list.others› then marks the others")
            return
        (others, again), self._again = self._again, None
        try:
            self.say(await again(others))
        except DeskError as error:
            self.say(str(error), error=True)


def _ids(rows: Collection[HeadlineRow]) -> frozenset[int]:
    return frozenset(row.id for row in rows)
