"""Reading a codebook's file, naming every mistake by its line, and writing one."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from msgspec.structs import asdict, replace

from store.claims.codebook import Code, Codebook, CodebookError, Dimension
from store.claims.names import company_id
from store.claims.toml_lines import TomlLines
from store.claims.triggers import parse_trigger
from store.model import Company

CODEBOOK = Path(__file__).with_name("codebook.toml")
"""The one that comes with Wiredesk."""
COLOURS = ("other", "growth", "money", "people", "rules", "risk")
"""What a signal may be about; every theme has a colour for each."""

_TEXTS = "a list of texts"
_HEAD = {"id": "a text", "version": "a text", "title": "a text", "extends": "true or false",
         "dimension": "tables", "code": "tables", "company": "tables"}  # fmt: skip
_DIMENSION = {"id": "a text", "label": "a text", "kind": "a text", "several": "true or false"}
_CODE = {"dimension": "a text", "id": "a text", "key": "a text", "label": "a text",
         "definition": "a text", "colour": "a text", "include": _TEXTS, "exclude": _TEXTS,
         "triggers": _TEXTS, "hints": _TEXTS, "traps": _TEXTS, "examples": _TEXTS}  # fmt: skip
_COMPANY = {"id": "a text", "name": "a text", "aliases": _TEXTS, "ambiguous": _TEXTS}
_PATTERNS = ("triggers", "hints", "traps")
_ID = re.compile(r"[a-z][a-z0-9_-]*")
_KEY = re.compile(r"[a-z0-9]?")
_SYNTAX_PLACE = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


@cache
def own_codebook() -> Codebook:
    """The codebook that comes with Wiredesk."""
    return read_codebook(CODEBOOK, CODEBOOK.read_text("utf-8"), proven=True)


def load_codebook(user_file: Path | None = None) -> Codebook:
    """The person's codebook, or the one that comes with Wiredesk if they have none.

    Raises:
        CodebookError: the file cannot be read, or says something a codebook cannot.
    """
    if user_file is None:
        return own_codebook()
    try:
        toml = user_file.read_text("utf-8")
    except UnicodeDecodeError:
        message = f"{user_file.name} is no text in UTF-8: save it as UTF-8 and try again."
        raise CodebookError(message) from None
    except OSError as problem:
        reason = problem.strerror or "unknown error"
        message = f"The codebook {user_file} cannot be read ({reason}): put it there, or unset it."
        raise CodebookError(message) from None
    return read_codebook(user_file, toml, base=own_codebook())


def read_codebook(
    file: Path, toml: str, base: Codebook | None = None, *, proven: bool = False
) -> Codebook:
    """The codebook that a file holds, over ``base`` if the file extends it.

    ``proven`` leaves its thousand triggers unread until they are needed: for the one that ships,
    which the tests read in full, since every start waits for it.

    Raises:
        CodebookError: with the file's name, the line and what is wrong there.
    """
    return _Reading(file.name, toml, proven=proven).codebook(base)


class _Reading:
    """One file on its way to become a codebook."""

    def __init__(self, name: str, toml: str, *, proven: bool) -> None:
        self._name = name
        self._proven = proven
        self._toml = toml

    @cached_property
    def _lines(self) -> TomlLines:
        """Looked up when there is a mistake to tell, and only then."""
        return TomlLines(self._toml)

    def codebook(self, base: Codebook | None) -> Codebook:
        head = self._parsed()
        self._expect(head, _HEAD, "", 0)
        extended = base if head.get("extends") else None
        if extended is None:
            self._require(head, ("id", "version", "title"), "", 0)
        dimensions = self._dimensions(head, extended)
        companies, ambiguous = self._companies(head, extended)
        made = Codebook(
            id=head.get("id") or (f"{extended.id}-own" if extended else ""),
            version=head.get("version") or (self._edition(extended) if extended else ""),
            title=head.get("title") or (extended.title if extended else ""),
            dimensions=dimensions,
            companies=companies,
            ambiguous=ambiguous,
            toml=self._toml,
        )
        return replace(made, toml=toml_of(made)) if extended else made

    def _edition(self, base: Codebook) -> str:
        """The base's version and a mark of this file, so that an edit is another version."""
        return f"{base.version}+{sha256(self._toml.encode()).hexdigest()[:8]}"

    def _parsed(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._toml)
        except tomllib.TOMLDecodeError as problem:
            told = str(problem)
            place = _SYNTAX_PLACE.search(told)
            line = int(place.group(1)) if place and place.group(1) else self._toml.count("\n") + 1
            self._fail(line, f"this is no TOML: {_SYNTAX_PLACE.sub('', told)}")

    # ------------------------------------------------------------ the three kinds of table

    def _dimensions(self, head: dict[str, Any], base: Codebook | None) -> tuple[Dimension, ...]:
        found = {dimension.id: dimension for dimension in base.dimensions} if base else {}
        written: set[str] = set()
        for nth, table in self._tables(head, "dimension", _DIMENSION):
            id_ = self._id(table, "dimension", nth, written)
            if id_ not in found:
                self._require(table, ("label", "kind"), "dimension", nth)
            if table.get("kind", "closed") not in ("closed", "open", "region"):
                self._fail_at("dimension", nth, "kind", "kind must be closed, open or region")
            before = asdict(found[id_]) if id_ in found else {}
            found[id_] = Dimension(**(before | table))
        if not found:
            self._fail(1, "a codebook needs at least one [[dimension]]")
        codes = self._codes(head, found)
        return tuple(replace(known, codes=tuple(codes[known.id])) for known in found.values())

    def _codes(
        self, head: dict[str, Any], dimensions: Mapping[str, Dimension]
    ) -> dict[str, list[Code]]:
        codes = {id_: {code.id: code for code in known.codes} for id_, known in dimensions.items()}
        written: dict[str, set[str]] = {id_: set() for id_ in dimensions}
        for nth, table in self._tables(head, "code", _CODE):
            self._require(table, ("dimension",), "code", nth)
            dimension = dimensions.get(table.pop("dimension"))
            if dimension is None:
                self._fail_at("code", nth, "dimension", "there is no such dimension")
            if dimension.kind != "closed":
                self._fail_at("code", nth, "dimension", f"{dimension.id} is not a closed dimension")
            known = codes[dimension.id]
            id_ = self._id(table, "code", nth, written[dimension.id])
            if id_ not in known:
                self._require(table, ("label", "definition"), "code", nth)
            self._check_code(table, nth, [code for code in known.values() if code.id != id_])
            before = asdict(known[id_]) if id_ in known else {}
            known[id_] = Code(**(before | _tuples(table)))
        return {id_: list(known.values()) for id_, known in codes.items()}

    def _check_code(self, table: dict[str, Any], nth: int, others: list[Code]) -> None:
        key = table.get("key", "")
        if not _KEY.fullmatch(key):
            self._fail_at("code", nth, "key", f"a key is one letter a-z or a digit, not {key!r}")
        for other in others:
            if key and other.key == key:
                self._fail_at("code", nth, "key", f"the key {key!r} is taken by {other.id!r}")
        if table.get("colour", COLOURS[0]) not in COLOURS:
            self._fail_at("code", nth, "colour", f"a colour is one of {', '.join(COLOURS)}")
        for field in () if self._proven else _PATTERNS:
            for written in table.get(field, ()):
                try:
                    parse_trigger(written)
                except ValueError as problem:
                    self._fail_at("code", nth, field, f"the trigger {written!r}: {problem}")

    def _companies(
        self, head: dict[str, Any], base: Codebook | None
    ) -> tuple[tuple[Company, ...], frozenset[str]]:
        found = {company.id: company for company in base.companies} if base else {}
        ambiguous = set(base.ambiguous) if base else set()
        written: set[str] = set()
        for nth, table in self._tables(head, "company", _COMPANY):
            self._require(table, ("name",), "company", nth)
            id_ = table.get("id") or company_id(table["name"])
            if id_ in written:
                self._fail_at("company", nth, "name", f"{table['name']!r} is there twice")
            written.add(id_)
            if before := found.get(id_):
                ambiguous -= {before.name, *before.aliases}
            aliases = tuple(table.get("aliases", ()))
            found[id_] = Company(id=id_, name=table["name"], aliases=aliases)
            for name in table.get("ambiguous", ()):
                if name != table["name"] and name not in aliases:
                    self._fail_at("company", nth, "ambiguous", f"{name!r} is none of its names")
                ambiguous.add(name)
        return tuple(found.values()), frozenset(ambiguous)

    # ------------------------------------------------------------ one table

    def _tables(
        self, head: dict[str, Any], name: str, fields: Mapping[str, str]
    ) -> Iterable[tuple[int, dict[str, Any]]]:
        for nth, table in enumerate(head.get(name, ())):
            self._expect(table, fields, name, nth)
            yield nth, table

    def _expect(
        self, table: dict[str, Any], fields: Mapping[str, str], name: str, nth: int
    ) -> None:
        for field, value in table.items():
            if field not in fields:
                known = ", ".join(fields)
                self._fail_at(name, nth, field, f"unknown field {field!r}; there are {known}")
            if not _is(value, fields[field]):
                self._fail_at(name, nth, field, f"{field} must be {fields[field]}")
            for text in value if isinstance(value, list) else (value,):
                if isinstance(text, str) and not text.isprintable():
                    self._fail_at(name, nth, field, f"{field} holds an unprintable character")

    def _require(self, table: dict[str, Any], fields: Iterable[str], name: str, nth: int) -> None:
        for field in fields:
            if not str(table.get(field, "")).strip():
                whose = f"[[{name}]] {table.get('id', '')}".rstrip() if name else "the codebook"
                self._fail_at(name, nth, field, f"{whose} needs {field}")

    def _id(self, table: dict[str, Any], name: str, nth: int, written: set[str]) -> str:
        self._require(table, ("id",), name, nth)
        id_ = str(table["id"])
        if not _ID.fullmatch(id_):
            self._fail_at(name, nth, "id", f"an id is a-z, 0-9, - and _, not {id_!r}")
        if id_ in written:
            self._fail_at(name, nth, "id", f"the {name} {id_!r} is there twice")
        written.add(id_)
        return id_

    def _fail_at(self, name: str, nth: int, field: str, wrong: str) -> NoReturn:
        self._fail(self._lines.field(name, nth, field), wrong)

    def _fail(self, line: int, wrong: str) -> NoReturn:
        message = f"{self._name}, line {line}: {wrong}."
        raise CodebookError(message)


def _is(value: object, wanted: str) -> bool:
    if wanted == "a text":
        return isinstance(value, str)
    if wanted == "true or false":
        return isinstance(value, bool)
    of = dict if wanted == "tables" else str
    return isinstance(value, list) and all(isinstance(item, of) for item in value)


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {f: tuple(value) if isinstance(value, list) else value for f, value in table.items()}


# ---------------------------------------------------------------- writing


def toml_of(codebook: Codebook) -> str:
    """A codebook as a file that reads back as the same codebook."""
    lines = _table("", {"id": codebook.id, "version": codebook.version, "title": codebook.title})
    for dimension in codebook.dimensions:
        lines += _table("dimension", {f: getattr(dimension, f) for f in _DIMENSION})
    for dimension in codebook.dimensions:
        for code in dimension.codes:
            lines += _table("code", {"dimension": dimension.id} | asdict(code))
    for company in codebook.companies:
        names = (company.name, *company.aliases)
        unsure = [name for name in names if name in codebook.ambiguous]
        lines += _table("company", asdict(company) | {"ambiguous": unsure})
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
