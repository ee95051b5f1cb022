"""What it costs to compare two annotators who claimed much, and to take one's claims in."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from annotators import claimed
from builders import NOON
from desks import an_article, fill

from store.claims.codebook.file import own_codebook
from store.desk.comparing import compare
from store.desk.exporting import gather
from store.desk.merging import take_in
from store.formats.export import encode
from store.formats.incoming import read_export
from store.model import Claim, Tag
from store.shelf.shelf import Shelf
from store.text.sentences import sentences_of

pytestmark = pytest.mark.bench

ARTICLES, SENTENCES, EACH = 625, 15, 8
"""So many articles of so many sentences, of which each of two annotators marks some."""
COMPANIES, SIGNALS = 1_500, 5


def timed(work: Callable[[], object]) -> float:
    """Seconds that it takes once: people do it once."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def stories() -> list[tuple[str, str]]:
    dice = random.Random(2)
    told = "Firm{} said it will hire {} people in Japan this year."
    return [
        (
            f"Story {number}",
            " ".join(told.format(dice.randrange(COMPANIES), at) for at in range(SENTENCES)),
        )
        for number in range(ARTICLES)
    ]


def claims_on(story: tuple[str, str], dice: random.Random) -> list[Claim]:
    text = an_article(story).version
    sentences = sentences_of(text)[1:]
    quotes = [text.text[one.span.start : one.span.end] for one in sentences]
    return [
        claimed(name, story, quote, *tags(dice))
        for name in ("ana", "ben")
        for quote in dice.sample(quotes, EACH)
    ]


def tags(dice: random.Random) -> list[Tag]:
    signal = own_codebook().dimensions[0].codes[dice.randrange(SIGNALS)]
    companies = dice.sample(range(COMPANIES), dice.choice((1, 1, 2)))
    return [
        Tag(dimension="signal", code=signal.id, label=signal.label),
        *(Tag(dimension="company", code=f"org:{one}", label=f"Firm{one}") for one in companies),
    ]


def test_what_two_annotators_with_5000_claims_each_cost(tmp_path: Path) -> None:
    dice, told = random.Random(3), stories()
    for name in ("full", "empty"):
        fill(tmp_path / name, *told)
    with closing(Shelf.open(tmp_path / "full")) as shelf:
        for story in told:
            made = claims_on(story, dice)
            shelf.change_claims(made[0].target.article, 1, lambda _, made=made: made)
        book = own_codebook()
        print(f"{'compare':>22} {timed(lambda: compare(shelf, book)):8.2f} s")
        written = encode(gather(shelf, book, generated=NOON))
    with closing(Shelf.open(tmp_path / "empty")) as shelf:
        print(f"{'read the file':>22} {timed(lambda: read_export(written)):8.2f} s")
        incoming = read_export(written)
        print(f"{'take it in':>22} {timed(lambda: take_in(shelf, incoming)):8.2f} s")
        print(f"{'take it in again':>22} {timed(lambda: take_in(shelf, incoming)):8.2f} s")
