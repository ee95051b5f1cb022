"""The article, drawn line by line, with a cursor that walks it sentence by sentence.

It draws what it is given and knows nothing of the codebook: a key that tags is asked of the
screen, and no further key is looked at until the screen has answered. So keys act in the order
they were typed, however fast.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.model import Span
from tui.widgets.article_keys import ARTICLE_KEYS
from tui.widgets.article_page import META, FoldedPage, Mark, Page
from tui.widgets.lines import fit, strip_of

GUTTER = 5
"""Cells left of the text: the cursor's bar, two badges, a space."""
MEASURE = 78
"""Widest text, in cells: longer lines are hard to follow back."""
PASTE = "paste"
"""The key of an ``Asked`` that carries pasted text."""
_AHEAD = 2
"""Lines kept in view around the sentence where there is room."""


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """One article; keys act on the sentence under the cursor."""

    BINDING_GROUP_TITLE = "Article"
    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--title",
        "article--meta",
        "article--heading",
        "article--quote",
        "article--code",
        "article--lead",
        "article--link",
        "article--cursor",
        "article--bar",
        "article--claim",
        "article--draft",
        "article--suggested",
        "article--moved",
        "article--growth",
        "article--money",
        "article--people",
        "article--rules",
        "article--risk",
        "article--other",
    }

    DEFAULT_CSS = """
    ArticleView {
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
        & > .article--lead { color: $text-muted; }
        & > .article--link { color: $text-accent; }
        & > .article--cursor { background: $sentence-blurred-background; }
        & > .article--bar { color: $text-muted; }
        & > .article--claim { text-style: underline; }
        & > .article--draft { text-style: underline; }
        & > .article--moved { text-style: underline; }
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

    BINDINGS: ClassVar[list[BindingType]] = ARTICLE_KEYS

    @dataclass
    class Asked(Message):
        """A tagging key was pressed on a sentence; the view waits until it is answered."""

        key: str
        character: str | None
        sentence: int
        nth: int
        """Which of the sentence's claims is meant, from 0."""
        at_rest: bool
        answered: asyncio.Event = field(default_factory=asyncio.Event)

    @dataclass
    class Moved(Message):
        """The cursor stands on another sentence, or on another claim of it."""

        sentence: int
        nth: int

    @dataclass
    class UnreadWanted(Message):
        """The next (1) or previous (-1) unread article is wanted."""

        direction: int

    @dataclass
    class ArticleKey(Message):
        """Something is to happen to the article itself: "read" or "star" is switched."""

        what: str

    def __init__(self) -> None:
        super().__init__()
        self.listening = False
        """Every key goes to the screen: a prefix or a picker waits for it."""
        self.at_rest = True
        """Nothing was pressed since the article was opened."""
        self.sentence = 0
        self.nth = 0
        self._page: Page | None = None
        self._folded: FoldedPage | None = None
        self._marks: tuple[Mark, ...] = ()
        self._stops: tuple[tuple[int, int], ...] = ()
        self._focused_span: Span | None = None
        self._meta = ""
        self._width = 0
        self._is_ready = asyncio.Event()
        self._is_ready.set()

    # -------------------------------------------------------- what is shown

    def expect(self) -> None:
        """Another article is coming: keys typed from now on are meant for it, and wait."""
        self._is_ready.clear()

    def ready(self) -> None:
        """The article that is shown is the one that keys are meant for."""
        self._is_ready.set()

    def show(self, page: Page | None, *, sentence: int = 0) -> None:
        """Draw another article, at rest on a sentence; None clears the pane."""
        self._page, self._meta = page, page.meta if page else ""
        self._marks, self._stops, self._focused_span = (), (), None
        self.sentence, self.nth, self.at_rest, self.listening = sentence, 0, True, False
        self._fold()
        self.scroll_to(y=0, animate=False, immediate=True, force=True)
        self._show_cursor()
        self.refresh()
        self.ready()

    def mark(self, marks: Sequence[Mark], stops: Sequence[tuple[int, int]]) -> None:
        """Draw these marks; ``stops`` are the (sentence, nth) that N and P walk."""
        self._marks = tuple(marks)
        self._stops = tuple(stops)
        self.refresh()

    def focus_on(self, span: Span | None) -> None:
        """Highlight what a key would quote, which may be more or less than the sentence."""
        self._focused_span = span
        self.refresh()

    def retitle(self, meta: str) -> None:
        """Change the line under the title."""
        self._meta = meta
        self.refresh()

    def go_to(self, sentence: int, nth: int = 0) -> None:
        """Put the cursor on a sentence and the sentence in view."""
        if self._page is None:
            return
        self.sentence = max(0, min(sentence, len(self._page.sentences) - 1))
        self.nth = nth
        self.at_rest = False
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self.sentence, self.nth))

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
    def _span(self) -> Span:
        """What is highlighted."""
        if self._page is None or not self._page.sentences:
            return Span(0, 0)
        return self._focused_span or self._page.sentences[self.sentence].span

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        width, base = self.size.width, self.rich_style
        number = y + self.scroll_offset.y
        if self._folded is None or number >= len(self._folded.lines):
            return Strip.blank(width, base)
        if self._folded.lines[number].block == META:
            meta = fit(self._meta, width - GUTTER - 1)
            return strip_of([(" " * GUTTER, base), (meta, self._look("meta"))], width, base)
        words = (
            (text, sum(map(self._look, looks), Style()))
            for text, looks in self._folded.parts(number, self._marks, self._span)
        )
        return strip_of([*self._gutter(self._folded, number), *words], width, base)

    def _gutter(self, folded: FoldedPage, number: int) -> list[tuple[str, Style]]:
        line, span = folded.lines[number], self._span
        touched = line.end > line.start and span.overlaps(Span(line.start, line.end))
        bar = ("▌" if touched else " ", self._look("bar"))
        begun = folded.begun_on(number, self._marks)
        if not begun:
            return [bar, (" " * (GUTTER - 1), Style())]
        mark, room = begun[0], GUTTER - 2
        more = "+" if len(begun) > 1 and len(mark.badge) < room else ""
        role = mark.role if mark.role in ROLES else "other"
        style = self._look(role if mark.look == "claim" else mark.look)
        return [bar, (f"{mark.badge + more:>{room}} ", style + _NOT_UNDERLINED)]

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

    # -------------------------------------------------------- keys

    async def on_key(self, event: events.Key) -> None:
        """Act on our own keys here, one after the other; the rest goes its way."""
        active = self.screen.active_bindings.get(event.key)
        ours = active is not None and active.node is self and active.enabled
        if not self._is_ready.is_set() and (ours or self.listening):
            await self._is_ready.wait()
        if self._page is None:
            return
        if self.listening:
            event.stop()
            event.prevent_default()
            await self._ask(event.key, event.character)
            return
        if active is not None and ours:
            event.stop()
            event.prevent_default()
            await self.app.run_action(active.binding.action, self)

    async def on_paste(self, event: events.Paste) -> None:
        """Hand pasted text to the picker that waits for a name."""
        if self.listening:
            event.stop()
            await self._ask(PASTE, event.text)

    async def _ask(self, key: str, character: str | None = None) -> None:
        asked = self.Asked(key, character, self.sentence, self.nth, self.at_rest)
        self.at_rest = False
        self.screen.post_message(asked)
        await asked.answered.wait()

    async def action_tag(self, key: str) -> None:
        """Ask the screen what this key does to the sentence."""
        await self._ask(key)

    def action_sentence(self, by: int) -> None:
        """Go to the next or previous sentence."""
        self.go_to(self.sentence + by)

    def action_paragraph(self, by: int) -> None:
        """Go to the first sentence of the next or previous paragraph."""
        if self._page is None:
            return
        sentences = self._page.sentences
        here = sentences[self.sentence].block
        if by < 0 and self.sentence and sentences[self.sentence - 1].block == here:
            target = here
        else:
            beyond = [one.block for one in sentences if (one.block - here) * by > 0]
            if not beyond:
                self.go_to(len(sentences) - 1 if by > 0 else 0)
                return
            target = min(beyond) if by > 0 else max(beyond)
        self.go_to(next(i for i, one in enumerate(sentences) if one.block == target))

    def action_page(self, by: int) -> None:
        """Go a page up or down; below the end waits the next unread article."""
        if by > 0 and self.scroll_offset.y >= self.max_scroll_y:
            last = len(self._page.sentences) - 1 if self._page else 0
            if self.sentence >= last or self.max_scroll_y == 0:
                self.action_unread(1)
            else:
                self.go_to(last)
            return
        self.at_rest = False
        self.scroll_relative(
            y=by * max(1, self._height - _AHEAD), animate=False, immediate=True, force=True
        )

    def action_top(self) -> None:
        """Go to the title."""
        self.go_to(0)

    def action_end(self) -> None:
        """Go to the last sentence."""
        if self._page is not None:
            self.go_to(len(self._page.sentences) - 1)

    def action_stop(self, by: int) -> None:
        """Go to the next or previous suggestion or claim."""
        here = (self.sentence, self.nth)
        beyond = [stop for stop in self._stops if (stop > here if by > 0 else stop < here)]
        if beyond:
            self.go_to(*(min(beyond) if by > 0 else max(beyond)))

    def action_unread(self, direction: int) -> None:
        """Ask for the next or previous unread article."""
        self.expect()
        self.post_message(self.UnreadWanted(direction))

    def action_article_key(self, what: str) -> None:
        """Ask for something that concerns the article itself."""
        self.post_message(self.ArticleKey(what))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the sentence that was clicked."""
        if self._folded is not None:
            number = event.y + self.scroll_offset.y
            sentence = self._folded.sentence_at(number, event.x - GUTTER)
            if sentence is not None:
                self.go_to(sentence)


ROLES = frozenset({"growth", "money", "people", "rules", "risk", "other"})
"""What a signal's colour may be about; the theme says how each looks."""
_NOT_UNDERLINED = Style(underline=False)
