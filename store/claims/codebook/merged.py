"""Claims whose code was merged into another read as that one; what is on disk stays as it is.

So a merge costs nothing on any number of claims, is taken back by taking it out of the codebook,
and a claim's history still says what was coded at its time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from store.claims.codebook import Code, Codebook
from store.model import Claim, Tag


def merged_codes(codebook: Codebook) -> dict[tuple[str, str], Code]:
    """Of every code that was merged, by dimension and id: the one that it reads as."""
    return {
        (dimension.id, code.id): end
        for dimension in codebook.dimensions
        for code in dimension.retired
        if code.merged_into and (end := dimension.standing_for(code.id)) is not None
    }


def reading(codebook: Codebook) -> Callable[[Claim], Claim] | None:
    """What makes a claim read as it does today; None where nothing was merged."""
    merged = merged_codes(codebook)
    return (lambda claim: as_merged(claim, merged)) if merged else None


def as_merged(claim: Claim, merged: Mapping[tuple[str, str], Code]) -> Claim:
    """The claim with every merged code replaced; a value it then has twice stands once."""
    tags = claim.marking.tags
    if not any(tag.key in merged for tag in tags):
        return claim
    read: dict[tuple[str, str], Tag] = {}
    for tag in tags:
        code = merged.get(tag.key)
        today = tag if code is None else replace(tag, code=code.id, label=code.label)
        read.setdefault(today.key, today)
    return replace(claim, marking=replace(claim.marking, tags=tuple(read.values())))
