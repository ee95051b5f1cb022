"""What the builders of tables share: ordinary words and people's names, and a table's checksum.

The words are from english-words (MIT; Webster's Second, public domain) and
names (MIT; the United States' census of 1990, public domain).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path

SURNAMES = 6000
"""So many of the census's most frequent surnames are taken for people rather than places."""
FIRST_NAMES = 1500
"""So many first names of women, and as many of men."""


def ascii_of(name: str) -> str:
    """The name as a keyboard without accents writes it."""
    plain = name.replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    plain = plain.replace("Ø", "O").replace("Ł", "L").replace("ß", "ss").replace("İ", "I")
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in apart if not unicodedata.combining(char))


@cache
def ordinary_words() -> frozenset[str]:
    """English words, in lower case; those a dictionary writes with a capital are left out."""
    from english_words import get_english_words_set

    found = get_english_words_set(["web2"], alpha=True)
    return frozenset(word for word in found if word.islower())


@cache
def surnames() -> frozenset[str]:
    """Frequent surnames, with a capital."""
    return _census("dist.all.last", SURNAMES)


@cache
def first_names() -> frozenset[str]:
    """Frequent first names, with a capital."""
    women = _census("dist.female.first", FIRST_NAMES)
    return women | _census("dist.male.first", FIRST_NAMES)


def _census(file: str, most: int) -> frozenset[str]:
    import names

    lines = (Path(names.__file__).parent / file).read_text("ascii").splitlines()
    return frozenset(line.split()[0].title() for line in lines[:most])


def is_ordinary(name: str) -> bool:
    """Whether a name of one word is an English word, in one of its forms."""
    plain = ascii_of(name).lower()
    stems = (plain, plain.removesuffix("s"), plain.removesuffix("es"), plain.removesuffix("ed"),
             plain.removesuffix("ing"), plain.removesuffix("ing") + "e")  # fmt: skip
    return " " not in name and not ordinary_words().isdisjoint(stems)


def is_personal(name: str) -> bool:
    """Whether a name of one word is a frequent first name or surname."""
    plain = ascii_of(name)
    return plain in surnames() or plain in first_names()


def sealed(header: str, rows: str, source: str = "") -> str:
    """A table with a line that tells an edit of it, or of its source by hand, from a building."""
    seal = sha256((source + rows).encode("utf-8")).hexdigest()[:16]
    return f"{header}# Checksum: {seal}\n{rows}"
