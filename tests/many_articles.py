"""Builds a desk of many articles, the same one each time, for benches and for trying things out.

As a program: ``python tests/many_articles.py FOLDER [FEEDS] [ARTICLES]``.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice, permutations
from pathlib import Path
from random import Random
from unittest import mock

from msgspec import structs

from store.model import (
    ArticleWrite,
    Block,
    Feed,
    Headline,
    TextVersion,
    article_id,
    hash_of,
    text_of,
)
from store.shelf.shelf import Shelf

NEWEST = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTES_APART = 7
PARAGRAPHS = 12
READ_SHARE = 0.7

FIRMS = (
    "Kumano Chips",
    "Borealis Power",
    "Nordhavn Rail",
    "Sable AI",
    "Ostrava Steel",
    "Tamar Bio",
)
DEEDS = ("opens a second plant in", "is hiring engineers in", "cuts jobs in", "raises funds in")
PLACES = ("Japan", "Australia", "Poland", "Brazil", "Wales", "Texas", "Kenya")
FILLERS = (
    "The company gave no figures, but said that the decision had been taken in spring.",
    "Analysts had expected the step, and the shares moved little on the day.",
    "Local officials promised roads, power and a faster way through the permits.",
    "Rivals have announced similar sites, and two of them are behind their plans.",
)

BODIES = tuple(
    tuple(
        Block(kind="paragraph", text=" ".join((*pair, *pair[::-1])))
        for pair in islice(cycle(permutations(FILLERS, 2)), start, start + PARAGRAPHS)
    )
    for start in range(12)
)
"""Some 3.5 KB of text each, made once."""


def build_desk(folder: Path, *, feeds: int, articles: int) -> None:
    """Fill the folder with that many articles, spread evenly; nothing is synced, so it is fast."""
    with mock.patch.object(os, "fsync", return_value=None), closing(Shelf.open(folder)) as shelf:
        for number in range(feeds):
            feed = shelf.add_feed(f"https://feeds.example/{number}.xml")
            count = articles // feeds + (number < articles % feeds)
            writes = [article(feed, feeds, place) for place in range(count)]
            shelf.take_in(feed.number, lambda _, writes=writes: writes)
            title = f"Wire {number + 1}"
            shelf.change_feed(feed.number, partial(structs.replace, title=title))
        shelf.columns().save()


def article(feed: Feed, feeds: int, place: int) -> ArticleWrite:
    """The article at that place of a feed; place 0 is the newest."""
    random = Random(feed.number * 1_000_003 + place)
    guid = f"{feed.first_address}#{place}"
    title = f"{random.choice(FIRMS)} {random.choice(DEEDS)} {random.choice(PLACES)}"
    published = NEWEST - timedelta(minutes=MINUTES_APART * (place * feeds + feed.number))
    blocks = (Block(kind="title", text=title), *random.choice(BODIES))
    text_hash = hash_of(text_of(blocks))
    return ArticleWrite(
        headline=Headline(
            id=article_id(feed.first_address, guid),
            feed=feed.number,
            guid=guid,
            address=f"https://news.example/{feed.number}/{place}",
            title=title,
            author=random.choice(("A. Reporter", "")),
            published=published,
            seen=NEWEST,
            read=random.random() < READ_SHARE,
            feed_hash=text_hash,
        ),
        version=TextVersion(number=1, blocks=blocks, hash=text_hash, language="en", taken=NEWEST),
    )


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[2:4]]
    build_desk(
        Path(sys.argv[1]),
        feeds=numbers[0] if numbers else 50,
        articles=numbers[1] if len(numbers) > 1 else 10_000,
    )
