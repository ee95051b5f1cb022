"""The keys of finding: a query over everything as one types, and a filter of the list in place."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, cast

from textual import on, work

from store.desk import Desk, DeskError
from store.model import Span
from tui.prompts import behind_told
from tui.screens.finds import ORDERS
from tui.screens.standing import Standing
from tui.screens.view_keys import ViewKeys
from tui.screens.watching import Watching
from tui.widgets.article_view import ArticleView
from tui.widgets.query_words import Purpose, QueryKey, QueryTyped

if TYPE_CHECKING:
    from textual.css.query import DOMQuery

    from tui.widgets.query_line import QueryLine

FOLLOW_AFTER = 0.6
"""Seconds after the first paint until the views are counted and the index is seen to."""
CATCH_UP_EVERY = 2.0
"""Seconds between looks at what was not indexed when it was looked for."""
INDEX_AGAIN = 30.0
"""Seconds until indexing that did not come to its end is begun again."""
MOST_REMEMBERED = 50
"""Queries of a session."""
_HINT = (
    'words · begin… · "a phrase" · feed: folder: is:unread is:starred has:claims company: region:'
    " signal: since:7d · -leaves out"
)


class Searching(ViewKeys, Watching):
    """Search, filter, and the matches in an open article."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._earlier: list[str] = []
        self._indexed_at = float("-inf")

    # -------------------------------------------------------- the line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A query is begun where no other line takes letters."""
        if action in ("search", "filter"):
            return self._line_in_use is None and not self._view.listening
        return super().check_action(action, parameters)

    @property
    def _line_in_use(self) -> QueryLine | None:
        line = self._line
        return line if line is not None and line.has_focus_within else None

    @property
    def _line(self) -> QueryLine | None:
        lines = cast("DOMQuery[QueryLine]", self.query("QueryLine"))
        return lines.first() if lines else None

    async def action_search(self) -> None:
        """Look for articles among all."""
        await self._open_line("search")

    async def action_filter(self) -> None:
        """Look for articles in this list."""
        await self._open_line("filter")

    async def _open_line(self, purpose: Purpose) -> None:
        if not self._desk.feeds():
            self.say("no feeds yet: ‹+:desk.add_feed› adds one")
            return
        if (line := self._line) is None:
            from tui.widgets.query_line import QueryLine

            line = QueryLine()
            await self.mount(line, before="#panes")
            line.input.completions = self._completions
        self._lay_out_for(self._articles)
        line.open(purpose, self._standing(purpose).text, tuple(self._earlier))
        self._tell(purpose)

    def _standing(self, purpose: Purpose) -> Standing:
        finds = self._browsing.finds
        return finds.search if purpose == "search" else finds.filter

    @on(QueryTyped)
    def _typed(self, event: QueryTyped) -> None:
        standing = self._standing(event.purpose)
        if event.query == standing.text:
            return
        standing.text = event.query
        if event.query:
            self._look_for(event.purpose)
        else:
            self._stop(event.purpose)
            self._lay_out_for(self._articles)
        self._tell(event.purpose)

    @on(QueryKey)
    def _key_of_line(self, event: QueryKey) -> None:
        if event.what == "order":
            self._turn_order(event.purpose)
        elif event.what == "save":
            self.save_view(self._standing(event.purpose).text)
        else:
            self._close_line(event.purpose)

    def _turn_order(self, purpose: Purpose) -> None:
        standing = self._standing(purpose)
        if purpose == "filter":
            self.say("a filter keeps the order of the list")
        else:
            standing.by = "relevance" if standing.by == "newest" else "newest"
            self._look_for(purpose)
            self._tell(purpose)

    def _close_line(self, purpose: Purpose) -> None:
        """Put the line away; what was found stays listed."""
        standing, line = self._standing(purpose), self._line
        if standing.mistake:
            standing.settle()
        if standing.text:
            self._remember_query(standing.text)
        if line is not None:
            line.display = False
        self.go_to_pane(self._articles)
        if purpose == "search" and standing.found is not None:
            self._browsing.show_found(fresh=self._browsing.place.kind != "search")

    def _remember_query(self, text: str) -> None:
        self._earlier = [text, *(one for one in self._earlier if one != text)][:MOST_REMEMBERED]

    def _tell(self, purpose: Purpose) -> None:
        standing, line = self._standing(purpose), self._line
        if line is None or line.purpose != purpose or not line.display:
            return
        if standing.mistake:
            line.tell(standing.mistake, wrong=True)
        elif standing.text and standing.found is not None:
            line.tell(self._told(purpose, standing))
        else:
            line.tell(_HINT)

    def _told(self, purpose: Purpose, standing: Standing) -> str:
        found = standing.found
        count = standing.count if purpose == "search" else self._articles.row_count
        parts = [f"{count:,} found" if purpose == "search" else f"{count:,} in this list"]
        if purpose == "search":
            other = ORDERS["relevance" if standing.by == "newest" else "newest"]
            parts += [
                ORDERS[standing.by],
                f"‹ctrl+o:find.order› {other}",
                "‹ctrl+s:find.save› saves as a view",
            ]
        if found is not None and found.behind:
            parts.append(behind_told(found.behind))
        return " · ".join(parts)

    def _completions(self, typed: str) -> list[str]:
        from tui.screens.completing import completions

        return completions(typed, self._desk)

    # -------------------------------------------------------- finding

    @work(group="find")
    async def _look_for(self, purpose: Purpose) -> None:
        try:
            await self._standing(purpose).look(partial(self._answered, purpose))
        except DeskError as error:
            self.say(str(error), error=True)

    def _answered(self, purpose: Purpose, is_new: bool) -> None:
        standing = self._standing(purpose)
        if standing.mistake:
            if self._line_in_use is None:
                self.say(standing.mistake, error=True)
                standing.settle()
        else:
            self._show_answer(purpose, is_new)
        self._tell(purpose)

    def _show_answer(self, purpose: Purpose, is_new: bool) -> None:
        if is_new:
            self._browsing.finds.begin()
        if purpose == "search" and (is_new or self._browsing.place.kind == "search"):
            self._browsing.show_found(fresh=is_new)
        else:
            self._browsing.show()

    @work(group="follow", exclusive=True)
    async def begin_finding(self) -> None:
        """Follow the lists: what queries find changes with what is on the desk."""
        await asyncio.sleep(FOLLOW_AFTER)
        self._browsing.shown = self._look_again
        self._look_again()
        if not (self._desk.read_only or not self._desk.feeds()):
            with suppress(DeskError):
                if await self._desk.finder.behind():
                    self._index()
        self.set_interval(CATCH_UP_EVERY, self._catch_up)

    @work(group="index", exclusive=True)
    async def _index(self) -> None:
        """Have the search index brought up to date by the worker process, quietly."""
        from store import worker

        if self._desk.read_only:
            return
        self._indexed_at = monotonic()
        # A fetch that runs meanwhile indexes too; the one waits for the other.
        async with aclosing(worker.indexing(self._desk.folders.desk)) as told:
            async for one in told:
                if one.reason and self._browsing.finds.search.is_behind:
                    self.say(one.reason, error=True)
        self._indexed_at = monotonic()
        self._catch_up()

    def _look_again(self) -> None:
        finds = self._browsing.finds
        if finds.search.is_older:
            self._look_for("search")
        if finds.filter.is_older:
            self._look_for("filter")
        if self._desk.views.is_stale:
            self._look_at_views()

    def _catch_up(self) -> None:
        """Look again for what was not indexed yet; see to it that it will be."""
        finds, views = self._browsing.finds, self._desk.views
        if finds.search.is_behind:
            self._look_for("search")
        if finds.filter.is_behind:
            self._look_for("filter")
        if views.is_behind:
            self._look_at_views()
        is_behind = finds.search.is_behind or finds.filter.is_behind or views.is_behind
        if is_behind and monotonic() - self._indexed_at > INDEX_AGAIN:
            self._index()
        self.look_at_watch_words()

    @work(group="views")
    async def _look_at_views(self) -> None:
        """See what the views find now; nobody waits for that, so what fails can fail later."""
        with suppress(DeskError):
            await self._desk.views.look(self._browsing.show)

    # -------------------------------------------------------- taking back

    def leave_finding(self) -> bool:
        """Take back one layer of what was looked for; False where there is none."""
        line = self._line
        if line is not None and line.display:
            self._close_line(line.purpose)
            return True
        finds = self._browsing.finds
        if finds.filter.text:
            self._stop("filter")
            self.say("the filter is off")
            return True
        return self._browsing.end_search()

    def _stop(self, purpose: Purpose) -> None:
        if purpose == "search":
            self._browsing.end_search()
        else:
            self._browsing.finds.filter.stop()
        self._browsing.show()

    # -------------------------------------------------------- matches

    @property
    def is_searched(self) -> bool:
        """Whether the list was narrowed to what says some words."""
        return bool(self._browsing.finds.terms(self._browsing.place))

    def hits(self, text: str) -> list[Span]:
        """Where the text of an article says what its list was narrowed to."""
        terms = self._browsing.finds.terms(self._browsing.place)
        if not terms:
            return []
        from store.text.matching import matches

        return matches(text, terms)

    def lights(self, text: str) -> list[tuple[Span, str]]:
        """What is lit in the text of an article; any thread may ask."""
        return [*self.watch_words_in(text), *((span, "hit") for span in self.hits(text))]

    @on(ArticleView.MatchReached)
    def _match_reached(self, event: ArticleView.MatchReached) -> None:
        if not event.of:
            self.say("nothing that is looked for here: ‹/:desk.search› searches")
            return
        around = " · around the end" if event.around else ""
        self.say(f"match {event.nth} of {event.of}{around}")
