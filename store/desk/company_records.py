"""A desk's companies, changed by a person: merged, parted, split, renamed, identified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from store.claims.codebook import Codebook
from store.claims.lexicon.listed import known_companies
from store.claims.names.directory import (
    Directory,
    NoSuchChange,
    Records,
    merged,
    parted,
    renamed,
    split,
)
from store.claims.names.identifiers import BadIdentifier
from store.desk.lane import Lane
from store.errors import DeskError
from store.model import Company, Identifiers, Value
from store.shelf.shelf import Shelf

Source = Literal["this desk", "codebook", "listed company"]


class CompanyRow(Value, frozen=True, kw_only=True):
    """A company as its list shows it."""

    company: Company
    claims: int
    """That stand and name it, by whatever id."""
    source: Source
    merged: tuple[Company, ...] = ()
    """The records that it stands for beside its own."""


class _Change(Value, frozen=True, kw_only=True):
    """What undo puts back."""

    said: str
    before: tuple[Company, ...]
    new: tuple[str, ...]


class CompanyRecords:
    """Reads and changes company records; every change can be taken back while the app runs.

    Every method may raise DeskError.
    """

    def __init__(
        self,
        lane: Lane,
        shelf: Shelf,
        codebook: Callable[[], Codebook],
        changed: Callable[[], None],
    ) -> None:
        self._lane = lane
        self._shelf = shelf
        self._codebook = codebook
        self._changed = changed
        self._undo: list[_Change] = []
        self._strange: tuple[Company, ...] = ()
        """Those that nothing knows but claims, as of a file of somebody else."""

    async def rows(self) -> tuple[CompanyRow, ...]:
        """All companies: those that claims name first, the most named before the others."""
        return await self._lane.run(self._rows)

    def _rows(self) -> tuple[CompanyRow, ...]:
        named = self._named_by_claims()
        directory = self._directory()
        claims = Counter(id_ for codes in named for id_ in set(map(directory.standing, codes)))
        own = (*directory.own, *(one.id for one in self._strange))
        sources: dict[str, Source] = dict.fromkeys(own, "this desk")
        for company in self._codebook().companies:
            sources.setdefault(company.id, "codebook")
        rows = [
            CompanyRow(
                company=company,
                claims=claims[id_],
                source=sources.get(id_, "listed company"),
                merged=tuple(directory.merged(id_)),
            )
            for id_, company in directory.companies.items()
        ]
        return tuple(sorted(rows, key=lambda row: (-row.claims, row.company.name.casefold())))

    def _named_by_claims(self) -> list[tuple[str, ...]]:
        """The companies of each claim that stands; those that only claims know are learned."""
        named: list[tuple[str, ...]] = []
        labels: dict[str, str] = {}
        for claim in self._shelf.claims():
            marking = claim.marking
            if marking.holds:
                tags = marking.values("company")
                named.append(tuple(tag.code for tag in tags))
                labels.update((tag.code, tag.label) for tag in tags)
        known = self._directory().records()
        self._strange += tuple(
            Company(id=id_, name=label) for id_, label in labels.items() if id_ not in known
        )
        return named

    async def merge(self, gone: str, into: str) -> str:
        """Let ``into`` stand for ``gone`` too; say what was done."""
        return await self._lane.run(self._merge, gone, into)

    def _merge(self, gone: str, into: str) -> str:
        directory = self._directory()
        first, second = directory.company(gone), directory.company(into)
        names = f"{first.name if first else gone} into {second.name if second else into}"
        return self._keep(directory, lambda: merged(directory, gone, into), f"merged {names}")

    async def part(self, id_: str) -> str:
        """Let a merged record stand for itself again; say what was done."""
        return await self._lane.run(self._part, id_)

    def _part(self, id_: str) -> str:
        directory = self._directory()
        own = directory.own.get(id_)
        said = f"{own.name if own else id_} stands for itself again"
        return self._keep(directory, lambda: parted(directory, id_), said)

    async def split(self, id_: str, names: Sequence[str]) -> str:
        """Give these of its other names to a company of their own; say what was done."""
        return await self._lane.run(self._split, id_, tuple(names))

    def _split(self, id_: str, names: Sequence[str]) -> str:
        directory = self._directory()
        said = f"{', '.join(names)} split off"
        return self._keep(directory, lambda: split(directory, id_, names), said)

    async def describe(
        self, id_: str, *, name: str, aliases: Iterable[str], known_as: Identifiers
    ) -> str:
        """Change a company's name, its other names and identifiers; say what was done."""
        return await self._lane.run(self._describe, id_, name, tuple(aliases), known_as)

    def _describe(self, id_: str, name: str, aliases: Sequence[str], known_as: Identifiers) -> str:
        directory = self._directory()

        def change() -> Records:
            return (replace(renamed(directory, id_, name, aliases), identifiers=known_as),)

        return self._keep(directory, change, f"{name.strip()} saved")

    async def undo(self) -> str:
        """Take the last change back; say which."""
        return await self._lane.run(self._take_back)

    def _take_back(self) -> str:
        if not self._undo:
            return "nothing to undo among the companies"
        last = self._undo[-1]
        self._shelf.keep_companies(last.before, without=last.new)
        self._undo.pop()
        self._changed()
        return f"took back: {last.said}"

    def _keep(self, directory: Directory, change: Callable[[], Records], said: str) -> str:
        try:
            records = change()
        except (NoSuchChange, BadIdentifier) as error:
            raise DeskError(str(error)) from error
        before = tuple(directory.own[one.id] for one in records if one.id in directory.own)
        new = tuple(one.id for one in records if one.id not in directory.own)
        self._shelf.keep_companies(records)
        self._undo.append(_Change(said=said, before=before, new=new))
        self._changed()
        return f"saved · {said}"

    def _directory(self) -> Directory:
        listed = (*known_companies(self._codebook()), *self._strange)
        return Directory(listed, self._shelf.companies())
