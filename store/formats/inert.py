"""JSON that a terminal can show: nothing in it steers, turns the writing or stays unseen."""

from __future__ import annotations

import re
import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Unicode categories of controls, of direction marks and other formats, of line separators."""


def inert(json: str) -> str:
    r"""Return JSON text of the same meaning with such characters as ``\uXXXX`` (RFC 8259, 7).

    Letters of all scripts stay as they are, and so do the line feeds between members.
    """
    odd = [char for char in set(json) if char > "~" and unicodedata.category(char) in _STEERING]
    if not odd:
        return json
    unsafe = re.compile(f"[{re.escape(''.join(sorted(odd)))}]")
    return unsafe.sub(lambda match: _escaped(match[0]), json)


def _escaped(char: str) -> str:
    r"""Return ``\uXXXX``, or a surrogate pair of them beyond the first plane."""
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
