"""At most one question is put to the person at a time; while it is open, every key is its."""

from __future__ import annotations

from functools import partial

from store.claims.marking.focus import Focus
from store.desk import Desk, OpenedArticle
from tui.screens.answers import Answer, Left, Question
from tui.screens.detailing import note_question, status_legend
from tui.screens.picking import Asker, Picking, offered_in, signal_legend
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.picker import Picked

NO_DIMENSION = "the codebook has no further dimension: ‹#:desk.codebook› adds one"
KEYS = {"s": "", "S": "", "c": "company", "r": "region", "t": "", "a": "", "i": ""}
"""The keys that begin a question, and the dimension they ask for if it is always the same."""


class Asking:
    """The question that is open, if one is, and how keys begin one."""

    def __init__(self, desk: Desk, panel: ClaimPanel) -> None:
        self._desk = desk
        self._panel = panel
        self._question: Question | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer is waited for."""
        return self._question is not None

    def drop(self) -> None:
        """Ask no more."""
        self._question = None
        self._panel.close_picker()

    def begin(self, key: str, focus: Focus, opened: OpenedArticle) -> str:
        """Ask what a key asks for; what to say where there is nothing to ask."""
        question = self._question_of(key, focus, opened)
        if question is None:
            return NO_DIMENSION
        self._put(question)
        return ""

    def _question_of(self, key: str, focus: Focus, opened: OpenedArticle) -> Question | None:
        codebook = self._desk.codebook
        if key in ("s", "S"):
            return signal_legend(codebook.dimension("signal"), further=key == "S")
        if key == "a":
            return status_legend(focus)
        if key == "i":
            return note_question(focus.details)
        offered = partial(offered_in, focus=focus, opened=opened, codebook=codebook)
        asker = Asker(self._desk, offered)
        if key == "t":
            return asker.about_further()
        dimension = codebook.dimension(KEYS[key])
        return asker.about(dimension) if dimension else None

    def _put(self, question: Question) -> None:
        self._question = question
        question.ask(self._panel)

    async def hear(self, asked: ArticleView.Asked) -> Answer | None:
        """Take a key; None as long as a question is open.

        Raises:
            DeskError: A company could not be created.
        """
        if self._question is None:
            return Left()
        try:
            heard = await self._question.hear(asked)
        except BaseException:
            self.drop()
            raise
        if heard is None:
            return None
        if isinstance(heard, Answer):
            self.drop()
            return heard
        self._put(heard)
        return None

    async def picked(self, event: Picked) -> Answer:
        """Take what was picked by mouse.

        Raises:
            DeskError: A company could not be created.
        """
        question, self._question = self._question, None
        return await question.picked(event) if isinstance(question, Picking) else Left()
