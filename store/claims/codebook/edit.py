"""What a person changes in a codebook: each change is checked, named, and made in its file's text.

Nothing is written here. A change names the table and the fields it sets, so that the file keeps
all else; the next version's number is found here too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

from store.claims.codebook import Codebook, CodebookError
from store.claims.codebook.fields import (
    LONGEST,
    WORDS,
    check_code,
    check_key,
    cleaned,
    code_of,
    dimension_of,
    free_id,
    free_keys,
    lines_of,
    taken_keys,
)
from store.claims.codebook.file import own_codebook, read_codebook
from store.claims.codebook.toml_lines import TomlLines
from store.claims.codebook.toml_page import head_of
from store.claims.codebook.toml_text import Fields, with_fields, with_table
from store.model import Value
from store.text.clean import clean

Written = dict[str, "str | bool | tuple[str, ...]"]


class Setting(Value, frozen=True, kw_only=True):
    """Fields of one table; a code or dimension that is not there is added."""

    table: Literal["dimension", "code"]
    dimension: str
    code: str = ""
    fields: Written


class Edit(Value, frozen=True, kw_only=True):
    """One change of a codebook."""

    said: str
    """What is done, as "hiring: key, label"."""
    settings: tuple[Setting, ...]


# ---------------------------------------------------------------- what can be changed


def change_code(codebook: Codebook, dimension: str, code: str, fields: Fields) -> Edit:
    """Give a code other fields; those that are as they were are left alone.

    Raises:
        CodebookError: a field cannot be so, or nothing is other than it was.
    """
    known = code_of(codebook, dimension, code)
    typed = cleaned(fields)
    check_code(codebook, dimension, typed, code)
    before = cleaned({field: getattr(known, field) for field in typed})
    changed = {field: value for field, value in typed.items() if value != before[field]}
    if not changed:
        raise CodebookError("Nothing was changed.")
    said = f"{known.label}: {', '.join(changed)}"
    return _of_code(said, dimension, code, changed)


def add_code(codebook: Codebook, dimension: str, fields: Fields) -> Edit:
    """A new code in a closed dimension; its id is made from its label.

    Raises:
        CodebookError: a field cannot be so.
    """
    typed = cleaned(fields)
    check_code(codebook, dimension, typed, "")
    known = dimension_of(codebook, dimension)
    label = str(typed.get("label", ""))
    id_ = free_id(label, {one.id for one in known.all_codes})
    given = {field: value for field, value in typed.items() if value not in ("", ())}
    said = f"{label} added"
    return _of_code(said, dimension, id_, given)


def add_dimension(
    codebook: Codebook, *, label: str, kind: str, several: bool, key: str, values: Iterable[str]
) -> Edit:
    """A new dimension, asked for by ``t`` and its key.

    Raises:
        CodebookError: a field cannot be so.
    """
    named = clean(label, limit=LONGEST).strip()
    if not named:
        raise CodebookError("The label is empty: say what the dimension is called.")
    if kind not in ("closed", "open", "region"):
        raise CodebookError("The kind must be closed, open or region.")
    taken = {one.key: one.label for one in codebook.dimensions if one.key}
    free = free_keys(named, taken)
    check_key(key, taken, free)
    id_ = free_id(named, {one.id for one in codebook.dimensions})
    offered = lines_of(values) if kind == "open" else ()
    fields: Written = {
        "label": named, "kind": kind, "several": several, "key": key or free[:1],
    }  # fmt: skip
    if offered:
        fields["values"] = offered
    return _of_dimension(f"dimension {named} added", id_, fields)


def change_dimension(codebook: Codebook, dimension: str, fields: Fields) -> Edit:
    """Give a dimension another label, key or list of values, or let it take several or one.

    Raises:
        CodebookError: a field cannot be so, or nothing is other than it was.
    """
    known = dimension_of(codebook, dimension)
    typed = cleaned(fields)
    if not typed.get("label", known.label):
        raise CodebookError("The label is empty: say what the dimension is called.")
    taken = {one.key: one.label for one in codebook.dimensions if one.key and one != known}
    check_key(str(typed.get("key", "")), taken, free_keys(known.label, taken))
    before = cleaned({field: getattr(known, field) for field in typed})
    changed = {field: value for field, value in typed.items() if value != before[field]}
    if not changed:
        raise CodebookError("Nothing was changed.")
    said = f"dimension {known.label}: {', '.join(changed)}"
    return _of_dimension(said, dimension, changed)


def retire(codebook: Codebook, dimension: str, code: str) -> Edit:
    """Let nothing offer a code any more, or bring it back; claims keep it either way.

    Raises:
        CodebookError: it is not there, was merged, or its key went to another meanwhile.
    """
    known = code_of(codebook, dimension, code)
    if known.merged_into:
        raise CodebookError(f"“{known.label}” was merged into “{known.merged_into}”; u undoes it.")
    fields: Written = {"retired": not known.retired}
    said = f"{known.label} {'brought back' if known.retired else 'retired'}"
    if known.retired and known.key in taken_keys(codebook, dimension, code):
        fields["key"] = ""
        said += ", without its key, which is another's now"
    return _of_code(said, dimension, code, fields)


def merge(codebook: Codebook, dimension: str, code: str, into: str) -> Edit:
    """Let the claims of one code read as another's, which takes over its words.

    Raises:
        CodebookError: one of them is not there or not offered, or both are the same.
    """
    known, other = code_of(codebook, dimension, code), code_of(codebook, dimension, into)
    if not (known.is_offered and other.is_offered):
        raise CodebookError("Only codes that are offered can be merged: bring them back first.")
    if known == other:
        raise CodebookError("A code cannot be merged into itself: pick another.")
    said = f"{known.label} merged into {other.label}"
    words: Written = {
        field: tuple(dict.fromkeys((*getattr(other, field), *getattr(known, field))))
        for field in WORDS
        if not set(getattr(known, field)) <= set(getattr(other, field))
    }
    end = Setting(table="code", dimension=dimension, code=code, fields={"merged_into": into})
    more = Setting(table="code", dimension=dimension, code=into, fields=words)
    return Edit(said=said, settings=(end, more) if words else (end,))


def move(codebook: Codebook, dimension: str, code: str, by: int) -> Edit:
    """Put a code one place further up or down in its dimension, for good.

    Raises:
        CodebookError: there is no place further in that direction.
    """
    known = dimension_of(codebook, dimension)
    order = [one.id for one in known.codes]
    if code not in order:
        raise CodebookError("Only codes that are offered have a place among the others.")
    at = order.index(code)
    if not 0 <= at + by < len(order):
        raise CodebookError(f"“{code}” is the {'last' if by > 0 else 'first'} already.")
    order.insert(at + by, order.pop(at))
    said = f"{code_of(codebook, dimension, code).label} moved {'down' if by > 0 else 'up'}"
    fields: Written = {"order": tuple(order)}
    return _of_dimension(said, dimension, fields)


# ---------------------------------------------------------------- the text


def edited(file: Path, codebook: Codebook, edit: Edit, *, id_: str, version: str) -> str:
    """The codebook's file with the change in it, and this id and version at its top.

    Raises:
        CodebookError: the file is written so that it cannot be changed here.
    """
    made = codebook.source
    try:
        for setting in edit.settings:
            made = _with_setting(made, setting, version)
        made = with_version(made, id_=id_, version=version)
        read_codebook(file, made, base=own_codebook())
    except LookupError:
        message = f"{file.name} is written in a way that cannot be changed here: edit it by hand."
        raise CodebookError(message) from None
    return made


def _with_setting(toml: str, setting: Setting, version: str) -> str:
    """Set the fields in the table that is meant, which is added if it is not there."""
    tables = list(head_of(toml).get(setting.table, ()))
    named = [_name_of(table, setting.table) for table in tables]
    meant = (setting.dimension, setting.code)
    if meant in named:
        return with_fields(toml, setting.table, named.index(meant), setting.fields)
    if len(tables) != TomlLines(toml).count(setting.table):
        raise LookupError(setting.table)
    whole: Written = {"id": setting.dimension, **setting.fields}
    if setting.table == "code":
        whole = {"dimension": setting.dimension, "id": setting.code, **setting.fields}
        if "definition" in whole and "label" in whole:
            whole["since"] = version
    near = [nth for nth, (dimension, _) in enumerate(named) if dimension == setting.dimension]
    after = near[-1] if near else (len(tables) - 1 if tables else None)
    return with_table(toml, setting.table, whole, after=after)


def _name_of(table: dict[str, object], kind: str) -> tuple[object, object]:
    if kind == "dimension":
        return (table.get("id"), "")
    return (table.get("dimension"), table.get("id"))


def with_version(toml: str, *, id_: str, version: str) -> str:
    """The file with this id and version; one that extends another and names none keeps to that."""
    head = head_of(toml)
    if head.get("extends") and "version" not in head:
        return toml
    return with_fields(toml, "", 0, {"id": id_, "version": version})


def next_version(version: str, taken: Collection[str]) -> str:
    """The version after this one that is none of those: 1.0 → 1.1, 1 → 1.1, draft → draft.1."""
    plain = version.partition("+")[0]
    stem, last = re.fullmatch(r"(.*\.)?(\d+)?.*", plain, re.DOTALL), 0
    before = f"{plain}."
    if stem and stem.group(1) and stem.group(2) and plain == stem.group(1) + stem.group(2):
        before, last = stem.group(1), int(stem.group(2))
    while (made := f"{before}{last + 1}") in taken:
        last += 1
    return made


def _of_code(said: str, dimension: str, code: str, fields: Written) -> Edit:
    setting = Setting(table="code", dimension=dimension, code=code, fields=fields)
    return Edit(said=said, settings=(setting,))


def _of_dimension(said: str, dimension: str, fields: Written) -> Edit:
    setting = Setting(table="dimension", dimension=dimension, fields=fields)
    return Edit(said=said, settings=(setting,))
