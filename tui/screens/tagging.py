"""The conversation between the keys of the article pane and the desk, one key after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Literal, Protocol

from store.claims.focus import Focus, focus_on, standing
from store.claims.history import ACTS_IN_WORDS
from store.claims.tagging import (
    Reaction,
    cross_out,
    digit,
    enter,
    further_signal,
    pick,
    repeat,
    reshape,
    signal,
)
from store.desk import Desk, DeskError, OpenedArticle
from store.model import Claim, Tag
from store.text.anchors import stretch
from tui.prompts import said_by_others
from tui.screens.asking import Asking, Chosen, Left
from tui.screens.marks import marks_at, marks_of_others
from tui.widgets.article_page import Mark
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.picker import Picked

EDGES: dict[str, tuple[Literal["start", "end"], int]] = {
    "]": ("end", 1),
    "[": ("end", -1),
    "}": ("start", 1),
    "{": ("start", -1),
}
_PICKED = {"c": "company", "r": "region"}


Answer = Callable[[ArticleView.Asked, Focus], Awaitable[None]]
"""What answers a key, told the sentence it was pressed on and what is said of it so far."""


class Say(Protocol):
    """The status line's voice."""

    def __call__(self, text: str, *, error: bool = False) -> None:
        """Tell the person something."""


class Tagging:
    """What is being said of the open article: the focus, what is unsaved, a prefix or a picker."""

    def __init__(
        self,
        desk: Desk,
        view: ArticleView,
        panel: ClaimPanel,
        say: Say,
        changed: Callable[[OpenedArticle], None],
    ) -> None:
        self.opened: OpenedArticle | None = None
        self._desk = desk
        self._view = view
        self._panel = panel
        self._say = say
        self._changed = changed
        self._asking = Asking(desk, panel)
        self._unsaved: dict[int, Focus] = {}
        self._another: int | None = None
        self._last: tuple[Tag, ...] = ()
        self._answers: dict[str, Answer] = {}

    def let_answer(self, answers: Mapping[str, Answer]) -> None:
        """Have these keys answered elsewhere, in their turn."""
        self._answers.update(answers)

    # -------------------------------------------------------- the article

    def open(self, opened: OpenedArticle) -> None:
        """Begin with another article; what was unsaved in the last one is dropped."""
        self.opened = opened
        self._unsaved.clear()
        self._another = None
        self._asking.drop()
        self._last = self._last or _last_said(opened)
        self.show()

    def take(self, opened: OpenedArticle) -> None:
        """Go on with newer claims of the same article."""
        self.opened = opened
        self.show()
        self._changed(opened)

    def leave_another(self) -> bool:
        """Take back ``&``; False when it was not pressed here."""
        if self._another is None:
            return False
        self._unsaved.pop(self._another, None)
        self._another = None
        self._say("")
        self._show_focus()
        return True

    def moved(self) -> None:
        """The cursor stands elsewhere: show what is said there."""
        if self._another != self._view.sentence:
            self._another = None
        if not self._view.listening:
            self._show_focus()

    def focus(self) -> Focus | None:
        """What a key would act on now."""
        return self._focus_at(self._view.sentence, self._view.nth)

    def _focus_at(self, sentence: int, nth: int = 0) -> Focus | None:
        if self.opened is None or not self.opened.sentences:
            return None
        if sentence in self._unsaved:
            return self._unsaved[sentence]
        return focus_on(
            self.opened.sentences[sentence],
            self.opened.suggestions[sentence],
            self.opened.claims,
            nth=nth,
            another=self._another == sentence,
        )

    def _standing(self, sentence: int) -> list[Claim]:
        if self.opened is None:
            return []
        return standing(self.opened.claims, self.opened.sentences[sentence])

    # -------------------------------------------------------- showing

    def show(self) -> None:
        """Draw all marks anew, and the focus."""
        if self.opened is None:
            return
        marks: list[Mark] = []
        stops: list[tuple[int, int]] = []
        for number in range(len(self.opened.sentences)):
            found = marks_at(self.opened, number, self._focus_at(number), self._desk.codebook)
            marks += found
            stops += [(number, nth) for nth in range(len(found))]
        self._view.mark([*marks, *marks_of_others(self.opened, self._desk.codebook)])
        self._view.walk(stops)
        self._show_focus()

    def _show_focus(self) -> None:
        focus = self.focus()
        self._view.focus_on(focus.span if focus else None)
        claims = self._standing(self._view.sentence) if focus else []
        theirs = standing(self.opened.others, focus.sentence) if self.opened and focus else []
        self._panel.show_focus(
            focus, nth=self._view.nth, of=len(claims), theirs=said_by_others(theirs)
        )

    # -------------------------------------------------------- keys

    async def press(self, asked: ArticleView.Asked) -> None:
        """Answer one key of the article pane."""
        if self.opened is None:
            return
        if self._asking.is_open:
            await self._hear(asked)
        else:
            await self._act(asked)
        self._view.listening = self._asking.is_open

    async def _act(self, asked: ArticleView.Asked) -> None:
        key = asked.key
        focus = self._focus_at(asked.sentence, asked.nth)
        if focus is None or self.opened is None:
            return
        if key in self._answers:
            await self._answers[key](asked, focus)
        elif key in ("u", "redo"):
            await self._take_back(key)
        elif key in ("s", "S"):
            self._asking.for_signal(further=key == "S")
        elif key in _PICKED:
            self._asking.for_value(_PICKED[key], focus, self.opened)
        elif key == "&":
            self._begin_another(asked.sentence)
        elif key == "x" and focus.unsaved and focus.kind == "plain":
            self._unsaved.pop(asked.sentence, None)
            self._say("put back as it was")
            self._show_focus()
        elif key == "enter" and asked.at_rest:
            self._go_on(asked.sentence - 1)
        else:
            await self.react(self._reaction(key, focus), asked.sentence)

    def _reaction(self, key: str, focus: Focus) -> Reaction:
        if key == "enter":
            return enter(focus)
        if key == "x":
            return cross_out(focus)
        if key == ".":
            return repeat(focus, self._last)
        if key in EDGES and self.opened is not None:
            edge, by = EDGES[key]
            text = self.opened.article.version.text
            return reshape(focus, stretch(text, focus.span, edge=edge, by=by))
        return digit(focus, int(key))

    async def react(self, reaction: Reaction, sentence: int) -> None:
        """Do what was decided: write, or keep in mind, and go where it goes."""
        if reaction.unsaved is not None:
            self._unsaved[sentence] = reaction.unsaved
            self._say(reaction.say)
            self._show_focus()
            return
        if reaction.write is not None and not await self._write(reaction, sentence):
            return
        if reaction.write is None and reaction.say:
            self._say(reaction.say)
        if reaction.goes == "next":
            self._go_on(sentence, quietly=reaction.write is not None)

    async def _write(self, reaction: Reaction, sentence: int) -> bool:
        """Store; what was unsaved stays on screen if that fails."""
        write = reaction.write
        if write is None or self.opened is None:
            return False
        try:
            opened = await self._desk.keep(self.opened, write)
        except DeskError as error:
            self._say(str(error), error=True)
            await self._look_again()
            return False
        self._unsaved.pop(sentence, None)
        self._another = None
        if write.review == "accepted" and write.act in ("keep", "retag"):
            self._last = write.tags
        self._say(_told(reaction))
        self.take(opened)
        return True

    async def _look_again(self) -> None:
        if self.opened is None:
            return
        try:
            self.take(await self._desk.look_again(self.opened))
        except DeskError:
            self.show()

    def _go_on(self, sentence: int, *, quietly: bool = False) -> None:
        """Go to the next suggestion after a sentence; stay where there is none."""
        if self.opened is None:
            return
        for number in range(sentence + 1, len(self.opened.sentences)):
            focus = self._focus_at(number)
            if focus is not None and focus.kind == "suggested":
                self._view.go_to(number)
                return
        if not quietly:
            self._say("no more suggestions here · s c r tag · n next unread")

    def _begin_another(self, sentence: int) -> None:
        if not self._standing(sentence):
            self._say("nothing is marked here yet")
            return
        self._another = sentence
        self._say("another claim on this sentence: s c r or a digit")
        self._show_focus()

    async def _take_back(self, key: str) -> None:
        if self.opened is None:
            return
        act: Literal["undo", "redo"] = "redo" if key == "redo" else "undo"
        try:
            opened, operation, offset = await self._desk.take_back(self.opened, act=act)
        except DeskError as error:
            self._say(str(error), error=True)
            return
        if operation is None:
            self._say(f"nothing to {act} in this article")
            return
        self._unsaved.clear()
        self.take(opened)
        done = "took back" if act == "undo" else "did again"
        self._say(f"{done} {ACTS_IN_WORDS.get(operation.act, 'it')}")
        for number, one in enumerate(opened.sentences):
            if one.span.start <= offset < one.span.end:
                self._view.go_to(number)

    # -------------------------------------------------------- answers

    async def _hear(self, asked: ArticleView.Asked) -> None:
        try:
            answer = await self._asking.hear(asked)
        except DeskError as error:
            self._say(str(error), error=True)
            answer = Left()
        if answer is not None:
            await self._take_answer(answer, asked.sentence, asked.nth)

    async def picked(self, event: Picked) -> None:
        """Take what was picked by mouse."""
        try:
            answer = await self._asking.picked(event)
        except DeskError as error:
            self._say(str(error), error=True)
            answer = Left()
        await self._take_answer(answer, self._view.sentence, self._view.nth)
        self._view.listening = False

    async def _take_answer(self, answer: Chosen | Left, sentence: int, nth: int) -> None:
        focus = self._focus_at(sentence, nth)
        if isinstance(answer, Chosen) and focus is not None:
            tag = _known(focus, answer.tag)
            if tag.dimension != "signal":
                reaction = pick(focus, tag)
            else:
                reaction = further_signal(focus, tag) if answer.further else signal(focus, tag)
            await self.react(reaction, sentence)
        elif isinstance(answer, Left):
            self._say(answer.say)
        self._show_focus()


def _known(focus: Focus, chosen: Tag) -> Tag:
    """The same value as it stands among the chips, so that a suggestion keeps its origin."""
    return next((chip.tag for chip in focus.chips if chip.tag.key == chosen.key), chosen)


def _last_said(opened: OpenedArticle) -> tuple[Tag, ...]:
    """What the newest claim of the article says, for ``.`` after a restart."""
    claims = [
        claim
        for claim in opened.claims
        if claim.marking.review == "accepted" and not claim.marking.deleted
    ]
    newest = max(claims, key=lambda claim: claim.provenance.modified, default=None)
    return newest.marking.tags if newest else ()


def _told(reaction: Reaction) -> str:
    write = reaction.write
    if write is None or write.act in ("remove", "reject"):
        return f"saved · {reaction.say}"
    signals = ", ".join(tag.label for tag in write.tags if tag.dimension == "signal")
    if write.review == "draft":
        wants = "enter makes it a claim" if signals else "pick a signal"
        return f"draft saved · {wants}"
    return f"saved · {signals}"
