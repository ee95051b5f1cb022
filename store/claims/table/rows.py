"""A claim as a row of a table: what filters, columns and bulk changes look at, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from string import punctuation
from typing import Literal, NamedTuple

from msgspec import Struct

from store.claims.codebook import Code
from store.claims.names import fold
from store.model import AnchorState, Claim, Polarity, Review, Status, Tag

State = Literal["draft", "accepted", "rejected", "adjudicated", "removed"]
"""Where a claim stands: its review, or that it was removed."""
STATES: tuple[State, ...] = ("draft", "accepted", "adjudicated", "rejected", "removed")


_APART = str.maketrans(dict.fromkeys(f"{punctuation.replace('_', '')}…–—·«»„‚", " "))


class Named(NamedTuple):
    """One value on a claim."""

    dimension: str
    code: str
    label: str


class ClaimRow(Struct, frozen=True, kw_only=True, gc=False):
    """One claim of the desk."""

    id: str
    rev: int
    place: str
    """Which file of the desk it lies in."""
    feed: int
    article: int
    version: int
    """Of the article's text, when the claim was last changed."""
    source: str
    title: str
    quote: str
    start: int
    """Where the quote begins in the text, in code points."""
    at: datetime
    """Of the article, or of the claim where the article has no date."""
    created: datetime
    modified: datetime
    by: str
    state: State
    status: Status
    polarity: Polarity | None
    confidence: int | None
    note: str
    flag: bool
    dated: bool
    """Whether it says when the thing happens."""
    quantities: int
    anchor: AnchorState
    tags: tuple[Named, ...]
    words: str
    """All that free text is looked for in: ``worded``."""

    def values(self, dimension: str) -> list[Named]:
        """The values of one dimension, in the order they were given."""
        return [tag for tag in self.tags if tag.dimension == dimension]

    def codes(self, dimension: str) -> list[str]:
        """Their codes."""
        return [tag.code for tag in self.tags if tag.dimension == dimension]


class _Part(Struct, frozen=True, gc=False):
    """A part of a claim as it lies on disk, without what a row does not need."""


class _Tag(_Part, frozen=True, gc=False):
    dimension: str
    code: str
    label: str


class _Span(_Part, frozen=True, gc=False):
    start: int


class _Anchor(_Part, frozen=True, gc=False):
    span: _Span
    exact: str
    state: AnchorState = "anchored"


class _Something(_Part, frozen=True, gc=False):
    pass


class _Marking(_Part, frozen=True, gc=False):
    anchor: _Anchor
    tags: tuple[_Tag, ...] = ()
    review: Review = "accepted"
    status: Status = "reported"
    polarity: Polarity | None = None
    confidence: int | None = None
    note: str = ""
    flag: bool = False
    event_date: _Something | None = None
    quantities: tuple[_Something, ...] = ()
    deleted: bool = False


class _Target(_Part, frozen=True, gc=False):
    article: int
    feed: int
    source: str
    title: str
    version: int
    published: datetime | None = None


class _Provenance(_Part, frozen=True, gc=False):
    creator: str
    created: datetime
    modified: datetime


class ReadClaim(_Part, frozen=True, gc=False):
    """A claim as far as a row needs it: its history, which is most of it, is not even decoded."""

    id: str
    rev: int
    target: _Target
    marking: _Marking
    provenance: _Provenance
    format: int = 1
    """Of its record."""


class RowMaker:
    """Makes rows; what many claims say in the same words is kept once."""

    def __init__(self, merged: Mapping[tuple[str, str], Code] | None = None) -> None:
        """``merged`` are the codes that read as others, by dimension and id."""
        self._merged = merged or {}
        self._named: dict[tuple[str, str, str], Named] = {}
        self._texts: dict[str, str] = {}

    def row_of(self, claim: Claim | ReadClaim, place: str = "") -> ClaimRow:
        """The claim as a row."""
        target, marking, provenance = claim.target, claim.marking, claim.provenance
        anchor, tags = marking.anchor, tuple([self._name(tag) for tag in marking.tags])
        if self._merged:
            tags = tuple(dict.fromkeys(tags))
        labels = " ".join([tag.label for tag in tags])
        return ClaimRow(
            id=claim.id,
            rev=claim.rev,
            place=place,
            feed=target.feed,
            article=target.article,
            version=target.version,
            source=self._once(target.source),
            title=self._once(target.title),
            quote=anchor.exact,
            start=anchor.span.start,
            at=target.published or provenance.created,
            created=provenance.created,
            modified=provenance.modified,
            by=self._once(provenance.creator),
            state="removed" if marking.deleted else marking.review,
            status=marking.status,
            polarity=marking.polarity,
            confidence=marking.confidence,
            note=marking.note,
            flag=marking.flag,
            dated=marking.event_date is not None,
            quantities=len(marking.quantities),
            anchor=anchor.state,
            tags=tags,
            words=worded(f"{anchor.exact}\n{target.title}\n{marking.note}\n{labels}"),
        )

    def _name(self, tag: Tag | _Tag) -> Named:
        key = (tag.dimension, tag.code, tag.label)
        if key not in self._named:
            code = self._merged.get(key[:2])
            today = key if code is None else (tag.dimension, code.id, code.label)
            self._named[key] = Named(*today)
        return self._named[key]

    def _once(self, text: str) -> str:
        return self._texts.setdefault(text, text)


def folded(text: str) -> str:
    """The text as free text is compared: like ``fold``, and quick where quotes are curly."""
    return fold(text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"'))


def worded(text: str) -> str:
    """The words of a text, folded, a space before and after each: so words are found at once."""
    return f" {' '.join(folded(text).translate(_APART).split())} "
