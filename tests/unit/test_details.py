"""Status, date, quantity, confidence and note: what is typed, how it reads, what a key does."""

from __future__ import annotations

import pytest
from builders import HIRING, JAPAN, SENTENCE, a_claim, a_suggestion
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from store.claims.marking.details import (
    Details,
    confidence_word,
    date_words,
    details_words,
    quantity_words,
    stepped,
)
from store.claims.marking.focus import Focus, focus_on
from store.claims.marking.tagging import detail, enter, signal
from store.claims.marking.typed_details import (
    MOST_QUANTITIES,
    NotUnderstood,
    typed_date,
    typed_note,
    typed_quantities,
)
from store.model import EventDate, Quantity

PLANNED = Details(status="planned")


def plain() -> Focus:
    return focus_on(SENTENCE, a_suggestion(sure=False), [])


def suggestion() -> Focus:
    return focus_on(SENTENCE, a_suggestion(), [])


def a_draft() -> Focus:
    return focus_on(SENTENCE, a_suggestion(), [a_claim(JAPAN, review="draft")])


def claimed() -> Focus:
    return focus_on(SENTENCE, a_suggestion(), [a_claim(HIRING, JAPAN)])


# ---------------------------------------------------------------- what is typed


@pytest.mark.parametrize(
    ("typed", "value", "precision", "words"),
    [
        ("2027", "2027", "year", "2027"),
        (" q2  2027 ", "2027-Q2", "quarter", "Q2 2027"),
        ("Q2/2027", "2027-Q2", "quarter", "Q2 2027"),
        ("2027 Q2", "2027-Q2", "quarter", "Q2 2027"),
        ("2027-q2", "2027-Q2", "quarter", "Q2 2027"),
        ("mar 2027", "2027-03", "month", "Mar 2027"),
        ("Sept. 2027", "2027-09", "month", "Sep 2027"),
        ("2027-03", "2027-03", "month", "Mar 2027"),
        ("14 mar 2027", "2027-03-14", "day", "14 Mar 2027"),
        ("March 14, 2027", "2027-03-14", "day", "14 Mar 2027"),
        ("1st may 2027", "2027-05-01", "day", "1 May 2027"),
        ("2028-2-29", "2028-02-29", "day", "29 Feb 2028"),
    ],
)
def test_a_date_is_understood_as_exactly_as_it_was_typed(
    typed: str, value: str, precision: str, words: str
) -> None:
    found = typed_date(typed)
    assert found is not None
    assert (found.value, found.precision, date_words(found)) == (value, precision, words)


@pytest.mark.parametrize(
    "typed", ["next year", "29 feb 2027", "2027-13", "2027-0", "q5 2027", "3 foo 2027", "0999"]
)
def test_what_is_no_date_is_refused_with_the_forms_to_use(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="Q2 2027"):
        typed_date(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("120 MW", ["120 MW"]),
        ("300 jobs; 2.5GW", ["300 jobs", "2.5 GW"]),
        ("1,200 jobs, 120 MW", ["1,200 jobs", "120 MW"]),
        ("$3bn", ["3,000,000,000 USD"]),
        ("€1.5 million a year", ["1,500,000 EUR a year"]),
        ("5%", ["5 %"]),
        ("-3 percent", ["-3 percent"]),
        ("64 H100s", ["64 H100s"]),
    ],
)
def test_quantities_are_understood(typed: str, words: list[str]) -> None:
    assert [quantity_words(one) for one in typed_quantities(typed)] == words


@pytest.mark.parametrize("typed", ["many jobs", "120", "120 " + "M" * 50, "9" * 400 + " MW"])
def test_what_says_not_how_much_of_what_is_refused_with_the_forms_to_use(typed: str) -> None:
    with pytest.raises(NotUnderstood, match="120 MW"):
        typed_quantities(typed)


@pytest.mark.parametrize(
    "typed", ["1e9 jobs", "20 000 jobs", "1,5 MW", "3-5%", "5 – 10 MW", "1.2.3 MW", "10/12 sites"]
)
def test_two_numbers_in_one_are_refused_instead_of_halved(typed: str) -> None:
    with pytest.raises(NotUnderstood, match=r"reads like two numbers.*120 MW"):
        typed_quantities(typed)


