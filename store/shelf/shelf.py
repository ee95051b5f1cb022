"""The desk's files behind one door: what is kept here is on disk when the call returns."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store.model import (
    Account,
    Article,
    ArticleWrite,
    Block,
    Claim,
    Company,
    Coverage,
    Feed,
    FetchState,
    Headline,
    SeenItem,
    TextVersion,
)
from store.shelf.arrivals import Arrivals
from store.shelf.articles import Articles, Mark
from store.shelf.claim_files import ClaimFiles
from store.shelf.claim_segments import ClaimSegments
from store.shelf.codebooks import Codebooks, KeptCodebook
from store.shelf.columns import Columns
from store.shelf.credentials import Credentials
from store.shelf.custody import Custody
from store.shelf.disk import make_folder
from store.shelf.errors import AlreadySubscribed, ShelfError, not_opened
from store.shelf.intents import Intents
from store.shelf.interests import Interests
from store.shelf.known import Known
from store.shelf.leases import Leases
from store.shelf.pages import Pages
from store.shelf.seen import SeenItems
from store.shelf.segments import FOLDERS, KINDS, SUBSCRIPTIONS, Segments
from store.shelf.subscriptions import Subscriptions
from store.shelf.tombstones import Deleted, Tombstones

if TYPE_CHECKING:
    from store.shelf.whole_reading import WholeReading

__all__ = ["AlreadySubscribed", "Deleted", "Mark", "Shelf", "ShelfError", "is_desk"]


def is_desk(folder: Path) -> bool:
    """Whether a desk was laid out in the folder; what cannot be seen is none."""
    try:
        return (folder / f"{SUBSCRIPTIONS}.json").is_file() or all(
            (folder / kind).is_dir() for kind in KINDS
        )
    except OSError:
        return False


class Shelf:
    """A desk's folder, shared by threads and processes; every failure is a ShelfError."""

    def __init__(self, custody: Custody) -> None:
        self.folder = custody.folder
        self._custody = custody
        self._segments = Segments(custody)
        self._subscriptions = Subscriptions(self._segments)
        self._leases = Leases(self._segments)
        self._credentials = Credentials(self._segments)
        self._articles = Articles(self._segments)
        self._pages = Pages(self._articles)
        self._seen = SeenItems(self._segments)
        self._tombstones = Tombstones(self._articles, custody)
        self._claims = ClaimFiles(self._segments)
        self._articles.quoted = self._claims.versions_quoted
        self.codebooks = Codebooks(self._segments)
        """Codebooks, version by version, and the values of open dimensions."""
        self.claim_segments = ClaimSegments(self._segments)
        """All claims, file by file."""
        self.intents = Intents(self._segments)
        """Changes of many claims that are not over."""
        self.interests = Interests(self._segments)
        """Views, rules, watch words and labels."""
        self.arrivals = Arrivals(self._segments)
        """Articles that rules did not see yet."""
        self._columns: Columns | None = None

    @classmethod
    def open(cls, folder: Path, *, make: bool = True) -> Self:
        """Open the desk in the folder, or lay one out there; without ``make`` look for one only.

        Raises ShelfError when there is none and none can be made, or a newer version wrote it.
        """
        folder = folder.absolute()
        try:
            if folder.exists() and not folder.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
            locked = folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK)
            read_only = locked or not (make or is_desk(folder))
            if not read_only:
                for part in (folder, *(folder / name for name in FOLDERS)):
                    make_folder(part)
            shelf = cls(Custody(folder, read_only=read_only))
            if not read_only:
                shelf._segments.sweep()
        except OSError as error:
            raise not_opened(error, folder) from error
        shelf.feeds()
        return shelf

    @property
    def read_only(self) -> bool:
        """Whether every attempt to save will be refused."""
        return self._custody.read_only

    @cached_property
    def whole(self) -> WholeReading:
        """All headlines and texts, file by file."""
        from store.shelf.whole_reading import WholeReading

        return WholeReading(self._segments)

    def notices(self) -> tuple[str, ...]:
        """Sentences about what was found damaged since the last call."""
        return self._custody.take_notices()

    def untold(self) -> tuple[str, ...]:
        """Sentences about what was set aside, by this process or another, and not told yet."""
        return self._custody.untold.read()

    def forget_untold(self, told: Iterable[str]) -> None:
        """Let go of sentences that a person has seen; a desk that refuses tells them again."""
        with contextlib.suppress(ShelfError, OSError), self._custody.writing():
            self._custody.untold.forget(frozenset(told))

    @property
    def claims_damaged(self) -> bool:
        """Whether claims were found that cannot be read since this desk was opened."""
        return self._custody.found_damage("claims")

    def writing(self) -> AbstractContextManager[None]:
        """Keep other writers out for a moment. Raises ShelfError when that cannot be."""
        return self._custody.writing()

    def close(self) -> None:
        """Leave; whatever was acknowledged is on disk already."""
        if self._columns is not None:
            self._columns.save()

    # ---------------------------------------------------------------- feeds

    def feeds(self) -> tuple[Feed, ...]:
        """All subscriptions, in the order they were made."""
        return self._subscriptions.feeds()

    def feed(self, number: int) -> Feed | None:
        """One subscription; None if there is none of that number, or no longer."""
        return self._subscriptions.feed(number)

    def add_feed(self, address: str, *, permit: str = "") -> Feed:
        """Subscribe; raises AlreadySubscribed when the desk has the address."""
        return self._subscriptions.add(address, permit)

    def change_feeds(self, decide: Callable[[Sequence[Feed]], Sequence[Feed]]) -> tuple[Feed, ...]:
        """Keep what ``decide`` makes of all feeds in one write, and return just that.

        Feeds of the number 0 (``subscriptions.new_feed``) are added.
        """
        return self._subscriptions.change_all(decide)

    def change_feed(self, number: int, change: Callable[[Feed], Feed]) -> Feed:
        """Replace a feed by what ``change`` makes of it as it stands now."""
        return self._subscriptions.change(number, change)

    def remove_feed(self, number: int) -> None:
        """Unsubscribe from one feed; see ``remove_feeds``."""
        self.remove_feeds([number])

    def remove_feeds(self, numbers: Collection[int]) -> tuple[Feed, ...]:
        """Unsubscribe; articles and claims stay on disk, names and passwords do not.

        Articles leave the lists, but those that bear claims, a star or a label. Returns the feeds
        as they were.
        """
        with self._custody.writing():
            feeds = self._subscriptions.remove(numbers)
            for number in numbers:
                self._credentials.keep(number, "", None)
                self._seen.keep(number, ())
        return feeds

    def bring_back_feeds(self, numbers: Collection[int]) -> tuple[Feed, ...]:
        """Subscribe again to removed feeds, as they were, with all their articles."""
        return self._subscriptions.bring_back(numbers)

    def former_feeds(self) -> tuple[Feed, ...]:
        """The feeds that nobody subscribes to any more, whose articles may still be here."""
        return self._subscriptions.former()

    def account(self, feed: int) -> Account | None:
        """Who asks for the feed, where its server wants to know; for the server it lies on."""
        found = self.feed(feed)
        return None if found is None else self._credentials.of(feed, found.address)

    def keep_account(self, feed: int, account: Account | None) -> None:
        """Remember who asks for the feed where it lies now; None forgets it."""
        with self._custody.writing():
            found = self._subscriptions.present(feed)
            self._credentials.keep(feed, found.address, account)

    def fetch_states(self) -> dict[int, FetchState]:
        """What the last fetch of each feed left behind, by feed number."""
        return self._subscriptions.fetch_states()

    def fetch_state(self, feed: int) -> FetchState | None:
        """The same for one feed; None: it was never asked."""
        return self._subscriptions.fetch_state(feed)

    def keep_fetch_states(self, states: Iterable[FetchState]) -> None:
        """Save them; to be called after the articles that they vouch for were taken in."""
        self._subscriptions.keep_fetch_states(states)

    def forget_validators(self, feed: int) -> None:
        """Let the next fetch of the feed take its document in, also if it is the last one again."""
        self._seen.keep(feed, ())
        self._subscriptions.forget_validators(feed)

    def ask_anew(self, feed: int) -> None:
        """Forget how its last fetch went: it lies elsewhere now and is due, as a new one is."""
        self._seen.keep(feed, ())
        self._subscriptions.keep_fetch_states([FetchState(feed=feed)])

    def seen_items(self, feed: int) -> tuple[SeenItem, ...]:
        """What of the feed's last document need not be parsed again."""
        return self._seen.of(feed)

    def keep_seen_items(self, feed: int, items: tuple[SeenItem, ...]) -> None:
        """Remember it; to be called after the articles that came of it were taken in."""
        self._seen.keep(feed, items)

    def lease(self, feed: int, seconds: float) -> bool:
        """Take a feed for a fetch; False while another process has it."""
        return self._leases.lease(feed, seconds)

    def lease_some(self, feeds: Collection[int], seconds: float) -> frozenset[int]:
        """Take several feeds in one write; which of them no other process has."""
        return self._leases.lease_some(feeds, seconds)

    def release(self, *feeds: int) -> None:
        """Give leased feeds back, in one write."""
        self._leases.release(feeds)

    # ---------------------------------------------------------------- articles

    def take_in(
        self, feed: int, decide: Callable[[Known], Sequence[ArticleWrite]]
    ) -> Sequence[ArticleWrite]:
        """Write what ``decide`` makes of the feed's known headlines, and return just that.

        If the feed is changed meanwhile, ``decide`` runs again under the desk's lock.
        """
        return self._articles.take_in(feed, decide)

    def headline(self, article: int, feed: int) -> Headline | None:
        """The headline as it stands now; None when the article was deleted."""
        return self._articles.headline(article, feed)

    def is_deleted(self, article: int, feed: int) -> bool:
        """Whether the article was deleted here, and only a tombstone is left of it."""
        return self._articles.is_deleted(article, feed)

    def headlines(self, feed: int) -> Iterator[Headline]:
        """All headlines of a feed, however many they are; deleted ones left out."""
        return self._articles.headlines(feed)

    def versions(self, article: int, feed: int) -> tuple[TextVersion, ...]:
        """The texts that are kept of an article, newest last."""
        return self._articles.versions(article, feed)

    def article(self, article: int, feed: int) -> Article | None:
        """Headline and newest text; None when either is lost."""
        return self._articles.article(article, feed)

    def articles(self, wanted: Iterable[tuple[int, int]]) -> Iterator[Article]:
        """Those of these articles, given as (feed, article), that are not lost, in any order.

        Each file is read once, however many of them lie in it.
        """
        return self._articles.each(wanted)

    def take_page(
        self,
        article: int,
        feed: int,
        blocks: Sequence[Block],
        *,
        language: str = "",
        taken: datetime,
    ) -> int:
        """Keep the text of an article's page, title first, and show it; the version's number.

        It stays what is shown whatever the feed brings. Raises ShelfError when the article is
        not here any more.
        """
        return self._pages.take(article, feed, blocks, language=language, taken=taken)

    def show_version(self, article: int, feed: int, number: int) -> None:
        """Show another of the texts that are kept. Raises ShelfError when it is not there."""
        self._pages.show(article, feed, number)

    def mark(self, marks: Mapping[tuple[int, int], Mark]) -> None:
        """Set and unset read marks, stars and labels, by (feed, article)."""
        self._articles.mark(marks)

    def delete_articles(
        self,
        articles: Iterable[tuple[int, int]],
        *,
        unless: Callable[[Headline], bool] = lambda _: False,
        for_good: bool = False,
    ) -> tuple[Deleted, ...]:
        """Delete articles, given as (feed, article), claims on them apart.

        Their texts go; no feed brings them back, but what is returned does. ``unless`` tells
        under the desk's lock which stay; ``for_good`` leaves nothing of the texts on the disk.
        """
        return self._tombstones.delete(articles, unless=unless, for_good=for_good)

    def forget_tombstones(self, feed: int, *, before: datetime) -> None:
        """Let the feed bring back what was deleted before then and that it lists no more.

        Nothing, where what it lists is not known.
        """
        if listed := self._seen.listed(feed):
            self._tombstones.forget(feed, before, listed)

    def restore_articles(self, deleted: Iterable[Deleted]) -> None:
        """Bring deleted articles back as they were; what changed meanwhile comes with a fetch."""
        deleted = tuple(deleted)
        self._tombstones.restore(deleted)
        states = self.fetch_states()
        for feed in {one.headline.feed for one in deleted}:
            state = states.get(feed)
            since = min(one.at for one in deleted if one.headline.feed == feed)
            if state is not None and state.succeeded is not None and state.succeeded > since:
                self.forget_validators(feed)

    # ---------------------------------------------------------------- claims

    def claims_of(self, article: int, feed: int) -> tuple[Claim, ...]:
        """Every claim on the article, tombstones and drafts included, oldest first."""
        return self._claims.claims_of(article, feed)

    def claims(self, feed: int | None = None) -> Iterator[Claim]:
        """Every claim of one feed, or of all, removed feeds included."""
        return self._claims.claims(feed)

    def change_claims(
        self, article: int, feed: int, change: Callable[[tuple[Claim, ...]], Sequence[Claim]]
    ) -> tuple[Claim, ...]:
        """Write what ``change`` makes of the article's claims, by id, and return just that.

        ``change`` runs under the desk's lock and must be quick.
        """
        return self._claims.change_claims(article, feed, change)

    def change_claims_on(
        self,
        articles: Collection[int],
        feed: int,
        change: Callable[[tuple[Claim, ...]], Sequence[Claim]],
    ) -> tuple[Claim, ...]:
        """The same for several articles of a feed; each file is written once."""
        return self._claims.change_claims_on(articles, feed, change)

    def snapshot(self, article: Article) -> None:
        """Keep the text that claims are about to be made on, once per version."""
        self._claims.snapshot(article)

    def snapshot_of(
        self, article: int, feed: int, version: int, *, text_hash: str = ""
    ) -> TextVersion | None:
        """The text that claims of that version were made on, the one of that hash if given."""
        return self._claims.snapshot_of(article, feed, version, text_hash)

    def coverage_of(self, article: int, feed: int) -> tuple[Coverage, ...]:
        """Who read the article and what came of it, oldest first."""
        return self._claims.coverage_of(article, feed)

    def coverage(self) -> Iterator[Coverage]:
        """The same for all articles."""
        return self._claims.coverage()

    def keep_coverage(self, coverage: Coverage) -> None:
        """Add or replace the record of that article, text version and person."""
        self._claims.keep_coverage(coverage)

    def companies(self) -> tuple[Company, ...]:
        """The desk's own companies, by name."""
        return self._subscriptions.companies()

    def keep_companies(self, kept: Iterable[Company], *, without: Iterable[str] = ()) -> None:
        """Add these or replace those of their ids, and drop those ids; all of it in one write."""
        self._subscriptions.keep_companies(kept, without=without)

    def keep_codebook(self, id: str, version: str, toml: str) -> None:  # noqa: A002 - its name
        """Keep the text of a codebook that claims are made with, each version once."""
        self.codebooks.keep(KeptCodebook(id=id, version=version, toml=toml))

    def codebook(self, id: str, version: str) -> str | None:  # noqa: A002 - its name
        """The text of a codebook that was kept."""
        return self.codebooks.toml(id, version)

    def read_claims_as(self, reads: Callable[[Claim], Claim] | None) -> None:
        """From now on give claims as this makes them; what is on disk stays as it is."""
        self._segments.claims_as = reads

    # ---------------------------------------------------------------- lists

    def generation(self) -> int:
        """A number that grows with every commit of any process."""
        return self._custody.generation.read().generation

    def columns(self) -> Columns:
        """The headlines of all feeds, ready for lists; the same object at each call."""
        if self._columns is None:
            self._columns = Columns.open(self._segments, self._subscriptions)
            self._articles.whereabouts = self._columns.segment_of
            self._claims.telling_of = self._columns.telling_of
        return self._columns
