"""The codebook: which dimensions a claim has, and what each of their codes means.

One comes with Wiredesk. A file of the person's own replaces it, or changes and adds to it if it
says ``extends = true``. How such a file is loaded, and its mistakes told, is in ``codebook_file``.
"""

from __future__ import annotations

from typing import Literal

from store.claims.regions import region
from store.model import Company, Tag, Value

OTHER = "other"
"""Id of the code for what fits no other; it is never proposed."""

Kind = Literal["closed", "open", "region"]


class CodebookError(Exception):
    """A codebook cannot be used: one sentence with the file, the line and what is wrong."""


class Code(Value, frozen=True, kw_only=True):
    """One value of a closed dimension, as "hiring"."""

    id: str
    label: str
    key: str = ""
    """The letter or digit that picks it; empty for none."""
    definition: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    """What belongs elsewhere, for pairs that are easily confused."""
    triggers: tuple[str, ...] = ()
    """Words that are enough to propose it (``triggers`` has their grammar)."""
    hints: tuple[str, ...] = ()
    """Words that only lift it in the ranking."""
    traps: tuple[str, ...] = ()
    """Words that look like one of its triggers and are none."""
    examples: tuple[str, ...] = ()
    colour: str = "other"
    """What it is about, which the theme has a colour for."""


class Dimension(Value, frozen=True, kw_only=True):
    """One thing that a claim says about a passage: its signal, its company, its region."""

    id: str
    label: str
    kind: Kind
    codes: tuple[Code, ...] = ()
    """Of a closed dimension; the others have none."""
    several: bool = True
    """Whether one claim may carry more than one value of it."""


class Codebook(Value, frozen=True, kw_only=True):
    """All that claims can say, in one version."""

    id: str
    version: str
    title: str
    dimensions: tuple[Dimension, ...]
    companies: tuple[Company, ...] = ()
    """Known from the start; a desk adds its own."""
    ambiguous: frozenset[str] = frozenset()
    """Names of companies that are also words or other things, as "Target"."""
    toml: str = ""
    """The whole as a file that stands alone, to be kept with the claims."""

    def dimension(self, id_: str, /) -> Dimension | None:
        """The dimension with this id, or None."""
        return next((known for known in self.dimensions if known.id == id_), None)

    def code(self, dimension: str, id_: str, /) -> Code | None:
        """The code with this id in a closed dimension, or None."""
        found = self.dimension(dimension)
        return next((code for code in found.codes if code.id == id_), None) if found else None

    def check(self, tag: Tag) -> str:
        """What is wrong with a value, in one sentence; "" when it may be stored."""
        dimension = self.dimension(tag.dimension)
        if dimension is None:
            return f"The codebook “{self.title}” has no dimension “{tag.dimension}”."
        if not tag.label.strip():
            return f"A value of {dimension.label} has no name."
        if dimension.kind == "closed" and self.code(dimension.id, tag.code) is None:
            return f"The codebook “{self.title}” has no {dimension.label} “{tag.code}”."
        if dimension.kind == "region" and region(tag.code) is None:
            return f"There is no region with the code “{tag.code}”."
        if dimension.kind == "open" and not tag.code.strip():
            return f"The {dimension.label} “{tag.label}” has no id."
        return ""
