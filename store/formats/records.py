"""The shape of the export: from these structs come both the document and its JSON Schema.

Every member is always present, and nothing else may be: a reader never has to guess what a missing
one means. The target follows the W3C's Web Annotation Data Model, 4.2.4 and 4.2.5
(https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from store.model import (
    ID_BITS,
    Act,
    AnchorState,
    Basis,
    Origin,
    Polarity,
    Review,
    Status,
    Unit,
)

FORMAT: Final = "wiredesk-export/1"

Time = Annotated[
    datetime,
    Meta(tz=True, extra_json_schema={"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}),
]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the text in UTF-8.")]
Link = Annotated[
    str,
    Meta(description="Without parameters that only follow a reader, unless its desk keeps them."),
]
Number = Annotated[int, Meta(ge=0, lt=2**ID_BITS)]
Offset = Annotated[int, Meta(ge=0, description="In Unicode code points of the article's text.")]
Score = Annotated[float, Meta(ge=0, le=1)]
Count = Annotated[int, Meta(ge=1)]


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every part of an export is."""


class ExportedCode(Record, frozen=True):
    """One value that a dimension allows."""

    id: str
    label: str
    definition: str
    include: tuple[str, ...]
    exclude: Annotated[tuple[str, ...], Meta(description="What belongs under another code.")]
    mappings: Annotated[tuple[str, ...], Meta(description="What other schemes call it.")]
    merged_into: Annotated[
        str, Meta(description="The code that its claims read as since they were merged.")
    ]


class ExportedDimension(Record, frozen=True):
    """One question that every claim answers, as signal, company or region."""

    id: str
    label: str
    kind: Annotated[
        Literal["closed", "open", "region"],
        Meta(description="Codes from the list here, any company, or ISO 3166 and region groups."),
    ]
    several: Annotated[bool, Meta(description="Whether a claim may carry more than one code.")]
    codes: tuple[ExportedCode, ...]
    retired: Annotated[
        tuple[ExportedCode, ...],
        Meta(description="Codes that only older claims carry: retired, or merged into others."),
    ]


class ExportedCodebook(Record, frozen=True):
    """The codebook in force when the export was made; claims name the one they were made with."""

    id: str
    version: str
    title: str
    dimensions: tuple[ExportedDimension, ...]


class ExportedIdentifiers(Record, frozen=True):
    """What registers call a company; empty where nobody gave one."""

    lei: Annotated[str, Meta(description="Legal Entity Identifier, ISO 17442.")]
    ticker: Annotated[str, Meta(description="Market (ISO 10383) and symbol, as XNAS:NVDA.")]
    wikidata: Annotated[str, Meta(description="As Q116758847.")]


class ExportedCompany(Record, frozen=True):
    """A company that at least one claim names, as the desk knows it now."""

    id: str
    name: str
    aliases: tuple[str, ...]
    identifiers: ExportedIdentifiers
    merged_into: Annotated[
        str, Meta(description="Id of the company that stands for it now, which is here too.")
    ]


class ExportedArticle(Record, frozen=True):
    """An article that at least one claim is about, as the desk knows it now."""

    id: Number
    feed: Number
    feed_address: Annotated[str, Meta(description="Empty when the subscription has ended.")]
    feed_title: str
    url: Link
    title: str
    author: str
    published: Time | None
    language: Annotated[str, Meta(description="ISO 639-1 code, or empty when the feed is silent.")]
    text_sha256: Hash
    text_version: Count


class QuoteSelector(Record, frozen=True, tag_field="type", tag="TextQuoteSelector"):
    """The passage in its own words, with up to 32 characters around it."""

    exact: str
    prefix: str
    suffix: str


class PositionSelector(Record, frozen=True, tag_field="type", tag="TextPositionSelector"):
    """The passage by place, end exclusive; titles and blocks are joined by one line feed."""

    start: Offset
    end: Offset


class ExportedAnchor(Record, frozen=True):
    """How surely the passage was found again when the article's text changed."""

    state: AnchorState
    score: Score


