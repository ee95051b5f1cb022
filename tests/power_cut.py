"""What a disk may hold after the power went: a model that forgets whatever was not synced.

Content that was not synced may be missing, half there or whole. Names that were changed since the
folder was last synced may have changed or not, each for itself, in any order. That is worse than
what ext4 and APFS do, and as bad as POSIX allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from disk_watch import Call

Disk = Mapping[str, bytes]
"""Path → content."""


def disk_in(folder: Path) -> dict[str, bytes]:
    """The folder's files."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lay_out(disk: Disk, folder: Path, elsewhere: Path) -> None:
    """Put the files, which were of ``folder``, into another one."""
    for path, content in disk.items():
        place = elsewhere / Path(path).relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def disks_after(before: Disk, calls: Sequence[Call]) -> Iterator[Disk]:
    """Every disk that is possible when the power goes after the last of the calls, each once."""
    model = _Model(before)
    for call in calls:
        model.obey(call)
    seen: set[frozenset[tuple[str, bytes]]] = set()
    for disk in model.disks():
        key = frozenset(disk.items())
        if key not in seen:
            seen.add(key)
            yield disk


class _Model:
    """Files as numbers with contents; folders as names that point to them."""

    def __init__(self, before: Disk) -> None:
        self._names = {path: number for number, path in enumerate(before)}
        """What a running program sees."""
        self._lasting = dict(self._names)
        self._pending: list[tuple[str, dict[str, int | None]]] = []
        """Folder, and what became of names in it: the changes that may be lost."""
        self._possible = {number: [content] for number, content in enumerate(before.values())}
        """Of each file the contents that it may have; the last is what a running program sees."""

    def obey(self, call: Call) -> None:
        """Do what the program asked for."""
        match call.name:
            case "open" if call.path not in self._names:
                number = len(self._possible)
                self._possible[number] = [b""]
                self._change(call.path, {call.path: number})
            case "write":
                self._write(self._names[call.path], call.content)
            case "fsync":
                number = self._names[call.path]
                self._possible[number] = self._possible[number][-1:]
            case "fsync folder":
                self._settle(call.path)
            case "link":
                self._change(call.target, {call.target: self._names[call.path]})
            case "replace" if self._names[call.path] != self._names.get(call.target):
                moved = {call.path: None, call.target: self._names[call.path]}
                self._change(call.target, moved)
            case "unlink" if call.path in self._names:
                self._change(call.path, {call.path: None})

    def disks(self) -> Iterator[Disk]:
        """What may be left, possibly the same more than once."""
        doubtful = [number for number, contents in self._possible.items() if len(contents) > 1]
        for kept in product((False, True), repeat=len(self._pending)):
            names = dict(self._lasting)
            for (_, change), is_kept in zip(self._pending, kept, strict=True):
                if is_kept:
                    _apply(change, names)
            for choice in product(*(self._possible[number] for number in doubtful)):
                chosen = dict(zip(doubtful, choice, strict=True))
                yield {
                    path: chosen.get(number, self._possible[number][-1])
                    for path, number in names.items()
                }

    def _write(self, number: int, content: bytes) -> None:
        first, last = self._possible[number][0], self._possible[number][-1]
        half = len(content) // 2
        if len(last) == len(content):
            # The bulletin is written in place; its readers find out when it is torn.
            self._possible[number] = [first, content[:half] + last[half:], content]
        else:
            self._possible[number] = [first, last + content[:half], last + content]

    def _change(self, path: str, change: dict[str, int | None]) -> None:
        self._pending.append((str(Path(path).parent), change))
        _apply(change, self._names)

    def _settle(self, folder: str) -> None:
        for changed, change in self._pending:
            if changed == folder:
                _apply(change, self._lasting)
        self._pending = [one for one in self._pending if one[0] != folder]


def _apply(change: Mapping[str, int | None], names: dict[str, int]) -> None:
    for path, number in change.items():
        if number is None:
            names.pop(path, None)
        else:
            names[path] = number
