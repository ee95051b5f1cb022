"""The same claim from two desks: which of the two is the later state, or that neither is.

Pure. A claim's history only grows, so the one whose history begins with the other's is newer.
Where both grew, nothing is overwritten: the desk keeps its own and the person is told.
"""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from store.model import Anchor, Claim, Marking, Step

Meeting = Literal["new", "same", "newer", "older", "apart"]
"""What the incoming claim is, compared with the desk's."""


def meet(here: Claim | None, incoming: Claim) -> Meeting:
    """Compare an incoming claim with the one of its id on this desk, if there is one."""
    if here is None:
        return "new"
    if here.provenance.creator != incoming.provenance.creator:
        return "apart"
    mine, theirs = _lines(here), _lines(incoming)
    if mine == theirs:
        return "same" if _says(here.marking) == _says(incoming.marking) else "apart"
    if theirs[: len(mine)] == mine:
        return "newer"
    return "older" if mine[: len(theirs)] == theirs else "apart"


def continued(here: Claim, incoming: Claim) -> Claim:
    """The desk's claim with what was done to it elsewhere since; its place on the desk stays.

    Files do not tell what stood before a step. It is known for those that were done here, and for
    the first of those that were done elsewhere.
    """
    first, *rest = incoming.history[len(here.history) :]
    return replace(
        incoming,
        target=replace(incoming.target, article=here.target.article, feed=here.target.feed),
        history=(*here.history, replace(first, before=here.marking), *rest),
    )


def _lines(claim: Claim) -> list[Step]:
    """What files tell of a history."""
    return [replace(step, before=None) for step in claim.history]


def _says(marking: Marking) -> Marking:
    """What files tell of a marking; how surely its passage was found again is each desk's own."""
    anchor = marking.anchor
    plain = Anchor(span=anchor.span, exact=anchor.exact)
    tags = sorted(marking.tags, key=lambda tag: (tag.key, tag.origin))
    bare = (replace(tag, score=None, reason="", mention=None) for tag in tags)
    return replace(marking, anchor=plain, tags=tuple(bare), declined=())
