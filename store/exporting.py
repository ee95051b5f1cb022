"""A desk's claims gathered from the shelf into a document, and the document into a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import msgspec

from store.claims.codebook import Codebook
from store.claims.directory import Directory
from store.claims.listed import known_companies
from store.formats.export import Inclusion, document, exported_article, wanted
from store.formats.records import ExportDocument, ExportedCodebook
from store.model import decided_by
from store.shelf.shelf import Shelf
from store.version import GENERATOR


class ExportFailed(Exception):
    """The file cannot be written: one sentence that says why."""


def gather(
    shelf: Shelf,
    codebook: Codebook,
    *,
    generated: datetime,
    include: Collection[Inclusion] = (),
) -> ExportDocument:
    """Collect from the shelf what an export holds.

    Raises:
        ShelfError: A file of the desk cannot be read.
    """
    stored = tuple(shelf.claims())
    decided = decided_by(stored)
    claims = [claim for claim in stored if wanted(claim, include, decided)]
    feeds = {feed.number: feed for feed in shelf.feeds()}
    articles = {}
    for number, id_ in {(claim.target.feed, claim.target.article) for claim in claims}:
        article = shelf.article(id_, number)
        if article is not None:
            articles[number, id_] = exported_article(article, feeds.get(number))
    return document(
        claims,
        articles=articles,
        codebook=msgspec.convert(codebook, ExportedCodebook, from_attributes=True),
        generated=generated,
        generator=GENERATOR,
        companies=Directory(known_companies(codebook), shelf.companies()).records(),
        include=include,
        decided=decided,
    )


def amount_of(made: ExportDocument) -> str:
    """How much there is in it, as "2 claims on 1 article"."""
    claims, articles = len(made.claims), len(made.articles)
    return (
        f"{claims} claim{'' if claims == 1 else 's'} on "
        f"{articles} article{'' if articles == 1 else 's'}"
    )


def write_export(written: bytes, output: Path) -> None:
    """Replace a file whole, with the rights it had; a pipe or a device is written to as it is.

    Raises:
        ExportFailed: It cannot be written; an older file is as it was.
    """
    try:
        target = output.expanduser().resolve()
        if target.exists() and not target.is_file() and not target.is_dir():
            target.write_bytes(written)
            return
        _replace(written, target)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise ExportFailed(f"{output} cannot be written: {why}.") from error


def _replace(written: bytes, target: Path) -> None:
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("xb") as out:
            if target.exists():
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            out.write(written)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
