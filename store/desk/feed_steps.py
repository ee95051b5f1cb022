"""What a person did to feeds, step by step, so that each can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from msgspec.structs import asdict, replace

from store.errors import DeskError
from store.model import Feed
from store.shelf.shelf import Shelf

GONE = "This feed is no longer on the desk: it was unsubscribed elsewhere."


@dataclass(frozen=True, eq=False)
class FeedStep:
    """Something that was done."""

    said: str
    take_back: Callable[[], None]
    """Runs in the desk's thread; raises DeskError or ShelfError."""


class FeedSteps:
    """The steps of one program, last one last."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._done: list[FeedStep] = []

    @property
    def last(self) -> FeedStep | None:
        """What was done last and not taken back."""
        return self._done[-1] if self._done else None

    def remember(self, said: str, take_back: Callable[[], None]) -> str:
        """Note that something was done; returns what is to be said of it."""
        self._done.append(FeedStep(said, take_back))
        return said

    def change(
        self, said: str, decide: Callable[[Sequence[Feed]], Sequence[Feed]] | Sequence[Feed]
    ) -> str:
        """Keep feeds otherwise than they are, in one write, and note it as a step.

        Raises:
            ShelfError: It cannot be stored.
        """
        were: dict[int, Feed] = {}

        def deciding(present: Sequence[Feed]) -> Sequence[Feed]:
            were.update({feed.number: feed for feed in present})
            wanted = decide(present) if callable(decide) else decide
            return [feed for feed in wanted if feed.number in were]

        kept = self._shelf.change_feeds(deciding)
        before = {feed.number: _differing(were[feed.number], feed) for feed in kept}
        self._ask_anew(before)
        return self.remember(said, lambda: self._put(before))

    def undo(self, step: FeedStep | None = None) -> str:
        """Take back that step, or the last one; say which. One that is over stays so.

        Raises:
            DeskError: It cannot be taken back.
            ShelfError: That cannot be stored.
        """
        if step is None:
            step = self.last
        if step is None:
            return "nothing to undo among the feeds"
        if step in self._done:
            step.take_back()
            self._done.remove(step)
        return f"took back: {step.said}"

    def _put(self, before: dict[int, dict[str, Any]]) -> None:
        """Put back what was changed; what somebody else changed meanwhile stays."""
        put = self._shelf.change_feeds(
            lambda present: [
                replace(feed, **before[feed.number]) for feed in present if feed.number in before
            ]
        )
        if before and not put:
            raise DeskError(GONE)
        self._ask_anew({feed.number: before[feed.number] for feed in put})

    def _ask_anew(self, changed: dict[int, dict[str, Any]]) -> None:
        for number, was in changed.items():
            if "address" in was:
                self._shelf.ask_anew(number)


def _differing(before: Feed, after: Feed) -> dict[str, Any]:
    said = asdict(after)
    return {name: was for name, was in asdict(before).items() if said[name] != was}
