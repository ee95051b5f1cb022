"""Which companies are proposed: by name, by what surrounds one, and by "the company"."""

from __future__ import annotations

from time import process_time

import pytest
from read_articles import read, shown

from store.claims.codebook.file import load_codebook
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
        ("The Kuwait Foundry Company grew.", ["org:kuwait-foundry"]),
        ("J.C. Carver Co. closed two stores.", ["org:j-c-carver"]),
        ("Hadfield & Sons shut its mill.", ["org:hadfield-sons"]),
        ("Shares in Zephyrly fell.", ["org:zephyrly"]),
        ("Ana Lind, an analyst at Brennan Partners, agreed.", ["org:brennan-partners"]),
        ("Economists at Banco Ferreira agreed.", ["org:banco-ferreira"]),
        ("Zephyrly, which employs 300 people, grew.", ["org:zephyrly"]),
        ("Zephyrly filed for bankruptcy.", ["org:zephyrly"]),
        ("Steelmaker Zephyrly said so.", ["org:zephyrly"]),
        ("Nokia and Zephyrly agreed.", ["org:nokia", "org:zephyrly"]),
        ("Nokia bought Zephyrly in May.", ["org:nokia", "org:zephyrly"]),
        ("Hitachi Energy grew.", ["org:hitachi-energy"]),
        (
            "Infineon, NXP, Nubank and FPT grew.",
            ["org:fpt", "org:infineon", "org:nubank", "org:nxp"],
        ),
        ("General Catalyst led the round.", ["org:general-catalyst"]),
        ("Swedbank fell, and so did Alfa Laval.", ["org:alfa-laval", "org:swedbank"]),
        ("An official told Reuters so, and the BBC said so too.", []),
        ("CBS aired the interview.", []),
        ("CBS shares fell.", ["org:cbs"]),
        ("It jumped 30 percent on Nasdaq.", []),
        ("In June the Treasury and the Fed met.", []),
        ("Shares of the day: the Pentagon spokesman and the Kremlin.", []),
        ("Arsenal striker Ian Vale scored, and Leeds signed coach Bo Lund.", []),
        ("The Labour Party and the Teamsters Union objected.", []),
        ("The University of Oslo and Carver College hired 30 people.", []),
        ("Gerald Steel won a prize.", []),
        ("Visa denied it.", ["org:visa"]),
        ("Visa rules are strict.", []),
        ("THE ZEPHYRLY INC SAYS ALL.", []),
        ("He read the New York Times.", []),
    ],
)
def test_a_company_is_known_by_what_surrounds_it(text: str, companies: list[str]) -> None:
    assert sorted(company_shown(text)) == sorted(companies)


def test_a_name_once_made_known_is_known_throughout() -> None:
    assert company_shown("Kuma shares rose.", "Kuma Semiconductor GmbH opened.") == [
        "org:kuma-semiconductor"
    ]


@pytest.mark.parametrize(
    ("full", "short", "company"),
    [
        ("Great Northern Life Assurance Co. grew.", "Great Northern agreed.",
         "org:great-northern-life-assurance"),
        ("Corvexa Pharmaceuticals grew.", "Corvexa fell.", "org:corvexa-pharmaceuticals"),
        ("Halden Data Systems Inc. grew.", "HDS fell.", "org:halden-data-systems"),
        ("Texas Instruments grew.", "TI fell.", "org:texas-instruments"),
        ("Elan Corp Plc grew.", "Elan fell.", "org:elan"),
        ("General Motors grew.", "GM fell.", "org:general-motors"),
        ("Taiwan Semiconductor Manufacturing Co grew.", "TSMC fell.", "org:tsmc"),
    ],
)  # fmt: skip
def test_a_short_name_means_the_firm_that_was_named_in_full(
    full: str, short: str, company: str
) -> None:
    assert company_shown(short, full) == [company]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("United Foundry Inc. grew.", "The United team won."),
        ("General Foundry Inc. grew.", "General Moe left."),
        ("Orbit Foundry Inc. grew.", "It is in orbit. Orbit checks take long."),
        ("Texas Instruments grew.", "Texas voted."),
    ],
)
def test_a_word_that_begins_a_firms_name_is_not_the_firm(full: str, short: str) -> None:
    assert company_shown(short, full) == []


def test_a_firm_that_is_surer_has_a_higher_score_and_each_says_why() -> None:
    texts = ("Zephyrly Inc. grew.", "Borealis Foods grew.", "Nokia and Kumarl agreed.")
    values = [read("A title", text)[1].of("company")[-1] for text in texts]
    listed = read("A title", "Swedbank fell.")[1].of("company")[0]
    scores = [listed.score, *(value.score for value in values)]
    assert scores == sorted(scores, reverse=True)
    assert listed.reason == "names Swedbank"
    assert [value.reason for value in values] == ['says "Inc"', 'says "Foods"', 'says "and"']


def test_the_largest_producer_is_not_the_company() -> None:
    before = ("Nokia grew.", "Nokia fell.")
    for text in ("Chile, the largest producer, agreed.", "Rates on the river were firm."):
        assert company_shown(text, *before) == []
    assert company_shown("The company's chief left.", *before) == ["org:nokia"]


@pytest.mark.parametrize(
    "text",
    ["A" * 100_000, "," * 10_000, "Abc " * 25_000, "Aa's " * 20_000, "A. " * 30_000,
     "Nokia and " * 10_000, "A&" * 30_000, " ".join(f"Name{n} Inc said." for n in range(9_000))],
    ids=["capitals", "commas", "names", "owners", "initials", "joined", "ands", "firms"],
)  # fmt: skip
def test_a_hostile_text_four_times_as_long_takes_not_much_more_than_four_times(text: str) -> None:
    def took(length: int) -> float:
        began = process_time()
        read("A title", text[:length])
        return process_time() - began

    def grows_with_the_square() -> bool:
        quarter = min(took(len(text) // 4) for _ in range(2))
        return took(len(text)) > 9 * quarter + 0.2  # what does so takes 16 times as long

    took(1_000)
    assert not all(grows_with_the_square() for _ in range(3))  # once is other programs' doing


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
