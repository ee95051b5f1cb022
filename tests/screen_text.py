"""The screen as lines of text, as a person reads them, from the public screenshot.

Textual draws 12.2 units of width a cell; lines are named by the clip path of each run of text.
"""

import html
import re
from typing import Any

from rich.cells import cell_len
from textual.app import App

_CELL = 12.2
_RUN = re.compile(
    r'<text class="[^"]*-r\d+" x="([\d.]+)" y="[\d.]+" textLength="[\d.]+" '
    r'clip-path="url\(#[^)]*-line-(\d+)\)">(.*?)</text>',
    re.DOTALL,
)


def screen_lines(app: App[Any]) -> list[str]:
    """Every line of the screen, without the blanks at its end."""
    _, height = app.size
    lines = [""] * height
    for x, line, run in _RUN.findall(app.export_screenshot(simplify=True)):
        text = html.unescape(run).replace("\xa0", " ")
        number = int(line)
        # Right after the window shrank, what is drawn is still the taller one.
        lines += [""] * (number + 1 - len(lines))
        column = round(float(x) / _CELL)
        lines[number] += " " * (column - cell_len(lines[number])) + text
    return [line.rstrip() for line in lines]


def screen_text(app: App[Any]) -> str:
    """The whole screen in one string."""
    return "\n".join(screen_lines(app))
