"""Words as they are set on a line: small letters above and below it, letters over a link."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui.widgets.lines import plain

_SUP = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_SUB = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def raised(words: str, looks: Sequence[str]) -> str:
    """The words above or below the line where Unicode has them so, one letter for one."""
    letters = _SUP if "sup" in looks else _SUB if "sub" in looks else {}
    if letters and all(one in letters for one in words):
        return "".join(letters[one] for one in words)
    return words


def hint_end(words: str, at: int, cells: int) -> int:
    """Where what a hint of so many cells is drawn over ends, the words beginning at ``at``."""
    for number, character in enumerate(words, start=1):
        cells -= cell_len(plain(character))
        joins = number < len(words) and not cell_len(plain(words[number]))
        if cells <= 0 and not joins:
            return at + number
    return at + len(words)
