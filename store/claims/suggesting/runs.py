"""The capitalised names of a text, whatever they name: "Kuma Semiconductor", "J.C. Penney"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from store.claims.names.words import words
from store.claims.suggesting.company_patterns import FORM, TRADES
from store.claims.suggesting.page import Page

MOST_RUNS = 2_000
"""Capitalised names of an article that are looked at."""

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŽŹŻ"
_CAP = rf"[{CAPITAL}][\w’]*(?:[-&'/.][{CAPITAL}]\w*)*"
_INITIALS = rf"(?:[{CAPITAL}]\.){{1,3}} ?"
RUN = re.compile(rf"(?<![\w@#])((?:{_INITIALS})?{_CAP}(?: (?:& )?(?:{_CAP})){{0,5}})")
TRADE = re.compile(rf"(?:{TRADES})", re.IGNORECASE)


class Run(NamedTuple):
    """One capitalised name at a place of the text."""

    start: int
    name: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.name)


def runs_in(page: Page) -> list[Run]:
    """Every capitalised name, without words that only stand before it."""
    found = map(_without_leaders, islice(RUN.finditer(page.text), MOST_RUNS))
    return [run for run in found if run.name]


def _without_leaders(run: re.Match[str]) -> Run:
    """The name without words that only stand before it, and without its genitive."""
    start, name = run.start(), run.group()
    while name:
        first, _, rest = name.partition(" ")
        leads = first in words("leaders") or (rest and TRADE.fullmatch(first))
        if not leads:
            break
        start, name = start + len(first) + 1, rest
    return Run(start, re.sub(r"'s?$", "", name))


def bare_name(name: str) -> str:
    """The name without its legal form."""
    name = name.removeprefix("PT ")
    while (form := FORM.search(name)) and form.start():
        name = name[: form.start()].rstrip(",")
    return name


def surnames_among(page: Page, runs: Iterable[Run]) -> Iterator[str]:
    """Last words of people's names, "Moe" of "Henrik Moe", and what follows a title."""
    for start, name in runs:
        before, _, last = name.rpartition(" ")
        first = name.partition(" ")[0]
        person = first in words("first_names") or first in words("titles")
        longer = before and before not in page.mention_texts and not page.headline_case(start)
        plain = longer and last not in words("company_tails") and not FORM.search(name)
        if (longer and person) or plain or page.names_person(start):
            yield last
