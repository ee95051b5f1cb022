"""The key ``w``: the text of an article's page instead of the feed's, and back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.worker import Worker

from store.desk import Desk, DeskError, OpenedArticle
from store.desk.pages import Turned
from store.model import Claim, HeadlineRow, Sentence
from store.text.amounts import amount
from tui.prompts import NO_TITLE
from tui.screens.tagging import Tagging
from tui.widgets.article_view import ArticleView
from tui.widgets.lines import fit

if TYPE_CHECKING:
    from tui.screens.open_article import OpenArticle

PATIENCE = 0.5
"""Seconds after which it is said that a page is being fetched."""
_TITLE_CELLS = 40
_SHOWS = {
    "page": "full text",
    "feed": "the feed's text",
    "same": "the page says nothing new",
    "kept": "the text as it was",
}


class FullTexts:
    """Fetches pages while one goes on reading; what one is at is never taken away."""

    def __init__(
        self, desk: Desk, tagging: Tagging, view: ArticleView, screen: OpenArticle
    ) -> None:
        self._desk = desk
        self._tagging = tagging
        self._view = view
        self._screen = screen
        self._running: Worker[None] | None = None

    def turn(self, *rows: HeadlineRow) -> None:
        """Show the other text of articles; their pages are fetched where that is needed."""
        self.stop()
        self._running = self._screen.run_worker(
            self._turn_all(rows), group="page", exclusive=True, name="page"
        )

    def stop(self) -> bool:
        """Fetch no page any more; False if none was being fetched."""
        running, self._running = self._running, None
        if running is None or running.is_finished:
            return False
        running.cancel()
        return True

    async def _turn_all(self, rows: Sequence[HeadlineRow]) -> None:
        for row in rows:
            await self._turn(row)
        if len(rows) > 1:
            self._screen.say(f"the texts of {len(rows)} articles were looked for")

    async def _turn(self, row: HeadlineRow) -> None:
        shown = self._shown(row)
        number = shown.article.version.number if shown else 0
        try:
            turned = await self._desk.pages.turn_here(row.feed, row.id, number)
            if turned is None:
                turned = await self._fetched(row)
            await self._desk.take_in_changes()
            await self._show(row, turned)
        except DeskError as error:
            self._screen.say(str(error), error=True)

    async def _fetched(self, row: HeadlineRow) -> Turned:
        fetching = asyncio.ensure_future(self._desk.pages.fetch(row.feed, row.id))
        try:
            done, _ = await asyncio.wait({fetching}, timeout=PATIENCE)
            if not done:
                self._screen.say("fetching the page · Esc stops it")
            return await fetching
        finally:
            fetching.cancel()
            with suppress(asyncio.CancelledError, DeskError):
                await fetching

    async def _show(self, row: HeadlineRow, turned: Turned) -> None:
        before = self._shown(row)
        if before is None:
            title = fit(row.title if row.title.strip() else NO_TITLE, _TITLE_CELLS)
            self._screen.say(_told(turned, f" of “{title}”"))
            return
        if turned.shows in ("same", "kept"):
            self._screen.say(_told(turned), error=turned.shows == "kept")
            return
        opened = await self._desk.open_article(row.feed, row.id)
        if self._tagging.is_busy or self._view.listening or self._shown(row) is None:
            self._screen.say(f"{_told(turned)} is here · ‹w:article.full_text› shows it")
            return
        sentence = found_again(before.sentences, self._view.sentence, before, opened)
        self._screen.show_other_text(opened, sentence)
        self._screen.say(_told(turned, claims=opened.claims))

    def _shown(self, row: HeadlineRow) -> OpenedArticle | None:
        """The article as it is open now, if it is."""
        opened = self._tagging.opened
        is_it = opened is not None and opened.article.headline.id == row.id
        return opened if is_it else None


def found_again(
    sentences: Sequence[Sentence], at: int, before: OpenedArticle, after: OpenedArticle
) -> int:
    """Where the sentence under the cursor, or the nearest one above it, stands in another text."""
    places: dict[str, int] = {}
    for number, one in enumerate(after.sentences):
        places.setdefault(_words(after, one), number)
    for one in reversed(sentences[: at + 1]):
        place = places.get(_words(before, one))
        if place is not None:
            return place
    return 0


def _words(opened: OpenedArticle, sentence: Sentence) -> str:
    """A sentence whatever spaces stand in it: pages and feeds differ in these."""
    text = opened.article.version.text[sentence.span.start : sentence.span.end]
    return " ".join(text.split())


def _told(turned: Turned, of: str = "", claims: Sequence[Claim] = ()) -> str:
    parts = [_SHOWS[turned.shows] + of]
    if turned.partial:
        parts.append("the page gives only the beginning too")
    if turned.note:
        parts.append(turned.note)
    live = [one for one in claims if not one.marking.deleted and one.marking.review != "rejected"]
    lost = sum(one.marking.anchor.state == "orphan" for one in live)
    if kept := len(live) - lost:
        parts.append(f"{amount(kept, 'claim')} found again")
    if lost:
        parts.append(f"{lost} lost (~)")
    return " · ".join(parts)
