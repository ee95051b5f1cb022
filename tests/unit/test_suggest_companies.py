"""Which companies are proposed: by name, by what surrounds one, and by "the company"."""

from __future__ import annotations

import pytest
from read_articles import read, shown

from store.claims.codebook_file import load_codebook
from store.claims.lexicon import Lexicon
from store.model import Company


def company_shown(text: str, *before: str) -> list[str]:
    return shown(read("A title", *before, text)[-1], "company")


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        ("Alphabet fell.", ["org:google"]),
        ("Taiwan Semiconductor Manufacturing Co. grew.", ["org:tsmc"]),
        ("Nestlé’s chief left L’Oréal.", ["org:nestle", "org:loreal"]),
        ("AT&T and E.ON agreed.", ["org:at-t", "org:e-on"]),
        ("It went to Block, Visa and Target.", ["org:block", "org:visa", "org:target"]),
        ("Target Corp grew.", ["org:target"]),
        ("Apple said so.", ["org:apple"]),
        ("Shares of Shell fell.", ["org:shell"]),
        ("Target practice is at nine.", []),
        ("The Amazon rainforest shrank.", []),
        ("They flew over the Amazon.", []),
        ("Figure 3 shows it.", []),
        ("Block Island is small.", []),
        ("The Black Sea is deep.", []),
        ("Henry Ford was born on a farm.", []),
        ("Harrison Ford flew.", []),
        ("An arm, an apple and an orange.", []),
        ("Kuma Inc. was founded in May.", ["org:kuma"]),
        ("Borealis Foods (NYSE: BRL) fell.", ["org:borealis-foods"]),
        ("The start-up Zephyrly moved.", ["org:zephyrly"]),
        ("Zephyrly, a maker of kites, moved.", ["org:zephyrly"]),
        ("The CEO of Zephyrly left.", ["org:zephyrly"]),
        ("The Ministry of Power met the National Power Agency.", []),
        ("Every AI needs power.", []),
        ("He read the New York Times.", []),
    ],
)
def test_a_company_is_known_by_what_surrounds_it(text: str, companies: list[str]) -> None:
    assert sorted(company_shown(text)) == sorted(companies)


def test_a_name_once_made_known_is_known_throughout() -> None:
    assert company_shown("Kuma shares rose.", "Kuma Semiconductor GmbH opened.") == [
        "org:kuma-semiconductor"
    ]


def test_a_company_of_the_desk_is_known() -> None:
    lexicon = Lexicon(load_codebook(), [Company(id="org:zed", name="Zedfield", aliases=("ZF",))])
    (_, named) = read("A title", "Zedfield and ZF are one.", lexicon=lexicon)
    assert shown(named, "company") == ["org:zed"]
    assert named.of("company")[0].label == "Zedfield"


def test_a_person_who_signs_things_is_no_company() -> None:
    assert company_shown("Moe signed it.", "Minister Henrik Moe signed a bill.") == []


def test_the_company_is_the_one_that_was_named_most_before() -> None:
    assert company_shown("The company declined to comment.", "Nokia sued Apple.", "Nokia won.") == [
        "org:nokia"
    ]


def test_the_company_stays_open_when_two_could_be_meant() -> None:
    last = read("A title", "Then Nokia and Ericsson met, and Ericsson and Nokia parted.")
    assert shown(last[1], "company") == ["org:nokia", "org:ericsson"]
    texts = ("Nokia sued Ericsson.", "Ericsson sued Nokia.", "The company was glad.")
    assert shown(read("A title", *texts)[3], "company") == []


def test_a_name_in_the_sentence_is_surer_than_the_company() -> None:
    assert company_shown("The company will sell it to Ericsson.", "Nokia grew.", "Nokia fell.") == [
        "org:ericsson"
    ]


def test_both_countries_need_two_to_be_meant() -> None:
    both = "It will hire in both countries."
    assert shown(read("A", "From Chad to Peru.", both)[2], "region") == ["TD", "PE"]
    assert shown(read("A", "From Chad to Peru and Fiji.", both)[2], "region") == []
