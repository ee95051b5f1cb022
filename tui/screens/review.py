"""Suggestions of many articles, one after the other: looked up ahead of the reader, not faster."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.desk import Desk, DeskError, OpenedArticle
from store.desk.reviewing import open_sentences
from store.model import HeadlineRow
from store.text.amounts import amount
from tui.screens.browsing import Browsing
from tui.screens.tagging import Tagging
from tui.widgets.article_view import ArticleView
from tui.widgets.status import Masthead

if TYPE_CHECKING:
    from tui.screens.open_article import OpenArticle

AHEAD = 25
"""Articles with suggestions that are looked up before the reader comes to them."""


@dataclass(frozen=True)
class Found:
    """An article with suggestions that nobody answered."""

    row: HeadlineRow
    count: int


class Review:
    """A walk over articles with suggestions; while it is on, the last Enter goes to the next.

    It marks nothing read: whoever reviews sentences has not read the article.
    """

    def __init__(
        self, desk: Desk, tagging: Tagging, browsing: Browsing, screen: OpenArticle
    ) -> None:
        self.is_on = False
        self._desk = desk
        self._tagging = tagging
        self._browsing = browsing
        self._screen = screen
        self._rows: Sequence[HeadlineRow] = ()
        self._found: list[Found] = []
        self._at = -1
        self._looked = 0
        self._sentences: tuple[int, ...] = ()
        self._more = asyncio.Event()
        self._wanted = asyncio.Event()
        self._crosses_once = False
        self._walked: list[int] = []
        self._open: dict[int, int] = {}
        """Suggestions without an answer, by article, as far as they were counted."""

    @property
    def _view(self) -> ArticleView:
        return self._screen.query_one(ArticleView)

    # -------------------------------------------------------- beginning and ending

    def begin(self, rows: Sequence[HeadlineRow]) -> None:
        """Walk the suggestions of these articles, in this order."""
        self._start(rows)
        self.is_on = True
        self._screen.say("looking for suggestions · Esc stops")
        self.show()
        self._walk(0)

    def look_beyond(self) -> None:
        """Go to the next listed article with a suggestion, without a review."""
        here = self._browsing.row(self._tagging.opened)
        listed = self._browsing.listed()
        at = next((n for n, row in enumerate(listed) if here and row.id == here.id), -1)
        self._start(listed[at + 1 :])
        self._crosses_once = True
        self._screen.say("looking for the next suggestion · Esc stops")
        self._walk(0)

    def _start(self, rows: Sequence[HeadlineRow]) -> None:
        self.end()
        self._rows, self._found, self._at, self._looked = rows, [], -1, 0
        self._sentences = ()
        self._more.clear()
        self._wanted.clear()
        self._screen.run_worker(self._look(), group="review", exclusive=True)

    def end(self, say: str = "") -> bool:
        """Stop, wherever one is; False when nothing was on."""
        if not self.is_on and not self._crosses_once:
            return False
        self._let_go()
        for group in ("review", "review-walk"):
            self._screen.workers.cancel_group(self._screen, group)
        self._view.ready()
        self._screen.say(say)
        return True

    def _let_go(self) -> None:
        self.is_on = self._crosses_once = False
        self._tagging.walk_suggestions(only=False)
        self._screen.query_one(Masthead).tell_review("")

    def is_through(self, rows: Sequence[HeadlineRow]) -> bool:
        """Whether just these articles were walked to the end."""
        return bool(self._walked) and self._walked == [row.id for row in rows]

    # -------------------------------------------------------- looking ahead

    async def _look(self) -> None:
        """Count the suggestions of each article, as far ahead of the reader as makes sense."""
        try:
            for row in self._rows:
                while len(self._found) - self._at > AHEAD:
                    self._wanted.clear()
                    await self._wanted.wait()
                count = await self._desk.open_suggestions(row.feed, row.id)
                self._looked += 1
                self._open[row.id] = count
                if count:
                    self._found.append(Found(row, count))
                    self._more.set()
                    if self._crosses_once:
                        return
                self.show()
        except DeskError as error:
            self._screen.say(str(error), error=True)
            self._looked = len(self._rows)
        self._more.set()
        self._tell_open()

    def changed(self, opened: OpenedArticle) -> None:
        """Something was said of an article."""
        if opened.article.headline.id in self._open:
            self._open[opened.article.headline.id] = len(open_sentences(opened))
            self._tell_open()
        self.show()

    def _tell_open(self) -> None:
        if not self._is_looking:
            self._screen.query_one(Masthead).tell_open(sum(self._open.values()))

    @property
    def _is_looking(self) -> bool:
        return self._looked < len(self._rows)

    # -------------------------------------------------------- walking

    def beyond(self) -> bool:
        """Go on to the next article after the last suggestion of one; False without a review."""
        if self.is_on:
            self.go_on(1)
        return self.is_on

    def go_on(self, direction: int) -> None:
        """Go to the next article of the review, or back to the one before."""
        target = self._at + direction
        if target < 0:
            self._screen.say("this is the first article of the review")
            return
        if target < len(self._found):
            self._view.expect()
        self._walk(target, backwards=direction < 0)

    def _walk(self, target: int, *, backwards: bool = False) -> None:
        self._screen.run_worker(
            self._go_to(target, backwards=backwards), group="review-walk", exclusive=True
        )

    async def _go_to(self, target: int, *, backwards: bool = False) -> None:
        """Open an article of the walk, or the next one that still has a suggestion."""
        while target >= 0:
            while target >= len(self._found):
                if not self._is_looking:
                    self._come_to_the_end()
                    return
                self._more.clear()
                await self._more.wait()
            self._at = target
            self._wanted.set()
            row = self._found[target].row
            crosses = self._crosses_once
            if not await self._screen.open_row(row, marks_read=crosses, whole=True):
                return
            self._browsing.follow(row)
            opened = self._tagging.opened
            self._sentences = open_sentences(opened) if opened else ()
            if self._sentences:
                self._arrive(backwards=backwards)
                return
            target += -1 if backwards else 1  # answered meanwhile
        self._screen.say("this is the first article of the review")

    def _arrive(self, *, backwards: bool) -> None:
        if self._crosses_once:
            self._let_go()
            self._screen.say("")
        else:
            self._tagging.walk_suggestions(only=True)
            if self._at == 0:
                self._screen.say("‹N:article.next_stop› skips · Esc ends the review")
        self._view.go_to(self._sentences[-1 if backwards else 0])
        self.show()

    def _come_to_the_end(self) -> None:
        crossed, some = self._crosses_once, bool(self._found)
        looked = len(self._rows)
        articles = amount(looked, "article")
        self._let_go()
        self._view.ready()
        if crossed:
            self._screen.say("no suggestion in any article below")
            return
        self._walked = [row.id for row in self._rows]
        none = "that was the last suggestion" if some else "no open suggestion"
        self._screen.say(f"{none} in {articles} · ‹V:desk.review› again looks in all")

    # -------------------------------------------------------- telling

    def show(self) -> None:
        """Tell how far one is, in the head line."""
        if self.is_on:
            self._screen.query_one(Masthead).tell_review(self.told)

    @property
    def told(self) -> str:
        """As "suggestion 14 of ~230 · 3 articles left"."""
        if self._at < 0:
            return f"review · {self._looked} of {len(self._rows)} articles looked at"
        total = str(self._total)
        if self._is_looking:
            total = f"~{round(self._total * len(self._rows) / max(1, self._looked))}"
        before = sum(one.count for one in self._found[: self._at])
        here = sum(number <= self._view.sentence for number in self._sentences)
        left = len(self._found) - self._at - 1
        articles = amount(left, "article")
        more = " or more" if self._is_looking else ""
        return f"suggestion {before + max(1, here)} of {total} · {articles}{more} left"

    @property
    def _total(self) -> int:
        return sum(one.count for one in self._found)
