"""What a word that is begun in a query may become: fields, their words, and names of the desk."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.desk import Desk

_VALUE = re.compile(r'(?:^|\s)-?(\w+):(?:[^\s",]*,|"[^"]*",)*("?)([^",]*)$')
_WORD = re.compile(r"(?:^|\s)-?(\w*)$")
_MOST = 12
_TIMES = ("today", "yesterday", "24h", "7d", "30d")


def completions(typed: str, desk: Desk) -> list[str]:
    """All that stands before the caret, with its last word made whole in each way there is."""
    if value := _VALUE.search(typed):
        before = typed[: value.start(2)]
        return [before + _quoted(name) for name in _beginning(value[3], _values(value[1], desk))]
    if word := _WORD.search(typed):
        before = typed[: word.start(1)]
        return [f"{before}{field}:" for field in _beginning(word[1], _fields(desk)) if word[1]]
    return []


def _fields(desk: Desk) -> Iterable[str]:
    from store.finding.conditions import FIELDS

    return (*FIELDS, *(dimension.id for dimension in desk.codebook.dimensions))


def _values(field: str, desk: Desk) -> Iterable[str]:
    from store.finding.conditions import FIELDS

    if field in ("since", "until", "before", "on"):
        return _TIMES
    if field in ("is", "has"):
        return FIELDS[field].split(", ")
    for dimension in desk.codebook.dimensions:
        if dimension.id == field:
            return [code.id for code in dimension.codes]
    if field == "feed":
        return [feed.name for feed in desk.feeds()]
    if field == "folder":
        return [path[-1] for feed in desk.feeds() for path in feed.folders if path]
    return ()


def _beginning(typed: str, names: Iterable[str]) -> list[str]:
    wanted = typed.casefold()
    found = [name for name in names if name.casefold().startswith(wanted)]
    return list(dict.fromkeys(found))[:_MOST]


def _quoted(name: str) -> str:
    plain = name.replace('"', "")
    return f'"{plain}"' if re.search(r"[\s,]", plain) else plain
