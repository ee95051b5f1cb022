"""What the shelf costs on a large desk, beside what the same costs in stock TinyDB."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from many_articles import NEWEST, build_desk
from shelf_cases import claim, keep_claims
from tinydb import TinyDB
from tinydb.table import Document

from store.shelf.shelf import Mark, Shelf

pytestmark = pytest.mark.bench

FEEDS, ARTICLES = 100, 20_000


def milliseconds(work: Callable[[], object], *, times: int = 7) -> float:
    """The best of several runs."""
    runs = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        runs.append((time.perf_counter() - begun) * 1_000)
    return min(runs)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large") / "desk"
    build_desk(folder, feeds=FEEDS, articles=ARTICLES)
    return folder


def test_what_a_large_desk_costs(folder: Path) -> None:
    shelf = Shelf.open(folder)
    columns = shelf.columns()
    row = columns.row(columns.order()[ARTICLES // 2])
    article = shelf.article(row.id, row.feed)
    assert article is not None
    numbers = iter(range(1, 100))
    costs = {
        "open, columns ready": lambda: Shelf.open(folder).columns(),
        "all, newest first": columns.order,
        "unread": lambda: columns.order(unread=True),
        "one feed": lambda: columns.order(feed=row.feed),
        "last day": lambda: columns.order(since=NEWEST - timedelta(days=1)),
        "counts": columns.counts,
        "look for changes": columns.refresh,
        "open an article": lambda: shelf.article(row.id, row.feed),
        "star": lambda: shelf.mark({(row.feed, row.id): Mark(starred=next(numbers) % 2 == 0)}),
        "claim": lambda: keep_claims(shelf, article, claim(article, next(numbers))),
    }
    for name, work in costs.items():
        print(f"{name:>22} {milliseconds(work):8.2f} ms")


def test_a_flag_beside_stock_tinydb(folder: Path, tmp_path: Path) -> None:
    shelf = Shelf.open(folder)
    columns = shelf.columns()
    rows = [columns.row(i) for i in columns.order()]
    with TinyDB(tmp_path / "stock.json") as stock:
        table = stock.table("articles")
        table.insert_multiple(Document({"title": row.title}, row.id) for row in rows)
        theirs = milliseconds(lambda: table.update({"read": True}, doc_ids=[rows[0].id]), times=3)
    flags = iter(range(100))
    key = (rows[0].feed, rows[0].id)
    ours = milliseconds(lambda: shelf.mark({key: Mark(read=next(flags) % 2 == 0)}))
    ratio = theirs / ours
    print(f"one flag of {len(rows)}: stock {theirs:.1f} ms, ours {ours:.2f} ms: 1 to {ratio:.0f}")
