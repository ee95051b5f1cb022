"""Invented news in the manner of agencies, with the companies and regions that it names.

It lies in ``newswire_sentences.txt``. A line starting with "=" is a title and opens an article;
every other line is one sentence of it. After "||" come companies and regions, parted by "|":
companies by the last part of their id, regions by their code. The rules were adjusted after
reading errors on the part "tuned", and on "checked" only after its first figures were taken:
regions P 0.97 R 0.99, companies P 0.86 R 0.67 for its first half; regions P 0.94 R 0.92, companies
P 0.95 R 0.75 for its second, which was written after the first had been mended. No sentence of
"silent" names a company.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

NEWS = Path(__file__).with_name("newswire_sentences.txt")


class Told(NamedTuple):
    """One sentence and what it names."""

    text: str
    company: frozenset[str]
    region: frozenset[str]


def newswire_articles(part: str) -> list[list[Told]]:
    """The articles of "tuned", "checked" or "silent", each a title and its sentences."""
    found: list[list[Told]] = []
    sections = NEWS.read_text("utf-8").split("## ")
    written = next(section for section in sections if section.startswith(part))
    for line in written.strip().splitlines()[1:]:
        text, _, marks = line.partition("||")
        companies, regions = (cell.split() for cell in marks.split("|"))
        told = Told(
            text.strip().removeprefix("= "),
            frozenset(f"org:{name}" for name in companies),
            frozenset(regions),
        )
        if line.startswith("="):
            found.append([])
        found[-1].append(told)
    return found
