"""How far the annotators of the desk agree; from here their disagreements are settled."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.desk import Desk, DeskError
from store.desk.comparing import Comparison
from tui.screens.full_screen import FullScreen
from tui.widgets.agreement_lines import comparison_lines
from tui.widgets.status import Masthead, Status

_LOOK_EVERY = 0.25
"""Seconds between looks at how far a comparison is."""
_AROUND = 5
"""Cells of the margins and the scroll bar."""
_TWO = 2
FEWER_THAN_TWO = (
    "Only one person's claims are on this desk. Export them there and take them in here: "
    "wiredesk import FILE."
)


class AgreementScreen(FullScreen[None]):
    """Numbers by dimension, for those annotators that are ticked."""

    BINDING_GROUP_TITLE = "Agreement"
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    AgreementScreen {
        background: $background;
        & > VerticalScroll { height: 1fr; padding: 1 2; scrollbar-size: 0 1; }
        & #numbers { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="agreement.help", tooltip="Every key"),
        Binding(
            "enter", "walk", "disagreements", id="agreement.walk", tooltip="Settle disagreements"
        ),
        *(
            Binding(
                str(digit),
                f"tick({digit})",
                "compare",
                show=False,
                id=f"agreement.annotator_{digit}",
                tooltip=f"Compare annotator {digit} or not",
                group=Binding.Group("Compare an annotator or not"),
            )
            for digit in range(1, 10)
        ),
        Binding("j,down", "scroll(1)", "Down", show=False, id="agreement.down", tooltip="Down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, id="agreement.up", tooltip="Up"),
        Binding("escape,q", "leave", "back", id="agreement.leave", tooltip="Back to the desk"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._referee = desk.referee()
        self._found: Comparison | None = None
        self._chosen: frozenset[str] = frozenset()
        self._done = (0, 0)
        self._left = False
        self._walks = False
        """Enter was pressed before there was anything to walk."""

    def compose(self) -> ComposeResult:
        """The numbers, which may be more than a small terminal shows."""
        yield Masthead()
        with VerticalScroll(can_focus=False):
            yield Static(id="numbers", markup=False)
        yield Status()

    def on_mount(self) -> None:
        """Compare everybody."""
        self.query_one(Masthead).show("Agreement")
        self.set_interval(_LOOK_EVERY, self._show_progress)
        self._compare()

    def on_unmount(self) -> None:
        """End a comparison that nobody waits for."""
        self._left = True

    def on_resize(self) -> None:
        """Draw again for the new width."""
        self._show()

    # -------------------------------------------------------- comparing

    @work(group="compare", exclusive=True)
    async def _compare(self) -> None:
        self._done = (0, 0)
        try:
            self._found = await self._referee.compare(self._chosen, self._step)
        except DeskError as error:
            self.say(str(error), error=True)
        self._show()
        if self._walks:
            self.action_walk()

    def _step(self, done: int, of: int) -> None:
        """Told in the desk's thread; a comparison whose screen was left ends here."""
        if self._left:
            raise DeskError("The comparison was left.")
        self._done = (done, of)

    def _show_progress(self) -> None:
        done, of = self._done
        if of and done < of:
            self.say(f"comparing {done} of {of} articles · Esc leaves")

    def _show(self) -> None:
        self.query_one("#numbers", Static).update(self._told())

    def _told(self) -> Content:
        if self._found is None:
            return Content.styled("Comparing …", "$text-muted")
        told = comparison_lines(self._found, max(20, self.size.width - _AROUND))
        if len(self._found.annotators) < _TWO:
            told = Content("\n").join([told, Content(FEWER_THAN_TWO)])
        return told

    # -------------------------------------------------------- keys

    def action_tick(self, digit: int) -> None:
        """Compare an annotator, or leave one out; two at least are compared."""
        if self._found is None or digit > len(self._found.annotators):
            return
        name = self._found.annotators[digit - 1].name
        chosen = frozenset(self._found.chosen) ^ {name}
        if len(chosen) < _TWO:
            self.say("two at least are compared: tick another one first")
            return
        self._chosen = chosen
        self._compare()

    def action_walk(self) -> None:
        """Walk the disagreements; back here the counts are up to date."""
        self._walks = self._found is None
        if self._found is None:
            return
        if not self._found.disagreements:
            self.say("there is nothing to decide")
            return
        from tui.screens.adjudicating import AdjudicatingScreen

        screen = AdjudicatingScreen(self._desk, self._referee, self._found)
        self.app.push_screen(screen, self._back)

    def _back(self, found: Comparison | None) -> None:
        if found is not None:
            self._found = found
            self._show()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Go back to the desk."""
        self.dismiss(None)
