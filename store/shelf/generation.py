"""The bulletin that tells other running copies which segments changed, so that they need not look.

A segment is named in the bulletin before it is replaced, and the bulletin stays ``open`` until
the commit is over. Whoever reads an open bulletin looks at the segments it names and comes back;
so a change is never missed, not even when the writer is killed between the two. Nothing here is
synced: after a power cut nobody is left who remembers an older state, and what is on disk under
``derived`` is checked against the segments themselves. It is the one file written in place, a
page long and sealed by a checksum: whoever reads it while it is written reads it again.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final
from zlib import crc32

import msgspec

from store.shelf.disk import read_whole, write_page

_KEPT: Final = 64
"""Names kept: whoever missed more looks at all segments, which is cheap enough."""
_PAGE: Final = 4095
"""Bytes before the last newline: one page, so that it is written and read in one go."""
_READINGS: Final = 5


class Bulletin(msgspec.Struct, frozen=True, omit_defaults=True):
    """What changed last."""

    generation: int
    since: int
    """Everything that changed after this generation is in ``changed``."""
    changed: dict[str, int]
    """Segment → the generation of its last change."""
    open: tuple[str, ...] = ()
    """Segments of a commit that is not over, or whose writer died."""
    seal: int = 0
    """Checksum of the rest."""

    @property
    def settled(self) -> int:
        """Up to which generation a reader of this bulletin has seen everything."""
        return self.generation - 1 if self.open else self.generation

    def named_after(self, seen: int) -> frozenset[str] | None:
        """Segments that may have changed after ``seen``; None when that is not known any more."""
        if not self.since <= seen <= self.generation:
            return None
        return frozenset(name for name, changed in self.changed.items() if changed > seen)


class Generation:
    """Reads and writes ``generation.json``; writes only under the desk's lock."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "generation.json"
        self._announced: tuple[str, ...] = ()

    def read(self) -> Bulletin:
        """The bulletin as it stands; a lost or damaged one counts as never seen."""
        for _ in range(_READINGS):
            found = read_whole(self._path)
            if found is None:
                break
            try:
                bulletin = msgspec.json.decode(found[0], type=Bulletin)
            except (msgspec.MsgspecError, RecursionError):
                continue
            if bulletin.seal == _seal_of(bulletin):
                return bulletin
        return Bulletin(0, 0, {})

    def announce(self, segment: str) -> None:
        """Name a segment that is about to be replaced. Raises OSError, before any harm."""
        if segment in self._announced:
            return
        bulletin = self.read()
        names = (*self._announced, segment)
        if self._announced:
            fresh = bulletin.generation
        else:
            # After a loss the count starts from the clock, above every number used before.
            fresh = (bulletin.generation or time.time_ns() // 1_000_000) + 1
        changed = bulletin.changed | dict.fromkeys((*bulletin.open, *names), fresh)
        since = bulletin.since or fresh - 1
        if len(changed) > _KEPT:
            newest = sorted(changed.items(), key=lambda item: item[1])
            since = newest[-_KEPT - 1][1]
            changed = {name: at for name, at in newest if at > since}
        self._write(Bulletin(fresh, since, changed, names[-_KEPT:]))
        self._announced = names

    def settle(self) -> None:
        """The commit is over. A failure leaves the bulletin open, which is slower but right."""
        if not self._announced:
            return
        self._announced = ()
        bulletin = self.read()
        try:
            self._write(Bulletin(bulletin.generation, bulletin.since, bulletin.changed))
        except OSError:
            return

    def _write(self, bulletin: Bulletin) -> None:
        sealed = msgspec.structs.replace(bulletin, seal=_seal_of(bulletin))
        write_page(self._path, msgspec.json.encode(sealed).ljust(_PAGE) + b"\n")


def _seal_of(bulletin: Bulletin) -> int:
    return crc32(msgspec.json.encode(msgspec.structs.replace(bulletin, seal=0)))
