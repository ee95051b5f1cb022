"""The regions a claim can name: countries, states, continents and blocs, and what they are called.

Countries carry ISO 3166-1 alpha-2 codes, states and provinces ISO 3166-2, continents the digits of
the UN's M49, blocs codes of our own ("EU", "APAC"). Cities stand for their country. The table is
made by ``tools/build_regions.py`` and read when it is first asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct

from store.claims.names import Names
from store.model import Value

TABLE = Path(__file__).with_name("regions.toml")

RegionKind = Literal["country", "state", "continent", "bloc"]
How = Literal["name", "adjective", "city", "phrase"]


class Region(Value, frozen=True, kw_only=True):
    """A place that a claim can be about."""

    code: str
    name: str
    kind: RegionKind
    within: tuple[str, ...] = ()
    """Codes of the regions it lies in or belongs to; the smallest area first."""
    aliases: tuple[str, ...] = ()
    """Further names, adjectives and cities that mean it."""


class Place(NamedTuple):
    """What a name in a text stands for."""

    code: str
    """Of its region; "" for a phrase that only looks like a place ("New York Times")."""
    how: How
    unsure: bool = False
    """Also a common word: counts only where the text leaves no doubt."""


class _Atlas(Struct, frozen=True):
    regions: dict[str, Region]
    places: tuple[tuple[str, Place], ...]
    given_names: frozenset[str]


@cache
def _atlas() -> _Atlas:
    table = tomllib.loads(TABLE.read_text("utf-8"))
    regions, places = {}, []
    for row in table["rows"].strip().split("\n"):
        code, kind, label, within, names, adjectives, cities = row.split("|")
        called: list[str] = []
        ways: tuple[tuple[str, How], ...] = (
            (names, "name"), (adjectives, "adjective"), (cities, "city"),
        )  # fmt: skip
        for cell, how in ways:
            for written in cell.split(";") if cell else ():
                name = written.rstrip("?")
                called.append(name)
                places.append((name, Place(code, how, written.endswith("?"))))
        regions[code] = Region(
            code=code,
            name=label,
            kind=kind,
            within=tuple(within.split()),
            aliases=tuple(name for name in called if name != label),
        )
    phrases = table["phrases"].strip().split("\n")
    places += [(phrase, Place("", "phrase")) for phrase in phrases]
    return _Atlas(regions, tuple(places), frozenset(table["given_names"].split()))


class _Regions(Mapping[str, Region]):
    """Every region by its code, read when first looked at."""

    def __getitem__(self, code: str) -> Region:
        return _atlas().regions[code]

    def __iter__(self) -> Iterator[str]:
        return iter(_atlas().regions)

    def __len__(self) -> int:
        return len(_atlas().regions)


REGIONS: Mapping[str, Region] = _Regions()


def region(code: str) -> Region | None:
    """The region with this code, or None."""
    return _atlas().regions.get(code)


def country_of(code: str) -> str:
    """The country a state lies in ("US" for "US-TX"); any other code as it is."""
    return code.partition("-")[0]


@cache
def ancestors(code: str) -> frozenset[str]:
    """Every region that this one lies in or belongs to, at any remove: US, 021 and G7 for US-TX.

    A region is not its own ancestor; an unknown code has none.
    """
    found: set[str] = set()
    further = [code]
    while further:
        known = region(further.pop())
        wider = set(known.within) - found if known else set()
        found |= wider
        further += wider
    return frozenset(found - {code})


def one_country(code: str) -> str:
    """The code of the country that a region is or lies in; "" for groups and what is unknown."""
    for known in (code, code.partition("-")[0]):
        found = region(known)
        if found is not None and found.kind == "country":
            return found.code
    return ""


def lies_in(code: str, group: str) -> bool:
    """Whether a filter for ``group`` finds ``code``: itself, its states and its members."""
    return code == group or group in ancestors(code)


@cache
def place_names() -> Names[Place]:
    """All that texts call a region, for looking up word by word."""
    return Names(_atlas().places)


def places() -> tuple[tuple[str, Place], ...]:
    """Every name with what it stands for, in the table's order."""
    return _atlas().places


def given_names() -> frozenset[str]:
    """Places that people are named after too, as Jordan."""
    return _atlas().given_names
