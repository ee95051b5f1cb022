"""What a publisher changed in an article, version by version, and which claims it concerns."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from store.desk import Desk, DeskError
from store.desk.text_history import Comparison, TextHistory
from store.model import Claim, TextVersion
from store.text.changes import PassageKind
from store.text.clean import guard
from tui.prompts import NO_TITLE, day_and_time
from tui.screens.full_screen import FullScreen
from tui.widgets.changed_text import ChangedText
from tui.widgets.status import Masthead, Status

_COUNTED: Final[tuple[tuple[PassageKind, str], ...]] = (
    ("changed", "changed"),
    ("added", "new"),
    ("removed", "gone"),
)


class ChangesScreen(FullScreen[None]):
    """Two texts of an article compared; brackets go through the pairs."""

    BINDING_GROUP_TITLE = "What changed"
    AUTO_FOCUS = "ChangedText"

    DEFAULT_CSS = """
    ChangesScreen {
        background: $background;
        & > Static { height: 1; padding: 0 2; text-wrap: nowrap; text-overflow: ellipsis; }
        & > #texts { color: $text-accent; }
        & > #told { color: $text-muted; margin-bottom: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help", id="changes.help", tooltip="Every key"),
        Binding("left_square_bracket", "pair(-1)", "earlier", id="changes.earlier",
                tooltip="The change before"),
        Binding("right_square_bracket", "pair(1)", "later", id="changes.later",
                tooltip="The change after"),
        Binding("escape,q,d", "leave", "back", id="changes.leave", tooltip="Back to the article"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, history: TextHistory) -> None:
        """``history`` has at least one pair of texts."""
        super().__init__()
        self._desk = desk
        self._history = history
        self._pair = history.first

    def compose(self) -> ComposeResult:
        """Which texts, what there is of it, and the text."""
        yield Masthead()
        yield Static(id="texts", markup=False)
        yield Static(id="told", markup=False)
        yield ChangedText()
        yield Status()

    def on_mount(self) -> None:
        """Compare."""
        self.query_one(Masthead).show(f"What changed · {self._history.headline.title or NO_TITLE}")
        self._compare()

    @work(group="compare", exclusive=True)
    async def _compare(self) -> None:
        try:
            comparison = await self._desk.texts.compare(self._history, self._pair)
        except DeskError as error:
            self.say(str(error), error=True)
            return
        now = datetime.now(UTC)
        told = [f"{self._pair + 1} of {len(self._history.pairs)}"] * (len(self._history.pairs) > 1)
        told.append(f"{_named(comparison.older, now)} → {_named(comparison.newer, now)}")
        self.query_one("#texts", Static).update(Content(" · ".join(told)))
        self.query_one("#told", Static).update(Content(_summary(comparison)))
        notes: dict[int, list[str]] = {}
        for passage, claim in comparison.affected:
            notes.setdefault(passage, []).append(f"a claim stands here: {_said(claim)}")
        self.query_one(ChangedText).show(comparison.passages, notes)

    def action_pair(self, by: int) -> None:
        """Compare an earlier or a later pair of texts."""
        wanted = self._pair + by
        if not 0 <= wanted < len(self._history.pairs):
            self.say(f"no {'earlier' if by < 0 else 'later'} text is kept")
            return
        self._pair = wanted
        self._compare()

    def action_leave(self) -> None:
        """Go back to the article."""
        self.dismiss(None)


def _named(version: TextVersion, now: datetime) -> str:
    return f"{version.source} {day_and_time(version.taken, now)}"


def _summary(comparison: Comparison) -> str:
    """As "2 sentences changed, 1 new · 1 claim stands where it changed"."""
    counts = Counter(passage.kind for passage in comparison.passages)
    told = [f"{counts[kind]} {word}" for kind, word in _COUNTED if counts[kind]]
    said = f"sentences: {', '.join(told)}" if told else "no sentence changed"
    if count := len(comparison.affected):
        said += f" · {count} claim{'s stand' if count > 1 else ' stands'} where it changed"
    return said


def _said(claim: Claim) -> str:
    return guard(", ".join(tag.label for tag in claim.marking.tags) or "no label yet")
