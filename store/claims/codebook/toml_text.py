"""Changing a TOML file field by field: every other byte of it stays, comments too.

Values are replaced where they stand. Rewriting the parsed document would move tables that stand
between others, and put new fields below the comments of the next table.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Final

from store.claims.codebook.toml_lines import TomlLines

Fields = Mapping[str, "str | bool | tuple[str, ...]"]

_LONGEST_LINE: Final = 100
_PARTS = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")


def with_fields(toml: str, name: str, nth: int, fields: Fields) -> str:
    """The file with these fields in the nth table of that name; ("", 0) is the top of the file.

    Raises:
        LookupError: the table has no header of its own, as in a list of tables on one line.
    """
    for field, value in fields.items():
        toml = _with_field(toml, name, nth, field, value)
    return toml


def with_table(toml: str, name: str, fields: Fields, *, after: int | None) -> str:
    """The file with one more table, after the nth of that name or at the end."""
    lines = toml.split("\n")
    added = ["", f"[[{name}]]", *(_written(field, value) for field, value in fields.items())]
    if after is None:
        while lines and not lines[-1].strip():
            lines.pop()
        at, added = len(lines), [*added, ""]
    else:
        at = _end_of(toml, lines, name, after)
    return _joined(lines[:at], _as_there(added, lines), lines[at:])


def _with_field(
    toml: str, name: str, nth: int, field: str, value: str | bool | tuple[str, ...]
) -> str:
    known = TomlLines(toml).fields(name, nth)
    if known is None:
        message = f"There is no line that begins the table {name} {nth + 1}."
        raise LookupError(message)
    lines = toml.split("\n")
    start = known.get(field)
    if start is None:
        at = _end_of(toml, lines, name, nth)
        return _joined(lines[:at], _as_there([_written(field, value)], lines), lines[at:])
    end = _value_end(lines, start)
    made = _written(field, value) + (_comment(lines[start - 1]) if end == start else "")
    return _joined(lines[: start - 1], _as_there([made], lines), lines[end:])


def _joined(before: list[str], added: list[str], after: list[str]) -> str:
    return "\n".join([*before, *added, *after])


def _as_there(added: list[str], lines: list[str]) -> list[str]:
    """New lines end as the file's own do."""
    ends = "\r" if len(lines) > 1 and lines[0].endswith("\r") else ""
    return [line + ends for text in added for line in text.split("\n")]


def _end_of(toml: str, lines: list[str], name: str, nth: int) -> int:
    """The line, from 1, on which the last field of a table ends, or its header stands."""
    found = TomlLines(toml)
    starts = (found.fields(name, nth) or {}).values()
    if starts:
        return _value_end(lines, max(starts))
    return found.table(name, nth) if name else 0


def _value_end(lines: list[str], start: int) -> int:
    """The line on which the value ends that starts on this one; both counted from 1."""
    for end in range(start, len(lines) + 1):
        try:
            tomllib.loads("\n".join(lines[start - 1 : end]) + "\n")
        except tomllib.TOMLDecodeError:
            continue
        return end
    return start


def _comment(line: str) -> str:
    found = next((part for part in _PARTS.finditer(line) if part.group()[0] == "#"), None)
    return line[len(line[: found.start()].rstrip()) :].rstrip("\r") if found else ""


def _written(field: str, value: str | bool | tuple[str, ...]) -> str:
    """One field; JSON's strings and lists are TOML's too."""
    if isinstance(value, str) and "\n" in value:
        shown = value.replace("\\", "\\\\").replace('"""', '""\\"')
        closing = "\\\n" if shown.endswith('"') else ""
        return f'{field} = """\n{shown}{closing}"""'
    line = f"{field} = {json.dumps(value, ensure_ascii=False)}"
    if not isinstance(value, tuple) or len(line) <= _LONGEST_LINE:
        return line
    items = "".join(f"  {json.dumps(item, ensure_ascii=False)},\n" for item in value)
    return f"{field} = [\n{items}]"
