"""That somebody is done with an article: said with a key, taken back like any other key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec.structs import replace

from store.model import Act, Claim, Coverage, CoverageState, CoverageStep, Target


def outcome_of(claims: Iterable[Claim], by: str) -> CoverageState:
    """What came of reading: *coded* if this annotator has a claim or a draft, else nothing.

    Suggestions that were not answered are no rejections, and rejections are no claims.
    """
    said = any(claim.provenance.creator == by and claim.marking.holds for claim in claims)
    return "coded" if said else "nothing_found"


def standing_coverage(coverage: Iterable[Coverage], by: str, version: int) -> Coverage | None:
    """What this annotator said of this version of a text, if that was not taken back."""
    found = _of(coverage, by, version)
    return None if found is None or found.state == "opened" else found


def covered(
    coverage: Sequence[Coverage],
    *,
    target: Target,
    state: CoverageState,
    by: str,
    at: datetime,
    operation: str,
    codebook_version: str,
    seconds: int = 0,
) -> Coverage | None:
    """The record that says so, with one more step; None where it is said already."""
    old = _of(coverage, by, target.version)
    if old is not None and old.state == state:
        return None
    if old is None:
        old = Coverage(
            article=target.article,
            feed=target.feed,
            version=target.version,
            annotator=by,
            state="opened",
            codebook_version=codebook_version,
            at=at,
        )
    told = _changed(old, state, act="cover", by=by, at=at, operation=operation)
    return replace(told, codebook_version=codebook_version, seconds=old.seconds + seconds)


def uncovered(
    coverage: Iterable[Coverage],
    operation: str,
    *,
    act: Act,
    by: str,
    at: datetime,
    new_operation: str,
) -> Coverage | None:
    """The record that an operation touched, as it stood before; None if it touched none."""
    for one in coverage:
        step = next((step for step in one.history if step.operation == operation), None)
        if step is not None:
            return _changed(
                one,
                step.before or "opened",
                act=act,
                by=by,
                at=at,
                operation=new_operation,
                takes_back=operation,
            )
    return None


def _of(coverage: Iterable[Coverage], by: str, version: int) -> Coverage | None:
    return next((one for one in coverage if (one.annotator, one.version) == (by, version)), None)


def _changed(
    coverage: Coverage,
    state: CoverageState,
    *,
    act: Act,
    by: str,
    at: datetime,
    operation: str,
    takes_back: str = "",
) -> Coverage:
    step = CoverageStep(
        rev=len(coverage.history) + 1,
        at=at,
        by=by,
        act=act,
        operation=operation,
        takes_back=takes_back,
        before=coverage.state if coverage.history else None,
    )
    return replace(coverage, state=state, at=at, history=(*coverage.history, step))
