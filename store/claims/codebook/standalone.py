"""Writing a codebook as a file that reads back as the same codebook."""

from __future__ import annotations

import json
from collections.abc import Mapping

from msgspec.structs import asdict

from store.claims.codebook import Codebook

_DIMENSION = ("id", "label", "kind", "several", "key", "values")
_FIRST = ("id", "version", "title", "guidelines")


def toml_of(codebook: Codebook) -> str:
    """A codebook as a file that stands alone."""
    lines = _table("", {field: getattr(codebook, field) for field in _FIRST})
    if not codebook.gazetteer:
        lines.insert(-1, "gazetteer = false")
    for dimension in codebook.dimensions:
        lines += _table("dimension", {field: getattr(dimension, field) for field in _DIMENSION})
    for dimension in codebook.dimensions:
        for code in dimension.all_codes:
            fields = asdict(code) | {"retired": code.retired or ""}
            lines += _table("code", {"dimension": dimension.id} | fields)
    for company in codebook.companies:
        names = (company.name, *company.aliases)
        unsure = [name for name in names if name in codebook.ambiguous]
        known = {"id": company.id, "name": company.name, "aliases": company.aliases}
        lines += _table("company", known | {"ambiguous": unsure})
    return "\n".join(lines)


def _table(name: str, fields: Mapping[str, object]) -> list[str]:
    """One table; empty fields are left out. JSON's strings and lists are TOML's too."""
    header = ["", f"[[{name}]]"] if name else []
    written = [
        f"{field} = {json.dumps(value, ensure_ascii=False)}"
        for field, value in fields.items()
        if value not in ("", (), [])
    ]
    return header + written + ([] if name else [""])
