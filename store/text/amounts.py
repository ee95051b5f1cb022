"""How many of something, in words."""

from __future__ import annotations


def amount(count: int, one: str, many: str = "") -> str:
    """So many of a thing: "1 article", "1,200 articles"; ``many`` where an s does not make it."""
    return f"1 {one}" if count == 1 else f"{count:,} {many or f'{one}s'}"
