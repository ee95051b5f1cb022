"""The vocabulary of a desk: whose names texts may mention, and what a picker offers for a query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from store.claims.codebook import Code, Codebook, Dimension
from store.claims.codebook.triggers import Triggers
from store.claims.lexicon.listed import doubtful_names, known_companies
from store.claims.lexicon.own_values import listed_values
from store.claims.names import Names, company_id, fold
from store.claims.names.directory import Directory
from store.claims.names.regions import REGIONS, Region, region
from store.model import Company, Tag, Value

__all__ = ["Choice", "Lexicon", "company_id"]

LETTERS_A_SLIP = 4
"""One slip is forgiven for so many characters: among shorter names any would be near another."""
MOST_SLIPS = 3
"""However long the name; a slip is a letter wrong, missing, too many or swapped with the next."""

EXACT, PREFIX, WORD_PREFIX = range(3)
_HINTS = {True: "codebook", False: "listed company"}
"""What a company is by whether the codebook writes it down."""


class Choice(Value, frozen=True, kw_only=True):
    """One row of a picker."""

    code: str
    label: str
    hint: str = ""
    """Why it is offered, or what it is."""


class Evidence(Value, frozen=True, kw_only=True):
    """What a trigger says when it is found."""

    code: str
    """Id of the code it speaks for; a trap speaks against it."""
    kind: Literal["trigger", "hint", "trap"]
    written: str
    """The words as the codebook has them."""


class Spelling(Value, frozen=True, kw_only=True):
    """One way to write a choice, folded for comparison."""

    folded: str
    written: str
    choice: Choice
    other: bool = False
    """Not the name on its label, but an alias, a code or a city: comes second of equals."""
    aside: bool = False
    """No name of it, only a word that goes with it: comes after all names."""


class Lexicon:
    """A codebook and a desk's own companies, ready for reading texts and for picking."""

    def __init__(
        self,
        codebook: Codebook,
        companies: Iterable[Company] = (),
        values: Iterable[Tag] = (),
    ) -> None:
        """``values`` are those that people made up for open dimensions."""
        self.codebook = codebook
        listed = ((tag, "codebook") for tag in listed_values(codebook))
        self._values = [*((tag, "this desk") for tag in values), *listed]
        self.directory = Directory(known_companies(codebook), companies)
        self.companies = self.directory.companies

    def company(self, id_: str, /) -> Company | None:
        """The company that this id means now, also if it was merged; or None."""
        return self.directory.company(id_)

    @cached_property
    def company_names(self) -> Names[Company]:
        """Every name of every company, for looking up word by word; the desk's own go first."""
        own = self.directory.own
        return Names(
            (name, company)
            for company in sorted(self.companies.values(), key=lambda one: one.id not in own)
            for name in (company.name, *company.aliases)
        )

    @cached_property
    def ambiguous(self) -> frozenset[str]:
        """Names of companies that are also words or other things, as "Target"."""
        own = (name for one in self.directory.own.values() for name in (one.name, *one.aliases))
        return doubtful_names(self.codebook) - (frozenset(own) - self.codebook.ambiguous)

    @cached_property
    def evidence(self) -> dict[str, Triggers[Evidence]]:
        """The triggers of each closed dimension."""
        return {
            dimension.id: Triggers(_evidence(dimension.codes))
            for dimension in self.codebook.dimensions
            if dimension.kind == "closed"
        }

    def candidates(
        self, query: str, dimension: str, limit: int = 8, *, at_hand: Iterable[Choice] = ()
    ) -> tuple[Choice, ...]:
        """What a picker offers for what was typed, best first.

        The order is: the very name or code, names that begin so, names with a word that begins
        so, and, if there are still too few, names spelled nearly so; of equals, labels come before
        other names, and what is ``at_hand``, as named in the article, before all else. Without a
        query it is the dimension's own order.
        """
        known = self._spellings.get(dimension, ())
        spellings = [*(way for choice in at_hand for way in _ways(choice, ())), *known]
        wanted = fold(query)
        if not wanted:
            return _distinct((spelling.choice for spelling in spellings), limit)
        ranked = sorted(
            (one.aside, rank, one.other, place)
            for place, one in enumerate(spellings)
            if (rank := _rank(wanted, one.folded)) is not None
        )
        found = _distinct((_explained(spellings[place]) for *_, place in ranked), limit)
        if len(found) < limit and len(wanted) >= LETTERS_A_SLIP:
            return _distinct((*found, *_nearly(wanted, spellings)), limit)
        return found

    @cached_property
    def _spellings(self) -> dict[str, Sequence[Spelling]]:
        return {known.id: tuple(self._written(known)) for known in self.codebook.dimensions}

    def _written(self, dimension: Dimension) -> Iterator[Spelling]:
        if dimension.kind == "closed":
            yield from _codes(dimension)
        elif dimension.kind == "region":
            yield from _regions()
        elif dimension.id == "company":
            own = self.directory.own
            written = {company.id for company in self.codebook.companies}
            for id_ in dict.fromkeys((*own, *self.companies)):
                if id_ not in self.companies:
                    continue
                hint = "this desk" if id_ in own else _HINTS[id_ in written]
                company = self.companies[id_]
                choice = Choice(code=id_, label=company.name, hint=hint)
                yield from _ways(choice, company.aliases)
        else:
            for tag, hint in self._values:
                if tag.dimension == dimension.id:
                    yield from _ways(Choice(code=tag.code, label=tag.label, hint=hint), ())

    @cached_property
    def value_names(self) -> Names[Tag]:
        """The values of open dimensions, for looking them up word by word."""
        return Names((tag.label, tag) for tag, _ in self._values)


