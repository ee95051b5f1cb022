"""The labelled articles of tests/evaluation, and how well the suggester reads them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from gold_sentences import gold_articles

from store.cli.engine import Engine
from store.cli.teaching import CompanyNames
from store.formats.documents import Document, Passage, documents_in
from store.formats.suggestions import SuggestedSentence, SuggestedValue

SETS = Path(__file__).with_name("evaluation")
CHIPS = 3
"""So many signals stand ready for a digit, shown ticked or not."""


def articles(part: str) -> list[Document]:
    """The articles of "tuning", "held_out" or "teaching"."""
    with (SETS / f"{part}.jsonl").open("rb") as stream:
        read = list(documents_in(stream, part, tagged=True))
    assert all(isinstance(one, Document) for one in read), read
    return [one for one in read if isinstance(one, Document)]


def further_articles() -> list[Document]:
    """More to learn from, and too easy or known too well to measure with."""
    return [*articles("teaching"), *_gold()]


def _gold() -> list[Document]:
    """The gold sentences as tagged articles."""
    return [
        Document(
            id=f"gold-{number}",
            where=f"gold {number}",
            title=title.text,
            sentences=tuple(
                Passage(
                    text=one.text,
                    values={
                        "signal": tuple(sorted(one.signal)),
                        "company": tuple(sorted(one.company)),
                        "region": tuple(sorted(one.region)),
                    },
                )
                for one in rest
            ),
        )
        for number, (title, *rest) in enumerate(
            [*gold_articles("tuned"), *gold_articles("checked")]
        )
    ]


class Hits(NamedTuple):
    """Counts of one dimension, sentence by sentence."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class Measured(NamedTuple):
    """How the suggester did on some articles."""

    dimensions: dict[str, Hits]
    """Micro-averaged; "country" is "region" with a state read as its country."""
    first: float
    """Share of the sentences with a signal whose first-ranked one is right."""
    first_three: float
    quiet: float
    """Share of the sentences without a signal for which none was shown."""
    keys: Counter[int]
    """Sentences with a signal by the keys that a person needs for all their values."""

    def within(self, keys: int) -> float:
        """Share of the sentences with a signal that so many keys are enough for."""
        enough = sum(count for needed, count in self.keys.items() if needed <= keys)
        return enough / max(1, self.keys.total())


def measure(engine: Engine, documents: Iterable[Document]) -> Measured:
    """Read the articles and compare; nothing is learned from them."""
    names = CompanyNames(engine.lexicon)
    counts = {name: Counter[str]() for name in ("signal", "company", "region", "country")}
    keys, tally = Counter[int](), Counter[str]()
    for wanted, said in _sentences(engine, documents, names):
        got = {name: _shown(values) for name, values in _by_dimension(said).items()}
        for name, counted in counts.items():
            counted["right"] += len(wanted[name] & got[name])
            counted["wrong"] += len(got[name] - wanted[name])
            counted["missed"] += len(wanted[name] - got[name])
        if wanted["signal"]:
            ranked = [value.code for value in said.signals]
            tally["signals"] += 1
            tally["first"] += ranked[0] in wanted["signal"]
            tally["three"] += bool(wanted["signal"] & set(ranked[:3]))
            keys[_keys(wanted, said)] += 1
        else:
            tally["plain"] += 1
            tally["quiet"] += not got["signal"]
    signals, plain = max(1, tally["signals"]), max(1, tally["plain"])
    return Measured(
        {name: Hits(one["right"], one["wrong"], one["missed"]) for name, one in counts.items()},
        tally["first"] / signals,
        tally["three"] / signals,
        tally["quiet"] / plain,
        keys,
    )


def _sentences(
    engine: Engine, documents: Iterable[Document], names: CompanyNames
) -> Iterator[tuple[dict[str, set[str]], SuggestedSentence]]:
    for document in documents:
        for passage, said in zip(document.sentences, engine.lines(document), strict=True):
            values = passage.values
            yield (
                {
                    "signal": set(values["signal"]),
                    "company": {names.company(name).id for name in values["company"]},
                    "region": set(values["region"]),
                    "country": {_country(code) for code in values["region"]},
                },
                said,
            )


def _by_dimension(said: SuggestedSentence) -> dict[str, Sequence[tuple[str, bool]]]:
    def told(values: Iterable[SuggestedValue]) -> list[tuple[str, bool]]:
        return [(value.code, value.shown) for value in values]

    regions = told(said.regions)
    return {
        "signal": told(said.signals),
        "company": told(said.companies),
        "region": regions,
        "country": [(_country(code), shown) for code, shown in regions],
    }


def _shown(values: Sequence[tuple[str, bool]]) -> set[str]:
    return {code for code, shown in values if shown}


def _country(code: str) -> str:
    return code.partition("-")[0]


def _keys(wanted: dict[str, set[str]], said: SuggestedSentence) -> int:
    """Keys for a claim with just these values.

    Enter takes what is shown; a digit takes one of the first three signals or inverts what is
    ranked; ``s`` and ``S`` need the signal's key; a name that is not ranked is typed: ``c`` or
    ``r``, three letters, Enter. States count as their countries.
    """
    ranked = _by_dimension(said)
    chips = [code for code, _ in ranked["signal"][:CHIPS]]
    costs = [1 if code in chips else 2 for code in wanted["signal"]]
    taken = 1 if _shown(ranked["signal"]) == wanted["signal"] else sum(costs)
    for name in ("company", "country"):
        shown = _shown(ranked[name])
        known = {code for code, _ in ranked[name]}
        taken += len(shown - wanted[name])
        taken += sum(1 if code in known else 5 for code in wanted[name] - shown)
    return taken
