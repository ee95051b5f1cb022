"""Which files a desk consists of, and the few of them that stay open in memory."""

from __future__ import annotations

import os
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from store.model import Claim
from store.shelf.custody import Custody
from store.shelf.disk import TEMPORARY
from store.shelf.errors import ShelfError
from store.shelf.storage import Segment

Kind = Literal["heads", "bodies", "claims"]
KINDS: Final[tuple[Kind, ...]] = ("heads", "bodies", "claims")
SEEN: Final = "derived/seen"
FOLDERS: Final = (*KINDS, "snapshots", "derived", SEEN)

SUBSCRIPTIONS: Final = "subscriptions"
CODEBOOKS: Final = "codebooks"
FETCH: Final = "fetch"
LEASES: Final = "leases"
CREDENTIALS: Final = "credentials"
INTERESTS: Final = "interests"
ARRIVALS: Final = "arrivals"

_SEGMENT_FILE: Final = re.compile(r"([0-9]{4,9})-([0-9]{4,9})\.json(?:\.bak)?")
_OPEN: Final = {"heads": 64, "bodies": 16, "claims": 64, "snapshots": 16}
"""Files kept decoded, least recently used go: some 0.5 MB each, bodies up to 2 MB."""
_QUIET: Final = frozenset({LEASES})
_UNTOLD: Final = frozenset({"bodies", "snapshots"})
"""Never announced: nobody holds them in columns, and every read looks at the file anyway."""


def segment_name(kind: Kind, feed: int, number: int) -> str:
    """As "heads/0007-0003": the fourth segment of feed 7."""
    return f"{kind}/{feed:04d}-{number:04d}"


def segment_of_file(kind: Kind, file: str) -> str | None:
    """The segment whose file, or generation before, bears that name; None for other files."""
    found = _SEGMENT_FILE.fullmatch(file)
    return None if found is None else f"{kind}/{found[1]}-{found[2]}"


def names_in(folder: Path) -> list[str]:
    """The names in a folder; none when it is not there, as on a read-only desk."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except FileNotFoundError:
        return []


class Segments:
    """Opens segments by name. Safe in threads."""

    def __init__(self, custody: Custody) -> None:
        self.custody = custody
        self.claims_as: Callable[[Claim], Claim] | None = None
        """How claims read today, where that is not as they were written."""
        self._guard = threading.Lock()
        self._open: dict[str, OrderedDict[str, Segment]] = {kind: OrderedDict() for kind in _OPEN}
        self._single: dict[str, Segment] = {}
        self._last: dict[tuple[Kind, int], int] = {}
        self._took_stock = False

    def open(self, name: str) -> Segment:
        """The segment of that name; its file comes to be with the first write."""
        kind = name.partition("/")[0]
        with self._guard:
            if kind not in _OPEN:
                if name not in self._single:
                    self._single[name] = self._made(name, kind)
                return self._single[name]
            held = self._open[kind]
            segment = held.get(name)
            if segment is None:
                segment = held[name] = self._made(name, kind)
                if len(held) > _OPEN[kind]:
                    held.popitem(last=False)
            else:
                held.move_to_end(name)
            return segment

    def names(self, kind: Kind, feed: int) -> list[str]:
        """The feed's segments, oldest first, also those that others added meanwhile."""
        if not self._took_stock:  # thousands of files, and lists need none of their names
            self._take_stock()
        last = self._last.get((kind, feed), -1)
        # No Path is made: a refresh asks this ten times a feed.
        while os.path.exists(f"{self.custody.folder}/{segment_name(kind, feed, last + 1)}.json"):  # noqa: PTH110
            last += 1
        self._last[kind, feed] = last
        return [segment_name(kind, feed, number) for number in range(last + 1)]

    def feeds(self, kind: Kind) -> list[int]:
        """Numbers of the feeds that have such segments, removed ones too."""
        self._take_stock()
        return sorted({feed for held, feed in self._last if held == kind})

    def highest_feed(self) -> int:
        """The highest feed number that any file carries."""
        self._take_stock()
        return max((feed for _, feed in self._last), default=0)

    def path(self, name: str) -> Path:
        """Where the segment of that name lies."""
        return self.custody.folder / f"{name}.json"

    def sweep(self) -> None:
        """Remove what killed writers left behind, unless somebody writes right now."""
        folder = self.custody.folder
        left = [
            part / name
            for part in (folder, *(folder / name for name in FOLDERS))
            for name in names_in(part)
            if name.endswith(TEMPORARY)
        ]
        if not left:
            return
        try:
            with self.custody.writing(patience=0):
                for path in left:
                    path.unlink(missing_ok=True)
        except ShelfError:
            return

    def _take_stock(self) -> None:
        for kind in KINDS:
            for name in names_in(self.custody.folder / kind):
                found = _SEGMENT_FILE.fullmatch(name)
                if found is not None:
                    key = (kind, int(found[1]))
                    self._last[key] = max(self._last.get(key, -1), int(found[2]))
        self._took_stock = True

    def _made(self, name: str, kind: str) -> Segment:
        return Segment(
            self.path(name),
            self.custody,
            name="" if kind in _UNTOLD or name in _QUIET else name,
            quiet=name in _QUIET,
        )
