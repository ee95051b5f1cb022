"""What a question in the panel can be answered with, and the question that is one key long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from store.claims.marking.details import Details
from store.model import Tag
from tui.widgets.article_view import PASTE, ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.key_lines import Keyed

LEAVE = ("escape", "backspace")


@dataclass(frozen=True)
class Chosen:
    """A value for the sentence."""

    tag: Tag
    further: bool = False
    """A signal beside those that are there, not in their place."""
    only: bool = False
    """In the place of the others of its dimension, which takes one value."""


@dataclass(frozen=True)
class Detailed:
    """Other details of what is said of the sentence."""

    details: Details
    at_once: bool = False
    """The person's own words: where nothing is stored yet, a draft is made of them."""


@dataclass(frozen=True)
class Left:
    """No answer; there may be something to say about it."""

    say: str = ""


Answer = Chosen | Detailed | Left


class Question(Protocol):
    """What waits for keys, without a time limit."""

    def ask(self, panel: ClaimPanel) -> None:
        """Show it."""

    async def hear(self, asked: ArticleView.Asked) -> Answer | Question | None:
        """Take a key: an answer, a question that follows, or None as long as it is open.

        Raises:
            DeskError: A new value could not be stored.
        """


class Legend:
    """Keys that stand for something: the next key is one of them, or nothing."""

    def __init__(
        self,
        title: str,
        noun: str,
        entries: Sequence[Keyed],
        meaning: Callable[[str], Answer | Question | None],
    ) -> None:
        self._title = title
        self._noun = noun
        self._entries = entries
        self._meaning = meaning

    def ask(self, panel: ClaimPanel) -> None:
        """Show which key means what."""
        panel.show_legend(f"{self._title} · press its key, Esc leaves", self._entries)

    async def hear(self, asked: ArticleView.Asked) -> Answer | Question | None:
        """What the key stands for; an unknown one is swallowed, and said."""
        if asked.key in LEAVE:
            return Left()
        if asked.key == PASTE:
            return Left(f"a {self._noun} is chosen by one key: nothing to paste")
        pressed = asked.character or asked.key
        return self._meaning(pressed) or Left(f"no {self._noun} has the key {pressed}")
