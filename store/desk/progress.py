"""How the work goes: claims, articles, seconds a claim, how good suggestions are; read off steps.

Nothing is counted while somebody works; the histories of claims and coverage hold it all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, pairwise
from statistics import median

from store.desk.lane import Lane
from store.model import Claim, Coverage, CoverageStep, Marking, Step, Value
from store.shelf.shelf import Shelf

IDLE = timedelta(minutes=5)
"""A longer pause between two steps is no work."""
AT_ONCE = 500
"""Claims that are read before another reader has its turn."""
_SETTLED = ("accepted", "adjudicated")
_NOT_BY_HAND = ("import", "undo", "redo")


class Progress(Value, frozen=True, kw_only=True):
    """What one annotator did in a stretch of time, as it stands now: undone things do not count."""

    claims: int = 0
    articles: int = 0
    """On which anything was said, or that were called done."""
    nothing_found: int = 0
    """Articles that were read through and hold no claim."""
    seconds_a_claim: float | None = None
    """Median of the time from the step before to the claim; None where there is no pair."""
    accepted: int = 0
    """Suggested signals that were kept."""
    changed: int = 0
    """Sentences with a suggested signal of which another was said."""
    rejected: int = 0

    @property
    def accept_rate(self) -> float | None:
        """The share of the answered suggestions that were kept, from 0 to 1."""
        answered = self.accepted + self.changed + self.rejected
        return self.accepted / answered if answered else None


def progress_of(
    claims: Iterable[Claim],
    coverage: Iterable[Coverage],
    *,
    by: str,
    since: datetime | None = None,
) -> Progress:
    """Count what ``by`` did since a moment, or ever."""
    tally = Tally(by, since)
    for claim in claims:
        tally.take(claim)
    for one in coverage:
        tally.take_coverage(one)
    return tally.progress


class Tally:
    """Counts claims and coverage one by one, so that a large desk need not be held at once."""

    def __init__(self, by: str, since: datetime | None = None) -> None:
        self._by, self._since = by, since
        self._articles: set[int] = set()
        self._empty: set[int] = set()
        self._answers: Counter[str] = Counter()
        self._times: dict[str, datetime] = {}
        self._made: Counter[str] = Counter()

    def take(self, claim: Claim) -> None:
        """Count a claim."""
        if not self._saw(claim.history):
            return
        self._articles.add(claim.target.article)
        if claim.provenance.creator != self._by:
            return
        made = self._making(claim)
        self._answers[self._answer(claim, made)] += 1
        if made is not None:
            self._made[made.operation] += 1

    def take_coverage(self, coverage: Coverage) -> None:
        """Count that an article was called done."""
        if coverage.annotator != self._by or not self._saw(coverage.history):
            return
        self._articles.add(coverage.article)
        if coverage.state == "nothing_found":
            self._empty.add(coverage.article)

    @property
    def progress(self) -> Progress:
        """What was counted so far."""
        return Progress(
            claims=self._made.total(),
            articles=len(self._articles),
            nothing_found=len(self._empty),
            seconds_a_claim=self._pace(),
            accepted=self._answers["accepted"],
            changed=self._answers["changed"],
            rejected=self._answers["rejected"],
        )

    def _counts(self, step: Step | CoverageStep) -> bool:
        return step.by == self._by and (self._since is None or step.at >= self._since)

    def _saw(self, steps: Iterable[Step | CoverageStep]) -> bool:
        """Remember when these steps were made; say whether any of them counts."""
        counted = [step for step in steps if self._counts(step)]
        for step in counted:
            self._times.setdefault(step.operation, step.at)
        return bool(counted)

    def _making(self, claim: Claim) -> Step | None:
        """The step that made it a claim, if it still is one and was made by hand in that time."""
        if not _stands(claim.marking):
            return None
        step = next((step for step, after in _afterwards(claim) if _stands(after)), None)
        if step is None or step.act in _NOT_BY_HAND or not self._counts(step):
            return None
        return step

    def _answer(self, claim: Claim, made: Step | None) -> str:
        """What became of the signal that was suggested there, or empty where none was."""
        if claim.marking.review == "rejected" and not claim.marking.deleted:
            return "rejected" if self._counts(claim.history[-1]) else ""
        if made is None:
            return ""
        if any(tag.dimension == "signal" for tag in claim.marking.declined):
            return "changed"
        return "accepted" if _has_suggested_signal(claim.marking) else ""

    def _pace(self) -> float | None:
        """Seconds a claim, the median; a key that made several claims shares its time."""
        in_order = sorted(self._times.items(), key=lambda pair: pair[1])
        took = {
            operation: at - before
            for (_, before), (operation, at) in pairwise(in_order)
            if at - before <= IDLE
        }
        shares = [
            took[operation].total_seconds() / count
            for operation, count in self._made.items()
            if operation in took
            for _ in range(count)
        ]
        return median(shares) if shares else None


def _afterwards(claim: Claim) -> Iterator[tuple[Step, Marking]]:
    """Each step with what stood after it."""
    befores = [step.before for step in claim.history[1:]]
    for step, after in zip(claim.history, [*befores, claim.marking], strict=False):
        if after is not None:
            yield step, after


def _stands(marking: Marking) -> bool:
    return not marking.deleted and marking.review in _SETTLED


def _has_suggested_signal(marking: Marking) -> bool:
    return any(tag.origin == "suggested" for tag in marking.values("signal"))


class Stopwatch:
    """Seconds spent on something: the time between signs of life, long pauses left out."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """``clock`` counts seconds and never goes back."""
        self._clock = clock
        self._last = clock()
        self._spent = 0.0

    def touch(self) -> None:
        """A sign of life."""
        now = self._clock()
        passed = now - self._last
        if passed <= IDLE.total_seconds():
            self._spent += passed
        self._last = now

    def restart(self) -> None:
        """Something else begins."""
        self._last, self._spent = self._clock(), 0.0

    @property
    def seconds(self) -> int:
        """Spent until the last sign of life, whole."""
        return round(self._spent)


async def tallied(lane: Lane, shelf: Shelf, tallies: Sequence[Tally]) -> None:
    """Count all that is on the desk, in steps between which others have their turn.

    Raises:
        DeskError: Claims cannot be read.
    """
    claims = shelf.claims()
    while batch := await lane.run(lambda: list(islice(claims, AT_ONCE))):
        for claim in batch:
            for tally in tallies:
                tally.take(claim)
    for coverage in await lane.run(lambda: list(shelf.coverage())):
        for tally in tallies:
            tally.take_coverage(coverage)
