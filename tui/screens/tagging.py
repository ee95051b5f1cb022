"""The conversation between the keys of the article pane and the desk, one key after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Literal, Protocol

from msgspec.structs import replace

from store.claims.marking.focus import Focus
from store.claims.marking.history import ACTS_IN_WORDS
from store.claims.marking.tagging import Reaction
from store.desk import Desk, DeskError, OpenedArticle
from store.model import Claim, Suggestion, Tag
from tui.screens import reactions, shaping
from tui.screens.answers import Answer as Answered
from tui.screens.answers import Left
from tui.screens.asking import KEYS as ASKING_KEYS
from tui.screens.asking import Asking
from tui.screens.in_focus import InFocus
from tui.widgets.article_view import ArticleView
from tui.widgets.claim_panel import ClaimPanel
from tui.widgets.picker import Picked

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
        self._said = InFocus(desk, view, panel)
        self._desk = desk
        self._view = view
        self._say = say
        self._changed = changed
        self._asking = Asking(desk, panel)
        self._last: tuple[Tag, ...] = ()
        self._answers: dict[str, Answer] = {}
        self.beyond: Callable[[], bool] = lambda: False
        """Goes on where the article has no further suggestion; False where nothing follows."""

    @property
    def opened(self) -> OpenedArticle | None:
        """The article that is open, if one is."""
        return self._said.opened

    @property
    def is_busy(self) -> bool:
        """Whether something is being said and not stored: a prefix, a picker, an unsaved change."""
        return self._asking.is_open or self._said.has_unsaved

    def close(self) -> None:
        """There is no article any more, or not yet another."""
        self._said.opened = None

    def clear(self) -> None:
        """The same, and nothing is told of one."""
        self.close()
        self._said.show_focus()

    def let_answer(self, answers: Mapping[str, Answer]) -> None:
        """Have these keys answered elsewhere, in their turn."""
        self._answers |= answers

    # -------------------------------------------------------- the article

    def open(self, opened: OpenedArticle) -> None:
        """Begin with another article; what was unsaved in the last one is dropped."""
        self._said.open(opened)
        self._asking.drop()
        self._last = self._last or reactions.last_said(opened)
        if opened.known == "all":
            self._view.marked()
        else:
            self._view.expect_marks()
        self.show()

    def read(self, whole: OpenedArticle) -> None:
        """Have what is suggested in the open article, if it still is the same."""
        now = self._said.opened
        if now is not None and now.article == whole.article:
            self._said.opened = replace(now, suggestions=whole.suggestions, known="all")
            self.show()
            self._view.marked()

    def take(self, opened: OpenedArticle) -> None:
        """Go on with newer claims of the same article."""
        before = self._said.opened
        if before and before.known != opened.known and before.article == opened.article:
            # What is suggested came while the claims were looked at.
            opened = replace(opened, suggestions=before.suggestions, known=before.known)
        self._said.opened = opened
        self.show()
        self._changed(opened)

    def suggest(self, suggestions: tuple[Suggestion, ...]) -> None:
        """Have other suggestions for the sentences of the open article."""
        if self._said.opened is not None:
            self._said.opened = replace(self._said.opened, suggestions=suggestions)
            self.show()

    def leave_another(self) -> bool:
        """Take back word mode or ``&``; False when neither was begun here."""
        if not self._said.leave_words() and not self._said.leave_another():
            return False
        self._say("")
        self._said.show_focus()
        return True

    def moved(self) -> None:
        """The cursor stands elsewhere: show what is said there."""
        self._said.moved()
        if not self._view.listening:
            self._said.show_focus()

    def dragged(self, start: int, end: int) -> None:
        """Words were picked by mouse."""
        if self.opened is not None and not self._asking.is_open:
            self._said.pick_between(start, end)

    def focus(self) -> Focus | None:
        """What a key would act on now."""
        return self._said.now()

    def show(self) -> None:
        """Draw all marks anew, and the focus."""
        self._said.show()

    def walk_suggestions(self, *, only: bool) -> None:
        """Let N and P leave out what is claimed already, or stop there too."""
        self._said.only_suggestions = only
        self._said.show()

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
        key, sentence = asked.key, asked.sentence
        if (heard := shaping.in_word_mode(self._said, key, sentence, asked.nth)) is not None:
            await self.react(heard, sentence)
            return
        focus = self._said.at(sentence, asked.nth)
        if focus is None or self.opened is None:
            return
        if key in self._answers:
            await self._answers[key](asked, focus)
        elif key in ("u", "redo"):
            await self.take_back(key)
        elif key in ASKING_KEYS:
            self._say(self._asking.begin(key, focus, self.opened))
        elif key == "&":
            self._begin_another(sentence)
        elif key == "x" and focus.unsaved and focus.kind == "plain":
            self._said.forget(sentence)
            await self.react(Reaction(say="put back as it was"), sentence)
        elif key == "enter" and asked.at_rest:
            self._go_on(sentence - 1)
        else:
            await self.react(reactions.to_key(key, self._said, focus, self._last), sentence)

    async def react(self, reaction: Reaction, sentence: int) -> None:
        """Do what was decided: write, or keep in mind, and go where it goes."""
        if reaction.unsaved is not None:
            self._said.keep_in_mind(sentence, reaction.unsaved)
        if reaction.write is not None and not await self._write(reaction, sentence):
            return
        if reaction.write is None:
            self._say(reaction.say)
            self._said.show_focus()
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
        before = {claim.id for claim in self.opened.claims}
        self._said.forget(sentence)
        if write.review == "accepted" and write.act in ("keep", "retag"):
            self._last = write.tags
        self._say(reactions.told(reaction))
        self._said.opened = opened
        made = next((claim.id for claim in opened.claims if claim.id not in before), "")
        self._stay_with(write.claim or made)
        self.take(opened)
        return True

    def _stay_with(self, claim: str) -> None:
        """Keep the cursor on a claim, wherever its new edges put it among the others."""
        claims = self.opened.claims if self.opened else ()
        start = next((one.marking.anchor.span.start for one in claims if one.id == claim), None)
        if start is None:
            return
        number = self._said.sentence_of(start)
        for nth, one in enumerate(self._said.standing(number)):
            if one.id == claim and (number, nth) != (self._view.sentence, self._view.nth):
                self._view.go_to(number, nth)

    async def _look_again(self) -> None:
        if self.opened is None:
            return
        try:
            self.take(await self._desk.look_again(self.opened))
        except DeskError:
            self.show()

    def _go_on(self, sentence: int, *, quietly: bool = False) -> None:
        """Go to the next suggestion after a sentence; stay where there is none."""
        if (found := self._said.next_suggested(sentence)) is not None:
            self._view.go_to(found)
        elif not self.beyond() and not quietly:
            self._say("no more suggestions here · s c r tag · n next unread")

    def _begin_another(self, sentence: int) -> None:
        begun = self._said.begin_another(sentence)
        told = "another claim on this sentence: s c r or a digit"
        self._say(told if begun else "nothing is marked here yet")
        self._said.show_focus()

    async def take_back(self, key: str) -> None:
        """Undo ("u") or redo the last step in the article, say what it was, and go there."""
        if self.opened is None:
            return
        act: Literal["undo", "redo"] = "redo" if key == "redo" else "undo"
        try:
            opened, operation, _ = await self._desk.take_back(self.opened, act=act)
        except DeskError as error:
            self._say(str(error), error=True)
            return
        if operation is None:
            self._say(f"nothing to {act} in this article")
            return
        before = {claim.id: claim.rev for claim in self.opened.claims}
        self._said.forget_all()
        self.take(opened)
        done = "took back" if act == "undo" else "did again"
        self._say(f"{done} {ACTS_IN_WORDS.get(operation.act, 'it')}")
        if operation.act == "cover":
            return  # that concerned no sentence
        self._go_to_changed([one for one in opened.claims if before.get(one.id) != one.rev])

    def _go_to_changed(self, claims: Sequence[Claim]) -> None:
        """Go to the first of these, where this text has it: it may have been made on another."""
        found = [one for one in claims if one.marking.anchor.state != "orphan"]
        if not found:
            return
        claim = min(found, key=lambda one: one.marking.anchor.span)
        offset = claim.marking.anchor.span.start
        for number, sentence in enumerate(self._said.sentences):
            if sentence.span.start <= offset < sentence.span.end:
                here = [one.id for one in self._said.standing(number)]
                self._view.go_to(number, here.index(claim.id) if claim.id in here else 0)

    # -------------------------------------------------------- answers

    async def _hear(self, asked: ArticleView.Asked) -> None:
        try:
            answer = await self._asking.hear(asked)
        except DeskError as error:
            self._say(str(error), error=True)
            self._said.show_focus()
            return
        if answer is not None:
            await self._take_answer(answer, asked.sentence, asked.nth)

    async def picked(self, event: Picked) -> None:
        """Take what was picked by mouse."""
        self._view.listening = False
        try:
            answer = await self._asking.picked(event)
        except DeskError as error:
            self._say(str(error), error=True)
            self._said.show_focus()
            return
        await self._take_answer(answer, self._view.sentence, self._view.nth)

    async def _take_answer(self, answer: Answered, sentence: int, nth: int) -> None:
        focus = self._said.at(sentence, nth)
        if focus is None or isinstance(answer, Left):
            self._say(answer.say if isinstance(answer, Left) else "")
            self._said.show_focus()
        else:
            await self.react(reactions.to_answer(answer, focus), sentence)
