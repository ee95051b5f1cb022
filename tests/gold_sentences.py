"""Invented news with what a careful person would mark in it, for measuring the suggester.

It lies in ``gold_sentences.txt``. A line starting with "=" is a title and opens an article; every
other line is one sentence of it. After "||" come signals, companies and regions, each a list of
codes, parted by "|". Names in no list are written as the id that they would get. The rules were
adjusted after reading errors on the part "tuned"; "checked" was written afterwards, and only
plain omissions of the codebook were mended by it.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

GOLD = Path(__file__).with_suffix(".txt")


class Marked(NamedTuple):
    """One sentence and the codes a person gave it."""

    text: str
    signal: frozenset[str]
    company: frozenset[str]
    region: frozenset[str]


def gold_articles(part: str) -> list[list[Marked]]:
    """The articles of "tuned" or "checked", each a title and its sentences."""
    found: list[list[Marked]] = []
    sections = GOLD.read_text("utf-8").split("## ")
    written = next(section for section in sections if section.startswith(part))
    for line in written.strip().splitlines()[1:]:
        text, _, marks = line.partition("||")
        fields = [frozenset(cell.split()) for cell in marks.split("|")]
        signal, company, region = fields
        marked = Marked(
            text.strip().removeprefix("= "),
            signal,
            frozenset(f"org:{name}" for name in company),
            region,
        )
        if line.startswith("="):
            found.append([])
        found[-1].append(marked)
    return found
