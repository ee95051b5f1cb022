"""One file of TOML tables on its way to become values: every mistake is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Container, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from store.claims.codebook import CodebookError
from store.claims.codebook.toml_lines import TomlLines

TEXTS = "a list of texts"
BASE = 'true, "business" or "political"'
"""What ``extends`` may say."""

_ID = re.compile(r"[a-z][a-z0-9_-]*")
_SYNTAX_PLACE = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


class TomlPage:
    """The file's text, and what is wrong with it."""

    def __init__(self, file: Path, toml: str) -> None:
        self.file = file
        self.toml = toml

    @cached_property
    def _lines(self) -> TomlLines:
        """Looked up when there is a mistake to tell, and only then."""
        return TomlLines(self.toml)

    def parsed(self) -> dict[str, Any]:
        """The whole; raises CodebookError if it is no TOML."""
        try:
            return tomllib.loads(self.toml)
        except tomllib.TOMLDecodeError as problem:
            told = str(problem)
            place = _SYNTAX_PLACE.search(told)
            line = int(place.group(1)) if place and place.group(1) else self.toml.count("\n") + 1
            self.fail(line, f"this is no TOML: {_SYNTAX_PLACE.sub('', told)}")

    def tables(
        self, head: dict[str, Any], name: str, fields: Mapping[str, str]
    ) -> Iterable[tuple[int, dict[str, Any]]]:
        """The tables of one name with their number, each seen to hold known fields only."""
        for nth, table in enumerate(head.get(name, ())):
            self.expect(table, fields, name, nth)
            yield nth, table

    def expect(self, table: dict[str, Any], fields: Mapping[str, str], name: str, nth: int) -> None:
        """See that a table holds these fields only, of their kinds, in letters that are seen."""
        for field, value in table.items():
            if field not in fields:
                known = ", ".join(fields)
                self.fail_at(name, nth, field, f"unknown field {field!r}; there are {known}")
            if not _is(value, fields[field]):
                self.fail_at(name, nth, field, f"{field} must be {fields[field]}")
            for text in value if isinstance(value, list) else (value,):
                shown = "".join(text.split()) if field == "guidelines" else text
                if isinstance(shown, str) and not shown.isprintable():
                    self.fail_at(name, nth, field, f"{field} holds an unprintable character")

    def require(self, table: dict[str, Any], fields: Iterable[str], name: str, nth: int) -> None:
        """See that a table says something in each of these fields."""
        for field in fields:
            if not str(table.get(field, "")).strip():
                whose = f"[[{name}]] {table.get('id', '')}".rstrip() if name else "the codebook"
                self.fail_at(name, nth, field, f"{whose} needs {field}")

    def id_of(self, table: dict[str, Any], name: str, nth: int, written: Container[str]) -> str:
        """The table's id, which is none of those written before."""
        self.require(table, ("id",), name, nth)
        id_ = str(table["id"])
        if not _ID.fullmatch(id_):
            self.fail_at(name, nth, "id", f"an id is a-z, 0-9, - and _, not {id_!r}")
        if id_ in written:
            self.fail_at(name, nth, "id", f"the {name} {id_!r} is there twice")
        return id_

    def fail_at(self, name: str, nth: int, field: str, wrong: str) -> NoReturn:
        """Tell what is wrong in a field of the nth table of that name."""
        self.fail(self._lines.field(name, nth, field), wrong)

    def fail(self, line: int, wrong: str) -> NoReturn:
        """Tell what is wrong on a line."""
        message = f"{self.file.name}, line {line}: {wrong}."
        raise CodebookError(message)


def _is(value: object, wanted: str) -> bool:
    if wanted == "a text":
        return isinstance(value, str)
    if wanted == "true or false":
        return isinstance(value, bool)
    if wanted == BASE:
        return isinstance(value, bool | str)
    of = dict if wanted == "tables" else str
    return isinstance(value, list) and all(isinstance(item, of) for item in value)


def head_of(toml: str) -> dict[str, Any]:
    """What a file says that was read before."""
    return tomllib.loads(toml)
