"""How ``--help`` is laid out: folded once, to the width of the terminal."""

from __future__ import annotations

from textwrap import fill
from typing import Any

from cyclopts.help.formatters.plain import PlainFormatter

_FURTHER = "  "
"""How much deeper the further lines of an entry stand than its first."""


class HelpPage(PlainFormatter):
    """Plain text whose paragraphs are filled; the library's own breaks lines a second time."""

    def _print_plain(self, console: Any, text: str) -> None:
        # A console of rich, which the store does not know.
        margin = text[: len(text) - len(text.lstrip(" "))]
        further = margin + _FURTHER if margin else ""
        filled = (
            fill(
                " ".join(paragraph.split()),
                console.width,
                initial_indent=margin,
                subsequent_indent=further,
                break_long_words=False,
                break_on_hyphens=False,
            )
            for paragraph in text.split("\n\n")
        )
        super()._print_plain(console, "\n\n".join(filled))
