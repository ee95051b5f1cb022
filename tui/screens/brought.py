"""What a fetch brings, outcome by outcome, and how that is told when it is over."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.model import FeedFailed, FeedRefreshed, Noticed, Outcome, noticed_told
from tui.prompts import outcome_of_refresh, words_of_move

MOST_REASONS = 4
"""Rules and watch words that are told of after one fetch."""


@dataclass
class Brought:
    """What a fetch brought so far."""

    new: int = 0
    changed: int = 0
    failures: list[str] = field(default_factory=list)
    """One sentence for each feed that could not be read."""
    moves: list[str] = field(default_factory=list)
    """What became of addresses, in words."""
    noticed: list[Noticed] = field(default_factory=list)
    """What came in by rules and watch words that are to be told."""
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
        return " · ".join([said, *self._first_reason, *self.words, *self.moves])

    @property
    def _first_reason(self) -> list[str]:
        return [noticed_told(one) for one in self.noticed[:1]]

    def told_of_rules(self) -> str:
        """What the person wants to be told at once; of many reasons the first ones."""
        said = [noticed_told(one) for one in self.noticed[:MOST_REASONS]]
        more = len(self.noticed) - len(said)
        return "\n".join([*said, *([f"and for {more} more reasons"] if more else [])])

    def told_briefly(self) -> str:
        """What is worth an interruption where nobody asked; mostly nothing."""
        new = [f"{self.new} new"] if self.new else []
        return " · ".join([*new, *self._first_reason, *self.moves])
