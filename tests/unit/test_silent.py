"""Everyday sentences that use the codebook's words say nothing, and nothing is shown unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_articles import read, shown

SILENT = Path(__file__).parents[1] / "evaluation" / "silent.txt"
KEPT = 0.95
"""The share of everyday sentences that stay without a signal, at least."""


def everyday() -> list[str]:
    lines = SILENT.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_everyday_sentences_are_left_in_peace() -> None:
    sentences = everyday()
    loud = {
        said: signals
        for said in sentences
        if (signals := shown(read("News in brief", said)[1], "signal"))
    }
    assert len(sentences) >= 160
    assert len(loud) <= (1 - KEPT) * len(sentences), loud


@pytest.mark.parametrize(
    ("said", "signal"),
    [
        ("The shares closed 6.8% higher in Paris.", "closure"),
        ("She takes over on the first of the month.", "merger_acquisition"),
        ("It lifts its price target from €88 to €121.", "product"),
        ("The foundry has ruled out a return to memory.", "legal"),
        ("Everyone wants new lines, and no one wants to see one.", "expansion"),
        ("Sales staff will double to 160 by the summer.", "results"),
        ("Eleven states have rules of their own already.", "legal"),
        ("A backlog of writes slows the rest.", "supply_unrest"),
        ("Bond yields rose as traders pared bets on a cut in interest rates.", "rating"),
        ("The agency kept its outlook stable.", "results"),
    ],
)
def test_a_word_of_another_meaning_does_not_stand_for_the_signal(said: str, signal: str) -> None:
    assert signal not in shown(read("News in brief", said)[1], "signal")


@pytest.mark.parametrize(
    ("said", "signal"),
    [
        ("Sales staff will double to 160 by the summer.", "hiring"),
        ("She takes over on the first of the month.", "leadership"),
        ("The agency kept its outlook stable.", "rating"),
        ("Their prototype uses a fifth of the power.", "research"),
    ],
)
def test_the_meaning_that_is_there_is_shown(said: str, signal: str) -> None:
    assert signal in shown(read("News in brief", said)[1], "signal")
