"""What a key does to the sentence in focus: the table of the design, as pure functions.

A key meets a ``Focus`` (the sentence, what is already said of it, the chips on show) and gives a
``Reaction``: what to write, what to keep in mind unsaved, where the cursor goes, what to say.
Nothing here touches the screen or the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from store.model import (
    Act,
    Claim,
    Review,
    Sentence,
    Span,
    Suggested,
    Suggestion,
    Tag,
    Unit,
    Value,
)

RANKED_SIGNALS = 3
"""So many signals always stand first among the chips, sure or not."""
MOST_CHIPS = 9
"""A digit names a chip."""

Kind = Literal["plain", "suggested", "draft", "claim"]


class Chip(Value, frozen=True, kw_only=True):
    """One value on show for the sentence in focus, ticked or not; its digit is its place."""

    tag: Tag
    on: bool
    tentative: bool = False
    """Ticked by a machine and not yet by a person: drawn with a question mark."""


class Focus(Value, frozen=True, kw_only=True):
    """The sentence that keys act on, and what is said of it so far."""

    sentence: Sentence
    kind: Kind
    span: Span
    """What a claim would quote: the sentence, unless its edges were moved."""
    chips: tuple[Chip, ...]
    claim: Claim | None = None
    """What is stored, for a draft or a claim."""
    unsaved: bool = False
    """Chips or edges were changed and nothing is stored yet."""

    @property
    def ticked(self) -> tuple[Tag, ...]:
        """The values that a key would store."""
        return tuple(chip.tag for chip in self.chips if chip.on)

    @property
    def has_signal(self) -> bool:
        """Whether a signal is ticked."""
        return any(tag.dimension == "signal" for tag in self.ticked)

    @property
    def unit(self) -> Unit:
        """Whether the quote is the whole sentence or a part of it (or more)."""
        return "sentence" if self.span == self.sentence.span else "span"


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

# ---------------------------------------------------------------- what is in focus


def was_taken_back(claim: Claim) -> bool:
    """Whether its making was undone: then it counts as never made."""
    return claim.marking.deleted and bool(claim.history) and claim.history[-1].act == "undo"


def standing(claims: Iterable[Claim], sentence: Sentence) -> list[Claim]:
    """The drafts and claims that a sentence owns: those that start in it, longest first."""
    owned = [
        claim
        for claim in claims
        if not claim.marking.deleted
        and claim.marking.review != "rejected"
        and claim.marking.anchor.state != "orphan"
        and sentence.span.start <= claim.marking.anchor.span.start < sentence.span.end
    ]
    return sorted(owned, key=lambda claim: (-len(claim.marking.anchor.span), claim.id))


def is_answered(claims: Iterable[Claim], sentence: Sentence) -> bool:
    """Whether somebody already said yes, no or something else to what is suggested here."""
    return any(
        sentence.span.start <= claim.marking.anchor.span.start < sentence.span.end
        and not was_taken_back(claim)
        for claim in claims
    )


def focus_on(
    sentence: Sentence,
    suggestion: Suggestion,
    claims: Sequence[Claim],
    *,
    nth: int = 0,
    another: bool = False,
) -> Focus:
    """What a key would act on: the nth claim of the sentence, else its suggestion, else nothing.

    ``another`` asks for a further claim on a sentence that has one already.
    """
    owned = standing(claims, sentence)
    if owned and not another:
        claim = owned[min(nth, len(owned) - 1)]
        return focus_on_claim(sentence, suggestion, claim)
    open_to_suggest = not is_answered(claims, sentence)
    sure = open_to_suggest and any(value.shown for value in suggestion.of("signal"))
    return Focus(
        sentence=sentence,
        kind="suggested" if sure else "plain",
        span=sentence.span,
        chips=_chips(suggestion, ticked=lambda value: value.shown and _may_tick(value, sure)),
    )


def _may_tick(value: Suggested, sure: bool) -> bool:
    return sure or value.dimension != "signal"


def focus_on_claim(sentence: Sentence, suggestion: Suggestion, claim: Claim) -> Focus:
    """A stored draft or claim, its own values ticked and the suggested rest beside them."""
    marking = claim.marking
    is_draft = marking.review == "draft"
    own = {tag.key for tag in marking.tags}
    others = [chip for chip in _chips(suggestion) if chip.tag.key not in own]
    chips = [
        Chip(tag=tag, on=True, tentative=is_draft and _is_implied(tag)) for tag in marking.tags
    ]
    return Focus(
        sentence=sentence,
        kind="draft" if is_draft else "claim",
        span=marking.anchor.span,
        chips=_arranged([*chips, *others]),
        claim=claim,
    )


def _is_implied(tag: Tag) -> bool:
    return tag.origin == "suggested" and tag.basis == "implied"


def tag_of(value: Suggested) -> Tag:
    """A suggested value as the tag it becomes when it merely comes along."""
    return Tag(
        dimension=value.dimension,
        code=value.code,
        label=value.label,
        origin="suggested",
        basis="implied",
        score=value.score,
        reason=value.reason,
        mention=value.mention,
    )


def _chips(
    suggestion: Suggestion, ticked: Callable[[Suggested], bool] = lambda _: False
) -> tuple[Chip, ...]:
    chips = [
        Chip(tag=tag_of(value), on=ticked(value), tentative=ticked(value))
        for value in suggestion.values
    ]
    return _arranged(chips)


def _arranged(chips: Iterable[Chip]) -> tuple[Chip, ...]:
    """Signals first and at least three of them, then companies, regions and the rest.

    What is ticked is never left out, even where there are no digits left for it.
    """
    chips = list(chips)
    signals = [chip for chip in chips if chip.tag.dimension == "signal"]
    signals = _some(signals, RANKED_SIGNALS)
    by_place = {"company": 0, "region": 1}
    others = [chip for chip in chips if chip.tag.dimension != "signal"]
    others.sort(key=lambda chip: by_place.get(chip.tag.dimension, 2))
    return (*signals, *_some(others, MOST_CHIPS - len(signals)))


def _some(chips: Sequence[Chip], most: int) -> list[Chip]:
    room = max(0, most - sum(chip.on for chip in chips))
    kept = []
    for chip in chips:
        if chip.on or room > 0:
            kept.append(chip)
            room -= not chip.on
    return kept


# ---------------------------------------------------------------- the keys


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
    return Reaction(write=_written(focus, focus.ticked, "accepted"), goes="next")


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
    turned_on = not chip.on
    if chip.tag.dimension == "signal" and turned_on and focus.kind != "claim":
        return signal(focus, chip.tag)
    explicit = replace(chip.tag, basis="explicit")
    changed = Chip(tag=explicit, on=turned_on)
    chips = tuple(changed if one is chip else one for one in focus.chips)
    shown = replace(focus, chips=chips)
    if focus.kind in ("plain", "suggested"):
        return Reaction(unsaved=replace(shown, unsaved=True), say=NOT_SAVED)
    if focus.kind == "claim" and not shown.has_signal:
        return Reaction(write=_written(shown, shown.ticked, "draft"), say=PICK_A_SIGNAL)
    return Reaction(write=_written(shown, shown.ticked, _review_of(focus)))


def signal(focus: Focus, chosen: Tag) -> Reaction:
    """Say what kind of signal the sentence is: that makes it a claim."""
    chosen = replace(chosen, basis="explicit")
    held = focus.claim.marking.values("signal") if focus.claim else ()
    if focus.kind == "claim" and [tag.code for tag in held] == [chosen.code]:
        return Reaction(say=f"already {chosen.label}")
    rest = [tag for tag in focus.ticked if tag.dimension != "signal"]
    return Reaction(write=_written(focus, (chosen, *rest), "accepted"))


def further_signal(focus: Focus, chosen: Tag) -> Reaction:
    """Add a signal to those that are there."""
    if not focus.has_signal:
        return signal(focus, chosen)
    if any(tag.key == chosen.key and not _is_implied(tag) for tag in focus.ticked):
        return Reaction(say=f"already {chosen.label}")
    tags = _with(focus.ticked, replace(chosen, basis="explicit"))
    return Reaction(write=_written(focus, tags, "accepted"))


def pick(focus: Focus, chosen: Tag) -> Reaction:
    """Add a company, a region or another value; without a signal that is a draft."""
    tags = _with(focus.ticked, replace(chosen, basis="explicit"))
    if focus.kind == "claim" and tags == focus.ticked:
        return Reaction(say=f"already {chosen.label}")
    return Reaction(write=_written(focus, tags, _review_of(focus)))


def _with(tags: Sequence[Tag], added: Tag) -> tuple[Tag, ...]:
    """The tags and one more; a value that is there already keeps its place and its origin."""
    if any(tag.key == added.key for tag in tags):
        return tuple(
            replace(tag, basis="explicit") if tag.key == added.key else tag for tag in tags
        )
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


def reshape(focus: Focus, span: Span) -> Reaction:
    """Quote other words."""
    if span == focus.span:
        return Reaction(say="no further in this paragraph")
    shaped = replace(focus, span=span)
    if focus.claim is None:
        return Reaction(unsaved=replace(shaped, unsaved=True), say=NOT_SAVED)
    write = _written(shaped, focus.claim.marking.tags, _review_of(focus))
    return Reaction(write=replace(write, act="shape"))


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
    return Reaction(write=_written(focus, tags, "accepted"))


def _review_of(focus: Focus) -> Review:
    return "accepted" if focus.kind == "claim" else "draft"


def _written(focus: Focus, tags: Sequence[Tag], review: Review) -> Write:
    return Write(
        act="retag" if focus.claim else "keep",
        claim=focus.claim.id if focus.claim else "",
        rev=focus.claim.rev if focus.claim else 0,
        span=focus.span,
        unit=focus.unit,
        tags=tuple(tags),
        review=review,
    )
