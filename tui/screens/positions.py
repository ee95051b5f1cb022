"""Where each article was left: found again when it is opened, today or next month."""

from __future__ import annotations

from textual import work

from store.desk import OpenedArticle
from tui.screens.desk_screen import DeskScreen


class ReadPositions(DeskScreen):
    """A desk that remembers how far each article was read."""

    async def load_positions(self) -> None:
        """Know where articles were left before this start."""
        await self._desk.load_positions()

    def position_in(self, opened: OpenedArticle) -> int:
        """The sentence at which an article was left, whatever its text was then."""
        from store.settings.positions import place_in

        position = self._desk.positions.of(opened.article.headline.id)
        return place_in(position, opened.article.version.text, opened.sentences)

    def keep_position(self, opened: OpenedArticle, sentence: int) -> None:
        """Remember the sentence at which an article is left."""
        if not opened.sentences:
            return
        at = opened.sentences[min(sentence, len(opened.sentences) - 1)]
        version = opened.article.version
        self._desk.positions.keep(opened.article.headline.id, version.text, at)
        if self.is_mounted and self._desk.positions.is_unsaved:
            self._write_positions()

    @work(group="positions", exclusive=True)
    async def _write_positions(self) -> None:
        await self._desk.write_positions()
