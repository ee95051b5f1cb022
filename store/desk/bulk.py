"""Changes of any claims of a desk, one or thousands: one operation, one step back, never half done.

What touches more than one claim is logged first (``shelf.intents``) and then done file by file,
each in one write. Whoever opens the desk next carries out what a kill interrupted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import NamedTuple
from uuid import uuid4

import msgspec

from store.claims.codebook import Codebook
from store.claims.marking.covering import uncovered
from store.claims.marking.history import Operation, stacks_of
from store.claims.table.bulk import SPANNING, Change, spans_articles
from store.claims.table.rows import ClaimRow
from store.desk.plans import (
    Changing,
    Making,
    Moving,
    Plan,
    Reversal,
    missing,
    next_of,
    plan_of,
    written,
)
from store.desk.strays import move
from store.errors import DeskError
from store.model import Act, Claim, Coverage, Step
from store.shelf.intents import Intent, Meant
from store.shelf.shelf import Shelf

CLOCK_SLACK = timedelta(seconds=3)
"""How much earlier than its steps a file may be dated: some file systems count in two seconds."""


class _Something(msgspec.Struct, frozen=True, gc=False):
    pass


class _PastStep(msgspec.Struct, frozen=True, gc=False):
    rev: int
    at: datetime
    by: str
    act: Act
    operation: str
    takes_back: str = ""
    before: _Something | str | None = None
    """A marking or a state: only that there is one matters."""


class _Past(msgspec.Struct, frozen=True, gc=False):
    """What was done to a claim, without what it said."""

    id: str
    rev: int
    history: tuple[_PastStep, ...] = ()
    format: int = 1


class _CoveragePast(msgspec.Struct, frozen=True, gc=False):
    history: tuple[_PastStep, ...] = ()
    format: int = 1


class _File(NamedTuple):
    segment: str
    claims: list[_Past]
    coverage: list[_CoveragePast]

    def steps_by(self, who: str) -> list[Step]:
        """The steps of one annotator that can be reversed: from files come some that cannot."""
        records: list[_Past | _CoveragePast] = [*self.claims, *self.coverage]
        return [
            Step(
                rev=one.rev,
                at=one.at,
                by=one.by,
                act=one.act,
                operation=one.operation,
                takes_back=one.takes_back,
            )
            for past in records
            for one in past.history
            if one.by == who and (one.rev == 1 or one.before is not None)
        ]


class Bulk:
    """Changes one annotator's claims, whichever articles they are on.

    Every method may raise ShelfError.
    """

    def __init__(
        self, shelf: Shelf, codebook: Codebook, annotator: str, clock: Callable[[], datetime]
    ) -> None:
        self._shelf = shelf
        self._codebook = codebook
        self._annotator = annotator
        self._clock = clock

    def begin(self, change: Change, rows: Sequence[ClaimRow]) -> Intent:
        """Decide on a change, and log it if it is for more than one claim.

        Raises:
            DeskError: The codebook does not know the value.
        """
        if change.tag is not None and change.what != "drop":
            if wrong := self._codebook.check(change.tag):
                raise DeskError(wrong)
            book = self._codebook
            self._shelf.keep_codebook(book.id, book.version, book.toml)
        meant = [Meant(row.place, row.id, row.rev) for row in rows]
        return self._begin(Changing(change=change), meant)

    def begin_making(self, claims: Sequence[Claim], operation: str) -> Intent:
        """Log that these claims, all of one operation that spans articles, are to be made."""
        making = Making(claims=tuple(claims))
        return self._logged(operation, making, ())

    def _begin(self, plan: Plan, meant: Iterable[Meant]) -> Intent:
        claims = tuple(sorted(meant))
        operation = f"{SPANNING if len(claims) > 1 else ''}{uuid4().hex}"
        return self._logged(operation, plan, claims)

    def _logged(self, operation: str, plan: Plan, claims: tuple[Meant, ...]) -> Intent:
        intent = Intent(
            operation=operation,
            at=self._clock(),
            by=self._annotator,
            change=written(plan),
            claims=claims,
        )
        if spans_articles(operation):
            self._shelf.intents.log(intent)
        return intent

    def carry_out(self, intent: Intent) -> Iterator[list[Claim]]:
        """Do it file by file: each step of the iteration is on disk. The last one ends the intent.

        Claims that were changed elsewhere since it began are left alone.
        """
        plan = plan_of(intent)
        if isinstance(plan, Making):
            yield from self._make(plan)
        elif isinstance(plan, Moving):
            yield from move(self._shelf, plan)
        else:
            yield from self._change(plan, intent)
        if spans_articles(intent.operation):
            self._shelf.intents.done(intent)

    def _change(self, plan: Reversal | Changing, intent: Intent) -> Iterator[list[Claim]]:
        for segment, meant in groupby(intent.claims, key=lambda one: one.segment):
            revs = {one.claim: one.rev for one in meant}
            yield self._shelf.claim_segments.change(
                segment, revs.keys(), partial(next_of, plan, intent, revs=revs)
            )

    def _make(self, plan: Making) -> Iterator[list[Claim]]:
        for (feed, article), claims in groupby(plan.claims, key=_place):
            made = self._shelf.change_claims(article, feed, partial(missing, tuple(claims)))
            yield list(made)

    def finish_interrupted(self) -> int:
        """Carry out what was begun and not ended; how many operations that were."""
        begun = self._shelf.intents.open()
        for intent in begun:
            for _ in self.carry_out(intent):
                pass
        return len(begun)

    # ------------------------------------------------------------ taking back

    def last(self, act: Act) -> tuple[Operation, Intent] | None:
        """What this annotator takes back now ("undo"), or does again ("redo"), and how.

        A step lies in a file that was written after it was made: so the newest files tell, and
        the others need not be read.
        """
        read: list[_File] = []
        latest: datetime | None = None
        for modified, segment in self._newest_first():
            if latest is not None and modified + CLOCK_SLACK < latest:
                last = self._top(read, act)
                if last is not None and modified + CLOCK_SLACK < last[1]:
                    break
            file = self._read(segment)
            read.append(file)
            mine = [step.at for step in file.steps_by(self._annotator)]
            latest = max([*mine, *([latest] if latest else [])], default=None)
        top = self._top(read, act)
        return None if top is None else (top[0], self._reversal(top[0].id, act, read))

    def reverse(self, operation: str, at: datetime, act: Act) -> Intent:
        """Decide to reverse an operation that began at that time, wherever it changed something."""
        read = [
            self._read(segment)
            for modified, segment in self._newest_first()
            if modified + CLOCK_SLACK >= at
        ]
        return self._reversal(operation, act, read)

    def reverse_all_of(self, operation: str, claims: Iterable[Claim], act: Act) -> tuple[str, ...]:
        """Reverse at once what spans articles, told by claims of one; the ids of all it changed."""
        began = [
            step.at for claim in claims for step in claim.history if step.operation == operation
        ]
        if not began:
            return ()
        steps = self.carry_out(self.reverse(operation, min(began), act))
        return tuple(claim.id for step in steps for claim in step)

    def uncover(self, operation: str, intent: Intent, act: Act) -> bool:
        """Take back that an article is done, where that is what the operation said."""
        for _, segment in self._newest_first():
            for one in self._shelf.claim_segments.read(segment, Coverage, table="coverage"):
                said = uncovered(
                    [one],
                    operation,
                    act=act,
                    by=self._annotator,
                    at=intent.at,
                    new_operation=intent.operation,
                )
                if said is not None:
                    self._shelf.keep_coverage(said)
                    return True
        return False

    def _newest_first(self) -> list[tuple[datetime, str]]:
        states = self._shelf.claim_segments.states()
        dated = [
            (datetime.fromtimestamp(state.modified / 1e9, UTC), name)
            for name, state in states.items()
        ]
        return sorted(dated, reverse=True)

    def _read(self, segment: str) -> _File:
        files = self._shelf.claim_segments
        return _File(
            segment,
            files.read(segment, _Past),
            files.read(segment, _CoveragePast, table="coverage"),
        )

    def _top(self, read: Iterable[_File], act: Act) -> tuple[Operation, datetime] | None:
        steps = [step for file in read for step in file.steps_by(self._annotator)]
        both = stacks_of(steps, self._annotator)
        stack = both.redo if act == "redo" else both.undo
        if not stack:
            return None
        return stack[-1], next(step.at for step in steps if step.operation == stack[-1].id)

    def _reversal(self, operation: str, act: Act, read: Iterable[_File]) -> Intent:
        meant = [
            Meant(file.segment, one.id, one.rev)
            for file in read
            for one in file.claims
            if any(step.operation == operation for step in one.history)
        ]
        # What is half done and taken back must not be finished later.
        for begun in self._shelf.intents.open():
            if begun.operation == operation:
                self._shelf.intents.done(begun)
        return self._begin(Reversal(operation=operation, act=act), meant)


def _place(claim: Claim) -> tuple[int, int]:
    return claim.target.feed, claim.target.article