def _evidence(codes: Sequence[Code]) -> Iterator[tuple[str, Evidence]]:
    for code in codes:
        yield from _pieces(code, "trigger", code.triggers)
        yield from _pieces(code, "hint", code.hints)
        yield from _pieces(code, "trap", code.traps)


def _pieces(
    code: Code, kind: Literal["trigger", "hint", "trap"], words: Iterable[str]
) -> Iterator[tuple[str, Evidence]]:
    for written in words:
        yield written, Evidence(code=code.id, kind=kind, written=written)


# ---------------------------------------------------------------- picking


def _ways(choice: Choice, others: Iterable[str]) -> Iterator[Spelling]:
    yield Spelling(folded=fold(choice.label), written=choice.label, choice=choice)
    for name in others:
        yield Spelling(folded=fold(name), written=name, choice=choice, other=True)


def _codes(dimension: Dimension) -> Iterator[Spelling]:
    for code in dimension.codes:
        choice = Choice(code=code.id, label=code.label, hint=code.definition)
        yield from _ways(choice, (code.id.replace("_", " "),))
        for trigger in code.triggers:
            if trigger.replace(" ", "").isalpha():
                yield Spelling(folded=fold(trigger), written=trigger, choice=choice, aside=True)


def _regions() -> Iterator[Spelling]:
    for place in sorted(REGIONS.values(), key=_seldom):
        parent = region(place.within[0]) if place.within else None
        hint = parent.name if parent else ("group" if place.kind == "bloc" else "")
        choice = Choice(code=place.code, label=place.name, hint=hint)
        yield from _ways(choice, (place.code, *place.aliases))


def _seldom(place: Region) -> bool:
    """Whether news rarely names it: the world's largest economies are offered first."""
    return "G20" not in place.within


def _rank(wanted: str, folded: str) -> int | None:
    if folded == wanted:
        return EXACT
    if folded.startswith(wanted):
        return PREFIX
    at = folded.find(wanted, 1)
    while at > 0:
        if not folded[at - 1].isalnum():
            return WORD_PREFIX
        at = folded.find(wanted, at + 1)
    return None


def _explained(spelling: Spelling) -> Choice:
    """The choice, its hint saying which of its names was meant if it was not its label."""
    choice = spelling.choice
    if spelling.written in (choice.label, choice.code) or spelling.folded == fold(choice.label):
        return choice
    if spelling.folded == choice.code.replace("_", " "):
        return choice
    return Choice(code=choice.code, label=choice.label, hint=spelling.written)


def _nearly(wanted: str, spellings: Sequence[Spelling]) -> Iterator[Choice]:
    """Names that were probably meant. The import is slow and most queries never come here."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    names = [spelling.folded for spelling in spellings]
    most = _forgiven(wanted)
    near = process.extract(wanted, names, scorer=OSA.distance, limit=None, score_cutoff=most)
    meant = sorted(
        (slips, spellings[place].aside, spellings[place].other, place)
        for name, slips, place in near
        if slips <= _forgiven(name)
    )
    for *_, place in meant:
        yield _explained(spellings[place])


def _forgiven(name: str) -> int:
    return min(len(name) // LETTERS_A_SLIP, MOST_SLIPS)


def _distinct(choices: Iterable[Choice], limit: int) -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    for choice in choices:
        if len(found) >= limit:
            break
        found.setdefault(choice.code, choice)
    return tuple(found.values())
