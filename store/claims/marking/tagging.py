"""What a key does to the sentence in focus: the table of the design, as pure functions.

A key meets a ``Focus`` and gives a ``Reaction``: what to write, what to keep in mind unsaved,
where the cursor goes, what to say. Nothing here touches the screen or the disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from store.claims.marking.details import Details
from store.claims.marking.focus import MOST_CHIPS, Chip, Focus, is_implied
from store.model import Act, Review, Span, Tag, Unit, Value


class Write(Value, frozen=True, kw_only=True):
    """What is to be stored: the whole of what is then said of one passage."""

    act: Act
    claim: str = ""
    """Id of the claim that changes; empty for a new one."""
    rev: int = 0
    """Of that claim as the person saw it: a change made elsewhere meanwhile is not overwritten."""
    span: Span
    unit: Unit
    tags: tuple[Tag, ...]
    review: Review
    details: Details | None = None
    """Status, note and the like; None leaves them as they are."""


class Reaction(Value, frozen=True, kw_only=True):
    """The answer to a key."""

    say: str = ""
    write: Write | None = None
    unsaved: Focus | None = None
    """The focus to show from now on, not stored."""
    goes: Literal["stay", "next"] = "stay"
    """"next" is the next suggestion, if there is one."""


NOT_SAVED = "not saved · enter keeps"
PICK_A_SIGNAL = "pick a signal: s and its key, or a digit"


def enter(focus: Focus) -> Reaction:
    """Keep what is ticked and go on; on a plain sentence only go on."""
    if focus.kind == "claim":
        return _confirmed(focus)
    if focus.kind == "plain" and not focus.unsaved:
        return Reaction(goes="next")
    if not focus.has_signal:
        if focus.kind == "draft":
            return Reaction(say=PICK_A_SIGNAL)
        return Reaction(write=_written(focus, focus.ticked, "draft"), say=PICK_A_SIGNAL)
    return Reaction(write=_written(focus, focus.ticked, _settled(focus)), goes="next")


def _confirmed(focus: Focus) -> Reaction:
    claim = focus.claim
    if claim is None or claim.marking.anchor.state == "anchored":
        return Reaction(goes="next")
    write = _written(focus, claim.marking.tags, claim.marking.review)
    return Reaction(write=replace(write, act="confirm"), goes="next")


def digit(focus: Focus, number: int) -> Reaction:
    """Invert the chip of that number (from 1)."""
    if not 1 <= number <= min(MOST_CHIPS, len(focus.chips)):
        return Reaction(say=f"there is no {number} here")
    chip = focus.chips[number - 1]
    if chip.tag.dimension == "signal" and not chip.on and focus.kind != "claim":
        return signal(focus, chip.tag)
    return _inverted(focus, chip)


def _inverted(focus: Focus, chip: Chip) -> Reaction:
    changed = Chip(tag=chosen_by_hand(chip.tag), on=not chip.on)
    chips = tuple(changed if one is chip else one for one in focus.chips)
    shown = replace(focus, chips=chips)
    if focus.kind in ("plain", "suggested"):
        return Reaction(unsaved=replace(shown, unsaved=True), say=NOT_SAVED)
    if focus.kind == "claim" and not shown.has_signal:
        return Reaction(write=_written(shown, shown.ticked, "draft"), say=PICK_A_SIGNAL)
    return Reaction(write=_written(shown, shown.ticked, _review_of(focus)))


def signal(focus: Focus, chosen: Tag) -> Reaction:
    """Say what kind of signal the sentence is: that makes it a claim."""
    chosen = chosen_by_hand(chosen)
    held = focus.claim.marking.values("signal") if focus.claim else ()
    if focus.kind == "claim" and [tag.code for tag in held] == [chosen.code]:
        return Reaction(say=f"already {chosen.label}")
    rest = [tag for tag in focus.ticked if tag.dimension != "signal"]
    return Reaction(write=_written(focus, (chosen, *rest), _settled(focus)))


def further_signal(focus: Focus, chosen: Tag) -> Reaction:
    """Add a signal to those that are there."""
    if not focus.has_signal:
        return signal(focus, chosen)
    if any(tag.key == chosen.key and not is_implied(tag) for tag in focus.ticked):
        return Reaction(say=f"already {chosen.label}")
    tags = _with(focus.ticked, chosen_by_hand(chosen))
    return Reaction(write=_written(focus, tags, _settled(focus)))


def pick(focus: Focus, chosen: Tag, *, only: bool = False) -> Reaction:
    """Add a company, a region or another value; without a signal that is a draft.

    ``only`` puts it in the place of the others of its dimension. What is stored already and has
    no digit to take it off is taken off by this.
    """
    for chip in focus.chips[MOST_CHIPS:]:
        if chip.tag.key == chosen.key and comes_off(focus, chip):
            reaction: Reaction = replace(_inverted(focus, chip), say=f"{chosen.label} taken off")
            return reaction
    beside = [
        tag
        for tag in focus.ticked
        if not only or tag.dimension != chosen.dimension or tag.key == chosen.key
    ]
    tags = _with(beside, chosen_by_hand(chosen))
    if focus.kind == "claim" and tags == focus.ticked:
        return Reaction(say=f"already {chosen.label}")
    return Reaction(write=_written(focus, tags, _review_of(focus)))


def comes_off(focus: Focus, chip: Chip) -> bool:
    """Whether picking the value of a chip takes it off: no digit does, and a person chose it."""
    has_digit = any(one is chip for one in focus.chips[:MOST_CHIPS])
    return focus.claim is not None and chip.on and not (chip.tentative or has_digit)


def chosen_by_hand(tag: Tag) -> Tag:
    """A value as a person chose it; one that nothing in the text proposed is theirs alone."""
    if tag.origin == "suggested" and not tag.score:
        return replace(tag, origin="manual", basis="explicit", score=None, reason="", mention=None)
    return replace(tag, basis="explicit")


def _with(tags: Sequence[Tag], added: Tag) -> tuple[Tag, ...]:
    """The tags and one more; a value that is there already keeps its place and its origin."""
    if any(tag.key == added.key for tag in tags):
        return tuple(chosen_by_hand(tag) if tag.key == added.key else tag for tag in tags)
    return (*tags, added)


def cross_out(focus: Focus) -> Reaction:
    """Say no to a suggestion, or take a stored claim away."""
    if focus.kind == "suggested":
        shown = tuple(chip.tag for chip in focus.chips if chip.on)
        write = replace(_written(focus, shown, "rejected"), act="reject")
        return Reaction(write=write, goes="next", say="rejected")
    if focus.claim is not None:
        write = _written(focus, focus.claim.marking.tags, focus.claim.marking.review)
        return Reaction(write=replace(write, act="remove"), say="removed")
    return Reaction(say="nothing to remove here")


def reshape(focus: Focus, span: Span, *, refusal: str = "no further in this paragraph") -> Reaction:
    """Quote other words; ``refusal`` is said where they are the same."""
    if span == focus.span:
        return Reaction(say=refusal)
    shaped = replace(focus, span=span)
    if focus.claim is None:
        return Reaction(unsaved=replace(shaped, unsaved=True), say=NOT_SAVED)
    write = _written(shaped, focus.claim.marking.tags, _review_of(focus))
    return Reaction(write=replace(write, act="shape"))


def detail(focus: Focus, details: Details, *, at_once: bool = False) -> Reaction:
    """Say more of a passage than its tags do, or less.

    ``at_once`` makes a draft of a sentence of which nothing is stored yet: for what a person wrote
    in words of their own, which must not get lost.
    """
    if details == focus.details:
        return Reaction(say="no change")
    changed = replace(focus, details=details)
    if focus.claim is not None:
        write = _written(changed, focus.claim.marking.tags, focus.claim.marking.review)
        return Reaction(write=replace(write, act="detail", details=details))
    if at_once:
        return Reaction(write=_written(changed, focus.ticked, "draft"))
    return Reaction(unsaved=replace(changed, unsaved=True), say=NOT_SAVED)


def repeat(focus: Focus, last: Sequence[Tag]) -> Reaction:
    """Say the same of this sentence as was last said of another."""
    if not last:
        return Reaction(say="nothing to repeat yet: keep a claim first")
    if focus.kind == "claim":
        return Reaction(say="this sentence has a claim; & adds another")
    tags = tuple(
        replace(tag, origin="inherited", basis="explicit", score=None, reason="", mention=None)
        for tag in last
    )
    return Reaction(write=_written(focus, tags, _settled(focus)))


def _review_of(focus: Focus) -> Review:
    return _settled(focus) if focus.kind == "claim" else "draft"


def _settled(focus: Focus) -> Review:
    """What a claim is once it has a signal: what settled a disagreement goes on doing so."""
    marking = focus.claim.marking if focus.claim else None
    decides = marking and (marking.decides_on or marking.review == "adjudicated")
    return "adjudicated" if decides else "accepted"


def _written(focus: Focus, tags: Sequence[Tag], review: Review) -> Write:
    return Write(
        act="retag" if focus.claim else "keep",
        claim=focus.claim.id if focus.claim else "",
        rev=focus.claim.rev if focus.claim else 0,
        span=focus.span,
        unit=focus.unit,
        tags=tuple(tags),
        review=review,
        details=focus.details if focus.claim is None else None,
    )
