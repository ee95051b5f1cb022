"""What a fetch brings, outcome by outcome, and how that is told when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.model import FeedFailed, FeedRefreshed, Outcome
from tui.prompts import outcome_of_refresh, words_of_move


@dataclass
class Brought:
    """What a fetch brought so far."""

    new: int = 0
    changed: int = 0
    failures: list[str] = field(default_factory=list)
    """One sentence for each feed that could not be read."""
    moves: list[str] = field(default_factory=list)
    """What became of addresses, in words."""
    words: list[str] = field(default_factory=list)
    """Which feeds were left alone."""

    def take(self, outcome: Outcome, name: str) -> None:
        """Count an outcome in; ``name`` is the feed's."""
        if isinstance(outcome, FeedFailed):
            self.failures.append(f"{name}: {outcome.reason}")
            return
        self.moves += words_of_move(name, outcome)
        if isinstance(outcome, FeedRefreshed):
            self.new += outcome.new
            self.changed += outcome.changed

    def told(self) -> str:
        """All of it in a few words, for who asked for the fetch."""
        said = outcome_of_refresh(self.new, self.failures, changed=self.changed)
        return " · ".join([said, *self.words, *self.moves])

    def told_briefly(self) -> str:
        """What is worth an interruption where nobody asked; mostly nothing."""
        new = [f"{self.new} new"] if self.new else []
        return " · ".join([*new, *self.moves])
