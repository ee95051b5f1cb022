"""What saving a claim costs on desks of very different size, key press to disk."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import ExitStack, closing
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from unittest import mock
from uuid import UUID

import pytest
from builders import ANTHROPIC, AUSTRALIA, HIRING, JAPAN, a_claim
from many_articles import build_desk
from msgspec.structs import replace

from store.claims.marking.focus import focus_on
from store.claims.marking.tagging import signal
from store.desk import Desk
from store.model import Article, Claim, Span
from store.settings import Folders, Settings
from store.shelf.shelf import Shelf
from store.text.anchors import anchor_for

pytestmark = pytest.mark.bench

CLAIMS = 50_000
AN_ARTICLE = 25
"""Claims on each article that has any."""
SAVED = 100


@pytest.mark.timeout(0)
@pytest.mark.parametrize("feeds", [500, 1])
def test_a_claim_is_saved_as_fast_whatever_the_desk_holds(tmp_path: Path, feeds: int) -> None:
    articles = CLAIMS // AN_ARTICLE
    large, small = tmp_path / "large", tmp_path / "small"
    build_desk(large, feeds=feeds, articles=articles)
    fill_with_claims(large, CLAIMS)
    build_desk(small, feeds=1, articles=100)
    fill_with_claims(small, 100)
    before, after = asyncio.run(saved(small, large))
    spread = f"{CLAIMS} claims in {feeds} feed{'s' if feeds > 1 else ''}"
    print(f"\na claim kept, {spread}, beside a desk of 100 claims:")
    for name, one, other in (
        ("p50", median_of(before), median_of(after)),
        ("p95", p95_of(before), p95_of(after)),
    ):
        print(f"{name:>6} {one:6.2f} ms → {other:6.2f} ms, ratio {other / one:.2f}")


def fill_with_claims(folder: Path, count: int) -> None:
    """Put claims on the newest articles; nothing is synced, so it is fast."""
    unsynced = mock.patch.object(os, "fsync", return_value=None)
    with unsynced, closing(Shelf.open(folder)) as shelf:
        columns = shelf.columns()
        rows = [columns.row(index) for index in columns.order()]
        each = AN_ARTICLE if count > AN_ARTICLE * len(rows) // 2 else 1
        numbers = iter(range(count))
        for row in cycle(rows):
            article = shelf.article(row.id, row.feed)
            batch = [made(article, number) for number in islice(numbers, each)] if article else []
            if not batch:
                return
            shelf.change_claims(row.id, row.feed, lambda _stored, batch=batch: batch)
            columns.refresh()


def made(article: Article, number: int) -> Claim:
    claim = a_claim(HIRING, ANTHROPIC, AUSTRALIA, JAPAN, id=UUID(int=number).urn)
    headline, version = article.headline, article.version
    start = 100 + number % 20 * 80
    anchor = anchor_for(version.text, Span(start, start + 70), unit="span")
    target = replace(claim.target, article=headline.id, feed=headline.feed, text_hash=version.hash)
    return replace(claim, target=target, marking=replace(claim.marking, anchor=anchor))


async def saved(*folders: Path) -> list[list[float]]:
    """Milliseconds from each key to *saved*, desk by desk; by turns, so that a busy machine slows
    all alike."""
    took: list[list[float]] = [[] for _ in folders]
    with ExitStack() as stack:
        desks = [stack.enter_context(closing(opened_in(folder))) for folder in folders]
        for number in range(SAVED):
            for desk, times in zip(desks, took, strict=True):
                times.append(await save_one(desk, number))
    return took


def opened_in(folder: Path) -> Desk:
    places = Folders(desk=folder, settings=folder.parent / "none", state=folder.parent / "state")
    return Desk.open(places, Settings(annotator="ana"))


async def save_one(desk: Desk, number: int) -> float:
    """Milliseconds of one claim, on articles all over the desk."""
    rows = desk.rows()
    row = rows[number * 7919 % len(rows)]
    opened = await desk.open_article(row.feed, row.id)
    offered = [n for n, one in enumerate(opened.sentences) if one.offered]
    at = offered[number % len(offered)]
    focus = focus_on(opened.sentences[at], opened.suggestions[at], opened.claims, another=True)
    write = signal(focus, HIRING).write
    assert write is not None
    begun = time.perf_counter()
    await desk.keep(opened, write)
    return (time.perf_counter() - begun) * 1_000


def median_of(took: list[float]) -> float:
    return quantiles(took, n=2)[0]


def p95_of(took: list[float]) -> float:
    return quantiles(took, n=20)[-1]
