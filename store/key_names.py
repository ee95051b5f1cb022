"""Which words name a key, as Textual spells them, and when one key is given twice.

The screen's library is not asked: the store does without it.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

_MODIFIERS: Final = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_NAMED: Final = frozenset(
    {"enter", "escape", "space", "tab", "backspace", "delete", "insert"}
    | {"home", "end", "pageup", "pagedown", "up", "down", "left", "right"}
    | {f"f{number}" for number in range(1, 25)}
)
_EVERYWHERE: Final = frozenset({"app", "desk"})
"""How the ids of commands begin that are meant in every pane."""
_SHORTER: Final = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's own names for some characters; all others go by their Unicode name."""


def key_name(written: str) -> str:
    """The one name of a key, however it was written; "" when it names none."""
    if len(written) == 1:
        return _name_of(written) if written.isprintable() and written != " " else ""
    *modifiers, key = written.split("+")
    known = key in _NAMED or key in _punctuation() or (len(key) == 1 and key.isalnum())
    distinct = set(modifiers)
    if not known or not distinct <= _MODIFIERS or len(distinct) < len(modifiers):
        return ""
    return "+".join((*sorted(distinct), key))


def shared_keys(keys: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each command whose key another has that works in the same place; the key; the other.

    ``keys`` are names joined by commas, by the id of the command.
    """
    meant: dict[str, list[str]] = {}
    for command, combination in keys.items():
        for key in dict.fromkeys(combination.split(",")):
            others = meant.setdefault(key, [])
            other = next((one for one in others if _meet(one, command)), None)
            if other is not None:
                yield command, key, other
            others.append(command)


def _meet(one: str, other: str) -> bool:
    """Whether two commands, by their ids, can be meant at the same moment."""
    places = {command.partition(".")[0] for command in (one, other)}
    return len(places) == 1 or not places.isdisjoint(_EVERYWHERE)


def _name_of(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


@cache
def _punctuation() -> frozenset[str]:
    return frozenset(map(_name_of, string.punctuation))
