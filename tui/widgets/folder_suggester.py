"""Offers the folders that there are while one is typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.suggester import Suggester


class FolderSuggester(Suggester):
    """Completes the last of the paths in a line, which commas part."""

    def __init__(self, folders: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._folders = folders

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last path completed; None where no folder begins so."""
        before, comma, last = value.rpartition(",")
        begun = last.lstrip()
        if not begun:
            return None
        blank = last[: len(last) - len(begun)]
        for folder in self._folders:
            if folder.casefold().startswith(begun.casefold()) and len(folder) > len(begun):
                return f"{before}{comma}{blank}{folder}"
        return None
