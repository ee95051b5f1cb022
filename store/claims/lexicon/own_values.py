"""The values of open dimensions that a codebook lists or a person makes up."""

from __future__ import annotations

from store.claims.codebook import Codebook
from store.claims.names import slug
from store.model import Tag


def value_id(name: str) -> str:
    """The id of a value of an open dimension, the same for every spelling of its name."""
    return f"own:{slug(name)}"


def listed_values(codebook: Codebook) -> tuple[Tag, ...]:
    """What the codebook itself offers for its open dimensions."""
    return tuple(
        Tag(dimension=dimension.id, code=value_id(name), label=name)
        for dimension in codebook.dimensions
        if dimension.kind == "open"
        for name in dimension.values
    )
