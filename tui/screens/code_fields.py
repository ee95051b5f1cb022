"""Which fields the forms of the codebook have, and what becomes of what is typed in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from store.claims.codebook import Code, Codebook, CodebookError, Dimension
from store.claims.codebook.edit import (
    Edit,
    add_code,
    add_dimension,
    change_code,
    change_dimension,
)
from store.claims.codebook.fields import free_key
from store.desk import DeskError
from store.model import COLOURS
from tui.screens.code_form import Field, Value

_YES, _NO = "yes", "no"
_PLAIN: Final = "$text"
_COLOURS: Final = tuple((colour, f"$signal-{colour}") for colour in COLOURS)
_KINDS: Final = (("closed", _PLAIN), ("open", _PLAIN), ("region", _PLAIN))
_TWO: Final = ((_YES, _PLAIN), (_NO, _PLAIN))
_WORDS: Final = "one a line; word ... word leaves room, a|b is either, WORD only in capitals"


def fields_of_code(code: Code | None) -> list[Field]:
    """The form of a code, or of a new one."""

    def value(name: str, otherwise: Value = "") -> Value:
        found: Value = getattr(code, name) if code else otherwise
        return found

    return [
        Field("label", "Label", "line", value("label")),
        Field("key", "Key", "line", value("key"), hint="" if code else "empty: one that is free"),
        Field("definition", "Definition", "text", value("definition")),
        Field("colour", "Colour", "choice", value("colour", "other"), options=_COLOURS),
        Field("include", "Include", "lines", value("include", ())),
        Field("exclude", "Exclude", "lines", value("exclude", ())),
        Field("triggers", "Triggers", "lines", value("triggers", ()), hint=_WORDS),
        Field("hints", "Hints", "lines", value("hints", ())),
        Field("traps", "Traps", "lines", value("traps", ())),
        Field("examples", "Examples", "lines", value("examples", ())),
        Field("mappings", "Elsewhere", "lines", value("mappings", ())),
    ]


def fields_of_dimension(dimension: Dimension | None) -> list[Field]:
    """The form of a dimension, or of a new one; the kind of one that is there stays."""
    fields = [
        Field("label", "Label", "line", dimension.label if dimension else ""),
        Field("key", "Key after t", "line", dimension.key if dimension else "",
              hint="" if dimension else "empty: one that is free"),
    ]  # fmt: skip
    if dimension is None:
        hint = "closed: codes that you add · open: any name · region: countries and groups"
        fields.append(Field("kind", "Kind", "choice", "closed", options=_KINDS, hint=hint))
    several = _YES if dimension is None or dimension.several else _NO
    fields.append(Field("several", "Several", "choice", several, options=_TWO,
                        hint="whether one claim may carry more than one of them"))  # fmt: skip
    if dimension is None or dimension.kind == "open":
        values = dimension.values if dimension else ()
        hint = "of an open dimension: offered from the start, one a line"
        fields.append(Field("values", "Values", "lines", values, hint=hint))
    return fields


def code_typed(
    codebook: Codebook, dimension: str, code: Code | None, typed: Mapping[str, Value]
) -> Edit:
    """The change that a code's form asks for.

    Raises:
        DeskError: A field cannot be so.
    """
    fields = dict(typed)
    try:
        if code:
            return change_code(codebook, dimension, code.id, fields)
        fields["key"] = fields["key"] or free_key(codebook, dimension, str(fields["label"]))
        return add_code(codebook, dimension, fields)
    except CodebookError as error:
        raise DeskError(str(error)) from error


def dimension_typed(
    codebook: Codebook, dimension: Dimension | None, typed: Mapping[str, Value]
) -> Edit:
    """The change that a dimension's form asks for.

    Raises:
        DeskError: A field cannot be so.
    """
    several = typed["several"] == _YES
    try:
        if dimension:
            fields: dict[str, str | bool | tuple[str, ...]] = {**typed, "several": several}
            return change_dimension(codebook, dimension.id, fields)
        return add_dimension(
            codebook,
            label=str(typed["label"]),
            kind=str(typed["kind"]),
            several=several,
            key=str(typed["key"]),
            values=typed["values"],
        )
    except CodebookError as error:
        raise DeskError(str(error)) from error
