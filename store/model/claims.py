"""Claims: what somebody says of a passage, where it points, and all that became of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal

from store.model.text import Span, Value

Origin = Literal["manual", "suggested", "inherited", "imported"]
Basis = Literal["explicit", "implied"]
Review = Literal["draft", "accepted", "rejected", "adjudicated"]
AnchorState = Literal["anchored", "moved", "fuzzy", "orphan"]
Unit = Literal["sentence", "span"]
Status = Literal[
    "rumoured", "planned", "announced", "under_way", "completed", "cancelled", "denied", "reported"
]
Polarity = Literal["positive", "negative", "neutral", "unclear"]

COLOURS: Final = ("other", "growth", "money", "people", "rules", "risk")
"""What a signal may be about; every theme has a colour for each."""


class Tag(Value, frozen=True, kw_only=True):
    """One value on a claim: a signal, a company, a region, or a dimension of the user's own."""

    dimension: str
    """Id of a dimension of the codebook, as "signal"."""
    code: str
    """Id of the value, as "hiring", "org:anthropic", "JP"."""
    label: str
    """How it reads, kept so that a claim stands alone."""
    origin: Origin = "manual"
    """Where the value came from; accepting a suggestion does not change it."""
    basis: Basis = "explicit"
    """Whether a person chose it, or it came along with what was chosen."""
    score: float | None = None
    """The suggester's, 0 to 1, if it came from there."""
    reason: str = ""
    """The suggester's, in a few words."""
    mention: Span | None = None
    """Where the text names it."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two tags the same value."""
        return (self.dimension, self.code)


class Anchor(Value, frozen=True, kw_only=True):
    """Where a claim points, twice: by position and by quotation."""

    span: Span
    exact: str
    prefix: str = ""
    """Up to 32 characters before."""
    suffix: str = ""
    """Up to 32 characters after."""
    unit: Unit = "sentence"
    state: AnchorState = "anchored"
    score: float = 1.0


class Target(Value, frozen=True, kw_only=True):
    """The article a claim was made on, told so that the claim stands alone."""

    article: int
    feed: int
    source: str
    """The feed's name."""
    address: str
    title: str
    published: datetime | None = None
    text_hash: str
    version: int


class EventDate(Value, frozen=True, kw_only=True):
    """When the thing that is told of happens, as exactly as the text says."""

    value: str
    """As "2027-03-14", "2027-03", "2027-Q2" or "2027"."""
    precision: Literal["day", "month", "quarter", "year"]


class Quantity(Value, frozen=True, kw_only=True):
    """How much or how many, as 120 MW or 300 jobs."""

    value: float
    unit: str


class Marking(Value, frozen=True, kw_only=True):
    """What a person says about a passage: the part of a claim that changes, whole in each step."""

    anchor: Anchor
    tags: tuple[Tag, ...] = ()
    review: Review = "accepted"
    status: Status = "reported"
    polarity: Polarity | None = None
    confidence: int | None = None
    """0 to 100, as STIX 2.1 has it."""
    note: str = ""
    flag: bool = False
    event_date: EventDate | None = None
    quantities: tuple[Quantity, ...] = ()
    declined: tuple[Tag, ...] = ()
    """What was proposed unasked and not taken: it teaches what to propose."""
    decides_on: tuple[str, ...] = ()
    """Ids of the claims that this one, an adjudicator's, stands for; they stay as they are."""
    deleted: bool = False
    """A tombstone: removed, but not forgotten."""

    @property
    def holds(self) -> bool:
        """Whether something is said: it was neither removed nor rejected."""
        return not self.deleted and self.review != "rejected"

    def values(self, dimension: str) -> tuple[Tag, ...]:
        """The tags of one dimension, in the order they were given."""
        return tuple(tag for tag in self.tags if tag.dimension == dimension)


Act = Literal[
    "keep",
    "retag",
    "detail",
    "shape",
    "reject",
    "remove",
    "restore",
    "confirm",
    "import",
    "adjudicate",
    "cover",
    "undo",
    "redo",
]
"""What a person did: "detail" changes status, note and the like; "import" took it from a file;
"cover" said that an article is done."""


