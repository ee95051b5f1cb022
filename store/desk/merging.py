"""Claims of other desks taken in: matched to the articles here, and never in place of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from store.claims.annotators.meeting import continued, meet
from store.desk.strays import ARTICLES_AT_A_TIME, on_its_text
from store.errors import DeskError
from store.formats.incoming import SIZE_LIMIT, Incoming, NotAnExport, read_export
from store.model import NO_FEED, Claim, Coverage, Target, Value
from store.shelf.shelf import Shelf
from store.text.tracking import without_tracking

Step = Callable[[int, int], None]
"""Told how many articles of how many were taken in."""
Place = tuple[int, int]
"""Feed and article."""


class TakenIn(Value, frozen=True, kw_only=True):
    """What became of the claims of a file."""

    new: int = 0
    newer: int = 0
    """Claims that the desk had, and that went on elsewhere."""
    same: int = 0
    older: int = 0
    """Claims that went on here since the file was written."""
    coverage: int = 0
    """Articles that somebody was done with."""
    strange: int = 0
    """Of the new claims: those whose article is not on this desk."""
    decisions: int = 0
    """Of the new claims: those that settle a disagreement, and stand for others in exports."""
    by: tuple[str, ...] = ()
    """Who signed what was taken in."""
    apart: tuple[str, ...] = ()
    """One sentence for each claim that says something else here; the desk's own was kept."""
    refused: tuple[str, ...] = ()
    """One sentence for each claim that cannot be read."""


def read_file(file: Path, *, signed: str = "") -> Incoming:
    """Read a file of claims; ``signed`` names the annotator in place of whoever it names.

    Raises:
        DeskError: It cannot be read, is too large or holds no claims of Wiredesk.
    """
    try:
        with file.expanduser().open("rb") as stream:
            written = stream.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise DeskError(f"{file} cannot be read: {error.strerror}.") from error
    if len(written) > SIZE_LIMIT:
        megabytes = SIZE_LIMIT // 1024**2
        raise DeskError(f"{file} is larger than {megabytes} MB; export a part of the desk.")
    try:
        return read_export(written, signed=signed)
    except NotAnExport as error:
        raise DeskError(f"{file} {error}") from error


def take_in(shelf: Shelf, incoming: Incoming, step: Step = lambda _done, _all: None) -> TakenIn:
    """Add the claims to the desk, article by article; doing it twice changes nothing.

    Raises:
        ShelfError: The desk cannot be read or written.
    """
    here = {claim.id: claim for claim in shelf.claims()}
    places = _Places(shelf)
    by_feed: dict[int, dict[int, list[Claim]]] = {}
    for claim in incoming.claims:
        known = here.get(claim.id)
        target = known.target if known else places.of(claim.target)
        placed = replace(claim, target=_moved(claim.target, target))
        by_feed.setdefault(target.feed, {}).setdefault(target.article, []).append(placed)
    tally, done, all_ = _Tally(), 0, sum(map(len, by_feed.values()))
    for feed, by_article in by_feed.items():
        for articles in _some_at_a_time(by_article):
            step(done, all_)
            tally.write(shelf, feed, {one: by_article[one] for one in articles})
            done += len(articles)
    step(all_, all_)
    covered = sum(_take_coverage(shelf, places, one) for one in incoming.coverage)
    return tally.told(covered, incoming)


def _some_at_a_time(articles: Iterable[int]) -> Iterator[tuple[int, ...]]:
    left = iter(articles)
    while some := tuple(islice(left, ARTICLES_AT_A_TIME)):
        yield some


def _moved(target: Target, to: Target) -> Target:
    return replace(target, feed=to.feed, article=to.article)


def _take_coverage(shelf: Shelf, places: _Places, coverage: Coverage) -> bool:
    """Take it in unless what is here is as new."""
    feed = places.feed_of(coverage.article)
    for known in shelf.coverage_of(coverage.article, feed):
        same = (known.annotator, known.version) == (coverage.annotator, coverage.version)
        if same and known.at >= coverage.at:
            return False
    shelf.keep_coverage(replace(coverage, feed=feed))
    return True


class _Places:
    """Where the articles of another desk are on this one."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._columns = shelf.columns()

    def feed_of(self, article: int) -> int:
        """The feed of the article of that id, or ``NO_FEED``."""
        index = self._columns.index(article)
        return NO_FEED if index is None else self._columns.row(index).feed

    def of(self, target: Target) -> Target:
        """The target on this desk: the article of its id, else of its address, else of its text."""
        feed = self.feed_of(target.article)
        found = (feed, target.article) if feed != NO_FEED else self._alike(target)
        return target if found is None else replace(target, feed=found[0], article=found[1])

    def _alike(self, target: Target) -> Place | None:
        by_address, by_text = self._headlines
        address = without_tracking(target.address)
        return by_address.get(address) or by_text.get(target.text_hash)

    @cached_property
    def _headlines(self) -> tuple[Mapping[str, Place], Mapping[str, Place]]:
        """All articles by address and by text; read only when an id is not known here."""
        by_address: dict[str, Place] = {}
        by_text: dict[str, Place] = {}
        for feed in self._shelf.feeds():
            for headline in self._shelf.headlines(feed.number):
                place = (feed.number, headline.id)
                if headline.address:
                    by_address.setdefault(without_tracking(headline.address), place)
                if headline.feed_hash:
                    by_text.setdefault(headline.feed_hash, place)
        return by_address, by_text


class _Tally:
    """Writes claims and counts what became of them."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()
        self._by: Counter[str] = Counter()
        self._apart: list[str] = []
        self._strange = self._decisions = 0

    def write(self, shelf: Shelf, feed: int, by_article: Mapping[int, Sequence[Claim]]) -> None:
        """Write the claims of some articles of a feed."""
        claims = [
            claim
            for article, said in by_article.items()
            for claim in on_its_text(shelf, feed, article, said)
        ]
        shelf.change_claims_on(by_article, feed, lambda stored: self._decided(stored, claims))

    def _decided(self, stored: Iterable[Claim], claims: Iterable[Claim]) -> list[Claim]:
        here = {claim.id: claim for claim in stored}
        written = []
        for claim in claims:
            known = here.get(claim.id)
            met = meet(known, claim)
            self._met[met] += 1
            if met == "new":
                written.append(claim)
                self._strange += claim.target.feed == NO_FEED
                self._decisions += bool(claim.marking.decides_on)
            elif met == "newer" and known is not None:
                written.append(continued(known, claim))
            elif met == "apart" and known is not None:
                self._apart.append(_apart(known, claim))
        self._by.update(claim.provenance.creator for claim in written)
        return written

    def told(self, coverage: int, incoming: Incoming) -> TakenIn:
        """What became of all of them."""
        return TakenIn(
            new=self._met["new"],
            newer=self._met["newer"],
            same=self._met["same"],
            older=self._met["older"],
            coverage=coverage,
            strange=self._strange,
            decisions=self._decisions,
            by=tuple(sorted(self._by)),
            apart=tuple(self._apart),
            refused=incoming.refused,
        )


def _apart(here: Claim, incoming: Claim) -> str:
    mine, theirs = here.provenance.creator, incoming.provenance.creator
    what = f"{incoming.id} on “{incoming.target.title}”"
    if mine != theirs:
        return f"{what} is {theirs}'s in the file and {mine}'s here; the desk's was kept."
    return f"{what} was changed both here and elsewhere; the desk's was kept."
