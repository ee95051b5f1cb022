"""An article opens with its first lines; what is made of it follows when it is ready.

A long one is shown as far as the pane reaches, then whole, then with what is suggested in it. Keys
that go through the text wait for the whole, those that say something of it for the suggestions.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec.structs import replace as changed
from textual.worker import Worker

from store.desk import Desk, DeskError, OpenedArticle
from store.model import HeadlineRow
from store.settings.positions import offset_in
from tui.screens.tagging import Tagging
from tui.widgets.article_list import ArticleList
from tui.widgets.article_page import Page
from tui.widgets.article_view import ArticleView
from tui.widgets.excerpt import Excerpt, excerpt_of

if TYPE_CHECKING:
    from tui.screens.open_article import OpenArticle


class Opening:
    """Opens articles in their pane, one after the other."""

    def __init__(
        self, desk: Desk, tagging: Tagging, view: ArticleView, screen: OpenArticle
    ) -> None:
        self._desk = desk
        self._tagging = tagging
        self._view = view
        self._screen = screen
        self._running: Worker[None] | None = None
        self._unmarked: list[HeadlineRow] = []
        self._knows_positions = False

    async def open(self, row: HeadlineRow, *, whole: bool) -> OpenedArticle:
        """Show an article; ``whole`` waits until all is known of it.

        Raises:
            DeskError: Its text cannot be read.
        """
        self.stop()
        read = self._desk.open_article if whole else self._desk.find_article
        found = await read(row.feed, row.id)
        if not self._knows_positions:
            await self._screen.load_positions()
            self._knows_positions = True
        excerpt = await self._show_part(found) if found.known == "text" else None
        if found.known == "text" and excerpt is None:
            found = await self._desk.with_sentences(found)
        if found.known != "text":
            self._screen.show_article(found)
            self._view.begin_at_match()
        if found.known != "all":
            self._running = self._screen.run_worker(
                self._go_on(found, excerpt), group="opening", exclusive=True, name="opening"
            )
        return found

    def stop(self) -> None:
        """Make no more of the article that was opened last: another one comes."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    # -------------------------------------------------------- a long article

    async def _show_part(self, found: OpenedArticle) -> Excerpt | None:
        """Show what fills the pane; None where that is about all there is."""
        version, size = found.article.version, self._screen.app.size
        searched = self._screen.is_searched
        hits = await asyncio.to_thread(self._screen.hits, version.text) if searched else []
        offset = hits[0].start if hits else self._left_at(found)
        excerpt = excerpt_of(
            version.blocks,
            offset,
            rows=size.height,
            width=max(1, min(self._view.measure, size.width)),
        )
        part = changed(version, blocks=version.blocks[excerpt.first : excerpt.end])
        cut = changed(found, article=changed(found.article, version=part))
        if cut.is_long:
            return None
        from store.text.sentences import sentences_of

        sentences = sentences_of(part)
        at = offset - excerpt.begin
        before = [number for number, one in enumerate(sentences) if one.span.start <= at]
        page = Page(
            part.blocks,
            sentences,
            self._screen.meta(found),
            is_part=True,
            above=excerpt.above,
            below=excerpt.below,
        )
        self._tagging.clear()
        self._view.show(page, sentence=before[-1] if before else 0)
        self._view.light(self._screen.lights(part.text))
        return excerpt

    def _left_at(self, found: OpenedArticle) -> int:
        """Where in its text it was left, or its beginning."""
        position = self._desk.positions.of(found.article.headline.id)
        return 0 if position is None else offset_in(position, found.article.version.text)

    async def _show_whole(self, cut: OpenedArticle, excerpt: Excerpt) -> None:
        version = cut.article.version
        page = Page(version.blocks, cut.sentences, self._screen.meta(cut))
        folded = await asyncio.to_thread(self._view.folding(page))
        lights = await asyncio.to_thread(self._screen.lights, version.text)
        self._view.go_on(folded, excerpt.begin)
        self._view.light(lights)
        self._tagging.open(cut)
        self._view.begin_at_match()
        self._view.ready()

    # -------------------------------------------------------- after the first paint

    async def _go_on(self, found: OpenedArticle, excerpt: Excerpt | None) -> None:
        try:
            await self._painted()
            if excerpt is not None:
                found = await self._desk.with_sentences(found)
                await self._show_whole(found, excerpt)
            self._tagging.read(await self._desk.tutor.read(found))
            self._screen.read_ahead(self._screen.query_one(ArticleList).upcoming)
        except DeskError as error:
            self._screen.cannot_open(error)

    async def _painted(self) -> None:
        painted = asyncio.Event()
        if self._screen.call_after_refresh(painted.set):
            await painted.wait()

    def mark_read(self, row: HeadlineRow) -> None:
        """Have an article marked read once it is seen."""
        self._unmarked.append(row)
        self._screen.run_worker(self._mark(row), group="marks", name="read")

    async def _mark(self, row: HeadlineRow) -> None:
        await self._painted()
        await self._screen.mark_opened(row)
        self._unmarked.remove(row)

    async def end(self) -> None:
        """Mark what was opened and is not marked yet: the program ends."""
        left = [(row.feed, row.id) for row in self._unmarked]
        if left:
            with suppress(DeskError):
                await self._desk.mark(left, read=True)
