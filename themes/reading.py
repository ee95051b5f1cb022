"""What a theme file may say: a wrong colour is told here, not by a crash when it is put on."""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ROLES = (
    "claim",
    "claim-background",
    "claim-draft",
    "claim-suggested",
    "claim-rejected",
    "claim-orphan",
    "sentence-background",
    "sentence-blurred-background",
    "match-background",
    "match-foreground",
    "unread",
    "starred",
    "tag-company",
    "tag-region",
    "signal-growth",
    "signal-money",
    "signal-people",
    "signal-rules",
    "signal-risk",
    "signal-other",
)
"""The CSS variables that are ours: what a thing means, which each theme gives a colour."""

_COLOURS = (
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
    "success",
    "warning",
    "error",
)
_SIZE_LIMIT = 64 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""Textual splits a theme's name at commas; and a person types it into settings."""
_ALPHA = re.compile(r"(?<=\S) (?:100|\d{1,2})%$")
_AUTOMATIC = re.compile(r"auto(?: (?:100|\d{1,2})%)?")
_TEXT_STYLE = re.compile(r"-style(-hover)?$")
_STYLE_WORDS = frozenset(
    ("none", "not", "bold", "dim", "italic", "underline", "reverse", "strike", "b", "i", "u", "d")
)
_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
"""How tomllib ends its messages."""


class BadTheme(Exception):
    """Why a file is no theme, as the end of a sentence."""


def read_theme(source: Traversable) -> Theme:
    """Read one theme file, of at most 64 KB; raises `BadTheme`."""
    document = _document(source)
    _only(document, ("name", "dark", "colours", "variables"), "the file")
    name = document.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise BadTheme('it needs a line like name = "my-theme": letters, digits, ".", "-" and "_"')
    dark = document.get("dark", True)
    if not isinstance(dark, bool):
        raise BadTheme(f"dark must be true or false, not {_shown(dark)}")
    colours = _table(document, "colours")
    _only(colours, _COLOURS, "[colours]")
    if "primary" not in colours:
        raise BadTheme("[colours] needs at least primary, from which the others are derived")
    variables = _table(document, "variables")
    _only(variables, (*ROLES, *_textual_variables()), "[variables]")
    for key, value in colours.items():
        _check_colour(key, value)
    for key, value in variables.items():
        _check_variable(key, value)
    return Theme(
        name=name,
        dark=dark,
        variables=variables,
        primary=colours["primary"],
        secondary=colours.get("secondary"),
        accent=colours.get("accent"),
        foreground=colours.get("foreground"),
        background=colours.get("background"),
        surface=colours.get("surface"),
        panel=colours.get("panel"),
        boost=colours.get("boost"),
        success=colours.get("success"),
        warning=colours.get("warning"),
        error=colours.get("error"),
    )


def _document(source: Traversable) -> dict[str, Any]:
    if not source.is_file():
        raise BadTheme("it is not a file")
    try:
        with source.open("rb") as file:
            content = file.read(_SIZE_LIMIT + 1)
        if len(content) > _SIZE_LIMIT:
            raise BadTheme(f"it is longer than {_SIZE_LIMIT // 1024} KB, which no theme is")
        return _parsed(content.decode("utf-8-sig"))
    except OSError as error:
        raise BadTheme(f"it cannot be read ({error.strerror or error})") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadTheme(f"line {line} is not UTF-8 text") from error


def _parsed(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = found["line"] if found and found["line"] else len(text.splitlines())
        raise BadTheme(f"line {line}: {_PLACE.sub('', str(error))}") from error
    except RecursionError as error:
        raise BadTheme("it is nested too deeply") from error


def _table(document: dict[str, Any], name: str) -> dict[str, str]:
    table = document.get(name, {})
    if not isinstance(table, dict):
        raise BadTheme(f"{name} must be a table, written as [{name}]")
    for key, value in table.items():
        if not isinstance(value, str):
            raise BadTheme(f'{_shown(key)} in [{name}] must be text in quotes, as "#d9a54a"')
    return table


def _only(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f', perhaps meant as "{near[0]}"' if near else ""
            raise BadTheme(f"{where} has {_shown(key)}, which is not known{hint}")


def _check_variable(key: str, value: str) -> None:
    if _TEXT_STYLE.search(key):
        if not value.split() or not set(value.split()) <= _STYLE_WORDS:
            raise BadTheme(f'{key} must be a text style, as "bold", not {_shown(value)}')
    elif not (_AUTOMATIC.fullmatch(value) and _may_be_automatic(key)):
        _check_colour(key, _ALPHA.sub("", value))


def _check_colour(key: str, value: str) -> None:
    try:
        Color.parse(value)
    except ColorParseError as error:
        raise BadTheme(f'{key} must be a colour, as "#d9a54a", not {_shown(value)}') from error


def _shown(value: object) -> str:
    """Quote what the file says so that it stays short and on one line."""
    return f"{value!r:.40}"


def _may_be_automatic(key: str) -> bool:
    """Whether Textual itself picks black or white for it; a background cannot be so."""
    return _textual_variables().get(key, "").startswith("auto")


@cache
def _textual_variables() -> dict[str, str]:
    return Theme("any", primary="#000000").to_color_system().generate()