class Step(Value, frozen=True, kw_only=True):
    """One line of a claim's history. Lines are only ever added."""

    rev: int
    """Of the claim, after the step."""
    at: datetime
    by: str
    act: Act
    operation: str
    """Id of the key press that did it; shared by the claims that one key changed together."""
    takes_back: str = ""
    """For undo and redo: the operation whose effect is reversed."""
    before: Marking | None = None
    """What stood before the step; None when the claim did not exist."""


class Provenance(Value, frozen=True, kw_only=True):
    """Who made a claim, when, with what."""

    creator: str
    created: datetime
    modified: datetime
    generator: str
    """Program and version, as "wiredesk/0.1.0"."""
    codebook: str
    codebook_version: str
    suggester: str = ""


class Claim(Value, frozen=True, kw_only=True):
    """What a sentence says, as evidence: signals, companies and regions on a quoted passage."""

    id: str
    """A UUID, as "urn:uuid:…"."""
    rev: int
    target: Target
    marking: Marking
    provenance: Provenance
    history: tuple[Step, ...] = ()


def decided_by(claims: Iterable[Claim]) -> dict[str, str]:
    """By id of a claim that was adjudicated: the id of the newest claim that stands for it.

    One that says that nobody was right is rejected, and decides all the same.
    """
    decisions = [
        claim
        for claim in claims
        if claim.marking.decides_on
        and not claim.marking.deleted
        and claim.marking.review != "draft"
    ]
    decisions.sort(key=lambda claim: (claim.provenance.created, claim.id))
    return {decided: claim.id for claim in decisions for decided in claim.marking.decides_on}


CoverageState = Literal["opened", "coded", "nothing_found"]
"""Not done (any more), done with claims, done without."""


class CoverageStep(Value, frozen=True, kw_only=True):
    """One line of the history of somebody's coverage of a text. Lines are only ever added."""

    rev: int
    """Of the coverage, after the step, from 1."""
    at: datetime
    by: str
    act: Act
    operation: str
    """Id of the key press that did it."""
    takes_back: str = ""
    """For undo and redo: the operation whose effect is reversed."""
    before: CoverageState | None = None
    """What stood before the step; None when nothing did."""


class Coverage(Value, frozen=True, kw_only=True):
    """That somebody read an article, and what came of it: silence can be counted."""

    article: int
    feed: int
    version: int
    annotator: str
    state: CoverageState
    codebook_version: str
    at: datetime
    seconds: int = 0
    """Spent on the article until it was called done; pauses are not counted."""
    history: tuple[CoverageStep, ...] = ()


class Identifiers(Value, frozen=True, kw_only=True):
    """What registers call a company; empty where the person gave none."""

    lei: str = ""
    """Legal Entity Identifier, ISO 17442: 18 letters or digits and two check digits."""
    ticker: str = ""
    """Market (ISO 10383) and symbol, as "XNAS:NVDA"."""
    wikidata: str = ""
    """As "Q116758847"."""


class Company(Value, frozen=True, kw_only=True):
    """A company of this desk: one record however many names it goes by."""

    id: str
    """As "org:anthropic"."""
    name: str
    aliases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Names that a list gives it and this desk does not, since they were split off."""
    identifiers: Identifiers = Identifiers()
    merged_into: str = ""
    """Id of the record that stands for this one since they were merged; empty for its own."""


class Suggested(Value, frozen=True, kw_only=True):
    """One value that a machine proposes for a sentence."""

    dimension: str
    code: str
    label: str
    score: float
    """0 to 1."""
    shown: bool
    """Whether it is sure enough to be shown ticked, unasked."""
    reason: str
    """In a few words, as 'says "hiring"'."""
    mention: Span | None = None


class Suggestion(Value, frozen=True, kw_only=True):
    """What a machine reads in one sentence, best first within each dimension."""

    sentence: Span
    values: tuple[Suggested, ...] = ()

    def of(self, dimension: str) -> tuple[Suggested, ...]:
        """The values of one dimension, best first."""
        return tuple(value for value in self.values if value.dimension == dimension)
