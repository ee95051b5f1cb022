"""The suggester reads labelled articles about as well as it did: a breakage shows here first.

The floors lie well below the figures in docs/suggestions.md, which ``make bench`` prints.
"""

from __future__ import annotations

import pytest
from labelled import Measured, articles, further_articles, measure

from store.claims.codebook.file import load_codebook
from store.claims.names.regions import region
from store.cli.engine import engine_of

FLOORS = {
    "signal": (0.55, 0.20),
    "company": (0.85, 0.60),
    "region": (0.80, 0.75),
    "country": (0.88, 0.82),
}
"""By dimension: precision and recall."""


@pytest.fixture(scope="module")
def measured() -> Measured:
    return measure(engine_of(load_codebook()), articles("tuning"))


@pytest.mark.parametrize("dimension", FLOORS)
def test_what_is_shown_is_mostly_right_and_not_too_little(
    measured: Measured, dimension: str
) -> None:
    precision, recall = FLOORS[dimension]
    found = measured.dimensions[dimension]
    assert found.precision >= precision
    assert found.recall >= recall


def test_the_right_signal_is_mostly_at_hand(measured: Measured) -> None:
    assert measured.first >= 0.55
    assert measured.first_three >= 0.70
    assert measured.quiet >= 0.85


def test_two_keys_mostly_do(measured: Measured) -> None:
    assert measured.within(2) >= 0.60


def test_what_was_learned_elsewhere_does_no_harm(measured: Measured) -> None:
    engine = engine_of(load_codebook())
    assert engine.learn(further_articles())
    taught = measure(engine, articles("tuning"))
    assert taught.first_three >= measured.first_three - 0.05
    assert taught.dimensions["signal"].precision >= measured.dimensions["signal"].precision - 0.05


@pytest.mark.parametrize("part", ["tuning", "held_out", "teaching"])
def test_labels_are_of_the_codebook_and_the_regions_that_there_are(part: str) -> None:
    codebook = load_codebook()
    for document in articles(part):
        for passage in document.sentences:
            assert set(passage.values) == {"signal", "company", "region"}
            assert all(codebook.code("signal", code) for code in passage.values["signal"])
            assert all(region(code) for code in passage.values["region"])


def test_the_halves_share_no_article() -> None:
    tuning, held_out = articles("tuning"), articles("held_out")
    assert len(tuning) + len(held_out) >= 40
    assert not {one.id for one in tuning} & {one.id for one in held_out}
    assert not {one.text for one in tuning} & {one.text for one in held_out}
