"""Suggestions that learn while somebody reads, and never change under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from store.claims.marking.focus import is_answered
from store.desk import Desk, OpenedArticle
from store.model import Suggestion
from tui.screens.tagging import Say, Tagging
from tui.widgets.article_view import ArticleView


class Learning:
    """Takes what was learned into the open article; a sentence in focus waits until it is left."""

    def __init__(self, desk: Desk, view: ArticleView, tagging: Tagging, say: Say) -> None:
        self._desk = desk
        self._view = view
        self._tagging = tagging
        self._say = say
        self._fresh: tuple[Suggestion, ...] = ()
        self._article: tuple[int, str] = (0, "")

    async def learn(self, opened: OpenedArticle) -> None:
        """Learn from what is said of an article now.

        Raises:
            DeskError: Its claims cannot be read.
        """
        self._take(opened, await self._desk.tutor.learn(opened))
        for off in await self._desk.tutor.newly_off():
            self._say(f"{off.told} · ‹#:desk.codebook› shows the codebook")

    async def catch_up(self) -> None:
        """Learn from what is new on the desk, whoever wrote it.

        Raises:
            DeskError: It cannot be read.
        """
        await self._desk.tutor.catch_up()
        if (opened := self._tagging.opened) is not None:
            self._take(opened, await self._desk.tutor.suggest(opened))

    def moved(self) -> None:
        """The cursor left a sentence: what was learned may show there now."""
        opened = self._tagging.opened
        if opened is None or self._article != _which(opened):
            return
        suggestions = _fresher(opened, self._fresh, but=self._view.sentence)
        if suggestions != opened.suggestions:
            self._tagging.suggest(suggestions)

    def _take(self, opened: OpenedArticle, fresh: tuple[Suggestion, ...]) -> None:
        self._fresh, self._article = fresh, _which(opened)
        self.moved()


def _which(opened: OpenedArticle) -> tuple[int, str]:
    return (opened.article.headline.id, opened.article.version.hash)


def _fresher(
    opened: OpenedArticle, fresh: Sequence[Suggestion], *, but: int
) -> tuple[Suggestion, ...]:
    """The fresh suggestions for what nobody answered yet, save for one sentence."""
    return tuple(
        before if number == but or is_answered(opened.claims, sentence) else after
        for number, (sentence, before, after) in enumerate(
            zip(opened.sentences, opened.suggestions, fresh, strict=True)
        )
    )
