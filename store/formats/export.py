"""Claims as one JSON document that other programs can check and trust.

The same claims give the same bytes: order, spacing and the time written in are all decided here
or passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from store.formats.inert import inert
from store.formats.records import (
    FORMAT,
    ExportDocument,
    ExportedAnchor,
    ExportedArticle,
    ExportedClaim,
    ExportedCodebook,
    ExportedCompany,
    ExportedCoverage,
    ExportedDate,
    ExportedProvenance,
    ExportedQuantity,
    ExportedStep,
    ExportedTag,
    ExportedTarget,
    Mention,
    PositionSelector,
    QuoteSelector,
)
from store.model import Article, Claim, Company, Coverage, EventDate, Feed, Span, Tag, Target
from store.text.tracking import without_tracking

Inclusion = Literal["drafts", "rejected", "deleted", "adjudicated"]
"""What an export leaves out unless it is asked for."""

SCHEMA_ID = "urn:wiredesk:export:1"


def wanted(
    claim: Claim, include: Collection[Inclusion] = (), decided: Collection[str] = ()
) -> bool:
    """Whether an export takes the claim: settled and standing, or asked for by ``include``.

    A removed draft needs both words, "drafts" and "deleted". Claims in ``decided``, by id, have
    an adjudicator's in their place, and only come along for the word "adjudicated".
    """
    marking = claim.marking
    if claim.id in decided and "adjudicated" not in include:
        return False
    settled = (
        marking.review in {"accepted", "adjudicated"}
        or (marking.review == "draft" and "drafts" in include)
        or (marking.review == "rejected" and "rejected" in include)
    )
    return settled and (not marking.deleted or "deleted" in include)


def document(
    claims: Iterable[Claim],
    *,
    articles: Mapping[tuple[int, int], ExportedArticle],
    codebook: ExportedCodebook,
    generated: datetime,
    generator: str,
    companies: Mapping[str, Company] | None = None,
    include: Collection[Inclusion] = (),
    decided: Mapping[str, str] | None = None,
    coverage: Iterable[Coverage] = (),
    shared: Callable[[str], str] = without_tracking,
) -> ExportDocument:
    """Put the wanted claims in order, with those of ``articles``, by (feed, id), they refer to.

    An article that is missing there is told from what its claim remembers of it. Of ``companies``,
    by id, those are told that a claim names, and those that stand for them since a merger.
    ``decided`` says by id which claims have an adjudicator's in their place, and which.
    Addresses of articles leave as ``shared`` makes them.
    """
    settled = decided or {}
    chosen = sorted((claim for claim in claims if wanted(claim, include, settled)), key=_place)
    referred = {
        (target.feed, target.article): articles.get((target.feed, target.article))
        or _remembered(target)
        for target in (claim.target for claim in chosen)
    }
    done = [one for one in coverage if one.state != "opened"]
    covered = {(one.feed, one.article) for one in done} & articles.keys()
    referred.update({place: articles[place] for place in covered})
    rank = {dimension.id: place for place, dimension in enumerate(codebook.dimensions)}
    return ExportDocument(
        format=FORMAT,
        generated=generated,
        generator=generator,
        codebook=codebook,
        companies=tuple(_companies(chosen, companies or {})),
        articles=tuple(
            replace(article, url=shared(article.url))
            for article in sorted(referred.values(), key=lambda one: (one.id, one.feed))
        ),
        claims=tuple(_claim(claim, rank, settled, shared) for claim in chosen),
        coverage=tuple(_coverage(one) for one in sorted(done, key=_when_covered)),
    )


def exported_article(article: Article, feed: Feed | None) -> ExportedArticle:
    """Return what an export tells of an article; ``feed`` is None when it is no longer followed."""
    headline, version = article.headline, article.version
    return ExportedArticle(
        id=headline.id,
        feed=headline.feed,
        feed_address=feed.address if feed else "",
        feed_title=feed.title if feed else "",
        url=headline.address,
        title=headline.title,
        author=headline.author,
        published=headline.published,
        language=version.language,
        text_sha256=version.hash,
        text_version=version.number,
    )


def encode(exported: ExportDocument) -> bytes:
    """Write the document as UTF-8, indented, harmless to a terminal that shows it."""
    text = msgspec.json.format(msgspec.json.encode(exported), indent=2).decode()
    return inert(text).encode() + b"\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every export obeys."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Wiredesk export, version 1",
        "description": ExportDocument.__doc__,
        **msgspec.json.schema(ExportDocument),
    }


def _companies(claims: Iterable[Claim], known: Mapping[str, Company]) -> Iterator[ExportedCompany]:
    """The companies that claims name, by id, each with those that stand for it in turn."""
    wanted_ids = [tag.code for claim in claims for tag in claim.marking.tags]
    told: dict[str, Company] = {}
    while wanted_ids:
        id_ = wanted_ids.pop()
        if id_ in known and id_ not in told:
            told[id_] = known[id_]
            wanted_ids.append(known[id_].merged_into)
    for _, company in sorted(told.items()):
        yield msgspec.convert(company, ExportedCompany, from_attributes=True)


def _place(claim: Claim) -> tuple[bool, float, int, int, str]:
    """Order by publication (undated last), article, place in the text, id."""
    published = claim.target.published
    moment = published.timestamp() if published else 0.0
    start = claim.marking.anchor.span.start
    return (published is None, moment, claim.target.article, start, claim.id)


def _remembered(target: Target) -> ExportedArticle:
    return ExportedArticle(
        id=target.article,
        feed=target.feed,
        feed_address="",
        feed_title=target.source,
        url=target.address,
        title=target.title,
        author="",
        published=target.published,
        language="",
        text_sha256=target.text_hash,
        text_version=target.version,
    )


def _claim(
    claim: Claim,
    rank: Mapping[str, int],
    decided: Mapping[str, str],
    shared: Callable[[str], str],
) -> ExportedClaim:
    marking = claim.marking
    last = len(rank)
    return ExportedClaim(
        id=claim.id,
        rev=claim.rev,
        target=_target(claim, shared),
        tags=tuple(
            _tag(tag) for tag in sorted(marking.tags, key=lambda tag: rank.get(tag.dimension, last))
        ),
        status=marking.status,
        polarity=marking.polarity,
        confidence=marking.confidence,
        event_date=_date(marking.event_date),
        quantities=tuple(
            msgspec.convert(quantity, ExportedQuantity, from_attributes=True)
            for quantity in marking.quantities
        ),
        note=marking.note,
        flag=marking.flag,
        review=marking.review,
        deleted=marking.deleted,
        decides_on=marking.decides_on,
        adjudicated_by=decided.get(claim.id),
        provenance=msgspec.convert(claim.provenance, ExportedProvenance, from_attributes=True),
        history=tuple(
            msgspec.convert(step, ExportedStep, from_attributes=True) for step in claim.history
        ),
    )


def _when_covered(coverage: Coverage) -> tuple[int, int, str, int]:
    return (coverage.article, coverage.feed, coverage.annotator, coverage.version)


def _coverage(coverage: Coverage) -> ExportedCoverage:
    return ExportedCoverage(
        article=coverage.article,
        feed=coverage.feed,
        text_version=coverage.version,
        annotator=coverage.annotator,
        state="nothing_found" if coverage.state == "nothing_found" else "coded",
        codebook_version=coverage.codebook_version,
        at=coverage.at,
        seconds=coverage.seconds,
    )


def _target(claim: Claim, shared: Callable[[str], str]) -> ExportedTarget:
    target, anchor = claim.target, claim.marking.anchor
    return ExportedTarget(
        article=target.article,
        feed=target.feed,
        source=target.source,
        address=shared(target.address),
        title=target.title,
        published=target.published,
        text_sha256=target.text_hash,
        text_version=target.version,
        unit=anchor.unit,
        selectors=(
            QuoteSelector(exact=anchor.exact, prefix=anchor.prefix, suffix=anchor.suffix),
            PositionSelector(start=anchor.span.start, end=anchor.span.end),
        ),
        anchor=ExportedAnchor(state=anchor.state, score=anchor.score),
    )


def _tag(tag: Tag) -> ExportedTag:
    return ExportedTag(
        dimension=tag.dimension,
        code=tag.code,
        label=tag.label,
        origin=tag.origin,
        basis=tag.basis,
        score=tag.score,
        reason=tag.reason,
        mention=_mention(tag.mention),
    )


def _date(date: EventDate | None) -> ExportedDate | None:
    return None if date is None else ExportedDate(value=date.value, precision=date.precision)


def _mention(span: Span | None) -> Mention | None:
    return None if span is None else Mention(start=span.start, end=span.end)
