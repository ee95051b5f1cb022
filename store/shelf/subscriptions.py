"""Feeds, those that were removed, and what their last fetch left behind; companies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

import msgspec

from store.model import Company, Feed, FetchState
from store.shelf.contents import FORMAT, Record
from store.shelf.errors import AlreadySubscribed, ShelfError
from store.shelf.records import key_of, record_of, value_of, values_of
from store.shelf.segments import FETCH, SUBSCRIPTIONS, Segments
from store.shelf.storage import Segment

_COUNTER: Final = 1
"""Document id of the one record in the table ``meta``."""


class Subscriptions:
    """What the desk knows of feeds and companies, articles apart."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._custody = segments.custody
        self._read_from: Mapping[str, Record] = {}
        """The records that ``_read`` was made of: while they are these, it holds."""
        self._read: tuple[Feed, ...] = ()

    def feeds(self) -> tuple[Feed, ...]:
        """All feeds, in the order they were added."""
        records = self._subscriptions.table("feeds").records()
        if records is not self._read_from:
            found = values_of(records, Feed, self._custody, "subscriptions.json")
            self._read = tuple(sorted(found, key=lambda feed: feed.number))
            self._read_from = records
        return self._read

    def feed(self, number: int) -> Feed | None:
        """One feed; None if it is not, or no longer, subscribed to."""
        record = self._subscriptions.table("feeds").record(number)
        if record is None:
            return None
        return value_of(record, Feed, self._custody, "subscriptions.json")

    def add(self, address: str, permit: str) -> Feed:
        """Subscribe; a feed that was removed comes back with its number, articles and claims.

        Raises AlreadySubscribed when the desk has the address.
        """

        def decide(present: Sequence[Feed]) -> Sequence[Feed]:
            for feed in present:
                if feed.address == address:
                    raise AlreadySubscribed(feed)
            return [new_feed(address, permit=permit)]

        return self.change_all(decide)[0]

    def change_all(self, decide: Callable[[Sequence[Feed]], Sequence[Feed]]) -> tuple[Feed, ...]:
        """Keep what ``decide`` makes of the feeds as they stand, all in one write, and return it.

        Feeds made by ``new_feed`` get a number, or come back as those that were removed once;
        the others replace the ones of their number. ``decide`` runs under the desk's lock.
        """
        with self._custody.writing():
            present = self.feeds()
            subscriptions = self._subscriptions
            former = subscriptions.table("former")
            records = values_of(former.records(), Feed, self._custody, "subscriptions.json")
            gone = {feed.address: feed for feed in records}
            taken = {one.first_address for one in (*present, *records)}
            last, kept = self._next_number() - 1, []
            for feed in decide(present):
                if feed.number:
                    kept.append(feed)
                elif feed.address in gone:
                    kept.append(_returned(gone[feed.address], feed))
                else:
                    last += 1
                    kept.append(_numbered(feed, last, taken))
                    taken.add(kept[-1].first_address)
            if kept:
                with subscriptions.file.one_write():
                    highest = max(last, self._last_number(), *(feed.number for feed in kept))
                    counter = {"format": FORMAT, "last_feed": highest}
                    subscriptions.table("meta").put({_COUNTER: counter})
                    former.put({}, without=[feed.number for feed in kept])
                    subscriptions.table("feeds").put(
                        {feed.number: record_of(feed) for feed in kept}
                    )
            return tuple(kept)

    def change(self, number: int, change: Callable[[Feed], Feed]) -> Feed:
        """Replace a feed by what ``change`` makes of it. Raises ShelfError when it is gone."""
        with self._custody.writing():
            feed = self.present(number)
            changed = change(feed)
            if changed.number != number or changed.first_address != feed.first_address:
                raise ValueError("a feed keeps its number and its first address")
            if changed != feed:
                self._subscriptions.table("feeds").put({number: record_of(changed)})
            return changed

    def former(self) -> tuple[Feed, ...]:
        """The feeds that were removed, as they were then; by number."""
        records = self._subscriptions.table("former").records()
        found = values_of(records, Feed, self._custody, "subscriptions.json")
        return tuple(sorted(found, key=lambda feed: feed.number))

    def remove(self, numbers: Collection[int]) -> tuple[Feed, ...]:
        """End subscriptions in one write; what was read and said of them stays on disk.

        Returns the feeds as they were. Raises ShelfError when one is gone.
        """
        with self._custody.writing():
            feeds = tuple(self.present(number) for number in numbers)
            subscriptions = self._subscriptions
            with subscriptions.file.one_write():
                records = {feed.number: record_of(feed) for feed in feeds}
                subscriptions.table("former").put(records)
                subscriptions.table("feeds").put({}, without=list(records))
            return feeds

    def bring_back(self, numbers: Collection[int]) -> tuple[Feed, ...]:
        """Subscribe again to feeds that were removed, just as they were; in one write.

        Those that are subscribed to already stay as they are. Raises ShelfError when another
        feed has the address of one, or one was never here; then nothing is changed.
        """
        with self._custody.writing():
            former = {feed.number: feed for feed in self.former()}
            taken = {feed.address: feed for feed in self.feeds()}
            there = {feed.number for feed in taken.values()}
            wanted = [number for number in numbers if number not in there]
            for number in wanted:
                if number not in former:
                    raise ShelfError(f"There never was a feed {number} on this desk.")
                if other := taken.get(former[number].address):
                    raise ShelfError(
                        f"{other.name} is fetched at that address now; unsubscribe from it first."
                    )
            subscriptions = self._subscriptions
            with subscriptions.file.one_write():
                subscriptions.table("feeds").put(
                    {number: record_of(former[number]) for number in wanted}
                )
                subscriptions.table("former").put({}, without=wanted)
            return tuple(former[number] for number in wanted)

    def fetch_states(self) -> dict[int, FetchState]:
        """What the last fetch of each feed left behind, by feed number."""
        records = self._segments.open(FETCH).table("fetch").records()
        states = values_of(records, FetchState, self._custody, "fetch.json")
        return {state.feed: state for state in states}

    def fetch_state(self, feed: int) -> FetchState | None:
        """The same for one feed; None: it was never asked."""
        record = self._segments.open(FETCH).table("fetch").record(feed)
        if record is None:
            return None
        return value_of(record, FetchState, self._custody, "fetch.json")

    def keep_fetch_states(self, states: Iterable[FetchState]) -> None:
        """Save all of them in one write."""
        records = {state.feed: record_of(state) for state in states}
        if records:
            self._segments.open(FETCH).table("fetch").put(records)

    def forget_validators(self, feed: int) -> None:
        """Let the next fetch of the feed take its document in, also if it is the last one again."""
        with self._custody.writing():
            state = self.fetch_states().get(feed)
            if state is not None and (state.etag or state.modified or state.body_hash):
                forgetful = msgspec.structs.replace(state, etag="", modified="", body_hash="")
                self.keep_fetch_states([forgetful])

    def companies(self) -> tuple[Company, ...]:
        """The desk's own companies, by name."""
        records = self._subscriptions.table("companies").records()
        found = values_of(records, Company, self._custody, "subscriptions.json")
        return tuple(sorted(found, key=lambda company: (company.name.casefold(), company.id)))

    def keep_companies(self, kept: Iterable[Company], *, without: Iterable[str] = ()) -> None:
        """Add these or replace those of their ids, and drop those ids; all of it in one write."""
        self._subscriptions.table("companies").put(
            {key_of(company.id): record_of(company) for company in kept},
            without=[key_of(id_) for id_ in without],
        )

    @property
    def _subscriptions(self) -> Segment:
        return self._segments.open(SUBSCRIPTIONS)

    def present(self, number: int) -> Feed:
        """The feed of that number. Raises ShelfError when it is gone."""
        feed = self.feed(number)
        if feed is None:
            raise ShelfError(f"There is no feed {number} any more: it was unsubscribed elsewhere.")
        return feed

    def _next_number(self) -> int:
        """Never a number that a file carries, even when the counter was lost."""
        return max(self._last_number(), self._segments.highest_feed()) + 1

    def _last_number(self) -> int:
        subscriptions = self._subscriptions
        counter = subscriptions.table("meta").record(_COUNTER) or {}
        numbers = [0, *(number for number in counter.values() if isinstance(number, int))]
        for table in ("feeds", "former"):
            numbers += [int(number) for number in subscriptions.table(table).records()]
        return max(numbers)


def new_feed(address: str, *, permit: str = "") -> Feed:
    """A subscription that has no number yet; everything else of it may be set."""
    now = datetime.now(UTC)
    return Feed(number=0, address=address, first_address=address, permit=permit, added=now)


def _numbered(feed: Feed, number: int, taken: Collection[str]) -> Feed:
    # Article ids are hashes of the first address: two feeds must not share it.
    first = feed.address if feed.address not in taken else f"{feed.address}#{number}"
    return msgspec.structs.replace(feed, number=number, first_address=first)


def _returned(former: Feed, feed: Feed) -> Feed:
    """The feed that was removed, as it is wanted now; what is not said anew is as it was."""
    said = {
        name: value
        for name, value in msgspec.structs.asdict(feed).items()
        if value and name not in {"number", "first_address"}
    }
    return msgspec.structs.replace(former, **{**said, "permit": feed.permit, "paused": feed.paused})
