"""The program that is killed in the middle of a change of many claims: ``bulk_child.py FOLDER``.

With the word "alike" behind it, it says the same of every title instead, as new claims. It says
"file" after each file that it wrote, and goes on when it is told to.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from builders import EXPANSION

from store.claims.codebook.file import own_codebook
from store.claims.marking.tagging import Write
from store.claims.table.bulk import Change
from store.claims.table.rows import ReadClaim, RowMaker
from store.desk import Desk
from store.desk.bulk import Bulk
from store.model import Claim
from store.settings import Folders, Settings
from store.shelf.shelf import Shelf


def main(folder: Path) -> None:
    """Change every claim of the desk."""
    shelf = Shelf.open(folder)
    files, make = shelf.claim_segments, RowMaker()
    rows = [
        make.row_of(one, name) for name in files.states() for one in files.read(name, ReadClaim)
    ]
    bulk = Bulk(shelf, own_codebook(), "ana", lambda: datetime.now(UTC))
    for _ in bulk.carry_out(bulk.begin(Change(what="set", tag=EXPANSION), rows)):
        wait()


async def say_alike(folder: Path) -> None:
    """Say of every title of the desk that it tells of an expansion."""
    places = Folders(desk=folder, settings=folder, state=folder)
    desk = Desk.open(places, Settings(annotator="ana"))
    said = []
    for row in desk.rows():
        opened = await desk.open_article(row.feed, row.id)
        span = opened.sentences[0].span
        write = Write(act="keep", span=span, unit="sentence", tags=(EXPANSION,), review="accepted")
        said.append((opened, [write]))
    await desk.keep_in_all(said)


def wait() -> None:
    """Say that a file is written, and wait for a word."""
    print("file", flush=True)
    sys.stdin.readline()


def _waiting(
    self: Shelf, article: int, feed: int, change: Callable[[tuple[Claim, ...]], Sequence[Claim]]
) -> tuple[Claim, ...]:
    changed = _change_claims(self, article, feed, change)
    wait()
    return changed


_change_claims = Shelf.change_claims


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    if sys.argv[2:] == ["alike"]:
        Shelf.change_claims = _waiting  # type: ignore[method-assign]
        asyncio.run(say_alike(Path(sys.argv[1])))
    else:
        main(Path(sys.argv[1]))
