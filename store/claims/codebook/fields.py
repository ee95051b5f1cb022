"""What a person typed into the fields of a code: cleaned, and refused where it cannot be.

Everything here that checks raises CodebookError, which names the field.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from string import ascii_lowercase, digits
from typing import Final

from store.claims.codebook import Code, Codebook, CodebookError, Dimension
from store.claims.codebook.toml_text import Fields
from store.claims.codebook.triggers import parse_trigger
from store.claims.names import slug
from store.model import COLOURS
from store.text.clean import clean

LONGEST: Final = 4_000
"""Of one text of a code, in code points."""
WORDS: Final = ("triggers", "hints", "traps")
_NAMES: Final = {"label": "The label", "definition": "The definition"}


def dimension_of(codebook: Codebook, id_: str) -> Dimension:
    """The dimension with this id; raises CodebookError when there is none."""
    found = codebook.dimension(id_)
    if found is None:
        message = f"The codebook “{codebook.title}” has no dimension “{id_}”."
        raise CodebookError(message)
    return found


def code_of(codebook: Codebook, dimension: str, id_: str) -> Code:
    """The code with this id, offered or not; raises CodebookError when there is none."""
    found = dimension_of(codebook, dimension).code(id_)
    if found is None:
        message = f"The codebook “{codebook.title}” has no {dimension} “{id_}”."
        raise CodebookError(message)
    return found


def cleaned(fields: Fields) -> dict[str, str | bool | tuple[str, ...]]:
    """What was typed as it may be stored: one line a text, no empty ones in a list."""
    made: dict[str, str | bool | tuple[str, ...]] = {}
    for field, value in fields.items():
        if isinstance(value, bool):
            made[field] = value
        elif isinstance(value, str):
            made[field] = " ".join(clean(value, limit=LONGEST).split())
        else:
            made[field] = lines_of(value)
    return made


def lines_of(value: Iterable[str]) -> tuple[str, ...]:
    """Texts that say something, each once, one line each."""
    lines = (" ".join(clean(line, limit=LONGEST).split()) for line in value)
    return tuple(dict.fromkeys(line for line in lines if line))


def check_code(codebook: Codebook, dimension: str, fields: Fields, code: str) -> None:
    """See that a code may have these fields; ``code`` is its id, empty for a new one."""
    known = dimension_of(codebook, dimension)
    if known.kind != "closed":
        raise CodebookError(f"{known.label} is no list of codes: its values come from the texts.")
    for field in ("label", "definition"):
        if (field in fields or not code) and not fields.get(field):
            raise CodebookError(f"{_NAMES[field]} is empty: every code needs one.")
    taken = taken_keys(codebook, dimension, code)
    before = known.code(code)
    others = {*taken, before.key if before else ""}
    check_key(str(fields.get("key", "")), taken, free_keys(str(fields.get("label", "")), others))
    if (colour := fields.get("colour", "other")) not in COLOURS:
        raise CodebookError(f"The colour {colour!r} is none: there are {', '.join(COLOURS)}.")
    for field in WORDS:
        written = fields.get(field, ())
        for one in written if isinstance(written, tuple) else ():
            try:
                parse_trigger(one)
            except ValueError as problem:
                message = f"In {field}, “{one}”: {problem}."
                raise CodebookError(message) from None


def check_key(key: str, taken: dict[str, str], free: str) -> None:
    """See that a key is one and is nobody else's; what is free is said."""
    if key and not re.fullmatch(r"[a-z0-9]", key):
        raise CodebookError(f"The key “{key}” must be one letter a-z or a digit.")
    if key in taken:
        offer = f"“{free[0]}” is free" if free else "no key is free, so leave it empty"
        raise CodebookError(f"The key “{key}” is taken by “{taken[key]}”; {offer}.")


def taken_keys(codebook: Codebook, dimension: str, code: str) -> dict[str, str]:
    """The keys of the other codes, and whose they are."""
    known = dimension_of(codebook, dimension)
    return {one.key: one.label for one in known.codes if one.key and one.id != code}


def free_key(codebook: Codebook, dimension: str, label: str) -> str:
    """A key for a code of that name: one of its letters if one is free; "" when none is."""
    return free_keys(label, taken_keys(codebook, dimension, ""))[:1]


def free_keys(label: str, taken: Collection[str]) -> str:
    """All keys that are free, the letters of the label first."""
    letters = [char for char in label.lower() if char in ascii_lowercase]
    wanted = dict.fromkeys([*letters, *ascii_lowercase, *digits])
    return "".join(key for key in wanted if key not in taken)


def free_id(label: str, taken: Collection[str]) -> str:
    """An id made of a label that none has yet."""
    plain = re.sub(r"[^a-z0-9]+", "_", slug(label)).strip("_")
    stem = plain if plain[:1].isalpha() else f"code_{plain}".strip("_")
    made, further = stem, 1
    while made in taken:
        further += 1
        made = f"{stem}_{further}"
    return made
