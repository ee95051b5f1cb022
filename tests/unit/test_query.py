"""What a person types to find things is taken apart, and mistakes are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query import QueryError, Term, one_of, parse, stretch_of_time

FIELDS = ("signal", "company", "since", "is")
NOW = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)


def test_words_phrases_and_fields_are_told_apart() -> None:
    assert parse('plant -signal:hiring,expansion "data centre" company:"Kumano Chips"', FIELDS) == (
        Term(values=("plant",)),
        Term(field="signal", values=("hiring", "expansion"), excluded=True),
        Term(values=("data centre",), phrase=True),
        Term(field="company", values=("Kumano Chips",)),
    )


def test_quotes_work_in_any_of_several_values() -> None:
    (term,) = parse('company:"A, B",C,"D E"', FIELDS)
    assert term.values == ("A, B", "C", "D E")


@pytest.mark.parametrize(
    "typed", ["", "   ", "signal:", "-", 'company:"', "signal:,", '""', "-is:"]
)
def test_what_is_still_being_typed_says_nothing_yet(typed: str) -> None:
    assert parse(typed, FIELDS) == ()


def test_a_quote_that_is_still_open_counts_to_the_end() -> None:
    assert parse('"data cent', FIELDS) == (Term(values=("data cent",), phrase=True),)


def test_times_of_day_and_addresses_are_words() -> None:
    assert [term.values for term in parse("12:30 https://news.example/a", FIELDS)] == [
        ("12:30",),
        ("https://news.example/a",),
    ]


def test_a_field_that_does_not_exist_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(QueryError, match="no filter “sginal:”; did you mean signal:"):
        parse("sginal:hiring", FIELDS)


def test_a_field_like_no_other_is_just_told() -> None:
    with pytest.raises(QueryError, match=r"no filter “wavelength:”; there are \w+:"):
        parse("wavelength:3", FIELDS)


words = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@given(words)
def test_whatever_is_typed_is_taken_apart_or_explained(typed: str) -> None:
    try:
        terms = parse(typed, FIELDS)
    except QueryError as error:
        assert "there is no filter" in str(error)  # noqa: PT017 - either is right
    else:
        assert all(term.values and all(value.strip() for value in term.values) for term in terms)


plain = st.text(alphabet="abcdefghij", min_size=1, max_size=8)


@given(
    st.lists(
        st.builds(
            Term,
            field=st.sampled_from(("", *FIELDS)),
            values=st.tuples(plain),
            excluded=st.booleans(),
        ),
        max_size=6,
    )
)
def test_terms_written_out_are_read_back(terms: list[Term]) -> None:
    written = " ".join(
        ("-" if term.excluded else "") + (f"{term.field}:" if term.field else "") + term.values[0]
        for term in terms
    )
    assert list(parse(written, FIELDS)) == terms


@pytest.mark.parametrize(
    ("typed", "begins", "ends"),
    [
        ("7d", NOW - timedelta(days=7), NOW),
        ("12h", NOW - timedelta(hours=12), NOW),
        ("2w", NOW - timedelta(days=14), NOW),
        ("1mo", NOW - timedelta(days=30), NOW),
        ("today", datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)),
        ("yesterday", datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 23, tzinfo=UTC)),
        ("2026-10-01", datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
        ("2026-2", datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)),
        ("2025", datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_times_are_days_or_ages(typed: str, begins: datetime, ends: datetime) -> None:
    assert stretch_of_time(typed, NOW) == (begins, ends)


@pytest.mark.parametrize("typed", ["soon", "7", "2026-13", "2026-02-30", "0000", "99999y", "7dd"])
def test_what_is_no_time_is_told(typed: str) -> None:
    with pytest.raises(QueryError, match="is no time: type a day as 2026-10-01"):
        stretch_of_time(typed, NOW)


def test_a_word_of_a_closed_list_may_be_cut_short_where_that_is_clear() -> None:
    known = ("accepted", "adjudicated", "draft", "under_way")
    assert one_of("review", "Draf", known) == "draft"
    assert one_of("review", "under-way", known) == "under_way"
    with pytest.raises(QueryError, match="review:a may be accepted or adjudicated"):
        one_of("review", "a", known)
    with pytest.raises(QueryError, match="knows no “drfat”; did you mean draft"):
        one_of("review", "drfat", known)
    with pytest.raises(QueryError, match="there are accepted, adjudicated"):
        one_of("review", "wonderful", known)
