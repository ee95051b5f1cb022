"""What the table of claims costs on a desk with fifty thousand of them."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from unittest import mock

import pytest
from builders import ANTHROPIC, AUSTRALIA, EXPANSION, FUNDING, HIRING, JAPAN, a_claim
from many_articles import NEWEST, build_desk
from msgspec.structs import replace

from store.claims.table.arranged import Arranged
from store.claims.table.bulk import Change
from store.desk import Desk
from store.model import Claim, Step
from store.settings import Folders, Settings
from store.shelf.shelf import Shelf

pytestmark = pytest.mark.bench

FEEDS, ARTICLES, CLAIMS = 50, 5_000, 50_000
QUERIES = ("", "s", "signal:hir", "region:APAC -is:orphan fab", '"second plant"', "since:30d")


def build(folder: Path) -> None:
    """Ten claims an article, three values each."""
    random = Random(4)
    build_desk(folder, feeds=FEEDS, articles=ARTICLES)
    before = datetime.now(UTC) - timedelta(days=2)
    with mock.patch.object(os, "fsync", return_value=None), closing(Shelf.open(folder)) as shelf:
        columns, number = shelf.columns(), 0
        for feed in shelf.feeds():
            claims: list[Claim] = []
            rows = [columns.row(index) for index in columns.order(feed=feed.number)]
            for row in rows:
                for _ in range(CLAIMS // ARTICLES):
                    number += 1
                    made = a_claim(
                        random.choice((HIRING, EXPANSION, FUNDING)),
                        ANTHROPIC,
                        random.choice((AUSTRALIA, JAPAN)),
                        id=f"urn:uuid:{number}",
                    )
                    at = before + timedelta(seconds=number)
                    target = replace(
                        made.target, article=rows[0].id, feed=feed.number, title=row.title
                    )
                    target = replace(target, published=NEWEST, version=1)
                    anchor = replace(made.marking.anchor, exact=f"{row.title} with a fab. " * 4)
                    step = Step(rev=1, at=at, by="ana", act="keep", operation=f"{number:032x}")
                    claims.append(
                        replace(
                            made,
                            target=target,
                            marking=replace(made.marking, anchor=anchor),
                            provenance=replace(made.provenance, created=at, modified=at),
                            history=(step,),
                        )
                    )
            shelf.change_claims(rows[0].id, feed.number, lambda _, claims=claims: claims)


def test_what_the_table_costs(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    build(folder)
    desk = Desk.open(Folders(desk=folder, settings=folder, state=folder), Settings(annotator="ana"))
    _ = desk.codebook, desk.lexicon
    with closing(desk):
        asyncio.run(_measure(desk))


async def _measure(desk: Desk) -> None:
    begun = time.perf_counter()

    def lap(what: str) -> None:
        nonlocal begun
        print(f"{what:>34} {(time.perf_counter() - begun) * 1_000:9.1f} ms")
        begun = time.perf_counter()

    table, arranged = desk.claim_table(), Arranged()
    await table.take_in()
    lap(f"read {len(table.rows)} claims")
    arranged.take(table.rows)
    lap("put in order")
    arranged.sort_by("company")
    lap("another order")
    _ = table.vocabulary
    lap("names that filters may use")
    for query in QUERIES:
        arranged.find(table.filter(query))
        lap(f"find “{query}”: {len(arranged.found)}")
    await table.take_in()
    lap("look, nothing new")
    await table.change(Change(what="flag", on=True), table.rows[:1])
    lap("change one")
    arranged.take(table.rows)
    lap("show it")
    await table.take_back("undo")
    lap("take it back")
    changed = await table.change(Change(what="set", tag=FUNDING), table.rows[:20_000])
    lap(f"change {len(changed)}")
    back = await table.take_back("undo")
    assert back is not None
    lap(f"take back {len(back.claims)}")
