"""Feeds that are due, fetched while the desk is open, without anybody asking and without a word."""

from __future__ import annotations

from textual import work

from store.desk import DeskError
from tui.screens.fetching import Fetching

FIRST_AFTER = 20.0
"""Seconds after the start: whoever opens the desk to look something up is left in peace."""
LOOK_EVERY = 60.0
"""Seconds between looks at what is due; most find nothing and start nothing."""
LONGEST_PAUSE = 32
"""Looks that are left out at most after several in a row could not fetch, as without a network."""


class Automatic(Fetching):
    """A desk that keeps itself up to date."""

    def begin_automatic(self) -> None:
        """Look from now on for feeds that are due, unless the person does not want that."""
        self._failed_looks = 0
        self._looks_left_out = 0
        if self._desk.fetches_by_itself:
            self.set_timer(FIRST_AFTER, self.fetch_due)
            self.set_interval(LOOK_EVERY, self.fetch_due)

    @work(group="refresh")
    async def fetch_due(self) -> None:
        """Fetch what is due, unless a fetch runs; tell only what is news."""
        if self.progress is not None:
            return
        if self._looks_left_out:
            self._looks_left_out -= 1
            return
        try:
            said = await self._browsing.running.fetch_due() if await self._is_wanted() else ""
            self._failed_looks = 0
        except DeskError as error:
            self._failed_looks += 1
            self._looks_left_out = min(2**self._failed_looks, LONGEST_PAUSE)
            if self._failed_looks == 1:  # what is wrong is told once, and then waited out
                self.say(str(error))
        else:
            if said:
                self.say(said)

    async def _is_wanted(self) -> bool:
        return bool(await self._desk.feed_care.due()) and self.progress is None
