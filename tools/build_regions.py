"""Writes store/claims/names/regions.toml, the table of regions that ships.

Countries and their English names come from CLDR (babel, Unicode licence), demonyms and UN
subregions from countryinfo (MIT); pycountry only checks that every code is ISO 3166's. What no
package knows, and what we disagree with, stands in regions_by_hand.toml.

    python tools/build_regions.py            writes the table
    python tools/build_regions.py --check    fails if the table is not what would be written
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
BY_HAND = HERE / "regions_by_hand.toml"
TABLE = HERE.parent / "store" / "claims" / "names" / "regions.toml"

HEADER = """\
# Made by tools/build_regions.py: change tools/regions_by_hand.toml and build again.
# English names: Unicode CLDR (Unicode-3.0). Demonyms: countryinfo (MIT). Rest: this project.
# A row: code | kind | label | regions it lies in | names | adjectives and demonyms | cities.
# "?" after a city: taken only where the text leaves no doubt.
"""

SUBREGIONS = {
    "Northern America": "021", "South America": "005", "Central America": "013",
    "Caribbean": "029", "Australia and New Zealand": "053", "Melanesia": "054",
    "Micronesia": "057", "Polynesia": "061", "Eastern Asia": "030", "Southern Asia": "034",
    "South-eastern Asia": "035", "South-Eastern Asia": "035", "Central Asia": "143",
    "Western Asia": "145", "Southern Europe": "039", "Eastern Europe": "151",
    "Northern Europe": "154", "Channel Islands": "154", "Western Europe": "155",
    "Western Africa": "011", "Eastern Africa": "014", "Northern Africa": "015",
    "Middle Africa": "017", "Southern Africa": "018",
}  # fmt: skip
"""The United Nations' subregions (M49) as countryinfo spells them."""

UNPLACED = {"AQ", "HM"}
"""The UN puts Antarctica in no subregion; countryinfo leaves the other blank."""
PLACED_BY_HAND = {"XK": "039"}
ABOVE = {
    "021": "019", "005": "419", "013": "419", "029": "419", "419": "019", "053": "009",
    "054": "009", "057": "009", "061": "009", "030": "142", "034": "142", "035": "142",
    "143": "142", "145": "142", "039": "150", "151": "150", "154": "150", "155": "150",
    "011": "202", "014": "202", "017": "202", "018": "202", "015": "002", "202": "002",
}  # fmt: skip
NOT_SAID = ["World", "Micronesian region"]
"""Labels that no text means as a region: the World Bank, the World Cup."""
NO_PLURAL = ("ese", "ish", "ch", "sh", "s", "x", "z", "i")


def parts(row: str) -> list[str]:
    """The cells of a row written by hand."""
    return [cell.strip() for cell in row.split("|")]


def names(cell: str) -> list[str]:
    """The names in a cell, in their order."""
    return [name.strip() for name in cell.split(";") if name.strip()]


def demonyms_of(about: dict[str, Any]) -> list[str]:
    """The demonym of countryinfo and its plural."""
    demonym = str(about.get("demonym") or "").strip()
    if not demonym or demonym == "None":
        return []
    if demonym.endswith(NO_PLURAL):
        return [demonym]
    return [demonym, demonym + "s"]


def spellings(name: str) -> list[str]:
    """The name as CLDR has it and as people write it ("St. Lucia", "Saint Lucia")."""
    found = [name]
    if "&" in name:
        found.append(name.replace("&", "and"))
    if name.startswith("St. "):
        found += ["St " + name[4:], "Saint " + name[4:]]
    return [spelling for form in found for spelling in (form, form.replace("’", "'"))]


