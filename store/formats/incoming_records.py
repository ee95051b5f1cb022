"""What is asked of the files of others: fewer members than we write, and none that must not be.

Members that are not known here are passed over; each optional one has a default.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from store.formats.records import Count, Hash, Mention, Number, Offset, Score
from store.model import (
    Act,
    AnchorState,
    Basis,
    CoverageState,
    Origin,
    Polarity,
    Review,
    Status,
    Unit,
)

MOST_TAGS: Final = 100
MOST_STEPS: Final = 10_000
MOST_IDS: Final = 1_000

Instant = Annotated[datetime, Meta(tz=True)]


class IncomingDocument(Struct, frozen=True, kw_only=True):
    """A file of claims, each still as it was written."""

    format: str = ""
    claims: tuple[msgspec.Raw, ...] = ()
    coverage: tuple[msgspec.Raw, ...] = ()


class IncomingAnchor(Struct, frozen=True, kw_only=True):
    """How surely the passage had been found again."""

    state: AnchorState = "anchored"
    score: Score = 1.0


class IncomingSelector(Struct, frozen=True, kw_only=True):
    """A quotation or a position."""

    type: str
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    start: Offset = 0
    end: Offset = 0


class IncomingTarget(Struct, frozen=True, kw_only=True):
    """The passage a claim is about."""

    article: Number
    text_sha256: Hash
    selectors: Annotated[tuple[IncomingSelector, ...], Meta(max_length=10)]
    source: str = ""
    address: str = ""
    title: str = ""
    published: Instant | None = None
    text_version: Count = 1
    unit: Unit = "sentence"
    anchor: IncomingAnchor = IncomingAnchor()


class IncomingTag(Struct, frozen=True, kw_only=True):
    """One value on a claim."""

    dimension: str
    code: str
    label: str = ""
    origin: Origin = "imported"
    basis: Basis = "explicit"
    score: Score | None = None
    reason: str = ""
    mention: Mention | None = None


class IncomingProvenance(Struct, frozen=True, kw_only=True):
    """Who made a claim, when, with what."""

    creator: str
    created: Instant
    modified: Instant | None = None
    generator: str = ""
    codebook: str = ""
    codebook_version: str = ""
    suggester: str = ""


class IncomingStep(Struct, frozen=True, kw_only=True):
    """One line of a claim's history."""

    rev: Count
    at: Instant
    by: str
    act: Act
    operation: str
    takes_back: str = ""


class IncomingDate(Struct, frozen=True, kw_only=True):
    """When the thing that is told of happens."""

    value: Annotated[str, Meta(pattern=r"^\d{4}(-Q[1-4]|-\d\d(-\d\d)?)?$")]
    precision: Literal["day", "month", "quarter", "year"]


class IncomingQuantity(Struct, frozen=True, kw_only=True):
    """How much or how many."""

    value: float
    unit: str


class IncomingClaim(Struct, frozen=True, kw_only=True):
    """A claim as a file tells it."""

    id: str
    target: IncomingTarget
    provenance: IncomingProvenance
    rev: Count = 1
    tags: Annotated[tuple[IncomingTag, ...], Meta(max_length=MOST_TAGS)] = ()
    status: Status = "reported"
    polarity: Polarity | None = None
    confidence: Annotated[int, Meta(ge=0, le=100)] | None = None
    event_date: IncomingDate | None = None
    quantities: Annotated[tuple[IncomingQuantity, ...], Meta(max_length=MOST_TAGS)] = ()
    note: str = ""
    flag: bool = False
    review: Review = "accepted"
    deleted: bool = False
    decides_on: Annotated[tuple[str, ...], Meta(max_length=MOST_IDS)] = ()
    history: Annotated[tuple[IncomingStep, ...], Meta(max_length=MOST_STEPS)] = ()


class IncomingCoverage(Struct, frozen=True, kw_only=True):
    """That somebody was done with an article."""

    article: Number
    annotator: str
    state: CoverageState
    at: Instant
    text_version: Count = 1
    codebook_version: str = ""
    seconds: Annotated[int, Meta(ge=0, lt=2**31)] = 0
