"""Which articles have claims of which companies, regions and signals on them, and which notes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from msgspec import Struct

from store.claims.codebook import Code
from store.claims.table.rows import Named, worded
from store.shelf.claim_segments import ClaimSegments
from store.shelf.contents import FORMAT
from store.shelf.disk import Signature

_STANDING: Final = frozenset({"accepted", "adjudicated"})


class _Tag(Struct, gc=False):
    dimension: str
    code: str
    label: str


class _Marking(Struct, gc=False):
    tags: tuple[_Tag, ...] = ()
    note: str = ""
    review: str = "accepted"
    deleted: bool = False


class _Target(Struct, gc=False):
    article: int


class _Provenance(Struct, gc=False):
    creator: str


class _Claim(Struct, gc=False):
    target: _Target
    marking: _Marking
    provenance: _Provenance
    format: int = FORMAT


class Said(Struct, frozen=True):
    """What a vocabulary learns from: values in use."""

    tags: tuple[Named, ...]
    by: str = ""
    source: str = ""


class ClaimFacts:
    """Articles by the values on their claims; read when it is first asked for, then kept up."""

    def __init__(self, segments: ClaimSegments) -> None:
        self._files = segments
        self._states: dict[str, Signature] = {}
        self._merged: Mapping[tuple[str, str], Code] = {}
        self._articles: dict[str, dict[Named, set[int]]] = {}
        self._notes: dict[str, list[tuple[int, str]]] = {}
        """Of each file, the articles that were noted on, with the notes' words."""

    def refresh(self, merged: Mapping[tuple[str, str], Code], *, only: str = "") -> bool:
        """Read the files that changed since; whether any did. Raises ShelfError.

        ``merged`` are codes that read as others; ``only`` the annotator whose claims are seen.
        """
        if merged != self._merged:
            self._merged, self._states = merged, {}
        now = self._files.states()
        stale = [name for name, state in now.items() if self._states.get(name) != state]
        gone = self._articles.keys() - now.keys()
        for name in gone:
            del self._articles[name], self._notes[name]
        for name in stale:
            claims = [
                claim
                for claim in self._files.read(name, _Claim)
                if not claim.marking.deleted and (not only or claim.provenance.creator == only)
            ]
            self._articles[name] = self._tagged(claims)
            self._notes[name] = [
                (claim.target.article, worded(claim.marking.note))
                for claim in claims
                if claim.marking.note
            ]
        self._states = now
        return bool(stale or gone)

    def values(self) -> Said:
        """Every value that is in use."""
        return Said(tags=tuple({tag for found in self._articles.values() for tag in found}))

    def saying(self, dimension: str, codes: Collection[str] | None) -> frozenset[int]:
        """The articles with one of these codes; None: with any of that dimension."""
        return frozenset().union(
            *(
                articles
                for found in self._articles.values()
                for tag, articles in found.items()
                if tag.dimension == dimension and (codes is None or tag.code in codes)
            )
        )

    def noted(self, typed: str) -> frozenset[int]:
        """The articles with words that begin so in a note, on a claim or on a draft."""
        wanted = f" {worded(typed).strip()}"
        return frozenset(
            article for notes in self._notes.values() for article, note in notes if wanted in note
        )

    def _tagged(self, claims: Iterable[_Claim]) -> dict[Named, set[int]]:
        found: dict[Named, set[int]] = {}
        for claim in claims:
            if claim.marking.review in _STANDING:
                for tag in self._read_as(claim.marking.tags):
                    found.setdefault(tag, set()).add(claim.target.article)
        return found

    def _read_as(self, tags: Iterable[_Tag]) -> Iterable[Named]:
        for tag in tags:
            code = self._merged.get((tag.dimension, tag.code))
            if code is None:
                yield Named(tag.dimension, tag.code, tag.label)
            else:
                yield Named(tag.dimension, code.id, code.label)
