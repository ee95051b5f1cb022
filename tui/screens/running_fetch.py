"""A fetch while it runs: which feeds it asks, how far it is, and what it brought."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import contextmanager

from store.desk import Desk
from store.model import FetchBegun, Noticed, Outcome
from tui.screens.brought import Brought
from tui.screens.pacing import Paced
from tui.widgets.status import Progress


class RunningFetch:
    """Fetches, one at a time; one that is begun takes the place of another."""

    def __init__(self, desk: Desk, show: Callable[[], None]) -> None:
        """``show`` draws the lists as things stand."""
        self.progress: Progress | None = None
        """How far it is; None while none runs."""
        self.is_quiet = False
        """Whether nobody asked for it."""
        self.brings_first = False
        """Whether feeds are asked that never were, or will be in a moment."""
        self.busy: set[int] = set()
        """Feeds that it asks and that did not answer yet."""
        self._desk = desk
        self._show = show
        self.notice: Callable[[str], None] = lambda _said: None
        """Told of what came in and the person wants to know at once, once a fetch."""
        self._run = object()

    def _notice(self, said: str) -> None:
        if said:
            self.notice(said)

    async def fetch(self, feeds: Collection[int] | None) -> tuple[str, bool]:
        """Fetch these feeds, or all; the lists grow as each answers.

        Returns what it brought, in a few words, and whether any feed failed.
        """
        brought = Brought()
        with self._progressing(feeds or ()):
            await self._take_all(self._desk.refresh(feeds), brought)
        self._notice(brought.told_of_rules())
        return brought.told(), bool(brought.failures)

    async def fetch_due(self) -> str:
        """Fetch what is due though nobody asked for it; say what is worth an interruption."""
        brought = Brought()
        with self._progressing((), quiet=True):
            await self._take_all(self._desk.refresh(due=True), brought)
        self._notice(brought.told_of_rules())
        return brought.told_briefly()

    async def _take_all(
        self, outcomes: AsyncIterator[Outcome | FetchBegun | Noticed], brought: Brought
    ) -> None:
        async with Paced(self._show_outcomes) as shown:
            async for outcome in outcomes:
                if isinstance(outcome, FetchBegun):
                    brought.words += [outcome.note] if outcome.note else []
                    self._await(outcome.feeds)
                    continue
                if isinstance(outcome, Noticed):
                    brought.noticed.append(outcome)
                    continue
                brought.take(outcome, self._name(outcome.feed))
                self._answered(outcome.feed)
                shown.later()

    def _name(self, number: int) -> str:
        return next((feed.name for feed in self._desk.feeds() if feed.number == number), "a feed")

    def _await(self, feeds: Collection[int]) -> None:
        """Show these as being fetched."""
        self.busy = set(feeds)
        if self.progress is not None:
            self.progress = Progress("fetching", 0, len(feeds))
        self._show()

    def _answered(self, feed: int) -> None:
        self.busy.discard(feed)
        if self.progress is not None:
            self.progress = Progress("fetching", self.progress.done + 1, self.progress.total)

    @contextmanager
    def _progressing(self, feeds: Collection[int], *, quiet: bool = False) -> Iterator[None]:
        run = self._run = object()
        self.progress, self.is_quiet = Progress("fetching", 0, len(feeds)), quiet
        self._await(feeds)
        try:
            yield
        finally:
            if self._run is run:  # another may have begun while this one was being ended
                self.progress, self.is_quiet, self.brings_first = None, False, False
                self.busy.clear()
                self._show()

    async def _show_outcomes(self) -> None:
        await self._desk.take_in_changes()
        self._show()
