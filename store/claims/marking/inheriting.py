"""What a sentence takes over from the claim above it, where it says no company or region itself."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from store.claims.marking.focus import Focus
from store.claims.marking.tagging import Reaction, Write
from store.model import Claim, Sentence, Tag

CARRIED = ("company", "region")
"""Dimensions that go on from sentence to sentence; a signal does not."""
AS_ABOVE = "as in the claim above"


def inherited(tag: Tag) -> Tag:
    """The same value said of another passage: whatever it rested on was there, not here."""
    return replace(tag, origin="inherited", basis="explicit", score=None, reason="", mention=None)


def claim_above(claims: Iterable[Claim], sentence: Sentence) -> Claim | None:
    """The claim that is read last before a sentence; of two at one place the newer."""
    above = [
        claim
        for claim in claims
        if claim.marking.review in ("accepted", "adjudicated")
        and not claim.marking.deleted
        and claim.marking.anchor.state != "orphan"
        and claim.marking.anchor.span.start < sentence.span.start
    ]
    return max(
        above,
        key=lambda claim: (claim.marking.anchor.span.start, claim.provenance.modified),
        default=None,
    )


def inherit(focus: Focus, claims: Iterable[Claim]) -> Reaction:
    """Take over company and region from the claim above, where the sentence has none ticked.

    A machine's step as much as a person's: the values are shown with a question mark until the
    draft is kept.
    """
    above = claim_above(claims, focus.sentence)
    if above is None:
        return Reaction(say="no claim above this sentence to take over from")
    held = {tag.dimension for tag in focus.ticked}
    taken = [
        replace(inherited(tag), basis="implied", reason=AS_ABOVE)
        for tag in above.marking.tags
        if tag.dimension in CARRIED and tag.dimension not in held
    ]
    if not taken:
        lacks = [dimension for dimension in CARRIED if dimension not in held]
        if not lacks:
            return Reaction(say="company and region are here already")
        return Reaction(say=f"the claim above has no {' or '.join(lacks)}")
    write = Write(
        act="retag" if focus.claim else "keep",
        claim=focus.claim.id if focus.claim else "",
        rev=focus.claim.rev if focus.claim else 0,
        span=focus.span,
        unit=focus.unit,
        tags=(*focus.ticked, *taken),
        review="accepted" if focus.kind == "claim" else "draft",
        details=focus.details if focus.claim is None else None,
    )
    return Reaction(write=write)
