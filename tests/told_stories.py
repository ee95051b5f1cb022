"""Reports of invented events, and what is told of which two of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

from store.finding.minhash import copied, digest_of
from store.text.fingerprint import beginning_of, likeness, report_of

FILE = Path(__file__).parent / "evaluation" / "stories.toml"
Part = Literal["tuning", "held_out"]


@dataclass(frozen=True)
class Told:
    """One report."""

    event: str
    how: str
    title: str
    text: str


@dataclass(frozen=True)
class Pair:
    """Two reports, whether they are one story, and what is told of them."""

    one: Told
    other: Told
    is_one: bool

    @property
    def likeness(self) -> float:
        """What Wiredesk says; 0: not one story."""
        here, there = (beginning_of([told.title, told.text]) for told in (self.one, self.other))
        reports = (
            report_of(told.title, found.known, is_long=bool(found.pairs))
            for told, found in ((self.one, here), (self.other, there))
        )
        same = copied(digest_of(here), digest_of(there))
        return likeness(*reports, same)


def pairs(part: Part) -> Iterator[Pair]:
    """All pairs of a part: those of one event, those of two events, and those that are alike."""
    page = tomllib.loads(FILE.read_text())
    turn = 0 if part == "tuning" else 1
    reports = [
        told
        for number, event in enumerate(page["event"])
        if number % 2 == turn
        for told in _reports(number, event)
    ]
    for one, other in combinations(reports, 2):
        yield Pair(one, other, one.event == other.event)
    for number, apart in enumerate(page["apart"]):
        if number % 2 == turn:
            here, there = (_told(f"apart {number}", how, apart[how]) for how in ("one", "other"))
            yield Pair(here, there, is_one=False)


def _reports(number: int, event: dict[str, object]) -> Iterator[Told]:
    name = f"event {number}"
    wire = _told(name, "wire", str(event["wire"]))
    text = wire.text
    for before, after in event["edits"]:  # type: ignore[attr-defined]
        assert before in text, before
        text = text.replace(before, after)
    yield wire
    yield Told(name, "edited", str(event["title"]), text)
    yield _told(name, "told", str(event["told"]))


def _told(event: str, how: str, written: str) -> Told:
    title, text = written.strip().split("\n", 1)
    return Told(event, how, title, text)
