"""An article as other programs get it on stdin: a line of JSON, or plain text to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from textwrap import indent
from typing import Final

import msgspec

from store.formats.inert import inert
from store.model import Article, BlockKind, Claim, Feed, Value

FORMAT: Final = "wiredesk-article/1"
PARTED = "\n\n" + "-" * 72 + "\n\n"
"""What stands between two articles that are told as one text."""
_BEFORE: dict[BlockKind, str] = {"item": "- ", "quote": "> "}


class HandedBlock(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A piece of the text."""

    kind: BlockKind
    text: str


class HandedNote(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What somebody noted on a passage."""

    quote: str
    """The passage, as it stands in the text."""
    note: str
    by: str
    modified: datetime


class HandedArticle(Value, frozen=True, kw_only=True, omit_defaults=False):
    """What a program is told of an article; every member is always there."""

    format: str = FORMAT
    id: int
    title: str
    address: str
    author: str
    source: str
    """What the person calls the feed."""
    feed: str
    """Where the feed lies, without name and password."""
    published: datetime | None
    seen: datetime
    language: str
    read: bool
    starred: bool
    categories: tuple[str, ...]
    labels: tuple[str, ...]
    notes: tuple[HandedNote, ...]
    """In the order of the text."""
    blocks: tuple[HandedBlock, ...]


def notes_of(claims: Iterable[Claim], *, only: str = "") -> tuple[HandedNote, ...]:
    """The notes among what is claimed of an article, drafts too; ``only`` those of an annotator."""
    noted = [
        claim
        for claim in claims
        if claim.marking.note and claim.marking.holds and only in ("", claim.provenance.creator)
    ]
    noted.sort(key=lambda claim: claim.marking.anchor.span)
    return tuple(
        HandedNote(
            quote=claim.marking.anchor.exact,
            note=claim.marking.note,
            by=claim.provenance.creator,
            modified=claim.provenance.modified,
        )
        for claim in noted
    )


def as_json(article: Article, feed: Feed, address: str, notes: tuple[HandedNote, ...] = ()) -> str:
    """One line of JSON; ``address`` is the article's as it may be handed on."""
    headline, version = article.headline, article.version
    handed = HandedArticle(
        id=headline.id,
        title=headline.title,
        address=address,
        author=headline.author,
        source=feed.name,
        feed=feed.address,
        published=headline.published,
        seen=headline.seen,
        language=version.language,
        read=headline.read,
        starred=headline.starred,
        categories=headline.categories,
        labels=headline.labels,
        notes=notes,
        blocks=tuple(HandedBlock(kind=one.kind, text=one.text) for one in version.blocks[1:]),
    )
    return inert(msgspec.json.encode(handed).decode()) + "\n"


def as_text(article: Article, feed: Feed, address: str, notes: tuple[HandedNote, ...] = ()) -> str:
    """Title, source, author, date, address, labels; then the text, paragraphs apart; then notes."""
    headline = article.headline
    date = f"{headline.at:%Y-%m-%d %H:%M} UTC"
    told = " · ".join(part for part in (feed.name, headline.author, date) if part)
    labels = f"Labels: {', '.join(headline.labels)}" if headline.labels else ""
    head = "\n".join(part for part in (headline.title, told, address, labels) if part)
    body = [_BEFORE.get(one.kind, "") + one.text for one in article.version.blocks[1:]]
    noted = [f"“{one.quote}”\n{indent(one.note, '  ')}" for one in notes]
    return "\n\n".join((head, *body, *(["Notes"] if noted else []), *noted)) + "\n"


def texts_parted(texts: Sequence[str]) -> str:
    """Several articles as one text, a line between them."""
    return PARTED.join(text.rstrip("\n") for text in texts) + "\n"
