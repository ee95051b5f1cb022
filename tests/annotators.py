"""Several people's claims on the articles of ``desks``, put on a desk through the shelf's door."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid5

from builders import NOON
from desks import FEED, Story, an_article
from msgspec.structs import replace

from store.claims.marking.history import made
from store.model import (
    NO_FEED,
    Claim,
    Coverage,
    CoverageState,
    Marking,
    Provenance,
    Span,
    Tag,
    Target,
)
from store.shelf.shelf import Shelf
from store.text.anchors import anchor_for

NAMES = UUID("00000000-0000-4000-8000-000000000006")


def claimed(by: str, story: Story, quote: str, *tags: Tag, feed: int = 1, **said: object) -> Claim:
    """What somebody says of the words quoted; ``said`` changes the rest of the marking."""
    write = an_article(story)
    text = write.version.text
    start = text.index(quote)
    at = NOON + timedelta(minutes=start)
    marking = Marking(anchor=anchor_for(text, Span(start, start + len(quote))), tags=tags)
    return made(
        name=uuid5(NAMES, f"{by} {write.headline.id} {quote} {[tag.code for tag in tags]}"),
        target=Target(
            article=write.headline.id,
            feed=feed,
            source="Top News",
            address=write.headline.address,
            title=write.headline.title,
            published=write.headline.published,
            text_hash=write.version.hash,
            version=1,
        ),
        marking=replace(marking, **said),
        provenance=Provenance(
            creator=by,
            created=at,
            modified=at,
            generator="wiredesk/0",
            codebook="wiredesk",
            codebook_version="1",
        ),
        act="keep",
        operation=f"{by}-{start}",
    )


def keep(folder: Path, *claims: Claim) -> None:
    """Put them on the desk."""
    with closing(Shelf.open(folder)) as shelf:
        for claim in claims:
            shelf.change_claims(claim.target.article, claim.target.feed, lambda _, one=claim: [one])


def done_with(folder: Path, by: str, story: Story, state: CoverageState = "nothing_found") -> None:
    """Let somebody have read the article to its end."""
    with closing(Shelf.open(folder)) as shelf:
        article = an_article(story, address=FEED).headline.id
        shelf.keep_coverage(
            Coverage(
                article=article,
                feed=1,
                version=1,
                annotator=by,
                state=state,
                codebook_version="1",
                at=NOON,
            )
        )


def stored(folder: Path) -> list[Claim]:
    """Every claim on the desk, those on articles of no feed last."""
    with closing(Shelf.open(folder)) as shelf:
        return sorted(shelf.claims(), key=lambda claim: claim.target.feed == NO_FEED)


def by_name(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims by who made them."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.provenance.creator, []).append(claim)
    return found