class ExportedTarget(Record, frozen=True):
    """The passage a claim is about, told so that the claim stands without its article."""

    article: Number
    feed: Number
    source: str
    address: Link
    title: str
    published: Time | None
    text_sha256: Hash
    text_version: Count
    unit: Unit
    selectors: tuple[QuoteSelector, PositionSelector]
    anchor: ExportedAnchor


class Mention(Record, frozen=True):
    """Where the text names a tag's value, end exclusive."""

    start: Offset
    end: Offset


class ExportedTag(Record, frozen=True):
    """One value on a claim, and whether a person or a machine brought it."""

    dimension: str
    code: str
    label: str
    origin: Annotated[Origin, Meta(description="Accepting a suggestion does not change it.")]
    basis: Annotated[Basis, Meta(description="Chosen, or came along with what was chosen.")]
    score: Annotated[Score | None, Meta(description="The suggester's, if it came from there.")]
    reason: str
    mention: Mention | None


class ExportedDate(Record, frozen=True):
    """When the thing that is told of happens, as exactly as the text says."""

    value: Annotated[
        str,
        Meta(
            pattern=r"^\d{4}(-Q[1-4]|-\d\d(-\d\d)?)?$",
            description="As 2027-03-14, 2027-03, 2027-Q2 or 2027.",
        ),
    ]
    precision: Literal["day", "month", "quarter", "year"]


class ExportedQuantity(Record, frozen=True):
    """How much or how many, as 120 MW or 300 jobs."""

    value: float
    unit: str


class ExportedProvenance(Record, frozen=True):
    """Who made a claim, when, with what."""

    creator: str
    created: Time
    modified: Time
    generator: str
    codebook: str
    codebook_version: str
    suggester: str


class ExportedStep(Record, frozen=True):
    """One line of a claim's history; lines are only ever added."""

    rev: Count
    at: Time
    by: str
    act: Act
    operation: Annotated[str, Meta(description="Shared by all claims that one act changed.")]
    takes_back: Annotated[str, Meta(description="The operation that undo or redo reversed.")]


class ExportedClaim(Record, frozen=True):
    """What a passage says: signals, companies, regions, and how far they can be relied on."""

    id: Annotated[str, Meta(pattern="^urn:uuid:[0-9a-f-]{36}$")]
    rev: Count
    target: ExportedTarget
    tags: tuple[ExportedTag, ...]
    status: Status
    polarity: Annotated[
        Polarity | None, Meta(description="Direction for the company, not the mood of the text.")
    ]
    confidence: Annotated[int, Meta(ge=0, le=100, description="As in STIX 2.1.")] | None
    event_date: ExportedDate | None
    quantities: tuple[ExportedQuantity, ...]
    note: str
    flag: bool
    review: Review
    deleted: Annotated[bool, Meta(description="Removed by a person; exported only when asked for.")]
    decides_on: Annotated[
        tuple[str, ...], Meta(description="Claims that this one, an adjudicator's, stands for.")
    ]
    adjudicated_by: Annotated[
        str | None, Meta(description="The claim that stands for this one; count that, not this.")
    ]
    provenance: ExportedProvenance
    history: tuple[ExportedStep, ...]


class ExportedCoverage(Record, frozen=True):
    """That somebody read an article to its end, whether or not there was anything to claim."""

    article: Number
    feed: Number
    text_version: Count
    annotator: str
    state: Literal["coded", "nothing_found"]
    codebook_version: str
    at: Time
    seconds: Annotated[int, Meta(ge=0, description="Spent on it, pauses not counted.")]


class ExportDocument(Record, frozen=True):
    """Claims of a Wiredesk desk, with the articles and the codebook they refer to."""

    format: Literal["wiredesk-export/1"]
    generated: Time
    generator: str
    codebook: ExportedCodebook
    companies: tuple[ExportedCompany, ...]
    articles: tuple[ExportedArticle, ...]
    claims: tuple[ExportedClaim, ...]
    coverage: Annotated[
        tuple[ExportedCoverage, ...], Meta(description="Who is done with which article.")
    ]
