"""Claims that came in files before their articles came: they go to them once they are here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from store.claims.table.bulk import SPANNING
from store.model import NO_FEED, Claim, Headline
from store.passages import found_in
from store.plans import Home, Moving, missing, written
from store.shelf.disk import Signature
from store.shelf.intents import Intent
from store.shelf.shelf import Shelf
from store.text.sentences import sentences_of


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
            headlines: Iterable[Headline] = self._shelf.headlines(feed)
        else:
            found = self._shelf.headline(article, feed)
            headlines = () if found is None else (found,)
        homes = tuple(
            Home(feed=feed, article=one.id, claims=claims)
            for one in headlines
            if (claims := self._of(one))
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
                    if stray.target.address:
                        self._by_address.setdefault(stray.target.address, []).append(stray.id)
            self._states = states
        return bool(self._by_id)

    def _of(self, headline: Headline) -> tuple[str, ...]:
        """The claims on the article of that id, address or text."""
        found = (
            *self._by_id.get(headline.id, ()),
            *self._by_address.get(headline.address, ()),
            *self._by_text.get(headline.feed_hash, ()),
        )
        return tuple(dict.fromkeys(found))


def move(shelf: Shelf, plan: Moving) -> Iterator[list[Claim]]:
    """Take claims to their articles, one after the other; what is there already is left alone.

    Raises:
        ShelfError: The desk cannot be read or written.
    """
    strays = {claim.id: claim for claim in shelf.claims(NO_FEED)}
    for home in plan.homes:
        claims = [
            replace(claim, target=replace(claim.target, feed=home.feed, article=home.article))
            for id_ in home.claims
            if (claim := strays.get(id_)) is not None
        ]
        here = on_its_text(shelf, home.feed, home.article, claims)
        yield list(shelf.change_claims(home.article, home.feed, partial(missing, here)))
    moved = {id_ for home in plan.homes for id_ in home.claims}
    for name in shelf.claim_segments.states_of(NO_FEED):
        shelf.claim_segments.drop(name, moved)


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
