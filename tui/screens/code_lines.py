"""A codebook as rows of a list and as pages, with how often each code is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from store.claims.codebook import Code, Codebook, Dimension
from store.claims.codebook.usage import Counts, Used
from store.claims.learning.rule_record import SwitchedOff
from store.text.amounts import amount
from tui.widgets.code_list import CodeLine
from tui.widgets.code_page import code_page, dimension_page

MOST_VALUES = 20
"""Of a dimension's values, so many are listed as those used most."""


def code_lines(codebook: Codebook, counts: Counts | None) -> Iterator[CodeLine]:
    """Every dimension with its codes under it; ``counts`` is None until they are there."""
    for dimension in codebook.dimensions:
        used = counts.of(dimension.id) if counts else None
        yield CodeLine(
            dimension=dimension.id,
            code="",
            label=dimension.label,
            key=dimension.key,
            kind=dimension.kind,
            claims=used.claims if used else None,
            recent=used.recent if used else 0,
        )
        for code in dimension.all_codes:
            used = counts.of(dimension.id, code.id) if counts else None
            into = f"→ {code.merged_into}" if code.merged_into else ""
            yield CodeLine(
                dimension=dimension.id,
                code=code.id,
                label=code.label,
                key=code.key,
                colour=code.colour,
                kind=dimension.kind,
                claims=used.claims if used else None,
                recent=used.recent if used else 0,
                gone=into or ("retired" if code.retired else ""),
            )


def page_of(
    dimension: Dimension, code: Code | None, counts: Counts | None, off: Sequence[SwitchedOff]
) -> Content:
    """The page of a code, or of a dimension; ``off`` are all rules that switched themselves off."""
    told = [
        one.told
        for one in off
        if one.dimension == dimension.id and dimension.code(one.code) == code
    ]
    used = _used_in_words(counts, dimension.id, code.id if code else "")
    if code:
        return code_page(code, dimension, used=used, switched_off=told)
    most = _most_used(counts, dimension.id)
    return dimension_page(dimension, used=used, most_used=most, switched_off=told)


def _used_in_words(counts: Counts | None, dimension: str, code: str) -> str:
    """How often a value, or a whole dimension, is used."""
    if counts is None:
        return "counting …"
    used = counts.of(dimension, code)
    if not used.claims:
        return "on no claim yet"
    return f"on {_claims(used)}, {used.recent} of them of the last 30 days"


def claims_in_words(counts: Counts | None, dimension: str, code: str) -> str:
    """On how many claims a value stands."""
    return _claims(counts.of(dimension, code)) if counts else "All claims"


def _most_used(counts: Counts | None, dimension: str) -> list[tuple[str, str]]:
    """The values of a dimension that are used most, and how often."""
    found = counts.most_used(dimension, MOST_VALUES) if counts else ()
    return [(label, _claims(used)) for label, used in found]


def _claims(used: Used) -> str:
    return amount(used.claims, "claim")
