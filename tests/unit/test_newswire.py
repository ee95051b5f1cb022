"""How often the companies and regions in agencies' news are found, and found rightly."""

from __future__ import annotations

from collections import Counter

import pytest
from newswire import newswire_articles
from read_articles import read, shown

Rates = dict[str, tuple[float, float]]


def measured(part: str) -> Rates:
    """Precision and recall of companies and regions, sentence by sentence."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for article in newswire_articles(part):
        for told, suggestion in zip(article, read(*(one.text for one in article)), strict=True):
            for dimension, wanted in (("company", told.company), ("region", told.region)):
                got = set(shown(suggestion, dimension))
                right[dimension] += len(wanted & got)
                wrong[dimension] += len(got - wanted)
                missed[dimension] += len(wanted - got)
    return {
        name: (
            right[name] / (right[name] + wrong[name]),
            right[name] / (right[name] + missed[name]),
        )
        for name in right
    }


@pytest.mark.parametrize(
    ("part", "floors"),
    [
        ("tuned", {"company": (0.96, 0.95), "region": (0.98, 0.98)}),
        ("checked", {"company": (0.94, 0.83), "region": (0.97, 0.97)}),
    ],
)
def test_names_in_the_news_of_agencies_are_found_and_little_else(
    part: str, floors: Rates, capsys: pytest.CaptureFixture[str]
) -> None:
    rates = measured(part)
    with capsys.disabled():
        told = " · ".join(f"{name} P {p:.2f} R {r:.2f}" for name, (p, r) in sorted(rates.items()))
        print(f"\nnewswire, {part}: {told}")
    for name, (precision, recall) in floors.items():
        assert rates[name][0] >= precision, name
        assert rates[name][1] >= recall, name


def test_politics_and_sport_without_firms_are_left_without() -> None:
    articles = newswire_articles("silent")
    found = [
        (told.text, shown(suggestion, "company"))
        for article in articles
        for told, suggestion in zip(article, read(*(one.text for one in article)), strict=True)
        if shown(suggestion, "company")
    ]
    assert found == []
    assert sum(map(len, articles)) > 50
