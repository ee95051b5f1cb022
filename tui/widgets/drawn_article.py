"""An article drawn line by line, with a cursor on one of its sentences.

Only the lines in view are drawn, and a mark changes their looks alone: nothing is folded anew and
nothing moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.model import Sentence, Span
from tui.widgets.article_page import META, FoldedPage, Layer, Mark, Page
from tui.widgets.gutter import BADGE, GUTTER, badge_from_above, badge_of, first_of
from tui.widgets.lines import fit, strip_of

MEASURE = 78
"""Widest text, in cells: longer lines are hard to follow back."""
_AHEAD = 2
"""Lines kept in view around the sentence where there is room."""
ROLES = frozenset({"growth", "money", "people", "rules", "risk", "other"})
"""What a signal's colour may be about; the theme says how each looks."""
_NOT_UNDERLINED = Style(underline=False)


class DrawnArticle(ScrollView, inherit_bindings=False):
    """A page, its marks, and the cursor; whoever puts keys to it says what they do."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--title",
        "article--meta",
        "article--heading",
        "article--quote",
        "article--code",
        "article--media",
        "article--lead",
        "article--link",
        "article--cursor",
        "article--bar",
        "article--claim",
        "article--draft",
        "article--suggested",
        "article--moved",
        "article--theirs",
        "article--above",
        "article--picked",
        "article--word",
        "article--growth",
        "article--money",
        "article--people",
        "article--rules",
        "article--risk",
        "article--other",
    }

    DEFAULT_CSS = """
    DrawnArticle {
        height: 1fr;
        color: $foreground;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 1;
        & > .article--title { text-style: bold; }
        & > .article--meta { color: $text-muted; }
        & > .article--heading { text-style: bold; }
        & > .article--quote { text-style: italic; }
        & > .article--code { color: $text-muted; }
        & > .article--media { color: $text-muted; }
        & > .article--lead { color: $text-muted; }
        & > .article--link { color: $text-accent; }
        & > .article--cursor { background: $sentence-blurred-background; }
        & > .article--bar { color: $text-muted; }
        & > .article--claim { background: $claim-background; text-style: underline; }
        & > .article--draft { text-style: underline; }
        & > .article--moved { text-style: underline; }
        & > .article--theirs { color: $text-muted; }
        & > .article--above { text-style: underline; }
        & > .article--picked { text-style: reverse; }
        & > .article--word { text-style: bold underline; }
        & > .article--suggested { color: $claim-suggested; }
        & > .article--growth { color: $signal-growth; text-style: bold; }
        & > .article--money { color: $signal-money; text-style: bold; }
        & > .article--people { color: $signal-people; text-style: bold; }
        & > .article--rules { color: $signal-rules; text-style: bold; }
        & > .article--risk { color: $signal-risk; text-style: bold; }
        & > .article--other { color: $signal-other; text-style: bold; }
        &:focus > .article--cursor { background: $sentence-background; }
        &:focus > .article--bar { color: $accent; }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another sentence, or on another claim of it."""

        sentence: int
        nth: int

    def __init__(self) -> None:
        super().__init__()
        self.empty = ""
        """What stands in the pane while there is no article in it."""
        self.at_rest = True
        """Nothing was pressed since the article was opened."""
        self.sentence = 0
        self.nth = 0
        self._page: Page | None = None
        self._folded: FoldedPage | None = None
        self._marks: tuple[Mark, ...] = ()
        self._focused_span: Span | None = None
        self._picked: tuple[Layer, ...] = ()
        self._meta = ""
        self._width = 0

    # -------------------------------------------------------- what is shown

    def show(self, page: Page | None, *, sentence: int = 0) -> None:
        """Draw another article, at rest on a sentence; None clears the pane."""
        self._page, self._meta = page, page.meta if page else ""
        self._marks, self._focused_span, self._picked = (), None, ()
        self.sentence, self.nth, self.at_rest = sentence, 0, True
        self._fold()
        self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self._show_cursor()
        self.refresh()

    def mark(self, marks: Sequence[Mark]) -> None:
        """Draw these marks."""
        self._marks = tuple(marks)
        self.refresh()

    def focus_on(self, span: Span | None) -> None:
        """Highlight what a key would quote, which may be more or less than the sentence."""
        self._focused_span = span
        self.refresh()

    @property
    def picks_words(self) -> bool:
        """Whether there is a word cursor."""
        return bool(self._picked)

    def pick_words(self, span: Span | None, word: Span | None) -> None:
        """Show which words are being picked, and the word under the cursor; None for none."""
        picked = ((span, "picked"),) if span else ()
        self._picked = (*picked, (word, "word")) if word else picked
        self.refresh()

    def retitle(self, meta: str) -> None:
        """Change the line under the title."""
        self._meta = meta
        self.refresh()

    def go_to(self, sentence: int, nth: int = 0) -> None:
        """Put the cursor on a sentence and the sentence in view."""
        if not self.sentences:
            return
        self.sentence = max(0, min(sentence, len(self.sentences) - 1))
        self.nth = nth
        self.at_rest = False
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self.sentence, self.nth))

    def turn_page(self, by: int) -> None:
        """Scroll by screens; the cursor comes along."""
        self.at_rest = False
        self.scroll_relative(
            y=by * max(1, self._height - _AHEAD), animate=False, immediate=True, force=True
        )

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

    def _fold(self) -> None:
        self._width = min(MEASURE, self.scrollable_content_region.width - GUTTER - 1)
        fits = self._page is not None and self._width > 0
        self._folded = FoldedPage(self._page, self._width) if self._page and fits else None
        self.virtual_size = Size(0, len(self._folded.lines) + 1 if self._folded else 0)

    def on_resize(self) -> None:
        """Fold again for the new width, and stay with the sentence."""
        if self._width != min(MEASURE, self.scrollable_content_region.width - GUTTER - 1):
            self._fold()
        self._show_cursor()
        self.refresh()

    # -------------------------------------------------------- drawing

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Where the cursor can stand."""
        return self._page.sentences if self._page else ()

    @property
    def media_address(self) -> str:
        """Where the recording or file lies whose line the cursor stands on; "" on other lines."""
        if self._page is None or not self.sentences:
            return ""
        block = self._page.blocks[self.sentences[self.sentence].block]
        return block.links[0].address if block.kind == "media" and block.links else ""

    @property
    def _here(self) -> Span:
        """The sentence under the cursor."""
        return self.sentences[self.sentence].span if self.sentences else Span(0, 0)

    @property
    def _span(self) -> Span:
        """What is highlighted."""
        if not self.sentences:
            return Span(0, 0)
        return self._focused_span or self.sentences[self.sentence].span

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        width, base = self.size.width, self.rich_style
        number = y + self.scroll_offset.y
        if self._folded is None and y == 1:
            hint = (" " * GUTTER + self.empty, self._look("meta"))
            return strip_of([hint], width, base)
        if self._folded is None or number >= len(self._folded.lines):
            return Strip.blank(width, base)
        if self._folded.lines[number].block == META:
            meta = fit(self._meta, width - GUTTER - 1)
            return strip_of([(" " * GUTTER, base), (meta, self._look("meta"))], width, base)
        words = (
            (text, sum(map(self._look, looks), Style()))
            for text, looks in self._folded.parts(
                number, self._marks, self._span, here=self._here, over=self._picked
            )
        )
        return strip_of([*self._gutter(self._folded, number), *words], width, base)

    def _gutter(self, folded: FoldedPage, number: int) -> list[tuple[str, Style]]:
        line, span = folded.lines[number], self._span
        touched = line.end > line.start and span.overlaps(Span(line.start, line.end))
        bar = ("▌" if touched else " ", self._look("bar"))
        begun = folded.begun_on(number, self._marks)
        if begun:
            first = first_of(begun)
            role = first.role if first.role in ROLES else "other"
            style = self._look(role if first.look == "claim" else first.look)
            return [bar, (f"{badge_of(begun):>{BADGE}} ", style + _NOT_UNDERLINED)]
        starts_here = line.start <= self._here.start < line.end
        above = badge_from_above(self._marks, self._here) if starts_here else ""
        return [bar, (f"{above:>{BADGE}} ", self._look("meta"))]

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"article--{name}", partial=True)

    # -------------------------------------------------------- the cursor and the view

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _show_cursor(self) -> None:
        if self._folded is None or not self._height:
            return
        first, last = self._folded.lines_of_sentence(self.sentence)
        top = self.scroll_offset.y
        ahead = _AHEAD if last - first + 2 * _AHEAD < self._height else 0
        if self.sentence == 0:
            wanted = 0
        elif first - ahead < top:
            wanted = first - ahead
        elif last + ahead >= top + self._height:
            wanted = min(last + ahead - self._height + 1, first)
        else:
            return
        self.scroll_to(y=max(0, wanted), animate=False, immediate=True, force=True)

    def watch_scroll_y(self, old: float, new: float) -> None:
        """Bring the cursor along, so that no key acts on what is not seen."""
        super().watch_scroll_y(old, new)
        if self._folded is None or not self._height:
            return
        top = round(new)
        seen = self._folded.sentence_seen(top, top + self._height - 1, self.sentence)
        if seen != self.sentence:
            self.sentence, self.nth = seen, 0
            self.refresh()
            self.post_message(self.Moved(seen, 0))
