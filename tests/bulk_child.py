"""The program that is killed in the middle of a change of many claims: ``bulk_child.py FOLDER``.

It says "file" after each file that it wrote, and goes on when it is told to.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from builders import EXPANSION

from store.bulk import Bulk
from store.claims.codebook.file import own_codebook
from store.claims.table.bulk import Change
from store.claims.table.rows import ReadClaim, RowMaker
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
        print("file", flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    main(Path(sys.argv[1]))
