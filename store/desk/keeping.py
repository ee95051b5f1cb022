"""From a key to a stored claim: what was said of a passage is validated, signed and written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import uuid4

from msgspec.structs import asdict, replace

from store.claims.codebook import Codebook
from store.claims.learning.lessons import declined_by
from store.claims.lexicon.listed import known_companies
from store.claims.marking.covering import covered, outcome_of, uncovered
from store.claims.marking.history import Operation, changed, made, remarked, reversed_by, stacks
from store.claims.marking.tagging import Write
from store.claims.names import company_id
from store.claims.names.directory import Directory
from store.claims.table.bulk import spans_articles
from store.desk.opened import OpenedArticle
from store.errors import DeskError
from store.model import Act, Claim, Company, Coverage, Provenance, Tag
from store.shelf.shelf import Shelf
from store.text.anchors import anchor_for
from store.version import GENERATOR


class Keeper:
    """Writes one annotator's claims; when a call returns, they are on disk.

    Every method may raise ShelfError.
    """

    def __init__(
        self, shelf: Shelf, codebook: Codebook, annotator: str, clock: Callable[[], datetime]
    ) -> None:
        self._shelf = shelf
        self._codebook = codebook
        self._annotator = annotator
        self._clock = clock

    def keep(self, opened: OpenedArticle, *writes: Write) -> None:
        """Store what was said of a passage, or of several with one key: then it is one step.

        Raises:
            DeskError: The codebook does not know a value, or the claim was changed elsewhere.
        """
        now, operation = self._clock(), uuid4().hex
        self._keep_what_it_rests_on(opened)
        self._shelf.change_claims(
            opened.article.headline.id,
            opened.feed.number,
            lambda stored: [
                self._written(opened, write, stored, now=now, operation=operation)
                for write in writes
            ],
        )

    def prepare(
        self, opened: OpenedArticle, writes: Iterable[Write], operation: str
    ) -> tuple[Claim, ...]:
        """New claims, part of an operation that spans articles; only what they rest on is stored.

        Raises:
            DeskError: The codebook does not know a value.
        """
        self._keep_what_it_rests_on(opened)
        now = self._clock()
        return tuple(
            self._written(opened, write, (), now=now, operation=operation) for write in writes
        )

    def _keep_what_it_rests_on(self, opened: OpenedArticle) -> None:
        self._shelf.snapshot(opened.article)
        self._shelf.keep_codebook(self._codebook.id, self._codebook.version, self._codebook.toml)

    def _written(
        self,
        opened: OpenedArticle,
        write: Write,
        stored: tuple[Claim, ...],
        *,
        now: datetime,
        operation: str,
    ) -> Claim:
        old = next((claim for claim in stored if claim.id == write.claim), None)
        if write.claim and (old is None or old.rev != write.rev):
            raise DeskError("This claim was changed in another window; it is shown anew.")
        # What a claim has already stays, though its code may have left the codebook since.
        known = {tag.key for tag in old.marking.tags} if old else set()
        for tag in write.tags:
            if tag.key not in known and (wrong := self._codebook.check(tag)):
                raise DeskError(wrong)
        # What is removed stays where it was: a lost passage is not found by being let go.
        removed = old if write.act == "remove" else None
        text = opened.article.version.text
        marking = remarked(
            old.marking if old else None,
            anchor=removed.marking.anchor
            if removed
            else anchor_for(text, write.span, unit=write.unit),
            tags=write.tags,
            review=write.review,
            deleted=write.act == "remove",
            declined=_declined(opened, write, old),
            **(asdict(write.details) if write.details is not None else {}),
        )
        if old is None:
            return made(
                name=uuid4(),
                target=opened.target,
                marking=marking,
                provenance=self._provenance(write.tags, now),
                act=write.act,
                operation=operation,
            )
        new = changed(old, marking, act=write.act, by=self._annotator, at=now, operation=operation)
        return new if removed else replace(new, target=opened.target)

    def _provenance(self, tags: Iterable[Tag], now: datetime) -> Provenance:
        return Provenance(
            creator=self._annotator,
            created=now,
            modified=now,
            generator=GENERATOR,
            codebook=self._codebook.id,
            codebook_version=self._codebook.version,
            suggester=GENERATOR if any(tag.origin == "suggested" for tag in tags) else "",
        )

    def cover(self, opened: OpenedArticle, seconds: int) -> Coverage | None:
        """Store that the annotator is done with the article, ``seconds`` after opening it.

        Returns the record, or None when just that had been said already.
        """
        told: list[Coverage] = []

        def change(stored: tuple[Claim, ...]) -> tuple[Claim, ...]:
            said = covered(
                self._coverage_of(opened),
                target=opened.target,
                state=outcome_of(stored, self._annotator),
                by=self._annotator,
                at=self._clock(),
                operation=uuid4().hex,
                codebook_version=self._codebook.version,
                seconds=seconds,
            )
            if said is not None:
                self._shelf.keep_coverage(said)
                told.append(said)
            return ()

        self._shelf.snapshot(opened.article)
        self._shelf.change_claims(opened.article.headline.id, opened.feed.number, change)
        return told[0] if told else None

    def _coverage_of(self, opened: OpenedArticle) -> tuple[Coverage, ...]:
        return self._shelf.coverage_of(opened.article.headline.id, opened.feed.number)

    def take_back(self, opened: OpenedArticle, act: Act) -> tuple[Operation, int] | None:
        """Undo or redo the annotator's last step in the article.

        Returns what was reversed and the offset of its passage in code points, 0 for the whole
        article; None when there was nothing to reverse. What spans articles is only named, for
        ``bulk`` to reverse it in all of them.
        """
        found: list[tuple[Operation, int]] = []

        def change(stored: tuple[Claim, ...]) -> tuple[Claim, ...]:
            coverage = self._coverage_of(opened)
            both = stacks(stored, self._annotator, coverage)
            stack = both.redo if act == "redo" else both.undo
            if not stack:
                return ()
            last, now, operation = stack[-1], self._clock(), uuid4().hex
            if spans_articles(last.id):
                found.append((last, 0))
                return ()
            by = self._annotator
            said = uncovered(coverage, last.id, act=act, by=by, at=now, new_operation=operation)
            if said is not None:
                self._shelf.keep_coverage(said)
            put_back = reversed_by(stored, last.id, act=act, by=by, at=now, new_operation=operation)
            passages = [claim.marking.anchor.span.start for claim in put_back]
            found.append((last, min(passages, default=0)))
            return put_back

        self._shelf.change_claims(opened.article.headline.id, opened.feed.number, change)
        return found[0] if found else None

    def create_company(self, name: str) -> Company:
        """Add a company to the desk under its own name, or return the one that has it."""
        company = Company(id=company_id(name), name=name)
        directory = Directory(known_companies(self._codebook), self._shelf.companies())
        if known := directory.company(company.id):
            return known
        self._shelf.keep_companies([company])
        return company


def _declined(opened: OpenedArticle, write: Write, old: Claim | None) -> tuple[Tag, ...]:
    """What was suggested for the sentence and is not taken; a rejection holds all of it itself."""
    if write.review == "rejected" or write.act == "remove":
        return old.marking.declined if old else ()
    here = (
        value
        for suggestion in opened.suggestions
        if suggestion.sentence.start <= write.span.start < suggestion.sentence.end
        for value in suggestion.values
    )
    return declined_by(here, write.tags, old.marking if old else None)
