"""Matches of a search in an article, and the keys that go from one to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from store.model import Span
from tui.widgets.article_page import Layer, Page
from tui.widgets.drawn_article import DrawnArticle
from tui.widgets.telling import Telling


class MatchWalk(DrawnArticle, inherit_bindings=False):
    """An article in which a search lit something up."""

    class MatchReached(Telling):
        """The cursor went to a match."""

        nth: int
        """From 1."""
        of: int
        """How many there are; 0: none is lit here."""
        around: bool
        """The end was passed, or the beginning."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[Span, ...] = ()
        self._hit: int | None = None

    def show(self, page: Page | None, *, sentence: int = 0) -> None:
        """Draw another article, in which nothing is lit yet."""
        self._hits, self._hit = (), None
        super().show(page, sentence=sentence)

    def light(self, layers: Sequence[Layer]) -> None:
        """Light up passages; those of a search can be walked."""
        hits = tuple(span for span, look in layers if look == "hit")
        if hits != self._hits:
            self._hits, self._hit = hits, None
        super().light(layers)

    def begin_at_match(self) -> None:
        """Stand on the first match, at rest as any article that was just opened."""
        if self._hits and self.sentences:
            self._hit = 0
            self._stand_on(self.sentence_of(self._hits[0].start), 0)
            self._show_cursor()
            self.bring_into_view(self._hits[0])
            self.post_message(self.Moved(self.sentence, self.nth))
            self.post_message(self.MatchReached(1, len(self._hits), around=False))

    def action_match(self, by: int) -> None:
        """Go to the next match (1) or the previous one (-1); after the last comes the first."""
        if not (self._hits and self.sentences):
            self.post_message(self.MatchReached(0, 0, around=False))
            return
        wanted = self._next(by)
        nth = wanted % len(self._hits)
        self.go_to(self.sentence_of(self._hits[nth].start))
        self._hit = nth
        self.bring_into_view(self._hits[nth])
        self.post_message(self.MatchReached(nth + 1, len(self._hits), around=nth != wanted))

    def _next(self, by: int) -> int:
        """The match after or before the one that was gone to, else after or before the cursor."""
        here = self.sentences[self.sentence].span
        if self._hit is not None:
            span = self._hits[self._hit]
            if self.sentence_of(span.start) == self.sentence:
                return self._hit + by
        starts = [hit.start for hit in self._hits]
        first = bisect_right(starts, here.start - 1)
        return first if by > 0 else first - 1

    def sentence_of(self, offset: int) -> int:
        """The sentence that a character stands in, or the one before it."""
        starts = [sentence.span.start for sentence in self.sentences]
        return max(0, bisect_right(starts, offset) - 1)

    def bring_into_view(self, span: Span) -> None:
        """Scroll so that a passage of the sentence under the cursor is seen, however long that."""
        if self._folded is None or not self._height:
            return
        first, last = self._folded.lines_of(span)
        top = self.scroll_offset.y
        if first < top or last >= top + self._height:
            wanted = max(0, first - self._height // 3)
            self.scroll_to(y=wanted, animate=False, immediate=True, force=True)
