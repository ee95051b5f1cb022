"""Watch words and rules: what somebody looks for again and again, and what is done with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from store.desk import Desk, DeskError
from store.desk.interests import Found, rearranged
from store.finding.rules import query_of
from store.model import Rule, WatchWord
from store.query import QueryError
from tui.prompts import chosen_on, hinted
from tui.screens.code_form import Value
from tui.screens.dialog import Dialog, Sheet, line
from tui.screens.full_screen import FullScreen
from tui.screens.rule_form import (
    InterestForm,
    does_told,
    found_told,
    rule_fields,
    rule_of,
    word_fields,
    word_typed,
)
from tui.widgets.interest_list import Group, InterestLine, InterestList
from tui.widgets.status import Masthead, Status

Undo = Callable[[], Awaitable[object]]


class ApplyRule(Dialog[bool]):
    """Gives back whether the rule is to be applied to what is there."""

    BINDING_GROUP_TITLE = "Applying a rule"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", "apply", id="apply_rule.apply", tooltip="Apply it"),
        Binding("escape", "answer(False)", "leave", id="apply_rule.leave",
                tooltip="Change nothing"),
    ]  # fmt: skip

    def __init__(self, rule: Rule, found: Found) -> None:
        super().__init__()
        self._rule = rule
        self._found = found

    def compose(self) -> ComposeResult:
        """What would happen, and to how many."""
        with Sheet():
            yield line(f"Apply “{self._rule.name}” to what is there", "title")
            yield line(f"It {found_told(self._found)}: {does_told(self._rule)}.", "text")
            undo = hinted("‹u:interests.undo› takes all of it back.", chosen_on(self.app))
            yield line(f"What you marked unread stays unread. {undo}", "text")
            yield line(
                "‹enter:apply_rule.apply› applies it · ‹Esc:apply_rule.leave› leaves", "keys"
            )

    def action_answer(self, meant: bool) -> None:
        """Give the answer."""
        self.dismiss(meant)


class InterestsScreen(FullScreen[None]):
    """Two groups in one list, each in the person's order."""

    BINDING_GROUP_TITLE = "Watch words and rules"
    AUTO_FOCUS = "InterestList"
    DEFAULT_CSS = "InterestsScreen { background: $background; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="interests.help", tooltip="Every key"),
        Binding("u", "undo", "undo", id="interests.undo", tooltip="Take the last change back"),
        Binding("escape,q", "leave", "back", id="interests.leave", tooltip="Back to the desk"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._care = desk.interests
        self._rules: Sequence[Rule] = ()
        self._words: Sequence[WatchWord] = ()
        self._found: dict[str, str] = {}
        """How much a query finds, in words."""
        self._mistakes: dict[str, str] = {}
        """Why a query finds nothing."""
        self._undo: list[tuple[str, Undo]] = []
        self._last: tuple[Group, str] = ("word", "")
        """The row that a form kept."""

    def compose(self) -> ComposeResult:
        """The list."""
        yield Masthead()
        yield InterestList()
        yield Status()

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one(Masthead).show("Watch words and rules")
        self._load()

    # -------------------------------------------------------- the list

    @work(group="load", exclusive=True)
    async def _load(self, at: tuple[Group, str] | None = None) -> None:
        try:
            self._rules, self._words = await self._care.rules(), await self._care.words()
            self._show(at)
            for query in self._queries():
                if query not in self._found:
                    await self._count(query)
                    self._show()
        except DeskError as error:
            self.say(str(error), error=True)

    def _queries(self) -> list[str]:
        return [*map(query_of, self._words), *(rule.query for rule in self._rules)]

    async def _count(self, query: str) -> None:
        self._mistakes.pop(query, None)
        try:
            found = await self._care.found(query)
        except QueryError as mistake:
            self._mistakes[query] = str(mistake)
        else:
            self._found[query] = f"{len(found.rows):,} · {found.unread:,} unread"

    def _show(self, at: tuple[Group, str] | None = None) -> None:
        shown = self.query_one(InterestList)
        lines = [
            InterestLine("word"),
            *map(self._word_line, self._words),
            InterestLine("rule"),
            *map(self._rule_line, self._rules),
        ]
        shown.show(lines, at=at)

    def _word_line(self, word: WatchWord) -> InterestLine:
        found = self._found.get(query_of(word), "")
        return InterestLine("word", word.text, word.text, word.on, does_told(word), found=found)

    def _rule_line(self, rule: Rule) -> InterestLine:
        query = rule.query
        mistake = self._mistakes.get(query, "")
        told = (rule.name, rule.on, does_told(rule), query, self._found.get(query, ""), mistake)
        return InterestLine("rule", rule.id, *told)

    # -------------------------------------------------------- changes

    @on(InterestList.Asked)
    def _asked(self, event: InterestList.Asked) -> None:
        self._change(event.what, event.line)

    @work(group="change")
    async def _change(self, what: str, here: InterestLine) -> None:
        try:
            if what in ("add", "edit"):
                await self._edit(here, is_new=what == "add")
            elif what == "apply":
                await self._apply(here.id)
            else:
                await self._rearrange(what, here)
        except (DeskError, QueryError) as error:
            self.say(str(error), error=True)

    async def _rearrange(self, what: str, here: InterestLine) -> None:
        """Switch a row, delete it or give it another place."""
        if here.group == "rule":
            await self._care.change_rules(lambda ones: rearranged(ones, what, here.id))
        else:
            await self._care.change_words(lambda ones: rearranged(ones, what, here.id))
        self._taken_back_by(self._care.take_back_last)
        said = {"switch": "switched off" if here.on else "switched on", "delete": "deleted"}
        self._done(f"{here.name}: {said.get(what, 'moved')}", (here.group, here.id))

    def _taken_back_by(self, undo: Undo) -> None:
        self._undo.append(("", undo))

    def _done(self, said: str, at: tuple[Group, str] | None = None) -> None:
        self._undo[-1] = (said, self._undo[-1][1])
        self.say(said)
        self._load(at)

    async def _edit(self, here: InterestLine, *, is_new: bool) -> None:
        if here.group == "word":
            word = None if is_new else next((w for w in self._words if w.text == here.id), None)
            form = InterestForm(
                "A watch word" if word is None else f"Watch word {word.text}",
                word_fields(word),
                partial(self._save_word, word),
                tried="text",
                as_query=self._try_word,
            )
        else:
            rule = None if is_new else next((r for r in self._rules if r.id == here.id), None)
            form = InterestForm(
                "A rule" if rule is None else f"Rule {rule.name}",
                rule_fields(rule),
                partial(self._save_rule, rule),
                tried="query",
                as_query=self._care.found,
            )
        if said := await self.app.push_screen_wait(form):
            self._done(said, self._last)

    async def _try_word(self, typed: str) -> Found:
        return await self._care.found(query_of(WatchWord(text=typed)))

    async def _save_word(self, word: WatchWord | None, typed: Mapping[str, Value]) -> str:
        kept = await self._care.keep_word(
            word_typed(typed, word), instead=word.text if word else ""
        )
        self._last = ("word", kept.text)
        self._taken_back_by(self._care.take_back_last)
        return f"watch word {kept.text}: saved"

    async def _save_rule(self, rule: Rule | None, typed: Mapping[str, Value]) -> str:
        try:
            kept = await self._care.keep_rule(rule_of(typed, rule))
        except QueryError as mistake:
            raise DeskError(str(mistake)) from mistake
        self._last = ("rule", kept.id)
        self._taken_back_by(self._care.take_back_last)
        return f"rule {kept.name}: saved · ‹p:interests.apply› applies it to what is there"

    async def _apply(self, id_: str) -> None:
        rule = next((one for one in self._rules if one.id == id_), None)
        if rule is None:
            return
        found = await self._care.found(rule.query)
        if not found.rows:
            self.say(f"{rule.name} finds nothing that is there")
            return
        if not await self.app.push_screen_wait(ApplyRule(rule, found)):
            return
        self.say(f"applying {rule.name} …")
        applied = await self._care.apply(rule)
        self._taken_back_by(partial(self._care.take_back, applied))
        self._found.clear()
        self._done(f"{rule.name}: {len(applied.before):,} of {applied.found:,} articles changed")

    def action_undo(self) -> None:
        """Take the last change back."""
        self._take_back()

    @work(group="change")
    async def _take_back(self) -> None:
        if not self._undo:
            self.say("nothing to undo here")
            return
        said, undo = step = self._undo.pop()
        try:
            await undo()
        except DeskError as error:
            self._undo.append(step)
            self.say(str(error), error=True)
            return
        self.say(f"took back: {said}")
        self._found.clear()
        self._load()

    def action_leave(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)
