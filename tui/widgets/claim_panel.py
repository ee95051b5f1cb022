"""What is said of the sentence in focus: its chips, what the keys do now, and the picker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.widgets.lines import column, fit, plain
from tui.widgets.picker import Picker

if TYPE_CHECKING:
    from store.claims.codebook import Code
    from store.claims.focus import Chip, Focus

_DIGITS = 9
_NAME_CELLS = 9
_LEGEND_CELLS = 18
_LEGEND_ROWS = 9
"""More would leave too little of the article; labels are cut before."""
_AROUND_LABEL = 4
_GAP = "  "


class ClaimPanel(Vertical):
    """Below the article: chips by dimension, or the legend of signals, or a picker."""

    DEFAULT_CSS: ClassVar[str] = """
    ClaimPanel {
        height: 8;
        padding: 0 1 0 2;
        border-top: solid $border-blurred;
        border-title-color: $text-muted;
        border-title-align: left;
        &.-listening { border-top: solid $accent; border-title-color: $accent; }
        & > #chips { height: 1fr; }
        & > Picker { display: none; }
        &.-picking > #chips { display: none; }
        &.-picking > Picker { display: block; height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._draw: Callable[[int], Content] = lambda _room: Content("")

    def compose(self) -> ComposeResult:
        """The chips, and the picker in their place when it is needed."""
        yield Static(id="chips", markup=False)
        yield Picker()

    @property
    def picker(self) -> Picker:
        """Where companies and regions are chosen."""
        return self.query_one(Picker)

    def show_focus(
        self, focus: Focus | None, *, nth: int = 0, of: int = 0, theirs: str = ""
    ) -> None:
        """Show the chips of a sentence; ``of`` claims stand on it and this is the ``nth``.

        ``theirs`` is what other annotators say of it, told in the heading.
        """
        self.remove_class("-picking", "-listening")
        self.styles.height = None
        if focus is None:
            self._show("claim", lambda _room: Content(""))
        else:
            words = " · ".join(part for part in (heading(focus, nth, of), theirs) if part)
            self._show(words, lambda room: chip_lines(focus, room))

    def show_legend(self, title: str, codes: Sequence[Code]) -> None:
        """Show which key means what; the next key is one of them."""
        self.remove_class("-picking")
        self.add_class("-listening")
        rows = len(legend(codes, self._room).plain.splitlines())
        self.styles.height = max(self.size.height + 1, rows + 1)
        self._show(title, lambda room: legend(codes, room))

    def show_picker(self) -> None:
        """Let the picker take the place of the chips."""
        self.add_class("-picking", "-listening")

    def on_resize(self) -> None:
        """Draw again for the new width."""
        self._chips.update(self._draw(self._room))

    def _show(self, title: str, draw: Callable[[int], Content]) -> None:
        self.border_title = Content(f" {title} ")
        self._draw = draw
        self._chips.update(draw(self._room))

    @property
    def _chips(self) -> Static:
        return self.query_one("#chips", Static)

    @property
    def _room(self) -> int:
        return max(20, self.size.width - 3)


def heading(focus: Focus, nth: int, of: int) -> str:
    """What stands over the chips: what the sentence is, so far."""
    if focus.kind == "plain" and of:
        return "another claim on this sentence · Esc leaves"
    words = {
        "plain": "nothing marked here",
        "suggested": "suggested",
        "draft": "draft · needs a signal to be a claim",
        "claim": "claim",
    }[focus.kind]
    if focus.kind == "draft" and focus.has_signal:
        words = "draft · enter keeps it"
    if focus.claim and focus.claim.marking.anchor.state in ("moved", "fuzzy"):
        words += " · the text changed, enter confirms the place"
    if of > 1:
        words += f" {nth + 1} of {of}"
    if focus.unsaved:
        words += " · not saved"
    return words


def chip_lines(focus: Focus, room: int) -> Content:
    """The chips, a line for each dimension, with the reasons where there is room."""
    names: dict[str, list[tuple[int, Chip]]] = {"signal": [], "company": [], "region": []}
    for number, chip in enumerate(focus.chips, start=1):
        names.setdefault(chip.tag.dimension, []).append((number, chip))
    lines = [_chip_line(name, chips, room) for name, chips in names.items()]
    return Content("\n").join([*lines, Content(""), keys_line(focus)])


def _chip_line(name: str, chips: Sequence[tuple[int, Chip]], room: int) -> Content:
    shown = [Content.styled(f"{name:<{_NAME_CELLS}}", "$text-muted")]
    if not chips:
        shown.append(Content.styled("·", "$text-muted"))
    with_reasons = [_chip(number, chip, reason=True) for number, chip in chips]
    width = _NAME_CELLS + sum(one.cell_length + len(_GAP) for one in with_reasons)
    if width > room:
        with_reasons = [_chip(number, chip, reason=False) for number, chip in chips]
    for one in with_reasons:
        shown += [one, Content(_GAP)]
    line = Content("").join(shown)
    return line.truncate(room, ellipsis=True) if line.cell_length > room else line


def _chip(number: int, chip: Chip, *, reason: bool) -> Content:
    tick = "☑" if chip.on else "☐"
    digit = str(number) if number <= _DIGITS else " "
    label = fit(chip.tag.label, 32) + ("?" if chip.tentative else "")
    style = "bold" if chip.on and not chip.tentative else "" if chip.on else "$text-muted"
    parts = [
        Content.styled(f"{digit} ", "$text-accent"),
        Content.styled(f"{tick} {label}", style),
    ]
    if reason and chip.on and chip.tag.reason:
        parts.append(Content.styled(f" {plain(chip.tag.reason)}", "$text-muted"))
    return Content("").join(parts)


def keys_line(focus: Focus) -> Content:
    """The keys that work on this sentence, and what they do to it."""
    last = min(len(focus.chips), _DIGITS)
    digits = [f"1-{last} tick"] if last > 1 else ["1 tick"] if last else []
    keys = {
        "plain": ["s signal", "c company", "r region", *digits, ". repeat", "enter next ?"],
        "suggested": ["enter keep", "x reject", "s c r change", *digits, "] [ edges"],
        "draft": ["s signal", "c r add", *digits, "x remove", "] [ edges", "enter keep"],
        "claim": ["s c r change", *digits, "x remove", "] [ edges", "u undo", "& another"],
    }[focus.kind]
    if focus.kind == "draft" and not focus.has_signal:
        keys.remove("enter keep")
    if focus.unsaved:
        keys = ["enter keep", *(key for key in keys if not key.startswith("enter"))]
    return _hints(keys)


def _hints(keys: Iterable[str]) -> Content:
    parts = []
    for key in keys:
        press, _, does = key.rpartition(" ") if key.endswith("?") is False else key.partition(" ")
        parts.append(Content.assemble((press, "$text-accent"), " ", (does, "$text-muted")))
    return Content.styled(" · ", "$text-muted").join(parts)


def legend(codes: Sequence[Code], room: int) -> Content:
    """All codes with their keys, column by column."""
    longest = max((cell_len(code.label) for code in codes), default=0)
    cells = longest + _AROUND_LABEL
    if -(-len(codes) // max(1, room // cells)) > _LEGEND_ROWS:
        cells = _LEGEND_CELLS
    rows = -(-len(codes) // max(1, room // cells))
    lines = []
    for row in range(rows):
        parts = []
        for code in codes[row::rows]:
            label = column(code.label, cells - 3)
            parts += [Content.styled(f"{code.key} ", "bold $text-accent"), Content(label + " ")]
        lines.append(Content("").join(parts))
    return Content("\n").join(lines)
