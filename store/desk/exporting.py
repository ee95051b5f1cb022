"""A desk's claims gathered from the shelf into a document, and the document into a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

import msgspec

from store.claims.codebook import Codebook
from store.claims.codebook.merged import reading
from store.claims.lexicon.listed import known_companies
from store.claims.names.directory import Directory
from store.claims.table.query import SETTLED, ClaimFilter, claim_filter
from store.claims.table.rows import RowMaker, State
from store.claims.table.vocabulary import Vocabulary
from store.desk.passages import told_as_found
from store.errors import DeskError, ExportExists
from store.formats.export import Inclusion, document, encode, exported_article, wanted
from store.formats.records import ExportDocument, ExportedCodebook
from store.model import decided_by
from store.settings import Tracking
from store.shelf.shelf import Shelf
from store.text.amounts import amount
from store.text.tracking import without_tracking
from store.version import GENERATOR

_SETTLED_BY_FILTER: tuple[Inclusion, ...] = ("drafts", "rejected", "deleted")


class ExportFailed(Exception):
    """The file cannot be written: one sentence that says why."""


def gather(
    shelf: Shelf,
    codebook: Codebook,
    *,
    generated: datetime,
    include: Collection[Inclusion] = (),
    chosen: ClaimFilter | None = None,
    tracking: Tracking = "dropped",
) -> ExportDocument:
    """Collect from the shelf what an export holds.

    With ``chosen`` it is what that finds, whatever is included otherwise.

    Raises:
        ShelfError: A file of the desk cannot be read.
    """
    shelf.read_claims_as(reading(codebook))
    stored = tuple(told_as_found(shelf, shelf.claims()))
    decided = decided_by(stored)
    if chosen is not None:
        include, make = (*_SETTLED_BY_FILTER, *include), RowMaker()
        stored = tuple(claim for claim in stored if chosen(make.row_of(claim)))
    claims = [claim for claim in stored if wanted(claim, include, decided)]
    feeds = {feed.number: feed for feed in (*shelf.former_feeds(), *shelf.feeds())}
    articles = {}
    coverage = [] if chosen else [one for one in shelf.coverage() if one.state != "opened"]
    places = {(claim.target.feed, claim.target.article) for claim in claims}
    for number, id_ in places | {(one.feed, one.article) for one in coverage}:
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
        coverage=coverage,
        shared=without_tracking if tracking == "dropped" else str,
    )


def chosen_by(
    query: str,
    shelf: Shelf,
    codebook: Codebook,
    *,
    now: datetime,
    annotator: str,
    include: Collection[Inclusion] = (),
) -> ClaimFilter:
    """What an export takes for a query; what is ``include``d need not be asked for in it.

    Raises:
        QueryError: It cannot be meant.
        ShelfError: A file of the desk cannot be read.
    """
    make = RowMaker()
    rows = [make.row_of(claim) for claim in shelf.claims()]
    companies = Directory(known_companies(codebook), shelf.companies()).records()
    vocabulary = Vocabulary(codebook, companies, rows, annotator=annotator)
    asked: dict[Inclusion, State] = {
        "drafts": "draft",
        "rejected": "rejected",
        "deleted": "removed",
    }
    unasked = SETTLED | {asked[one] for one in include if one in asked}
    return claim_filter(query, vocabulary, now=now, unasked=unasked)


def amount_of(made: ExportDocument) -> str:
    """How much there is in it, as "2 claims on 1 article"."""
    claims, articles = len(made.claims), len({claim.target.article for claim in made.claims})
    return f"{amount(claims, 'claim')} on {amount(articles, 'article')}"


def export_file(made: ExportDocument, file: Path, *, may_replace: bool) -> str:
    """Write a document to a file that a person named; say what was written.

    Raises:
        ExportExists: The file is there and may not be replaced.
        DeskError: It cannot be written.
    """
    file = file.expanduser()
    if file.is_dir():
        raise DeskError(f"{file} is a folder: add the name of a file.")
    if not may_replace and file.exists():
        raise ExportExists(f"There is a file {file} already.")
    try:
        write_export(encode(made), file)
    except ExportFailed as error:
        raise DeskError(str(error)) from error
    return f"{amount_of(made)} written to {file.name}"


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
