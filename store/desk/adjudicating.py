"""Settling a disagreement: the adjudicator's claim is added, and what was claimed stays.

A decision names the claims that it stands for, its own included; exports leave those out. It is a
claim like any other, so it can be taken back, edited in its article and decided on anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from msgspec.structs import replace

from store.claims.annotators.disagreements import Disagreement
from store.claims.codebook import Codebook
from store.claims.marking.history import changed, made, reversed_by, stacks
from store.errors import DeskError
from store.model import NO_FEED, Claim, Marking, Provenance, Tag, Target
from store.shelf.shelf import Shelf
from store.version import GENERATOR

CHANGED = "What was claimed here has changed meanwhile; leave and press % to compare anew."


def taken(claims: Sequence[Claim]) -> tuple[Marking, ...]:
    """The decision that these claims, one annotator's, are right as they are."""
    return tuple(replace(claim.marking, review="adjudicated") for claim in claims)


def edited(claim: Claim, tags: Sequence[Tag]) -> tuple[Marking, ...]:
    """The decision that the passage says these values, its edges and details as in the claim."""
    return (replace(claim.marking, review="adjudicated", tags=tuple(tags)),)


def nobody(claim: Claim) -> tuple[Marking, ...]:
    """The decision that the passage says nothing."""
    return (replace(claim.marking, review="rejected"),)


class Adjudicator:
    """Writes one person's decisions; when a call returns, they are on disk.

    Every method may raise ShelfError.
    """

    def __init__(
        self, shelf: Shelf, codebook: Codebook, name: str, clock: Callable[[], datetime]
    ) -> None:
        self._shelf = shelf
        self._codebook = codebook
        self._name = name
        self._clock = clock

    def decide(self, about: Disagreement, markings: Sequence[Marking]) -> Disagreement:
        """Let these markings stand for all that was claimed of the passage.

        An earlier decision of the same person gives way; one of somebody else stays too, but no
        longer counts.

        Raises:
            DeskError: The codebook does not know a value, or the claims were changed meanwhile.
        """
        self._check(about, markings)
        target = self._target(about)
        self._shelf.keep_codebook(self._codebook.id, self._codebook.version, self._codebook.toml)
        written = self._shelf.change_claims(
            target.article,
            target.feed,
            lambda stored: self._written(about, markings, stored, target),
        )
        decisions = tuple(claim for claim in written if not claim.marking.deleted)
        return replace(about, decisions=decisions)

    def _check(self, about: Disagreement, markings: Iterable[Marking]) -> None:
        known = {tag.key for claim in about.passage.claims for tag in claim.marking.tags}
        for marking in markings:
            for tag in marking.tags:
                if tag.key not in known and (wrong := self._codebook.check(tag)):
                    raise DeskError(wrong)

    def _target(self, about: Disagreement) -> Target:
        """The article in the text that the passages were found in, which is kept."""
        of = about.passage.claims[0].target
        article = None if about.feed == NO_FEED else self._shelf.article(about.article, about.feed)
        if article is None:
            return of
        self._shelf.snapshot(article)
        return replace(
            of,
            feed=about.feed,
            address=article.headline.address,
            title=article.headline.title,
            text_hash=article.version.hash,
            version=article.version.number,
        )

    def _written(
        self,
        about: Disagreement,
        markings: Sequence[Marking],
        stored: Sequence[Claim],
        target: Target,
    ) -> list[Claim]:
        by_id = {claim.id: claim for claim in stored}
        for claim in about.passage.claims:
            if claim.id in by_id and by_id[claim.id].rev != claim.rev:
                raise DeskError(CHANGED)
        now, operation = self._clock(), uuid4().hex
        earlier = [by_id.get(claim.id, claim) for claim in about.decisions]
        mine = [claim for claim in earlier if claim.provenance.creator == self._name]
        decides_on = tuple(
            claim.id for claim in (*about.passage.claims, *(c for c in earlier if c not in mine))
        )
        removed = [
            changed(
                claim,
                replace(claim.marking, deleted=True),
                act="adjudicate",
                by=self._name,
                at=now,
                operation=operation,
            )
            for claim in mine
        ]
        added = [
            made(
                name=uuid4(),
                target=target,
                marking=replace(marking, decides_on=decides_on),
                provenance=self._provenance(now),
                act="adjudicate",
                operation=operation,
            )
            for marking in markings
        ]
        return [*removed, *added]

    def _provenance(self, now: datetime) -> Provenance:
        return Provenance(
            creator=self._name,
            created=now,
            modified=now,
            generator=GENERATOR,
            codebook=self._codebook.id,
            codebook_version=self._codebook.version,
        )

    def take_back(self) -> tuple[Claim, ...]:
        """Undo this person's last decision on the desk; returns what was put back, if anything."""
        decisions = [claim for claim in self._shelf.claims() if claim.marking.decides_on]
        undo = stacks(decisions, self._name).undo
        if not undo:
            return ()
        last = undo[-1].id
        of = next(c.target for c in decisions if any(step.operation == last for step in c.history))
        return self._shelf.change_claims(
            of.article,
            of.feed,
            lambda stored: reversed_by(
                stored,
                last,
                act="undo",
                by=self._name,
                at=self._clock(),
                new_operation=uuid4().hex,
            ),
        )
