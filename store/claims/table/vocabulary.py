"""The names that a filter of claims may use: codes, companies, regions, people, feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from store.claims.codebook import Codebook, Dimension
from store.claims.table.rows import Named, folded
from store.model import Company
from store.query import nothing_said, unknown


class Spoken(Protocol):
    """What a vocabulary learns from, as a row of the table."""

    @property
    def tags(self) -> Sequence[Named]:
        """Values in use."""

    @property
    def by(self) -> str:
        """Who uses them."""

    @property
    def source(self) -> str:
        """The name of a feed that they are about."""


class Vocabulary:
    """The names that a filter may use on a desk."""

    def __init__(
        self,
        codebook: Codebook,
        companies: Mapping[str, Company],
        rows: Iterable[Spoken] = (),
        *,
        annotator: str = "",
    ) -> None:
        self.dimensions: dict[str, Dimension] = {one.id: one for one in codebook.dimensions}
        self.annotator = annotator
        self._companies = companies
        self._used: dict[str, dict[str, str]] = {}
        self._people: dict[str, str] = {folded(annotator): annotator} if annotator else {}
        self._feeds: dict[str, str] = {}
        self._spelled: dict[str, list[tuple[str, str, str]]] = {}
        for tag in {tag for row in rows for tag in row.tags}:
            self._used.setdefault(tag.dimension, {})[tag.code] = tag.label
        for who in {row.by for row in rows}:
            self._people[folded(who)] = who
        for source in {row.source for row in rows}:
            self._feeds[folded(source)] = source

    @cached_property
    def dimension_ids(self) -> tuple[str, ...]:
        """The dimensions that can be asked, by id."""
        return tuple(dict.fromkeys((*self.dimensions, *self._used)))

    def codes(self, dimension: str, typed: str) -> frozenset[str]:
        """The codes that a name means: those it names, else those whose names begin so.

        Raises:
            QueryError: Nothing is called so.
        """
        wanted = _wanted(typed)
        spelled = self._spellings(dimension)
        found = {code for name, code, _ in spelled if name == wanted}
        found = found or {code for name, code, _ in spelled if name.startswith(wanted)}
        found = found or {code for name, code, _ in spelled if f" {wanted}" in name}
        if not found:
            raise unknown(self._called(dimension), typed, {label for _, _, label in spelled})
        return self._widened(dimension, found)

    def people(self, typed: str) -> frozenset[str]:
        """The annotators that a name means."""
        if typed.casefold() == "me" and self.annotator:
            return frozenset({self.annotator})
        return self._among("annotator", typed, self._people)

    def feeds(self, typed: str) -> frozenset[str]:
        """The feeds with these words in their names."""
        return self._among("feed with claims", typed, self._feeds)

    def _among(self, what: str, typed: str, known: Mapping[str, str]) -> frozenset[str]:
        wanted = _wanted(typed)
        if wanted in known:
            return frozenset({known[wanted]})
        found = frozenset(name for spelled, name in known.items() if wanted in spelled)
        if not found:
            raise unknown(what, typed, known.values())
        return found

    def _called(self, dimension: str) -> str:
        known = self.dimensions.get(dimension)
        return known.label.lower() if known else dimension

    def _spellings(self, dimension: str) -> list[tuple[str, str, str]]:
        """Every name of every value: folded, its code, its label."""
        if dimension not in self._spelled:
            self._spelled[dimension] = [
                (folded(name), code, label)
                for code, label, names in self._values(dimension)
                for name in dict.fromkeys((label, code, *names))
            ]
        return self._spelled[dimension]

    def _values(self, dimension: str) -> Iterable[tuple[str, str, tuple[str, ...]]]:
        known = self.dimensions.get(dimension)
        if known and known.kind == "closed":
            for code in known.codes:
                yield code.id, code.label, (code.id.replace("_", " "),)
        elif known and known.kind == "region":
            from store.claims.names.regions import REGIONS

            for place in REGIONS.values():
                yield place.code, place.name, place.aliases
        elif dimension == "company":
            for company in self._companies.values():
                yield company.id, company.name, company.aliases
        for code_, label in self._used.get(dimension, {}).items():
            yield code_, label, ()

    def _widened(self, dimension: str, codes: set[str]) -> frozenset[str]:
        """With the codes that a claim may have instead: of what lies there, of what was merged."""
        known = self.dimensions.get(dimension)
        if known and known.kind == "region":
            from store.claims.names.regions import REGIONS, lies_in

            return frozenset(
                code
                for code in {*REGIONS, *codes}
                if code in codes or any(lies_in(code, group) for group in codes)
            )
        if dimension == "company":
            meant = {self._stands_for(code) for code in codes}
            merged = {id_ for id_ in self._companies if self._stands_for(id_) in meant}
            return frozenset(codes | meant | merged)
        return frozenset(codes)

    def _stands_for(self, code: str) -> str:
        seen = {code}
        while (company := self._companies.get(code)) and company.merged_into:
            code = company.merged_into
            if code in seen:
                break
            seen.add(code)
        return code


def _wanted(typed: str) -> str:
    """A name as names are compared. Raises QueryError where nothing is left, which all would be."""
    wanted = folded(typed).strip()
    if not wanted:
        raise nothing_said(typed)
    return wanted
