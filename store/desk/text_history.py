"""What became of an article's text: its versions, what changed between two, which claims it hit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from store.desk.lane import Lane
from store.model import Claim, Headline, Span, TextVersion
from store.shelf.shelf import Shelf

if TYPE_CHECKING:
    from store.text.changes import Passage


class Affected(NamedTuple):
    """A claim on a passage that is not as it was."""

    passage: int
    """Its number in the comparison."""
    claim: Claim


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two texts of an article, compared."""

    older: TextVersion
    newer: TextVersion
    passages: tuple[Passage, ...]
    affected: tuple[Affected, ...] = ()


class TextHistory(msgspec.Struct, frozen=True, kw_only=True):
    """The texts that are kept of an article, and which of them are worth comparing."""

    headline: Headline
    versions: tuple[TextVersion, ...]
    """In the order in which they came in."""
    pairs: tuple[tuple[int, int], ...]
    """Places in ``versions``, by the time of the newer one; each beside the one of its kind."""
    first: int = 0
    """The pair to begin with: what changed since the article was read, else the last change."""


class Texts:
    """Answers what became of articles' texts; everything runs in the lane."""

    def __init__(self, lane: Lane, shelf: Shelf, *, only: str = "") -> None:
        """``only`` is whose claims may be seen; empty: everybody's."""
        self._lane = lane
        self._shelf = shelf
        self._only = only

    async def history(self, headline: Headline) -> TextHistory:
        """The texts that are kept of an article, as it was when it was opened.

        Raises:
            DeskError: They cannot be read.
        """
        return await self._lane.run(history_of, self._shelf, headline)

    async def compare(self, history: TextHistory, pair: int) -> Comparison:
        """What changed between the two texts of a pair.

        Raises:
            DeskError: The claims on them cannot be read.
        """
        return await self._lane.run(compare, self._shelf, history, pair, only=self._only)


def history_of(shelf: Shelf, headline: Headline) -> TextHistory:
    """The texts of an article; ``headline`` as it was when the article was opened.

    Raises:
        ShelfError: They cannot be read.
    """
    article, feed = headline.id, headline.feed
    versions = list(shelf.versions(article, feed))
    for claim in shelf.claims_of(article, feed):
        target = claim.target
        if all(one.hash != target.text_hash for one in versions):
            kept = shelf.snapshot_of(article, feed, target.version, text_hash=target.text_hash)
            if kept is not None:
                versions.append(kept)
    versions.sort(key=lambda one: (one.taken, one.number))
    pairs = [(_before(versions, place), place) for place in range(1, len(versions))]
    first = len(pairs) - 1
    since = _since_read(versions, headline)
    if since is not None:
        if since in pairs:
            first = pairs.index(since)
        else:
            pairs.append(since)
            first = len(pairs) - 1
    return TextHistory(
        headline=headline, versions=tuple(versions), pairs=tuple(pairs), first=max(first, 0)
    )


def compare(shelf: Shelf, history: TextHistory, pair: int, *, only: str = "") -> Comparison:
    """What changed between the two texts of a pair, and the claims that stood where it did.

    With ``only`` these are that annotator's.

    Raises:
        ShelfError: The claims cannot be read.
    """
    from store.text.changes import changes

    older, newer = (history.versions[place] for place in history.pairs[pair])
    passages = changes(older, newer)
    claims = [
        claim
        for claim in shelf.claims_of(history.headline.id, history.headline.feed)
        if only in ("", claim.provenance.creator)
    ]
    return Comparison(
        older=older, newer=newer, passages=passages, affected=_affected(older, passages, claims)
    )


def changed_at(shelf: Shelf, headline: Headline) -> datetime | None:
    """When the text changed last since the article was read; None if it did not."""
    if not headline.read_version or headline.newest <= headline.read_version:
        return None
    versions = shelf.versions(headline.id, headline.feed)
    return max((one.taken for one in versions if one.number > headline.read_version), default=None)


def _before(versions: Sequence[TextVersion], place: int) -> int:
    """The one to compare with: the last of the same source, else the last of all."""
    source = versions[place].source
    same = (at for at in reversed(range(place)) if versions[at].source == source)
    return next(same, place - 1)


def _since_read(versions: Sequence[TextVersion], headline: Headline) -> tuple[int, int] | None:
    """The text that was read and the newest one like it, if that came in since."""
    places = {one.number: at for at, one in enumerate(versions)}
    read = places.get(headline.read_version)
    if read is None:
        return None
    later = [
        at
        for number, at in places.items()
        if number > headline.read_version and versions[at].source == versions[read].source
    ]
    return (read, max(later)) if later else None


def _affected(
    older: TextVersion, passages: Sequence[Passage], claims: Sequence[Claim]
) -> tuple[Affected, ...]:
    found = []
    for claim in claims:
        if not claim.marking.holds:
            continue
        place = _place_in(older, claim)
        if place is None:
            continue
        hit = (
            number
            for number, passage in enumerate(passages)
            if passage.kind != "same"
            and passage.before is not None
            and passage.before.overlaps(place)
        )
        number = next(hit, None)
        if number is not None:
            found.append(Affected(number, claim))
    return tuple(found)


def _place_in(version: TextVersion, claim: Claim) -> Span | None:
    """Where the claim's quote stands in a text; None if it does not."""
    anchor, text = claim.marking.anchor, version.text
    if text[anchor.span.start : anchor.span.end] == anchor.exact:
        return anchor.span
    at = text.find(anchor.exact)
    return Span(at, at + len(anchor.exact)) if at >= 0 and anchor.exact else None
