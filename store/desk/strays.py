"""Claims that came in files before their articles came: they go to them once they are here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import chain, groupby, islice
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from store.claims.table.bulk import SPANNING
from store.desk.passages import found_in
from store.desk.plans import Home, Moving, missing, written
from store.model import NO_FEED, Claim, Headline
from store.shelf.disk import Signature
from store.shelf.intents import Intent
from store.shelf.shelf import Shelf
from store.text.sentences import sentences_of
from store.text.tracking import without_tracking

ARTICLES_AT_A_TIME = 40
"""So many are written at once: the more, the fewer writes, and the longer others wait."""


class _Target(msgspec.Struct, frozen=True, gc=False):
    article: int
    address: str
    text_hash: str


class _Stray(msgspec.Struct, frozen=True, gc=False):
    """Of a claim what tells which article it is about."""

    id: str
    target: _Target
    format: int = 1


class Strays:
    """Finds the claims of a desk that belong to an article and are not with it.

    Every method may raise ShelfError.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._states: dict[str, Signature] = {}
        self._by_id: dict[int, list[str]] = {}
        self._by_address: dict[str, list[str]] = {}
        self._by_text: dict[str, list[str]] = {}

    def bring_home(self, feed: int, article: int | None = None) -> int:
        """Move what belongs to an article, or to any of a feed, to it; how many claims that were.

        It is logged first: after a kill the next start finishes it.
        """
        if not self._look():
            return 0
        if article is None:
            headlines = tuple(self._shelf.headlines(feed))
        else:
            found = self._shelf.headline(article, feed)
            headlines = () if found is None else (found,)
        homes = tuple(
            Home(feed=feed, article=article, claims=tuple(claims))
            for article, claims in self._of(headlines).items()
        )
        if not homes:
            return 0
        plan = Moving(homes=homes)
        intent = Intent(
            operation=f"{SPANNING}{uuid4().hex}",
            at=datetime.now(UTC),
            by="",
            change=written(plan),
            claims=(),
        )
        self._shelf.intents.log(intent)
        moved = sum(len(claims) for claims in move(self._shelf, plan))
        self._shelf.intents.done(intent)
        return moved

    def _look(self) -> bool:
        """Read the strays anew if they changed; whether there are any."""
        states = self._shelf.claim_segments.states_of(NO_FEED)
        if states != self._states:
            self._by_id, self._by_address, self._by_text = {}, {}, {}
            for name in states:
                for stray in self._shelf.claim_segments.read(name, _Stray):
                    self._by_id.setdefault(stray.target.article, []).append(stray.id)
                    self._by_text.setdefault(stray.target.text_hash, []).append(stray.id)
                    if address := without_tracking(stray.target.address):
                        self._by_address.setdefault(address, []).append(stray.id)
            self._states = states
        return bool(self._by_id)

    def _of(self, headlines: Sequence[Headline]) -> dict[int, list[str]]:
        """By article the claims on it: those of its id, else of its address, else of its text."""
        homes: dict[int, list[str]] = {}
        taken: set[str] = set()
        for one, claims in chain(
            ((one, self._by_id.get(one.id, ())) for one in headlines),
            ((one, self._by_address.get(without_tracking(one.address), ())) for one in headlines),
            ((one, self._by_text.get(one.feed_hash, ())) for one in headlines),
        ):
            for id_ in claims:
                if id_ not in taken:
                    taken.add(id_)
                    homes.setdefault(one.id, []).append(id_)
        return homes


def move(shelf: Shelf, plan: Moving) -> Iterator[list[Claim]]:
    """Take claims to their articles, some articles at a time; what is there already is left alone.

    Raises:
        ShelfError: The desk cannot be read or written.
    """
    moved = {id_ for home in plan.homes for id_ in home.claims}
    files = shelf.claim_segments
    found = {name: files.some(name, moved) for name in files.states_of(NO_FEED)}
    strays = {claim.id: claim for claims in found.values() for claim in claims}
    for feed, homes in groupby(plan.homes, key=lambda home: home.feed):
        left = iter(homes)
        while some := tuple(islice(left, ARTICLES_AT_A_TIME)):
            here = [claim for home in some for claim in _at(home, shelf, strays)]
            articles = {home.article for home in some}
            yield list(shelf.change_claims_on(articles, feed, partial(missing, here)))
    for name, claims in found.items():
        if claims:
            files.drop(name, moved)


def _at(home: Home, shelf: Shelf, strays: Mapping[str, Claim]) -> list[Claim]:
    claims = [
        replace(claim, target=replace(claim.target, feed=home.feed, article=home.article))
        for id_ in home.claims
        if (claim := strays.get(id_)) is not None
    ]
    return on_its_text(shelf, home.feed, home.article, claims)


def on_its_text(shelf: Shelf, feed: int, article: int, claims: Sequence[Claim]) -> list[Claim]:
    """Claims from elsewhere as the article's text here bears them out.

    The text is kept if it is the one that they were made on; a quote that it does not hold makes
    an orphan of a claim.

    Raises:
        ShelfError: The desk cannot be read or written.
    """
    here = None if feed == NO_FEED else shelf.article(article, feed)
    if here is None:
        return list(claims)
    if any(claim.target.text_hash == here.version.hash for claim in claims):
        shelf.snapshot(here)
    sentences, text = None, here.version.text
    looked_at = []
    for claim in claims:
        anchor = claim.marking.anchor
        found = claim
        if text[anchor.span.start : anchor.span.end] != anchor.exact:
            sentences = sentences or sentences_of(here.version)
            found = found_in(claim, here.version, sentences)
        # Where else it stands is found, and confirmed, when the article is opened.
        is_lost = found.marking.anchor.state == "orphan"
        looked_at.append(found if is_lost else claim)
    return looked_at
