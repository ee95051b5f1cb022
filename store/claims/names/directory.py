"""The companies of a desk as records: one however many names it goes by, merged and split.

Records are never taken away: one that was merged leads to the one that stands for it, so that
claims which name it by its old id keep their meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from store.claims.names import company_id, fold
from store.model import Company

Records = tuple[Company, ...]
"""Records to be kept in place of those with their ids."""


class NoSuchChange(ValueError):
    """One sentence that says why a record cannot be changed so."""


class Directory:
    """Every company that a desk knows: those of its lists, and its own records over them."""

    def __init__(self, listed: Iterable[Company], own: Iterable[Company]) -> None:
        self.own: Mapping[str, Company] = {company.id: company for company in own}
        self._listed = {company.id: company for company in listed}
        self._merged: dict[str, list[str]] = {}
        for id_, company in self.own.items():
            if company.merged_into:
                self._merged.setdefault(self.standing(id_), []).append(id_)
        ids = dict.fromkeys((*self._listed, *self.own))
        self.companies: Mapping[str, Company] = {
            id_: self._whole(id_) for id_ in ids if self.standing(id_) == id_
        }
        """Those that stand, by id, each with all its names."""

    def standing(self, id_: str) -> str:
        """The id of the company that stands for this one: mostly itself."""
        seen = {id_}
        while (found := self.own.get(id_)) and found.merged_into and found.merged_into not in seen:
            id_ = found.merged_into
            seen.add(id_)
        return id_

    def company(self, id_: str) -> Company | None:
        """The company that this id means now, or None."""
        return self.companies.get(self.standing(id_))

    def merged(self, id_: str) -> Sequence[Company]:
        """The records that were merged into this one."""
        return [self.own[one] for one in self._merged.get(id_, ())]

    def records(self) -> Mapping[str, Company]:
        """All of them by id, those that were merged too."""
        return {**self.companies, **{id_: one for id_, one in self.own.items() if one.merged_into}}

    def _whole(self, id_: str) -> Company:
        own, listed = self.own.get(id_), self._listed.get(id_)
        if own is None and listed is not None and id_ not in self._merged:
            return listed
        first = own or listed or Company(id=id_, name=id_)
        names = [*_names(first), *(_names(listed) if listed else ())]
        for merged in self.merged(id_):
            names += _names(merged)
            if merged.id in self._listed:
                names += _names(self._listed[merged.id])
        kept = dict.fromkeys(name for name in names if name not in first.without)
        kept.pop(first.name, None)
        known = first.identifiers if own else listed.identifiers if listed else first.identifiers
        return replace(first, aliases=tuple(kept), identifiers=known)


def _names(company: Company) -> tuple[str, ...]:
    return (company.name, *company.aliases)


def merged(directory: Directory, gone: str, into: str) -> Records:
    """Let one company stand for another too; ids and names of both lead to it from now on.

    Raises:
        NoSuchChange: They are one already, or one of them is not known.
    """
    first, second = directory.company(gone), directory.company(into)
    if first is None or second is None:
        raise NoSuchChange("There is no such company on this desk.")
    if first.id == second.id:
        raise NoSuchChange(f"That is {second.name} already.")
    own = directory.own.get(first.id, first)
    return (replace(own, merged_into=second.id),)


def parted(directory: Directory, id_: str) -> Records:
    """Take a merge back: the record stands for itself again.

    Raises:
        NoSuchChange: It was not merged.
    """
    own = directory.own.get(id_)
    if own is None or not own.merged_into:
        raise NoSuchChange("That company stands for itself.")
    return (replace(own, merged_into=""),)


def split(directory: Directory, id_: str, names: Sequence[str]) -> Records:
    """Give some of a company's other names to a company of their own, called by the first.

    Raises:
        NoSuchChange: No name, one that it does not have, or the one it is called by.
    """
    whole = directory.company(id_)
    if whole is None or not names or not set(names) <= set(whole.aliases):
        raise NoSuchChange("Choose some of the other names of one company.")
    new_id = company_id(names[0])
    if new_id == whole.id or new_id in directory.records():
        raise NoSuchChange(f"There is a company “{names[0]}” already: merge or part that one.")
    without = tuple(dict.fromkeys((*whole.without, *names)))
    kept = [name for name in whole.aliases if name not in names]
    return (
        replace(whole, aliases=_of_its_own(directory, whole, kept), without=without),
        Company(id=new_id, name=names[0], aliases=tuple(names[1:])),
    )


def renamed(directory: Directory, id_: str, name: str, aliases: Iterable[str]) -> Company:
    """The record with another name and other names beside it; its id stays.

    Raises:
        NoSuchChange: There is no name, or another company has one of these.
    """
    whole = directory.company(id_)
    if whole is None:
        raise NoSuchChange("There is no such company on this desk.")
    name = name.strip()
    others = tuple(dict.fromkeys(other.strip() for other in aliases if other.strip()))
    if not any(map(str.isalnum, name)):
        raise NoSuchChange("A company needs a name.")
    added = [one for one in (name, *others) if one not in _names(whole)]
    if taken := _taken(directory, whole.id, added):
        raise NoSuchChange(taken)
    dropped = [one for one in _names(whole) if one not in (name, *others)]
    without = [one for one in (*whole.without, *dropped) if one not in (name, *others)]
    return replace(
        whole,
        name=name,
        aliases=_of_its_own(directory, whole, [one for one in others if one != name]),
        without=tuple(dict.fromkeys(without)),
    )


def _of_its_own(directory: Directory, whole: Company, names: Sequence[str]) -> tuple[str, ...]:
    """The names without those of records that were merged into it, which they take along."""
    theirs = {name for company in directory.merged(whole.id) for name in _names(company)}
    return tuple(name for name in names if name not in theirs)


def _taken(directory: Directory, id_: str, names: Collection[str]) -> str:
    wanted = {fold(name): name for name in names}
    for company in directory.companies.values():
        if company.id == id_:
            continue
        for name in _names(company):
            if fold(name) in wanted:
                return f"{company.name} goes by “{wanted[fold(name)]}”: merge the two instead."
    return ""
