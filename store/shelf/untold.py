"""What was set aside while nobody looked, remembered on the desk until somebody was told."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from store.shelf.disk import read_whole, replace_file

_MOST: Final = 50
"""Sentences; the files that were set aside lie on the desk in any case."""


class Untold:
    """Reads and writes ``notices.json``, a list of sentences; writes under the desk's lock only."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "notices.json"

    def read(self) -> tuple[str, ...]:
        """The sentences, oldest first; none when the file is damaged itself."""
        try:
            found = read_whole(self._path)
            return () if found is None else msgspec.json.decode(found[0], type=tuple[str, ...])
        except (OSError, msgspec.MsgspecError, RecursionError):
            return ()

    def add(self, sentence: str) -> None:
        """Remember one more. Raises OSError."""
        kept = (*self.read(), sentence)[-_MOST:]
        replace_file(self._path, msgspec.json.encode(kept), keep_previous=False)

    def forget(self, told: frozenset[str]) -> None:
        """Drop what was told; what another process added meanwhile stays. Raises OSError."""
        left = [sentence for sentence in self.read() if sentence not in told]
        if left:
            replace_file(self._path, msgspec.json.encode(left), keep_previous=False)
        else:
            self._path.unlink(missing_ok=True)
