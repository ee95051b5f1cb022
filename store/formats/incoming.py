"""Claims of somebody else's desk, read from an export.

The file is a stranger's: each claim is read for itself, checked and cleaned, and one that is
broken is refused alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Final, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec

from store.formats.incoming_records import (
    IncomingClaim,
    IncomingCoverage,
    IncomingDate,
    IncomingDocument,
    IncomingProvenance,
    IncomingQuantity,
    IncomingSelector,
    IncomingTag,
    IncomingTarget,
)
from store.formats.records import FORMAT
from store.model import (
    NO_FEED,
    Anchor,
    Claim,
    Coverage,
    CoverageStep,
    EventDate,
    Marking,
    Provenance,
    Quantity,
    Span,
    Step,
    Tag,
    Target,
    Value,
)
from store.text.anchors import CONTEXT
from store.text.clean import BODY_LIMIT, TITLE_LIMIT, clean, clean_address

SIZE_LIMIT: Final = 512 * 1024 * 1024
"""Bytes of a file that are read: some 200,000 claims."""
NAME_LIMIT: Final = 200
"""Of names, labels, codes and versions, in code points."""
NOTE_LIMIT: Final = 2_000
_JSON: Final = (b"{", b"[")
"""What a document that is meant to be JSON begins with, claims or not."""
_FAMILY: Final = FORMAT.partition("/")[0]
_WRONG_MEMBER: Final = re.compile(r"(?P<what>.*) - at `\$\.(?P<where>.*)`")
_FORMS_OF_DATES: Final = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}

M = TypeVar("M")


class NotAnExport(Exception):
    """The file as a whole cannot be read; the message goes on from its name."""


class Incoming(Value, frozen=True, kw_only=True):
    """What a file holds. Feeds are not told: their numbers are those of another desk."""

    claims: tuple[Claim, ...]
    coverage: tuple[Coverage, ...] = ()
    refused: tuple[str, ...] = ()
    """One sentence for each record that cannot be taken."""


def read_export(written: bytes, *, signed: str = "") -> Incoming:
    """Read an export; ``signed`` names the annotator in place of whoever the file names.

    Raises:
        NotAnExport: It is no export of Wiredesk, or is cut off.
    """
    try:
        document = msgspec.json.decode(written, type=IncomingDocument)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if not written.lstrip().startswith(_JSON):
            told = "is neither a list of feeds (OPML) nor a JSON document of claims."
            raise NotAnExport(told) from error
        raise NotAnExport(f"is no whole JSON document of claims: {_told(error)}.") from error
    if document.format != FORMAT:
        raise NotAnExport(_wrong_format(document.format))
    found, refused = _each("claim", document.claims, lambda raw: _claim(raw, signed))
    claims: dict[str, Claim] = {}
    for number, claim in found:
        if claim.id in claims:
            refused.append(f"claim {number}: another claim in the file has its id.")
        else:
            claims[claim.id] = claim
    coverage, broken = _each("coverage", document.coverage, lambda raw: _coverage(raw, signed))
    return Incoming(
        claims=tuple(claims.values()),
        coverage=tuple(one for _, one in coverage),
        refused=(*refused, *broken),
    )


def _wrong_format(named: str) -> str:
    if named.startswith(f"{_FAMILY}/"):
        return f"is a {clean(named, limit=40)}; this version of Wiredesk reads {FORMAT}."
    return f"is no export of Wiredesk: its format is not {FORMAT}."


def _each(
    what: str, raws: Iterable[msgspec.Raw], make: Callable[[msgspec.Raw], M]
) -> tuple[list[tuple[int, M]], list[str]]:
    """Make each record that can be made, with its number in the file; tell of the others."""
    found, refused = [], []
    for number, raw in enumerate(raws, start=1):
        try:
            found.append((number, make(raw)))
        except (ValueError, OverflowError, RecursionError) as error:
            refused.append(f"{what} {number}: {_told(error)}.")
    return found, refused


def _told(error: Exception) -> str:
    said = clean(str(error), limit=NAME_LIMIT).rstrip(".") or "nested too deep"
    if wrong := _WRONG_MEMBER.fullmatch(said):
        what = wrong["what"].replace("`", "")
        return f"its {wrong['where']} cannot be read: {what[:1].lower()}{what[1:]}"
    return said


# ---------------------------------------------------------------- claims


def _claim(raw: msgspec.Raw, signed: str) -> Claim:
    read = msgspec.json.decode(raw, type=IncomingClaim)
    provenance = _provenance(read.provenance, signed)
    return Claim(
        id=_urn(read.id),
        rev=read.rev,
        target=_target(read.target),
        marking=Marking(
            anchor=_anchor(read.target),
            tags=tuple(map(_tag, read.tags)),
            review=read.review,
            status=read.status,
            polarity=read.polarity,
            confidence=read.confidence,
            event_date=_date(read.event_date),
            quantities=tuple(map(_quantity, read.quantities)),
            note=clean(read.note, limit=NOTE_LIMIT),
            flag=read.flag,
            decides_on=tuple(map(_urn, read.decides_on)),
            deleted=read.deleted,
        ),
        provenance=provenance,
        history=_history(read, provenance, signed),
    )


def _urn(id_: str) -> str:
    if len(id_) > NAME_LIMIT:
        raise ValueError("its id is too long")
    return UUID(id_.removeprefix("urn:uuid:")).urn


def _provenance(read: IncomingProvenance, signed: str) -> Provenance:
    creator = signed or _name(read.creator)
    if not creator:
        raise ValueError("nobody signed it; --as NAME says who did")
    return Provenance(
        creator=creator,
        created=_utc(read.created),
        modified=_utc(read.modified or read.created),
        generator=_name(read.generator),
        codebook=_name(read.codebook),
        codebook_version=_name(read.codebook_version),
        suggester=_name(read.suggester),
    )


def _history(read: IncomingClaim, of: Provenance, signed: str) -> tuple[Step, ...]:
    """The steps in their order; a claim without any gets the one that brought it here."""
    if not read.history:
        operation = uuid5(NAMESPACE_URL, f"{_urn(read.id)}#{read.rev}").hex
        step = Step(rev=read.rev, at=of.modified, by=of.creator, act="import", operation=operation)
        return (step,)
    revs = [step.rev for step in read.history]
    if revs != list(range(1, read.rev + 1)):
        raise ValueError(f"its history does not lead to its revision {read.rev}")
    first = _name(read.provenance.creator)
    return tuple(
        Step(
            rev=step.rev,
            at=_utc(step.at),
            by=signed if signed and _name(step.by) == first else _name(step.by),
            act=step.act,
            operation=_name(step.operation),
            takes_back=_name(step.takes_back),
        )
        for step in read.history
    )


def _target(read: IncomingTarget) -> Target:
    return Target(
        article=read.article,
        feed=NO_FEED,
        source=_name(read.source),
        address=clean_address(read.address),
        title=clean(read.title, limit=TITLE_LIMIT),
        published=None if read.published is None else _utc(read.published),
        text_hash=read.text_sha256,
        version=read.text_version,
    )


def _anchor(read: IncomingTarget) -> Anchor:
    quote = _selector(read, "TextQuoteSelector")
    place = _selector(read, "TextPositionSelector")
    exact = clean(quote.exact, limit=BODY_LIMIT, lines=True)
    if not (exact and place.start < place.end <= BODY_LIMIT):
        raise ValueError("it quotes no passage")
    return Anchor(
        span=Span(place.start, place.end),
        exact=exact,
        prefix=clean(quote.prefix, limit=CONTEXT, lines=True),
        suffix=clean(quote.suffix, limit=CONTEXT, lines=True),
        unit=read.unit,
        state=read.anchor.state,
        score=read.anchor.score,
    )


def _selector(read: IncomingTarget, kind: str) -> IncomingSelector:
    found = next((one for one in read.selectors if one.type == kind), None)
    if found is None:
        raise ValueError(f"its target has no {kind}")
    return found


def _tag(read: IncomingTag) -> Tag:
    dimension, code = _name(read.dimension), _name(read.code)
    if not (dimension and code):
        raise ValueError("a value of it has no dimension or no code")
    mention = read.mention
    inside = mention is not None and mention.start < mention.end <= BODY_LIMIT
    return Tag(
        dimension=dimension,
        code=code,
        label=_name(read.label) or code,
        origin=read.origin,
        basis=read.basis,
        score=read.score,
        reason=_name(read.reason),
        mention=Span(mention.start, mention.end) if mention is not None and inside else None,
    )


def _date(read: IncomingDate | None) -> EventDate | None:
    if read is None:
        return None
    form = _FORMS_OF_DATES.get(read.precision)
    if not (_is_date(read.value, form) if form else "Q" in read.value):
        raise ValueError(f"its date {read.value} is no {read.precision}")
    return EventDate(value=read.value, precision=read.precision)


def _is_date(written: str, form: str) -> bool:
    try:
        datetime.strptime(written, form)  # noqa: DTZ007 - only whether it can be read
    except ValueError:
        return False
    return True


def _quantity(read: IncomingQuantity) -> Quantity:
    unit = _name(read.unit)
    if not unit or not math.isfinite(read.value):
        raise ValueError("a quantity of it says not how much of what")
    return Quantity(value=read.value, unit=unit)


def _coverage(raw: msgspec.Raw, signed: str) -> Coverage:
    read = msgspec.json.decode(raw, type=IncomingCoverage)
    annotator, at = signed or _name(read.annotator), _utc(read.at)
    if not annotator:
        raise ValueError("nobody signed it; --as NAME says who did")
    operation = uuid5(NAMESPACE_URL, f"{read.article}#{annotator}#{at.isoformat()}").hex
    return Coverage(
        article=read.article,
        feed=NO_FEED,
        version=read.text_version,
        annotator=annotator,
        state=read.state,
        codebook_version=_name(read.codebook_version),
        at=at,
        seconds=read.seconds,
        history=(CoverageStep(rev=1, at=at, by=annotator, act="import", operation=operation),),
    )


def _name(text: str) -> str:
    return " ".join(clean(text, limit=NAME_LIMIT).split())


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
