"""The article and its keys: a cursor walks it sentence by sentence, and keys tag what it is on.

It knows nothing of the codebook: a key that tags is asked of the screen, and no further key is
looked at until the screen has answered. So keys act in the order they were typed, however fast.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from tui.widgets.article_keys import ARTICLE_KEYS
from tui.widgets.article_page import Page
from tui.widgets.linked_article import LinkedArticle
from tui.widgets.match_walk import MatchWalk
from tui.widgets.telling import Telling
from tui.widgets.waiting import until_set

_WORD_KEYS = {"h": "h", "left": "h", "l": "l", "right": "l", "w": "w", "b": "b"}
"""What moves the word cursor, while there is one."""
WORD = "word "
"""How the key of an ``Asked`` begins that moves the word cursor."""
PASTE = "paste"
"""The key of an ``Asked`` that carries pasted text."""


class ArticleView(MatchWalk, LinkedArticle, can_focus=True, inherit_bindings=False):
    """One article; keys act on the sentence under the cursor."""

    BINDING_GROUP_TITLE = "Article"

    BINDINGS: ClassVar[list[BindingType]] = ARTICLE_KEYS

    class Asked(Telling):
        """A tagging key was pressed on a sentence; the view waits until it is answered."""

        key: str
        character: str | None
        sentence: int
        nth: int
        """Which of the sentence's claims is meant, from 0."""
        at_rest: bool

        @cached_property
        def answered(self) -> asyncio.Event:
            """Set once that is so."""
            return asyncio.Event()

    class Dragged(Telling):
        """The mouse was drawn over words of the sentence under the cursor."""

        start: int
        """Offset of the character where it was pressed, in code points of the text."""
        end: int
        """Offset of the character where it is now."""

    class UnreadWanted(Telling):
        """The next (1) or previous (-1) unread article is wanted."""

        direction: int

    class NoFurtherStop(Telling):
        """There is no suggestion or claim beyond; the view waits until it is settled what then."""

        direction: int

        @cached_property
        def answered(self) -> asyncio.Event:
            """Set once that is so."""
            return asyncio.Event()

    class KeyTaken(Message):
        """A key was pressed that is ours; comes before whatever it does."""

    class ArticleKey(Telling):
        """Something is to happen to the article itself.

        "read" or "star" is switched, its page "open"ed or its link "copy"ed.
        """

        what: str

    def __init__(self) -> None:
        super().__init__()
        self.empty = "Enter opens the article under the cursor of the list."
        self.listening = False
        """Every key goes to the screen: a prefix or a picker waits for it."""
        self._pressed: int | None = None
        self._dragged = False
        self._stops: tuple[tuple[int, int], ...] = ()
        self._is_ready = asyncio.Event()
        self._is_ready.set()
        self._is_marked = asyncio.Event()
        self._is_marked.set()

    def expect(self) -> None:
        """Another article is coming: keys typed from now on are meant for it, and wait."""
        self._is_ready.clear()

    def ready(self) -> None:
        """The article that is shown is the one that keys are meant for."""
        self._is_ready.set()

    def expect_marks(self) -> None:
        """What is suggested will stand here soon: keys that say something of it wait."""
        self._is_marked.clear()

    def marked(self) -> None:
        """All that keys may act on is there."""
        self._is_marked.set()

    def show(self, page: Page | None, *, sentence: int = 0) -> None:
        """Draw another article, at rest on a sentence; None clears the pane.

        As long as it is a part of one, keys wait for the whole.
        """
        self.listening, self._stops = False, ()
        super().show(page, sentence=sentence)
        if page is None or not page.is_part:
            self.ready()
        if page is None:
            self.marked()

    def walk(self, stops: Sequence[tuple[int, int]]) -> None:
        """Let N and P walk these: (sentence, nth of its claims)."""
        self._stops = tuple(stops)

    # -------------------------------------------------------- keys

    async def on_key(self, event: events.Key) -> None:
        """Act on our own keys here, one after the other; the rest goes its way."""
        active = self.screen.active_bindings.get(event.key)
        if self.hinting:
            event.stop()
            event.prevent_default()
            self.hint_key(event.key)
            return
        if self.picks_words and not self.listening and event.key in _WORD_KEYS:
            event.stop()
            event.prevent_default()
            await self._ask(WORD + _WORD_KEYS[event.key])
            return
        ours = active is not None and active.node is self and active.enabled
        if not self._is_ready.is_set() and (ours or self.listening):
            await until_set(self, self._is_ready)
        if not self.sentences:
            return
        if self.listening:
            event.stop()
            event.prevent_default()
            await self._ask(event.key, event.character)
            return
        if active is not None and ours:
            event.stop()
            event.prevent_default()
            self.screen.post_message(self.KeyTaken())
            await self.app.run_action(active.binding.action, self)

    async def on_paste(self, event: events.Paste) -> None:
        """Hand pasted text to the picker that waits for a name."""
        if self.listening:
            event.stop()
            await self._ask(PASTE, event.text)

    async def _ask(self, key: str, character: str | None = None) -> None:
        await until_set(self, self._is_marked)
        asked = self.Asked(key, character, self.sentence, self.nth, self.at_rest)
        self.at_rest = False
        if self.screen.post_message(asked):
            await until_set(self, asked.answered)

    async def action_tag(self, key: str) -> None:
        """Ask the screen what this key does to the sentence."""
        await self._ask(key)

    def action_sentence(self, by: int) -> None:
        """Go to the next or previous sentence."""
        self.go_to(self.sentence + by)

    def action_paragraph(self, by: int) -> None:
        """Go to the first sentence of the next or previous paragraph."""
        sentences = self.sentences
        if not sentences:
            return
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
            last = len(self.sentences) - 1
            if self.sentence >= last or self.max_scroll_y == 0:
                self.action_unread(1)
            else:
                self.go_to(last)
            return
        self.turn_page(by)

    def action_half_page(self, by: int) -> None:
        """Go half a page up or down."""
        self.turn_page(by / 2)

    def action_top(self) -> None:
        """Go to the title."""
        self.go_to(0)

    def action_end(self) -> None:
        """Go to the last sentence."""
        self.go_to(len(self.sentences) - 1)

    async def action_stop(self, by: int) -> None:
        """Go to the next or previous suggestion or claim."""
        await until_set(self, self._is_marked)
        here = (self.sentence, self.nth)
        beyond = [stop for stop in self._stops if (stop > here if by > 0 else stop < here)]
        if beyond:
            self.go_to(*(min(beyond) if by > 0 else max(beyond)))
        else:
            wanted = self.NoFurtherStop(by)
            if self.screen.post_message(wanted):
                await until_set(self, wanted.answered)

    def action_unread(self, direction: int) -> None:
        """Ask for the next or previous unread article."""
        self.expect()
        # Straight to the screen: behind keys that wait for the next article it would wait too.
        self.screen.post_message(self.UnreadWanted(direction))

    def action_article_key(self, what: str) -> None:
        """Ask for something that concerns the article itself."""
        self.screen.post_message(self.ArticleKey(what))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Words may be picked from here on."""
        self._pressed = None if self.listening else self.offset_under(event.x, event.y)
        self._dragged = False

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pick the words from where the button was pressed."""
        offset = self.offset_under(event.x, event.y)
        pressed = self._pressed
        if not event.button or pressed is None or offset in (None, pressed):
            return
        inside = (n for n, one in enumerate(self.sentences) if pressed <= one.span.end)
        if (here := next(inside, self.sentence)) != self.sentence:
            self.go_to(here)
        self._dragged = True
        self.post_message(self.Dragged(pressed, offset or 0))

    def on_mouse_up(self) -> None:
        """The words are picked."""
        self._pressed = None

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the sentence that was clicked."""
        sentence = self.sentence_under(event.x, event.y)
        if sentence is not None and not self._dragged:
            self.go_to(sentence)
            self.click_link(event.x, event.y)
