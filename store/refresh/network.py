"""Whether there is a network at all: being offline is one state, not two hundred errors."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from store.feeds.web.address import host_of
from store.feeds.web.answers import Fetched, FetchFailed, NotModified
from store.feeds.web.reasons import Trouble
from store.model import Feed

SEVERAL = 3
"""Hosts that must be out of reach, with none that answers, to call it the network's fault."""
_UNREACHED: Final[frozenset[Trouble]] = frozenset(
    {"no_lookup", "no_name", "unreachable", "no_connection"}
)
_UNCLEAR: Final[frozenset[Trouble]] = frozenset({"late", "private"})
"""They say neither that somebody answered nor that nobody can."""

Answer = Fetched | NotModified | FetchFailed


class NoNetwork(Exception):
    """No host could be reached; the message is one sentence. Nothing is held against any feed."""

    def __init__(self, hosts: int) -> None:
        super().__init__(
            f"No network: none of {hosts} hosts could be reached; nothing is held against their "
            "feeds, so try again when you are connected."
        )


class Network:
    """Judges by the first hosts that are asked; those with a permit tell nothing of the world."""

    def __init__(self) -> None:
        self.off = False
        """Whether it was found that there is none."""
        self._answered = False
        self._silent: set[str] = set()
        self._in_flight = 0
        self._clear = asyncio.Event()
        self._clear.set()

    async def is_there(self, feed: Feed) -> bool:
        """Whether the feed may be asked; while there is doubt, wait for those that are asked."""
        if feed.permit:
            return True
        await self._clear.wait()
        return not self.off

    @contextmanager
    def asking(self, feed: Feed) -> Iterator[None]:
        """Count it, from before it begins, as one that may still prove that there is a network."""
        self._in_flight += not feed.permit
        try:
            yield
        finally:
            self._in_flight -= not feed.permit
            self._judge()

    def take(self, feed: Feed, answer: Answer) -> None:
        """Learn from an answer."""
        if feed.permit:
            return
        if is_unreached(answer):
            self._silent.add(host_of(feed.address))
        elif not (isinstance(answer, FetchFailed) and answer.trouble in _UNCLEAR):
            self._answered = True

    def heard(self, feed: Feed) -> None:
        """Learn that somebody answers already, before it is known what with."""
        if not feed.permit:
            self._answered = True
            self._judge()

    def is_doubted(self, feed: Feed, failure: FetchFailed) -> bool:
        """Whether a failure may be the network's and not the feed's."""
        return not (feed.permit or self._answered) and is_unreached(failure)

    def why(self) -> NoNetwork:
        """What to tell once it is off."""
        return NoNetwork(len(self._silent))

    def _judge(self) -> None:
        doubtful = not self._answered and len(self._silent) >= SEVERAL
        self.off = self.off or (doubtful and not self._in_flight)
        if doubtful and not self.off:
            self._clear.clear()
        else:
            self._clear.set()


def is_unreached(answer: Answer) -> bool:
    """Whether nobody could be spoken to at all."""
    return isinstance(answer, FetchFailed) and answer.trouble in _UNREACHED
