"""Lists of words that the rules of suggestion go by, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LISTS = Path(__file__).with_name("words.toml")


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(LISTS.read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """The list of that name."""
    return frozenset(_lists()[name].split())


@cache
def city_states() -> dict[str, str]:
    """The ISO 3166-2 codes of the states in which large cities lie, of states outside America."""
    table: dict[str, str] = _lists()["city_states"]
    return {city: code for code, cities in table.items() for city in cities.split("; ")}


@cache
def shortened_states() -> dict[str, str]:
    """The ISO 3166-2 code of a state or province by its abbreviations: "Tex.", "TX" and "Ont."."""
    states: dict[str, str] = _lists()["states"]
    provinces: dict[str, str] = _lists()["provinces"]
    known = {short: code for code, short in provinces.items()}
    for postal, short in states.items():
        known[short] = known[postal] = f"US-{postal}"
    return known
