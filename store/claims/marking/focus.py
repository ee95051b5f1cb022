"""What is in focus: a sentence, what is said of it so far, and the values on show as chips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal

from store.claims.marking.details import Details, details_of
from store.model import Claim, Sentence, Span, Suggested, Suggestion, Tag, Unit, Value

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
    details: Details = Details()
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


def was_taken_back(claim: Claim) -> bool:
    """Whether its making was undone: then it counts as never made."""
    return claim.marking.deleted and bool(claim.history) and claim.history[-1].act == "undo"


def is_standing(claim: Claim) -> bool:
    """Whether a draft or claim is shown in the text: neither removed, rejected nor lost."""
    return claim.marking.holds and claim.marking.anchor.state != "orphan"


def standing(claims: Iterable[Claim], sentence: Sentence) -> list[Claim]:
    """The drafts and claims that a sentence owns: those that start in it, longest first."""
    owned = [
        claim
        for claim in claims
        if is_standing(claim)
        and sentence.span.start <= claim.marking.anchor.span.start < sentence.span.end
    ]
    return sorted(owned, key=_longest_first)


def _longest_first(claim: Claim) -> tuple[int, datetime, str]:
    """Of equally long ones, the older first: a new one changes nobody's place."""
    return (-len(claim.marking.anchor.span), claim.provenance.created, claim.id)


def is_answered(claims: Iterable[Claim], sentence: Sentence) -> bool:
    """Whether somebody already said yes, no or something else to what is suggested here."""
    return any(
        sentence.span.start <= claim.marking.anchor.span.start < sentence.span.end
        and claim.marking.anchor.state != "orphan"
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
    chips = [Chip(tag=tag, on=True, tentative=is_draft and is_implied(tag)) for tag in marking.tags]
    return Focus(
        sentence=sentence,
        kind="draft" if is_draft else "claim",
        span=marking.anchor.span,
        chips=_arranged([*chips, *others]),
        details=details_of(marking),
        claim=claim,
    )


def is_implied(tag: Tag) -> bool:
    """Whether a machine proposed it or it was taken over, and no person chose it."""
    return tag.origin in ("suggested", "inherited") and tag.basis == "implied"


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
