"""Firms that are known beside the codebook's: those of the world's share indices, and others.

The table is made by ``tools/build_companies.py`` and read when it is first asked for.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from store.claims.codebook import Codebook
from store.model import Company, Identifiers

TABLE = Path(__file__).with_name("companies.txt")


class Listed(NamedTuple):
    """The table as the vocabulary takes it in."""

    companies: dict[str, Company]
    """By id; the ids are the codebook's where both know a firm."""
    ambiguous: frozenset[str]
    """Names that are also words or people's."""


@cache
def listed() -> Listed:
    """Every firm of the table."""
    companies: dict[str, Company] = {}
    ambiguous: set[str] = set()
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        id_, name, ticker, cell = line.split("|")
        names = cell.split(";") if cell else []
        ambiguous.update(written[:-1] for written in names if written.endswith("?"))
        aliases = dict.fromkeys(written.rstrip("?") for written in names)
        aliases.pop(name, None)
        companies[id_] = Company(
            id=id_, name=name, aliases=tuple(aliases), identifiers=Identifiers(ticker=ticker)
        )
    return Listed(companies, frozenset(ambiguous))


def known_companies(codebook: Codebook) -> tuple[Company, ...]:
    """The codebook's companies with the names the table adds, then those it alone knows."""
    if not codebook.gazetteer:
        return codebook.companies
    further = listed().companies
    own = {company.id: company for company in codebook.companies}
    taken = {name for company in own.values() for name in (company.name, *company.aliases)}
    both = (_with(company, further.get(id_), taken) for id_, company in own.items())
    alone = (_free(company, taken) for id_, company in further.items() if id_ not in own)
    return (*both, *(company for company in alone if company.name not in taken))


def _with(company: Company, further: Company | None, taken: set[str]) -> Company:
    if further is None:
        return company
    known = company.identifiers
    aliases = (*company.aliases, *(name for name in _free(further, taken).aliases))
    return replace(
        company,
        aliases=aliases,
        identifiers=known if known != Identifiers() else further.identifiers,
    )


def _free(company: Company, taken: set[str]) -> Company:
    """The company without names that the codebook gives to another."""
    if taken.isdisjoint(company.aliases):
        return company
    return replace(company, aliases=tuple(one for one in company.aliases if one not in taken))


def doubtful_names(codebook: Codebook) -> frozenset[str]:
    """Names of companies that are also words: of the codebook's, and of those it adds."""
    return codebook.ambiguous | listed().ambiguous if codebook.gazetteer else codebook.ambiguous
