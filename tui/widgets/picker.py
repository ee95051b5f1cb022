"""Choosing one value among many by number or by name, without leaving the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from store.text.clean import clean
from tui.widgets.choices import Answer, Cancelled, Choice, Option, Picked
from tui.widgets.lines import column, fit, strip_of, wrapped
from tui.widgets.parts import PartsAsDrawn

__all__ = ["Answer", "Cancelled", "Choice", "Option", "Picked", "Picker"]

QUERY_LIMIT = 200
"""Characters of a query; no label is longer."""

_LAST_DIGIT = 9
_HINTS_FROM_HEIGHT = 5
_EXPLAINED_ROWS = 3


class Picker(PartsAsDrawn, Widget):
    """A question with numbered answers. Only a pick, or Esc, closes it; it waits for ever.

    It never takes the focus: whoever asks hands it the keys and gets the answer at once, so that
    what is typed ahead cannot reach the wrong pane.
    """

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "picker--title",
        "picker--query",
        "picker--caret",
        "picker--number",
        "picker--label",
        "picker--hint",
        "picker--cursor",
        "picker--refusal",
    }

    DEFAULT_CSS = """
    Picker {
        display: none;
        height: 10;
        color: $foreground;
        background: $surface;
        &.-open { display: block; }
        & > .picker--title { color: $text-accent; text-style: bold; }
        & > .picker--query { color: $text; text-style: bold; }
        & > .picker--caret { color: $text; text-style: reverse; }
        & > .picker--number { color: $text-accent; text-style: bold; }
        & > .picker--label { color: $text; }
        & > .picker--hint { color: $text-muted; }
        & > .picker--cursor { background: $accent 25%; }
        & > .picker--refusal { color: $text-error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._choose: Callable[[str], Sequence[Choice]] = lambda _query: ()
        self._create: Callable[[str], Choice | None] | None = None
        self._offered: Sequence[Choice] = ()
        self._choices: Sequence[Choice] = ()
        self._query = ""
        self._refusal = ""
        self._cursor: int | None = None
        self._digits_pick = True
        self._explains = False

    # -------------------------------------------------------- asking

    def open(
        self,
        title: str,
        choose: Callable[[str], Sequence[Choice]],
        *,
        offered: Sequence[Choice] = (),
        create: Callable[[str], Choice | None] | None = None,
        explains: bool = False,
    ) -> None:
        """Ask: ``offered`` stands before anything is typed, ``choose`` answers what is typed.

        ``create`` makes a value of words that name none, or returns None when it will not;
        ``explains`` folds out the hint of the row under the cursor below the rows.
        """
        self._title, self._choose, self._create, self._offered = title, choose, create, offered
        self._digits_pick = True
        self._explains = explains
        self.add_class("-open")
        self._ask("")

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.has_class("-open")

    def _ask(self, query: str) -> None:
        self._query = clean(query, limit=QUERY_LIMIT).lstrip()
        wanted = self._query.strip()
        self._choices = tuple(self._choose(wanted) if wanted else self._offered)
        self._cursor = 0 if self._choices else None
        self._refusal = ""
        self.refresh()

    def _pick(self, row: int) -> Answer | None:
        if row < len(self._choices):
            return self._picked(self._choices[row], created=False)
        if self._create is None:
            return None
        made = self._create(self._query.strip())
        if made is None:
            self._refusal = f"“{self._query.strip()}” cannot be created"
            self.refresh()
            return None
        return self._picked(made, created=True)

    def _picked(self, option: Choice, *, created: bool) -> Picked:
        self.close()
        return Picked(option, created)

    def close(self) -> None:
        """Stop asking."""
        self.remove_class("-open")

    @property
    def _row_count(self) -> int:
        creates = self._create is not None and bool(self._query.strip())
        return len(self._choices) + int(creates)

    # -------------------------------------------------------- keys

    def press(self, key: str, character: str | None) -> Answer | None:
        """Take a key: pick by digit, type the rest; what means nothing here is swallowed."""
        if key == "enter":
            return self._pick(self._cursor) if self._cursor is not None else None
        if key in ("down", "tab"):
            self._move(1)
        elif key in ("up", "shift+tab"):
            self._move(-1)
        elif key in ("escape", "backspace"):
            return self._back(whole=key == "escape")
        elif character is not None and character.isprintable():
            return self._type(character)
        return None

    def _type(self, character: str) -> Answer | None:
        if self._digits_pick and character in "0123456789":
            row = int(character) - 1
            if 0 <= row < len(self._choices):
                return self._pick(row)
            if self._query:
                self._refusal = f"no row {character} · Esc, space: digits are text"
                self.refresh()
            return None
        if character == " " and not self._query:
            self._digits_pick = False
            self.refresh()
        else:
            self._ask(self._query + character)
        return None

    def paste(self, text: str) -> None:
        """Take pasted text as typed."""
        self._ask(self._query + text)

    def _move(self, by: int) -> None:
        if self._row_count:
            at = -1 if self._cursor is None else self._cursor
            self._cursor = max(0, min(at + by, self._row_count - 1))
            self.refresh()

    def _back(self, *, whole: bool) -> Answer | None:
        """Take back a letter or all of them; with none left, close."""
        if self._query:
            self._ask("" if whole else self._query[:-1])
            return None
        self.close()
        return Cancelled()

    def on_click(self, event: events.Click) -> None:
        """Pick what is clicked."""
        row = self._first_row + event.y - 1
        if 1 <= event.y <= self._room and row < self._row_count and (answer := self._pick(row)):
            self.post_message(answer)

    # -------------------------------------------------------- drawing

    @property
    def _room(self) -> int:
        height = self.size.height
        below = height >= _HINTS_FROM_HEIGHT
        return max(1, height - 1 - below - (_EXPLAINED_ROWS if below and self._explains else 0))

    @property
    def _explained(self) -> list[str]:
        """The hint of the row under the cursor, folded."""
        if not self._explains or self._cursor is None or self._cursor >= len(self._choices):
            return []
        hint = self._choices[self._cursor].hint
        return wrapped(hint, self.size.width - 4, lines=_EXPLAINED_ROWS)

    @property
    def _first_row(self) -> int:
        return max(0, (self._cursor or 0) - self._room + 1)

    def _look(self, part: str) -> Style:
        style = self.get_component_rich_style(f"picker--{part}")
        return Style(color=style.color, bold=style.bold, reverse=style.reverse)

    def render_line(self, y: int) -> Strip:
        """The question, the rows, and what keys do."""
        width, base = self.size.width, self.rich_style
        row = self._first_row + y - 1
        parts: Iterable[tuple[str, Style]] = ()
        if y == 0:
            parts = self._question(width)
        elif self._room < y < self.size.height - 1 and self._explains:
            told = self._explained[y - self._room - 1 : y - self._room]
            parts = [("   " + line, self._look("hint")) for line in told]
        elif y > self._room:
            parts = [(" ", base), (fit(self._hint, width - 2), self._look("hint"))]
        elif row < self._row_count:
            if row == self._cursor:
                base = base + Style(bgcolor=self.get_component_rich_style("picker--cursor").bgcolor)
            parts = self._row(row, width)
        elif y == 1 and self._query:
            parts = [("   nothing by that name", self._look("hint"))]
        return strip_of(parts, width, base)

    def _question(self, width: int) -> Iterable[tuple[str, Style]]:
        title = fit(self._title, width // 2)
        yield f" {title}  ", self._look("title")
        # The end of what was typed is what one looks at, so the beginning gives way.
        room = max(1, width - cell_len(title) - 6)
        query = self._query
        while cell_len(query) > room:
            query = query[1:]
        yield query, self._look("query")
        yield " ", self._look("caret")

    def _row(self, row: int, width: int) -> Iterable[tuple[str, Style]]:
        bar = "▌" if row == self._cursor else " "
        yield bar, self._look("title")
        if row >= len(self._choices):
            yield "+ ", self._look("number")
            yield f"create “{fit(self._query.strip(), width - 14)}”", self._look("label")
            return
        choice = self._choices[row]
        number = str(row + 1) if self._digits_pick and row < _LAST_DIGIT else " "
        yield f"{number} ", self._look("number")
        room = width - 4
        label = fit(choice.label, room)
        yield label, self._look("label")
        room -= cell_len(label) + 2
        if choice.hint and room > 0 and not (self._explains and row == self._cursor):
            yield "  " + column(choice.hint, room), self._look("hint")

    @property
    def _hint(self) -> str:
        if self._refusal:
            return self._refusal
        if self._query:
            if self._choices or not self._row_count:
                return "enter take · ↓ more · Esc clear"
            creates = self._cursor is not None
            return ("enter creates it" if creates else "↓ and enter create it") + " · Esc clear"
        if not self._digits_pick:
            return "digits are text now · Esc cancel"
        last = min(len(self._choices), _LAST_DIGIT)
        numbered = f"1-{last} pick · " if last > 1 else "1 picks · " if last else ""
        return f"{numbered}type to find · space digits as text · Esc cancel"
