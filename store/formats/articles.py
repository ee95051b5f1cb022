"""An article as other programs get it on stdin: a line of JSON, or plain text to read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from store.formats.inert import inert
from store.model import Article, BlockKind, Feed, Value

FORMAT: Final = "wiredesk-article/1"
PARTED = "\n\n" + "-" * 72 + "\n\n"
"""What stands between two articles that are told as one text."""
_BEFORE: dict[BlockKind, str] = {"item": "- ", "quote": "> "}


class HandedBlock(Value, frozen=True, kw_only=True, omit_defaults=False):
    """A piece of the text."""

    kind: BlockKind
    text: str


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
    blocks: tuple[HandedBlock, ...]


def as_json(article: Article, feed: Feed, address: str) -> str:
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
        blocks=tuple(HandedBlock(kind=one.kind, text=one.text) for one in version.blocks[1:]),
    )
    return inert(msgspec.json.encode(handed).decode()) + "\n"


def as_text(article: Article, feed: Feed, address: str) -> str:
    """Title, source, author, date and address, then the text, paragraphs apart."""
    headline = article.headline
    date = f"{headline.at:%Y-%m-%d %H:%M} UTC"
    told = " · ".join(part for part in (feed.name, headline.author, date) if part)
    head = "\n".join(part for part in (headline.title, told, address) if part)
    body = [_BEFORE.get(one.kind, "") + one.text for one in article.version.blocks[1:]]
    return "\n\n".join((head, *body)) + "\n"


def texts_parted(texts: Sequence[str]) -> str:
    """Several articles as one text, a line between them."""
    return PARTED.join(text.rstrip("\n") for text in texts) + "\n"
