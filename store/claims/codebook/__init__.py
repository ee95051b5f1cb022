"""The codebook: which dimensions a claim has, and what each of their codes means.

One comes with Wiredesk. A file of the person's own replaces it, or changes and adds to it if it
says ``extends = true``. How such a file is loaded, and its mistakes told, is in ``codebook_file``.
"""

from __future__ import annotations

from typing import Literal

from store.claims.names.regions import region
from store.model import Company, Tag, Value

OTHER = "other"
"""Id of the code for what fits no other; it is never proposed."""

WITH_OWN_KEYS = ("signal", "company", "region")
"""The dimensions that ``s``, ``c`` and ``r`` ask for; ``t`` asks for all others."""

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
    mappings: tuple[str, ...] = ()
    """What other schemes call it, as "PLOVER PROTEST"."""
    since: str = ""
    """The version of the codebook that it came with; empty for the first."""
    retired: bool = False
    """Claims keep it; nothing offers it any more."""
    merged_into: str = ""
    """Id of the code that its claims read as since the two were merged; empty for its own."""

    @property
    def is_offered(self) -> bool:
        """Whether new claims may carry it."""
        return not (self.retired or self.merged_into)


class Dimension(Value, frozen=True, kw_only=True):
    """One thing that a claim says about a passage: its signal, its company, its region."""

    id: str
    label: str
    kind: Kind
    codes: tuple[Code, ...] = ()
    """Of a closed dimension, those that may be picked, in the order that pickers show them."""
    retired: tuple[Code, ...] = ()
    """Those that only older claims carry: retired, or merged into another."""
    several: bool = True
    """Whether one claim may carry more than one value of it."""
    key: str = ""
    """The letter or digit that asks for it after ``t``; empty for none."""
    values: tuple[str, ...] = ()
    """Of an open dimension: what is offered before anybody used it."""

    @property
    def all_codes(self) -> tuple[Code, ...]:
        """Every code that a claim may be found to carry."""
        return (*self.codes, *self.retired)

    def code(self, id_: str, /) -> Code | None:
        """The code with this id, whether it is still offered or not, or None."""
        return next((code for code in self.all_codes if code.id == id_), None)

    def standing_for(self, id_: str, /) -> Code | None:
        """The code that claims with this id read as: itself, or what it was merged into."""
        found = self.code(id_)
        while found and found.merged_into:
            found = self.code(found.merged_into)
        return found


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
    gazetteer: bool = True
    """Whether the firms of the world's share indices are known beside its own."""
    guidelines: str = ""
    """How to code with it, in Markdown, for people."""
    toml: str = ""
    """The whole as a file that stands alone, to be kept with the claims."""
    source: str = ""
    """The file as it was read, which may rest on another codebook."""

    def dimension(self, id_: str, /) -> Dimension | None:
        """The dimension with this id, or None."""
        return next((known for known in self.dimensions if known.id == id_), None)

    def code(self, dimension: str, id_: str, /) -> Code | None:
        """The code with this id in a closed dimension, offered or not, or None."""
        found = self.dimension(dimension)
        return found.code(id_) if found else None

    @property
    def further_dimensions(self) -> tuple[Dimension, ...]:
        """Those that no key of its own asks for, as ``s`` does for the signal."""
        return tuple(known for known in self.dimensions if known.id not in WITH_OWN_KEYS)

    def check(self, tag: Tag) -> str:
        """What is wrong with a value, in one sentence; "" when it may be stored."""
        dimension = self.dimension(tag.dimension)
        if dimension is None:
            return f"The codebook “{self.title}” has no dimension “{tag.dimension}”."
        if not tag.label.strip():
            return f"A value of {dimension.label} has no name."
        if dimension.kind == "closed":
            return self._check_code(dimension, tag)
        if dimension.kind == "region" and region(tag.code) is None:
            return f"There is no region with the code “{tag.code}”."
        if dimension.kind == "open" and not tag.code.strip():
            return f"The {dimension.label} “{tag.label}” has no id."
        return ""

    def _check_code(self, dimension: Dimension, tag: Tag) -> str:
        code = dimension.code(tag.code)
        if code is None:
            return f"The codebook “{self.title}” has no {dimension.label} “{tag.code}”."
        if code.merged_into:
            return f"“{code.label}” was merged into “{code.merged_into}”: pick that."
        return f"“{code.label}” is retired: pick another {dimension.label}." if code.retired else ""
