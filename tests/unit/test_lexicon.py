"""What the pickers offer for what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.claims.codebook.file import load_codebook
from store.claims.lexicon import Choice, Lexicon, company_id
from store.model import Company

OWN = (
    Company(id="org:kuma", name="Kuma", aliases=("Kuma Semiconductor", "KMA")),
    Company(id="org:anthropic", name="Anthropic PBC", aliases=("Claude's maker",)),
)
LEXICON = Lexicon(load_codebook(), OWN)


def codes(query: str, dimension: str, limit: int = 8) -> list[str]:
    return [choice.code for choice in LEXICON.candidates(query, dimension, limit)]


def codes_at_hand(query: str, here: tuple[Choice, ...]) -> list[str]:
    return [choice.code for choice in LEXICON.candidates(query, "company", at_hand=here)]


@pytest.mark.parametrize(
    ("query", "dimension", "first"),
    [
        ("hir", "signal", "hiring"),
        ("merg", "signal", "merger_acquisition"),
        ("acq", "signal", "merger_acquisition"),
        ("trade", "signal", "trade_controls"),
        ("recruit", "signal", "hiring"),
        ("jp", "region", "JP"),
        ("JAPAN", "region", "JP"),
        ("aus", "region", "AU"),
        ("us", "region", "US"),
        ("uk", "region", "GB"),
        ("sydney", "region", "AU"),
        ("danes", "region", "DK"),
        ("texas", "region", "US-TX"),
        ("osterreich", "region", ""),
        ("cote d'ivoire", "region", "CI"),
        ("sao paulo", "region", "BR"),
        ("emea", "region", "EMEA"),
        ("alphabet", "company", "org:google"),
        ("nestle", "company", "org:nestle"),
        ("kma", "company", "org:kuma"),
        ("at&t", "company", "org:at-t"),
        ("3m", "company", ""),
    ],
)
def test_what_is_typed_finds_what_is_meant(query: str, dimension: str, first: str) -> None:
    assert (codes(query, dimension) or [""])[0] == first


def test_what_is_at_hand_is_found_first_of_its_equals() -> None:
    here = (
        Choice(code="org:siemens", label="Siemens", hint="named in this article"),
        Choice(code="org:kumano", label="Kumano Semiconductor"),
    )
    found = LEXICON.candidates("si", "company", at_hand=here)
    assert (found[0].code, found[0].hint) == ("org:siemens", "named in this article")
    assert [choice.code for choice in found].count("org:siemens") == 1
    assert codes_at_hand("kum", here)[:2] == ["org:kumano", "org:kuma"]
    assert codes_at_hand("kuma", here)[0] == "org:kuma"
    assert "org:kumano" in codes_at_hand("kumano semicnductor", here)


def test_the_very_name_comes_before_names_that_begin_so() -> None:
    assert codes("asia", "region")[0] == "142"
    assert codes("niger", "region")[:2] == ["NE", "NG"]
    assert codes("block", "company")[0] == "org:block"


@pytest.mark.parametrize(
    ("query", "dimension", "meant"),
    [
        ("anthorpic", "company", "org:anthropic"),
        ("microsft", "company", "org:microsoft"),
        ("germny", "region", "DE"),
        ("partnrship", "signal", "partnership"),
    ],
)
def test_a_slip_of_the_finger_is_forgiven(query: str, dimension: str, meant: str) -> None:
    assert meant in codes(query, dimension)


@pytest.mark.parametrize(
    ("query", "dimension"),
    [("acme", "company"), ("mutter", "company"), ("arn", "company"), ("canda bay", "region")],
)
def test_what_only_resembles_a_name_is_not_taken_for_it(query: str, dimension: str) -> None:
    assert codes(query, dimension) == []


@pytest.mark.parametrize("slip", ["mita", "met a", "mtea", "metta"])
def test_one_slip_in_a_word_of_four_letters_is_forgiven(slip: str) -> None:
    assert "org:meta" in codes(slip, "company")


def test_names_spelled_nearly_so_come_after_those_that_begin_so() -> None:
    lexicon = Lexicon(load_codebook(), [Company(id="org:applebee", name="Aplebee")])
    assert [choice.label for choice in lexicon.candidates("aple", "company")] == [
        "Aplebee",
        "Apple",
    ]


def test_names_come_before_other_names_that_begin_so() -> None:
    labels = [choice.label for choice in LEXICON.candidates("a", "company", 400)]
    called_so = [label[0] in "aA" for label in labels]
    begins = [label for label in labels if label[0] in "aA"]
    assert called_so[: len(begins)] == [True] * len(begins)
    assert labels.index("Amazon") < labels.index("Google")
    assert codes("aus", "region")[:2] == ["AU", "AT"]
    assert codes("aus", "region").index("US-TX") > 1


@pytest.mark.parametrize(
    ("query", "dimension", "label", "hint"),
    [
        ("kum", "company", "Kuma", "this desk"),
        ("nvid", "company", "Nvidia", "codebook"),
        ("alphabet", "company", "Google", "Alphabet"),
        ("claude", "company", "Anthropic PBC", "Claude's maker"),
        ("texas", "region", "Texas", "United States"),
        ("japan", "region", "Japan", "East Asia"),
        ("sydney", "region", "Australia", "Sydney"),
        ("hiring", "signal", "hiring", "An organisation adds staff or plans to."),
    ],
)
def test_each_row_says_why_it_is_there(query: str, dimension: str, label: str, hint: str) -> None:
    first = LEXICON.candidates(query, dimension)[0]
    assert (first.label, first.hint) == (label, hint)


def test_without_a_query_the_desk_own_companies_come_first() -> None:
    assert codes("", "company")[:2] == ["org:kuma", "org:anthropic"]
    assert codes("  ", "signal", limit=3) == ["expansion", "funding", "hiring"]
    assert len(codes("", "region")) == 8


def test_the_desk_name_for_a_company_keeps_the_codebook_aliases() -> None:
    company = LEXICON.company("org:anthropic")
    assert company is not None
    assert company.name == "Anthropic PBC"
    assert "Anthropic" in company.aliases
    assert codes("anthropic", "company") == ["org:anthropic"]


def test_nothing_like_it_gives_nothing() -> None:
    assert codes("qqqqxx", "company") == []
    assert codes("hiring", "no such dimension") == []


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Anthropic", "org:anthropic"),
        ("L’Oréal", "org:loreal"),
        ("AT&T", "org:at-t"),
        ("Johnson & Johnson", "org:johnson-johnson"),
        ("  E.ON ", "org:e-on"),
        ("任天堂", "org:任天堂"),
    ],
)
def test_a_company_gets_an_id_that_can_be_read(name: str, id_: str) -> None:
    assert company_id(name) == id_


def test_a_name_without_letters_gets_an_id_too() -> None:
    assert company_id("!!!") != company_id("???")
    assert company_id("!!!").startswith("org:x-")


@given(st.text(max_size=20), st.sampled_from(["signal", "company", "region"]))
def test_whatever_is_typed_gives_distinct_rows_and_no_more_than_asked(
    query: str, dimension: str
) -> None:
    found = codes(query, dimension, limit=5)
    assert len(found) == len(set(found)) <= 5


@given(st.text(min_size=1, max_size=30))
def test_an_id_is_the_same_in_any_case(name: str) -> None:
    assert company_id(name).startswith("org:")
    if name.isascii():
        assert company_id(name.upper()) == company_id(name.lower()) or not name.strip().isalnum()
