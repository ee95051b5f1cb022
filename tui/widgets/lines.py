"""One place where text becomes cells of a line, so that no stranger's string moves a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import wrap

from rich.cells import cell_len, split_text
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.text.clean import guard

_UNSETTLED = re.compile(
    "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"  # variation selectors, skin tones
    "|\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"  # joiners of emoji; others shape letters
)
"""On the width of these terminals disagree; without them every emoji is as wide everywhere."""

_CODE_POINTS_A_CELL = 4
"""Enough for what people write; a stack of combining marks ends earlier."""


def plain(text: str) -> str:
    """The text as one line that a terminal may receive and whose width is settled."""
    return _UNSETTLED.sub("", guard(text))


def fit(text: str, cells: int) -> str:
    """The text cut to so many terminal cells, with an ellipsis where something is missing."""
    if cells <= 0:
        return ""
    within_reach = text[: cells * _CODE_POINTS_A_CELL + 1]
    line = plain(within_reach)
    if within_reach == text and cell_len(line) <= cells:
        return line
    return crop(line, cells - 1).rstrip() + "…"


def crop(line: str, cells: int) -> str:
    """What of a plain line fits into so many cells; half of a wide character becomes a space."""
    return line if cell_len(line) <= cells else split_text(line, cells)[0]


def column(text: str, cells: int, *, right: bool = False) -> str:
    """The text in a column of exactly so many cells, at its left or right side."""
    line = fit(text, cells)
    blank = " " * (cells - cell_len(line))
    return blank + line if right else line + blank


def strip_of(parts: Iterable[tuple[str, Style]], width: int, base: Style) -> Strip:
    """One line of exactly ``width`` cells: every line-drawn view makes its lines here.

    Parts are guarded, cropped at the edge and padded, each in its style over ``base``.
    """
    segments: list[Segment] = []
    left = width
    for text, style in parts:
        if left <= 0:
            break
        line = crop(plain(text), left)
        if line:
            segments.append(Segment(line, base + style))
            left -= cell_len(line)
    if left > 0:
        segments.append(Segment(" " * left, base))
    return Strip(segments, width)


def wrapped(text: str, width: int, *, lines: int) -> list[str]:
    """A sentence folded into at most so many lines; the last one says if there is more."""
    if width < 1 or lines < 1:
        return []
    folded = wrap(plain(text), width) or []
    shown = [fit(line, width) for line in folded[:lines]]
    if len(folded) > lines:
        shown[-1] = fit(shown[-1] + " …", width)
    return shown
