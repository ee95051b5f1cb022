"""What is said of the sentence in focus: its chips, what the keys do now, and the picker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tui.prompts import chosen_on
from tui.widgets.claim_lines import ClaimRow, chip_lines, claims_list, heading, words_heading
from tui.widgets.key_lines import WORD_KEYS, Keyed, hints, keys_line, legend
from tui.widgets.lines import plain
from tui.widgets.picker import Picker
from tui.widgets.typed_line import TypedLine

if TYPE_CHECKING:
    from store.claims.marking.focus import Focus

_REST_HEIGHT = 8
_SMALL_HEIGHT = 7
"""Where only one pane is shown."""
_TALL_FROM = 40
"""Rows of the terminal from which on the article's claims are listed too."""
_CLAIM_ROWS = 5
_EXPLAINING_ROWS = 9
"""Of a picker: question, four values, a definition of three lines, keys."""
_LINES_AT_REST = 4
"""Dimensions that have a line each without the panel growing."""

Line = TypeVar("Line", Picker, TypedLine)


class ClaimPanel(Vertical):
    """Below the article: chips by dimension, or a legend, a picker, a line being typed."""

    DEFAULT_CSS: ClassVar[str] = """
    ClaimPanel {
        height: 8;
        padding: 0 1 0 2;
        border-top: solid $border-blurred;
        border-title-color: $text-muted;
        border-title-align: left;
        &.-listening { border-top: solid $accent; border-title-color: $accent; }
        & > #chips { height: 1fr; }
        & > #claims { display: none; height: 6; border-top: dashed $border-blurred; }
        &.-tall > #claims { display: block; }
        & > Picker, & > TypedLine { display: none; }
        &.-picking > #chips, &.-typing > #chips { display: none; }
        &.-picking > Picker { display: block; height: 1fr; }
        &.-typing > TypedLine { display: block; height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__(classes="-idle")
        self._draw: Callable[[int], Content] = lambda _room: Content("")
        self._names: Mapping[str, str] = {}
        self._claims: Sequence[ClaimRow] | None = None
        self._needed = 0
        """Rows that what is shown cannot do without; 0 for the height at rest."""

    def compose(self) -> ComposeResult:
        """The chips and the article's claims; what takes their place is made when it is needed."""
        yield Static(id="chips", markup=False)
        yield Static(id="claims", markup=False)

    @property
    def picker(self) -> Picker:
        """Where companies and regions are chosen."""
        return self._made(Picker)

    def close_picker(self) -> None:
        """Let the picker forget its question, if there was one yet."""
        for picker in self.query_children(Picker):
            picker.close()

    @property
    def typed_line(self) -> TypedLine:
        """Where notes, dates and quantities are typed."""
        return self._made(TypedLine)

    def _made(self, kind: type[Line]) -> Line:
        """The child of that kind, made when it is first needed: no start waits for its looks."""
        found = self.query_children(kind)
        if found:
            return found.first()
        made = kind()
        self.mount(made, before="#claims")
        return made

    # -------------------------------------------------------- what is shown

    def name_dimensions(self, names: Mapping[str, str]) -> None:
        """Give each further dimension, by its id, a line of this name."""
        self._names = names

    def show_focus(
        self,
        focus: Focus | None,
        *,
        nth: int = 0,
        of: int = 0,
        quote: str = "",
        words: bool = False,
        beside: str = "",
    ) -> None:
        """Show the chips of a sentence; ``of`` claims stand on it and this is the ``nth``.

        ``quote`` is what would be quoted; ``words`` of it are being picked one by one; ``beside``
        is what else there is to know of the sentence, told in the heading.
        """
        self.remove_class("-picking", "-listening", "-typing")
        self._fit(0)
        self.set_class(focus is None, "-idle")
        if focus is None:
            self._show("claim", lambda _room: Content(""))
            self._claims = None
            self._write("#claims", Content(""))
            return
        shown = focus
        of_words = words_heading(quote, of) if words else ""
        told = (of_words or heading(focus, nth, of, quote), beside)
        title = " · ".join(part for part in told if part)
        self.set_class(words, "-listening")

        def draw(room: int) -> Content:
            keys = hints(WORD_KEYS, room) if words else keys_line(shown, room, chosen_on(self.app))
            return chip_lines(shown, room, self._rows, self._names, keys, quote=quote)

        self._show(title, draw)

    def show_claims(self, claims: Sequence[ClaimRow]) -> None:
        """List the article's claims, where there is room for it."""
        self._claims = claims
        self._list_claims(claims)

    def show_legend(self, title: str, entries: Sequence[Keyed]) -> None:
        """Show which key means what; the next key is one of them."""
        self.remove_class("-picking", "-typing")
        self.add_class("-listening")
        self._fit(len(legend(entries, self._room).plain.splitlines()))
        self._show(title, lambda room: legend(entries, room))

    def show_picker(self, *, explains: bool = False) -> None:
        """Let the picker take the place of the chips, higher where it ``explains`` each row."""
        self._made(Picker)
        self.remove_class("-typing")
        self.add_class("-picking", "-listening")
        self._fit(_EXPLAINING_ROWS if explains else 0)

    def show_typed_line(self) -> None:
        """Let the line that is typed take the place of the chips."""
        self._made(TypedLine)
        self.remove_class("-picking")
        self.add_class("-typing", "-listening")
        self._fit(0)

    # -------------------------------------------------------- how high it is

    def on_mount(self) -> None:
        """Follow the terminal's height, which changes no width of ours."""
        self._fit(self._needed)
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._fit(self._needed))

    def on_resize(self) -> None:
        """Draw again for the new width."""
        self._write("#chips", self._draw(self._room))
        if self._claims is not None:
            self._list_claims(self._claims)

    def _fit(self, needed: int) -> None:
        """Be as high as at rest, or higher for so many rows of chips."""
        self._needed = needed
        tall = self.app.size.height >= _TALL_FROM
        self.set_class(tall, "-tall")
        claims = _CLAIM_ROWS + 1 if tall else 0
        rest = _SMALL_HEIGHT if self.screen.has_class("-one-pane") else _REST_HEIGHT
        rest += max(0, 3 + len(self._names) - _LINES_AT_REST)
        height = max(rest, needed + 1) + claims
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    @property
    def _rows(self) -> int:
        """Rows for the chips."""
        return max(1, self._chips.size.height) if self._chips.size.height else _REST_HEIGHT - 1

    def _show(self, title: str, draw: Callable[[int], Content]) -> None:
        self.border_title = Content(f" {plain(title)} ")
        self._draw = draw
        self._write("#chips", draw(self._room))

    def _list_claims(self, claims: Sequence[ClaimRow]) -> None:
        self._write("#claims", claims_list(claims, self._room, _CLAIM_ROWS))

    def _write(self, where: str, content: Content) -> None:
        # Their heights are set: to lay the screen out anew would draw all of it at every step.
        self.query_one(where, Static).update(content, layout=False)

    @property
    def _chips(self) -> Static:
        return self.query_one("#chips", Static)

    @property
    def _room(self) -> int:
        return max(20, self.size.width - 3)
