"""What a person types to find things is taken apart, and mistakes are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.query import QueryError, Term, one_of, parse, stretch_of_time

FIELDS = {
    "signal": "",
    "company": "",
    "since": "from a day on, or within an age: since:7d",
    "is": "read, unread",
    "text": "words",
}
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


@pytest.mark.parametrize("typed", ["", "   "])
def test_nothing_asks_for_nothing(typed: str) -> None:
    assert parse(typed, FIELDS) == ()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("is:", "“is:” wants a value right behind it: read, unread"),
        ("since: 7d", "“since:” wants a value right behind it: from a day on"),
        ("fab -signal:", "“signal:” wants a value right behind it: as signal:any"),
        ("signal:,", "“signal:” wants a value"),
        ('company:"', "“company:” wants a value"),
        ("signal:hiring, expansion", "“signal:hiring,” wants another value right behind the comma"),
        ("fab - chip", "“-” stands right before what must not be found, as -rumour"),
        ("-", "“-” stands right before what must not be found, as -rumour"),
        ("--fab", "“--fab” has a - too many: write -fab"),
        ("--is:read", "“--is:read” has a - too many: write -is:read"),
        ('fab ""', 'quotation marks want words between them, as "data centre"'),
        ('"', 'quotation marks want words between them, as "data centre"'),
        ('"data centre -fab', 'write a second " where the phrase ends, before “-fab”'),
        ('"data centre is:read', 'write a second " where the phrase ends, before “is:read”'),
        ("fab OR chip", "there is no “OR”: for either of two things write text:fab,chip or signal"),
        ("fab || chip", "there is no “||”: for either of two things write"),
        ("fab AND chip", "there is no “AND”: all terms must be true anyway, so leave it out"),
        ("fab & chip", "there is no “&”: all terms must be true anyway, so leave it out"),
        ("NOT fab", "there is no “NOT”: write - right before what must not be found"),
        ("!fab", "“!fab” begins with a ! that means nothing: write -fab to leave it out, or fab"),
        ("–fab", "“–fab” begins with a – that means nothing: write -fab to leave it out, or fab"),
        ("(is:read", "“(is:read” is no filter for what stands before it: write is:read, or -is:"),
        ("!is:read", "“!is:read” is no filter for what stands before it: write is:read, or -is:"),
        ("ai*", "“ai*” has a * where it finds nothing: it may stand at the end of a word"),
        ("*chip", "“*chip” has a * where it finds nothing"),
        ("ch*p", "“ch*p” has a * where it finds nothing"),
        ("fab " * 300, "a query has at most 1,000 characters, and this one has 1,200"),
    ],
)
def test_what_would_silently_say_nothing_is_told_with_what_to_write(typed: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(typed, FIELDS)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "typed",
    [
        "C++",
        "chip*",
        "M&A",
        "AT&T",
        "or",
        "and not",
        "e-mail",
        "(fab)",
        "12:30",
        "OR",
        "U.S.",
        "5%",
    ],
)
def test_words_with_signs_are_words(typed: str) -> None:
    assert parse(typed, FIELDS) == tuple(Term(values=(word,)) for word in typed.split())


@pytest.mark.parametrize("words", ["AND", "this OR that", "NOT", "--x", "is:read", "a -b", "f*b"])
def test_in_quotation_marks_anything_is_looked_for(words: str) -> None:
    phrase = Term(values=(words,), phrase=True)
    assert parse(f'"{words}"', FIELDS) == parse(f"“{words}”", FIELDS) == (phrase,)
    assert parse(f'fab "{words}"', FIELDS) == (Term(values=("fab",)), phrase)


def test_a_quote_that_is_still_open_counts_to_the_end_as_it_is_typed() -> None:
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
        assert str(error)  # noqa: PT017 - either is right
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
