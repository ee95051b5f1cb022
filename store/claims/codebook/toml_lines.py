"""Where in a TOML file a table or a field stands: the parser of the library does not tell."""

from __future__ import annotations

import re
from collections import defaultdict

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\"-]+)\s*\]\]?\s*(?:#.*)?$")
_FIELD = re.compile(r"\s*([\w-]+|\"[^\"]*\"|'[^']*')\s*=")
_QUOTES = re.compile(r"\"\"\"|'''|\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")

Place = tuple[str, int]
"""A table's name and which of that name it is, from 0; ("", 0) is the top of the file."""


class TomlLines:
    """The lines of one TOML file, counted from 1."""

    def __init__(self, toml: str) -> None:
        self._tables: dict[Place, int] = {("", 0): 1}
        self._fields: dict[tuple[Place, str], int] = {}
        seen: dict[str, int] = defaultdict(int)
        here: Place = ("", 0)
        inside = ""
        for number, line in enumerate(toml.split("\n"), 1):
            if not inside and (header := _HEADER.match(line)):
                name = header.group(1).strip('"')
                here = (name, seen[name])
                seen[name] += 1
                self._tables[here] = number
            elif not inside and (field := _FIELD.match(line)):
                self._fields.setdefault((here, field.group(1).strip("\"'")), number)
            inside = _left_open(line, inside)

    def fields(self, name: str, nth: int) -> dict[str, int] | None:
        """The lines that the fields of a table start on; None when it has no header of its own."""
        if (name, nth) not in self._tables:
            return None
        here = (name, nth)
        return {field: line for (place, field), line in self._fields.items() if place == here}

    def count(self, name: str) -> int:
        """How many tables of that name have headers."""
        return sum(1 for known, _ in self._tables if known == name)

    def table(self, name: str, nth: int = 0) -> int:
        """The line of the header of a table."""
        return self._tables.get((name, nth)) or self._fields.get((("", 0), name), 1)

    def field(self, name: str, nth: int, field: str) -> int:
        """The line a field of that table starts on; the table's header if it is not found."""
        return self._fields.get(((name, nth), field)) or self.table(name, nth)


def _left_open(line: str, inside: str) -> str:
    """The triple quotes that are still open at the end of a line, given those at its start."""
    at = 0
    while at < len(line):
        if inside:
            closing = line.find(inside, at)
            if closing < 0:
                return inside
            at, inside = closing + 3, ""
        found = _QUOTES.search(line, at)
        if found is None:
            return ""
        at = found.end()
        if found.group() in ('"""', "'''"):
            inside = found.group()
    return inside
