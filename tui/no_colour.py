"""What is left of looks where a person wants no colour, as no-color.org asks."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter


class NoColour(LineFilter):
    """Leaves bold, dim, italic, underlined and reverse text in the terminal's own two colours."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Draw a line again, without its colours."""
        return [one._replace(style=_plain(one.style)) if one.style else one for one in segments]


@lru_cache(1024)
def _plain(style: Style) -> Style:
    plain = style.without_color
    return plain + Style.from_meta(style.meta) if style.meta else plain  # what a click means
