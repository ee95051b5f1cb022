"""Cities that stand for their country or state: the large alone, the smaller once it is named.

The table is made by ``tools/build_cities.py`` from GeoNames and read when it is first asked for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from store.claims.names.gazetteer import Gazetteer

TABLE = Path(__file__).with_name("cities.txt")


@cache
def _rows() -> list[tuple[str, str, str]]:
    lines = TABLE.read_text("utf-8").splitlines()
    rows = (line.split("|") for line in lines if not line.startswith("#"))
    return [(country, alone, smaller) for country, alone, smaller in rows]


def large_cities() -> dict[str, str]:
    """The ISO 3166 code of the country, or American state, that a city means wherever it stands."""
    found: dict[str, str] = {}
    for country, alone, _ in _rows():
        found.update(dict.fromkeys(alone.split(";"), country))
    found.pop("", None)
    return found


def towns() -> dict[str, tuple[str, ...]]:
    """The countries and states with a town of this name; it counts once the text names one."""
    found: dict[str, tuple[str, ...]] = {}
    for country, _, smaller in _rows():
        for name in smaller.split(";"):
            found[name] = (*found.get(name, ()), country)
    found.pop("", None)
    return found


CITIES: Gazetteer[str] = Gazetteer(large_cities)
TOWNS: Gazetteer[tuple[str, ...]] = Gazetteer(towns, often=False)
