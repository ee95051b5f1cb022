"""The article, drawn line by line, with a cursor that walks it sentence by sentence.

It draws what it is given and knows nothing of the codebook: a key that tags is asked of the
screen, and no further key is looked at until the screen has answered. So keys act in the order
they were typed, however fast.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.model import Block, Link, Sentence, Span
from tui.widgets.lines import fit, strip_of
from tui.widgets.wrapping import Line, lines_of

GUTTER = 5
"""Cells left of the text: the cursor's bar, two badges, a space."""
MEASURE = 78
"""Widest text, in cells: longer lines are hard to follow back."""
PASTE = "paste"
"""The key of an ``Asked`` that carries pasted text."""
_AHEAD = 2
"""Lines kept in view around the sentence where there is room."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that something was said of, or is suggested of."""

    span: Span
    badge: str
    """One or two characters for the gutter: the signal's key, "?" behind a suggestion."""
    look: str
    """"claim", "draft", "suggested" or "moved"."""
    role: str = ""
    """The signal's colour role."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article as the view draws it."""

    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    meta: str
    """The line under the title: source, date, number of claims."""


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

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "sentence(1)", "sentence", id="article.down", tooltip="Next sentence"),
        Binding(
            "k,up",
            "sentence(-1)",
            "Back",
            show=False,
            id="article.up",
            tooltip="Previous sentence",
        ),
        Binding(
            "J",
            "paragraph(1)",
            "Paragraph",
            show=False,
            id="article.next_paragraph",
            tooltip="Next paragraph",
        ),
        Binding(
            "K",
            "paragraph(-1)",
            "Paragraph back",
            show=False,
            id="article.previous_paragraph",
            tooltip="Previous paragraph",
        ),
        Binding(
            "space,pagedown",
            "page(1)",
            "Page",
            show=False,
            id="article.page_down",
            tooltip="One page down; at the end, the next unread article",
        ),
        Binding(
            "b,pageup",
            "page(-1)",
            "Page back",
            show=False,
            id="article.page_up",
            tooltip="One page up",
        ),
        Binding("g,home", "top", "Top", show=False, id="article.top", tooltip="The title"),
        Binding("G,end", "end", "End", show=False, id="article.end", tooltip="Last sentence"),
        Binding(
            "N",
            "stop(1)",
            "next ?",
            show=False,
            id="article.next_stop",
            tooltip="Next suggestion or claim",
        ),
        Binding(
            "P",
            "stop(-1)",
            "Previous ?",
            show=False,
            id="article.previous_stop",
            tooltip="Previous suggestion or claim",
        ),
        Binding("enter", "tag('enter')", "keep", id="tag.keep", tooltip="Keep what is ticked"),
        Binding("s", "tag('s')", "signal", id="tag.signal", tooltip="Say what signal it is"),
        Binding(
            "S",
            "tag('S')",
            "Further signal",
            show=False,
            id="tag.further_signal",
            tooltip="Add a further signal",
        ),
        Binding("c", "tag('c')", "company", id="tag.company", tooltip="Add a company"),
        Binding("r", "tag('r')", "region", id="tag.region", tooltip="Add a region"),
        Binding("x", "tag('x')", "reject", id="tag.remove", tooltip="Reject or remove"),
        Binding(
            "full_stop",
            "tag('.')",
            "Repeat",
            show=False,
            id="tag.repeat",
            tooltip="Say the same as of the last claim",
        ),
        Binding(
            "ampersand",
            "tag('&')",
            "Another",
            show=False,
            id="tag.another",
            tooltip="Another claim on this sentence",
        ),
        *(
            Binding(
                str(number),
                f"tag('{number}')",
                f"Chip {number}",
                show=False,
                id=f"tag.chip_{number}",
                tooltip=f"Tick or clear value {number}",
            )
            for number in range(1, 10)
        ),
        Binding(
            "right_square_bracket,greater_than_sign,shift+right",
            "tag(']')",
            "End right",
            show=False,
            id="tag.end_right",
            tooltip="End one word further right",
        ),
        Binding(
            "left_square_bracket,less_than_sign,shift+left",
            "tag('[')",
            "End left",
            show=False,
            id="tag.end_left",
            tooltip="End one word further left",
        ),
        Binding(
            "right_curly_bracket,right_parenthesis",
            "tag('}')",
            "Start right",
            show=False,
            id="tag.start_right",
            tooltip="Start one word further right",
        ),
        Binding(
            "left_curly_bracket,left_parenthesis",
            "tag('{')",
            "Start left",
            show=False,
            id="tag.start_left",
            tooltip="Start one word further left",
        ),
        Binding("u", "tag('u')", "undo", id="tag.undo", tooltip="Take back the last step here"),
        Binding("ctrl+r", "tag('redo')", "Redo", show=False, id="tag.redo", tooltip="Do it again"),
        Binding("n", "unread(1)", "next unread", id="article.next", tooltip="Next unread article"),
        Binding(
            "p",
            "unread(-1)",
            "Previous unread",
            show=False,
            id="article.previous",
            tooltip="Previous unread article",
        ),
        Binding(
            "m",
            "article_key('read')",
            "Read",
            show=False,
            id="article.read",
            tooltip="Mark unread or read",
        ),
        Binding(
            "f",
            "article_key('star')",
            "Star",
            show=False,
            id="article.star",
            tooltip="Star or unstar",
        ),
    ]

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
        self._lines: list[Line] = []
        self._starts: list[int] = []
        self._block_starts: list[int] = []
        self._marks: tuple[Mark, ...] = ()
        self._stops: tuple[tuple[int, int], ...] = ()
        self._focused_span: Span | None = None
        self._folded_for = 0
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
        self._page = page
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
        if self._page is not None:
            self._page = Page(self._page.blocks, self._page.sentences, meta)
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
        page = self._page
        width = min(MEASURE, self.scrollable_content_region.width - GUTTER - 1)
        self._folded_for = width
        self._lines = lines_of(page.blocks, width) if page and width > 0 else []
        if page and self._lines:
            title_lines = sum(line.block == 0 for line in self._lines)
            end_of_title = self._lines[title_lines - 1].end
            self._lines.insert(title_lines, Line(-1, end_of_title, end_of_title))
        self._starts = [line.start for line in self._lines]
        lengths = (len(block.text) + 1 for block in page.blocks) if page else ()
        self._block_starts = list(accumulate(lengths, initial=0))
        self.virtual_size = Size(0, len(self._lines) + 1)

    def on_resize(self) -> None:
        """Fold again for the new width, and stay with the sentence."""
        width = min(MEASURE, self.scrollable_content_region.width - GUTTER - 1)
        if width != self._folded_for:
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
        width = self.size.width
        number = y + self.scroll_offset.y
        base = self.rich_style
        if self._page is None or number >= len(self._lines):
            return Strip.blank(width, base)
        line = self._lines[number]
        if line.block < 0:
            meta = fit(self._page.meta, width - GUTTER - 1)
            return strip_of([(" " * GUTTER, base), (meta, self._look("meta"))], width, base)
        return strip_of([*self._gutter(number, line), *self._words(line)], width, base)

    def _gutter(self, number: int, line: Line) -> list[tuple[str, Style]]:
        span = self._span
        touches = line.end > line.start and line.start < span.end and span.start < line.end
        bar = ("▌" if touches else " ", self._look("bar"))
        begun = self._begun_on(number)
        if not begun:
            return [bar, (" " * (GUTTER - 1), Style())]
        mark = begun[0]
        badge = mark.badge + ("+" if len(begun) > 1 and len(mark.badge) < 3 else "")  # noqa: PLR2004
        role = mark.role if mark.role in ROLES else "other"
        style = self._look(role if mark.look == "claim" else mark.look)
        return [bar, (f"{badge:>3} "[: GUTTER - 1], style + _NOT_UNDERLINED)]

    def _begun_on(self, number: int) -> list[Mark]:
        line = self._lines[number]
        if line.end <= line.start:
            return []
        return [mark for mark in self._marks if line.start <= mark.span.start < line.end]

    def _words(self, line: Line) -> list[tuple[str, Style]]:
        page = self._page
        if page is None:
            return []
        block = page.blocks[line.block]
        lead = [(line.lead, self._look("lead"))] if line.lead else []
        style = self._look(block.kind) if block.kind in _LOOKS_OF_BLOCKS else Style()
        layers = self._layers(line, block)
        edges = sorted(
            {line.start, line.end}
            | {
                edge
                for span, _ in layers
                for edge in (span.start, span.end)
                if line.start < edge < line.end
            }
        )
        offset = line.start - self._block_starts[line.block]
        parts = []
        for start, end in pairwise(edges):
            look = style
            for span, over in layers:
                if span.start <= start and end <= span.end:
                    look += over
            begin = offset + start - line.start
            parts.append((block.text[begin : begin + end - start], look))
        return [*lead, *parts]

    def _layers(self, line: Line, block: Block) -> list[tuple[Span, Style]]:
        start = self._block_starts[line.block]
        layers = [(_in_article(link, start), self._look("link")) for link in block.links]
        layers += [
            (mark.span, self._look(mark.look)) for mark in self._marks if mark.look != "suggested"
        ]
        layers.append((self._span, self._look("cursor")))
        shown = Span(line.start, line.end)
        return [(span, style) for span, style in layers if span.overlaps(shown)]

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"article--{name}", partial=True)

    # -------------------------------------------------------- the cursor and the view

    def _line_of(self, offset: int) -> int:
        """Number of the line that shows this character."""
        number = bisect_right(self._starts, offset) - 1
        while number > 0 and self._lines[number].end <= self._lines[number].start:
            number -= 1
        return max(number, 0)

    def _lines_of_sentence(self, sentence: int) -> tuple[int, int]:
        if self._page is None or not self._page.sentences:
            return 0, 0
        span = self._page.sentences[sentence].span
        return self._line_of(span.start), self._line_of(max(span.end - 1, span.start))

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _show_cursor(self) -> None:
        if self._page is None or not self._lines or not self._height:
            return
        first, last = self._lines_of_sentence(self.sentence)
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
        if self._page is None or not self._lines:
            return
        top, bottom = round(new), round(new) + self._height - 1
        first, last = self._lines_of_sentence(self.sentence)
        if last < top:
            self._take_cursor(top, 1)
        elif first > bottom:
            self._take_cursor(bottom, -1)

    def _take_cursor(self, line: int, direction: int) -> None:
        """Put the cursor on the first sentence that is seen from this line on."""
        count = len(self._page.sentences) if self._page else 0
        at = self.sentence
        while 0 <= at + direction < count:
            at += direction
            first, last = self._lines_of_sentence(at)
            if (direction > 0 and last >= line) or (direction < 0 and first <= line):
                break
        if at != self.sentence:
            self.sentence, self.nth = at, 0
            self.refresh()
            self.post_message(self.Moved(at, 0))

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
        number = event.y + self.scroll_offset.y
        if self._page is None or not 0 <= number < len(self._lines):
            return
        line = self._lines[number]
        lead = len(line.lead)
        offset = line.start + max(0, min(event.x - GUTTER - lead, line.end - line.start - 1))
        spans = [one.span for one in self._page.sentences]
        at = bisect_right([span.start for span in spans], offset) - 1
        self.go_to(max(at, 0))


ROLES = frozenset({"growth", "money", "people", "rules", "risk", "other"})
"""What a signal's colour may be about; the theme says how each looks."""
_LOOKS_OF_BLOCKS = frozenset({"title", "heading", "quote", "code"})
_NOT_UNDERLINED = Style(underline=False)


def _in_article(link: Link, start: int) -> Span:
    return Span(start + link.span.start, start + link.span.end)
