"""Kappa and alpha by NLTK; only this module knows NLTK, and it is loaded late.

Two sums of NLTK's alpha grow with the square of what there is: it compares every label with every
other, and looks through all labels again at every unit. Where people name thousands of companies
that takes many seconds, so ``_Task`` reaches the same sums in one pass; the tests compare both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final, Literal

from nltk.metrics import binary_distance, masi_distance
from nltk.metrics.agreement import AnnotationTask

NONE: Final = frozenset({""})
"""The label of who said nothing: a value of its own, unlike any other."""

Label = frozenset[str]
Distance = Literal["same", "sets"]
_DISTANCES: Final = {"same": binary_distance, "sets": masi_distance}


class _Task(AnnotationTask):  # type: ignore[misc]
    def alpha(self) -> float:
        observed, said = 0.0, Counter[Label]()
        for _, rows in self._grouped_data("item"):
            labels = Counter(row["labels"] for row in rows)
            said.update(labels)
            observed += self.Disagreement(labels) * labels.total()
        return float(1 - observed / said.total() / self.Disagreement(said))

    def Disagreement(self, label_freqs: Mapping[Label, int]) -> float:  # noqa: N802 - NLTK's name
        """The mean distance of two labels drawn without putting back."""
        if len(label_freqs) == 1:
            return 0.0
        total = sum(label_freqs.values())
        by_value: dict[str, list[Label]] = {}
        for label in label_freqs:
            for value in label:
                by_value.setdefault(value, []).append(label)
        near = 0.0  # all labels that share no value are at distance 1
        for one, times in label_freqs.items():
            for other in {label for value in one for label in by_value[value]}:
                near += times * label_freqs[other] * (1 - self.distance(one, other))
        return float((total * total - near) / (total * (total - 1)))


def kappa(pairs: Sequence[tuple[Label, Label]]) -> float | None:
    """Cohen's kappa (1960) of two annotators; None where both always said the same one thing.

    Chance is what each would reach with the own habits: p = sum over labels of pA x pB.
    """
    if not _varies(label for pair in pairs for label in pair):
        return None
    said = [("a", unit, first) for unit, (first, _) in enumerate(pairs)]
    said += [("b", unit, second) for unit, (_, second) in enumerate(pairs)]
    return float(AnnotationTask(data=said).kappa_pairwise("a", "b"))


def mean_kappa(units: Sequence[Mapping[str, Label]]) -> float | None:
    """The mean of Cohen's kappa over all pairs of annotators (Light 1971), if there is any."""
    names = sorted({name for unit in units for name in unit})
    found = [
        value
        for one, other in combinations(names, 2)
        if (value := kappa([(u[one], u[other]) for u in units if one in u and other in u]))
        is not None
    ]
    return sum(found) / len(found) if found else None


def alpha(units: Sequence[Mapping[str, Label]], distance: Distance = "same") -> float | None:
    """Krippendorff's alpha (2011) of two or more; None where nothing varies.

    "same" is the nominal metric, "sets" MASI (Passonneau 2006): sets that overlap are less apart.
    Whoever did not see a unit is missing in it; units that fewer than two saw do not count.
    """
    shared = [unit for unit in units if len(unit) > 1]
    if not _varies(label for unit in shared for label in unit.values()):
        return None
    said = [
        (name, number, label) for number, unit in enumerate(shared) for name, label in unit.items()
    ]
    return float(_Task(data=said, distance=_DISTANCES[distance]).alpha())


def _varies(labels: Iterable[Label]) -> bool:
    return len(set(labels)) > 1
