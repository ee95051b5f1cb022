"""Takes docs/picture.svg, the README's picture, from the real program on the sample desk.

A file named on the command line takes it instead. Dates in it are those of the day it was taken.
It names no font that would have to be loaded.
"""

from __future__ import annotations

import asyncio
import html
import os
import re
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from store.desk import Desk
from store.sample.desk import throw_away_desk
from store.settings import Settings
from tui.app import WiredeskApp

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "picture.svg"
SIZE = (140, 40)
"""Columns and rows: the smallest that shows three panes."""
TITLE = "Anthropic’s hiring push points to Australia and Japan"
PATIENCE = 60.0
"""Seconds until the program is believed to hang."""

_FONT_FACE = re.compile(r"\s*@font-face\s*\{[^}]*\}")
_FONTS = "font-family: ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"
_RUN = re.compile(r'textLength="[\d.]+"([^>]*)>([^<]*)</text>')
_CELL = 12.2
"""Width of a cell as Rich draws it."""
_MACHINE = {"TZ": "UTC", "COLORTERM": "truecolor", "TERM": "xterm-256color"}


async def picture() -> str:
    """The program as SVG: the first sentence of the article marked, the cursor on the second."""
    settings = Settings(annotator="Ada", theme="ledger-dark")
    with (
        throw_away_desk() as sample,
        closing(Desk.open(sample.folders, settings, is_sample=True)) as desk,
    ):
        app = WiredeskApp(desk, settings)
        async with app.run_test(size=SIZE) as pilot, asyncio.timeout(PATIENCE):
            await _at_rest(pilot)
            down = [row.title for row in desk.rows(unread=True)].index(TITLE)
            await pilot.press("g", *"j" * down, "enter")
            await _at_rest(pilot)
            await pilot.press("j", "s", "h")
            await _at_rest(pilot)
            await pilot.press("j")
            await _at_rest(pilot)
            return without_fonts(with_wide_letters(app.export_screenshot(title=app.title)))


def without_fonts(svg: str) -> str:
    """The picture with the fonts that its reader has, and nothing to load from elsewhere."""
    plain = re.sub(r"font-family: Fira Code, monospace", _FONTS, _FONT_FACE.sub("", svg))
    return "\n".join(line.rstrip() for line in plain.splitlines()) + "\n"


def with_wide_letters(svg: str) -> str:
    """The picture with letters that take two cells as wide as that; Rich counts each as one."""

    def stretched(run: re.Match[str]) -> str:
        cells = cell_len(html.unescape(run[2]))
        return f'textLength="{cells * _CELL:g}"{run[1]}>{run[2]}</text>'

    return _RUN.sub(stretched, svg)


async def _at_rest(pilot: Pilot[Any]) -> None:
    """Wait until nothing is being fetched, stored or drawn."""
    await pilot.pause()
    while busy := [worker for worker in pilot.app.workers if not worker.is_finished]:
        await asyncio.gather(*(worker.wait() for worker in busy))
        await pilot.pause()


def main() -> int:
    """Take it and write it."""
    os.environ |= _MACHINE
    time.tzset()
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    file.write_text(asyncio.run(picture()), "utf-8")
    sys.stdout.write(f"{file}: {file.stat().st_size // 1024} KB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
