"""How far annotators agree, dimension by dimension, on the sentences that they all read.

Pure: what each said of each sentence goes in, numbers come out. What the numbers mean, and what
to expect of them, stands in ``docs/agreement.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from store.model import Span, Value

Said = Mapping[str, frozenset[str]]
"""What each annotator who read a sentence says of it in one dimension; nothing is an empty set."""


class Measure(Value, frozen=True, kw_only=True):
    """Agreement in one dimension. Where nothing varies or nothing was shared, a number is None."""

    dimension: str
    label: str
    units: int
    """Sentences that two or more annotators read."""
    raw: float | None
    """Share of the pairs of judgements that are the same, "none" included, 0 to 1."""
    kappa: float | None
    """Cohen's; the mean over the pairs of annotators."""
    alpha: float | None
    """Krippendorff's, nominal: other than kappa it also takes units that somebody did not read."""
    alpha_sets: float | None
    """The same with MASI: naming one of two companies is half right."""
    marked: int
    """Of the units those to which two or more gave a value."""
    raw_marked: float | None
    alpha_marked: float | None
    """Alpha among the values given: how far people agree once they see the same thing."""


COLUMNS = ("units", "same", "kappa", "alpha", "sets", "marked", "same", "alpha")
"""What stands over the numbers of a measure, as ``cells`` gives them."""


def cells(measured: Measure) -> tuple[str, ...]:
    """The numbers of a measure as they are printed; "–" for one that does not exist."""
    return (
        str(measured.units),
        two_places(measured.raw),
        two_places(measured.kappa),
        two_places(measured.alpha),
        two_places(measured.alpha_sets),
        str(measured.marked),
        two_places(measured.raw_marked),
        two_places(measured.alpha_marked),
    )


def two_places(value: float | None) -> str:
    """A number of agreement as it is printed."""
    return "–" if value is None else f"{value:.2f}"


class Edges(Value, frozen=True, kw_only=True):
    """How far annotators quote the same words."""

    passages: int
    """Quoted by all of them together."""
    exact: float | None
    """F1 of passages with both edges alike, 0 to 1."""
    overlapping: float | None
    """F1 of passages that share at least a character."""


def measure(dimension: str, label: str, units: Sequence[Said]) -> Measure:
    """Measure agreement in one dimension over these sentences."""
    from store.claims.annotators.reliability import NONE, alpha, mean_kappa

    shared = [unit for unit in units if len(unit) > 1]
    labelled = [{name: values or NONE for name, values in unit.items()} for unit in shared]
    given = [{name: values for name, values in unit.items() if values} for unit in shared]
    marked = [unit for unit in given if len(unit) > 1]
    return Measure(
        dimension=dimension,
        label=label,
        units=len(shared),
        raw=raw_agreement(labelled),
        kappa=mean_kappa(labelled),
        alpha=(nominal := alpha(labelled)),
        alpha_sets=alpha(labelled, "sets") if _has_sets(labelled) else nominal,
        marked=len(marked),
        raw_marked=raw_agreement(marked),
        alpha_marked=alpha(marked),
    )


def _has_sets(units: Iterable[Said]) -> bool:
    """Whether anybody gave a unit several values: else set distance is the nominal one."""
    return any(len(values) > 1 for unit in units for values in unit.values())


def raw_agreement(units: Iterable[Said]) -> float | None:
    """The share of pairs of judgements on the same unit that are alike; None without a pair."""
    alike = pairs = 0
    for unit in units:
        for one, other in combinations(unit.values(), 2):
            pairs += 1
            alike += one == other
    return alike / pairs if pairs else None


def edges(articles: Iterable[Mapping[str, Sequence[Span]]]) -> Edges:
    """Compare the passages that each quotes, article by article and pair by pair.

    F1 is 2m / (a + b): m passages matched one to one, a and b those of the two annotators; over
    several pairs the sums are taken before the division.
    """
    matched = near = compared = passages = 0
    for spans in articles:
        passages += sum(len(one) for one in spans.values())
        for one, other in combinations(spans.values(), 2):
            compared += len(one) + len(other)
            matched += (Counter(one) & Counter(other)).total()
            near += _overlapping(one, other)
    return Edges(
        passages=passages,
        exact=2 * matched / compared if compared else None,
        overlapping=2 * near / compared if compared else None,
    )


def _overlapping(one: Sequence[Span], other: Sequence[Span]) -> int:
    """How many passages of two annotators can be matched one to one, each with what it overlaps.

    Both sides go by their ends, so that a long passage does not take the partner of a short one.
    """
    left = sorted(other, key=lambda span: (span.end, span.start))
    matched = 0
    for span in sorted(one, key=lambda span: (span.end, span.start)):
        partner = next((near for near in left if near.overlaps(span)), None)
        if partner is not None:
            left.remove(partner)
            matched += 1
    return matched
