"""One line typed into the panel under the article: a note, a date, a quantity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from store.text.clean import clean
from tui.widgets.lines import fit, plain, strip_of, wrapped
from tui.widgets.parts import PartsAsDrawn

TYPED_LIMIT = 2_000
"""Code points; what is pasted beyond is left out."""

_HINT = "enter saves · empty removes · Esc leaves it as it was"


class Typed(Struct, frozen=True):
    """A line was entered."""

    text: str


class NotTyped(Struct, frozen=True):
    """It was left as it was."""


class TypedLine(PartsAsDrawn, Widget):
    """A line with a caret; it scrolls sideways when it is longer than the panel.

    It never takes the focus: whoever asks hands it the keys, as to the picker.
    """

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "typed--title",
        "typed--text",
        "typed--caret",
        "typed--hint",
        "typed--refusal",
    }

    DEFAULT_CSS = """
    TypedLine {
        display: none;
        height: 6;
        color: $foreground;
        background: $surface;
        & > .typed--title { color: $text-accent; text-style: bold; }
        & > .typed--text { color: $text; }
        & > .typed--caret { color: $text; text-style: reverse; }
        & > .typed--hint { color: $text-muted; }
        & > .typed--refusal { color: $text-error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._told: Callable[[str], str] = lambda _typed: ""
        self._text, self._at = "", 0
        self._refusal = ""
        self._open = False

    def open(self, title: str, text: str, told: Callable[[str], str]) -> None:
        """Ask for a line, beginning with one; ``told`` says how what is typed is understood."""
        self._title, self._told, self._refusal, self._open = title, told, "", True
        self._put(text, len(text))

    @property
    def is_open(self) -> bool:
        """Whether it waits for a line."""
        return self._open

    def close(self) -> None:
        """Ask no more."""
        self._open = False

    def refuse(self, why: str) -> None:
        """Say why what was entered cannot be used; it stands there to be mended."""
        self._refusal = why
        self.refresh()

    def _put(self, text: str, at: int) -> None:
        self._text = text[:TYPED_LIMIT]
        self._at = max(0, min(at, len(self._text)))
        self.refresh()

    # -------------------------------------------------------- keys

    def press(self, key: str, character: str | None) -> Typed | NotTyped | None:
        """Take a key: it edits, enters or leaves; what means nothing here is swallowed."""
        if key == "enter":
            return Typed(self._text.strip())
        if key == "escape":
            return NotTyped()
        before, after = self._text[: self._at], self._text[self._at :]
        if key == "backspace":
            self._put(before[:-1] + after, self._at - 1)
        elif key == "delete":
            self._put(before + after[1:], self._at)
        elif key in ("ctrl+w", "ctrl+backspace"):
            kept = before.rstrip().rpartition(" ")
            left = kept[0] + kept[1]
            self._put(left + after, len(left))
        elif key == "ctrl+u":
            self._put(after, 0)
        elif key == "ctrl+k":
            self._put(before, self._at)
        elif key in ("left", "right"):
            self._put(self._text, self._at + (1 if key == "right" else -1))
        elif key in ("home", "ctrl+a", "up"):
            self._put(self._text, 0)
        elif key in ("end", "ctrl+e", "down"):
            self._put(self._text, len(self._text))
        elif character is not None and character.isprintable():
            self.paste(character)
        return None

    def paste(self, text: str) -> None:
        """Take pasted text as typed, its line breaks as spaces."""
        typed = clean(text, limit=TYPED_LIMIT)
        self._refusal = ""
        self._put(self._text[: self._at] + typed + self._text[self._at :], self._at + len(typed))

    # -------------------------------------------------------- drawing

    def _look(self, part: str) -> Style:
        style = self.get_component_rich_style(f"typed--{part}")
        return Style(color=style.color, bold=style.bold, reverse=style.reverse)

    def render_line(self, y: int) -> Strip:
        """The question and the line, how it is understood, what the keys do."""
        width, base = self.size.width, self.rich_style
        parts: Iterable[tuple[str, Style]] = ()
        below = self._below(width - 2)
        if y == 0:
            parts = self._line(width)
        elif y <= len(below):
            look = "refusal" if self._refusal else "hint"
            parts = [(" " + below[y - 1], self._look(look))]
        elif y == len(below) + 1:
            parts = [(" " + fit(_HINT, width - 2), self._look("hint"))]
        return strip_of(parts, width, base)

    def _below(self, room: int) -> list[str]:
        told = self._refusal or self._told(self._text.strip())
        return wrapped(told, room, lines=2) if told else []

    def _line(self, width: int) -> Iterable[tuple[str, Style]]:
        title = fit(self._title, width // 2)
        yield f" {title}  ", self._look("title")
        room = max(2, width - cell_len(title) - 5)
        before, under = plain(self._text[: self._at]), self._text[self._at : self._at + 1]
        cut = False
        # The caret stays in view: what stands left of it gives way.
        while cell_len(before) + cell_len(under or " ") > room:
            before, cut = before[1:], True
        yield "‹" if cut else " ", self._look("hint")
        yield before, self._look("text")
        yield under or " ", self._look("caret")
        yield self._text[self._at + 1 :], self._look("text")
