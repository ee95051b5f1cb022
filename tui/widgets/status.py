"""The first and the last line of the screen: where one is, and what keys do now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import ClassVar

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.prompts import ago, chosen_on, hinted, key_name
from tui.widgets.lines import fit, strip_of, wrapped
from tui.widgets.parts import PartsAsDrawn

LINGER = 8.0
"""Seconds that a message stays which asks for nothing; an error stays until the next key."""

_ERROR_LINES = 3
_TICK = 20.0
"""Seconds after which "2 min ago" is drawn anew."""


def hints_of(active: Sequence[ActiveBinding]) -> list[tuple[str, str, ActiveBinding]]:
    """Keys, what they do and their binding, once each; bindings of a group share one hint."""
    hints: list[tuple[str, str, ActiveBinding]] = []
    actions: set[tuple[object, str]] = set()
    for one in active:
        binding = one.binding
        if not binding.show or not one.enabled or (one.node, binding.action) in actions:
            continue
        actions.add((one.node, binding.action))
        key = binding.key_display or key_name(binding.key)
        if hints and binding.group and hints[-1][2].binding.group == binding.group:
            keys, description, first = hints[-1]
            hints[-1] = (f"{keys} {key}", description, first)
        else:
            description = binding.group.description if binding.group else binding.description
            hints.append((key, description, one))
    # Whatever there is no room for, the way to all keys is always shown.
    return sorted(hints, key=lambda hint: not (hint[2].binding.id or "").endswith(".help"))


class Status(PartsAsDrawn, Widget):
    """Left, the keys of the focused pane; right, the last thing that happened."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status--key",
        "status--description",
        "status--message",
        "status--error",
    }

    DEFAULT_CSS = """
    Status {
        height: 1;
        color: $text-muted;
        background: $surface;
        & > .status--key { color: $text-accent; text-style: bold; }
        & > .status--description { color: $text-muted; }
        & > .status--message { color: $text; }
        & > .status--error { color: $text-error; text-style: bold; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._hints: list[tuple[str, str, ActiveBinding]] = []
        self._message = ""
        self._error = ""
        self._folded: list[str] = []
        self._fading: Timer | None = None

    def on_mount(self) -> None:
        """Follow the focus: other pane, other keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._take_bindings)

    def _take_bindings(self, screen: Screen[object]) -> None:
        if screen.app.app_focus:
            self._hints = hints_of(list(screen.active_bindings.values()))
            self.refresh()

    def say(self, text: str, *, error: bool = False) -> None:
        """Tell what happened; an error stays in front of other messages until the next key."""
        text = hinted(text, chosen_on(self.app))
        if error:
            self._error = text
            self._fit_error()
        else:
            self._message = text
            if self._fading is not None:
                self._fading.stop()
            self._fading = self.set_timer(LINGER, self._fade)
        self.refresh()

    def acknowledge(self) -> None:
        """A key was pressed: the error was seen. The screen calls this for every key."""
        if self._error:
            self._error = ""
            self._fit_error()

    def on_resize(self) -> None:
        """Give an error the lines it needs at this width."""
        self._fit_error()

    def _fit_error(self) -> None:
        # An error says what to do at its end, so it is folded rather than cut.
        told = f"! {self._error}" if self._error else ""
        width = (self.size.width or self.screen.size.width) - 2
        self._folded = wrapped(told, width, lines=_ERROR_LINES) if cell_len(told) > width else []
        height = max(1, len(self._folded))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height  # to lay the screen out anew costs much more than a line
        self.refresh()

    def _fade(self) -> None:
        self._message = ""
        self.refresh()

    @property
    def said(self) -> str:
        """What is told now."""
        return self._error or self._message

    async def on_click(self, event: events.Click) -> None:
        """A hint can be clicked instead of its key."""
        for start, end, active in self._places(self._room_for_hints):
            if start <= event.x < end:
                await self.app.run_action(active.binding.action, active.node)

    @property
    def _room_for_hints(self) -> int:
        width = self.size.width
        needed = cell_len(self.said) + (6 if self._error else 4)
        if not self.said:
            return width
        if self._folded:
            return 0
        # Hints are always there, a message is for a moment: most of the line is the message's.
        return max(0, width - (needed if self._error else min(needed, width * 3 // 4)))

    def _places(self, room: int) -> Iterator[tuple[int, int, ActiveBinding]]:
        at = 1
        for key, description, active in self._hints:
            end = at + cell_len(key) + 1 + cell_len(description)
            if end > room:
                return
            yield at, end, active
            at = end + 3

    def render_line(self, y: int) -> Strip:
        """Whole hints, as many as there is room for, then the message at the right."""
        width, base = self.size.width, self.rich_style
        if self._folded:
            line = self._folded[y] if y < len(self._folded) else ""
            return strip_of([(" ", base), (line, self._look("error"))], width, base)
        key_look, text_look = self._look("key"), self._look("description")
        room = self._room_for_hints
        parts: list[tuple[str, Style]] = []
        at = 0
        places = self._places(room)
        for (start, end, _), (key, description, _) in zip(places, self._hints, strict=False):
            parts += [(" " * (start - at), base), (key, key_look), (f" {description}", text_look)]
            at = end
        beside = at + 3 if parts else 1
        message = fit(("! " if self._error else "") + self.said, width - beside - 1)
        blank = width - at - cell_len(message) - 1
        look = self._look("error" if self._error else "message")
        return strip_of([*parts, (" " * blank, base), (message, look)], width, base)

    def _look(self, part: str) -> Style:
        style = self.get_component_rich_style(f"status--{part}")
        return Style(color=style.color, bold=style.bold)


class Progress(Struct, frozen=True):
    """How far something has come that takes its time."""

    what: str
    """As "fetching"."""
    done: int
    total: int
    """0 while nobody knows it."""

    @property
    def told(self) -> str:
        """In words."""
        return f"{self.what} {self.done}/{self.total}" if self.total else f"{self.what} …"


class Masthead(PartsAsDrawn, Widget):
    """The name of the paper, the place one is in, and how things stand."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "masthead--name",
        "masthead--place",
        "masthead--facts",
        "masthead--progress",
    }

    DEFAULT_CSS = """
    Masthead {
        height: 1;
        color: $text-muted;
        background: $surface;
        & > .masthead--name { color: $text-accent; text-style: bold; }
        & > .masthead--place { color: $text; }
        & > .masthead--facts { color: $text-muted; }
        & > .masthead--progress { color: $text-accent; }
    }
    """

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self._clock = clock
        self._place = ""
        self._unread: int | None = None
        self._review = 0
        self._failing = 0
        self._fetched: datetime | None = None
        self._progress: Progress | None = None
        self._session = ""
        self._walk = ""

    def on_mount(self) -> None:
        """Keep "2 min ago" true."""
        self.set_interval(_TICK, self.refresh)

    def show(
        self,
        place: str,
        *,
        unread: int | None = None,
        review: int | None = None,
        failing: int = 0,
        fetched: datetime | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Say where one is and how things stand; what is unknown or nothing is left out."""
        self._place, self._unread = place, unread
        self._review = self._review if review is None else review
        self._failing = failing
        self._fetched, self._progress = fetched, progress
        self.refresh()

    def tell_open(self, suggestions: int) -> None:
        """Say how many suggestions wait for an answer, now that it is known."""
        self._review = suggestions
        self.refresh()

    def tell_session(self, text: str) -> None:
        """Say how the work goes since the start; nothing moves but what stands at the right."""
        self._session = text
        self.refresh()

    def tell_review(self, text: str) -> None:
        """Say how far a walk over many articles is, in place of the name of the list."""
        self._walk = text
        self.refresh()

    def _facts(self) -> Iterator[str]:
        if self._session:
            yield self._session
        if self._unread is not None:
            yield f"{self._unread:,} unread"
        if self._review:
            yield f"{self._review} to review"
        if self._failing:
            yield "1 feed failing" if self._failing == 1 else f"{self._failing} feeds failing"
        if self._fetched is not None and self._progress is None:
            yield f"fetched {ago(self._fetched, self._clock())}"

    def render_line(self, y: int) -> Strip:
        """Name and place at the left, facts at the right; facts go first when it is narrow."""
        width, base = self.size.width, self.rich_style
        progress = ""
        if self._progress is not None:
            progress = self._progress.told
        name = " Wiredesk  "
        place = fit(self._walk or self._place, max(0, width - len(name) - cell_len(progress) - 2))
        facts = list(self._facts())
        left = len(name) + cell_len(place)
        while facts and left + len(_joined(facts, progress)) + 3 > width:
            facts.pop(0 if self._session and facts[0] == self._session else -1)
        told = _joined(facts, "")
        between = " · " if told and progress else ""
        blank = width - left - len(told + between + progress) - 1
        look = self._look
        parts = [(name, look("name")), (place, look("place")), (" " * blank, base)]
        parts += [(told + between, look("facts")), (progress, look("progress"))]
        return strip_of(parts, width, base)

    def _look(self, part: str) -> Style:
        style = self.get_component_rich_style(f"masthead--{part}")
        return Style(color=style.color, bold=style.bold)


def _joined(facts: Sequence[str], progress: str) -> str:
    return " · ".join([*facts, *([progress] if progress else [])])