def countries(hand: dict[str, Any]) -> list[list[str]]:
    """One row for each country of ISO 3166-1, and Kosovo, which CLDR calls XK."""
    import pycountry
    from babel import Locale
    from countryinfo import all_countries

    about: dict[str, dict[str, Any]] = {}
    for entry in all_countries():
        told: dict[str, Any] = {f: value for f, value in dict(entry.info()).items() if value}
        code = told["ISO"].get("alpha2", "")
        about[code] = told | about.get(code, {})
    english = Locale("en").territories
    rows = []
    for code in sorted([country.alpha_2 for country in pycountry.countries] + ["XK"]):
        label = hand["shown"].get(code) or english[code].replace("&", "and").replace("’", "'")
        named = [label, *spellings(english[code]), *names(hand["names"].get(code, ""))]
        if code in hand["demonyms"]:
            adjectives = names(hand["demonyms"][code])
        else:
            adjectives = demonyms_of(about.get(code, {}))
        rows.append(
            [
                code,
                "country",
                label,
                subregion(code, about.get(code, {})),
                joined(named, but=["Hong Kong SAR China"]),
                joined(adjectives, but=named),
                hand["cities"].get(code, ""),
            ]
        )
    return rows


def subregion(code: str, about: dict[str, Any]) -> str:
    """The M49 code of the smallest UN region that a country lies in."""
    for field in ("intermediateregion", "subregion"):
        if place := SUBREGIONS.get(about.get(field, "")):
            return place
    if code not in UNPLACED and code not in PLACED_BY_HAND:
        message = f"countryinfo puts {code} in no subregion: add it to PLACED_BY_HAND."
        raise SystemExit(message)
    return PLACED_BY_HAND.get(code, "")


def joined(words: list[str], *, but: list[str]) -> str:
    """The words, each once, without those in ``but`` and what stands in brackets."""
    kept = dict.fromkeys(word for word in words if word not in but and "(" not in word)
    return "; ".join(kept)


def groups(hand: dict[str, Any]) -> tuple[list[list[str]], dict[str, list[str]]]:
    """The continents and blocs, and for each member what it belongs to."""
    rows, belongs = [], dict[str, list[str]]()
    for line in hand["groups"]["rows"].strip().splitlines():
        code, label, kind, members, called, adjectives = parts(line)
        for member in members.split():
            belongs.setdefault(member, []).append(code)
        spelled = joined([label, *names(called)], but=NOT_SAID)
        rows.append([code, kind, label, ABOVE.get(code, ""), spelled, adjectives, ""])
    return rows, belongs


def provinces(hand: dict[str, Any]) -> list[list[str]]:
    """The states and provinces that news names, each checked against ISO 3166-2."""
    import pycountry

    official = {subdivision.code for subdivision in pycountry.subdivisions}
    rows = []
    for line in hand["provinces"]["rows"].strip().splitlines():
        code, label, called, adjectives = parts(line)
        if code not in official:
            message = f"{BY_HAND.name}: {code} ({label}) is no code of ISO 3166-2."
            raise SystemExit(message)
        spelled = joined([label, *names(called)], but=[])
        cities = hand["cities"].get(code, "")
        rows.append([code, "state", label, code[:2], spelled, adjectives, cities])
    return rows


def table() -> str:
    """The whole file."""
    hand = tomllib.loads(BY_HAND.read_text("utf-8"))
    grouped, belongs = groups(hand)
    rows = [*countries(hand), *provinces(hand), *grouped]
    known = {row[0] for row in rows}
    if strangers := (set(belongs) | set(hand["cities"]) | set(hand["names"])) - known:
        message = f"{BY_HAND.name}: unknown codes {', '.join(sorted(strangers))}."
        raise SystemExit(message)
    for row in rows:
        within = [*row[3].split(), *belongs.get(row[0], [])]
        row[3] = " ".join(dict.fromkeys(within))
    traps = hand["traps"]
    lines = ["|".join(cell.replace("; ", ";") for cell in row) for row in rows]
    return "\n".join(
        [
            HEADER + "rows = '''",
            *lines,
            "'''",
            "phrases = '''",
            *traps["phrases"],
            "'''",
            "given_names = '''",
            *traps["given_names"].split(),
            "'''",
            "",
        ]
    )


def main(words: list[str]) -> int:
    """Writes or checks the table; 0 when all is well."""
    made = table()
    if words == ["--check"]:
        same = TABLE.read_text("utf-8") == made
        sys.stderr.write("" if same else f"{TABLE.name} is stale: run tools/build_regions.py.\n")
        return 0 if same else 1
    TABLE.write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
