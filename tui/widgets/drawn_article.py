"""An article drawn line by line, with a cursor on one of its sentences.

Only the lines in view are drawn, and each once as long as it looks the same. A mark changes looks
alone: nothing is folded anew and nothing moves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.model import Sentence, Span
from store.settings import USUAL_WIDTH
from tui.widgets.article_looks import COMPONENTS, CSS, IN_FOCUS, PREFIX
from tui.widgets.article_page import META, FoldedPage, Layer, Mark, Page
from tui.widgets.gutter import GUTTER, gutter_of
from tui.widgets.lines import strip_of
from tui.widgets.nearby import Nearby
from tui.widgets.parts import PartsAsDrawn
from tui.widgets.telling import Telling
from tui.widgets.wrapping import items_in_lines

_AHEAD = 2
"""Lines kept in view around the sentence where there is room."""
_KEPT = 4_000
"""Finished lines that are kept; those of a longer article are drawn again when they return."""


class DrawnArticle(PartsAsDrawn, ScrollView, inherit_bindings=False):
    """A page, its marks, and the cursor; whoever puts keys to it says what they do."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = COMPONENTS

    DEFAULT_CSS = CSS

    class Moved(Telling):
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
        self._marks: Nearby[Mark] = Nearby()
        self._lit: Nearby[Layer] = Nearby()
        self._focused_span: Span | None = None
        self._picked: tuple[Layer, ...] = ()
        self._over: dict[int, str] = {}
        self._meta = ""
        self.measure = USUAL_WIDTH
        """Widest text, in cells."""
        self._width = 0
        self._strips: dict[int, Strip] = {}
        self._looks: dict[str, Style] = {}
        self._ground: Style | None = None

    # -------------------------------------------------------- what is shown

    def show(self, page: Page | None, *, sentence: int = 0) -> None:
        """Draw another article, at rest on a sentence; None clears the pane."""
        self._page, self._meta = page, page.meta if page else ""
        self._marks, self._lit = Nearby(), Nearby()
        self._focused_span, self._picked, self._over = None, (), {}
        self.sentence, self.nth, self.at_rest = sentence, 0, True
        self._fold()
        self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self._show_cursor()
        self._draw_all()

    def mark(self, marks: Sequence[Mark]) -> None:
        """Draw these marks."""
        if tuple(marks) != self._marks.all:
            self._marks = Nearby(marks, lambda mark: mark.span)
            self._draw_all()

    def light(self, layers: Sequence[Layer]) -> None:
        """Light up passages of the text: "hit" where a search found it, "watch" for watch words.

        They stay until another article is shown or others are lit.
        """
        if tuple(layers) != self._lit.all:
            self._lit = Nearby(layers, lambda layer: layer[0])
            self._draw_all()

    def focus_on(self, span: Span | None) -> None:
        """Highlight what a key would quote, which may be more or less than the sentence."""
        if span != self._focused_span:
            before = self._span
            self._focused_span = span
            self._draw(before, self._span)

    @property
    def picks_words(self) -> bool:
        """Whether there is a word cursor."""
        return bool(self._picked)

    def pick_words(self, span: Span | None, word: Span | None) -> None:
        """Show which words are being picked, and the word under the cursor; None for none."""
        before, picked = self._picked, ((span, "picked"),) if span else ()
        self._picked = (*picked, (word, "word")) if word else picked
        if self._picked != before:
            self._draw(*(layer[0] for layer in (*before, *self._picked)))

    def draw_over(self, letters: Mapping[int, str]) -> None:
        """Draw letters over the words at these offsets of the text."""
        self._over = dict(letters)
        self._draw_all()

    def retitle(self, meta: str) -> None:
        """Change what is told under the title; it keeps its lines, so that nothing moves."""
        self._meta = meta
        self._draw_all()

    def go_to(self, sentence: int, nth: int = 0) -> None:
        """Put the cursor on a sentence and the sentence in view."""
        if not self.sentences:
            return
        self._stand_on(max(0, min(sentence, len(self.sentences) - 1)), nth)
        self.at_rest = False
        self._show_cursor()
        self.post_message(self.Moved(self.sentence, self.nth))

    def _stand_on(self, sentence: int, nth: int) -> None:
        before = (self._here, self._span)
        self.sentence, self.nth = sentence, nth
        self._draw(*before, self._here, self._span)

    def turn_page(self, by: float) -> None:
        """Scroll by screens; the cursor comes along."""
        self.at_rest = False
        self.scroll_relative(
            y=round(by * max(1, self._height - _AHEAD)), animate=False, immediate=True, force=True
        )

    def _fold(self) -> None:
        self._width = self._room
        fits = self._page is not None and self._width > 0
        self._folded = FoldedPage(self._page, self._width) if self._page and fits else None
        self._strips.clear()
        self._measure()

    def _measure(self) -> None:
        folded = self._folded
        self.virtual_size = Size(0, len(folded.lines) + 1 + folded.page.below if folded else 0)

    def folding(self, page: Page) -> Callable[[], FoldedPage]:
        """What folds a page for this pane, its first lines where they stand; in any thread."""
        meta_lines = self._folded.meta_lines if self._folded else 0
        return partial(FoldedPage, page, max(self._room, 0), meta_lines=meta_lines)

    def go_on(self, folded: FoldedPage, begin: int) -> None:
        """Have the whole of an article of which a part is shown; no line moves.

        ``begin`` is the offset in its text where the part begins.
        """
        before, here, top = self._folded, begin + self._here.start, self.scroll_offset.y
        self._page, self._meta = folded.page, folded.page.meta
        self.sentence = folded.sentence_of(here)
        if before is None or folded.width != self._room:
            self._fold()
            self._show_cursor()
        else:
            self._folded = folded
            by = folded.line_of(here) - before.line_of(here - begin)
            self._strips = {number + by: strip for number, strip in self._strips.items()}
            self._measure()
            if by:
                self.scroll_to(y=top + by, animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        """Fold again for the new width, and stay with the sentence."""
        if self._width != self._room:
            self._fold()
        self._show_cursor()
        self.refresh()

    @property
    def _room(self) -> int:
        return min(self.measure, self.scrollable_content_region.width - GUTTER - 1)

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

    def _draw_all(self) -> None:
        self._strips.clear()
        self.refresh()

    def _draw(self, *spans: Span) -> None:
        """Draw the lines anew that show something of these passages."""
        if self._folded is None:
            return
        top, width = self.scroll_offset.y, self.size.width
        for span in set(spans):
            first, last = self._folded.lines_of(span)
            for number in range(first, last + 1):
                self._strips.pop(number, None)
            seen = Region(0, first - top, width, last - first + 1).intersection(self.size.region)
            if seen:
                self.refresh(seen)

    def notify_style_update(self) -> None:
        """Draw everything anew: the theme, the focus or the size of the window changed."""
        super().notify_style_update()
        self._strips.clear()
        self._looks.clear()
        self._ground = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the pane; what was drawn once and looks the same is handed out."""
        filters, ground = self.get_line_filters(), self.background_colors[1]
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in filters:
            strips = [strip.apply_filter(line_filter, ground) for strip in strips]
        if crop.column_span == (0, self.size.width):
            return strips
        return [strip.crop(*crop.column_span) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        number = y + self.scroll_offset.y
        strip = self._strips.get(number)
        if strip is None or strip.cell_length != self.size.width:
            if len(self._strips) >= _KEPT:
                self._strips.clear()
            # An empty pane has its one line of words where it stands on the screen.
            strip = self._strips[number] = self._drawn(number)
        return strip

    def _drawn(self, number: int) -> Strip:
        if self._ground is None:
            self._ground = self.rich_style
        width, base, folded = self.size.width, self._ground, self._folded
        if folded is None and number == 1:
            hint = (" " * GUTTER + self.empty, self._look("meta"))
            return strip_of([hint], width, base)
        if folded is None or number >= len(folded.lines):
            return Strip.blank(width, base)
        line = folded.lines[number]
        if line.block == META:
            told = items_in_lines(self._meta, self._width, lines=folded.meta_lines)
            meta = dict(enumerate(told)).get(number - folded.first_meta, "")
            return strip_of([(" " * GUTTER, base), (meta, self._look("meta"))], width, base)
        shown = Span(line.start, line.end)
        over = (*self._lit.at(shown), *self._picked)
        marks = self._marks.at(shown)
        words = (
            (text, sum(map(self._look, looks), Style()))
            for text, looks in folded.parts(
                number, marks, self._span, here=self._here, over=over, hints=self._over
            )
        )
        here, focus = self._here, self._span
        around = self._marks.at(here)
        gutter = gutter_of(folded, number, marks, around=around, here=here, focus=focus)
        drawn = [(text, sum(map(self._look, looks), Style())) for text, looks in gutter]
        return strip_of([*drawn, *words], width, base)

    def _look(self, name: str) -> Style:
        if name in IN_FOCUS:
            name = self.in_focus(name)
        if name not in self._looks:
            self._looks[name] = self.get_component_rich_style(PREFIX + name, partial=True)
        return self._looks[name]

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Draw the cursor anew."""
        self._draw(self._here, self._span)

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
            self._stand_on(seen, 0)
            self.post_message(self.Moved(seen, 0))
