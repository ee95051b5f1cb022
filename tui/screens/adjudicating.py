"""One disagreement after the other, settled by a key; what was claimed stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from store.claims.annotators.disagreements import DETAILS, Disagreement
from store.desk import Desk, DeskError
from store.desk.adjudicating import edited, nobody, taken
from store.desk.comparing import Comparison
from store.desk.refereeing import Referee
from store.model import Marking
from tui.screens.full_screen import FullScreen
from tui.screens.own_decision import OwnDecision
from tui.widgets.agreement_lines import decided_line, versions_lines, words_lines
from tui.widgets.picker import Cancelled, Picked, Picker
from tui.widgets.status import Masthead, Status

_AROUND = 5
"""Cells of the margins and the scroll bar."""


class AdjudicatingScreen(FullScreen[Comparison]):
    """A sentence in its context, what each says of it, and the decision."""

    BINDING_GROUP_TITLE = "Disagreements"
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    AdjudicatingScreen {
        background: $background;
        & > VerticalScroll { height: 1fr; padding: 0 2; scrollbar-size: 0 1; }
        & Static { height: auto; margin-bottom: 1; }
        & #own { display: none; padding: 0 2; max-height: 5; background: $surface; }
        &.-editing #own { display: block; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="adjudicate.help", tooltip="Every key"),
        *(
            Binding(
                str(digit),
                f"take({digit})",
                "take",
                show=False,
                id=f"adjudicate.take_{digit}",
                tooltip=f"Annotator {digit} is right",
                group=Binding.Group("An annotator is right"),
            )
            for digit in range(1, 10)
        ),
        Binding("0", "nobody", "nobody", id="adjudicate.nobody", tooltip="It says nothing"),
        Binding("e", "edit", "own decision", id="adjudicate.edit", tooltip="Choose the values"),
        Binding("enter,n", "next_open", "next", id="adjudicate.next", tooltip="Next open one"),
        Binding("j,down", "step(1)", "Down", show=False, id="adjudicate.down", tooltip="Next one"),
        Binding("k,up,p", "step(-1)", "Up", show=False, id="adjudicate.up", tooltip="One before"),
        Binding("u", "undo", "undo", id="adjudicate.undo", tooltip="Take your last decision back"),
        Binding("escape,q", "leave", "back", id="adjudicate.leave", tooltip="Back to the numbers"),
    ]

    def __init__(self, desk: Desk, referee: Referee, found: Comparison) -> None:
        super().__init__()
        self._desk = desk
        self._referee = referee
        self._found = found
        self._list = list(found.disagreements)
        self._at = next((n for n, one in enumerate(self._list) if not one.decisions), 0)
        self._own: OwnDecision | None = None

    def compose(self) -> ComposeResult:
        """The words, the versions, and a place for the adjudicator's own decision."""
        yield Masthead()
        with VerticalScroll(can_focus=False):
            yield Static(id="words", markup=False)
            yield Static(id="versions", markup=False)
            yield Static(id="decided", markup=False)
        yield Static(id="own", markup=False)
        yield Picker()
        yield Status()

    def on_mount(self) -> None:
        """Begin with the first that is open."""
        self._show()

    def on_resize(self) -> None:
        """Draw again for the new width."""
        self._show()

    # -------------------------------------------------------- showing

    @property
    def _about(self) -> Disagreement:
        return self._list[self._at]

    def _show(self) -> None:
        about, room = self._about, max(20, self.size.width - _AROUND)
        decided = sum(bool(one.decisions) for one in self._list)
        state = "decided" if about.decisions else "open"
        self.query_one(Masthead).show(
            f"Disagreement {self._at + 1} of {len(self._list)} · {state} · {decided} decided"
        )
        labels = {one.id: one.label for one in self._desk.codebook.dimensions}
        labels.update((name, name.capitalize()) for name in DETAILS)
        self.query_one("#words", Static).update(words_lines(about, room))
        self.query_one("#versions", Static).update(versions_lines(about, labels, room))
        self.query_one("#decided", Static).update(decided_line(about, room))
        self.set_class(self._own is not None, "-editing")
        if self._own is not None:
            self.query_one("#own", Static).update(self._own.lines(room))

    # -------------------------------------------------------- moving

    def action_step(self, by: int) -> None:
        """Go to a neighbour, open or decided."""
        self._at = max(0, min(self._at + by, len(self._list) - 1))
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._show()

    def action_next_open(self) -> None:
        """Go to the next that nobody decided, from the end to the first."""
        around = [*range(self._at + 1, len(self._list)), *range(self._at)]
        at = next((number for number in around if not self._list[number].decisions), None)
        if at is None:
            self.say("every other disagreement is decided · Esc goes back to the numbers")
        else:
            self.action_step(at - self._at)

    def action_leave(self) -> None:
        """Go back to the numbers, with what was decided."""
        self.dismiss(replace(self._found, disagreements=tuple(self._list)))

    # -------------------------------------------------------- deciding

    def action_take(self, digit: int) -> None:
        """Say that an annotator is right."""
        versions = self._about.passage.versions
        if digit > len(versions):
            self.say(f"there is no {digit} here")
        elif not versions[digit - 1].claims:
            self.action_nobody()
        else:
            version = versions[digit - 1]
            self._decide(taken(version.claims), f"{version.by}'s")

    def action_nobody(self) -> None:
        """Say that there is nothing to claim here."""
        self._decide(nobody(self._about.passage.claims[0]), "nothing to claim")

    @work(group="decide")
    async def _decide(self, markings: Sequence[Marking], what: str) -> None:
        at = self._at
        try:
            self._list[at] = await self._referee.decide(self._list[at], markings)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        self._own = None
        self.say(f"saved · {what}")
        if at == self._at and any(not one.decisions for one in self._list):
            self.action_next_open()
        self._show()

    @work(group="decide")
    async def action_undo(self) -> None:
        """Take the last decision back, and go where it was made."""
        try:
            changed = await self._referee.take_back()
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if not changed:
            self.say("no decision of yours is left to take back")
            return
        about = {id_ for claim in changed for id_ in claim.marking.decides_on}
        gone = {claim.id for claim in changed}
        standing = tuple(claim for claim in changed if not claim.marking.deleted)
        for at, one in enumerate(self._list):
            if about & {claim.id for claim in one.passage.claims}:
                left = tuple(claim for claim in one.decisions if claim.id not in gone)
                self._list[at] = replace(one, decisions=(*left, *standing))
                self._at = at
        self.say("took back the decision")
        self._show()

    # -------------------------------------------------------- an own decision

    def action_edit(self) -> None:
        """Choose the values oneself, from what was said and from the whole vocabulary."""
        self._own = OwnDecision(self._about, self._desk, self.query_one(Picker))
        self._show()

    async def on_key(self, event: events.Key) -> None:
        """While a decision of one's own is made, every key is its."""
        self.query_one(Status).acknowledge()
        if self._own is None:
            return
        event.stop()
        event.prevent_default()
        await self._answer(self._own, event.key, event.character)

    async def _answer(self, own: OwnDecision, key: str, character: str | None) -> None:
        try:
            told = await own.press(key, character)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        if told == "leave":
            self._own = None
            self.say("put back as it was")
        elif told == "decide":
            self._decide(edited(own.base, own.chosen), "your own")
        elif told:
            self.say(told)
        self._show()

    @on(Picked)
    async def _picked_by_mouse(self, event: Picked) -> None:
        if self._own is not None:
            await self._own.take(event)
            self._show()

    @on(Cancelled)
    def _left_by_mouse(self) -> None:
        self._show()
