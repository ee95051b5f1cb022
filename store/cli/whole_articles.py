"""Articles told whole on stdout: the same lines and texts that ``|`` gives to programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

from store.cli.say import say_bytes
from store.formats.articles import PARTED, as_json, as_text, notes_of, texts_parted
from store.model import Feed, HeadlineRow
from store.shelf.shelf import Shelf

_AT_ONCE = 500
"""Articles that are held in memory together."""


def tell_whole(
    shelf: Shelf,
    rows: Sequence[HeadlineRow],
    *,
    json: bool,
    shared: Callable[[str], str],
    only: str = "",
) -> None:
    """Tell these articles in their order; those whose text is lost are left out.

    ``shared`` makes an address fit to be handed on; ``only`` whose notes are seen. Raises as
    ``say_bytes`` does.
    """
    feeds = {feed.number: feed for feed in (*shelf.former_feeds(), *shelf.feeds())}
    coming, first = iter(rows), True
    while some := list(islice(coming, _AT_ONCE)):
        found = {one.headline.id: one for one in shelf.articles((row.feed, row.id) for row in some)}
        there = [found[row.id] for row in some if row.id in found]
        form = as_json if json else as_text
        texts = []
        for article in there:
            headline = article.headline
            feed = feeds.get(headline.feed) or Feed(
                number=headline.feed, address="", first_address="", added=headline.seen
            )
            notes = notes_of(shelf.claims_of(headline.id, headline.feed), only=only)
            texts.append(form(article, feed, shared(headline.address), notes))
        if json:
            say_bytes("".join(texts).encode())
        elif texts:
            # The texts before ended their line already.
            between = "" if first else PARTED.removeprefix("\n")
            say_bytes((between + texts_parted(texts)).encode())
            first = False
