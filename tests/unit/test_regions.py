"""The table of regions, and which places in a text are really meant."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from read_articles import read, shown

from store.claims.names.regions import (
    REGIONS,
    ancestors,
    country_of,
    lies_in,
    one_country,
    places,
    region,
)

CHECKOUT = Path(__file__).resolve().parents[2]


def regions_in(text: str) -> set[str]:
    """The regions shown for the last paragraph of an article."""
    return set(shown(read("A title", *text.split("\n"))[-1], "region"))


def test_every_country_of_iso_3166_is_there() -> None:
    countries = [place for place in REGIONS.values() if place.kind == "country"]
    assert len(countries) == 250  # ISO's 249 and Kosovo
    assert all(len(place.code) == 2 and place.code.isupper() for place in countries)


def test_states_and_groups_hang_together() -> None:
    for place in REGIONS.values():
        assert place.name
        assert all(parent in REGIONS for parent in place.within), place
        if place.kind == "state":
            assert place.within[0] == country_of(place.code)
    assert sum(place.code.startswith("US-") for place in REGIONS.values()) == 51
    assert {place.code for place in REGIONS.values() if place.code.startswith("GB-")} == {
        "GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR",
    }  # fmt: skip


@pytest.mark.parametrize(
    "code",
    [
        *("EU", "EZ", "APAC", "GULF", "MENA", "MEAST", "EMEA", "NORDIC", "BALTIC", "BENELUX"),
        *("DACH", "BRICS", "G7", "G20", "OPEC", "NATO"),
    ],
)
def test_the_groups_that_news_names_are_there(code: str) -> None:
    group = region(code)
    assert group is not None
    assert group.kind == "bloc"


def test_continents_carry_the_digits_of_m49() -> None:
    assert {code: REGIONS[code].name for code in ("002", "142", "150", "419")} == {
        "002": "Africa", "142": "Asia", "150": "Europe", "419": "Latin America",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("JP", "APAC 030 142 G7 001"),
        ("US-TX", "US 021 019 G20 NATO USMCA 001"),
        ("GB-SCT", "GB 154 150 EMEA"),
        ("SA", "GULF MEAST MENA EMEA 145 142"),
        ("DE-BY", "DE DACH EU EZ 155 150"),
        ("KE", "014 202 002 EMEA"),
        ("SE", "NORDIC EU 154 150 EMEA"),
        ("EZ", "EU EEA 150"),
        ("ASEAN", "035 APAC 142"),
        ("MX", "021 013 419 019"),
    ],
)
def test_a_filter_for_a_group_finds_all_that_lies_in_it(code: str, groups: str) -> None:
    assert ancestors(code) >= set(groups.split())
    assert all(lies_in(code, group) for group in groups.split())
    assert lies_in(code, code)


@pytest.mark.parametrize(
    ("code", "group"),
    [("US", "US-TX"), ("JP", "EMEA"), ("TR", "EU"), ("CH", "EU"), ("GB", "EU"), ("XX", "001"),
     ("142", "APAC"), ("KE", "G20"), ("US-TX", "US-GA"), ("", "US")],
)  # fmt: skip
def test_a_filter_for_a_group_finds_nothing_else(code: str, group: str) -> None:
    assert not lies_in(code, group)


def test_no_region_lies_in_itself() -> None:
    assert [code for code in REGIONS if code in ancestors(code)] == []


def test_no_name_means_two_regions() -> None:
    meant: dict[str, set[str]] = {}
    for name, place in places():
        meant.setdefault(name, set()).add(place.code)
    assert {name: codes for name, codes in meant.items() if len(codes) > 1} == {}


def test_an_unknown_code_is_no_region() -> None:
    assert region("XX") is None
    assert "XX" not in REGIONS


def test_the_table_is_the_one_that_its_sources_give() -> None:
    for package in ("babel", "countryinfo", "pycountry"):
        pytest.importorskip(package)
    done = subprocess.run(
        [sys.executable, "tools/build_regions.py", "--check"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The plant is in Japan.", "JP"),
        ("An Australian lab and three Danes met.", "AU DK"),
        ("Japan's ministry and Japan-led talks.", "JP"),
        ("A U.S.-based firm left the U.S.", "US"),
        ("The US and UK agreed.", "US GB"),
        ("LONDON (Agency) – Shops closed.", "GB"),
        ("It opened in Dallas, Texas, on Monday.", "US-TX"),
        ("It opened in Abilene, Tex., on Monday.", "US-TX"),
        ("It opened in Paris, Texas.", "US-TX"),
        ("North Korea and South Korea talked.", "KP KR"),
        ("Firms in Southeast Asia and the Gulf states.", "035 GULF"),
        ("The EU and the euro zone.", "EU EZ"),
        ("Offices in São Paulo and Zürich.", "BR CH"),
        ("Offices in Sao Paulo and Zurich.", "BR CH"),
        ("A fab in New South Wales.", "AU-NSW"),
        ("Sites in Scotland, Bavaria and Johor.", "GB-SCT DE-BY MY-01"),
        ("Shares fell in Hong Kong and Taipei.", "HK TW"),
        ("France’s and Côte d’Ivoire’s leaders.", "FR CI"),
        ("Latin American and sub-Saharan buyers.", "419 202"),
        ("Rebels left Kisangani and Mbuji-Mayi.", "CD"),
        ("Plants in Duisburg, Nashik and Multan.", "DE IN PK"),
        ("RAJKOT (Agency) - Traders met.", "IN"),
        ("It opened in Tacoma and Fort Collins.", "US-WA US-CO"),
        ("It opened in Springfield.", "US"),
        ("It opened in Cambridge, Massachusetts.", "US-MA"),
        ("A mine near Sudbury, Ont.", "CA-ON"),
        ("A plant at Brampton in Ontario.", "CA-ON"),
        ("Peru sent aid.\nPeople in Ica and near Ayacucho fled.", "PE"),
        ("Washington and New York are in talks with Brussels.", "US US-NY BE"),
        ("Brussels asks how much water a hall may use.", "EU"),
        ("Brussels has proposed a limit.", "EU"),
        ("Brussels will not propose a limit.", "EU"),
        ("Apple told Brussels that it would comply.", "EU"),
        ("Brussels opens a probe into a merger.", "EU"),
        ("BRUSSELS WANTS A LIMIT.", "EU"),
        ("Brussels’ plans for steel go further.", "EU"),
        ("An office in Brussels opened.", "BE"),
        ("A court in Brussels ruled on Monday.", "BE"),
        ("The mayor of Brussels wants trams.", "BE"),
        ("Brussels is a city of a million.", "BE"),
        ("Shares in Brussels closed higher.", "BE"),
        ("Washington wants a deal and Beijing refuses.", "US CN"),
        ("Berlin and Moscow propose talks.", "DE RU"),
        ("Sydney is dear, Kyushu is quicker; so is Victoria.", "AU JP AU-VIC"),
        ("Canberra and Victoria pay half each.", "AU AU-VIC"),
        ("Plants in Lyon, Nice and Marseille shut.", "FR"),
    ],
)
def test_a_region_that_is_named_is_found(text: str, codes: str) -> None:
    assert regions_in(text) == set(codes.split())


@pytest.mark.parametrize(
    "text",
    [
        "They told us about it.",
        "Victoria is a nurse, and so is Victoria Beckham.",
        "Brussels sprouts are dear.",
        "TELL US NOW, THEY CRIED.",
        "The turkey was dry.",
        "Reading is fun.",
        "Nice work, they said.",
        "Mobile phones sell well.",
        "A split in the party.",
        "He read the New York Times.",
        "The Washington Post and the South China Morning Post wrote about it.",
        "Bank of America lent the money.",
        "American Express and British Airways agreed.",
        "Native American groups objected.",
        "The Paris Agreement and the Kyoto Protocol.",
        "The Basel III rules bite.",
        "Michael Jordan scored.",
        "Paris Hilton smiled.",
        "Jordan Ellis took over.",
        "Dr. Jordan agreed.",
        "Mr London disagreed.",
        "Sydney Sweeney and Austin Butler starred.",
        "Tom Holland arrived.",
        "Whitney Houston sang.",
        "It costs US$5 million.",
        "China Mobile and Air France grew.",
        "Texas Instruments sold chips.",
        "The chad hung.",
        "A march in spring, a van and a block.",
        "Bermuda triangle stories and Brazil nuts.",
        "They sailed the Indian Ocean and the South China Sea.",
        "Polish your résumé.",
        "Mail info@Japan now.",
        "Georgia Tech and Virginia Tech played.",
        "Manchester United beat Real Madrid.",
        "The Boston Consulting partner spoke.",
        "Vodafone, Orange and Shell.",
        "A French press and Swiss cheese.",
        "The coach said the team lost. Detroit 21 8 Boston 14 15 after the match.",
        "The Chicago White Sox beat the Texas Rangers.",
        "Boston Celtics, Dallas Cowboys and Denver Broncos lost.",
        "The Houston Rockets signed him.",
        "Leeds United and Newcastle United drew.",
        "He reads the Boston Herald, the Chicago Tribune and the Houston Chronicle.",
        "The World Bank lent money.",
        "The World Cup begins.",
        "The American League standings.",
        "Barges go down the Mississippi.",
        "They sailed up the Delaware and down the Ohio.",
        "A house on London Road and one in Oxford Street.",
        "Sydney Chandler and Chelsea Houston sang.",
        "Judge Declan Boston ruled.",
        "Mr. Berlin, Mrs. Lyon and Dr. Paris met.",
        "Sen. Charlotte Madison spoke.",
        "Jack London wrote novels.",
        "Frank Berlin and Ray Charleston play.",
        "Batman and Robin.",
        "Van Halen and Van Morrison.",
        "Chad Smith drums.",
        "Mobile sales rose.",
        "In March it fell.",
        "May was dry.",
        "Surprise was great; Independence is dear; Paradise is lost.",
        "Orange, Mesa and Split are names.",
        "Hilton Paris Hilton.",
        "An enterprise in Enterprise style.",
        "The Dead Sea, the Red Sea and the Irish Sea.",
        "The American Stock Exchange.",
        "Prince of Wales and Duke of Edinburgh.",
        "Air China and China Southern.",
        "Telecom Italia, Telkom Kenya and Virgin Atlantic.",
        "Turkey sandwiches, brazil nuts and china cups were had by us.",
    ],
)
def test_what_only_looks_like_a_place_is_left_alone(text: str) -> None:
    assert regions_in(text) == set()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Georgia Power said Atlanta would pay.\nIt will build in Georgia.", "US-GA"),
        ("Tbilisi and Armenia signed.\nGeorgia will join.", "GE"),
        ("Bartow County, Georgia, agreed.", "US-GA"),
    ],
)
def test_the_two_georgias_are_told_apart(text: str, codes: str) -> None:
    assert regions_in(text) == set(codes.split())


def test_a_georgia_that_could_be_either_is_not_ticked() -> None:
    assert regions_in("Growth in Georgia was strong.") == set()


def test_a_surname_stays_one_for_the_whole_article() -> None:
    assert regions_in("Michael Jordan came.\nLater Jordan left.") == set()
    assert regions_in("Michael Jordan came.\nHe was born in Jordan.") == {"JO"}


def test_a_city_that_the_article_moves_stays_there() -> None:
    assert regions_in("It opened in Paris, Texas.\nParis was quiet.") == {"US"}


def test_a_town_that_is_also_a_word_needs_its_country() -> None:
    assert regions_in("He lives in Reading.") == set()
    assert regions_in("Britain voted.\nHe lives in Reading.") == {"GB"}


@given(st.text(alphabet=st.sampled_from("US.U, JapanGeorgiaParisTexas\nthein'-’"), max_size=80))
def test_any_text_can_be_read_for_places(text: str) -> None:
    assert regions_in(text) <= set(REGIONS)


@pytest.mark.parametrize(
    ("code", "country"),
    [("US-OH", "US"), ("US", "US"), ("JP", "JP"), ("EU", ""), ("APAC", ""), ("142", ""), ("?", "")],
)
def test_every_country_and_state_knows_its_country(code: str, country: str) -> None:
    assert one_country(code) == country