def test_more_quantities_than_a_claim_holds_are_refused() -> None:
    with pytest.raises(NotUnderstood, match="too many"):
        typed_quantities("; ".join(["1 MW"] * (MOST_QUANTITIES + 1)))


def test_nothing_typed_says_nothing() -> None:
    assert typed_date(" ") is None
    assert typed_quantities(" ") == ()
    assert typed_note(" \n ") == ""


def test_a_note_of_several_lines_becomes_one_line() -> None:
    assert typed_note("first\n\n  second\tthird ") == "first second third"


@given(st.text(max_size=60))
def test_whatever_is_typed_is_understood_or_refused_in_one_sentence(typed: str) -> None:
    for read in (typed_date, typed_quantities):
        refused = ""
        try:
            read(typed)
        except NotUnderstood as error:
            refused = str(error)
        assert not refused or refused.endswith(".")


# ---------------------------------------------------------------- how it reads


def test_confidence_goes_in_steps_with_words() -> None:
    assert stepped(None, 1) == 100
    assert stepped(None, -1) == 33
    assert (stepped(33, 1), stepped(66, 1), stepped(100, 1)) == (66, 100, 100)
    assert (stepped(100, -1), stepped(66, -1), stepped(33, -1)) == (66, 33, None)
    assert (stepped(50, 1), stepped(50, -1), stepped(10, -1)) == (66, 33, 33)
    assert [confidence_word(number) for number in (0, 33, 34, 66, 67, 100)] == [
        *("low", "low", "medium", "medium", "high", "high")
    ]


def test_details_that_say_nothing_have_no_words() -> None:
    assert details_words(Details()) == ()
    said = Details(
        status="completed",
        polarity="negative",
        confidence=66,
        event_date=EventDate(value="2027", precision="year"),
        quantities=(Quantity(value=120, unit="MW"),),
        flag=True,
        note="ask them",
    )
    assert details_words(said) == (
        *("done", "negative", "medium confidence", "2027", "120 MW", "! flagged", "“ask them”"),
    )


# ---------------------------------------------------------------- what the keys do


def test_a_detail_of_a_sentence_is_not_saved_until_something_is_kept() -> None:
    for focus in (plain(), suggestion()):
        reaction = detail(focus, PLANNED)
        assert reaction.write is None
        assert "not saved" in reaction.say
        assert reaction.unsaved is not None
        assert reaction.unsaved.details == PLANNED
        kept = signal(reaction.unsaved, HIRING).write
        assert kept is not None
        assert kept.details == PLANNED


def test_a_detail_of_a_suggestion_is_kept_with_it_by_enter() -> None:
    unsaved = detail(suggestion(), PLANNED).unsaved
    assert unsaved is not None
    kept = enter(unsaved).write
    assert kept is not None
    assert (kept.review, kept.details) == ("accepted", PLANNED)


def test_words_of_a_persons_own_make_a_draft_at_once() -> None:
    for focus in (plain(), suggestion()):
        write = detail(focus, Details(note="ask them"), at_once=True).write
        assert write is not None
        assert write.details is not None
        assert (write.act, write.review, write.details.note) == ("keep", "draft", "ask them")
        assert write.tags == focus.ticked


def test_a_detail_of_a_draft_or_a_claim_is_saved_and_changes_nothing_else() -> None:
    for focus, review in ((a_draft(), "draft"), (claimed(), "accepted")):
        write = detail(focus, PLANNED).write
        assert write is not None
        assert focus.claim is not None
        assert (write.act, write.review, write.details) == ("detail", review, PLANNED)
        assert (write.tags, write.span) == (focus.claim.marking.tags, focus.span)


def test_saying_the_same_again_changes_nothing() -> None:
    claim = a_claim(HIRING)
    claim = replace(claim, marking=replace(claim.marking, status="planned"))
    focus = focus_on(SENTENCE, a_suggestion(), [claim])
    assert focus.details == PLANNED
    assert detail(focus, PLANNED).write is None


def test_tagging_a_claim_leaves_its_details_as_they_are() -> None:
    write = signal(a_draft(), HIRING).write
    assert write is not None
    assert write.details is None
