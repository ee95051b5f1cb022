"""Two texts of an article in one: what went is struck out, what came underlined, each signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import ClassVar, NamedTuple

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.model import Block
from store.text.amounts import amount
from store.text.changes import Passage, Words
from tui.widgets.folding import lines_of
from tui.widgets.lines import strip_of

MARGIN = 4
"""Cells left of the text: the sign of a change between spaces."""
CONTEXT = 1
"""Sentences that are shown before and after a change; what else stayed is only counted."""
_SIGNS = {"same": " ", "added": "+", "removed": "−", "changed": "~"}
_NOTHING = "Nothing that can be read changed: links, perhaps, or spaces."


class _Line(NamedTuple):
    sign: str
    parts: tuple[tuple[str, str], ...]
    """Text and the look that it has."""
    begins: bool = False
    """Whether a change begins here."""


class ChangedText(ScrollView, inherit_bindings=False):
    """What changed, to scroll through; every change is told by a sign and not by colour alone."""

    BINDING_GROUP_TITLE = "What changed: text"
    ALLOW_SELECT = False
    can_focus = True

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "changed--sign",
        "changed--same",
        "changed--kept",
        "changed--added",
        "changed--removed",
        "changed--claim",
    }

    DEFAULT_CSS = """
    ChangedText {
        height: 1fr;
        color: $foreground;
        background: $background;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 1;
        & > .changed--sign { color: $accent; text-style: bold; }
        & > .changed--same { color: $text-muted; }
        & > .changed--kept { color: $foreground; }
        & > .changed--added { color: $text-success; text-style: underline; }
        & > .changed--removed { color: $text-error; text-style: strike; }
        & > .changed--claim { color: $text-accent; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "change(1)", "next change", id="changed.next", tooltip="Next change"),
        Binding("p", "change(-1)", "Previous change", show=False, id="changed.previous",
                tooltip="Previous change"),
        Binding("j,down", "scroll(1)", "Down", show=False, id="changed.down",
                tooltip="Scroll down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="changed.up", tooltip="Scroll up"),
        Binding("space,pagedown", "page(1)", "Page", show=False, id="changed.page",
                tooltip="Scroll one page"),
        Binding("b,pageup", "page(-1)", "Page back", show=False, id="changed.back",
                tooltip="Scroll one page back"),
        Binding("g,home", "top", "Top", show=False, id="changed.top", tooltip="To the beginning"),
        Binding("G,end", "bottom", "End", show=False, id="changed.end", tooltip="To the end"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._passages: Sequence[Passage] = ()
        self._notes: Mapping[int, Sequence[str]] = {}
        self._lines: list[_Line] = []
        self._width = 0

    def show(self, passages: Sequence[Passage], notes: Mapping[int, Sequence[str]]) -> None:
        """Show another comparison from its beginning.

        ``notes`` are lines to stand under passages, by their number.
        """
        self._passages, self._notes = passages, notes
        self._fold()
        self.scroll_home(animate=False)

    def on_resize(self, event: events.Resize) -> None:
        """Fold the text anew."""
        if event.size.width != self._width:
            self._fold()

    def _fold(self) -> None:
        self._width = self.size.width
        if self._width <= 0:
            return
        self._lines = list(_lines(self._passages, self._notes, self._width - MARGIN - 1))
        self.virtual_size = Size(self._width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the text."""
        base = self.rich_style
        at = self.scroll_offset.y + y
        if at >= len(self._lines):
            return strip_of([], self.size.width, base)
        line = self._lines[at]
        sign = (f" {line.sign}  ", self._look("sign"))
        parts = [(text, self._look(look)) for text, look in line.parts]
        return strip_of([sign, *parts], self.size.width, base)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"changed--{name}", partial=True)

    # -------------------------------------------------------- keys

    def action_change(self, direction: int) -> None:
        """Bring the next or the previous change to the top."""
        here = self.scroll_offset.y
        begins = [at for at, line in enumerate(self._lines) if line.begins]
        ahead = [at for at in begins if (at > here if direction > 0 else at < here)]
        if ahead:
            self.scroll_to(y=min(ahead) if direction > 0 else max(ahead), animate=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=pages * max(1, self.size.height - 1), animate=False)

    def action_top(self) -> None:
        """Scroll to the beginning."""
        self.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the end."""
        self.scroll_end(animate=False)


def _lines(
    passages: Sequence[Passage], notes: Mapping[int, Sequence[str]], width: int
) -> Iterator[_Line]:
    if all(passage.kind == "same" for passage in passages):
        yield _Line("", ((_NOTHING, "same"),))
        return
    shown = _near_changes(passages)
    for is_shown, numbers in groupby(range(len(passages)), key=shown.__contains__):
        if not is_shown:
            count = len(list(numbers))
            told = amount(count, "sentence")
            yield _Line("·", ((f"{told} as before", "same"),))
            yield _Line("", ())
            continue
        for number in numbers:
            yield from _lines_of_passage(passages[number], width)
            for note in notes.get(number, ()):
                yield _Line("", ((f"◆ {note}", "claim"),))
            yield _Line("", ())


def _near_changes(passages: Sequence[Passage]) -> frozenset[int]:
    """What is shown: changes and the sentences around them; one alone between is shown, too."""
    changed = [at for at, passage in enumerate(passages) if passage.kind != "same"]
    near = {at + by for at in changed for by in range(-CONTEXT, CONTEXT + 1)}
    alone = {at for at in range(len(passages)) if at - 1 in near and at + 1 in near}
    return frozenset((near | alone) & set(range(len(passages))))


def _lines_of_passage(passage: Passage, width: int) -> Iterator[_Line]:
    pieces = list(_apart(passage.words))
    text = "".join(words.text for words in pieces)
    block = Block(kind="code" if "\n" in text else "paragraph", text=text)
    is_change = passage.kind != "same"
    same = "kept" if is_change else "same"
    for number, line in enumerate(lines_of([block], width)):
        parts = tuple(_parts(pieces, line.start, line.end, same))
        yield _Line(_SIGNS[passage.kind], parts, begins=is_change and number == 0)


def _apart(pieces: Sequence[Words]) -> Iterator[Words]:
    """The words with a space between what went and what came in its place."""
    for before, words in pairwise((Words("same", ""), *pieces)):
        if (before.kind, words.kind) == ("removed", "added"):
            yield Words("same", " ")
        yield words


def _parts(pieces: Sequence[Words], start: int, end: int, same: str) -> Iterator[tuple[str, str]]:
    """What of each run of words stands between two offsets, and its look."""
    at = 0
    for words in pieces:
        first, last = max(start, at), min(end, at + len(words.text))
        if first < last:
            look = same if words.kind == "same" else words.kind
            yield words.text[first - at : last - at], look
        at += len(words.text)
