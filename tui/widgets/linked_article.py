"""The links of a drawn article: letters over those in view, and what the mouse does to one."""

from __future__ import annotations

from store.model import Link
from tui.widgets.article_page import Page
from tui.widgets.drawn_article import DrawnArticle
from tui.widgets.gutter import GUTTER
from tui.widgets.hints import Hints, Purpose, hints_for
from tui.widgets.telling import Telling

NO_LINK = "There is no link in view."


class LinkedArticle(DrawnArticle, inherit_bindings=False):
    """An article whose links are chosen by letters or by the mouse."""

    class LinkChosen(Telling):
        """A link of the text is to be opened, copied or shown."""

        address: str
        purpose: Purpose

    class Hinting(Telling):
        """What to type now, or "" once that is over."""

        told: str

    def __init__(self) -> None:
        super().__init__()
        self._hints: Hints | None = None
        self._clicked: Link | None = None

    @property
    def hinting(self) -> bool:
        """Whether letters stand over the links."""
        return self._hints is not None

    def show(self, page: Page | None, *, sentence: int = 0) -> None:
        """Draw another article, at rest on a sentence; None clears the pane."""
        self._hints = self._clicked = None
        super().show(page, sentence=sentence)

    def action_hints(self) -> None:
        """Put letters over the links in view."""
        links = self.links_in_view()
        if links:
            self._hint(hints_for(links))
        else:
            self.post_message(self.Hinting(NO_LINK))

    def end_hints(self) -> None:
        """Take the letters away."""
        if self._hints is not None:
            self._hint(None)

    def hint_key(self, key: str) -> None:
        """Take a key as a letter of a hint; any other key takes the letters away."""
        if self._hints is None:
            return
        hints = self._hints.after(key)
        self._hint(hints if hints is None or hints.chosen is None else None)
        if hints is not None and hints.chosen is not None:
            self._choose(hints.chosen, hints.purpose)

    def _hint(self, hints: Hints | None) -> None:
        self._hints = hints
        self.draw_over(hints.drawn if hints else {})
        self.post_message(self.Hinting(hints.told if hints else ""))

    def _choose(self, link: Link, purpose: Purpose) -> None:
        if not link.address.startswith("#"):
            self.post_message(self.LinkChosen(link.address, purpose))
        elif (place := self.place_of(link)) is not None:
            self.go_to(place)

    def sentence_under(self, x: int, y: int) -> int | None:
        """The sentence drawn at a cell of the pane."""
        if self._folded is None:
            return None
        return self._folded.sentence_at(y + self.scroll_offset.y, x - GUTTER)

    def offset_under(self, x: int, y: int) -> int | None:
        """The character of the text drawn at a cell of the pane."""
        if self._folded is None:
            return None
        return self._folded.offset_at(y + self.scroll_offset.y, x - GUTTER)

    def link_under(self, x: int, y: int) -> Link | None:
        """The link drawn at a cell of the pane."""
        if self._folded is None:
            return None
        return self._folded.link_at(y + self.scroll_offset.y, x - GUTTER)

    def links_in_view(self) -> list[tuple[int, Link]]:
        """The links of which something is seen, and where that begins."""
        if self._folded is None:
            return []
        top = self.scroll_offset.y
        return self._folded.links_between(top, top + self._height - 1)

    def place_of(self, link: Link) -> int | None:
        """The sentence that a link within the text leads to."""
        return self._folded.place_of(link) if self._folded else None

    def click_link(self, x: int, y: int) -> bool:
        """Show where the link at a cell leads, and open it when it is clicked again."""
        link = self.link_under(x, y)
        again, self._clicked = link is not None and link == self._clicked, link
        if link is not None:
            self._choose(link, "open" if again else "show")
        return link is not None

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Take the letters away: they stand for what was in view."""
        super().watch_scroll_y(old, new)
        self.end_hints()

    def on_resize(self) -> None:
        """Take them away: the lines are others."""
        self.end_hints()
