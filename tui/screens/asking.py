"""A question put to the person: a signal by its key, or a company or a region by the picker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.claims.codebook import Code
from store.claims.focus import Focus
from store.claims.lexicon import Choice
from store.desk import Desk, OpenedArticle
from store.model import Tag
from tui.widgets.article_view import PASTE, ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.picker import Answer, Cancelled

MOST_OFFERED = 9
"""A digit picks what is offered before anything is typed."""
_LEAVE = ("escape", "backspace")


@dataclass(frozen=True)
class Chosen:
    """The answer: a value for the sentence."""

    tag: Tag
    further: bool = False
    """Beside the signals that are there, not in their place."""


@dataclass(frozen=True)
class Left:
    """No answer; there may be something to say about it."""

    say: str = ""


class Asking:
    """At most one question at a time; while it is open, every key is its."""

    def __init__(self, desk: Desk, panel: ClaimPanel) -> None:
        self._desk = desk
        self._panel = panel
        self._prefix = ""
        self._dimension = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return bool(self._prefix) or self._panel.picker.is_open

    def drop(self) -> None:
        """Ask no more."""
        self._prefix = ""
        self._panel.picker.close()

    def for_signal(self, *, further: bool) -> None:
        """Show the codebook's signals with their keys."""
        self._prefix = "S" if further else "s"
        what = "further signal" if further else "signal"
        self._panel.show_legend(f"{what} · press its key, Esc leaves", self._signals())

    def for_value(self, dimension: str, focus: Focus, opened: OpenedArticle) -> None:
        """Offer what the sentence and the article name; the whole vocabulary is found by typing."""
        self._dimension = dimension
        offered: dict[str, Choice] = {}
        for choice in _offered(dimension, focus, opened):
            offered.setdefault(choice.code, choice)
        lexicon = self._desk.lexicon
        self._panel.show_picker()
        self._panel.picker.open(
            dimension,
            lambda query: lexicon.candidates(query, dimension),
            offered=list(offered.values())[:MOST_OFFERED],
            create=_new_company if dimension == "company" else None,
        )

    async def hear(self, asked: ArticleView.Asked) -> Chosen | Left | None:
        """Take a key; None as long as the question is open.

        Raises:
            DeskError: A company could not be created.
        """
        if self._prefix:
            return self._signal_of(asked)
        picker = self._panel.picker
        if asked.key == PASTE:
            picker.paste(asked.character or "")
            return None
        answer = picker.press(asked.key, asked.character)
        return None if answer is None else await self.picked(answer)

    async def picked(self, answer: Answer) -> Chosen | Left:
        """Make a value of what was picked, by key or by mouse; a new company is created first.

        Raises:
            DeskError: The company could not be created.
        """
        if isinstance(answer, Cancelled):
            return Left()
        code, label = answer.option.code, answer.option.label
        if answer.created:
            company = await self._desk.create_company(label)
            code, label = company.id, company.name
        return Chosen(Tag(dimension=self._dimension, code=code, label=label))

    def _signal_of(self, asked: ArticleView.Asked) -> Chosen | Left:
        prefix, self._prefix = self._prefix, ""
        pressed = asked.character or asked.key
        for code in self._signals():
            if code.key == pressed:
                tag = Tag(dimension="signal", code=code.id, label=code.label)
                return Chosen(tag, further=prefix == "S")
        return Left("" if asked.key in _LEAVE else f"no signal has the key {pressed}")

    def _signals(self) -> Sequence[Code]:
        dimension = self._desk.codebook.dimension("signal")
        return dimension.codes if dimension else ()


def _offered(dimension: str, focus: Focus, opened: OpenedArticle) -> list[Choice]:
    """First what the sentence's chips have, then what was claimed, then what is named elsewhere."""
    claimed_here, named_here = "claimed in this article", "named in this article"
    chips = [chip.tag for chip in focus.chips if chip.tag.dimension == dimension]
    claimed = [tag for claim in opened.claims for tag in claim.marking.values(dimension)]
    named = [value for one in opened.suggestions for value in one.of(dimension)]
    return [
        *(Choice(code=tag.code, label=tag.label, hint=tag.reason) for tag in chips),
        *(Choice(code=tag.code, label=tag.label, hint=claimed_here) for tag in claimed),
        *(Choice(code=one.code, label=one.label, hint=named_here) for one in named),
    ]


def _new_company(name: str) -> Choice | None:
    return Choice(code="", label=name) if any(map(str.isalnum, name)) else None
