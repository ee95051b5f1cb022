"""The line in which somebody types what to find, and the one under it that tells how it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from store.query import LIMIT
from store.text.clean import clean, guard
from tui.prompts import chosen_on, hinted
from tui.widgets.line_input import LineInput
from tui.widgets.query_words import Purpose, QueryKey, QueryTyped

_PROMPTS: dict[Purpose, str] = {"search": "/", "filter": "F"}


class QueryInput(LineInput):
    """What is typed counts at once."""

    BINDING_GROUP_TITLE = "Search line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "to the articles", id="find.done", tooltip="Go to what is found"),
        Binding("escape", "leave", "leave", id="find.leave", tooltip="Close the line"),
        Binding(
            "ctrl+o", "order", "order", id="find.order", tooltip="Newest first, or the most fitting"
        ),
        Binding("ctrl+s", "save", "save", id="find.save", tooltip="Save the query as a view"),
        Binding(
            "tab",
            "complete",
            "complete",
            show=False,
            id="find.complete",
            tooltip="Complete the word; once more, another way",
        ),
        Binding("up", "recall(1)", "Older", show=False, id="find.older", tooltip="Query before"),
        Binding("down", "recall(-1)", "Newer", show=False, id="find.newer", tooltip="Query after"),
    ]

    @dataclass
    class Key(Message):
        """A key of the line: "done", "leave", "order" or "save"."""

        what: str

    def __init__(self) -> None:
        super().__init__(max_length=LIMIT, select_on_focus=False, compact=True)
        self.earlier: Sequence[str] = ()
        """Queries of this session, newest first."""
        self.completions: Callable[[str], Sequence[str]] = lambda _typed: ()
        """What the last word that was typed may become, given all that stands before the caret."""
        self._recalled = 0
        self._begun = ""
        self._completing: tuple[str, str, int, Sequence[str]] | None = None

    def put(self, text: str) -> None:
        """Type this, in place of what is there; the next letter replaces it."""
        self._recalled = 0
        self._say(text)
        self.action_select_all()

    def _say(self, text: str) -> None:
        self.value = text
        self.cursor_position = len(text)

    def action_done(self) -> None:
        """Go to what is found."""
        self.post_message(self.Key("done"))

    def action_leave(self) -> None:
        """Close the line."""
        self.post_message(self.Key("leave"))

    def action_order(self) -> None:
        """Ask for the other order."""
        self.post_message(self.Key("order"))

    def action_save(self) -> None:
        """Ask for the query to be kept."""
        self.post_message(self.Key("save"))

    def action_recall(self, by: int) -> None:
        """Show an earlier query, or a later one; at the end what was typed."""
        if not self._recalled:
            self._begun = self.value
        at = max(0, min(self._recalled + by, len(self.earlier)))
        if at == self._recalled:
            return
        if at == 1 and by > 0 and self.earlier[0] == self._begun and len(self.earlier) > 1:
            at = 2  # what stands there is no earlier one
        self._recalled = at
        self._say(self.earlier[at - 1] if at else self._begun)

    def action_complete(self) -> None:
        """Complete the word before the caret; pressed again, offer the next way."""
        at = self.cursor_position
        before, after = self.value[:at], self.value[at:]
        if self._completing is not None and before == self._completing[1]:
            typed, _, nth, ways = self._completing
            nth = (nth + 1) % len(ways)
        else:
            typed, nth, ways = before, 0, self.completions(before)
        if not ways:
            return
        completed = ways[nth]
        self._completing = (typed, completed, nth, ways)
        self.value = completed + after
        self.cursor_position = len(completed)


class QueryLine(Vertical):
    """A query over the lists."""

    DEFAULT_CSS: ClassVar[str] = """
    QueryLine {
        height: auto;
        background: $surface;
        & > Horizontal { height: 1; }
        #query-prompt { width: auto; padding: 0 1; color: $text-accent; text-style: bold; }
        QueryInput {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0;
            background: $surface;
            color: $text;
        }
        & > #query-told { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
        &.-wrong > #query-told { color: $text-error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.purpose: Purpose = "search"

    def compose(self) -> ComposeResult:
        """The prompt and the line, and what is told of it."""
        with Horizontal():
            yield Static(Content(""), id="query-prompt")
            yield QueryInput()
        yield Static(Content(""), id="query-told")

    @property
    def input(self) -> QueryInput:
        """Where it is typed."""
        return self.query_one(QueryInput)

    @property
    def query_text(self) -> str:
        """What is typed."""
        return clean(self.input.value, limit=LIMIT)

    def open(self, purpose: Purpose, query: str, earlier: Sequence[str]) -> None:
        """Ask for a query, beginning with one."""
        self.purpose = purpose
        self.query_one("#query-prompt", Static).update(Content(_PROMPTS[purpose]))
        self.input.earlier = earlier
        with self.prevent(Input.Changed):
            self.input.put(guard(query))
        self.display = True
        # At once: the next letter may be on its way already.
        self.screen.set_focus(self.input, scroll_visible=False)

    def tell(self, told: str, *, wrong: bool = False) -> None:
        """Say what comes of it, or what is wrong with it."""
        self.set_class(wrong, "-wrong")
        told = guard(hinted(told, chosen_on(self.app)))
        said = f"! {told}" if wrong else told
        self.query_one("#query-told", Static).update(Content(said))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(QueryTyped(self.purpose, self.query_text))

    @on(QueryInput.Key)
    def _key(self, event: QueryInput.Key) -> None:
        event.stop()
        self.post_message(QueryKey(self.purpose, event.what))
