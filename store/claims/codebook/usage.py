"""How often the codes of a codebook stand on claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from store.claims.codebook import Code
from store.model import Value

RECENT: Final = timedelta(days=30)


class _Tag(Struct, frozen=True, gc=False):
    dimension: str
    code: str
    label: str


class _Marking(Struct, frozen=True, gc=False):
    tags: tuple[_Tag, ...] = ()
    review: str = "accepted"
    deleted: bool = False


class _Provenance(Struct, frozen=True, gc=False):
    created: datetime


class CountedClaim(Struct, frozen=True, gc=False):
    """What counting needs of a claim."""

    marking: _Marking
    provenance: _Provenance
    format: int = 1


class Used(Value, frozen=True, kw_only=True):
    """How often something stands on claims."""

    claims: int = 0
    recent: int = 0
    """Of them, those made in the last 30 days."""


class Counts:
    """How often values and dimensions stand on claims."""

    def __init__(self) -> None:
        self._all: Counter[tuple[str, str]] = Counter()
        self._recent: Counter[tuple[str, str]] = Counter()
        self._labels: dict[tuple[str, str], str] = {}

    def count(
        self, claim: CountedClaim, merged: Mapping[tuple[str, str], Code], *, since: datetime
    ) -> None:
        """Take a claim in, unless it was removed or rejected; a merged code counts as both."""
        marking = claim.marking
        if marking.deleted or marking.review == "rejected":
            return
        written = {(tag.dimension, tag.code) for tag in marking.tags}
        read = {(tag[0], merged[tag].id if tag in merged else tag[1]) for tag in written}
        keys = [*written, *(read - written), *((dimension, "") for dimension, _ in read)]
        keys = list(dict.fromkeys(keys))
        self._all.update(keys)
        if claim.provenance.created >= since:
            self._recent.update(keys)
        for tag in marking.tags:
            self._labels.setdefault((tag.dimension, tag.code), tag.label)

    def update(self, other: Counts) -> None:
        """Take in what was counted elsewhere."""
        self._all.update(other._all)
        self._recent.update(other._recent)
        self._labels |= other._labels

    def of(self, dimension: str, code: str = "") -> Used:
        """Of a value, or of a whole dimension."""
        key = (dimension, code)
        return Used(claims=self._all[key], recent=self._recent[key])

    def most_used(self, dimension: str, limit: int) -> tuple[tuple[str, Used], ...]:
        """The values of a dimension that stand on most claims, with their names."""
        found = [key for key, _ in self._all.most_common() if key[0] == dimension and key[1]]
        return tuple((self._labels.get(key, key[1]), self.of(*key)) for key in found[:limit])
