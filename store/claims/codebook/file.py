"""Reading a codebook's file, naming every mistake by its line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Any

from msgspec.structs import asdict, replace

from store.claims.codebook import WITH_OWN_KEYS, Code, Codebook, CodebookError, Dimension
from store.claims.codebook.standalone import toml_of
from store.claims.codebook.toml_page import BASE, TEXTS, TomlPage
from store.claims.codebook.triggers import parse_trigger
from store.claims.names import company_id
from store.model import COLOURS, Company
from store.settings import SHIPPED_CODEBOOKS
from store.text.clean import BODY_LIMIT, clean

SHIPPED = SHIPPED_CODEBOOKS
CODEBOOK = SHIPPED["business"]
"""The one that is used unless a person chooses another."""
MOST_BYTES = 8_000_000
"""A codebook larger than this is some other file."""

_HEAD = {"id": "a text", "version": "a text", "title": "a text", "extends": BASE,
         "guidelines": "a text", "guidelines_file": "a text", "gazetteer": "true or false",
         "dimension": "tables", "code": "tables", "company": "tables"}  # fmt: skip
_DIMENSION = {"id": "a text", "label": "a text", "kind": "a text", "several": "true or false",
              "key": "a text", "order": TEXTS, "values": TEXTS}  # fmt: skip
_CODE = {"dimension": "a text", "id": "a text", "key": "a text", "label": "a text",
         "definition": "a text", "colour": "a text", "include": TEXTS, "exclude": TEXTS,
         "triggers": TEXTS, "hints": TEXTS, "traps": TEXTS, "examples": TEXTS,
         "mappings": TEXTS, "since": "a text", "retired": "true or false",
         "merged_into": "a text"}  # fmt: skip
_COMPANY = {"id": "a text", "name": "a text", "aliases": TEXTS, "ambiguous": TEXTS}
_PATTERNS = ("triggers", "hints", "traps")
_KEY = re.compile(r"[a-z0-9]?")


@cache
def own_codebook(name: str = "business") -> Codebook:
    """A codebook that comes with Wiredesk."""
    return read_codebook(SHIPPED[name], SHIPPED[name].read_text("utf-8"), proven=True)


def load_codebook(user_file: Path | None = None) -> Codebook:
    """The person's codebook, or the one that comes with Wiredesk if they have none.

    Raises:
        CodebookError: the file cannot be read, or says something a codebook cannot.
    """
    shipped = {file: name for name, file in SHIPPED.items()}
    if user_file is None or user_file in shipped:
        return own_codebook(shipped[user_file or CODEBOOK])
    return read_codebook(user_file, text_of(user_file), base=own_codebook())


def text_of(file: Path, what: str = "codebook") -> str:
    """What a file says, as it stands there.

    Raises:
        CodebookError: it cannot be read, is no text, or is far too large.
    """
    try:
        with file.open("rb") as opened:
            read = opened.read(MOST_BYTES + 1)
        if len(read) > MOST_BYTES:
            message = f"{file.name} is too large for a {what}: name another file."
            raise CodebookError(message)
        return read.decode("utf-8")
    except UnicodeDecodeError:
        message = f"{file.name} is no text in UTF-8: save it as UTF-8 and try again."
        raise CodebookError(message) from None
    except OSError as problem:
        reason = problem.strerror or "unknown error"
        message = f"The {what} {file} cannot be read ({reason}): put it there, or unset it."
        raise CodebookError(message) from None


def read_codebook(
    file: Path, toml: str, base: Codebook | None = None, *, proven: bool = False
) -> Codebook:
    """The codebook that a file holds, over ``base`` if the file extends it.

    ``proven`` leaves triggers unread until they are needed: for those that ship, which the tests
    read in full, since a start waits for it.

    Raises:
        CodebookError: with the file's name, the line and what is wrong there.
    """
    return _Reading(file, toml, proven=proven).codebook(base)


class _Reading(TomlPage):
    """One file on its way to become a codebook."""

    def __init__(self, file: Path, toml: str, *, proven: bool) -> None:
        super().__init__(file, toml)
        self._proven = proven

    def codebook(self, base: Codebook | None) -> Codebook:
        head = self.parsed()
        self.expect(head, _HEAD, "", 0)
        extended = self._base(head, base)
        if extended is None:
            self.require(head, ("id", "version", "title"), "", 0)
        dimensions = self._dimensions(head, extended)
        companies, ambiguous = self._companies(head, extended)
        made = Codebook(
            id=head.get("id") or (f"{extended.id}-own" if extended else ""),
            version=head.get("version") or (self._edition(extended) if extended else ""),
            title=head.get("title") or (extended.title if extended else ""),
            dimensions=dimensions,
            companies=companies,
            ambiguous=ambiguous,
            gazetteer=head.get("gazetteer", extended.gazetteer if extended else True),
            guidelines=self._guidelines(head) or (extended.guidelines if extended else ""),
            toml=self.toml,
            source=self.toml,
        )
        is_whole = not extended and "guidelines_file" not in head
        return made if is_whole else replace(made, toml=toml_of(made))

    def _base(self, head: dict[str, Any], base: Codebook | None) -> Codebook | None:
        """What the file extends; None when it stands alone."""
        named = head.get("extends")
        if not isinstance(named, str):
            return base if named else None
        if named not in SHIPPED:
            self.fail_at("", 0, "extends", f"extends must be {BASE}, not {named!r}")
        return own_codebook(named)

    def _guidelines(self, head: dict[str, Any]) -> str:
        written, named = head.get("guidelines", ""), head.get("guidelines_file", "")
        if named and Path(named).name != named:
            told = "guidelines_file is the name of a file in the codebook's folder, without path"
            self.fail_at("", 0, "guidelines_file", told)
        text = text_of(self.file.with_name(named), "text of guidelines") if named else written
        return clean(text, limit=BODY_LIMIT, lines=True)

    def _edition(self, base: Codebook) -> str:
        """The base's version and a mark of this file, so that an edit is another version."""
        return f"{base.version}+{sha256(self.toml.encode()).hexdigest()[:8]}"

    # ------------------------------------------------------------ the three kinds of table

    def _dimensions(self, head: dict[str, Any], base: Codebook | None) -> tuple[Dimension, ...]:
        found = {dimension.id: dimension for dimension in base.dimensions} if base else {}
        orders: dict[str, tuple[int, list[str]]] = {}
        written: set[str] = set()
        for nth, table in self.tables(head, "dimension", _DIMENSION):
            id_ = self.id_of(table, "dimension", nth, written)
            if id_ not in found:
                self.require(table, ("label", "kind"), "dimension", nth)
            written.add(id_)
            orders[id_] = (nth, table.pop("order", []))
            before = asdict(found[id_]) if id_ in found else {}
            made = Dimension(**(before | _tuples(table)))
            self._check_dimension(made, nth, [one for one in found.values() if one.id != id_])
            found[id_] = made
        if not found:
            self.fail(1, "a codebook needs at least one [[dimension]]")
        found = {known.id: known for known in _with_keys(found.values())}
        codes = self._codes(head, found)
        for id_, (nth, order) in orders.items():
            for code in order:
                if code not in codes[id_]:
                    self.fail_at("dimension", nth, "order", f"there is no code {code!r} in {id_}")
        return tuple(
            _with_codes(known, codes[known.id], orders.get(known.id, (0, []))[1])
            for known in found.values()
        )

    def _check_dimension(self, made: Dimension, nth: int, others: list[Dimension]) -> None:
        if made.kind not in ("closed", "open", "region"):
            self.fail_at("dimension", nth, "kind", "kind must be closed, open or region")
        self._check_key(made.key, nth, "dimension", others)
        if made.values and made.kind != "open":
            self.fail_at("dimension", nth, "values", "values belong to an open dimension")

    def _codes(
        self, head: dict[str, Any], dimensions: Mapping[str, Dimension]
    ) -> dict[str, dict[str, Code]]:
        codes = {id_: {c.id: c for c in known.all_codes} for id_, known in dimensions.items()}
        written: dict[str, dict[str, int]] = {id_: {} for id_ in dimensions}
        for nth, table in self.tables(head, "code", _CODE):
            self.require(table, ("dimension",), "code", nth)
            dimension = dimensions.get(table.pop("dimension"))
            if dimension is None:
                self.fail_at("code", nth, "dimension", "there is no such dimension")
            if dimension.kind != "closed":
                self.fail_at("code", nth, "dimension", f"{dimension.id} is not a closed dimension")
            known = codes[dimension.id]
            id_ = self.id_of(table, "code", nth, written[dimension.id])
            if id_ not in known:
                self.require(table, ("label", "definition"), "code", nth)
            self._check_code(table, nth)
            before = asdict(known[id_]) if id_ in known else {}
            known[id_] = Code(**(before | _tuples(table)))
            written[dimension.id][id_] = nth
        for id_, places in written.items():
            self._check_together(codes[id_], places)
        return codes

    def _check_together(self, codes: Mapping[str, Code], places: Mapping[str, int]) -> None:
        """What no code can have wrong alone: a key that another has, an end in no code."""
        before = [code for code in codes.values() if code.id not in places]
        for id_, nth in places.items():
            code = codes[id_]
            if code.is_offered:
                others = [one for one in before if one.is_offered]
                self._check_key(code.key, nth, "code", others)
            before.append(code)
            seen = {id_}
            while code.merged_into:
                if code.merged_into not in codes:
                    wrong = f"there is no code {code.merged_into!r} to merge into"
                    self.fail_at("code", nth, "merged_into", wrong)
                if code.merged_into in seen:
                    self.fail_at("code", nth, "merged_into", f"{id_!r} ends in itself")
                seen.add(code.merged_into)
                code = codes[code.merged_into]

    def _check_key(
        self, key: str, nth: int, table: str, others: Iterable[Code | Dimension]
    ) -> None:
        if not _KEY.fullmatch(key):
            self.fail_at(table, nth, "key", f"a key is one letter a-z or a digit, not {key!r}")
        for other in others:
            if key and other.key == key:
                self.fail_at(table, nth, "key", f"the key {key!r} is taken by {other.id!r}")

    def _check_code(self, table: dict[str, Any], nth: int) -> None:
        self._check_key(table.get("key", ""), nth, "code", ())
        if table.get("colour", COLOURS[0]) not in COLOURS:
            self.fail_at("code", nth, "colour", f"a colour is one of {', '.join(COLOURS)}")
        for field in () if self._proven else _PATTERNS:
            for written in table.get(field, ()):
                try:
                    parse_trigger(written)
                except ValueError as problem:
                    self.fail_at("code", nth, field, f"the trigger {written!r}: {problem}")

    def _companies(
        self, head: dict[str, Any], base: Codebook | None
    ) -> tuple[tuple[Company, ...], frozenset[str]]:
        found = {company.id: company for company in base.companies} if base else {}
        ambiguous = set(base.ambiguous) if base else set()
        written: set[str] = set()
        for nth, table in self.tables(head, "company", _COMPANY):
            self.require(table, ("name",), "company", nth)
            id_ = table.get("id") or company_id(table["name"])
            if id_ in written:
                self.fail_at("company", nth, "name", f"{table['name']!r} is there twice")
            written.add(id_)
            if before := found.get(id_):
                ambiguous -= {before.name, *before.aliases}
            aliases = tuple(table.get("aliases", ()))
            found[id_] = Company(id=id_, name=table["name"], aliases=aliases)
            for name in table.get("ambiguous", ()):
                if name != table["name"] and name not in aliases:
                    self.fail_at("company", nth, "ambiguous", f"{name!r} is none of its names")
                ambiguous.add(name)
        return tuple(found.values()), frozenset(ambiguous)


def _tuples(table: dict[str, Any]) -> dict[str, Any]:
    return {f: tuple(value) if isinstance(value, list) else value for f, value in table.items()}


def _with_keys(dimensions: Iterable[Dimension]) -> Iterable[Dimension]:
    """Every dimension that ``t`` asks for has a key: a letter of its label that is free."""
    known = list(dimensions)
    taken = {dimension.key for dimension in known}
    for dimension in known:
        key = dimension.key
        if not key and dimension.id not in WITH_OWN_KEYS:
            letters = f"{dimension.label.lower()}{ascii_lowercase}{digits}"
            key = next((one for one in letters if _KEY.fullmatch(one) and one not in taken), "")
            taken.add(key)
        yield replace(dimension, key=key)


def _with_codes(known: Dimension, codes: Mapping[str, Code], order: Sequence[str]) -> Dimension:
    """The dimension with its codes: those that were put in an order by hand come first."""
    place = {id_: at for at, id_ in enumerate(order)}
    ordered = sorted(codes.values(), key=lambda code: place.get(code.id, len(place)))
    return replace(
        known,
        codes=tuple(code for code in ordered if code.is_offered),
        retired=tuple(code for code in ordered if not code.is_offered),
    )
