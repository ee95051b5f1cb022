"""Who may write to a desk's folder at this moment, and what was found damaged in it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from store.shelf.disk import FILE_MODE
from store.shelf.errors import ShelfError, not_saved
from store.shelf.generation import Generation
from store.shelf.untold import Untold

if TYPE_CHECKING:
    from filelock import FileLock

PATIENCE_SECONDS: Final = 20.0
"""Longer than any commit takes: whoever holds the lock for this long is stopped, not busy."""
_POLL_SECONDS: Final = 0.001


class Custody:
    """One short lock for all writers of a desk, threads and processes; readers need none."""

    def __init__(
        self, folder: Path, *, read_only: bool = False, patience: float = PATIENCE_SECONDS
    ) -> None:
        self.folder = folder
        self.read_only = read_only
        self.generation = Generation(folder)
        self.untold = Untold(folder)
        self._patience = patience
        self._threads = threading.RLock()
        self._depth = 0
        self._file: FileLock | None = None
        self._notices: list[str] = []
        self._noticed: set[str] = set()
        self._damaged: set[str] = set()

    @contextmanager
    def writing(self, *, patience: float | None = None) -> Iterator[None]:
        """Hold the lock for one read-modify-write; within itself it costs nothing.

        Raises ShelfError when the desk is read-only, or another program does not let go within
        ``patience`` seconds.
        """
        if self.read_only:
            raise ShelfError(
                f"The desk {self.folder} is read-only: nothing was saved, so make it writable"
                " or choose another one with --desk."
            )
        with self._threads:
            if self._depth == 0:
                self._acquire(self._patience if patience is None else patience)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._let_go()

    def notice(self, sentence: str, file: Path) -> None:
        """Remember what the person should be told of a file, once however often it is met."""
        self._damaged.add(file.parent.name)
        if sentence not in self._noticed:
            self._noticed.add(sentence)
            self._notices.append(sentence)

    def notice_for_good(self, sentence: str, file: Path) -> None:
        """The same for what only this process meets: it is kept on the desk until it is told."""
        self.notice(sentence, file)
        with suppress(OSError):  # this process tells it in any case
            self.untold.add(sentence)

    def found_damage(self, folder: str) -> bool:
        """Whether a file in that folder of the desk was noticed since it was opened."""
        return folder in self._damaged

    def take_notices(self) -> tuple[str, ...]:
        """What was noticed since the last call."""
        count = len(self._notices)
        told = tuple(self._notices[:count])
        del self._notices[:count]
        return told

    def _acquire(self, patience: float) -> None:
        from filelock import Timeout  # costs 40 ms that the first paint saves

        try:
            # The lock would make the folder anew, and an empty desk in it.
            self.folder.stat()
            self._lock_file().acquire(timeout=patience)
        except Timeout:
            raise ShelfError(
                f"Another program has kept the desk {self.folder} locked for"
                f" {patience:g} seconds: nothing was saved, so end that program and do it"
                " again."
            ) from None
        except OSError as error:
            raise not_saved(error, self.folder / ".lock") from error

    def _let_go(self) -> None:
        try:
            self.generation.settle()
        finally:
            self._lock_file().release()

    def _lock_file(self) -> FileLock:
        if self._file is None:
            from filelock import FileLock  # costs 40 ms the first paint saves

            self._file = FileLock(
                self.folder / ".lock",
                mode=FILE_MODE,
                thread_local=False,
                poll_interval=_POLL_SECONDS,
            )
        return self._file
