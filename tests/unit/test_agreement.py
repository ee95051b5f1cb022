"""The numbers of agreement: published examples, and what must hold for any judgements."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics import masi_distance
from nltk.metrics.agreement import AnnotationTask

from store.claims.annotators.agreement import edges, measure, raw_agreement
from store.claims.annotators.reliability import alpha, kappa
from store.model import Span

Unit = Mapping[str, frozenset[str]]


def units(**said: str) -> list[Unit]:
    """One letter a unit for each annotator; "." where somebody did not look, "-" for nothing."""
    length = len(next(iter(said.values())))
    return [
        {
            name: frozenset() if row[at] == "-" else frozenset(row[at])
            for name, row in said.items()
            if row[at] != "."
        }
        for at in range(length)
    ]


# ---------------------------------------------------------------- published examples


def test_krippendorffs_example_of_two_observers_and_two_values() -> None:
    """Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", A."""
    assert alpha(units(meg="0100000010", owen="1110010000")) == pytest.approx(0.095, abs=5e-4)


def test_krippendorffs_example_of_two_observers_and_several_values() -> None:
    """The same, B."""
    assert alpha(units(ben="aabbdcccedda", gerry="babbbccceddd")) == (
        pytest.approx(0.692, abs=5e-4)
    )


def test_krippendorffs_example_of_four_observers_and_units_that_some_did_not_see() -> None:
    """The same, C."""
    said = units(a="123321412...", b="1233224125.3", c=".3332342251.", d="12332441251.")
    assert alpha(said) == pytest.approx(0.743, abs=5e-4)


def test_cohens_example() -> None:
    """Cohen 1960, "A coefficient of agreement for nominal scales", table 1: kappa = .492."""
    table = {"aa": 44, "ab": 5, "ac": 1, "ba": 7, "bb": 20, "bc": 3, "ca": 9, "cb": 5, "cc": 6}
    pairs = [
        (frozenset(cell[0]), frozenset(cell[1]))
        for cell, times in table.items()
        for _ in range(times)
    ]
    assert kappa(pairs) == pytest.approx(0.492, abs=5e-4)


def test_alpha_in_one_pass_is_the_alpha_of_nltk() -> None:
    dice = random.Random(3)
    codes = [f"c{number}" for number in range(12)]
    said = [
        {
            name: frozenset(dice.sample(codes, dice.choice([1, 1, 2, 3])))
            for name in dice.sample("abcd", dice.choice([2, 3, 4]))
        }
        for _ in range(200)
    ]
    data = [(name, at, label) for at, unit in enumerate(said) for name, label in unit.items()]
    assert alpha(said, "sets") == pytest.approx(
        AnnotationTask(data=data, distance=masi_distance).alpha()
    )
    assert alpha(said) == pytest.approx(AnnotationTask(data=data).alpha())


# ---------------------------------------------------------------- what a person reads off them


def test_people_who_see_the_same_thing_agree_though_each_misses_some() -> None:
    told = measure("signal", "signal", units(ana="hhee--h-e-", ben="hhee---h-e"))
    assert told.units == 10
    assert told.marked == 4
    assert told.alpha_marked == 1
    assert told.alpha is not None
    assert told.alpha < 0.6
    assert told.raw == pytest.approx(0.6)


def test_naming_one_of_two_companies_counts_for_something_as_a_set_only() -> None:
    two, one, other = frozenset({"a", "b"}), frozenset({"a"}), frozenset({"c"})
    told = measure("company", "company", [{"ana": two, "ben": one}, {"ana": other, "ben": other}])
    assert told.alpha is not None
    assert told.alpha_sets is not None
    assert told.alpha_sets > told.alpha


@pytest.mark.parametrize("said", [{"ana": "", "ben": ""}, {"ana": "---", "ben": "---"}])
def test_where_nothing_varies_there_is_no_number_corrected_for_chance(said: dict[str, str]) -> None:
    told = measure("signal", "signal", units(**said))
    assert (told.kappa, told.alpha, told.alpha_sets, told.alpha_marked) == (None,) * 4


def test_sentences_that_only_one_read_do_not_count() -> None:
    told = measure("signal", "signal", units(ana="hhe", ben="..e"))
    assert told.units == 1
    assert told.raw == 1


def test_three_annotators_are_compared_pair_by_pair() -> None:
    said = units(ana="hehe", ben="hehe", cleo="heeh")
    assert raw_agreement(said) == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert measure("signal", "signal", said).kappa == pytest.approx(1 / 3)


# ---------------------------------------------------------------- edges


def test_passages_with_the_same_edges_are_told_from_those_that_overlap() -> None:
    told = edges([{"ana": [Span(0, 10), Span(20, 30)], "ben": [Span(0, 10), Span(25, 40)]}])
    assert told.passages == 4
    assert told.exact == 0.5
    assert told.overlapping == 1


def test_one_long_passage_matches_one_of_the_passages_in_it() -> None:
    told = edges([{"ana": [Span(0, 40)], "ben": [Span(0, 10), Span(20, 30)]}])
    assert told.overlapping == pytest.approx(2 / 3)


def test_without_passages_there_is_no_number() -> None:
    told = edges([{"ana": [], "ben": []}])
    assert (told.passages, told.exact, told.overlapping) == (0, None, None)


# ---------------------------------------------------------------- for any judgements

labels = st.frozensets(st.sampled_from("abc"), max_size=2)
judged = st.lists(st.dictionaries(st.sampled_from(("ana", "ben", "cleo")), labels), max_size=12)


@given(st.lists(labels, max_size=20))
def test_who_says_the_same_agrees_wholly(said: list[frozenset[str]]) -> None:
    told = measure("signal", "signal", [{"ana": one, "ben": one} for one in said])
    for number in (told.raw, told.kappa, told.alpha, told.alpha_sets, told.alpha_marked):
        assert number is None or number == pytest.approx(1)


@given(judged, st.randoms())
def test_neither_the_order_nor_the_names_matter(said: list[Unit], dice: random.Random) -> None:
    told = measure("signal", "signal", said)
    renamed = {"ana": "cleo", "ben": "ana", "cleo": "ben"}
    shuffled = [{renamed[name]: one for name, one in unit.items()} for unit in said]
    dice.shuffle(shuffled)
    again = measure("signal", "signal", shuffled)
    for field in told.__struct_fields__:
        expected = getattr(told, field)
        assert getattr(again, field) == (
            pytest.approx(expected) if isinstance(expected, float) else expected
        )


@given(judged)
def test_no_number_is_above_one(said: list[Unit]) -> None:
    told = measure("signal", "signal", said)
    for number in (told.raw, told.kappa, told.alpha, told.alpha_sets, told.alpha_marked):
        assert number is None or number <= 1 + 1e-9
