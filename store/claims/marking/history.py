"""How claims change and how a change is taken back: every act adds a step, undo adds one more.

Undo and redo are read off the steps alone, so they still work after a restart and never touch
what somebody else did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from store.model import (
    Act,
    Anchor,
    Claim,
    Coverage,
    CoverageStep,
    Marking,
    Provenance,
    Step,
    Tag,
    Target,
    Value,
)

ACTS_IN_WORDS: dict[Act, str] = {
    "keep": "the claim",
    "retag": "the change",
    "detail": "the change",
    "shape": "the new edges",
    "reject": "the rejection",
    "remove": "the removal",
    "restore": "the return",
    "confirm": "the confirmation",
    "adjudicate": "the decision",
    "cover": "that this article is done",
}


class Operation(Value, frozen=True, kw_only=True):
    """One key press that can be taken back, or taken back again."""

    id: str
    """The operation to reverse."""
    act: Act
    """What the person did at first, however often it was reversed since."""


class Stacks(Value, frozen=True, kw_only=True):
    """What one annotator can undo and redo, the latest last."""

    undo: tuple[Operation, ...] = ()
    redo: tuple[Operation, ...] = ()


def stacks(claims: Iterable[Claim], by: str, coverage: Iterable[Coverage] = ()) -> Stacks:
    """Read the annotator's undo and redo stacks off the history of what was said of an article."""
    records: list[Claim | Coverage] = [*claims, *coverage]
    steps = [step for record in records for step in record.history]
    return stacks_of([step for step in steps if not _cannot_be_reversed(step)], by)


def stacks_of(steps: Iterable[Step | CoverageStep], by: str) -> Stacks:
    """The same off steps alone, in any order, each of which can be reversed."""
    undo: list[Operation] = []
    redo: list[Operation] = []
    told: set[str] = set()
    for step in sorted(steps, key=lambda step: (step.at, step.rev)):
        if step.by != by or step.operation in told:
            continue
        told.add(step.operation)
        if step.act == "undo":
            if undo and undo[-1].id == step.takes_back:
                redo.append(replace(undo.pop(), id=step.operation))
        elif step.act == "redo":
            if redo and redo[-1].id == step.takes_back:
                undo.append(replace(redo.pop(), id=step.operation))
        else:
            undo.append(Operation(id=step.operation, act=step.act))
            redo.clear()
    return Stacks(undo=tuple(undo), redo=tuple(redo))


def _cannot_be_reversed(step: Step | CoverageStep) -> bool:
    """Whether it came in a file, which does not tell what stood before."""
    return step.rev > 1 and step.before is None


def made(
    *,
    name: UUID,
    target: Target,
    marking: Marking,
    provenance: Provenance,
    act: Act,
    operation: str,
) -> Claim:
    """A new claim with its first step."""
    first = Step(rev=1, at=provenance.created, by=provenance.creator, act=act, operation=operation)
    return Claim(
        id=name.urn,
        rev=1,
        target=target,
        marking=marking,
        provenance=provenance,
        history=(first,),
    )


def changed(
    claim: Claim,
    marking: Marking,
    *,
    act: Act,
    by: str,
    at: datetime,
    operation: str,
    takes_back: str = "",
) -> Claim:
    """The claim with another marking and one more step that remembers the old one."""
    step = Step(
        rev=claim.rev + 1,
        at=at,
        by=by,
        act=act,
        operation=operation,
        takes_back=takes_back,
        before=claim.marking,
    )
    return replace(
        claim,
        rev=step.rev,
        marking=marking,
        provenance=replace(claim.provenance, modified=at),
        history=(*claim.history, step),
    )


def reversed_by(
    claims: Iterable[Claim], operation: str, *, act: Act, by: str, at: datetime, new_operation: str
) -> tuple[Claim, ...]:
    """The claims that an operation touched, put back as they stood before it.

    A claim that the operation made becomes a tombstone whose last step says that it was undone.
    """
    put_back = []
    for claim in claims:
        step = next((step for step in claim.history if step.operation == operation), None)
        if step is None:
            continue
        before = step.before or replace(claim.marking, deleted=True)
        put_back.append(
            changed(
                claim,
                before,
                act=act,
                by=by,
                at=at,
                operation=new_operation,
                takes_back=operation,
            )
        )
    return tuple(put_back)


def remarked(
    marking: Marking | None, *, anchor: Anchor, tags: Sequence[Tag], **others: object
) -> Marking:
    """A marking with these tags at this anchor, keeping note, status and flag of the old one."""
    if marking is None:
        return replace(Marking(anchor=anchor, tags=tuple(tags)), **others)
    return replace(marking, anchor=anchor, tags=tuple(tags), **others)
