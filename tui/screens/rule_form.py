"""The forms of rules and watch words; a query is tried as it is typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from msgspec.structs import replace
from textual import on, work
from textual.content import Content
from textual.widgets import Input, Static

from store.desk import DeskError
from store.desk.interests import Found
from store.model import Rule, WatchWord
from store.query import QueryError
from store.text.amounts import amount
from store.text.clean import guard
from tui.prompts import behind_told
from tui.screens.code_form import CodeForm, Field, Save, Value
from tui.screens.dialog import Problem

_YES, _NO = "yes", "no"
_TWO: Final = ((_NO, "$text"), (_YES, "$text"))
Try = Callable[[str], Awaitable[Found]]
"""What a query finds; raises QueryError and DeskError."""


class InterestForm(CodeForm):
    """Gives back what was saved, in words; nothing if nothing was."""

    BINDING_GROUP_TITLE = "A rule or a watch word"
    DEFAULT_CSS = """
    InterestForm {
        & > Sheet { height: auto; max-height: 100%; }
        VerticalScroll { height: auto; max-height: 18; }
        #found { height: auto; max-height: 3; color: $text-muted; }
        #found.-wrong { color: $text-error; }
    }
    InterestForm.-narrow > Sheet { height: auto; }
    """

    def __init__(
        self, title: str, fields: list[Field], save: Save, *, tried: str, as_query: Try
    ) -> None:
        """``tried`` is the field of which ``as_query`` tells what it finds."""
        super().__init__(title, fields, save)
        self._tried = tried
        self._as_query = as_query

    def on_mount(self) -> None:
        """Tell what is found as things stand."""
        self.mount(Static("", id="found", markup=False), before=self.query_one(Problem))
        self._try(str(self.typed[self._tried]))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.input.name == self._tried:
            self._try(event.value)

    @work(group="try", exclusive=True)
    async def _try(self, query: str) -> None:
        told, is_wrong = "", False
        if query.strip():
            try:
                told = found_told(await self._as_query(query))
            except (QueryError, DeskError) as error:
                told, is_wrong = f"! {error}", True
        shown = self.query_one("#found", Static)
        shown.set_class(is_wrong, "-wrong")
        shown.update(Content(guard(told)))


def found_told(found: Found) -> str:
    """How much a query finds: "finds 312 articles, 12 unread"."""
    count = len(found.rows)
    said = (
        f"finds {amount(count, 'article')}, {found.unread} unread" if count else "finds nothing yet"
    )
    return f"{said} · {behind_told(found.behind)}" if found.behind else said


def does_told(one: Rule | WatchWord) -> str:
    """What happens by a rule or a word: "stars · marks read · labels chips · tells"."""
    does = []
    if isinstance(one, Rule):
        does = ["stars"] * one.star + ["marks read"] * one.read
        does += [f"labels {', '.join(one.labels)}"] if one.labels else []
    return " · ".join([*does, *["tells"] * one.notify])


def rule_fields(rule: Rule | None) -> list[Field]:
    """The form of a rule, or of a new one."""

    def choice(name: str, label: str, hint: str) -> Field:
        value = _YES if rule is not None and getattr(rule, name) else _NO
        return Field(name, label, "choice", value, options=_TWO, hint=hint)

    query, name = (rule.query, rule.name) if rule else ("", "")
    labels = ", ".join(rule.labels) if rule else ""
    return [
        Field("query", "Query", "line", query, hint='as in /: "export controls" feed:reuters'),
        Field("name", "Name", "line", name, hint="empty: as the query"),
        choice("star", "Star", ""),
        choice("read", "Mark read", ""),
        Field("labels", "Labels", "line", labels, hint="commas between several"),
        choice("notify", "Tell", "once, when a fetch brought any"),
    ]


def rule_of(typed: Mapping[str, Value], rule: Rule | None) -> Rule:
    """The rule that was typed, in place of the one that was changed."""
    before = rule or Rule(id="", name="", query="")
    query = str(typed["query"])
    return replace(
        before,
        name=str(typed["name"]) or query,
        query=query,
        star=typed["star"] == _YES,
        read=typed["read"] == _YES,
        labels=tuple(str(typed["labels"]).split(",")),
        notify=typed["notify"] == _YES,
    )


def word_fields(word: WatchWord | None) -> list[Field]:
    """The form of a watch word, or of a new one."""
    notify = _YES if word is not None and word.notify else _NO
    return [
        Field("text", "Words", "line", word.text if word else "",
              hint="as they stand; one word with * finds how words begin, as chip*"),
        Field("notify", "Tell", "choice", notify, options=_TWO,
              hint="once, when a fetch brought any"),
    ]  # fmt: skip


def word_typed(typed: Mapping[str, Value], word: WatchWord | None) -> WatchWord:
    """The watch word that was typed, in place of the one that was changed."""
    before = word or WatchWord(text="")
    return replace(before, text=str(typed["text"]), notify=typed["notify"] == _YES)
