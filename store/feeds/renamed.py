"""An article that comes under another guid than before is the same: what was said of it stays.

Publishers do that to all their articles at once when they move to another program. As reader
does, what can be compared exactly must be equal, and the text nearly
(https://reader.readthedocs.io, plugin ``entry_dedupe``); the old guid must be gone from the feed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from rapidfuzz.distance import Indel

from store.feeds.texts import blocks_of_entry, hash_of_entry
from store.model import Headline, ParsedEntry, hash_of, text_of
from store.text.tracking import without_tracking

LEAST_LIKENESS = 0.9
"""Share of their words that two texts have in common, in order, to be one article."""
FEWEST_WORDS = 30
"""Shorter texts must be equal: a weather report is another one although a figure differs."""
MOST_WORDS = 2_000
"""So many are compared, from the beginning: the cost grows with the square."""


class Kin(Protocol):
    """What a desk can tell of articles that look like one that came."""

    def alike(self, address: str, title: str) -> Iterable[int]:
        """Known articles of this address or this title."""

    def feed_text(self, article: int) -> str:
        """The newest text that came by the feed; empty when it is not kept."""


def former(
    entry: ParsedEntry,
    kin: Kin,
    known: Mapping[int, Headline],
    present: Collection[int],
    left_out: Collection[str],
) -> Headline | None:
    """The article that the entry was before its guid changed; None for a new one.

    Articles in ``present`` are in the feed under their own guid; ``left_out`` are hashes of
    the guids of others that are, too.
    """
    title = blocks_of_entry(entry)[0].text
    for article in kin.alike(entry.address, title):
        before = known.get(article)
        if before is None or before.same_as or article in present:
            continue
        if left_out and hash_of(before.guid) in left_out:
            continue
        if _agree(entry, title, before) and _is_its_text(entry, before, kin):
            return before
    return None


def _agree(entry: ParsedEntry, title: str, before: Headline) -> bool:
    """Whether nothing that can be compared exactly speaks against it, and enough for it."""
    published = entry.published or entry.updated
    dated = published is not None and before.published is not None
    if dated and published != before.published:
        return False
    page, page_before = without_tracking(entry.address), without_tracking(before.address)
    same_page = bool(page) and page == page_before
    return same_page or (dated and title == before.title)


def _is_its_text(entry: ParsedEntry, before: Headline, kin: Kin) -> bool:
    if hash_of_entry(entry) == before.feed_hash:
        return True
    old = kin.feed_text(before.id).split(maxsplit=MOST_WORDS)[:MOST_WORDS]
    new = text_of(blocks_of_entry(entry)).split(maxsplit=MOST_WORDS)[:MOST_WORDS]
    if min(len(old), len(new)) < FEWEST_WORDS:
        return False
    return Indel.normalized_similarity(old, new) >= LEAST_LIKENESS
