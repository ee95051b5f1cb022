"""Values of the domain with sensible defaults, for tests that care about one of their fields."""

from __future__ import annotations

from datetime import UTC, datetime

from store.model import (
    Anchor,
    Claim,
    Marking,
    Provenance,
    Review,
    Sentence,
    Span,
    Step,
    Suggested,
    Suggestion,
    Tag,
    Target,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

HIRING = Tag(dimension="signal", code="hiring", label="hiring")
EXPANSION = Tag(dimension="signal", code="expansion", label="expansion")
FUNDING = Tag(dimension="signal", code="funding", label="funding")
ANTHROPIC = Tag(dimension="company", code="org:anthropic", label="Anthropic")
AUSTRALIA = Tag(dimension="region", code="AU", label="Australia")
JAPAN = Tag(dimension="region", code="JP", label="Japan")

SENTENCE = Sentence(Span(10, 60), block=1)


def suggested(tag: Tag, *, shown: bool, score: float = 0.8) -> Suggested:
    return Suggested(
        dimension=tag.dimension,
        code=tag.code,
        label=tag.label,
        score=score,
        shown=shown,
        reason="says so",
    )


def a_suggestion(*, sure: bool = True) -> Suggestion:
    """Hiring (sure or not), expansion and funding (not), Anthropic and Australia (sure)."""
    return Suggestion(
        sentence=SENTENCE.span,
        values=(
            suggested(HIRING, shown=sure),
            suggested(EXPANSION, shown=False),
            suggested(FUNDING, shown=False),
            suggested(ANTHROPIC, shown=True),
            suggested(AUSTRALIA, shown=True),
            suggested(JAPAN, shown=False),
        ),
    )


def a_target(article: int = 1) -> Target:
    return Target(
        article=article,
        feed=1,
        source="Top News",
        address="https://example.org/a",
        title="A title",
        text_hash="0" * 64,
        version=1,
    )


def a_claim(
    *tags: Tag,
    id: str = "urn:uuid:00000000-0000-4000-8000-000000000001",  # noqa: A002 - the field's name
    span: Span = SENTENCE.span,
    review: Review = "accepted",
    deleted: bool = False,
    history: tuple[Step, ...] = (),
) -> Claim:
    return Claim(
        id=id,
        rev=1,
        target=a_target(),
        marking=Marking(
            anchor=Anchor(span=span, exact="x" * len(span)),
            tags=tags,
            review=review,
            deleted=deleted,
        ),
        provenance=Provenance(
            creator="ana",
            created=NOON,
            modified=NOON,
            generator="wiredesk/0",
            codebook="default",
            codebook_version="1",
        ),
        history=history,
    )
