"""What the text says of a name no list knows: a company, or something else."""

from __future__ import annotations

import pytest
from read_articles import read, shown


def companies(*texts: str) -> set[str]:
    return {code for one in read("A title", *texts) for code in shown(one, "company")}


def offered(*texts: str) -> set[str]:
    return {value.code for one in read("A title", *texts) for value in one.of("company")}


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("The operator, Zephyr Sita, said it would move.", "org:zephyr-sita"),
        ("The owner of the site, a lender called Zephyrly, agreed.", "org:zephyrly"),
        ("The venture, called Anna Cloud, opens in May.", "org:anna-cloud"),
        ("A start-up named Zephyrly won.", "org:zephyrly"),
        ("Zephyrly halted construction of its sensor plant.", "org:zephyrly"),
        ("Zephyrly closes its stores in Rome.", "org:zephyrly"),
        ("Zephyrly has filed to go public.", "org:zephyrly"),
        ("Zephyrly, which rents out machines, grew.", "org:zephyrly"),
        ("Zephyrly and two other rivals said nothing.", "org:zephyrly"),
        ("Moravia Fibre of Singapore is to invest there.", "org:moravia-fibre"),
        ("The pension fund Zephyrly took part.", "org:zephyrly"),
        ("The rating agency Zephyrly gave it an A.", "org:zephyrly"),
        ("Nokia and the Dutch start-up Zephyrly agreed.", "org:zephyrly"),
        ("Zephyrly and the Dutch start-up Lumo Works agreed.", "org:zephyrly"),
        ("Tin Pot, of Hobart: A$60,000 from 212 customers.", "org:tin-pot"),
        ("Zephyrly: a seed round of €3 million.", "org:zephyrly"),
        ("Zephyr Halbleiter war dabei.", "org:zephyr-halbleiter"),
        ("The newspaper wrote of Zephyrly, a foundry.", "org:zephyrly"),
    ],
)
def test_what_is_said_of_a_name_makes_it_a_company(text: str, company: str) -> None:
    assert company in companies(text)


@pytest.mark.parametrize(
    "text",
    [
        "Net profit rose by 3 percent. Net profit had fallen before.",
        "Gross revenue rose. Quarterly earnings fell.",
        "New South Wales has approved it.",
        "Northern Sweden and Western Kenya wait.",
        "The grid at Zephyri, which is good for 220 megawatts, was built.",
        "A site near Zephyri, which has a port, opened.",
    ],
)
def test_words_and_places_are_not_even_offered_as_companies(text: str) -> None:
    assert offered(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The union Zephyr-Norte said it had learnt of it.",
        "The Data Campus Coalition, a trade group, called it a map.",
        "The campaign group Fields First said it would go to court.",
        "The Galway group Fields First said it would go to court.",
        "The market, called Tideway, sets a price. Tideway opens in May.",
        "A model called Zephyrly runs on its own.",
        "The ferry Zephyrly hired a crew.",
        "The IEA raised its forecast, and Unesco opened its office.",
        "Zephyrly closes its office in Rome.",
        "Harvard cut its staff.",
        "Jane Doe, of Leeds: £200 for theft.",
        "The chief executive, Paul Okonjo, said he would stay.",
        "Zephyrly in its stores sold tea.",
    ],
)
def test_what_is_something_else_is_not_ticked_as_a_company(text: str) -> None:
    assert companies(text) == set()
