"""A foreign name within a sentence of ours."""

from __future__ import annotations

NAME_TOLD = 80
"""Characters; what follows does not help to find the thing."""


def quoted(name: str) -> str:
    """The name in quotation marks, or its beginning if it is long."""
    return f"“{name[:NAME_TOLD]}…”" if len(name) > NAME_TOLD else f"“{name}”"
