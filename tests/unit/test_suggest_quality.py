"""How often suggestions are right, on invented news that a person marked."""

from __future__ import annotations

from collections import Counter

import pytest
from gold_sentences import Marked, gold_articles
from read_articles import read, shown

DIMENSIONS = ("signal", "company", "region")


def measured(part: str) -> tuple[dict[str, tuple[float, float]], tuple[float, float, float]]:
    """Precision and recall by dimension; hit@1, hit@3, and how often silence is kept."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    first, three, quiet, signals, plain = 0, 0, 0, 0, 0
    for marked in gold_articles(part):
        for gold, suggestion in zip(marked, read(*(one.text for one in marked)), strict=True):
            for dimension in DIMENSIONS:
                wanted = _wanted(gold, dimension)
                got = set(shown(suggestion, dimension))
                right[dimension] += len(wanted & got)
                wrong[dimension] += len(got - wanted)
                missed[dimension] += len(wanted - got)
            ranked = [value.code for value in suggestion.of("signal")]
            if gold.signal:
                signals += 1
                first += ranked[0] in gold.signal
                three += bool(gold.signal & set(ranked[:3]))
            else:
                plain += 1
                quiet += not shown(suggestion, "signal")
    rates = {
        name: (
            right[name] / (right[name] + wrong[name]),
            right[name] / (right[name] + missed[name]),
        )
        for name in DIMENSIONS
    }
    return rates, (first / signals, three / signals, quiet / plain)


def _wanted(gold: Marked, dimension: str) -> frozenset[str]:
    found: frozenset[str] = getattr(gold, dimension)
    return found


@pytest.mark.parametrize(
    ("part", "floors", "signal_floors"),
    [
        ("tuned", {"signal": (0.93, 0.85), "company": (0.93, 0.92), "region": (0.95, 0.95)},
         (0.92, 0.97, 0.93)),
        ("checked", {"signal": (0.85, 0.75), "company": (0.93, 0.93), "region": (0.93, 0.95)},
         (0.80, 0.94, 0.93)),
    ],
)  # fmt: skip
def test_suggestions_on_the_gold_sentences_are_right_often_enough(
    part: str,
    floors: dict[str, tuple[float, float]],
    signal_floors: tuple[float, float, float],
    capsys: pytest.CaptureFixture[str],
) -> None:
    rates, (first, three, quiet) = measured(part)
    with capsys.disabled():
        told = " · ".join(f"{name} P {p:.2f} R {r:.2f}" for name, (p, r) in rates.items())
        print(f"\n{part}: {told} · hit@1 {first:.2f} hit@3 {three:.2f} quiet {quiet:.2f}")
    for name, (precision, recall) in floors.items():
        assert rates[name][0] >= precision, name
        assert rates[name][1] >= recall, name
    for got, floor in zip((first, three, quiet), signal_floors, strict=True):
        assert got >= floor
