"""What a person's claims teach: for one passage and one dimension, which values were right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from store.claims.marking.focus import tag_of, was_taken_back
from store.model import Claim, Marking, Span, Suggested, Tag, Value


class Told(Value, frozen=True, kw_only=True):
    """A value as the suggester told of it."""

    code: str
    label: str
    reason: str = ""
    words: str = ""
    """The words of the passage that name it."""


class Lesson(Value, frozen=True, kw_only=True):
    """What a person said of one passage in one dimension."""

    dimension: str
    text: str
    """The words of the passage."""
    yes: tuple[str, ...] = ()
    """Codes that the person chose."""
    no: tuple[str, ...] = ()
    """Codes that were proposed, and rejected, replaced or unticked."""
    came: tuple[str, ...] = ()
    """Codes that came along with what was kept; nobody chose them."""
    source: str = ""
    """The feed's name."""
    id: str = ""
    """Of the claim that it was read off; empty for what no claim says."""
    weak: bool = False
    """Whether nobody answered this very passage: its article was left without a claim."""
    told: tuple[Told, ...] = ()
    """The values as people and rules know them; needed for open dimensions only."""

    def label(self, code: str) -> str:
        """How a value reads, as far as this lesson knows."""
        return next((one.label for one in self.told if one.code == code), code)


def lessons_of(claims: Sequence[Claim]) -> Iterator[Lesson]:
    """What the claims of one article teach, as they stand now.

    A claim that was undone or removed teaches nothing of what it held. What one claim holds is
    not wrong for another on the same words.
    """
    standing = [claim for claim in claims if not was_taken_back(claim)]
    held = _Held(standing)
    for claim in standing:
        yield from _lessons(claim, held.on(claim.marking.anchor.span))


class _Held:
    """What stands where in an article; found without asking each claim about every other."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        markings = [claim.marking for claim in claims if claim.marking.holds]
        markings.sort(key=lambda marking: marking.anchor.span.start)
        self._spans = [marking.anchor.span for marking in markings]
        self._values = [{tag.key for tag in marking.tags} for marking in markings]
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))
        """Where the claims that begin no later end at the latest: it only rises."""

    def on(self, span: Span) -> set[tuple[str, str]]:
        """The values of all that overlap a passage, by dimension and code."""
        first = bisect_right(self._reach, span.start)
        last = bisect_left(self._starts, span.end)
        return {
            key
            for at in range(first, last)
            if self._spans[at].overlaps(span)
            for key in self._values[at]
        }


def declined_by(
    suggested: Iterable[Suggested], tags: Sequence[Tag], before: Marking | None
) -> tuple[Tag, ...]:
    """What is not taken of all that was proposed unasked, now that a passage has these tags.

    ``before`` is the claim as it stood; a new one is measured by what is suggested.
    """
    if before is None:
        proposed = [tag_of(value) for value in suggested if value.shown]
    else:
        proposed = [*before.declined, *(tag for tag in before.tags if tag.reason)]
    taken = {tag.key for tag in tags}
    return tuple({tag.key: tag for tag in proposed if tag.key not in taken}.values())


def _lessons(claim: Claim, beside: set[tuple[str, str]]) -> Iterator[Lesson]:
    marking = claim.marking
    held = marking.tags if marking.holds else ()
    wrong = [*marking.declined, *(() if held else _crossed_out(marking))]
    wrong = [tag for tag in wrong if tag.key not in beside]
    for dimension in dict.fromkeys(tag.dimension for tag in (*held, *wrong)):
        kept = [tag for tag in held if tag.dimension == dimension]
        refused = [tag for tag in wrong if tag.dimension == dimension]
        yield Lesson(
            dimension=dimension,
            text=marking.anchor.exact,
            yes=tuple(tag.code for tag in kept if not _came_along(tag)),
            came=tuple(tag.code for tag in kept if _came_along(tag)),
            no=tuple(dict.fromkeys(tag.code for tag in refused)),
            source=claim.target.source,
            id=claim.id,
            told=tuple(_told(marking, tag) for tag in (*kept, *refused)),
        )


def _crossed_out(marking: Marking) -> Iterable[Tag]:
    """The signals that were proposed for a sentence that says nothing, or of a removed claim.

    Its company and region may well be named there, so they are not called wrong.
    """
    return [
        tag for tag in marking.tags if tag.dimension not in ("company", "region") and tag.reason
    ]


def _came_along(tag: Tag) -> bool:
    return tag.basis == "implied"


def _told(marking: Marking, tag: Tag) -> Told:
    words, span = "", marking.anchor.span
    if tag.mention and span.start <= tag.mention.start and tag.mention.end <= span.end:
        words = marking.anchor.exact[tag.mention.start - span.start : tag.mention.end - span.start]
    return Told(code=tag.code, label=tag.label, reason=tag.reason, words=words)
